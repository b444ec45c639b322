"""Split a line of names into names: lists, introductions, roles, remarks, "A B (theo C)".

By A. Writer and B. Other, staff   -> A. Writer · B. Other
Surname, Name · Văn Giáp/Bnews     -> Name Surname · Văn Giáp, from Bnews
"""

from __future__ import annotations

import re
from functools import cache

from crawler.read.people import has_initial, has_no_case, is_agency, join_names, load_names

Part = tuple[str, str, str | None]  # (name, the name with its role, source or None)

_EDGES = " ,;:-–—|()\"'“”*•·"
_AND = "and|AND|und|UND|et|ET|y|Y|e|en|och|og|ja|i|ve|và|VÀ|dan|DAN|и|та|és|a|و"
_SEPARATOR = re.compile(
    r"\s*(?:[;；|、،·•\n]|,(?!\s*(?:Jr|Sr|PhD|MD|M\.D|II|III)\b)|，|&|\s[-–—]\s|\s\+\s|"
    r"\s(?:im Gespräch mit|in conversation with|entretien avec)\s|"
    rf"\s(?:{_AND})\s)\s*"
)
_CONJUNCTIONS = frozenset(("e", "i", "a", "y", "en", "ja", "ve", "og", "and", "und"))
_SURNAME_FIRST = re.compile(r"([^\s,;]+), ([^\s,;]+(?: [A-Z]\.)?)")
_MIDDLE = re.compile(r"^.{2,40}\s(?:By|Von|Par|Por|Door|Av|Af)\s+(?=[^\W\d_])")
_PERSON_FROM = re.compile(  # "Theo Lan Anh (Bản tin)": who wrote it, and where it was printed
    r"^(?i:theo)\s+([A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*){1,3})\s*\(([^()]{3,50})\)\.?$"
)
_EDITED = re.compile(  # "(Reporting by A B; Editing by C D)": the end is no author's
    r"\s*[;,.]\s*(?:additional (?:reporting|writing)|editing|edited|compiled|translated) by\b.*$",
    re.I,
)
_REPORTED = re.compile(r"(?:reporting|writing) by\s", re.I)
_FROM_PLACE = re.compile(r" in [A-Z][\w.]+(?: [A-Z]\w+)?(?=\s*(?:,|and\b|;|$))")
_BRACKETS = frozenset((("(", ")"), ("（", "）"), ("[", "]")))
_TASKS = re.compile(  # "取材・文／A、B", "文＝A", "執筆：A"
    r"^(?:(?:取材|文|写真|撮影|構成|執筆|撰文|記者|记者|筆者|作者|ライター|聞き手|編集|編輯|编辑|攝影|摄影)"
    r"[・･、&＆]?){1,4}\s*[／/＝=：:]\s*"
)
_MAIL = re.compile(r"\s*[(<]?[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,120}[)>]?")
_NAME_FROM = re.compile(r"^(.{2,60}?)\s*[(/\-–]\s*theo\s+(.{2,50}?)\s*\)?[.]?$", re.I)


def split_names(text: str) -> list[Part]:
    """The names of a line, and the sources it gives (as parts without a name)."""
    text = trim_line(_MAIL.sub(" ", text))
    text = _TASKS.sub("", text[match_lead(text) :]).strip()
    if match := _NAME_FROM.match(text):
        return [*_split_list(match[1]), ("", "", match[2].strip())]
    if match := _PERSON_FROM.match(text):
        return [*_split_list(match[1]), ("", "", match[2].strip())]
    if source := match_source(text):
        return [("", "", close_bracket(source))]
    head, _, tail = text.partition("/")
    source = tail.split("/")[0].strip()
    if head.strip() and is_agency(source):
        return [*_split_list(head), ("", "", source)]
    return _split_list(text)


def trim_line(text: str) -> str:
    """A line of names without brackets around it, without who edited, without where they were."""
    if len(text) > 2 and (text[0], text[-1]) in _BRACKETS:
        text = text[1:-1]
    text = _EDITED.sub("", text)
    return _FROM_PLACE.sub("", text) if _REPORTED.match(text) else text


def cut_source(line: str) -> str:
    """A line of names without the source it gives behind them: "A B (theo C)" is "A B"."""
    match = _NAME_FROM.match(line)
    return match[1] if match else line


def match_lead(line: str) -> int:
    """How many letters of a line introduce the names behind them ("Tin, ảnh: ", "By ")."""
    match = _leading().match(line)
    return match.end() if match else 0


def match_source(line: str) -> str | None:
    """Where a line says that the text is from ("Theo TTXVN"), None if it does not."""
    match = _from().match(line)
    return match[1] if match else None


def close_bracket(name: str) -> str:
    """A source without the signs around it, its own brackets whole."""
    name = name.strip(" .")
    return f"{name})" if name.count("(") > name.count(")") else name


@cache
def _from() -> re.Pattern[str]:
    words, named = join_names("sources"), join_names("named_sources")
    lead = rf"(?:{words})\s*[:：៖]?\s+|(?:{named}|{words})\s*[:：៖]\s*"
    return re.compile(rf"^\(?\s*(?:{lead})(.{{2,60}}?)\s*\)?[.]?$", re.I)


@cache
def _leading() -> re.Pattern[str]:
    marked, bare = join_names("introductions"), join_names("prepositions")
    return re.compile(rf"^(?:(?:{marked})\s*[:：៖]\s*|(?:{bare})\s+)", re.I)


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:\([^()]{{1,24}}\)?|\s(?:기자|특파원|記者|记者|特派員)|\s*[|•·/].*"
        rf"|\s+(?:updated|published|posted)\b.*|,?\s+(?:{join_names('roles')})\b.*)$",
        re.I,
    )


def _split_list(text: str) -> list[Part]:
    if (match := _SURNAME_FIRST.fullmatch(text)) and not has_no_case(text):
        name = f"{match[2]} {match[1]}"  # one person
        return [(name, name, None)]
    found = (part for part in _SEPARATOR.split(text) if part and part.lower() not in _CONJUNCTIONS)
    parts = (name for part in found for name in _split_joined(part))
    return [(name, whole, None) for part in parts for name, whole in (_trim_name(part),) if name]


def _split_joined(text: str) -> list[str]:
    """Two whole Arabic names whose second has the "and" glued to it, and names with a stroke
    between them; names of people that begin with the same letter are left alone."""
    if len(halves := text.split(" / ")) > 1:
        whole = all(len(half.split()) > 1 and half[:1].isupper() for half in halves)
        return halves if whole and not any(map(is_agency, halves)) else [text]
    words = text.split()
    for at in range(2, len(words) - 1):
        word = words[at]
        if word[0] == "\u0648" and len(word) > 3 and word not in load_names("waw"):
            return [" ".join(words[:at]), *_split_joined(" ".join([word[1:], *words[at + 1 :]]))]
    return [text]


def _trim_name(name: str) -> tuple[str, str]:
    """(name, name with its role) without introductions, remarks and signs around it."""
    whole = _MIDDLE.sub("", name).strip(_EDGES)
    whole = whole[match_lead(whole) :]
    name = _trailing().sub("", whole).strip(_EDGES)
    return (name if has_initial(name) else name.rstrip(".")), whole


_HOUR = (
    r"\d(?:\s?(?:Uhr|uhr|Std|hrs?|hs?|[ap]\.?m\.?|[A-Z]{2,4})\b\.?){0,2},?\s+"  # the end of a time
)


@cache
def _signed() -> re.Pattern[str]:
    words, small = join_names("signers"), join_names("small")
    capital = r"[^\W\d_a-zà-ÿ][\w.’'-]*"
    return re.compile(
        rf"(?:^|[|·•,]\s*|\s[–—-]\s+|{_HOUR})(?:(?i:{words}))\s+"
        rf"({capital}(?:[ ,]+(?:{capital}|&|(?:{small}|{_AND})\b)){{0,9}})"
    )


def find_signed(line: str) -> str | None:
    """The names behind "by" at the start of a line, or behind its date: "Posted ... by A B"."""
    match = _signed().search(line[:200])
    return match[1].strip(" ,") if match else None

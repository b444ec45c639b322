"""Finds the sentence in which a paper says that it corrected the article.

The words stand in wording.toml, by language, and all of them are tried on every text: papers quote
agencies in other languages, and few declare theirs. A notice has one of these forms::

    head     Correction: / Correction to this article (May 3): / Đã chỉnh sửa lúc 10:15.
    note     Editor's note: or Update:, where its sentence says that a name, figure, ... was mended
    article  this article, our headline, the newsroom, and then: was corrected, amended to correct
    slip     due to an editing error, and the headline, version or article it befell
    phrase   an earlier version of this article; the editors apologise to readers
    parts    any other words that own to an error of the paper's (amends.py)

Quoted speech is no paper's own, nor what stands right behind a verb of saying: "the ministry
corrected the figure" is news, no notice. Behind a head stands a mark at once, or a date or some
words for the article and a mark, since "Corrections staff told us: ..." is news. Rejected: any
number behind a head (of 80 made-up sentences of news 56 were taken for notices); a trained model
(nobody could say why a line of the ledger is there, and a new one would say otherwise).
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from archive.amends import owns_up
from archive.fold import fold_word, squeeze

_FILE = Path(__file__).with_name("wording.toml")
# \\b keeps "cải chính" out of "cải chính thức"; scripts without blanks have no such border.
_LETTER = "[a-zà-\u0dffđ\u1e00-ỹ]"  # not those between: Thai, Lao, Khmer
_FREE, _DONE = f"(?<!{_LETTER})", f"(?!{_LETTER})"
_MARK = r"(?:\s*[:：\])】）|—]|\s*[-–]\s|\s*[.!]*\s*$)"
_DATE = r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d|\d{1,2}[:.hg]\d\d"
_NUMBER = r"\d{1,4}(?:[./:hg-]\d{1,4}){0,2}(?:st|nd|rd|th)?"
_BETWEEN = 8  # words and numbers between a head and its mark; "(thứ sáu) ngày 7 tháng 8 năm 2026"
_REACH = 7  # words between the name of the article and what was done to it
_OTHER = (
    r"(?!(?:that|who|which|about|of|is|yang|tentang|que|qui|che|dat|mà|là|kể)\b)"  # lead elsewhere
)
_BEFORE = 3  # words right behind a verb of saying that are still said
_LONG = 2000  # letters looked at; no notice tells its kind later, and some "sentences" are pages
_SPEECH = 60  # letters of a clause behind a comma that tells who spoke
_BRACKETED = re.compile(r"[(\[（【]([^()\[\]（）【】]{3,60})[)\]）】]\W*$")  # "... (corrected)"
_SIGNS = re.compile('["„“«»「『‘]')  # every quotation begins with one of them
_STRAIGHT = re.compile(r'(?:(?<=[\s(\[:\0])|^)"(?=\S)')
_QUOTES = [
    re.compile(pattern, re.DOTALL)
    for pattern in (
        "„[^“”„]*[“”]",
        "“[^“”]*”",
        "«[^«»]*»",
        "»[^«»]*«",
        "[「『][^「」『』]*[」』]",
        r"(?<!\w)‘[^‘]*?’(?!\w)",
        "[„“«「『].*$",
    )
]


@lru_cache(maxsize=1)
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_weighty() -> frozenset[str]:
    """Return the numbers, negations and sexes in words, folded: a letter more is another fact."""
    lists = (words.get("weighty", ()) for words in _load().values())
    return frozenset(fold_line(word) for words in lists for word in words)


def _any(lists: list[list[str]]) -> str:
    """Return an expression of all words of some lists; one that nothing matches for none."""
    words = sorted({fold_line(word) for words in lists for word in words}, reverse=True)
    return f"(?:{'|'.join(words)})" if words else "(?!)"


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    """Match the head of a notice with its mark; the words between are those of its language."""
    forms = []
    for words in _load().values():
        token = rf"\s*[(,]?\s*(?:{_any([words.get('names', [])])}|{_NUMBER})(?![\w])[.,]?"
        forms.append(
            rf"{_any([words['starts']])}(?!\w)"
            rf"(?:{_MARK}|(?:{token}){{1,{_BETWEEN}}}{_MARK}|(?:{token}){{0,3}}\s*\(?(?:{_DATE})(?!\w))"
        )
    return re.compile(rf"[\W\d_]*(?:{'|'.join(forms)})")


@lru_cache(maxsize=1)
def _forms() -> dict[str, re.Pattern[str]]:
    """Return the expressions of what is said within a sentence, of all languages together."""
    names = (
        "notes",
        "things",
        "ours",
        "mended",
        "slips",
        "versions",
        "contains",
        "sorry",
        "speech",
        "removals",
    )
    word = {n: _any([words.get(n, []) for words in _load().values()]) for n in names}
    said = rf"{_FREE}{word['speech']}{_DONE}"
    found = {name: rf"{_FREE}{word[name]}{_DONE}" for name in names}
    found |= {
        "notes": rf"[\W\d_]*{word['notes']}(?!\w){_MARK}",
        "ours": rf"{found['ours']}(?=(?:\W+{_OTHER}\w+){{0,{_REACH}}}?\W+{found['mended']})",
        "behind": rf"{said}(?:\W+\w+){{0,{_BEFORE}}}\W*$",
        "after": rf",\s[^,]{{0,{_SPEECH}}}?{said}[^,]*$",
    }
    return {name: re.compile(pattern) for name, pattern in found.items()}


def is_notice(sentence: str, before: str = "") -> bool:
    """Say whether a sentence is a notice of correction.

    ``before``: the sentences it follows; where they open a quotation, it is quoted to its close.
    """
    sentence, before = sentence[:_LONG], before[-_LONG:]
    if (tail := _BRACKETED.search(sentence)) and _heads().fullmatch(fold_line(tail[1])):
        return True
    alone = unquote(sentence)
    text, forms = fold_line(alone), _forms()
    if _heads().match(text):
        return True
    told = unquote(f"{before}\0{sentence}").partition("\0")[2]
    if told != alone:  # a quotation from before reaches into it
        text = fold_line(told)
    if forms["notes"].match(text) and _says_mended(text):
        return True
    if forms["slips"].search(text) and forms["versions"].search(text):
        return True
    if any(
        _is_own(text, found)
        for name in ("contains", "ours")
        for found in forms[name].finditer(text)
    ):
        return True
    found = forms["sorry"].search(text) or owns_up(text, squeeze(told))
    return found is not None and not _is_said(text, found)


def says_removed(sentence: str) -> bool:
    """Say whether a sentence tells that parts were taken out, as an editor's note does."""
    return _forms()["removals"].search(fold_line(sentence[:_LONG])) is not None


def _says_mended(text: str) -> bool:
    """Say whether a note tells, and nobody in it, that a name, figure or the like was mended."""
    forms = _forms()
    found = forms["mended"].search(text)
    if found is None or forms["things"].search(text) is None:
        return False
    return forms["speech"].search(text, 0, found.start()) is None


def _is_own(text: str, found: re.Match[str]) -> bool:
    """Say whether no verb of saying stands right before a phrase."""
    return not _forms()["behind"].search(text, max(0, found.start() - _SPEECH), found.start())


def _is_said(text: str, found: re.Match[str]) -> bool:
    """Say whether anybody is said to speak before a phrase or at the end of its sentence."""
    forms = _forms()
    told = forms["speech"].search(text, 0, found.start()) or forms["after"].search(
        text, found.end()
    )
    return told is not None


def unquote(text: str) -> str:
    """Leave out quotations, with a mark of where a sentence begins if it is in one."""
    if not _SIGNS.search(text):  # most lines of a page; nine expressions need not be asked
        return text
    text = _STRAIGHT.sub("“", text).replace('"', "”")
    for quote in _QUOTES:
        text = quote.sub(lambda match: " \0 " if "\0" in match[0] else " ", text)
    return text


def fold_line(text: str) -> str:
    """Return a text as the expressions of words expect it: squeezed, folded, blanks kept."""
    return " ".join(fold_word(word) for word in squeeze(text).replace("’", "'").split())

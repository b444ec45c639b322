"""Tell the language of a text from its letters and small words, to check what a page declares.

    letters     kana: ja · hangul: ko · han alone: zh · thai, greek, hebrew, arabic
    syllables   of Vietnamese (vietnamese.py); cyrillic with і ї є ґ: uk, ў: be, ъ without ы: bg ...
    small words "der die und" · "the of and" · ... of 20 languages

A template of another country keeps its lang="en-us" for years: a paper's page that is declared
English and written in Vietnamese is Vietnamese. Rejected: lingua and fastText (80 to 130 MB for a
question that twenty small words answer), langdetect (random by default).
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from crawler.read import vietnamese

_LEAST = 120  # letters: of less nothing is said
_MOST = 3_000  # letters looked at
_GLANCE = 400  # letters, blanks too, that mostly show that it is enough
_SHARE, _LEAD = 0.12, 1.6  # of all words the small ones must be; times the second language's
_LEAN, _OWN = 0.04, 0.012  # of all words, shared ones counted in part; of all letters
_LETTERS = (("cs", "řěů"), ("pl", "łąęśż"), ("hu", "őű"), ("ro", "țșăî"), ("tr", "ğış"))
_SYLLABLES = 0.8  # of the words with accents that are Vietnamese syllables
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.05),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 0.3),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 0.5),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.4),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.5),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.5),
    ("km", re.compile(r"[\u1780-\u17ff]"), 0.4),
    ("lo", re.compile(r"[\u0e80-\u0eff]"), 0.4),
    ("my", re.compile(r"[\u1000-\u109f]"), 0.4),
    ("ka", re.compile(r"[\u10a0-\u10ff]"), 0.5),
    ("hy", re.compile(r"[\u0530-\u058f]"), 0.5),
    ("ta", re.compile(r"[\u0b80-\u0bff]"), 0.4),
    ("am", re.compile(r"[\u1200-\u137f]"), 0.5),
)
_OTHER = re.compile("[\u0370-\u1cff\u3040-\ud7af]")  # what _SCRIPTS and Cyrillic are made of
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_CYRILLIC_SIGNS = (
    *(("kk", "әғқңұһ", 0.02), ("be", "ў", 0.005), ("uk", "іїєґ", 0.02)),
    *(("mk", "ѓќѕ", 0.002), ("sr", "јљњћђџ", 0.02)),
)
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = """
en the of and to in that is for with was on it as at by from
de der die und das den nicht von mit ist ein eine auf dem sich des auch
fr le la les des et est que une dans pour qui pas sur au du
es el la los que del las una por con para no se su al como
pt o os que do da em um uma para com não se na por mais dos
it il di che la per una sono con del della non gli nel più alla
nl de het een van en dat is op te niet zijn met voor aan er
sv och att det som en är på för av med inte den till har de
da og at det som en er på til af med ikke den har for de
nb og at det som en er på til av med ikke den har for i
fi ja on että ei oli se hän myös mutta kun ovat joka sen mukaan ole
pl się nie na jest że do to jak po od przez dla oraz jego które
cs se na že je to jako ale by pro jsem jsou od podle při který
hu a az hogy nem és egy is volt meg csak már ez mint még szerint
ro și în de la că este cu pe nu care pentru din mai sunt o
tr ve bir bu için ile da de olarak daha olan çok gibi en ne sonra
id yang dan di ini itu dengan untuk dari pada tidak dalam akan juga ke oleh
vi và của các là có trong được cho một với những không người này đã
"""


def guess_language(text: str) -> str | None:
    """The language of a text as a bare BCP 47 tag, None where nothing is clear. Never raises."""
    sample = text[:_MOST]
    if sum(map(str.isalpha, sample[:_GLANCE])) < _LEAST > sum(map(str.isalpha, sample)):
        return None
    if not _OTHER.search(sample):  # 0.6 ms of 0.8: fifteen scripts need not be counted
        return _guess_latin(_WORD.findall(sample.lower()))
    letters = sum(map(str.isalpha, sample))
    for tag, script, share in _SCRIPTS:
        if len(script.findall(sample)) > share * letters:
            return tag
    if len(_CYRILLIC.findall(sample)) > 0.5 * letters:
        return _guess_cyrillic(sample.lower(), letters)
    return _guess_latin(_WORD.findall(sample.lower()))


def lean_language(text: str) -> str | None:
    """The language that speaks most for itself in a text of which `guess_language` says nothing:
    letters of Czech and Polish alone, small words counted less the more languages have them."""
    words = _WORD.findall(text[: 4 * _MOST].lower())
    letters = "".join(words)
    for tag, signs in _LETTERS:
        if sum(map(letters.count, signs)) > _OWN * max(len(letters), _LEAST):
            return tag
    counts: dict[str, float] = {}
    table = _fill_table()
    for word in words:
        for tag in table.get(word, ()):
            counts[tag] = counts.get(tag, 0.0) + 1 / len(table[word])
    first, second = (sorted(counts.items(), key=lambda pair: -pair[1]) + [("", 0.0)] * 2)[:2]
    return first[0] if first[1] > _LEAN * len(words) and first[1] > _LEAD * second[1] else None


def _guess_cyrillic(sample: str, letters: int) -> str:
    """The language by letters that only it has; Bulgarian by ъ where Russian has ы."""
    for tag, signs, share in _CYRILLIC_SIGNS:
        if sum(map(sample.count, signs)) > share * letters:
            return tag
    return "bg" if sample.count("ъ") > max(4 * sample.count("ы"), 0.006 * letters) else "ru"


def _guess_latin(words: list[str]) -> str | None:
    accented = [word for word in words if not word.isascii()]
    if 3 * len(accented) > len(words) and vietnamese.score(accented) > _SYLLABLES:
        return "vi"
    counts: dict[str, int] = {}
    table = _fill_table()
    for word, number in Counter(words).items():
        for tag in table.get(word, ()):
            counts[tag] = counts.get(tag, 0) + number
    first, second = (sorted(counts.items(), key=lambda pair: -pair[1]) + [("", 0)] * 2)[:2]
    clear = first[1] > _SHARE * len(words) and first[1] > _LEAD * second[1]
    return first[0] if clear else None


@cache
def _fill_table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _SMALL.split("\n"):
        tag, _, words = line.partition(" ")
        for word in words.split():
            table[word] = (*table.get(word, ()), tag)
    return table

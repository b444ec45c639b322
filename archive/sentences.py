"""Cuts a text into sentences, in any language, so that two versions can be compared by sentence.

A paragraph's end always ends one; else ``. ! ? …`` before white space and what may begin a
sentence, or a full stop of Chinese and Japanese. Not after an initial, a dotted acronym, a known
abbreviation or the number of a list entry. Where it errs, it errs alike in both versions, and a
sentence too long only makes a change look longer. Rejected: a trained splitter (a model a language,
and other sentences with every release of it: the ledger would say that old articles changed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# With a full stop they do not end a sentence. Those that often do (v.v., etc., a.m.) are not here.
_SHORT = """
tp tx tt ths ts tskh gs pgs bs bsck ks cn tr nxb vd đc đ/c kts ls nsnd nsưt q p h t
mr mrs ms dr prof st jr sr gen col lt sgt capt cmdr rev hon sen rep gov pres vs inc ltd
co corp dept vol fig approx ave blvd jan feb mar apr jun jul aug sep sept oct nov dec
drs ir hj kab kec jl tgl kol brigjen mayjen letjen bripka aiptu kompol akbp
nr str hl bzw ca mio mrd vgl mme mlle mm mgr sra srta ud uds pág dra sig dott ul prof dhr mevr mw
z.b d.h u.a
"""  # Vietnamese, English, months, Indonesian and Malay, other European languages
_NUMBERED = "no nos số điều art p pp pg pasal ayat nr núm n"
ABBREVIATIONS = frozenset(_SHORT.split())
BEFORE_NUMBER = frozenset(_NUMBERED.split())
_CLOSING = "\"'”’»›)\\]"
_OPENING = "\"'“‘«‹„(\\["
# Possessive, so that a run of a million dots is looked at once.
_END = re.compile(f"(?<![.!?…])[.!?…]++[{_CLOSING}]*+(?=\\s)|[。！？｡]++[」』”’）]*+")
_NEXT = re.compile(f"\\s+[{_OPENING}]*[-–—•*]?\\s?[{_OPENING}]*(.)", re.DOTALL)
_LAST_WORD = re.compile(r"[^\s\"'“‘«(\[]+$")
_LOOK_BACK = 24  # letters; longer than any abbreviation


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text whose paragraphs are lines, in order, without outer blanks.

    Nothing but white space between sentences is lost. Linear in the length of the text.
    """
    return [part for line in text.splitlines() for part in _split_line(line)]


def _split_line(line: str) -> Iterator[str]:
    start = 0
    for found in _END.finditer(line):
        if _ends(line, start, found):
            if part := line[start : found.end()].strip():
                yield part
            start = found.end()
    if part := line[start:].strip():
        yield part


def _ends(line: str, start: int, found: re.Match[str]) -> bool:
    """Say whether a mark ends the sentence that began at ``start``."""
    if found[0][0] in "。！？｡":
        return True
    following = _NEXT.match(line, found.end())
    if following is None or following[1].islower():
        return False
    return found[0] != "." or not _is_short(line, start, found.start(), following[1])


def _is_short(line: str, start: int, end: int, following: str) -> bool:
    """Say whether the full stop at ``end`` belongs to an abbreviation, initial or list number."""
    last = _LAST_WORD.search(line, max(start, end - _LOOK_BACK), end)
    if last is None:
        return False
    word = last[0]
    if word.isdigit() or (len(word) == 1 and word.isupper()):
        return not line[start : last.start()].strip() or word.isupper()
    lowered = word.lower()
    if lowered in ABBREVIATIONS:
        return True
    parts = word.split(".")  # GS.TS, U.S
    if all(p.lower() in ABBREVIATIONS or (len(p) == 1 and p.isupper()) for p in parts):
        return True
    return following.isdigit() and lowered in BEFORE_NUMBER

"""Mends a page whose parts are in several encodings: a title of the system, a text of its author.

    <title>Tin mới</title> ... <p>B¶n tin cña ®µi</p>       pieces lie between "<", ">" and quotes

Decision: the page as a whole is judged first (crawler/read/relics.py); here each piece is judged by
itself, and only in a page that has Vietnamese in it, for a few words alone prove little: all of
them have to become syllables. Bytes are told apart in the same pieces, since a template in UTF-8
around an old text is valid UTF-8 nowhere but in its own pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crawler.read import vietnamese

LEAST = 3  # words of a piece; "für" or "São" alone prove nothing
FEW = 8  # words up to which every one has to become a syllable
SURE = 0.85
DOUBT = 0.3  # share of syllables under which a piece is no Vietnamese
MIXED = 4  # letters in a row of pieces that are UTF-8 by no accident
BROKEN = 0.3  # share of broken sequences up to which a piece is damaged UTF-8

_EDGE = re.compile(r"([<>\"])")
_EDGE_BYTES = re.compile(rb"([<>\"])")
_LETTERS = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")  # beyond ASCII in UTF-8, and rarely elsewhere
_SOUND = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")  # letters of no table but Unicode's
_WORD = re.compile(
    "[^\\W\\d_\xaa\xba](?:[^\\W\\d_]|[\xa1-\xac\xae-\xb6\xb8-\xbf\u2020-\u2022\u2026\u2030])*"
)
_MARKS = "«»¡¿©®§·†‡•…"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text whose pieces were mended, the encodings that were found, and pieces in doubt."""

    text: str
    found: tuple[str, ...] = ()
    doubtful: int = 0


def words(text: str) -> list[str]:
    """Return the different accented words of a text, signs within a word included ("g£t")."""
    found = dict.fromkeys(word.rstrip(_MARKS) for word in _WORD.findall(text))
    return [word for word in found if len(word) > 1 and not word.isascii()]


def is_sound(text: str) -> bool:
    """Whether a text has a letter that only Unicode's Vietnamese has."""
    return _SOUND.search(text) is not None


def convert(text: str, change: Callable[[str], str]) -> str:
    """Return ``text`` with ``change`` applied to the pieces that are not sound already."""
    if not is_sound(text):
        return change(text)
    return "".join(part if is_sound(part) else change(part) for part in _EDGE.split(text))


def mend(text: str) -> Pieces:
    """Return ``text`` with those pieces converted that become Vietnamese by it."""
    parts = _EDGE.split(text)
    wide = [n for n, part in enumerate(parts) if not part.isascii() and len(part) < 100_000]
    found: dict[str, int] = {}
    rest: list[tuple[int, list[str]]] = []
    doubtful = 0
    for number in wide:
        part = parts[number]
        spoken = words(part)
        raw = vietnamese.score(spoken)
        if not spoken or raw >= SURE or is_sound(part):
            continue
        name = choose(part, spoken, raw, vietnamese.CONVERSIONS)
        if name is not None and len(spoken) >= LEAST:
            found[name] = found.get(name, 0) + 1
            parts[number] = vietnamese.CONVERSIONS[name](part)
        else:
            rest.append((number, spoken))
            doubtful += len(spoken) >= FEW and raw < DOUBT
    for number, spoken in rest:
        raw = vietnamese.score(spoken)
        name = choose(parts[number], spoken, raw, found) if raw == 0 else None
        if name is not None:
            parts[number] = vietnamese.CONVERSIONS[name](parts[number])
    return Pieces("".join(parts) if found else text, tuple(found), doubtful)


def choose(part: str, spoken: list[str], raw: float, names: Iterable[str]) -> str | None:
    """Return the encoding in which a piece is Vietnamese, or None."""
    best, chosen = max(raw, SURE if len(spoken) > FEW else 1.0), None
    for name in names:
        converted = vietnamese.CONVERSIONS[name](part)
        found = words(converted)
        share = vietnamese.score(found)
        if share >= best and (chosen is None or share > best) and len(found) * 2 > len(spoken):
            best, chosen = share, name
    return chosen


def read_mixed(data: bytes, other: Callable[[bytes], str]) -> tuple[str, int] | None:
    """Return bytes of which some pieces are UTF-8 as text, and how many pieces are not.

    ``other`` reads those. None where no piece is UTF-8 beyond accident.
    """
    if len(_LETTERS.findall(data)) < MIXED:  # asked of the whole: a page has thousands of pieces
        return None
    texts: list[str] = []
    strange = proven = 0
    for part in _EDGE_BYTES.split(data):
        try:
            text = part.decode("utf-8")
            proven += len(text) - len(text.encode("ascii", "ignore")) >= MIXED
        except UnicodeDecodeError:
            text = part.decode("utf-8", "replace")
            lost = text.count("\ufffd")
            kept = len(text) - len(text.encode("ascii", "ignore")) - lost
            strange += 1
            if lost > kept * BROKEN:
                text = other(part)
        texts.append(text)
    return ("".join(texts), strange) if proven else None

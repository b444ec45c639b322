"""UTF-8 that was read as windows-1252 and encoded again: "Ä\\x90áº£ng" for "Đảng".

Decision: letter by letter, since editors mix such pieces with sound text. Rejected: encoding the
whole page back, which one sound letter beyond windows-1252 makes impossible.
"""

from __future__ import annotations

import re

from crawler.read import vietnamese

_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e"
    "\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_LATIN1 = re.compile("[À-ÿ]")


def is_twice(wide: str) -> bool:
    """Whether words were encoded twice.

    Three letters of three bytes are evidence, since no language writes "áº£"; pairs such as "Ã»"
    can stand in capitals before a quotation mark, so they have to be many beside other accents.
    """
    found = [len(m[0]) for m in _TWICE.finditer(wide) if _mend_letter(m) != m[0]]
    if sum(length > 2 for length in found) >= 3:
        return True
    return len(found) >= 3 and len(found) >= len(_LATIN1.findall(wide)) * 0.15


def undouble(text: str) -> str:
    """Return `text` with every twice-encoded letter mended."""
    return _TWICE.sub(_mend_letter, text)


def _mend_letter(match: re.Match[str]) -> str:
    """Return the letter that was encoded twice, or the text as it stands if it is none."""
    data = vietnamese.unlatin(match[0])
    return (_letters_of(data) if data is not None else None) or match[0]


def _letters_of(data: bytes) -> str | None:
    """Return the UTF-8 text at the start of `data`, if it is letters or typographic marks."""
    for end in range(len(data), 1, -1):
        try:
            letter = data[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        if all(_is_plausible(character) for character in letter):
            return letter + vietnamese.latin(data[end:])
    return None


def _is_plausible(character: str) -> bool:
    """Letters of Latin alphabets, tone marks, typographic marks, the dong sign, no-break space."""
    code = ord(character)
    return (
        0x80 <= code <= 0x17F  # controls and symbols: encoded a third time
        or code in (0x192, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x2C6, 0x2DC, 0x20AB, 0x20AC, 0x2122)
        or 0x1EA0 <= code <= 0x1EF9
        or 0x300 <= code <= 0x323
        or 0x2010 <= code <= 0x203A
    )

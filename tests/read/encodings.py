"""Vietnamese in the encodings it was written in, by tables of their own: the yardstick of decode.

Each table names twelve vowels with their six forms in the order of converters (plain, acute, grave,
hook, tilde, dot), then đ. Decision: they are not those of crawler/read/vietnamese.py turned round,
so that a slip there shows here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

TONES = "\u0301\u0300\u0309\u0303\u0323"  # acute, grave, hook, tilde, dot
VOWELS = "aâăeêioôơuưy"

_SINGLE = {
    "tcvn3": "61b8b5b6b7b9 a9cac7c8c9cb a8bebbbcbdc6 65d0cccecfd1 aad5d2d3d4d6 69ddd7d8dcde "
    "6fe3dfe1e2e4 abe8e5e6e7e9 acedeaebecee 75f3eff1f2f4 adf8f5f6f7f9 79fdfafbfcfe ae",
    "vps": "61e1e0e4e3e5 e2c3c0c4c5c6 e6a1a2a3a4a5 65e9e8c8ebcb ea898a8bcd8c 69edecccefce "
    "6ff3f2d5f586 f4d3d2b087b6 d6a7a9aaabae 75faf9fbdbf8 dcd9d8babbbf 799aff9bcf9c c7",
    "viscii": "61e1e0e4e3d5 e2a4a5a6e7a7 e5a1a2c6c7a3 65e9e8eba8a9 eaaaabacadae 69edecefeeb8 "
    "6ff3f2f6f5f7 f4afb0b1b2b5 bdbeb6b7defe 75faf9fcfbf8 dfd1d7d8e6f1 79fdcfd6dbdc f0",
}
_CAPITALS = {
    "tcvn3": "41b8b5b6b7b9 a2cac7c8c9cb a1bebbbcbdc6 45d0cccecfd1 a3d5d2d3d4d6 49ddd7d8dcde "
    "4fe3dfe1e2e4 a4e8e5e6e7e9 a5edeaebecee 55f3eff1f2f4 a6f8f5f6f7f9 59fdfafbfcfe a7",
    "vps": "41c180818202 c28384851c03 888d8e8ff004 45c9d7defe05 ca9093949506 49b4b5b7b810 "
    "4fb9bcbdbe11 d49697989912 f79d9e9fa613 55daa8d1ac14 d0adafb11d15 59ddb2fdb319 f1",
    "viscii": "41c1c0c4c380 c28485860687 c58182020583 45c9c8cb8889 ca8a8b8c8d8e 49cdcc9bce98 "
    "4fd3d299a09a d48f90919293 b4959697b394 55dad99c9d9e bfbabbbcffb9 59dd9f14191e d0",
}
_VNI = (
    *("a aù aø aû aõ aï", "aâ aá aà aå aã aä", "aê aé aè aú aü aë", "e eù eø eû eõ eï"),
    *("eâ eá eà eå eã eä", "i í ì æ ó ò", "o où oø oû oõ oï", "oâ oá oà oå oã oä"),
    *("ô ôù ôø ôû ôõ ôï", "u uù uø uû uõ uï", "ö öù öø öû öõ öï", "y yù yø yû yõ î"),
)
_BKHCM2 = (
    *("a aá aâ aã aä aå", "ê êë êì êí êî êå", "ù ùæ ùç ùè ùé ùå", "e eá eâ eã eä eå"),
    *("ï ïë ïì ïí ïî ïå", "i ñ ò ó ô õ", "o oá oâ oã oä oå", "ö öë öì öí öî öå"),
    *("ú úá úâ úã úä úå", "u uá uâ uã uä uå", "û ûá ûâ ûã ûä ûå", "y yá yâ yã yä yå"),
)


def forms(vowels: str = VOWELS) -> Iterator[str]:
    """Yield the forms of each vowel in the tables' order."""
    for vowel in vowels:
        for tone in ("", *TONES):
            yield unicodedata.normalize("NFC", vowel + tone)


@cache
def table(name: str) -> dict[str, bytes]:
    """Return how each letter is written in ``name``."""
    letters = [*forms(), "đ"]
    if name in ("vni", "bkhcm2"):
        rows = _VNI if name == "vni" else _BKHCM2
        spelled = [*" ".join(rows).split(), "ñ" if name == "vni" else "à"]
        small = {letter: one.encode("cp1252") for letter, one in zip(letters, spelled, strict=True)}
        large = {k.upper(): v.decode("cp1252").upper().encode("cp1252") for k, v in small.items()}
        return large | small
    small = _zip(letters, _SINGLE[name])
    return _zip([letter.upper() for letter in letters], _CAPITALS[name]) | small


def _zip(letters: list[str], codes: str) -> dict[str, bytes]:
    """Return letters with their codes."""
    data = bytes.fromhex(codes)
    return {letter: data[n : n + 1] for n, letter in enumerate(letters)}


def spell(text: str, name: str) -> bytes:
    """Return ``text`` in the encoding ``name``; what it lacks as windows-1252."""
    if name == "windows-1258":
        return b"".join(map(_spell_1258, text))
    known = table(name)
    return b"".join(known.get(letter) or letter.encode("cp1252", "replace") for letter in text)


def _spell_1258(letter: str) -> bytes:
    """Return a letter in windows-1258: the vowel, then its tone."""
    parts = unicodedata.normalize("NFD", letter)
    base = "".join(part for part in parts if part not in TONES)
    tone = "".join(part for part in parts if part in TONES)
    return (unicodedata.normalize("NFC", base) + tone).encode("cp1258", "replace")

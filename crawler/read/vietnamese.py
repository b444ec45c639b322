"""The encodings that Vietnamese was written in before Unicode, and what a syllable looks like.

    TCVN3   TCVN 5712:1993, set 3: fonts such as .VnTime; capitals with tones need another font
    TCVN    set 1 of the same standard: those capitals on the codes that set 3 leaves to symbols
    VISCII  RFC 1456: one byte a letter, six capitals on control codes
    VPS     of the Vietnamese Professionals Society: one byte a letter
    VNI     a base letter, then a Latin-1 letter as its mark: "Vieät" is "Việt"
    BKHCM2  of the Bach Khoa university: the same with other marks: "Viïåt"
    CP1258  Windows: the vowel, then its tone as a combining mark

Text in them arrives either as bytes or already taken for windows-1252, so the tables here go from
windows-1252 characters to Vietnamese. Decision: the judge is the shape of the syllable. Initial,
rhyme and tone are a small closed set in Vietnamese: of the accented words of 22 real pages 98 to
100 % are syllables, of text under a wrong table at most 60 % (tests/read/test_decode.py). Letter
frequencies were rejected: they need more text than a short page has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = GRAVE + HOOK + TILDE + ACUTE + DOT


def latin(data: bytes) -> str:
    """Return `data` as windows-1252 with its five holes as C1 controls: nothing is lost."""
    try:
        return data.decode("cp1252")  # a tenth of the time; hardly a page has one of the holes
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_C1_TO_1252)


def unlatin(text: str) -> bytes | None:
    """Return the bytes that `latin` reads as `text`, or None if there are none."""
    try:
        return text.translate(_1252_TO_C1).encode("latin-1")
    except UnicodeEncodeError:
        return None


_C1_TO_1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_1252_TO_C1 = {ord(character): code for code, character in _C1_TO_1252.items()}

# TCVN 5712:1993 from 0xA1 on; the gaps are symbols in the fonts and stay as they are.
_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
# Set 1's capitals with tones. Those on codes that set 3 leaves empty are read in both sets; its
# combining marks (0xB0 to 0xB4) are left out, they are ° ± ² ³ ´ in set 3.
_TCVN_CAPITALS = {
    0x01: "ÚỤ",
    0x04: "ỪỬỮ",
    0x11: "ỨỰỲỶỸÝỴ",
    0xAF: "Ằ",
    0xBA: "Ẳ",
    0xBF: "ẴẮẦẨẪẤỀ",
    0xCD: "Ể",
    0xD9: "ỄẾỒ",
    0xE0: "Ổ",
    0xF0: "Ỗ",
    0xFF: "Ố",
}
_TCVN_UPPER = {0x80: "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"}  # quotation marks and dashes in set 3
# RFC 1456: the upper half, and the six capitals among the control codes.
_VISCII = {
    0x02: "Ẳ",
    0x05: "ẴẪ",
    0x14: "Ỷ",
    0x19: "Ỹ",
    0x1E: "Ỵ",
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
    0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
}
# VPS: eleven capitals on control codes.
_VPS = {
    0x02: "ẠẬẶẸỆ",
    0x10: "ỊỌỘỢỤỰ",
    0x19: "Ỵ",
    0x1C: "ẪỮ",
    0x80: "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ",
    0x93: "ỀỂỄỐỒỔỖýỷỵỚỜỞ",
    0xA1: "ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ",
    0xE0: "àáâãảạă",
    0xE8: "èéêẽìí",
    0xEF: "ĩẴĐòóôõ",
    0xF7: "Ơụùúủ",
    0xFD: "ỶẼỳ",
}
# VNI-Windows: marks after a, e, o, u, y, ô (for ơ), ö (for ư); letters of their own for i and đ.
_VNI_TONE = dict(zip("øûõùï", TONES, strict=True))
_VNI_HAT = dict(zip("âàåãáä", ("", *TONES), strict=True))  # â ê ô with tone
_VNI_BREVE = dict(zip("êèúüéë", ("", *TONES), strict=True))  # ă with tone
_VNI_ALONE = {"í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI_HORN = {"ô": "ơ", "ö": "ư"}
# BKHCM2: marks after a, e, o, u, y and after letters of their own for â, ă, ê, ô, ơ, ư.
_BK_TONE = dict(zip("âãäáå", TONES, strict=True))
_BK_HAT = dict(zip("ìíîëå", TONES, strict=True))
_BK_BREVE = dict(zip("çèéæå", TONES, strict=True))
_BK_ALONE = {"ñ": "í", "ò": "ì", "ó": "ỉ", "ô": "ĩ", "õ": "ị", "à": "đ"}
_BK_BASES = {"ê": "â", "ù": "ă", "ï": "ê", "ö": "ô", "ú": "ơ", "û": "ư"}


def _spread(blocks: dict[int, str]) -> dict[int, str]:
    """Return a translate table from windows-1252 characters to the letters of `blocks`."""
    return {
        ord(latin(bytes([start + offset]))): letter
        for start, letters in blocks.items()
        for offset, letter in enumerate(letters)
    }


def _spell_vni() -> dict[str, str]:
    """Return every VNI spelling with its letter, both cases."""
    spellings = {**_VNI_ALONE, **_VNI_HORN}
    for base, letter in [*((c, c) for c in "aeouy"), *_VNI_HORN.items()]:
        spellings |= {base + mark: letter + tone for mark, tone in _VNI_TONE.items()}
    for base in "aeo":
        spellings |= {base + mark: base + "\u0302" + tone for mark, tone in _VNI_HAT.items()}
    spellings |= {"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()}
    return _compose(spellings)


def _spell_bkhcm2() -> dict[str, str]:
    """Return every BKHCM2 spelling with its letter, both cases."""
    spellings = {**_BK_ALONE, **_BK_BASES}
    plain = {letter: letter for letter in "aeouy"} | {code: _BK_BASES[code] for code in "úû"}
    for bases, tones in (
        (plain, _BK_TONE),
        ({code: _BK_BASES[code] for code in "êïö"}, _BK_HAT),
        ({"ù": "ă"}, _BK_BREVE),
    ):
        for code, letter in bases.items():
            spellings |= {code + mark: letter + tone for mark, tone in tones.items()}
    return _compose(spellings)


def _compose(spellings: dict[str, str]) -> dict[str, str]:
    """Return spellings with composed letters, in both cases."""
    lower = {k: unicodedata.normalize("NFC", v) for k, v in spellings.items()}
    return lower | {k.upper(): v.upper() for k, v in lower.items()}


def _add_controls(table: dict[int, str]) -> dict[int, str]:
    """Return a table that also takes C1 controls for what windows-1252 has on their codes."""
    wide = {code: table.get(ord(letter), letter) for code, letter in _C1_TO_1252.items()}
    return table | wide


_TCVN3_TABLE = _add_controls(_spread(_TCVN3 | _TCVN_CAPITALS))
_TCVN_TABLE = _add_controls(_TCVN3_TABLE | _spread(_TCVN_UPPER))
_VISCII_TABLE = _add_controls(_spread(_VISCII))
_VPS_TABLE = _add_controls(_spread(_VPS))
_VNI_TABLE = _spell_vni()
_VNI_MATCH = re.compile("|".join(sorted(map(re.escape, _VNI_TABLE), key=len, reverse=True)))
_BK_TABLE = _spell_bkhcm2()
_BK_MATCH = re.compile("|".join(sorted(map(re.escape, _BK_TABLE), key=len, reverse=True)))
_TONED = "".join(
    letter
    for letters in _TCVN3.values()
    for letter in letters
    if any(tone in unicodedata.normalize("NFD", letter) for tone in TONES)
)
_HALF_LARGE = re.compile(
    rf"(?<![^\W\d_])[{_TONED}]?(?:[A-ZĂÂÊÔƠƯĐ]{{1,8}}[{_TONED}]){{1,2}}[A-ZĂÂÊÔƠƯĐ]{{1,8}}(?![^\W\d_])"
    rf"|(?<![^\W\d_])[{_TONED}][A-ZĂÂÊÔƠƯĐ]{{1,8}}(?![^\W\d_])"
    rf"|(?<=[A-ZĂÂÊÔƠƯĐ] )[A-ZĂÂÊÔƠƯĐ]{{1,8}}[{_TONED}](?= [A-ZĂÂÊÔƠƯĐ]{{2}})"
)
_BEGINNING = re.compile(rf"(?:(?<=[.!?…] )|(?<=[>\"“]))[{_TONED}](?=[^\W\d_]|\b)")
SMALL_BEGINNING = re.compile(rf"(?<![^\W\d_])[{_TONED}](?=[^\W\d_]|\b)")
_CP1258_TABLE = _add_controls(
    {
        code: character
        for byte in range(0x80, 0x100)
        if (character := bytes([byte]).decode("cp1258", "ignore"))
        and (code := ord(latin(bytes([byte])))) != ord(character)
    }
)


def from_tcvn3(text: str) -> str:
    """Return TCVN3 text that was read as windows-1252 in Unicode.

    Its fonts have no capitals with tones. They are made where the words tell: "ĐộC LậP" is all
    in capitals, and a sentence begins with one; in names ("Lò Thị ửng") they are lost.
    """
    text = text.translate(_TCVN3_TABLE)
    text = _HALF_LARGE.sub(lambda match: match[0].upper(), text)
    return _BEGINNING.sub(lambda match: match[0].upper(), text)


def from_tcvn(text: str) -> str:
    """Return TCVN 5712 set 1 text that was read as windows-1252 in Unicode."""
    return text.translate(_TCVN_TABLE)


def from_viscii(text: str) -> str:
    """Return VISCII text that was read as windows-1252 in Unicode."""
    return text.translate(_VISCII_TABLE)


def from_vni(text: str) -> str:
    """Return VNI text that was read as windows-1252 in Unicode."""
    return _VNI_MATCH.sub(lambda match: _VNI_TABLE[match[0]], text.translate(_C1_TO_1252))


def from_vps(text: str) -> str:
    """Return VPS text that was read as windows-1252 in Unicode."""
    return text.translate(_VPS_TABLE)


def from_bkhcm2(text: str) -> str:
    """Return BKHCM2 text that was read as windows-1252 in Unicode."""
    return _BK_MATCH.sub(lambda match: _BK_TABLE[match[0]], text.translate(_C1_TO_1252))


def from_cp1258(text: str) -> str:
    """Return windows-1258 text that was read as windows-1252 in Unicode (NFC)."""
    return unicodedata.normalize("NFC", text.translate(_CP1258_TABLE))


CONVERSIONS: dict[str, Callable[[str], str]] = {
    "windows-1258": from_cp1258,
    "tcvn3": from_tcvn3,
    "tcvn": from_tcvn,
    "vni": from_vni,
    "viscii": from_viscii,
    "vps": from_vps,
    "bkhcm2": from_bkhcm2,
}

# The syllable without its tone: initial, glide, vowel, final (each as spelled). c, g, ng are
# written k, gh, ngh before e, ê, i; ă and â need a final; ch and nh end a, ê, i and y only.
_SYLLABLE = re.compile(
    r"(?:(?:k|gh|ngh)(?=[eêiy])|(?:c|g|ng)(?![eêiy])|gi?(?=i)|b|ch|d|đ|gi|h|kh|l|m|nh|n|ph|p|qu|r"
    r"|s|th|tr|t|v|x)?"
    r"(?:[ou](?=[aăâeêơy]))?"
    r"(?:(?:iê|yê|ươ|uô|oo|a|e|ê|i|o|ô|ơ|u|ư|y|ă|â)(?P<stop>p|t|c)"
    r"|(?:a|ê|i|y)(?:(?P<stop2>ch)|nh)"
    r"|(?:iê|yê|ươ|uô|oo|a|e|ê|i|o|ô|ơ|u|ư|y|ă|â)(?:m|ng|n)"
    r"|(?:a|ă|o|ô|ơ|u|ư|uô|ươ)i|(?:a|â)y|(?:a|â|ê|i|iê|yê|ư|ươ)u|(?:a|e)o"
    r"|ia|ua|ưa|ya|uê|uơ|[aeêioôơuưy])"
)


def _list_letters() -> str:
    """Return the letters and marks that a syllable may be written with, in both cases."""
    bare = "abcdeghiklmnopqrstuvxyăâđêôơư"
    toned = [unicodedata.normalize("NFC", letter + tone) for letter in bare for tone in TONES]
    small = [*bare, *(letter for letter in toned if len(letter) == 1)]
    marks = TONES + "\u0302\u0306\u031b\u0340\u0341"
    return "".join((*small, *map(str.upper, small), marks, "\u212a"))  # a Kelvin is a K


# Asked first, for a tenth of what NFD costs: many words of other languages have a letter that no
# syllable has, or too many. Eight, three with a mark and one with a tone are twelve in NFD.
_SPELLED = re.compile(f"[{_list_letters()}]{{1,12}}")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether `word` is spelled as a Vietnamese syllable.

    At most one tone; only sắc and nặng before p, t, c, ch; capitals at the start or throughout.
    Wrong tables betray themselves in each of these: "viÖt" is no word, "thỬa" neither.
    """
    if not _SPELLED.fullmatch(word):
        return False
    if not (word.islower() or word[1:].islower() or word.isupper()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))
    match = _SYLLABLE.fullmatch(bare)
    if match is None or len(tones) > 1:
        return False
    stopped = match["stop"] or match["stop2"]
    return not stopped or tones in ([ACUTE], [DOT])


def is_bare_syllable(word: str) -> bool:
    """Whether `word` could be a syllable that has lost its accents."""
    return word.isascii() and _SYLLABLE.fullmatch(word.lower()) is not None


def reaches(words: Collection[str], share: float) -> bool:
    """Whether `score` is a share at least; no more words are asked than decide it."""
    left = len(words)
    for word in words:
        left -= not is_syllable(word)
        if left / len(words) < share:
            return False
    return bool(words)


def score(words: Iterable[str]) -> float:
    """Return the share of `words` that are Vietnamese syllables; 0.0 when there are none."""
    verdicts = [is_syllable(word) for word in words]
    return sum(verdicts) / len(verdicts) if verdicts else 0.0

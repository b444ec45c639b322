"""Text that went through a wrong charset: found by its words, mended, or flagged.

    "Ä\\x90áº£ng"  UTF-8 read as windows-1252 and written as UTF-8 again    -> "Đảng"
    "ViÖt Nam"    TCVN3 under a font that drew it right                   -> "Việt Nam"

Decision: a conversion needs evidence, the share of words that become Vietnamese syllables, and is
not tried on text that already is Vietnamese; addresses are never touched, since a server knows
its own spelling. ftfy was rejected: it knows no Vietnamese encoding, and guesses word by word.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import filterfalse

from crawler.read import capitals, pieces, twice, vietnamese
from crawler.read.markup import strip_tags

RUNS = 0.3  # "Æèòåëè": no language writes words of such letters alone
NATIVE = 0.3  # share of syllables from which a page has Vietnamese in it
SAMPLE = 300  # words that are looked at; more change no verdict
GLANCE = 60  # words that a first look takes
LEAST = 3  # words without which nothing is tried: "für" or "São" alone prove nothing
FEW = 8  # words under which a verdict is only a suspicion
SURE = 0.85  # 22 real Vietnamese pages score 0.98 to 1.00; a wrong table at most 0.60
GAIN = 0.3  # by how much a conversion must beat the text as it stands
CLOSE = 0.05  # conversions this near each other are compared on the whole text
FEW_ODD = 10  # words that are put in order one by one
GAPS = 5  # "quy?t": as many on a page are no typing errors
LEAST_ACCENTED = 10
TORN = 0.1  # "nm qua" for "năm qua": 22 real pages have at most 0.4 % of them
ACCENTED = 100  # words with accents that show a page has them
POOR = 0.6  # Vietnamese pages below this are flagged
STRETCH = 400  # letters of a page that are looked at as one
ROUNDS = 5  # times that a text was encoded; three have been seen
SMALL = "capitals with tones are small letters in TCVN3"

_LETTERS = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"(?<![A-Za-z])[A-Za-z]*+(?:[^ -\x7f]+[A-Za-z]*+)+")
_ADDRESS = re.compile(
    # by first letters, then what follows each: a third of the time of a choice of words
    r"""[acdhsACDHS\u017f](?i:(?<!\w.)(?:(?<=h)ref|(?<=s)rc(?:set)?|(?<=a)ction|(?<=c)ite"""
    r"""|(?<=d)ata-[\w-]{1,30})\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+)"""
    r"""|(?<=h)ttps?:\\?/\\?/[^\s"'<>]+)"""
)
_RESTS = re.compile("[A-Za-z]\u00c3\\s|\u00c4\u2018|\u00e1[\u00ba\u00bb]|\u00c6[\u00b0\u00a1]")
_BROKEN = "\u00c3\u00c4\u00e1\u00c6"  # one of them is in every match of _RESTS
_REFERENCE = re.compile(
    r"&(?!amp|quot|lt;|gt;|nbsp|#39|#160|#0)(?:#\d{3,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}\d{0,2});"
)
_ESCAPE = re.compile(  # what is sought begins with "\u": of "\" alone scripts are full
    r"\\u(?<![^\\]\\\\u)(00[89A-Fa-f][\dA-Fa-f]|01(?:5[23]|6[01]|7[8DdEe]|92)|02[CcDd][6Cc]"
    r"|20(?:1[34]|1[89A-Ea-e]|2[0126]|30|39|3[Aa]|[Aa][Cc])|2122)"
)
_BLANK = re.compile("&(?<=[\u0080-\u2122]&)(?:nbsp|#160|#[xX][aA]0);")
_LANG = re.compile(r"""<html[^>]{0,500}?\blang\s*=\s*["']?([A-Za-z]{2,3})\b""", re.I)
_SIGNS = re.compile(r"[a-z]\?[a-z]|[aeiouyd][(^+][`'?~.]?[a-z ]|\+[A-Za-z0-9/]{3,8}-", re.I)
_UPPER_HALF = re.compile("[\xa1-ÿ]")
_RUNS = re.compile("[\xa1-ÿ]{4,}")
_CONTROLS = re.compile("[\u0080-\u009f]")
_TORN = re.compile(
    "(?<=[^\x00-\x7f])[a-z]{0,3}[ ,][b-df-hj-np-tv-xz]{1,4}(?=[ ,.;<])"
    "|(?<=[ >])[b-df-hj-np-tv-xz]{1,4}(?= [a-z]{0,3}[^\x00-\x7f])"
)
_GAP = re.compile(r"(?:^|>)[^\W\d_]{1,4}\?[^\W\d_]{1,4}(?:$|[<.,;])")
_ODD = re.compile("[a-zß-ÿ][À-Þ]|[^\\W\\d_][\u0080-\u00bf\u2122\u0192][^\\W\\d_]|[\u0080-\u009f]")


@dataclass(frozen=True, slots=True)
class Mended:
    """Text after mending, what it had been in, and its share of Vietnamese syllables."""

    text: str
    charset: str
    wide: str  # what `gather` gives for the text
    score: float | None = None  # None: too few words to say
    warnings: tuple[str, ...] = ()


def mend(text: str, charset: str) -> Mended:
    """Return `text` with double encoding and legacy Vietnamese turned into Unicode."""
    text = _name_letters(text)
    wide = gather(text)
    if not wide:
        return Mended(text, charset, wide)
    warnings: tuple[str, ...] = ()
    for _ in range(ROUNDS):
        if not twice.is_twice(wide):
            break
        text = twice.undouble(text)
        wide = gather(text)
        warnings = ("charset-repaired: UTF-8 that had been encoded twice",)
    if warnings:
        charset = f"{charset} twice"
    found = recognise(text, wide)
    if found is not None:
        return replace(found, charset=f"{found.charset} in {charset}")
    return _mend_pieces(Mended(text, charset, wide, _rate(wide), warnings))


def _mend_pieces(mended: Mended) -> Mended:
    """Return text in which single pieces are mended, where there is Vietnamese around them."""
    if (mended.score or 0) < NATIVE:  # asked first: most pages are of other languages
        return mended
    strange = [word for word in pieces.words(mended.wide) if not vietnamese.is_syllable(word)]
    if len(strange) < LEAST:
        return mended
    found = pieces.mend(mended.text)
    warnings = list(mended.warnings)
    if found.found:
        warnings.append(f"charset-converted: pieces of the page were {', '.join(found.found)}")
    if "tcvn3" in found.found:
        warnings += _doubt_capitals(found.text)
    if found.doubtful:
        warnings.append(f"charset-suspect: {found.doubtful} pieces are no Vietnamese that we know")
    return replace(mended, text=found.text, wide=gather(found.text), warnings=tuple(warnings))


def _name_letters(text: str) -> str:
    """Return ``text`` with references to letters beyond ASCII as those letters, and so JSON's
    escapes of what windows-1252 has.

    An editor wrote "Vie&auml;t" for VNI as it wrote "&eacute;" for French: for every parser it is
    the same, and the evidence has to be seen.
    """
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if "&" not in text:
        return text
    text = _REFERENCE.sub(lambda match: _name_letter(match[0]), text)
    return text if text.isascii() else _BLANK.sub("\xa0", text)  # "vÃ&nbsp;" is "và" twice


@lru_cache(maxsize=1024)
def _name_letter(reference: str) -> str:
    """Return the character of a reference, unless it is ASCII, a blank or none."""
    letter = html.unescape(reference)
    return letter if len(letter) == 1 and not letter.isascii() and letter != "\xa0" else reference


def gather(text: str) -> str:
    """Return the words of `text` that are not plain ASCII, markup that sticks to them included.

    All evidence stands in them, and they are a tenth of a page. Bytes are split, since str.split()
    would split at the no-break spaces within broken letters; stretches first, since most of them
    are plain ASCII.
    """
    if text.isascii():
        return ""
    stretches = " ".join(filterfalse(str.isascii, _cut_stretches(text)))
    tokens = stretches.encode("utf-8", "surrogatepass").split()
    wide = list(filterfalse(bytes.isascii, tokens))
    return b" ".join(wide).decode("utf-8", "surrogatepass")


def _cut_stretches(text: str) -> Iterator[str]:
    """Cut a text at every first blank behind some hundred letters."""
    start = 0
    while (blank := text.find(" ", start + STRETCH)) >= 0:
        yield text[start:blank]
        start = blank
    yield text[start:]


def recognise(text: str, wide: str) -> Mended | None:
    """Return Vietnamese out of text whose legacy bytes were read as windows-1252, or None.

    `wide` is what `gather` gives for `text`.
    """
    glance = _drop_sound(_sample(wide, GLANCE))  # without markup that sticks to the words: 0.5 ms
    if not _promises(" ".join(_WIDE.findall(glance))):  # as most foreign pages
        return None
    sample = _sample(wide)
    words = _words(sample)
    raw, few = vietnamese.score(words), len(words) < FEW
    if len(words) < LEAST or raw >= SURE:
        return None
    scores, best = _match_best(_drop_sound(sample))
    if best < (1.0 if few else max(SURE, raw + GAIN)):
        return None
    name = _choose(wide, [name for name in scores if scores[name] >= best - CLOSE])
    warnings = [f"charset-converted: {name}, {scores[name]:.0%} of the words are Vietnamese"]
    if few:
        warnings.append(f"charset-suspect: {name} on the evidence of a few words")
    converted = _outside_addresses(
        text, lambda part: pieces.convert(part, vietnamese.CONVERSIONS[name])
    )
    if name == "tcvn3":
        converted = capitals.enlarge(converted)
        warnings += _doubt_capitals(converted)
    return Mended(converted, name, gather(converted), scores[name], tuple(warnings))


def _doubt_capitals(text: str) -> list[str]:
    """Flag words that may begin with a capital that TCVN3 cannot write: "ửng" is "Ửng" too."""
    number = capitals.count_doubtful(text)
    return [f"charset-suspect: {number} words may begin with a capital; {SMALL}"] if number else []


def _promises(sample: str) -> bool:
    """Whether a conversion makes enough syllables of a first look to take another."""
    texts = (convert(sample) for convert in vietnamese.CONVERSIONS.values())
    return any(vietnamese.reaches(_words(text), SURE - GAIN) for text in texts)


def _match_best(sample: str) -> tuple[dict[str, float], float]:
    """Return the share of syllables that each conversion makes of a sample, and the highest."""
    scores = {
        name: vietnamese.score(_words(convert(sample)))
        for name, convert in vietnamese.CONVERSIONS.items()
    }
    return scores, max(scores.values())


def _drop_sound(sample: str) -> str:
    return " ".join(word for word in sample.split(" ") if not pieces.is_sound(word))


def _choose(wide: str, names: list[str]) -> str:
    """Return the best of nearly equal conversions by all words.

    TCVN sets 1 and 3 differ in a few capitals, so syllables count for and others twice against.
    """

    def weigh(name: str) -> int:
        words = _words(vietnamese.CONVERSIONS[name](wide))
        return 3 * sum(map(vietnamese.is_syllable, words)) - 2 * len(words)

    return max(names, key=weigh)  # the first of equals, in the table's order


def normalise(text: str, wide: str) -> str:
    """Return `text` in NFC but for its addresses, which servers may know in NFD.

    A few odd words are replaced one by one: searching a page for addresses takes 15 ms.
    """
    if unicodedata.is_normalized("NFC", wide):
        return text
    odd = {token for token in wide.split(" ") if not unicodedata.is_normalized("NFC", token)}
    if len(odd) > FEW_ODD or any(_ADDRESS.search(token) for token in odd):
        return _outside_addresses(text, lambda part: unicodedata.normalize("NFC", part))
    for token in odd:
        word = re.escape(token)  # first: what begins with a look behind is tried at every letter
        whole = re.compile(rf"{word}(?<!\S{word})(?!\S)")
        text = whole.sub(unicodedata.normalize("NFC", token).replace("\\", r"\\"), text)
    return text


def doubt(mended: Mended, language: str | None) -> list[str]:
    """Return what still speaks against a text; empty for a sound one."""
    found = []
    text, wide = mended.text, mended.wide
    controls = len(_CONTROLS.findall(wide))
    if controls:
        found.append(f"charset-suspect: {controls} control characters of an unknown charset")
    lost = wide.count("\ufffd")
    if lost >= 3:
        found.append(f"charset-suspect: {lost} replacement characters in the text")
    if any(sign in wide for sign in _BROKEN) and len(_RESTS.findall(wide)) >= 3:
        found.append("charset-suspect: rests of UTF-8 that had been encoded twice")
    if "\x1b" in text:
        found.append("charset-suspect: escape sequences of an unknown charset")
    strange = sum(map(len, _RUNS.findall(wide)))
    if strange >= 30 and strange > len(_UPPER_HALF.findall(wide)) * RUNS:
        found.append("charset-suspect: whole words of accented letters, as in no language")
    if find_language(text, language) == "vi":
        found += _doubt_vietnamese(text, wide, mended.score)
    return found


def find_language(text: str, language: str | None) -> str:
    """Return the language (ISO 639-1) that a page names, else the one its paper is written in."""
    own = _LANG.search(text[:4096])
    return (own[1] if own else language or "")[:2].lower()


def oddness(text: str) -> float:
    """Return how often letters meet what rarely stands within words, by character."""
    return len(_ODD.findall(text)) / (len(text) or 1)


def _doubt_vietnamese(text: str, wide: str, score: float | None) -> list[str]:
    if score is not None and score < POOR:
        return [f"charset-suspect: {score:.0%} of the accented words are Vietnamese"]
    if sum(1 for token in text.split() if len(token) < 24 and _GAP.search(token)) >= GAPS:
        return ["charset-suspect: question marks stand where letters were"]
    accented = wide.count(" ") + 1
    if accented >= LEAST_ACCENTED and len(_TORN.findall(text)) > accented * TORN:
        return ["charset-suspect: letters are missing from words"]
    if accented > ACCENTED:
        return []
    shown = html.unescape(strip_tags(text))
    words = _LETTERS.findall(shown)
    if len(words) < 60 or sum(not word.isascii() for word in words) > len(words) * 0.05:
        return []
    bare = sum(map(vietnamese.is_bare_syllable, words))
    signs = len(_SIGNS.findall(shown))
    if signs > len(words) * 0.05 or bare > len(words) * 0.75:
        return ["charset-suspect: Vietnamese that has lost its accents"]
    return []


def _outside_addresses(text: str, change: Callable[[str], str]) -> str:
    """Return `text` with `change` applied to all but addresses."""
    parts, end = [], 0
    for match in _ADDRESS.finditer(text):
        parts += [change(text[end : match.start()]), match[0]]
        end = match.end()
    return "".join([*parts, change(text[end:])])


def _sample(wide: str, size: int = SAMPLE) -> str:
    """Return at most `size` of the words in `wide`, evenly taken."""
    tokens = [token for token in wide.split(" ") if len(token) < 200]
    return " ".join(tokens[:: len(tokens) // size + 1])


def _words(sample: str) -> list[str]:
    """Return the different words of a sample that have two letters or more, not all ASCII.

    A page of dashes would otherwise be "Vietnamese" under the table that makes them letters.
    """
    words = dict.fromkeys(_LETTERS.findall(sample))
    return [word for word in words if len(word) > 1 and not word.isascii()]


def _rate(wide: str) -> float | None:
    """Return the share of Vietnamese syllables, None for too few words."""
    words = _words(unicodedata.normalize("NFC", _sample(wide)))
    return vietnamese.score(words) if len(words) >= FEW else None

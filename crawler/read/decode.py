"""Turns the bytes of a page into text, or says that it cannot be sure.

    byte order mark -> valid UTF-8 -> UTF-8 in pieces -> Vietnamese 8-bit -> declared -> statistics
    then: encoded twice -> repaired; Vietnamese legacy text inside Unicode -> converted; NFC

Decision: every step that goes against a declaration leaves a warning, and what stays doubtful is
flagged `charset-suspect`, so that nothing is wrong in silence. UTF-8 wins whenever the bytes are
valid UTF-8: of 929 pages in eight corpora none was another charset and valid UTF-8 by accident.
charset-normalizer is only asked when nothing is declared (it takes 50 ms and more a page).
"""

from __future__ import annotations

from dataclasses import dataclass

from charset_normalizer import from_bytes

from crawler.read import alphabets, pieces, relics, vietnamese
from crawler.read.charset import declared, find_mark, name_codec

DAMAGE = 0.05  # share of broken sequences up to which bytes still count as UTF-8
WIDE = frozenset(
    ("gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949", "utf-16-le", "utf-16-be")
)
LATIN = frozenset(
    ("cp1250", "cp1254", "cp1257", "iso8859-2", "iso8859-15", "iso8859-13", "mac-roman")
)
ESCAPE_BYTES = 64 * 1024  # ISO-2022-JP is ASCII with escapes, and says so early
GUESS_BYTES = 64 * 1024  # charset-normalizer is slow; more bytes do not make it surer


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page as text: no NUL, no byte order mark, NFC outside addresses."""

    text: str
    charset: str  # "utf-8", "cp1252", "tcvn3", "utf-8 twice" ...: what it was read as
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Guess:
    text: str
    charset: str
    warnings: tuple[str, ...] = ()


def decode(
    data: bytes,
    *,
    content_type: str | None = None,
    encoding: str | None = None,
    language: str | None = None,
) -> Decoded:
    """Return the text of `data` (without content coding); never raises.

    `content_type` is the header's value, `encoding` what the profile says the pages are in,
    `language` (BCP 47) what the paper is written in unless the page says otherwise.
    """
    guess = (
        _read_unicode(data)
        or _read_mixed(data, content_type, encoding)
        or _read_damaged(data)
        or _read_declared(data, content_type, encoding, language)
    )
    warnings = [*guess.warnings, *_compare(guess.charset, content_type, data)]
    text = guess.text
    if b"\x00" in data and "\x00" in text:  # in a text of wide letters alone: 0.2 ms
        warnings.append(f"nul-bytes: {text.count(chr(0))} dropped")
        text = text.replace("\x00", "")
    mended = relics.mend(text, guess.charset)
    text = relics.normalise(mended.text, mended.wide)
    warnings += [*mended.warnings, *relics.doubt(mended, language)]
    return Decoded(text, mended.charset, tuple(warnings))


def _read_unicode(data: bytes) -> _Guess | None:
    """Read what marks itself as UTF-8, -16 or -32, or is valid UTF-8."""
    mark = find_mark(data)
    if mark is not None:
        return _replace(data[mark[1] :], mark[0])
    if b"\x1b$" in data[:ESCAPE_BYTES] and (escaped := _strict(data, "iso2022_jp_ext")):
        return _Guess(escaped.text, "iso2022_jp")
    try:
        return _Guess(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if (
            error.end >= len(data)
            and len(data) - error.start < 4
            and not data[: error.start].isascii()
        ):
            return _Guess(data[: error.start].decode("utf-8"), "utf-8")  # cut within a letter
    return None


def _read_damaged(data: bytes) -> _Guess | None:
    """Read what is UTF-8 but for a few sequences."""
    guess = _replace(data, "utf-8")
    lost = guess.text.count("\ufffd")
    others = len(guess.text) - len(guess.text.encode("ascii", "ignore")) - lost
    return guess if lost <= others * DAMAGE else None


def _read_mixed(data: bytes, content_type: str | None, encoding: str | None) -> _Guess | None:
    """Read a page of which parts are UTF-8, unless it obeys a declared charset of many bytes."""
    codecs = _name_codecs(data, content_type, encoding)
    if any(codec in WIDE and _strict(data, codec) for codec in codecs):
        return None
    other = next((codec for codec in codecs if codec not in ("utf-8", "cp1258", *WIDE)), "cp1252")
    found = pieces.read_mixed(data, lambda part: _decode_part(part, other))
    if found is None:
        return None
    text, strange = found
    return _Guess(text, "utf-8", (f"charset-suspect: {strange} pieces of the page are not utf-8",))


def _decode_part(part: bytes, codec: str) -> str:
    return vietnamese.latin(part) if codec == "cp1252" else part.decode(codec, "replace")


def _name_codecs(data: bytes, content_type: str | None, encoding: str | None) -> list[str]:
    """Return the codecs that profile, header and page name, in that order."""
    labels = [encoding] if encoding else []
    labels += [label for _, label in declared(content_type, data)]
    return list(dict.fromkeys(filter(None, map(name_codec, labels))))


def _replace(data: bytes, codec: str) -> _Guess:
    """Decode with U+FFFD for what is broken, and flag that."""
    text = data.decode(codec, "replace")
    own = data.count("\ufffd".encode(codec)) if codec.startswith("utf") else 0
    lost = text.count("\ufffd") - own
    if lost <= 0:
        return _Guess(text, codec)
    return _Guess(text, codec, (f"charset-suspect: {lost} sequences are not {codec}",))


def _read_declared(
    data: bytes, content_type: str | None, encoding: str | None, language: str | None
) -> _Guess:
    """Read bytes that are no Unicode by the Vietnamese tables, a declaration, or statistics."""
    codecs = _name_codecs(data, content_type, encoding)
    latin = vietnamese.latin(data)
    found = relics.recognise(latin, relics.gather(latin))
    if found is not None:
        return _Guess(found.text, found.charset, found.warnings)
    whole = [text for codec in codecs if (text := _strict(data, codec)) is not None]
    spoken = _read_language(data, relics.find_language(latin, language), whole)
    if spoken is not None:
        return spoken
    if whole:
        best = min(whole, key=lambda guess: relics.oddness(guess.text))
        return best if len(whole) == 1 or best is whole[0] else _prefer(best, whole[0])
    if codecs and codecs[0] != "utf-8":
        return _replace(data, codecs[0])
    return _guess_statistically(data, relics.find_language(latin, language))


def _read_language(data: bytes, language: str, whole: list[_Guess]) -> _Guess | None:
    """Read bytes by the language they are in, where what is declared cannot write it."""
    if not alphabets.has(language):
        return None
    held = max((alphabets.fit(guess.text, language) for guess in whole), default=0.0)
    found = alphabets.choose(data, language) if held < 1.0 else None
    if found is None or alphabets.fit(found[0], language) <= held:
        return None
    text, codec = found
    if any(guess.charset == codec for guess in whole):
        return _Guess(text, codec)
    return _Guess(text, codec, (f"charset-suspect: {codec} is not declared, but fits {language}",))


def _strict(data: bytes, codec: str) -> _Guess | None:
    """Decode all of it or nothing."""
    if codec == "cp1252":
        return _Guess(vietnamese.latin(data), codec)
    try:
        return _Guess(data.decode(codec), codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _prefer(best: _Guess, first: _Guess) -> _Guess:
    words = f"charset-suspect: declared {first.charset} and {best.charset}; {best.charset} fits"
    return _Guess(best.text, best.charset, (words,))


def _guess_statistically(data: bytes, language: str) -> _Guess:
    """Guess; between charsets of the Latin alphabet a language without one of its own decides."""
    match = from_bytes(data[:GUESS_BYTES]).best()
    codec = match.encoding if match is not None else "cp1252"
    if language and not alphabets.has(language) and name_codec(codec) in LATIN:
        codec = "cp1252"
    guess = _replace(data, codec)
    words = f"charset-suspect: nothing declared fits; guessed {codec}"
    return _Guess(guess.text, codec, (words, *guess.warnings))


def _compare(charset: str, content_type: str | None, data: bytes) -> list[str]:
    """Warn where a declaration says something else than what was found."""
    if charset == "utf-8" and data.isascii():
        return []
    return [
        f"charset-mismatch: {where} says {label}, the bytes are {charset}"
        for where, label in declared(content_type, data)
        if charset not in (label.lower(), name_codec(label)) and not _same(label, charset)
    ]


def _same(label: str, charset: str) -> bool:
    """Whether a label names the family of `charset`: "utf-16" is utf-16-le, both are cp1258."""
    codec = name_codec(label)
    return codec is not None and (codec == name_codec(charset) or charset.startswith(f"{codec}-"))

"""Turn what a page writes into plain words: NFC, one kind of space, no invisible characters.

Entities are undone only in values that come from attributes and JSON (pages escape those twice);
text nodes were decoded by the parser, and a report about HTML may well say "&lt;". Joiners
(U+200C, U+200D) stay: Persian, Indic scripts and emoji need them.
"""

from __future__ import annotations

import html
import re
import unicodedata

_INVISIBLE = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xFFFC, *range(0x202A, 0x202F)]
    + [code for code in range(32) if code not in (9, 10, 11, 12, 13)]
    + list(range(0x7F, 0xA0)),
    None,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<(?:/|!--)?[a-zA-Z][^<>]{0,500}>|<br\s*/?>")
_NO_LETTER = re.compile(r"[\W_]+")  # \w is what str.isalnum knows, and "_"
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_SMALL = bytes(range(256)).lower()


def clean(text: str) -> str:
    """One line of plain words: NFC, runs of any white space as one space, trimmed."""
    line = " ".join(text.split())
    if line.isprintable() and "\ufffc" not in line:  # else there is nothing invisible in it
        return line if line.isascii() else unicodedata.normalize("NFC", line)
    return " ".join(unicodedata.normalize("NFC", text.translate(_INVISIBLE)).split())


def unescape(text: str) -> str:
    """`clean` for an attribute or a JSON string: entities undone (twice at most), tags dropped."""
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return clean(_TAG.sub(" ", text) if "<" in text else text)


def key(text: str) -> str:
    """What two spellings of one line have in common: letters and digits, case folded."""
    if text.isascii():  # bytes.translate takes a third of str.translate's time
        return text.encode().translate(_SMALL, _SIGNS).decode()
    folded = unicodedata.normalize("NFKC", text).casefold().encode("utf-8", "surrogatepass")
    bare = folded.translate(None, _SIGNS).decode("utf-8", "surrogatepass")
    return bare if bare.isalnum() else _NO_LETTER.sub("", bare)

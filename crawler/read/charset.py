"""What a page's bytes say, and what is said of them, about their charset.

Decision: labels are read as browsers read them (WHATWG Encoding: "iso-8859-1" is windows-1252,
"gb2312" is GB 18030), with Python's codecs behind. The order of the declarations is the
standard's: HTTP header, then XML declaration or meta within the first 4 KiB; but bytes that are
valid UTF-8 beat every declaration (crawler/read/decode.py).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

HEAD_BYTES = 4096  # browsers look at 1024; CMS comments and scripts push the meta further down

# Supersets that browsers use for a label, where Python's codec of that name is narrower.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NAMES = {"x-sjis": "cp932", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "x-cp1258": "cp1258"}

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:+-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:+-]{2,40})""", re.I)
_FIELD = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]{2,40})""", re.I)


def name_codec(label: str) -> str | None:
    """Return Python's codec for a charset label, or None for one that is not of text."""
    label = label.strip().lower()
    try:
        info = codecs.lookup(_NAMES.get(label, label))
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding or info.name in ("utf-7", "idna", "punycode"):
        return None  # utf-7: an old way to smuggle markup past filters
    return _WIDER.get(info.name, info.name)


def find_mark(data: bytes) -> tuple[str, int] | None:
    """Return codec and length of a byte order mark, or of UTF-16 that shows by its zero bytes."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec, len(mark)
    head = data[:1000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) >= 8 and max(even, odd) > len(head) * 0.2 and min(even, odd) * 8 < max(even, odd):
        return ("utf-16-be" if even > odd else "utf-16-le"), 0
    return None


def declared(content_type: str | None, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield (where, label) for each charset that header, XML declaration and meta name."""
    match = _FIELD.search(content_type or "")
    if match:
        yield "header", match[1]
    head = data[:HEAD_BYTES]
    for pattern, where in ((_XML, "xml declaration"), (_META, "meta")):
        found = pattern.search(head)
        if found:
            yield where, found[1].decode("ascii", "replace")

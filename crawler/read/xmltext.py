"""Parses XML that others wrote badly, without ever following what it points to.

Decision: the DOCTYPE is cut out before parsing (entity bombs and external entities live there),
names of HTML entities become characters, and libxml2 recovers from the rest with a warning.
defusedxml was rejected: it refuses a feed with a DOCTYPE, and RSS 0.91 has one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from crawler.read.tree import check_memory

_PROLOG = re.compile(r"^\s*<\?xml.*?\?>", re.S)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]{0,2000}(?:\[.*?\]\s*)?>", re.S | re.I)
_DOCTYPE_OPEN = re.compile("<!DOCTYPE", re.I)
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(\w{2,31};)?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROOT_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|urlset|sitemapindex)\s*>", re.I)
_ENTRY_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:item|entry|url|sitemap)\s*>", re.I)
_ENTRY_OPEN = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry|url|sitemap)\b", re.I)
_HARMLESS = frozenset(("NAMESPACE",))  # an undeclared prefix: names are compared without


def clean_xml(text: str) -> bytes:
    """Return `text` as UTF-8 for libxml2: no DOCTYPE, known entities, legal characters."""
    text = _ILLEGAL.sub("", _PROLOG.sub("", text, count=1).strip())
    opened = _DOCTYPE_OPEN.search(text)
    doctype = _DOCTYPE.match(text, opened.start()) if opened else None
    if doctype:  # only the first: a pattern that is tried at each of 400,000 is a trap
        text = text[: doctype.start()] + text[doctype.end() :]
    if "&" in text:
        text = "".join(
            piece if piece.startswith(_OPEN) else _ENTITY.sub(_name_entity, piece)
            for piece in _split_cdata(text)
        )
    return text.encode()


def _split_cdata(text: str) -> Iterator[str]:
    """Yield text and CDATA sections in turns; linear, whatever is left open."""
    start = 0
    while (opened := text.find(_OPEN, start)) >= 0:
        closed = text.find(_CLOSE, opened)
        end = closed + len(_CLOSE) if closed >= 0 else len(text)
        yield text[start:opened]
        yield text[opened:end]
        start = end
    yield text[start:]


def drop_torn(text: str) -> tuple[str, bool]:
    """Return a feed or sitemap up to its last whole entry if it breaks off, and whether it does.

    The address in a torn entry is cut somewhere, and would be announced as if it existed.
    """
    if _ROOT_END.search(text[-2000:]):
        return text, False
    end = max((match.end() for match in _ENTRY_END.finditer(text)), default=None)
    if end is None:  # no entry was closed: harmless if none was opened
        return ("", True) if _ENTRY_OPEN.search(text) else (text, False)
    return text[:end], True


def parse_xml(text: str) -> tuple[_Element | None, str | None]:
    """Return the root of `text` (None if nothing could be read) and what was broken in it."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        root = etree.fromstring(clean_xml(text), parser)
    except etree.XMLSyntaxError as error:
        check_memory(parser.error_log)
        return None, str(error)
    check_memory(parser.error_log)
    damage = next((e for e in parser.error_log if e.domain_name not in _HARMLESS), None)
    return root, f"line {damage.line}: {damage.message}" if damage is not None else None


def name_of(element: _Element) -> str:
    """Return the element's name in lower case without namespace or prefix; "" for other nodes."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def children(element: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield the child elements with their names."""
    for child in element:
        if name := name_of(child):
            yield name, child


def _name_entity(match: re.Match[str]) -> str:
    """Return the character of an HTML entity, or an escaped ampersand."""
    name = match[1]
    character = html.unescape(f"&{name}") if name else "&"
    if name and not character.startswith("&"):
        return html.escape(character, quote=False)
    return f"&amp;{name or ''}"

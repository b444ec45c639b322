"""Parses HTML once, for links, pager and article alike, and says what the parser gave up on.

Decision: lxml with our own limits. libxml2 drops all that follows a second </html>, so closing
tags of html and body are taken out first (a real paper nests a document in <main>); it stops at
256 levels, where unclosed tags of old pages lead, so such a page is parsed again with a limit of
2,048. html5lib was rejected (pure Python, no limits), as was parsing once for links and again for
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.html import (
    HtmlComment,
    HtmlElement,
    HtmlEntity,
    HTMLParser,
    HtmlProcessingInstruction,
)

CLOSING = re.compile(r"</(?:html|body)\s*>", re.I)
# The look-ahead keeps the expression from each of the page's "</": 0.13 ms of 0.37 a page
_CLOSING = re.compile(rb"</(?=[hHbB])(?:html|body)\s*>", re.I)
MEMORY_ERROR = "ERR_NO_MEMORY"
TREE_CUT = "tree-cut"  # code of the warning that part of the page is not in the tree
LIMIT_ERROR = "ERR_RESOURCE_LIMIT"
# One class for all elements. lxml.html's own look-up runs Python code for each element it meets,
# to give forms and inputs methods that nobody here calls: 3 % of a reading.
_ELEMENTS = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)


def parse_html(text: str) -> tuple[HtmlElement | None, tuple[str, ...]]:
    """Return the tree of `text`, None if it holds no element, and warnings.

    Raises MemoryError; nothing else.
    """
    data = _CLOSING.sub(b"", text.encode("utf-8", "replace"))
    tree, limited = _parse(data, huge=False)
    if not limited:
        return tree, ()
    tree, limited = _parse(data, huge=True)
    if limited:
        return tree, (f"{TREE_CUT}: more than 2,048 levels; the parser stopped there",)
    return tree, ("tree-deep: more than 256 levels",)


def check_memory(log: Iterable[etree._LogEntry]) -> None:
    """Raise MemoryError if libxml2 ran out of it: lxml calls that bad syntax, or says nothing."""
    if any(error.type_name == MEMORY_ERROR for error in log):
        raise MemoryError("libxml2 could not allocate memory for the tree")


def _parse(data: bytes, *, huge: bool) -> tuple[HtmlElement | None, bool]:
    """Parse with or without libxml2's wider limits; the flag says that one was reached."""
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=huge,
    )
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:  # a document without any element
        tree = None
    check_memory(parser.error_log)
    return tree, any(error.type_name == LIMIT_ERROR for error in parser.error_log)

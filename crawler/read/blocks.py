"""Lay a tree out as the lines a reader sees, each with the element it stands in and its signs.

One walk serves all who ask: the body of a profile, the page as the witness of what trafilatura
kept, the lead, the captions. A line ends where a block element begins or ends, or at <br>
(a rule for two of them joined lines that trafilatura keeps apart, and then found neither).
A row of a table is one line ("cell | cell"); a layout table falls apart into its paragraphs.
Rejected: text_content() per paragraph, which loses text standing beside paragraphs (some systems
write whole bodies that way) and costs a second walk for link density.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from crawler.read.clean import clean, key
from crawler.read.signs import Sign, read_signs


@dataclass(slots=True, eq=False)
class Block:
    """One line of a page. ``links`` and ``strong`` are the shares (0 to 1) of its letters in
    links and in bold; ``element`` is the block element it stands in (None: not from the tree)."""

    text: str
    element: HtmlElement | None
    tag: str
    signs: Sign
    links: float = 0.0
    strong: float = 0.0
    place: int = 0
    folded: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether the line is a heading."""
        return self.tag in _HEADINGS


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "figure",
        "figcaption",
        "table",
        "caption",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "header",
        "footer",
        "aside",
        "nav",
        "form",
        "fieldset",
        "address",
        "pre",
        "hr",
        "center",
        "body",
        "html",
        "details",
        "summary",
        "picture",
        "hgroup",
        "dialog",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "select",
        "button",
        "input",
        "textarea",
        "option",
        "head",
        "title",
        "math",
        "map",
        "meter",
        "progress",
    ]
)
_CELLS = frozenset(("td", "th"))
_STRONG = frozenset(("b", "strong"))
_MAX_BLOCKS = 20_000  # a live ticker of a week has 3,000


def lay_out(root: HtmlElement, without: Container[HtmlElement] = frozenset()) -> list[Block]:
    """The lines of a tree in document order; elements in ``without`` are passed over.

    Never raises; stops after 20,000 lines.
    """
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    page = _Page()
    for event, element in walk:
        if event == "start":
            if element.tag in _SILENT or (element is not root and element in without):
                walk.skip_subtree()
                page.silent = element
            else:
                page.open(element)
        elif event == "end":
            if page.silent is element:
                page.silent = None
            else:
                page.close(element)
            if element is not root:
                page.add(element.tail)
        elif element is not root:
            page.add(element.tail)
        if len(page.blocks) >= _MAX_BLOCKS:
            break
    page.flush()
    return page.blocks


class _Page:
    """The pen that writes lines while the tree is walked."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.silent: HtmlElement | None = None
        self._owners: list[tuple[HtmlElement, Sign]] = []
        self._line: list[str] = []
        self._linked = self._bold = self._letters = 0
        self._in_link = self._in_bold = 0

    def open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
            above = self._owners[-1][1] if self._owners else Sign.NONE
            self._owners.append((element, above | read_signs(element)))
        elif tag == "a":
            self._in_link += _leads_away(element)
        elif tag in _STRONG:
            self._in_bold += 1
        elif tag == "br":
            self.flush()
        self.add(element.text)

    def close(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.flush()
            if self._owners:
                self._owners.pop()
        elif tag == "a":
            self._in_link -= _leads_away(element)
        elif tag in _STRONG:
            self._in_bold -= 1
        elif tag in _CELLS and self._line:
            self._line.append(" | ")

    def add(self, text: str | None) -> None:
        if not text:
            return
        self._line.append(text)
        if letters := len(text.strip()):
            self._letters += letters
            if self._in_link:
                self._linked += letters
            if self._in_bold:
                self._bold += letters

    def flush(self) -> None:
        if not self._line:
            return
        text = clean("".join(self._line)).strip("| ") if self._letters else ""
        if text:
            owner, signs = self._owners[-1] if self._owners else (None, Sign.NONE)
            tag = str(owner.tag) if owner is not None else "p"
            block = Block(
                text, owner, tag, signs, self._linked / self._letters, self._bold / self._letters
            )
            block.place, block.folded = len(self.blocks), key(text)
            self.blocks.append(block)
        self._line = []
        self._linked = self._bold = self._letters = 0


def _leads_away(anchor: HtmlElement) -> int:
    """1 for a link to another page, 0 for a place to link to and for a link within the page."""
    href = anchor.get("href")
    return int(bool(href) and not href.startswith("#"))

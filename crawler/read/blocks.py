"""Lay a tree out as the lines a reader sees, each with the element it stands in and its signs.

One walk serves all who ask: the body of a profile, the page as the witness of what trafilatura
kept, the lead, the captions. A line ends where a block element begins or ends, or at <br>
(a rule for two of them joined lines that trafilatura keeps apart, and then found neither).
A row of a table is one line ("cell | cell"); a layout table falls apart into its paragraphs.
Rejected: text_content() per paragraph, which loses text standing beside paragraphs (some systems
write whole bodies that way) and costs a second walk for link density.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from crawler.read.clean import clean, key
from crawler.read.signs import Sign, name_signs, weigh_signs, weigh_tag


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
_PHRASES = frozenset(("p", "span", "a", "b", "strong", "em", "i", *_HEADINGS))
_BLOCK, _HIDE, _LINK, _BOLD, _BREAK, _CELL, _CUSTOM = range(1, 8)
_MOST_TAGS = 1_000  # names of elements that are remembered


class _Kinds(dict[object, int]):
    """The kinds of elements by name; a name with a hyphen is a custom element's (HTML 4.13)."""

    def __missing__(self, tag: object) -> int:
        kind = _CUSTOM if isinstance(tag, str) and "-" in tag else 0
        if len(self) < _MOST_TAGS:
            self[tag] = kind
        return kind


_KINDS = _Kinds(
    {  # one look-up for each tag instead of five
        **dict.fromkeys(_CELLS, _CELL),
        **dict.fromkeys(_STRONG, _BOLD),
        **dict.fromkeys(_BLOCKS, _BLOCK),
        **dict.fromkeys(_SILENT, _HIDE),
        "a": _LINK,
        "br": _BREAK,
    }
)
_MAX_BLOCKS = 20_000  # a live ticker of a week has 3,000
_NOTHING: Mapping[HtmlElement, Sequence[Block]] = {}


def lay_out(
    root: HtmlElement,
    without: Container[HtmlElement] = frozenset(),
    laid: Mapping[HtmlElement, Sequence[Block]] = _NOTHING,
    behind: int = _MAX_BLOCKS,
) -> list[Block]:
    """The lines of a tree in document order; elements in ``without`` are passed over.

    ``laid`` are elements below the root that were laid out before in the same way: their lines
    are taken over, and ``behind`` the last of them only so many lines are written. Never raises;
    stops after 20,000 lines.
    """
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    page, passed, left, most = _Page(), None, len(laid), _MAX_BLOCKS
    for event, element in walk:
        kind, text = _KINDS[element.tag], None
        if kind == _CUSTOM:
            kind = _BLOCK if _is_box(element) else 0
        if event == "start":
            barred = without and element is not root and element in without
            known = laid and element in laid and not barred
            if known and page.take_over(kind, laid[element]):
                walk.skip_subtree()
                passed, left = element, left - 1
                most = min(most, len(page.blocks) + behind) if not left else most
            elif kind == _HIDE or barred:
                walk.skip_subtree()
                passed = element
            else:
                if kind:
                    page.open(element, kind)
                text = element.text
        else:
            if passed is element:
                passed = None
            elif kind and event == "end":
                page.close(kind)
            text = element.tail if element is not root else None
        if text and (page.letters or not text.isspace()):  # indentation: half of a page's texts
            page.add(text)
        if len(page.blocks) >= most:
            break
    page.flush()
    return page.blocks


class _Page:
    """The pen that writes lines while the tree is walked."""

    __slots__ = (
        *("blocks", "letters", "_owners", "_signs", "_line", "_linked", "_bold"),
        *("_away", "_in_link", "_in_bold"),
    )

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._owners: list[HtmlElement] = []  # the block elements that are open
        self._signs: list[int] = []  # of the first of them with those above, as far as asked for
        self._line: list[str] = []
        self.letters = self._linked = self._bold = 0
        self._away: list[int] = []  # of each link that is open: whether it leads away
        self._in_link = self._in_bold = 0

    def open(self, element: HtmlElement, kind: int) -> None:
        if kind == _BLOCK:
            if self.letters:
                self.flush()
            self._owners.append(element)
        elif kind == _LINK:
            self._away.append(_leads_away(element))
            self._in_link += self._away[-1]
        elif kind == _BOLD:
            self._in_bold += 1
        elif kind == _BREAK:
            self.flush()

    def close(self, kind: int) -> None:
        if kind == _BLOCK:
            if self.letters:
                self.flush()
            self._owners.pop()
            if len(self._signs) > len(self._owners):
                self._signs.pop()
        elif kind == _LINK:
            self._in_link -= self._away.pop()
        elif kind == _BOLD:
            self._in_bold -= 1
        elif kind == _CELL and self.letters:
            self._line.append(" | ")

    def add(self, text: str) -> None:
        """Write on; white space before the first letter of a line is none of it."""
        letters = len(text.strip())
        self.letters += letters
        if self._in_link:
            self._linked += letters
        if self._in_bold:
            self._bold += letters
        self._line.append(text)

    def flush(self) -> None:
        if not self.letters:
            return
        if text := clean("".join(self._line)).strip("| "):
            owner, signs = self._owners[-1] if self._owners else None, self._weigh()
            self.blocks.append(
                Block(
                    text,
                    owner,
                    str(owner.tag) if owner is not None else "p",
                    name_signs(signs),
                    self._linked / self.letters,
                    self._bold / self.letters,
                    len(self.blocks),
                    key(text),
                )
            )
        self._line = []
        self.letters = self._linked = self._bold = 0

    def _weigh(self) -> int:
        """The signs of all open elements; a third of a page's elements hold no line of their own
        and are never asked for theirs. Custom elements tell by name alone: their classes are the
        machinery's ("paywall" around a whole page)."""
        for element in self._owners[len(self._signs) :]:
            above = self._signs[-1] if self._signs else 0
            own = weigh_tag(element) if "-" in element.tag else weigh_signs(element)
            self._signs.append(above | own)
        return self._signs[-1] if self._signs else 0

    def take_over(self, kind: int, lines: Sequence[Block]) -> bool:
        """Write the lines of an element laid out before; False where its surroundings count."""
        apart = kind == _BLOCK and not self._in_link and not self._in_bold
        if not apart or len(self.blocks) + len(lines) >= _MAX_BLOCKS:
            return False
        self.flush()
        above = self._weigh()
        for line in lines:
            signs = name_signs(above | line.signs) if above else line.signs
            place = len(self.blocks)
            self.blocks.append(replace(line, signs=signs, place=place))
        return True


def _is_box(element: HtmlElement) -> bool:
    """Whether a custom element stands by itself, not among the words of a line."""
    before, parent = element.getprevious(), element.getparent()
    lead = before.tail if before is not None else parent.text if parent is not None else None
    among = (lead and lead.strip()) or (element.tail and element.tail.strip())
    return not among and (parent is None or parent.tag not in _PHRASES)


def _leads_away(anchor: HtmlElement) -> int:
    """1 for a link to another page, 0 for a place to link to and for a link within the page."""
    href = anchor.get("href")
    return int(bool(href) and not href.startswith("#"))

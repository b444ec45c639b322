"""Hold one parsed page while it is read: its tree, what is passed over, its lines when asked for.

The lines of the whole page cost 5 ms; where a profile names everything, nobody asks for them.
Where the profile's body is believed, what stands far behind it is not laid out: comments, lists and
footers are half of a page's lines.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.read.addresses import find_base
from crawler.read.blocks import Block, lay_out
from crawler.read.clean import key
from crawler.read.select import select
from crawler.read.signs import Sign, find_shared
from crawler.read.values import select_all
from spiders.site import Site

# "descendant" instead of "//", which lists every element's children: a third of the time;
# attributes and what has them instead of a test of every element: half of it again
_MARKED = XPath(
    "/descendant::*/@itemprop/.. | /descendant::*/@itemtype/.. | /descendant::*/@rel/.."
)
_MAX_BODIES = 20
_SHARE, _LEAST = 0.25, 40  # of the page's paragraph letters a profile's body must hold; letters
_PARAGRAPH = 80  # letters: below, a line is none
_FIELDS = ("input", "textarea", "select", "button")
_FORM = 1_000  # letters, white space too, below which a form with a field is one to be filled in
_BEHIND = 40  # lines behind a believed body in which a signature, a date or a name may stand


class Sheet:
    """A page being read: nothing in it changes."""

    def __init__(self, tree: HtmlElement, url: str, site: Site, at: datetime | None = None) -> None:
        self.tree = tree
        self.url = url
        self.site = site
        self.at = at  # when it was captured (aware), where that is known
        self._held: list[HtmlElement] = []
        self._starts: dict[tuple[str, ...], int] = {}

    @cached_property
    def host(self) -> str:
        """The host of the page's address without "www.", "" where it has none."""
        try:
            return (urlsplit(self.url).hostname or "").removeprefix("www.")
        except ValueError:
            return ""

    @cached_property
    def base(self) -> str:
        """The address that the page's links are relative to."""
        return find_base(self.tree, self.url)

    @cached_property
    def removed(self) -> set[HtmlElement]:
        """The elements that are never text: what the profile says, and forms to be filled in."""
        read = self.site.profile.read
        named = set(select_all(self.tree, (*read.strip, *read.related)))
        return named.union(filter(_asks, self.tree.iter("form")))

    @cached_property
    def marked(self) -> list[HtmlElement]:
        """The elements that say by an attribute what they are, asked for once: 0.3 ms a page."""
        found = _MARKED(self.tree)
        return [e for e in found if isinstance(e, HtmlElement)] if isinstance(found, list) else []

    @cached_property
    def bodies(self) -> dict[HtmlElement, list[Block]]:
        """The lines of each element of the first of the profile's body selectors that matches."""
        found = select(self.tree, self.site.profile.read.body)[:_MAX_BODIES]
        return {
            element: lay_out(element, self.removed)
            for element in found
            if isinstance(element, HtmlElement) and element not in self.removed
        }

    @cached_property
    def paragraphs(self) -> int:
        """The letters of the page's paragraphs."""
        return sum(_measure(paragraph) for paragraph in self.tree.iter("p"))

    @cached_property
    def body(self) -> HtmlElement | None:
        """The fullest of the elements that the profile names as the body, None without one."""
        return max(self.bodies, key=self._count_letters, default=None)

    @cached_property
    def is_believed(self) -> bool:
        """Whether the profile's body holds enough of the page's paragraphs to be the story."""
        if self.body is None:
            return False
        return self._count_letters(self.body) >= max(_SHARE * self.paragraphs, _LEAST)

    def _count_letters(self, body: HtmlElement) -> int:
        return sum(len(block.text) for block in self.bodies[body])

    @cached_property
    def lines(self) -> list[Block]:
        """The lines of the page, up to some behind its body where the profile's is believed."""
        if self.is_believed:
            return lay_out(self.tree, self.removed, self.bodies, _BEHIND)
        # lxml makes an object anew at each visit of an element nobody holds: 5 % of a general
        # reading; one whose body is named comes by most elements once, and holding costs it 2 %
        self._held = list(self.tree.iter())
        return lay_out(self.tree, self.removed, self.bodies)

    @cached_property
    def wrapped(self) -> Sign:
        """The signs of most of the lines: those of the page's wrapper, which say nothing."""
        return find_shared(Counter(line.signs for line in self.lines), len(self.lines))

    def find_start(self, titles: tuple[str, ...]) -> int:
        """The place of the headline among the lines: what is near it belongs to the article."""
        if titles not in self._starts:
            self._starts[titles] = self._find_start(titles)
        return self._starts[titles]

    def _find_start(self, titles: tuple[str, ...]) -> int:
        wanted = {key(title) for title in titles} - {""}
        frame = Sign.FRAME & ~self.wrapped
        tops = [b for b in self.lines if b.tag == "h1" or b.folded in wanted or b.is_heading]
        usable = [b for b in tops if not b.signs & frame]
        named = [b for b in usable if b.folded in wanted and b.links < 0.5]
        own = [b for b in named if b.folded == key(titles[0])] if titles else []
        first_named = [b for b in own if b.tag == "h1"] or [b for b in own if b.is_heading]
        headed = [b for b in named if b.tag == "h1"] or [b for b in named if b.is_heading]
        parts = [b for b in usable if b.is_heading and _ends(b.folded, wanted)]
        framed = [b for b in tops if b.tag == "h1" and b.folded in wanted]
        first = [b for b in usable if b.tag == "h1" and len(b.folded) > 12]
        return next(
            (b.place for f in (first_named, headed, named, parts, framed, first) for b in f), 0
        )


def _asks(form: HtmlElement) -> bool:
    """Whether a form wants something of the reader: a newsletter's box, a poll, a search.

    Some systems (ASP.NET) put the whole page into a form: it has the headline, or is long.
    """
    if (
        next(form.iter("h1", "article"), None) is not None
        or next(form.iter(*_FIELDS), None) is None
    ):
        return False
    return len(form.text_content()) < _FORM


def _measure(paragraph: HtmlElement) -> int:
    """The letters of a paragraph, none if it is a short line."""
    if len(paragraph):
        letters = sum(len(text.strip()) for text in paragraph.itertext())
    else:
        letters = len((paragraph.text or "").strip())
    return letters if letters > _PARAGRAPH else 0


def _ends(folded: str, wanted: set[str]) -> bool:
    """Whether a line is a headline without the kicker that stands on a line of its own."""
    return len(folded) > 15 and any(
        title.endswith(folded) and 2 * len(folded) > len(title) for title in wanted
    )

"""Hold one parsed page while it is read: its tree, what is passed over, its lines when asked for.

The lines of the whole page cost 5 ms; where a profile names everything, nobody asks for them.
"""

from __future__ import annotations

from functools import cached_property

from lxml.html import HtmlElement

from crawler.read.addresses import find_base
from crawler.read.blocks import Block, lay_out
from crawler.read.clean import key
from crawler.read.signs import Sign
from crawler.read.values import select_all
from spiders.site import Site


class Sheet:
    """A page being read: nothing in it changes."""

    def __init__(self, tree: HtmlElement, url: str, site: Site) -> None:
        self.tree = tree
        self.url = url
        self.site = site

    @cached_property
    def base(self) -> str:
        """The address that the page's links are relative to."""
        return find_base(self.tree, self.url)

    @cached_property
    def removed(self) -> set[HtmlElement]:
        """The elements that the profile says are never text."""
        read = self.site.profile.read
        return set(select_all(self.tree, (*read.strip, *read.related)))

    @cached_property
    def lines(self) -> list[Block]:
        """The lines of the whole page."""
        return lay_out(self.tree, self.removed)

    def find_start(self, titles: tuple[str, ...]) -> int:
        """The place of the headline among the lines: what is near it belongs to the article."""
        wanted = {key(title) for title in titles}
        usable = [b for b in self.lines if Sign.FRAME not in b.signs]
        named = [b for b in usable if b.folded in wanted and b.links < 0.5]
        tops = [b for b in usable if b.tag == "h1" and len(b.folded) > 12]
        headed = [b for b in named if b.tag == "h1"] or [b for b in named if b.is_heading]
        return next((b.place for found in (headed, named, tops) for b in found), 0)

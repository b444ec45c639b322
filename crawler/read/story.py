"""The story of a page while it is read: its lines, where they stand, what was cut from them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from archive.records import Image
from crawler.read.blocks import Block
from crawler.read.signs import Sign


@dataclass(slots=True)
class Story:
    """The lines of a story in order. ``cuts`` are (step, line) of what was taken out."""

    blocks: list[Block]
    element: HtmlElement | None  # holds the story and its pictures
    source: str
    cuts: list[tuple[str, str]] = field(default_factory=list)
    common: Sign = Sign.NONE  # signs of the wrapper, which say nothing of a line
    warnings: list[str] = field(default_factory=list)
    images: tuple[Image, ...] = ()  # where no element holds them
    lead: str | None = None  # where a script names it
    boxes: list[HtmlElement] = field(default_factory=list)  # of other stories, around this one

    @property
    def letters(self) -> int:
        """How many letters the lines have."""
        return sum(len(block.text) for block in self.blocks)

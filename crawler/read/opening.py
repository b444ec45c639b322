"""The picture that opens an article: between its headline and its text, outside of both.

Most systems put the main picture there and its caption with it; the body holds the others. Much
else stands there too (a portrait of the author, buttons, a banner), so it is taken only where it
is a figure with words below, or the picture that the page declares as its own.
"""

from __future__ import annotations

from collections.abc import Container

from lxml.html import HtmlElement

from archive.beside import name_picture
from archive.records import Image
from crawler.read.captions import find_caption
from crawler.read.facts import Facts
from crawler.read.pictures import Pictures, describe_picture, read_address
from crawler.read.sheet import Sheet
from crawler.read.story import Story

MOST = 20  # pictures that are looked at


def find_opening(
    sheet: Sheet,
    facts: Facts,
    story: Story,
    captions: Container[HtmlElement],
    credits: Container[HtmlElement],
) -> Image | None:
    """Return the opening picture, None where there is none. Never raises."""
    start = sheet.find_start(facts.titles)
    headline = sheet.lines[start].element if 0 <= start < len(sheet.lines) else None
    if story.element is None or headline is None:
        return None
    above = {*headline.iterancestors(), *story.element.iterancestors()}
    if story.element in above or headline in above:
        return None
    before = set(story.element.xpath("preceding::img"))
    declared = {name_picture(url) for url in facts.images}
    for image in headline.xpath("following::img")[:MOST]:
        if image not in before or any(a in sheet.removed for a in image.iterancestors()):
            continue
        if (url := read_address(image, sheet.base)) is None:
            continue
        root = next(a for a in image.iterancestors() if a in above)
        # A line that is only centred may be the standfirst here.
        caption = find_caption(image, root, captions, centred=lambda: True)
        if caption is not None or name_picture(url) in declared:
            return describe_picture(image, url, caption, credits, Pictures())
    return None

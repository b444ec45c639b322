"""Gather the pictures of an article: those of its story, and the one above it.

    headline · figure with its caption · story          on 5 of 30 sites the body does not hold it

Decision: the picture between headline and story is the article's if it has a caption or if the head
declares it; the first one only, and none that a link to another page holds with its caption. Within
the story a picture is somebody else's where it stands in a part that is named so (related, advert,
share, prompt) and that holds no paragraph of the story: names alone are given to wrappers, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from archive.beside import name_picture
from crawler.read.above import list_pictures
from crawler.read.facts import Facts
from crawler.read.pictures import Pictures, read_pictures
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign, weigh_signs
from crawler.read.story import Story
from crawler.read.values import select_all

_ALIEN = int(Sign.RELATED | Sign.AD | Sign.SHARE | Sign.PROMPT | Sign.COMMENT)
_FRAMED = _ALIEN | int(Sign.FRAME | Sign.ASIDE | Sign.BYLINE)
_OWN = frozenset(("figure", "picture"))  # are named after what readers may do with them
_PARAGRAPH, _LINKED = 80, 0.5  # letters of a paragraph of the story; share of links in it
_MOST = 40  # pictures above a story that are looked at


def gather_pictures(sheet: Sheet, facts: Facts, story: Story) -> Pictures:
    """The pictures of a story and the one above it, captions and credits with them."""
    root = story.element
    if root is None:
        return Pictures()
    read = sheet.site.profile.read
    captions, credits = select_all(sheet.tree, read.caption), select_all(sheet.tree, read.credit)
    without = {*sheet.removed, *story.boxes, *_list_alien(root, story)}
    found = read_pictures(root, sheet.base, without, captions, credits)
    holders = set(root.iterancestors())
    for image in _list_above(sheet, facts, root):
        if any(
            weigh_signs(a) & _FRAMED for a in (image, *image.iterancestors()) if a not in holders
        ):
            continue
        whole = next(a for a in image.iterancestors() if a in holders)
        cover = read_pictures(whole, sheet.base, without, captions, credits, only=image)
        if cover.images and (_is_captioned(image, cover) or _is_declared(cover, facts)):
            names = {name_picture(one.url) for one in found.images}
            if name_picture(cover.images[0].url) not in names:
                found.images.insert(0, cover.images[0])
                found.elements |= cover.elements
            break
    return found


def _list_alien(root: HtmlElement, story: Story) -> Iterator[HtmlElement]:
    """The parts of a story's element that hold pictures, are named as others' and tell nothing."""
    told: set[HtmlElement] = set()
    for block in story.blocks:
        if block.element is not None and block.links < _LINKED and len(block.text) > _PARAGRAPH:
            told.update((block.element, *block.element.iterancestors()))
    for image in root.iter("img"):
        for above in image.iterancestors():
            if above is root or above in told:
                break
            if weigh_signs(above) & _ALIEN and above.tag not in _OWN:
                yield above


def _list_above(sheet: Sheet, facts: Facts, root: HtmlElement) -> Iterator[HtmlElement]:
    """The pictures between the headline and the element of the story."""
    lines, start = sheet.lines, sheet.find_start(facts.titles)
    head = lines[start].element if start < len(lines) else None
    if head is not None:
        yield from islice(list_pictures(head, root), _MOST)


def _is_captioned(image: HtmlElement, cover: Pictures) -> bool:
    """Whether a picture has a caption of its own, that no link to another page holds."""
    link = next((a for a in image.iterancestors() if a.tag == "a"), None)
    apart = link is None or not any(link in e.iterancestors() for e in cover.elements)
    return bool(cover.images[0].caption) and apart


def _is_declared(cover: Pictures, facts: Facts) -> bool:
    """Whether the head names the picture, be it in another size."""
    shown = name_picture(cover.images[0].url)
    return bool(shown) and shown in {name_picture(url) for url in facts.images}

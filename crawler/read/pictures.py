"""Give every picture of a story its address, caption, credit and alternative text.

    src, or where it is lazy: data-original, data-src, the largest of srcset

The lines that are captions are reported too, since they are not text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from lxml.html import HtmlElement

from archive.records import Image
from crawler.read.addresses import resolve_address
from crawler.read.captions import find_caption, is_throughout, split_credit
from crawler.read.clean import key, unescape
from crawler.read.facts import take_first
from crawler.read.words import read_words

_LAZY = (
    "data-original",
    "data-src",
    "data-lazy-src",
    "data-full-src",
    "data-url",
    "data-image",
    "data-srcset",
    "srcset",
    "src",
)
_PLACEHOLDER = re.compile(
    r"^data:|(?:blank|spacer|clear|rss|placeholder|loading|lazy|pixel|1x1|transparent|grey|no-?image)[\w-]{0,60}\.(?:gif|png|jpe?g|svg|webp)",
    re.I,
)
_ICON = re.compile(
    r"\.svg(?:$|\?)|[/_-](?:fb|facebook|twitter|linkedin|whatsapp|pinterest|instagram|telegram|zalo|youtube"
    r"|google-?plus|e?mail|print|share)\.(?:png|gif|webp)|/(?:icons?|logos?|emoji|avatars?|buttons?|pixels?)/|(?:^|[/_-])(?:logo|icon|avatar|sprite)[\w-]{0,60}\.(?:png|gif|jpe?g|webp)",
    re.I,
)
_MIN_SIDE, _MAX_IMAGES = 80, 200  # pixels


@dataclass(slots=True)
class Pictures:
    """The pictures of a story and the elements whose words are captions or credits."""

    images: list[Image] = field(default_factory=list)
    elements: set[HtmlElement] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)  # folded captions


def read_pictures(
    root: HtmlElement,
    base: str,
    without: Container[HtmlElement] = frozenset(),
    captions: Collection[HtmlElement] = frozenset(),
    credits: Collection[HtmlElement] = frozenset(),
    *,
    only: HtmlElement | None = None,
) -> Pictures:
    """The pictures inside an element, in order, each address once.

    ``without`` are elements to pass over; ``captions`` and ``credits`` those a profile names;
    ``only`` is the one picture that is asked for.
    Icons, pixels and placeholders are no pictures. Never raises.
    """
    found = Pictures()
    seen: set[str] = set()
    # above a story a line that is only centred or slanted may be the standfirst
    usual = cache(partial(is_throughout, root)) if only is None else lambda _: True
    for image in take_first(root.iter("img"), _MAX_IMAGES) if only is None else (only,):
        url = _read_address(image, base)
        if url is None or url in seen or any(a in without for a in image.iterancestors()):
            continue
        seen.add(url)
        element = find_caption(image, root, captions, usual=usual)
        found.images.append(_describe(image, url, element, credits, found))
    if captions or credits:
        found.elements.update(e for e in root.iter() if e in captions or e in credits)
    return found


def _describe(
    image: HtmlElement,
    url: str,
    element: HtmlElement | None,
    credits: Container[HtmlElement],
    found: Pictures,
) -> Image:
    caption = credit = None
    if element is not None:
        found.elements.add(element)
        named = next(
            (e for e in element.iter() if e is not element and _is_credit(e, credits)), None
        )
        words = read_words(element)
        found.lines.add(key(words))
        if named is not None and (said := read_words(named)) and len(said) < len(words):
            caption = words.replace(said, "").strip(" |-–—/()") or None
            credit = split_credit(said)[1] or said.strip(" ©()|")
        else:
            caption, credit = split_credit(words)
    alt = unescape(image.get("alt") or "") or None
    return Image(url, caption, credit, alt)


def _is_credit(element: HtmlElement, credits: Container[HtmlElement]) -> bool:
    if element in credits:
        return True
    names = (
        f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if isinstance(element.tag, str)
        else ""
    )
    return any(
        word in names for word in ("credit", "copyright", "photographer", "source", "author")
    )


def _read_address(image: HtmlElement, base: str) -> str | None:
    if any(_is_small(image.get(side)) for side in ("width", "height")):
        return None
    for attribute in _LAZY:
        value = (image.get(attribute) or "").strip()
        if "srcset" in attribute:
            value = _largest(value)
        if not value or _PLACEHOLDER.search(value) or _ICON.search(value):
            continue
        url = resolve_address(base, value)
        if url and url.startswith(("http://", "https://")):
            return url
    return None


def _is_small(value: str | None) -> bool:
    digits = (value or "").strip().removesuffix("px")
    return digits.isdecimal() and len(digits) < 6 and int(digits) < _MIN_SIDE


def _largest(srcset: str) -> str:
    """The address with the greatest width or density of a srcset (HTML standard, 4.8.4.2.1)."""
    best, size = "", -1.0
    for part in re.split(r",\s+|,(?=https?://)", srcset):
        words = part.split()
        if not words:
            continue
        number = words[1][:-1] if len(words) > 1 else "1"
        value = float(number) if re.fullmatch(r"\d{1,6}(?:\.\d{1,4})?", number) else 0.0
        if value > size:
            best, size = words[0], value
    return best


def pick_images(pictures: Sequence[Image], declared: Iterable[str]) -> tuple[Image, ...]:
    """The pictures of the story; where it has none, the first one its metadata declares."""
    return tuple(pictures) or tuple(Image(url) for url in list(declared)[:1])

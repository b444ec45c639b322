"""Find the caption of a picture and part it from its credit.

    figure > img + figcaption · table of picture row and caption row · img, then p.imgdesc or a
    short centred italic line · "Lễ phát động. Ảnh: Thanh Sơn"

A caption is believed where the page sets it apart; a plain paragraph after a picture is one.
"""

from __future__ import annotations

import re
from collections.abc import Container

from lxml.html import HtmlElement

from crawler.read.clean import key
from crawler.read.facts import take_first
from crawler.read.signs import Sign, read_signs
from crawler.read.words import read_words

_CREDIT = re.compile(
    r"(?:^|[.!?…)\s])\(?\s*(?:(?:nguồn\s+)?ảnh|photos?|fotos?|bilder|bild|image|images|crédits?(?:\s+photo)?|credits?|picture|"
    r"clichés?|zdjęcie|fot\.|фото|kuva|fotó|写真|사진)\s*(?:by\s+|[:：/]\s*|©\s*)(?P<name>[^()]{2,80}?)\s*\)?\s*\.?$"
    r"|(?:^|\s)\(?©\s*(?P<owner>[^()©]{2,80}?)\)?\.?$",
    re.I,
)
_ILLUSTRATION = re.compile(r"^(?:minh h[oọ]ạ?a?|tư liệu|internet)$", re.I)
_APART = re.compile(r"text-align:\s*center|font-style:\s*italic", re.I)
_MAX_CAPTION = 500  # letters


def split_credit(text: str) -> tuple[str | None, str | None]:
    """(caption, credit) of a caption line: "Lễ phát động. Ảnh: Thanh Sơn" -> two parts."""
    match = _CREDIT.search(text)
    if match is None:
        return text or None, None
    name = (match["name"] or match["owner"] or "").strip(" .")
    if not name or _ILLUSTRATION.match(name):
        return text or None, None
    stop = match.start() + (1 if text[match.start() : match.start() + 1] in ".!?…)" else 0)
    return text[:stop].strip(" (-–—|/") or None, name


def find_caption(
    image: HtmlElement, root: HtmlElement, captions: Container[HtmlElement]
) -> HtmlElement | None:
    """The element whose words are the picture's caption, None where nothing is set apart.

    ``root`` holds the story, ``captions`` are the elements a profile names.
    """
    for height, above in enumerate(image.iterancestors()):
        if above is root or height > 5:
            break
        if above.tag == "figure":
            named = next((e for e in above.iter("figcaption") if read_words(e)), None)
            return named if named is not None else _inside(above, captions)
        if above.tag == "table":
            return _in_table(above)
        if (inner := _inside(above, captions)) is not None:
            return inner
        if _is_credited(above):
            return above
    return _beside(image, root, captions)


def _inside(above: HtmlElement, captions: Container[HtmlElement]) -> HtmlElement | None:
    if (
        sum(1 for _ in take_first(above.iter("img"), 2)) > 1
        or len(read_words(above, 2 * _MAX_CAPTION)) > _MAX_CAPTION
    ):
        return None
    for element in above.iter():
        if (
            isinstance(element.tag, str)
            and (element in captions or Sign.CAPTION in read_signs(element))
            and element.tag != "img"
            and element.find(".//img") is None
            and read_words(element)
        ):
            return element
    return None


def _is_credited(above: HtmlElement) -> bool:
    """Whether an element is one picture and few words that end with a credit."""
    words = read_words(above, 2 * _MAX_CAPTION)
    if len(words) > _MAX_CAPTION or _CREDIT.search(words) is None:
        return False
    return sum(1 for _ in take_first(above.iter("img"), 2)) == 1


def _in_table(table: HtmlElement) -> HtmlElement | None:
    """The caption cell of a table that only frames a picture."""
    if len(read_words(table, 2 * _MAX_CAPTION)) > _MAX_CAPTION:
        return None
    rows = [row for row in table.iter("tr") if row.find(".//img") is None and read_words(row)]
    if len(rows) == 1:
        return rows[0]
    cells = [c for c in table.iter("td") if c.find(".//img") is None and read_words(c)]
    return cells[0] if len(cells) == 1 and not rows else None


def _beside(
    image: HtmlElement, root: HtmlElement, captions: Container[HtmlElement]
) -> HtmlElement | None:
    """The line after a picture (or after its paragraph) that is set apart as a caption."""
    node: HtmlElement | None = image
    for _ in range(3):
        if node is None or node is root:
            return None
        if (after := _next_element(node)) is not None:
            return after if _is_caption(after, captions) else None
        if read_words(node.getparent(), 400) if node.getparent() is not None else "":
            return None
        node = node.getparent()
    return None


def _is_caption(element: HtmlElement, captions: Container[HtmlElement]) -> bool:
    words = read_words(element, 2 * _MAX_CAPTION)
    if not words or len(words) > _MAX_CAPTION or element.find(".//img") is not None:
        return False
    if element in captions or Sign.CAPTION in read_signs(element) or _CREDIT.search(words):
        return True
    apart = element.get("align") == "center" or bool(_APART.search(element.get("style") or ""))
    italic = [e for e in element.iter("em", "i") if key(read_words(e)) == key(words)]
    return len(words) < 250 and apart and (bool(italic) or element.tag in ("em", "i"))


def _next_element(node: HtmlElement) -> HtmlElement | None:
    after = node.getnext()
    while after is not None and (
        not isinstance(after.tag, str) or after.tag in ("br", "script", "noscript", "source")
    ):
        if (after.tail or "").strip():
            return None
        after = after.getnext()
    return None if (node.tail or "").strip() else after

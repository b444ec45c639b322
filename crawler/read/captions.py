"""Find the caption of a picture and part it from its credit.

    figure > img + figcaption · table of picture rows and caption rows · img, then p.imgdesc, a
    short centred or slanted line or what its alt text says · "Lễ phát động. Ảnh: Thanh Sơn"

A caption is believed where the page sets it apart; a plain paragraph after a picture is none, nor
is a centred line in a story whose paragraphs are centred. Slanted is what stands in em, i or small
alone, or in a span with a size, a colour or a slant of its own; longer such lines are standfirsts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from lxml.html import HtmlElement

from crawler.read.clean import key
from crawler.read.facts import take_first
from crawler.read.signs import Sign, read_signs
from crawler.read.words import read_words

_CREDIT = re.compile(
    r"(?:^|[.!?…)\s])\(?\s*(?:(?:nguồn\s+)?ảnh|photos?|fotos?|bilder|bild|image|images|crédits?(?:\s+photo)?|credits?|picture|"
    r"clichés?|zdjęcie|fot\.|фото|kuva|fotó|写真|사진|fotoğraf(?:lar)?|снимк[аи]|сн\.|fotografi(?:e|a|as|í|ía)|"
    r"φωτ(?:ο|ογραφία|\.)|nuotr(?:auka|\.)|ภาพ|照片|图|圖)\s*(?:by\s+|[:：/]\s*|©\s*)(?P<name>[^()]{2,80}?)\s*\)?\s*\.?$"
    r"|(?:^|\s)\(?©\s*(?P<owner>[^()©]{2,80}?)\)?\.?$",
    re.I,
)
_ILLUSTRATION = re.compile(r"^(?:minh h[oọ]ạ?a?|tư liệu|internet)$", re.I)
_INLINE = frozenset(("em", "i", "span", "font", "b", "strong", "small"))
_CENTRED = re.compile(r"text-align:\s*center", re.I)
_SLANTED, _PLAIN = ("em", "i", "small"), ("span", "font")
_LOOK = re.compile(r"font-style:\s*(?:italic|oblique)|font-size|(?<!-)color:", re.I)
_MAX_CAPTION, _MAX_CENTRED, _MAX_SLANTED, _LEAST_ALT = 500, 250, 160, 10  # letters

Look = Callable[[HtmlElement], bool]
Usual = Callable[[Look], bool]
_MOST_CENTRED = 0.3  # of the paragraphs of a story: more, and it says nothing


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
    image: HtmlElement,
    root: HtmlElement,
    captions: Container[HtmlElement],
    *,
    usual: Usual = lambda _: False,
) -> HtmlElement | None:
    """The element whose words are the picture's caption, None where nothing is set apart.

    ``root`` holds the story, ``captions`` are the elements a profile names, ``usual`` says of a
    look whether so many paragraphs have it that it sets no line apart.
    """
    alone = True
    for height, above in enumerate(image.iterancestors()):
        if above is root or height > 5:
            break
        if above.tag == "figure":
            after = _next_element(above)  # some write the caption behind its figure
            beside = () if after is None or after.tag != "figcaption" else (after,)
            named = next((e for e in (*above.iter("figcaption"), *beside) if read_words(e)), None)
            return named if named is not None or not _is_alone(above) else _inside(above, captions)
        if above.tag == "tr" and (below := _below(above, captions)) is not None:
            return below
        if above.tag == "table":
            return _in_table(above)
        alone = alone and _is_alone(above)
        if alone and (inner := _inside(above, captions)) is not None:
            return inner
        if alone and _CREDIT.search(read_words(above)):
            return above
    return _beside(image, root, captions, usual)


def _is_alone(above: HtmlElement) -> bool:
    """Whether an element holds one picture and no more words than a caption."""
    if sum(1 for _ in take_first(above.iter("img"), 2)) > 1:
        return False
    return len(read_words(above, 2 * _MAX_CAPTION)) <= _MAX_CAPTION


def _inside(above: HtmlElement, captions: Container[HtmlElement]) -> HtmlElement | None:
    for element in above.iter():
        if (
            isinstance(element.tag, str)
            and (element in captions or Sign.CAPTION in read_signs(element))
            and element.tag != "img"
            and element.find(".//img") is None
            and read_words(element)
        ):
            return _widen(element, above)
    return None


def _widen(element: HtmlElement, above: HtmlElement) -> HtmlElement:
    """The whole line of a credit that stands in it behind the caption: "Lễ (Ảnh: Thanh Sơn)"."""
    line = element.getparent()
    if element.tag not in _INLINE or line is None or line is above:
        return element
    return element if line.find(".//img") is not None else line


def _below(row: HtmlElement, captions: Container[HtmlElement]) -> HtmlElement | None:
    """The named caption in the row below a picture's, in a table of several pictures."""
    below = _next_element(row)
    if below is None or below.tag != "tr" or below.find(".//img") is not None:
        return None
    cells = [cell for cell in below.iter("td") if read_words(cell)]
    named = len(cells) == 1 and (cells[0] in captions or Sign.CAPTION in read_signs(cells[0]))
    return cells[0] if named else None


def _in_table(table: HtmlElement) -> HtmlElement | None:
    """The caption cell of a table that only frames a picture."""
    if len(read_words(table, 2 * _MAX_CAPTION)) > _MAX_CAPTION:
        return None
    rows = [row for row in table.iter("tr") if row.find(".//img") is None and read_words(row)]
    if len(rows) == 1:
        return rows[0]
    cells = [c for c in table.iter("td") if c.find(".//img") is None and read_words(c)]
    if len(cells) == 1 and not rows:  # beside the picture: a caption, or the step it shows
        return cells[0] if sum(1 for _ in cells[0].iter("p")) < 2 else None
    every = [cell for cell in table.iter("td") if read_words(cell)]
    alone = len(every) == 1 and not rows and len(read_words(every[0])) <= _MAX_CENTRED
    return every[0] if alone else None


def _beside(
    image: HtmlElement,
    root: HtmlElement,
    captions: Container[HtmlElement],
    usual: Usual,
) -> HtmlElement | None:
    """The line after a picture (or after its paragraph) that is set apart as a caption."""
    node: HtmlElement | None = image
    for _ in range(3):
        if node is None or node is root:
            return None
        if (after := _next_element(node)) is not None:
            told = _repeats(image, after) or _is_caption(after, captions, usual)
            return after if told else None
        if read_words(node.getparent(), 400) if node.getparent() is not None else "":
            return None
        node = node.getparent()
    return None


def _repeats(image: HtmlElement, element: HtmlElement) -> bool:
    """Whether a line says what the picture's alt text says: systems write both of one field."""
    said = key(image.get("alt") or "")
    return len(said) >= _LEAST_ALT and key(read_words(element, 2 * _MAX_CAPTION)) == said


def _is_caption(element: HtmlElement, captions: Container[HtmlElement], usual: Usual) -> bool:
    words = read_words(element, 2 * _MAX_CAPTION)
    if not words or len(words) > _MAX_CAPTION or element.find(".//img") is not None:
        return False
    if element in captions or Sign.CAPTION in read_signs(element) or _CREDIT.search(words):
        return True
    if len(words) <= _MAX_CENTRED and is_centred(element) and not usual(is_centred):
        return True
    return len(words) <= _MAX_SLANTED and is_slanted(element) and not usual(is_slanted)


def is_centred(element: HtmlElement) -> bool:
    """Whether an element, or for an inline one the block it stands in, is centred."""
    block = element.getparent() if element.tag in _INLINE else element
    while block is not None and block.tag in _INLINE:
        block = block.getparent()
    if block is None or block.tag == "center":
        return block is not None
    align = (block.get("align") or "").lower()
    return align == "center" or _CENTRED.search(block.get("style") or "") is not None


def is_slanted(element: HtmlElement) -> bool:
    """Whether all words of an element stand in small or slanted letters, or others of their own."""
    if element.tag in _SLANTED or (element.tag in _PLAIN and _own_look(element)):
        return True
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return False
    return element[0].tag in (*_SLANTED, *_PLAIN) and is_slanted(element[0])


def _own_look(element: HtmlElement) -> bool:
    return _LOOK.search(element.get("style") or "") is not None


def is_throughout(root: HtmlElement, look: Look) -> bool:
    """Whether so many paragraphs of a story have a look that it says nothing of one."""
    told = [p for p in root.iter("p") if read_words(p, _MAX_CAPTION) and not _is_behind(p)]
    return sum(map(look, told)) > _MOST_CENTRED * len(told)


def _is_behind(paragraph: HtmlElement) -> bool:
    """Whether a paragraph holds a picture or comes right after one."""
    before = paragraph.getprevious()
    return any(e is not None and e.find(".//img") is not None for e in (paragraph, before))


def _next_element(node: HtmlElement) -> HtmlElement | None:
    after = node.getnext()
    while after is not None and (
        not isinstance(after.tag, str) or after.tag in ("br", "script", "noscript", "source")
    ):
        if (after.tail or "").strip():
            return None
        after = after.getnext()
    return None if (node.tail or "").strip() else after

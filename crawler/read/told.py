"""Part the lines that are captions of pictures from those that tell the story.

    <div><img><span>The bridge</span><span>A B</span></div>      one line, "The bridgeA B"
    <p>A lead of one paragraph.</p> 4 x (<img><p>what is seen)   told in captions: they are the text

Decision: what stands in a <figcaption> is no text unless next to nothing else is there; pages say
so themselves. Lines that only look like captions are the text under one paragraph. A line is one,
too, where all its letters stand in captions and credits within it; of a line with a picture and
with words beside them, what the profile names as caption goes and the rest stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import clean, key
from crawler.read.pictures import Pictures
from crawler.read.signs import Sign, read_signs
from crawler.read.story import Story
from crawler.read.words import INLINE, read_words

_LEAST = 100  # letters: below, a page with captions is a picture story
_SERIES, _CAPTION = 4, 30  # captions of a series of pictures; letters of one that tells something
_LINKED = 0.5  # share of a paragraph's letters in links
_SENTENCE, _STOPS = 60, (".", "!", "?", "…", "。", "！", "？", "।")  # bytes of a sentence, its end
_PARAGRAPH = 80  # letters: below, a line that a caption repeats is one
_REPEATED = 8  # letters of a line that a caption repeats by no chance


def drop_captions(story: Story, pictures: Pictures, named: Collection[HtmlElement] = ()) -> None:
    """Take the lines that are captions out of the story, unless it is told in captions alone.

    ``named`` are the elements that the profile names as captions and credits.
    """
    if not pictures.elements:
        return
    inside = {element for caption in pictures.elements for element in caption.iter()}
    spans = _list_spans(story, pictures.elements)
    caption = [b for b in story.blocks if _is_caption(b, inside, pictures.lines, spans)]
    out = {id(block) for block in caption}
    left = [block for block in story.blocks if id(block) not in out]
    if _is_told_in_captions(left, story, caption):
        story.warnings.append("captions-only: the story is told in captions, they are kept as text")
        return
    story.blocks = [_trim(block, spans.get(block.element, ()), named) for block in left]
    story.cuts += [("caption", block.text) for block in caption]


def _list_spans(
    story: Story, captions: Collection[HtmlElement]
) -> dict[HtmlElement | None, list[HtmlElement]]:
    """The captions and credits among the words of a line's element, by that element."""
    owners = {block.element for block in story.blocks}
    spans: dict[HtmlElement | None, list[HtmlElement]] = {}
    for element in [e for e in captions if e.tag in INLINE]:
        owner = next((above for above in element.iterancestors() if above in owners), None)
        beside = (*element.itersiblings(), *element.itersiblings(preceding=True))
        more = [e for e in beside if e.tag in INLINE and Sign.CAPTION in read_signs(e)]
        if owner is not None:
            spans.setdefault(owner, []).extend(e for e in (element, *more) if read_words(e))
    return spans


def _is_caption(
    block: Block,
    inside: Collection[HtmlElement],
    lines: Collection[str],
    spans: dict[HtmlElement | None, list[HtmlElement]],
) -> bool:
    """Whether a line stands in a caption, repeats one, or is made of nothing else."""
    if block.element in inside:
        return True
    if len(block.folded) > _REPEATED and block.folded in lines and not _is_told(block):
        return True
    rest = block.folded
    for words in sorted({key(read_words(e)) for e in spans.get(block.element, ())}, key=len)[::-1]:
        rest = rest.replace(words, "", 1) if words else rest
    return not rest and bool(block.folded)


def _trim(block: Block, spans: Collection[HtmlElement], named: Collection[HtmlElement]) -> Block:
    """A line with a picture in it without the captions that the profile names."""
    if block.element is None or not any(e in named for e in spans):
        return block
    if block.element.find(".//img") is None:
        return block
    text = block.text
    for element in spans:
        words = read_words(element)
        if element in named and (text.startswith(words) or text.endswith(words)):
            text = clean(text.replace(words, " ", 1))
    return block if text == block.text else replace(block, text=text, folded=key(text))


def _is_told_in_captions(left: list[Block], story: Story, caption: list[Block]) -> bool:
    """Whether next to nothing is left without the captions, or one paragraph above a series."""
    told = sum(len(block.text) for block in left)
    if told < _LEAST <= story.letters:
        return not all(map(_is_figcaption, caption)) or not any(map(_is_sentence, left))
    long = [block for block in left if len(block.text) > _PARAGRAPH and block.links < _LINKED]
    plain = [block for block in caption if not _is_figcaption(block)]
    series = sum(len(block.text) for block in plain if len(block.text) > _CAPTION)
    return len(long) < 2 and len(plain) >= _SERIES and series > told


def _is_sentence(block: Block) -> bool:
    """Whether a line tells something, in bytes: a sentence of Korean has few letters."""
    ends = block.text.rstrip("\"'”’»)」』").endswith(_STOPS)
    return ends and block.links < _LINKED and len(block.text.encode()) >= _SENTENCE


def _is_figcaption(block: Block) -> bool:
    """Whether a line stands in the element that HTML has for captions."""
    element = block.element
    if element is None:
        return False
    return any(e.tag == "figcaption" for e in (element, *element.iterancestors()))


def _is_told(block: Block) -> bool:
    """Whether a line that a caption repeats is a paragraph of the story all the same."""
    return (
        block.tag == "p"
        and len(block.text) > _PARAGRAPH
        and not block.signs & (Sign.CAPTION | Sign.FIGURE)
        and block.element is not None
    )

"""Ask trafilatura which lines of a page are its article, and find them again in the page.

trafilatura gives text without its place. Found again among the page's own lines, each line has
its element, its link share and its neighbours, so every later step can say why it keeps or drops
it. A line that is not found again (it came out of a script) is kept as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from lxml.html import HtmlElement
from trafilatura import bare_extraction

from crawler.read.blocks import Block
from crawler.read.clean import clean, key
from crawler.read.signs import Sign

_TRIES = 50  # places at which a line is looked for that the page breaks elsewhere
_GAP = 40  # lines that may stand between two parts of one line
_HEAD = 16  # letters that find a line which the page breaks elsewhere


def read_general(tree: HtmlElement, url: str, *, fast: bool) -> tuple[str, str | None]:
    """(text, trouble): the lines trafilatura keeps; with ``fast`` without its fallbacks.

    The tree is not changed (trafilatura copies it). An extractor that gives up keeps nothing;
    one that fails keeps nothing and the trouble says so.
    """
    try:
        found = bare_extraction(tree, url=url, fast=fast, include_comments=False)
    except MemoryError:
        raise
    except Exception as error:  # its parts raise many things on hostile trees
        return "", f"general-reader: {type(error).__name__}: {error}"[:200]
    return getattr(found, "text", None) or "", None


def find_again(lines: Sequence[str], blocks: Sequence[Block]) -> list[Block]:
    """The blocks that hold these lines, nearest after the line before where one stands twice."""
    exact: dict[str, list[int]] = {}
    begins: dict[str, list[int]] = {}
    for place, block in enumerate(blocks):
        exact.setdefault(block.folded, []).append(place)
        begins.setdefault(block.folded[:_HEAD], []).append(place)
    kept: dict[int, Block] = {}
    strays = 0
    last, read = -1, 0  # the block of the line before, and how many of its letters are used up
    for line in lines:
        folded = key(line)
        if not folded:
            continue
        if read and blocks[last].folded.startswith(folded, read):
            read += len(folded)  # the source breaks the line where the reader sees none
            continue
        places = _match(folded, last, exact, begins, blocks)
        fresh = [place for place in places if place not in kept]
        for place in fresh:
            kept[place] = blocks[place]
        read = 0
        if places:
            last = places[-1]
            if len(places) == 1 and blocks[last].folded.startswith(folded):
                read = len(folded)
        elif len(folded) > 1:
            strays += 1
            kept[-strays] = Block(
                clean(line.lstrip("-|# ")), None, "p", Sign.NONE, place=-1, folded=folded
            )
    return list(kept.values())


def _match(
    folded: str,
    last: int,
    exact: dict[str, list[int]],
    begins: dict[str, list[int]],
    blocks: Sequence[Block],
) -> list[int]:
    if places := exact.get(folded):
        return [_next(places, last)]
    for place in _after(begins.get(folded[:_HEAD], []), last):
        whole = blocks[place].folded
        if whole.startswith(folded):
            return [place]
        if folded.startswith(whole):
            return _join(folded, place, blocks)
    for length in range(1, _HEAD):  # the line begins with a short line of the page
        for place in _after(begins.get(folded[:length], []), last)[:3]:
            run = _join(folded, place, blocks)
            if len(run) > 1:
                return run
    return []


def _join(folded: str, place: int, blocks: Sequence[Block]) -> list[int]:
    """The run of blocks from ``place`` on whose letters the line is made of."""
    at, run, misses = 0, [], 0
    for here in range(place, len(blocks)):
        part = blocks[here].folded
        if part and folded.startswith(part, at):
            run.append(here)
            at += len(part)
            misses = 0
        else:
            misses += 1
        if at >= len(folded) or misses > _GAP:
            break
    return run if at * 10 >= len(folded) * 9 or (run and at > 40) else []


def _next(places: list[int], last: int) -> int:
    at = bisect_right(places, last)
    return places[at] if at < len(places) else places[-1]


def _after(places: list[int], last: int) -> list[int]:
    """The next places after ``last``, then the first ones before it; few of many."""
    at = bisect_right(places, last)
    return places[at : at + _TRIES] + places[: min(at, _TRIES)]

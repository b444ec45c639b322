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
_RUN = 4  # lines of the reader that one line of the page is broken into, at its beginning
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
    search = _Search(blocks)
    for line in lines:
        folded = key(line)
        if folded and not search.goes_on(folded) and not search.take(folded):
            search.take_stray(line, folded)
    return list(search.kept.values())


class _Search:
    """The blocks of a page by their words, and those found so far in order."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.kept: dict[int, Block] = {}
        self._exact: dict[str, list[int]] = {}
        self._begins: dict[str, list[int]] = {}
        for place, block in enumerate(blocks):
            self._exact.setdefault(block.folded, []).append(place)
            self._begins.setdefault(block.folded[:_HEAD], []).append(place)
        self._last, self._read = -1, 0  # the block of the line before, its letters used up
        self._count = 0  # strays have no place: their keys are negative
        self._strays: list[tuple[int, str]] = []  # those since the last line that was found

    def goes_on(self, folded: str) -> bool:
        """Whether the line goes on in the block before: a break that the reader does not see."""
        if not self._read or not self.blocks[self._last].folded.startswith(folded, self._read):
            return False
        self._read += len(folded)
        return True

    def take(self, folded: str) -> bool:
        """Keep the blocks that hold a line; False where there are none."""
        places = self._match(folded)
        for place in places:
            self.kept.setdefault(place, self.blocks[place])
        self._read = 0
        if not places:
            return False
        self._last, self._strays = places[-1], []
        if len(places) == 1 and self.blocks[self._last].folded.startswith(folded):
            self._read = len(folded)
        return True

    def take_stray(self, line: str, folded: str) -> None:
        """Keep a line that no block holds, or the block that it and the strays before it begin."""
        if len(folded) < 2:
            return
        self._count += 1
        strays = [*self._strays, (-self._count, folded)]
        for first in range(len(strays) - 1):
            joined = "".join(words for _, words in strays[first:])
            if len(joined) >= _HEAD and self._begin_with(joined):
                for number, _ in strays[first:-1]:
                    del self.kept[number]
                self.take(joined)
                return
        self._strays = strays[-_RUN:]
        self.kept[strays[-1][0]] = Block(
            clean(line.lstrip("-|# ")), None, "p", Sign.NONE, place=-1, folded=folded
        )

    def _begin_with(self, folded: str) -> bool:
        places = self._begins.get(folded[:_HEAD], [])[:_TRIES]
        return any(self.blocks[place].folded.startswith(folded) for place in places)

    def _match(self, folded: str) -> list[int]:
        if places := self._exact.get(folded):
            return [_next(places, self._last)]
        for place in _after(self._begins.get(folded[:_HEAD], []), self._last):
            whole = self.blocks[place].folded
            if whole.startswith(folded):
                return [place]
            if folded.startswith(whole):
                return _join(folded, place, self.blocks)
        for length in range(1, _HEAD):  # the line begins with a short line of the page
            for place in _after(self._begins.get(folded[:length], []), self._last)[:3]:
                run = _join(folded, place, self.blocks)
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

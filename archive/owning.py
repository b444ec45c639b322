"""Finds the block that an edit added and in which the paper owns to an error, whatever its words.

A block is one to four sentences in a row of one line, or one of them, that were not there before.
What gave way in the sentences that changed is evidence beside its words (weighing.py): a notice
without its edit, or an edit without its notice, is told by less. At the head and the tail of the
text enough is enough; in its midst, where stories go on, a notice needs MIDST more. Rejected: a run
of several lines as one block (an update and a notice came on one night).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive.diff import Piece
from archive.notice import unquote
from archive.sentences import split_sentences
from archive.weighing import Around, Swap, list_evidence, weigh

MOST = 4  # sentences
LONG = 600  # letters
EDGE = 3  # lines at either end of a text, among which an author's name or a link may be
MIDST = 1.0
BLOCKS = 40  # looked at: who adds more lines tells a story


def find_owned(
    title: str, text: str, held: Sequence[str], pieces: Sequence[Piece], swaps: Sequence[Swap]
) -> tuple[str, list[str]] | None:
    """Return the first such block and its evidence; None where there is none.

    ``text``: as it is now, ``held``: the sentences it had, ``pieces``: what became of those that
    changed, ``swaps``: what gave way in them.
    """
    fresh = {p.after for p in pieces if p.kind == "added" and p.after} - {*held}
    lines = text.splitlines()
    blocks = [(n, block) for n, line in enumerate(lines) for block in _list_blocks(line, fresh)]
    for place, block in blocks[:BLOCKS]:
        around = [*lines[:place], lines[place].replace(block, " "), *lines[place + 1 :]]
        evidence = list_evidence(block, Around("\n".join([title, *around])), swaps)
        is_edge = place < EDGE or place >= len(lines) - EDGE
        if weigh(evidence) >= (0 if is_edge else MIDST):
            return block, sorted(evidence)
    return None


def _list_blocks(line: str, fresh: set[str]) -> Iterator[str]:
    """Yield the sentences of a line that are new, those in a row together and then each alone."""
    run: list[str] = []
    for sentence in [*split_sentences(line), ""]:
        if sentence in fresh:
            run.append(sentence)
            continue
        parts = [" ".join(run)] if len(run) <= MOST else []
        alone = [] if unquote(" ".join(run)) != " ".join(run) else run  # who quotes several?
        yield from (part for part in dict.fromkeys([*parts, *alone]) if 0 < len(part) <= LONG)
        run = []

"""Takes an article out of a reading: what the doubts of doubts.py leave of a page."""

from __future__ import annotations

from dataclasses import replace

from archive.records import Impostor, Reading, ReadingStatus
from archive.sentences import split_sentences


def lay_bare(
    reading: Reading, status: ReadingStatus, said: str, impostor: Impostor | None = None
) -> Reading:
    """Return a reading without article and links, and why as its first warning."""
    return replace(
        reading,
        status=status,
        impostor=impostor,
        article=None,
        links=(),
        next_page=None,
        warnings=(said, *reading.warnings),
    )


def split_story(lead: str, body: str) -> list[str]:
    """Return the sentences of an article, those of its lead first."""
    return [*split_sentences(lead), *split_sentences(body)]

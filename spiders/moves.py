"""The map of moves: which hosts papers have left, and for which.

Said by the profiles: ``moved_from`` (the same paper at another host) and ``merged_into`` (another
paper goes on). Whether an old host answers, redirects or is gone is for a crawl to find out;
nothing here is guessed from names. Rejected: a table of its own (a move is a fact of one paper).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from spiders.profile import Trust
from spiders.site import Site

Reason = Literal["moved", "merged"]


@dataclass(frozen=True, slots=True)
class Move:
    """From an old host to the one where its paper, or the paper that took it over, is now."""

    old: str
    new: str
    site: str  # whose host the old one is
    into: str  # whose host the new one is
    reason: Reason
    trust: Trust


def list_moves(sites: Iterable[Site]) -> tuple[Move, ...]:
    """Every move that the profiles know, by old host; a merger into an unknown key has no host
    and is left out."""
    known = {site.key: site for site in sites}
    moves = [move for site in known.values() for move in _moves_of(site, known)]
    return tuple(sorted(moves, key=lambda move: (move.old, move.new)))


def _moves_of(site: Site, known: dict[str, Site]) -> list[Move]:
    home, key = _host(site), site.key
    said = site.trusted("moved_from")
    moves = [Move(old, home, key, key, "moved", said) for old in site.profile.moved_from]
    into = known.get(site.profile.merged_into or "")
    if into is not None:
        said = site.trusted("merged_into")
        moves.append(Move(home, _host(into), key, into.key, "merged", said))
    return moves


def _host(site: Site) -> str:
    return urlsplit(site.profile.home).netloc

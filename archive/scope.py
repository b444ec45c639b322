"""Which articles are meant: of which paper, from which days.

A day is the paper's own (``published_on``), not the UTC day of the instant: what a reader in
Vietnam calls the issue of 4 February begins on 3 February, 17:00 UTC. An article without a date is
outside of any range of days: law 8, its day is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive import days


@dataclass(frozen=True, slots=True)
class Scope:
    """A choice of articles; None leaves a side open."""

    site: str | None = None
    first: str | None = None  # YYYY-MM-DD, within
    last: str | None = None  # YYYY-MM-DD, within

    @property
    def is_open(self) -> bool:
        """Whether every article is meant."""
        return self == Scope()

    def condition(self) -> tuple[str, tuple[str, ...]]:
        """Return the SQL condition on ``articles`` and its values; ``TRUE`` when open."""
        asked = (("site = ?", self.site), ("published_on >= ?", self.first))
        parts = [(c, v) for c, v in (*asked, ("published_on <= ?", self.last)) if v is not None]
        return " AND ".join(c for c, _ in parts) or "TRUE", tuple(v for _, v in parts)


def choose(site: str | None, since: str | None, until: str | None) -> Scope:
    """Return the scope of a paper and inclusive days, each YYYY, YYYY-MM or YYYY-MM-DD.

    ``until="2024"`` ends on 31 December. Raises DayError.
    """
    first = days.parse(since).first if since is not None else None
    last = days.parse(until).last if until is not None else None
    if first and last and first > last:
        raise days.DayError(f"{since} is after {until}", "give the earlier day first")
    return Scope(site, first.isoformat() if first else None, last.isoformat() if last else None)

"""What a paper's last crawl told of itself that the archive cannot find out again, and when it was.

The checks of a crawl know the profile (``[expect]``, places that it was seen to have) and what met
a bug; archive/health.py knows the archive. What they told stands in the crawl's row, and holds
until a further crawl or a mended profile.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from archive.finding import Finding
from archive.instants import from_text, to_text

SKEW = timedelta(minutes=10)
_OWN = re.compile(
    r"read\.\w+ matched nothing|no article links on the category page|\d+ answers met a bug|"
    r"\d+ of \d+ new articles have the field|\d+ articles of \S+, expected"
)


def find_present(db: sqlite3.Connection, now: datetime) -> datetime:
    """Return the instant by which a report or a judgement goes: ``now``, or a few minutes later
    where crawls lie there.

    Of two commands with one KHOBAO_NOW both begin at that instant, so that the crawl that the first
    of them made would lie in the future of the second, and be passed over.
    """
    (latest,) = db.execute(
        "SELECT max(coalesce(ended_at, started_at)) FROM crawls "
        "WHERE started_at > ? AND started_at <= ?",
        (to_text(now), to_text(now + SKEW)),
    ).fetchone()
    return from_text(latest) if latest else now


def list_told(db: sqlite3.Connection, crawl_id: str, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what a crawl told that is not among what was ``found``; nothing where the profile has
    been mended since."""
    row = db.execute(
        "SELECT c.problems FROM crawls c JOIN sites s ON s.site = c.site AND s.profile = c.profile "
        "WHERE c.crawl_id = ?",
        (crawl_id,),
    ).fetchone()
    known = [finding.words for finding in found]
    for problem in json.loads(row[0]) if row else ():
        words, _, remedy = str(problem).partition(": ")
        if _OWN.match(words) and not any(one.startswith(words) for one in known):
            yield Finding("told", words, remedy)

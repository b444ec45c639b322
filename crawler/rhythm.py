"""How often `khobao run` is started, told by the names of the logs that its runs left.

A paper is visited by the run that comes nearest to its time. Where runs come once a day, that is
tonight's, though a paper that was the thirtieth in last night's queue, or whose visit was made up
for after a crash, is due an hour after it; else it would be left out every other night. Where runs
come every hour, the next one is near enough. Rejected: an option that says how often cron starts it
(a second place to say it, and wrong after the first change of the crontab).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median_high

STARTS = 8  # the last ones are looked at: a week of nights
_NAME = re.compile(r"run-(\d{8}T\d{6})\.jsonl")


def name_log(start: datetime) -> str:
    """Return the name of a run's log."""
    return f"run-{start.astimezone(UTC):%Y%m%dT%H%M%S}.jsonl"


def read_rhythm(folder: Path, now: datetime) -> timedelta | None:
    """Return the usual time between two runs, this one at ``now`` among them; None where fewer
    than two are known, or the folder cannot be read."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return None
    known = {now.replace(microsecond=0)}
    for name in names:
        if found := _NAME.fullmatch(name):
            known.add(datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC))
    starts = sorted(one for one in known if one <= now)[-STARTS:]
    return median_high([b - a for a, b in pairwise(starts)]) if len(starts) > 1 else None

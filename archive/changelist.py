"""The changes of all articles since a day, newest first."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, time
from typing import Any

from archive.days import parse
from archive.door import UsageError
from archive.instants import to_text
from archive.paperday import name_zone
from archive.records import CHANGES

QUERY = """
SELECT x.at, x.kind, a.site, a.id AS article_id, a.url, coalesce(v.title, a.title) AS title,
  x.from_version, x.to_version, x.detail, s.timezone,
  c.warc_file, c.warc_offset, c.warc_length, c.record_id
FROM changes x JOIN articles a ON a.id = x.article_id JOIN captures c ON c.id = x.capture_id
LEFT JOIN versions v ON v.article_id = a.id AND v.version = coalesce(x.to_version, x.from_version)
LEFT JOIN sites s ON s.site = a.site
WHERE {} ORDER BY x.at DESC, a.site, a.url, x.rowid DESC
"""


def list_changes(
    db: sqlite3.Connection,
    *,
    since: str,
    until: str | None = None,
    site: str | None = None,
    kind: str | None = None,
) -> list[dict[str, Any]]:
    """Return the changes that happened between two days (or months, years) of their paper, both
    within; without ``until`` all since the first.

    A removal is listed under the day of its first sign, or of the day on which it was believed,
    whichever is asked for: who reads the news of each day must not miss it. Raises DayError, and
    UsageError for a kind that there is not.
    """
    if kind is not None and kind not in CHANGES:
        raise UsageError(f"no kind {kind!r}: it is one of {', '.join(CHANGES)}")
    first, last = parse(since).first, parse(until).last if until else date.max
    if last < first:
        raise UsageError(f"nothing lies between {since} and {until}: give the earlier day first")
    conditions = ["max(x.at, coalesce(json_extract(x.detail, '$.believed_at'), x.at)) >= :earliest"]
    earliest = datetime.combine(first, time(), UTC).timestamp() - 14 * 3600  # the first to see it
    values: dict[str, Any] = {"earliest": to_text(datetime.fromtimestamp(earliest, UTC))}
    for name, value in (("a.site", site), ("x.kind", kind)):
        if value is not None:
            conditions.append(f"{name} = :{name[2:]}")
            values[name[2:]] = value
    cursor = db.execute(QUERY.format(" AND ".join(conditions)), values)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    for row in rows:
        row["detail"] = json.loads(row["detail"])
    return [row for row in rows if any(first <= day <= last for day in _list_days(row))]


def _list_days(row: dict[str, Any]) -> list[date]:
    """Return the days, on its paper's clock, under which a change is listed."""
    zone, told = name_zone(row["timezone"]), row["detail"].get("believed_at")
    instants = [row["at"], *([told] if told else [])]
    return [datetime.fromisoformat(at).astimezone(zone).date() for at in instants]

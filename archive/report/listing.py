"""Every change of a paper in the report's days, a line each: when, what, which article.

The gravest ones are drawn with their words (changes.py); who looks for one article, or counts after
us, finds all of them here, those of looks too. Folded away on the screen and left out of print,
where it would be most of the pages.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.instants import from_text
from archive.report.markup import Html, code, link, name, tag
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue

LINES = 6_000  # of all papers together: 2 MB; a quarter of eight papers has about 1,500

_LOAD = """
SELECT x.at, x.kind, a.url, coalesce(v.title, a.title),
  CASE x.kind WHEN 'removed' THEN json_extract(x.detail, '$.believed_at') END,
  coalesce(json_extract(x.detail, '$.fields'), '[]')
FROM changes x JOIN articles a ON a.id = x.article_id
LEFT JOIN versions v ON v.article_id = a.id AND v.version = coalesce(x.to_version, x.from_version)
WHERE x.rowid = ?
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One change; ``believed_at``: of a removal, ``fields``: what changed beside the words."""

    at: datetime
    kind: str
    url: str
    title: str
    believed_at: datetime | None
    fields: tuple[str, ...] = ()


def load_lines(db: sqlite3.Connection, found: dict[str, list[int]]) -> dict[str, tuple[Line, ...]]:
    """Return the lines of each paper's changes, given by rowid, newest first; no paper has more
    than its share of LINES."""
    share = LINES // max(len(found), 1)
    return {
        site: tuple(_load(db, rowid) for rowid in rowids[:share])
        for site, rowids in sorted(found.items())
    }


def _load(db: sqlite3.Connection, rowid: int) -> Line:
    at, kind, url, title, believed_at, fields = db.execute(_LOAD, (rowid,)).fetchone()
    believed = from_text(believed_at) if believed_at else None
    return Line(from_text(at), kind, url, title, believed, tuple(json.loads(fields)))


def draw_lines(
    lines: Sequence[Line], total: int, paper: Paper, span: Span, tongue: Tongue
) -> Html | None:
    """Draw a paper's list, of ``total`` changes; nothing where nothing changed."""
    if not lines:
        return None
    heads = [
        tag("th", tongue.say(key), scope="col") for key in ("asked_at", "change_line", "change_of")
    ]
    rows = [_draw_line(line, paper, tongue) for line in lines]
    more = total - len(lines)
    command = code(f"khobao changes --since {span.since} --site {paper.site}")
    return tag(
        "details",
        tag("summary", tongue.say("each_change", n=total)),
        tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows), cls="lines"),
        tag("p", tongue.say("and_more_changes", n=more), " ", command, cls="note")
        if more > 0
        else None,
    )


def _draw_line(line: Line, paper: Paper, tongue: Tongue) -> Html:
    kind = tongue.say(f"kind_{line.kind}")
    if line.believed_at is not None:
        believed = tongue.clock(line.believed_at, paper.zone)
        kind = f"{kind} ({tongue.say('believed', at=believed)})"
    if line.fields:
        kind = f"{kind} ({', '.join(tongue.say(f'field_{name}') for name in line.fields)})"
    return tag(
        "tr",
        tag("td", tongue.clock(line.at, paper.zone), cls="n"),
        tag("td", kind),
        tag("td", link(line.url, name(line.title, 110))),
    )

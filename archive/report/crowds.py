"""The moves of a paper that gave many of its articles new addresses: one entry of the report.

Ninety moves of one cause are one thing that happened; told one by one they hide the edits of the
same night. Each has its line in the paper's list (listing.py).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.instants import from_text
from archive.moves import LEAST, find_rules, say_rules
from archive.report.markup import Html, code, name, tag
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue

_LOAD = """
SELECT x.at, json_extract(x.detail, '$.from'), json_extract(x.detail, '$.to')
FROM changes x JOIN json_each(?) some ON some.value = x.rowid ORDER BY x.at, x.rowid
"""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many articles of a paper moved, from when to when; ``rule``: how many of them by what
    rule (archive/moves.py)."""

    site: str
    number: int
    first_at: datetime
    last_at: datetime
    rule: tuple[str, str, str] | None


def gather_crowds(db: sqlite3.Connection, moved: Mapping[str, Sequence[int]]) -> dict[str, Crowd]:
    """Return the crowds among the papers' moves, given by rowid."""
    found: dict[str, Crowd] = {}
    for site, rowids in sorted(moved.items()):
        if len(rowids) < LEAST:
            continue
        rows = db.execute(_LOAD, (json.dumps(list(rowids)),)).fetchall()
        rule = say_rules(find_rules((old, new) for _, old, new in rows))
        first, last = from_text(rows[0][0]), from_text(rows[-1][0])
        found[site] = Crowd(site, len(rows), first, last, rule)
    return found


def draw_crowd(crowd: Crowd, paper: Paper, span: Span, tongue: Tongue) -> Html:
    """Draw a crowd as an item of the list of changes."""
    days = {at.astimezone(paper.zone).date() for at in (crowd.first_at, crowd.last_at)}
    when = " – ".join(tongue.day(day) for day in sorted(days))
    command = f"khobao changes --since {span.since} --site {paper.site} --kind moved"
    rule = None
    if crowd.rule is not None:
        share, old, new = crowd.rule
        said = tongue.say(f"moved_{share}")
        rule = tag("p", said, " ", tag("code", old), " → ", tag("code", new))
    return tag(
        "li",
        tag(
            "div",
            tag("span", tongue.say("kind_moved"), cls="kind"),
            f" · {tongue.say('moved_many', n=crowd.number)} ",
            tag("span", name(paper.name, 40), ", ", when, cls="soft"),
        ),
        rule,
        tag("p", tongue.say("moved_listed"), " ", code(command), cls="note"),
    )

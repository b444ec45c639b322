"""The moves of a paper that gave many of its articles new addresses: one entry of the report.

Ninety moves of one cause are one thing that happened; told one by one they hide the edits of the
same night. Each has its line in the paper's list (listing.py).

A relaunch that moves all addresses is seen for as long as old ones come up to be asked, and each
move keeps the night on which a capture proved it (an examiner's paper: 118 moves in twelve nights).
So the moves of a report's days are told as part of what began before them: where there were moves
in the SPREAD before, under the same rule, they count as one crowd, however few are left.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.instants import from_text, to_text
from archive.moves import LEAST, find_rules, say_rules
from archive.report.markup import Html, code, name, tag
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue

SPREAD = timedelta(days=60)  # within which a night asks for nearly all that is held
_EARLIER = """
SELECT x.at, json_extract(x.detail, '$.from'), json_extract(x.detail, '$.to')
FROM changes x JOIN articles a ON a.id = x.article_id
WHERE x.kind = 'moved' AND a.site = ? AND x.at >= ? AND x.at < ? ORDER BY x.at, x.rowid
"""
_LOAD = """
SELECT x.at, json_extract(x.detail, '$.from'), json_extract(x.detail, '$.to')
FROM changes x JOIN json_each(?) some ON some.value = x.rowid ORDER BY x.at, x.rowid
"""

Move = tuple[str, str, str]  # when, from where, to where


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many articles of a paper moved, from when to when; ``rule``: how many of them by what
    rule (archive/moves.py). ``began``: when the first did by that rule, and how many since then,
    where some did before."""

    site: str
    number: int
    first_at: datetime
    last_at: datetime
    rule: tuple[str, str, str] | None
    began: tuple[datetime, int] | None = None


def gather_crowds(db: sqlite3.Connection, moved: Mapping[str, Sequence[int]]) -> dict[str, Crowd]:
    """Return the crowds among the papers' moves, given by rowid."""
    found: dict[str, Crowd] = {}
    for site, rowids in sorted(moved.items()):
        rows = db.execute(_LOAD, (json.dumps(list(rowids)),)).fetchall()
        began = _find_beginning(db, site, rows)
        if len(rows) < LEAST and began is None:
            continue
        rule = say_rules(find_rules((old, new) for _, old, new in rows))
        first, last = from_text(rows[0][0]), from_text(rows[-1][0])
        found[site] = Crowd(site, len(rows), first, last, rule, began)
    return found


def _find_beginning(
    db: sqlite3.Connection, site: str, rows: Sequence[Move]
) -> tuple[datetime, int] | None:
    """Return when the crowd began of which some moves are the rest, and its number with them; None
    where one of them follows another rule, or none was before."""
    first = rows[0][0]
    since = to_text(from_text(first) - SPREAD)
    earlier: list[Move] = db.execute(_EARLIER, (site, since, first)).fetchall()
    mine = [move for move in earlier if _is_of_one_rule([*rows[:LEAST], move])]
    if len(mine) < LEAST or not _is_of_one_rule([*rows, *mine]):
        return None
    return from_text(mine[0][0]), len(mine) + len(rows)


def _is_of_one_rule(rows: Sequence[Move]) -> bool:
    """Whether all moves follow one rule that tells old and new apart."""
    rules = find_rules((old, new) for _, old, new in rows)
    return len(rules) == 1 and rules[0].is_plain


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
    began = None
    if crowd.began is not None:
        at, number = crowd.began
        day = tongue.day(at.astimezone(paper.zone).date())
        began = tag("p", tongue.say("moved_since", n=number, day=day), cls="note")
    return tag(
        "li",
        tag(
            "div",
            tag("span", tongue.say("kind_moved"), cls="kind"),
            f" · {tongue.say('moved_many', n=crowd.number)} ",
            tag("span", name(paper.name, 40), ", ", when, cls="soft"),
        ),
        rule,
        began,
        tag("p", tongue.say("moved_listed"), " ", code(command), cls="note"),
    )

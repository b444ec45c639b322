"""What papers changed after publication: counts, and the gravest changes with their words.

Removals, corrections and returns first, since those are what an archive is asked about; of changes
in looks no words are shown. Each names its capture: WARC file, byte and record. Every change, those
in looks too, has its line in its paper's list (listing.py).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from archive.diff import Piece, diff
from archive.instants import from_text, to_text
from archive.records import CHANGES
from archive.report.crowds import Crowd, draw_crowd, gather_crowds
from archive.report.listing import Line, load_lines
from archive.report.markup import Html, Part, clip, code, link, name, tag
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue

SHOWN = 40
SENTENCES = 5  # of one change
LETTERS = 320  # of one sentence
FIRST = ("removed", "correction", "back")
LATER = ("headline", "text", "moved")


_LIST = """
SELECT x.rowid, x.at, x.kind, a.site,
  CASE x.kind WHEN 'removed' THEN json_extract(x.detail, '$.believed_at') END AS believed_at
FROM changes x JOIN articles a ON a.id = x.article_id
WHERE x.at <= :now AND (x.at >= :earliest
  OR (x.kind = 'removed' AND json_extract(x.detail, '$.believed_at') >= :earliest))
ORDER BY x.at DESC, x.rowid DESC
"""
_LOAD = """
SELECT x.at, x.kind, a.site, a.id AS article_id, a.url, coalesce(v.title, a.title) AS title,
  x.from_version, x.to_version, x.detail, c.warc_file, c.warc_offset, c.record_id
FROM changes x JOIN articles a ON a.id = x.article_id JOIN captures c ON c.id = x.capture_id
LEFT JOIN versions v ON v.article_id = a.id AND v.version = coalesce(x.to_version, x.from_version)
WHERE x.rowid = ?
"""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an article: ``pieces`` are the sentences that differ, of ``all`` of them."""

    at: datetime
    kind: str
    site: str
    article_id: int
    url: str
    title: str
    before: int | None
    after: int | None
    detail: dict[str, Any]
    warc_file: str
    warc_offset: int
    record_id: str
    pieces: tuple[Piece, ...] = ()
    all: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of the report's days: numbers by paper and kind, those that are shown with their
    words, a line for each, and the moves that are told together."""

    numbers: dict[str, dict[str, int]]
    shown: tuple[Change, ...]
    lines: dict[str, tuple[Line, ...]]
    crowds: tuple[Crowd, ...] = ()

    def count(self, site: str, *kinds: str) -> int:
        """Return how many changes of some kinds a paper made."""
        return sum(self.numbers.get(site, {}).get(kind, 0) for kind in kinds)

    def total(self, kind: str) -> int:
        """Return how many changes of a kind all papers made."""
        return sum(numbers.get(kind, 0) for numbers in self.numbers.values())


def gather_changes(db: sqlite3.Connection, papers: Sequence[Paper], span: Span) -> Changes:
    """Count the changes of the report's days, compare the words of those that will be shown.

    A removal counts from the day on which it was believed, as in `khobao changes`.
    """
    zones = {paper.site: paper.zone for paper in papers}
    earliest = datetime.combine(span.since, time(), UTC) - timedelta(
        hours=14
    )  # the first to see it
    numbers: dict[str, Counter[str]] = {}
    found: dict[str, list[int]] = {kind: [] for kind in CHANGES}
    by_site: dict[str, list[int]] = {}
    moved: dict[str, list[int]] = {}
    order: dict[int, int] = {}  # newest first
    for rowid, at, kind, site, believed_at in db.execute(
        _LIST, {"earliest": to_text(earliest), "now": to_text(span.now)}
    ):
        day = from_text(max(at, believed_at or at)).astimezone(zones.get(site, UTC)).date()
        if day >= span.since and site in zones:
            numbers.setdefault(site, Counter())[kind] += 1
            order[rowid] = len(order)
            found[kind].append(rowid)
            (moved if kind == "moved" else by_site).setdefault(site, []).append(rowid)
    crowds = gather_crowds(db, moved)
    for site, rowids in moved.items():  # behind what else happened, where they are many
        by_site.setdefault(site, []).extend(rowids)
        if site not in crowds:
            by_site[site].sort(key=order.__getitem__)
    folded = {rowid for site in crowds for rowid in moved[site]}
    found["moved"] = [rowid for rowid in found["moved"] if rowid not in folded]
    shown = [_load(db, rowid) for kind in (*FIRST, *LATER) for rowid in found[kind][:SHOWN]]
    newest = sorted(shown[:SHOWN], key=lambda row: (row["at"], row["site"], row["url"]))
    return Changes(
        {site: dict(counter) for site, counter in sorted(numbers.items())},
        tuple(_make_change(db, row) for row in reversed(newest)),
        load_lines(db, by_site),
        tuple(crowds.values()),
    )


def _load(db: sqlite3.Connection, rowid: int) -> dict[str, Any]:
    cursor = db.execute(_LOAD, (rowid,))
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    return {**row, "detail": json.loads(row["detail"])}


def _make_change(db: sqlite3.Connection, row: dict[str, Any]) -> Change:
    pieces = _compare(db, row) if row["from_version"] and row["to_version"] else []
    return Change(
        from_text(row["at"]),
        *(row["kind"], row["site"], row["article_id"], row["url"], row["title"]),
        *(row["from_version"], row["to_version"], row["detail"]),
        *(row["warc_file"], row["warc_offset"], row["record_id"]),
        tuple(pieces[:SENTENCES]),
        len(pieces),
    )


def _compare(db: sqlite3.Connection, row: dict[str, Any]) -> list[Piece]:
    """Return the sentences of headline, lead and body that differ."""
    texts = [
        db.execute(
            "SELECT title, lead, body FROM versions WHERE article_id = ? AND version = ?",
            (row["article_id"], version),
        ).fetchone()
        for version in (row["from_version"], row["to_version"])
    ]
    if None in texts or texts[0] == texts[1]:
        return []
    old, new = ("\n".join(filter(None, (t.replace("\n", " "), lead, b))) for t, lead, b in texts)
    return [piece for piece in diff(old, new) if piece.kind != "kept"]


# -- how it is drawn ------------------------------------------------------------------------------


def draw_changes(changes: Changes, papers: Sequence[Paper], span: Span, tongue: Tongue) -> Html:
    """Draw the section: how many of each kind, then the gravest ones, newest first."""
    known = {paper.site: paper for paper in papers}
    counted = [
        tongue.say(f"changed_{kind}", n=number)
        for kind in CHANGES
        if (number := changes.total(kind))
    ]
    items = [_draw_change(change, known[change.site], tongue) for change in changes.shown]
    crowds = [draw_crowd(crowd, known[crowd.site], span, tongue) for crowd in changes.crowds]
    more = sum(changes.total(kind) for kind in (*FIRST, *LATER)) - len(changes.shown)
    more -= sum(crowd.number for crowd in changes.crowds)
    return tag(
        "section",
        tag("h2", tongue.say("changes")),
        tag("p", ", ".join(counted) if counted else tongue.say("changes_none"), "."),
        tag("ul", crowds, items, cls="changes") if crowds or items else None,
        _tell_more(more, span, tongue) if more > 0 else None,
    )


def _tell_more(more: int, span: Span, tongue: Tongue) -> Html:
    command = code(f"khobao changes --since {span.since}")
    return tag("p", tongue.say("and_more_changes", n=more), " ", command, cls="note")


def _draw_change(change: Change, paper: Paper, tongue: Tongue) -> Html:
    head: list[Part] = [
        tag("span", tongue.say(f"kind_{change.kind}"), cls="kind"),
        " · ",
        link(change.url, name(change.title, 140)),
        " ",
        tag("span", name(paper.name, 40), ", ", tongue.clock(change.at, paper.zone), cls="soft"),
    ]
    evidence = _tell_evidence(change, paper, tongue)
    quotes = [_draw_piece(piece, tongue) for piece in change.pieces]
    hidden = change.all - len(change.pieces)
    if hidden:
        quotes.append(tag("p", tongue.say("and_more_sentences", n=hidden), cls="note"))
    return tag(
        "li",
        tag("div", head),
        tag("p", evidence) if evidence else None,
        tag("blockquote", quotes) if quotes else None,
        _cite(change, tongue),
        id=f"change-{change.article_id}-{change.after or 0}-{change.at:%Y%m%dT%H%M%S}",
    )


def _tell_evidence(change: Change, paper: Paper, tongue: Tongue) -> Part:
    """What is known of a change that is none of words."""
    detail = change.detail
    if change.kind == "removed" and "sign" in detail and "believed_at" in detail:
        believed = tongue.clock(from_text(str(detail["believed_at"])), paper.zone)
        return tongue.say("removed_sign", sign=clip(str(detail["sign"]), 120), believed=believed)
    if change.kind == "moved" and "to" in detail:
        target = str(detail["to"])
        return (tongue.say("moved_to"), " ", link(target, name(target)))
    return "; ".join(_tell_beside(detail, tongue)) or None


def _tell_beside(detail: dict[str, Any], tongue: Tongue) -> Iterator[str]:
    """What changed beside the words: "byline: A → B"."""
    for field in detail.get("fields", ()):
        for before, after in detail[field]:
            yield f"{tongue.say(f'field_{field}')}: {clip(before, 120)} → {clip(after, 120)}"


def _draw_piece(piece: Piece, tongue: Tongue) -> Html:
    """Draw a sentence with what went struck out and what came underlined."""
    del tongue
    said: list[Part] = []
    marks = {"added": "ins", "removed": "del"}
    if piece.words:
        for edit in piece.words:
            words = clip(edit.text, LETTERS)
            said += [tag(marks[edit.kind], words) if edit.kind in marks else words, " "]
    else:
        if piece.before:
            said.append(tag("del", clip(piece.before, LETTERS)))
        if piece.after:
            said += [" ", tag("ins", clip(piece.after, LETTERS))]
    return tag("p", tag("bdi", said, dir="auto"))


def _cite(change: Change, tongue: Tongue) -> Html:
    """Name the capture that proves it, and the commands that show the words."""
    show = f"khobao show {change.article_id} --version"
    commands = [
        f"{tongue.say(side)} {code(f'{show} {number}')}"
        for side, number in (("words_before", change.before), ("words_after", change.after))
        if number and (side == "words_before" or number != change.before)
    ]
    cited = tongue.say("cited", file=change.warc_file, offset=str(change.warc_offset))
    shown = Html(f" {', '.join(commands)}." if commands else "")
    return tag("p", cited, " ", change.record_id.strip("<>"), ".", shown, cls="note")

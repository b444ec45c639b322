"""Holds the ledger against the truth: told rightly, late, wrong, missed, invented, by class.

happened   turns that a crawl could have seen
right      the class, with an ``at`` of the first night on which it was to be seen
late       the class, with an ``at`` of a later night and a ``since`` before it happened
unasked    no answer of that address has come since: the crawl's rhythm, not an oversight
wrong      another class
missed     asked since, and nothing told
invented   a row for which nothing happened
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from archive.instants import from_text, to_text

from .live import Lived, list_spells
from .piece import TOLD, WORDS, Piece, Turn
from .plot import DAY
from .troubles import BLIND

TEXTUAL = ("cosmetic", "headline", "text", "correction")
VERDICTS = ("happened", "right", "late", "unasked", "wrong", "missed", "invented")
NEAR = timedelta(hours=20)
BELIEF = 4  # nights from a removal to its belief, and one to spare


@dataclass
class Score:
    """What came of one quarter."""

    table: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # all that is neither right nor unasked
    late: list[float] = field(default_factory=list)  # days
    missing: list[str] = field(default_factory=list)  # pieces that no night brought

    def add(self, kind: str, verdict: str, note: str = "") -> None:
        """Count a verdict; one that needs a look with its note."""
        counts = self.table.setdefault(kind, Counter())
        counts[verdict] += 1
        counts["happened"] += verdict != "invented"
        if verdict in ("wrong", "missed", "invented"):
            self.notes.append(f"{verdict} {kind}: {note}")

    def count(self, verdict: str) -> int:
        """Return how often a verdict was given, whatever the class."""
        return sum(counts[verdict] for counts in self.table.values())

    def tell(self) -> str:
        """Return the table."""
        lines = ["".join(name.rjust(10) for name in ("", *VERDICTS))]
        for kind, counts in self.table.items():
            lines.append(kind.rjust(10) + "".join(str(counts[name]).rjust(10) for name in VERDICTS))
        if self.late:
            lines.append(f"late by {sum(self.late) / len(self.late):.1f} days on average")
        return "\n".join(lines)


@dataclass
class Row:
    """A row of `khobao changes`."""

    at: datetime
    kind: str
    url: str
    detail: dict[str, Any]
    is_used: bool = False

    @property
    def since(self) -> datetime | None:
        """When it was last seen to be otherwise."""
        return from_text(self.detail["since"]) if self.detail.get("since") else None


def judge_changes(lived: Lived) -> Score:
    """Return how the changes of a quarter were told."""
    score = Score()
    rows = read_rows(lived)
    for paper in lived.papers.values():
        for piece in paper.pieces:
            own = rows.pop((paper.key, piece.number), [])
            _judge_piece(lived, score, piece, own)
    for (key, number), left in rows.items():
        for row in left:
            score.add(row.kind, "invented", f"{key} {number} {row.at} {row.url}")
    return score


def read_rows(lived: Lived) -> dict[tuple[str, int], list[Row]]:
    """Return the ledger's rows by piece."""
    found: dict[tuple[str, int], list[Row]] = {}
    said = lived.vault.run("changes", "--since", "2025", "--json")
    for line in said.splitlines():
        data = json.loads(line)
        row = Row(from_text(data["at"]), data["kind"], data["url"], data["detail"])
        found.setdefault(name_piece(lived, row.url), []).append(row)
    return found


def name_piece(lived: Lived, url: str) -> tuple[str, int]:
    """Return paper and number of the piece at an address."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    for paper in lived.papers.values():
        if paper.base == f"{parts.scheme}://{parts.netloc}" and (found := paper.find(path)):
            return found.paper, found.number
    return url, 0


def find_visible(lived: Lived, key: str, at: datetime) -> int | None:
    """Return the first night on which something of an instant could be seen, None if none."""
    ends = lived.plan.merge if key == "cuabien" else None
    for night in range(ends or lived.plan.span.nights):
        names = {spell.name for spell in list_spells(lived.plan.spells, key, night)}
        if lived.now(night) >= at and not names & BLIND and night not in lived.plan.kills:
            return night
    return None


def _judge_piece(lived: Lived, score: Score, piece: Piece, rows: list[Row]) -> None:
    held = find_visible(lived, piece.paper, piece.at)
    if held is None or not piece.is_there(lived.now(held)):
        _note_rest(lived, score, piece, rows)
        return
    if piece.at > lived.now(0) and not _is_held(lived, piece):  # what was before is for a backfill
        score.missing.append(f"{piece.paper} {piece.number} of {piece.at}")
    for turn in piece.turns:
        night = find_visible(lived, piece.paper, turn.at)
        if turn.at > lived.now(held) and night is not None:
            _judge_turn(lived, score, piece, turn, night, rows)
    _note_rest(lived, score, piece, rows)


def _judge_turn(
    lived: Lived, score: Score, piece: Piece, turn: Turn, night: int, rows: list[Row]
) -> None:
    wanted = TOLD.get(turn.kind, turn.kind)
    name = f"{piece.paper} {piece.number} {turn.at:%m-%d %H:%M} (night {night}) {turn.way or ''}"
    if wanted is None:
        score.add(turn.kind, "right")
        return
    if turn.kind == "back" and not any(row.kind == "removed" for row in rows):
        return  # it was away too short, or nobody had seen that it was
    same = [row for row in rows if not row.is_used and _is_alike(row, turn)]
    near = [row for row in same if row.at >= turn.at - timedelta(minutes=1)]
    if near:
        row = min(near, key=lambda row: row.at)
        row.is_used = True
        late = row.at - lived.now(night)
        if row.kind != wanted:
            score.add(turn.kind, "wrong", f"{name}: {row.kind} {row.detail}")
        elif late < NEAR:
            score.add(turn.kind, "right")
        else:
            score.add(turn.kind, "late")
            score.late.append(late / DAY)
        return
    asked = _list_asked(lived, piece, turn.at)
    if turn.kind == "removed" and (
        len(asked) < BELIEF - 1 or night > lived.plan.span.nights - BELIEF
    ):
        score.add(turn.kind, "unasked")
    else:
        score.add(turn.kind, "missed" if asked else "unasked", f"{name} asked {asked[:4]}")


def _is_alike(row: Row, turn: Turn) -> bool:
    if turn.kind in WORDS:
        return row.kind in TEXTUAL
    return row.kind == turn.kind


def _note_rest(lived: Lived, score: Score, piece: Piece, rows: list[Row]) -> None:
    """What nothing happened for; moves of the whole paper happened."""
    for row in rows:
        if row.is_used:
            continue
        if row.kind == "moved" and _is_rebuilt(lived, piece, row.at):
            score.add("rebuilt", "right")
            continue
        turns = [f"{turn.kind} {turn.at:%m-%d %H:%M}" for turn in piece.turns]
        score.add(
            row.kind,
            "invented",
            f"{piece.paper} {piece.number} at {row.at}, true {turns}, {row.detail} {row.url}",
        )


def _is_rebuilt(lived: Lived, piece: Piece, at: datetime) -> bool:
    paper = lived.papers[piece.paper]
    moved = getattr(paper, "rebuilt", None) or getattr(paper, "merged", None)
    return moved is not None and at >= moved


def list_urls(lived: Lived, piece: Piece) -> list[str]:
    """Return all addresses that a piece ever had."""
    paper = lived.papers[piece.paper]
    keep, found = paper.now, []
    for night in range(lived.plan.span.nights):
        paper.now = lived.now(night)
        found.append(paper.url(piece))
    paper.now = keep
    if paper.key == "cuabien":
        dawn = lived.papers.get("banmai")
        slugs = {piece.slug, *(turn.slug for turn in piece.turns if turn.slug)}
        found += [f"{dawn.base}/cua-bien/{s}-{piece.number}.html" for s in slugs if dawn]
    return list(dict.fromkeys(found))


def _list_asked(lived: Lived, piece: Piece, since: datetime) -> list[tuple[str, int]]:
    urls = list_urls(lived, piece)
    marks = ",".join("?" * len(urls))
    return lived.vault.query(
        f"SELECT captured_at, status FROM captures WHERE url IN ({marks}) AND captured_at >= ? "
        "AND status IN (200, 301, 302, 304, 404, 410) ORDER BY captured_at",
        *urls,
        to_text(since),
    )


def _is_held(lived: Lived, piece: Piece) -> bool:
    urls = list_urls(lived, piece)
    marks = ",".join("?" * len(urls))
    query = f"SELECT 1 FROM addresses WHERE url IN ({marks}) AND article_id IS NOT NULL"
    return bool(lived.vault.query(query, *urls))


def judge_health(lived: Lived) -> Score:
    """Return how the troubles of a quarter were told, night by night."""
    score = Score()
    for said in lived.nights:
        if said.night in lived.plan.kills:
            continue
        for key in lived.papers:
            told = " ".join(said.problems.get(key, ())) + " " + said.outcomes.get(key, "nothing")
            spells = list_spells(lived.plan.spells, key, said.night)
            for kind, verdict, note in _judge_night(told.strip(), spells):
                score.add(kind, verdict, f"{key} night {said.night}: {note}")
    return score


def _judge_night(told: str, spells: list[Any]) -> Iterator[tuple[str, str, str]]:
    is_quiet = told == "finished"
    for spell in spells:
        if is_quiet:
            yield spell.name, "missed" if spell.kinds else "right", told
        else:
            right = not spell.kinds or any(kind in told for kind in spell.kinds)
            yield spell.name, "right" if right else "wrong", told
    if not spells:
        yield "sound", "right" if is_quiet else "invented", told

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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from archive.instants import from_text, to_text

from .live import Lived, list_spells
from .piece import BESIDE, TOLD, WORDS, Piece, Turn, Words
from .plot import DAY
from .troubles import BLIND

TEXTUAL = ("cosmetic", "headline", "text", "correction")
VERDICTS = ("happened", "right", "late", "unasked", "wrong", "missed", "invented")
NEAR = timedelta(hours=20)
RETURNS = ("back", "reposted")
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
    later = [turn for turn in piece.turns if turn.at > lived.now(held)]
    for turn, wanted in read_turns(lived, piece, later, rows):
        night = find_visible(lived, piece.paper, turn.at)
        if night is not None:
            _judge_turn(lived, score, piece, turn, wanted, night, rows)
    _note_rest(lived, score, piece, rows)


def read_turns(
    lived: Lived, piece: Piece, turns: Sequence[Turn], rows: Sequence[Row]
) -> Iterator[tuple[Turn, str | None]]:
    """Yield what happened as the nights could see it, with the class the ledger is to give it.

    Edits between two looks are one; an edit that was taken back before a look is none.
    """
    looks = list_looks(lived, piece)
    together: dict[datetime | None, list[Turn]] = {}
    for turn in turns:
        if turn.kind in WORDS:
            seen = next((at for at in looks if at >= turn.at), None)
            together.setdefault(seen, []).append(turn)
        else:
            yield turn, _name_place(piece, turn, rows)
    for seen, edits in together.items():
        before = piece.say(edits[0].at - timedelta(seconds=1))
        yield edits[-1], merge(before, edits) if seen else name_told(edits[-1])


def merge(before: Words, edits: Sequence[Turn]) -> str | None:
    """Return the class of edits in a row that nobody saw between."""
    told = [name_told(turn) for turn in edits]
    if len(edits) == 1 or edits[-1].words == before:
        return told[-1] if len(edits) == 1 else None
    return next(kind for kind in ("correction", "text", "headline", "cosmetic") if kind in told)


def name_told(turn: Turn) -> str | None:
    """Return what the ledger is to call a turn."""
    return TOLD.get(turn.kind, turn.kind)


def _name_place(piece: Piece, turn: Turn, rows: Sequence[Row]) -> str | None:
    """Return the same of a turn that is none of words. Where addresses hold no number, a piece that
    is put back elsewhere after days is a new one; where they do not change nothing has moved."""
    if turn.kind == "resorted" and piece.paper not in ("banmai", "harbour"):
        return None
    if turn.kind == "byline" and piece.paper == "cuabien":  # whose profile strips it
        return None
    if piece.paper == "harbour" and turn.kind == "reposted":
        return None
    if turn.kind == "reposted" and not any(row.kind == "removed" for row in rows):
        return "moved"
    return name_told(turn)


def _judge_turn(
    lived: Lived,
    score: Score,
    piece: Piece,
    turn: Turn,
    wanted: str | None,
    night: int,
    rows: list[Row],
) -> None:
    name = f"{piece.paper} {piece.number} {turn.at:%m-%d %H:%M} (night {night}) {turn.way or ''}"
    if wanted is None:
        score.add(turn.kind, "right")
        return
    if turn.kind == "back" and not any(row.kind == "removed" for row in rows):
        return  # it was away too short, or nobody had seen that it was
    same = [row for row in rows if not row.is_used and _is_alike(row, turn, wanted)]
    near = [row for row in same if row.at >= turn.at - timedelta(minutes=1)]
    if near:
        row = min(near, key=lambda row: row.at)
        row.is_used = True
        for other in rows if turn.kind == "reposted" else ():  # back, and at another address
            other.is_used |= other.kind == "moved" and other.at == row.at
        late = row.at - lived.now(night)
        if row.kind != wanted:
            score.add(turn.kind, "wrong", f"{name}: {row.kind} {row.detail}")
        elif late < NEAR:
            score.add(turn.kind, "right")
        else:
            score.add(turn.kind, "late")
            score.late.append(late / DAY)
        return
    until = next((t.at for t in piece.turns if t.at > turn.at and t.kind in RETURNS), None)
    asked = _list_asked(lived, piece, turn.at, until)
    if turn.kind in (*WORDS, *BESIDE):
        asked = [(to_text(at), 200) for at in list_looks(lived, piece) if at >= turn.at]
    if wanted == "removed" or any(status in (404, 410) for _, status in asked):  # to be believed
        asked = [(at, status) for at, status in asked if not _is_walled(lived, piece, at)]
        if len(asked) < BELIEF - 1 or night > lived.plan.span.nights - BELIEF:
            asked = []
    if not asked:
        score.add(turn.kind, "unasked")
    else:
        score.add(turn.kind, "missed", f"{name} asked {asked[:4]}")


def _is_alike(row: Row, turn: Turn, wanted: str) -> bool:
    if turn.kind in WORDS:
        return row.kind in TEXTUAL
    return row.kind == wanted


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


def _list_asked(
    lived: Lived, piece: Piece, since: datetime, until: datetime | None = None
) -> list[tuple[str, int]]:
    urls = list_urls(lived, piece)
    marks = ",".join("?" * len(urls))
    return lived.vault.query(
        f"SELECT captured_at, status FROM captures WHERE url IN ({marks}) AND captured_at >= ? "
        "AND captured_at < ? AND status IN (200, 301, 302, 304, 404, 410) ORDER BY captured_at",
        *urls,
        to_text(since),
        to_text(until) if until else "9",
    )


def list_looks(lived: Lived, piece: Piece) -> list[datetime]:
    """Return the nights (their instants) on which the page of a piece itself was answered."""
    asked = _list_asked(lived, piece, lived.now(0))
    answered = [from_text(at) for at, status in asked if status in (200, 304)]
    found = []
    for night in range(lived.plan.span.nights):
        begins, ends = lived.now(night), lived.now(night) + timedelta(hours=12)
        if _is_behind_wall(lived, piece, night) or not piece.is_there(begins):
            continue
        if any(begins <= at < ends for at in answered):
            found.append(begins)
    return found


def _is_walled(lived: Lived, piece: Piece, at: str) -> bool:
    """Say whether an answer of that instant was a captcha's."""
    nights = range(lived.plan.span.nights)
    night = max((n for n in nights if lived.now(n) <= from_text(at)), default=0)
    return _is_behind_wall(lived, piece, night)


def _is_behind_wall(lived: Lived, piece: Piece, night: int) -> bool:
    spells = list_spells(lived.plan.spells, piece.paper, night)
    return bool({spell.name for spell in spells} & {"walled", "guarded"})


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
        else:  # who names no kind says that nothing is to be told
            right = any(kind in told for kind in spell.kinds)
            yield spell.name, "right" if right else "wrong", told
    if not spells:
        yield "sound", "right" if is_quiet else "invented", told

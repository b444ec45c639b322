"""Holds `khobao completeness` against the truth: each paper's days, what was announced and held.

A day's announced articles are the pieces that came out on it and stood on a list on a night when
the paper could be seen. ``sure`` must be counted and held; ``may`` are those that came and went
between two nights, or came out on the night itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .judge import find_visible
from .live import HIDING, Lived, Said, list_spells
from .piece import Piece


@dataclass
class Day:
    """How many pieces of a paper's day there were."""

    sure: list[Piece] = field(default_factory=list)
    may: list[Piece] = field(default_factory=list)


def judge_complete(lived: Lived) -> list[str]:
    """Return what the completeness ledger says that is not so, a line each."""
    since = lived.plan.span.first.isoformat()
    said = lived.vault.run("completeness", "--json", "--since", since)
    told = {row["site"]: row for row in map(json.loads, said.splitlines())}
    wrong = []
    for key in lived.papers:
        days = {date.fromisoformat(day["day"]): day for day in told[key]["days"]}
        for on, truth in _count(lived, key).items():
            wrong += [f"{key} {on}: {note}" for note in _compare(days.get(on), truth)]
        wrong += [
            f"{key} {on}: {day['announced']} announced where no piece came out"
            for on, day in days.items()
            if on not in _count(lived, key) and day["announced"] and on > lived.plan.span.first
        ]
    return wrong + [note for said in lived.nights for note in _judge_night(lived, said)]


def _count(lived: Lived, key: str) -> dict[date, Day]:
    """Return a paper's days after that of the first night; what was before is for a backfill."""
    paper, found = lived.papers[key], dict[date, Day]()
    for piece in paper.pieces:
        night = find_visible(lived, key, piece.at)
        said = piece.find_date(lived.now(night or 0))  # what it says when first seen
        on = paper.local(said).date()
        if on <= lived.plan.span.first:
            continue
        day = found.setdefault(on, Day())
        if night is not None and piece.is_there(lived.now(night)):
            day.sure.append(piece)
        elif any(piece.is_there(lived.now(n)) for n in range(len(lived.nights))):
            day.may.append(piece)
    return {on: day for on, day in found.items() if day.sure or day.may}


def _compare(told: dict[str, Any] | None, truth: Day) -> Iterator[str]:
    low, high = len(truth.sure), len(truth.sure) + len(truth.may)
    if told is None:
        if low:
            yield f"no day, {low} pieces came out"
        return
    why = told["why"]
    if not low <= told["announced"] <= high:
        yield f"{told['announced']} announced, {low} to {high} came out {why}"
    if not low <= told["read"] <= high:
        yield f"{told['read']} held, {low} to {high} came out {why}"
    if told["missing"] or told["failed"] or told["refused"]:
        yield f"not held in the end: {why}"


def _judge_night(lived: Lived, said: Said) -> Iterator[str]:
    """What was hidden on a night is announced, and held no sooner than it was seen."""
    for key, told in said.kept.items():
        names = {s.name for s in list_spells(lived.plan.spells, key, said.night)}
        if not names & HIDING:
            continue
        paper, before = lived.papers[key], lived.now(said.night - 1)
        fresh = [p for p in paper.pieces if before < p.at <= said.at and p.is_there(said.at)]
        held, open_ = told["total"]["read"], told["total"]["announced"] - told["total"]["read"]
        if open_ < len(fresh):
            yield (
                f"{key} night {said.night} ({', '.join(names)}): {len(fresh)} pieces were hidden, "
                f"{open_} told to be open, {held} held"
            )
        kinds = " ".join(why["kind"] for why in told["total"]["why"])
        if fresh and "guarded" in names and "captcha" not in kinds and "shut out" not in kinds:
            yield f"{key} night {said.night}: captchas are not among the reasons: {kinds}"

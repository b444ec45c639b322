"""The moves of one relaunch are one thing, over however many nights its old addresses are asked."""

from __future__ import annotations

import json
from datetime import UTC, timedelta

from archive.instants import to_text
from archive.report import span
from archive.report.crowds import LEAST, draw_crowd, gather_crowds
from archive.report.tongue import Tongue
from tests.archive.nightly import BEGUN, Paper

SPRING = ("x.test/tin/2026/bai-{}", "x.test/doc/bai-{}.html")
SLUG = ("x.test/doc/bai-{}.html", "x.test/doc/bai-{}-moi.html")
HOUSE = ("x.test/tin/2026/bai-{}", "y.test/tin/2026/bai-{}")


def move(paper: Paper, night: int, number: int, rule: tuple[str, str]) -> list[int]:
    """Let articles move by a rule on a night; return the rows of the ledger."""
    rowids: list[int] = []
    for place in range(number):
        name = f"{night}-{place}"
        detail = {"from": rule[0].format(name), "to": "https://" + rule[1].format(name)}
        (article,) = paper.db.execute(
            "SELECT id FROM articles ORDER BY id LIMIT 1 OFFSET ?", (len(rowids),)
        ).fetchone()
        at = to_text(BEGUN + timedelta(days=night, seconds=place))
        row = paper.db.execute(
            "INSERT INTO changes (article_id, at, kind, from_version, to_version, capture_id, "
            "detail) VALUES (?, ?, 'moved', 1, 1, ?, ?)",
            (article, at, article + night, json.dumps(detail)),
        )
        rowids.append(row.lastrowid or 0)
    return rowids


def make_paper() -> Paper:
    """A paper with some articles."""
    paper = Paper(rate=30, seed=3)
    paper.run(2, judged=False)
    return paper


def test_the_rest_of_a_relaunch_is_told_as_part_of_it() -> None:
    """Two moves of a later night, by the rule of nine before: the eleven that began then."""
    paper = make_paper()
    first = move(paper, 1, 9, SPRING)
    assert gather_crowds(paper.db, {"suoi": first})["suoi"].began is None
    crowd = gather_crowds(paper.db, {"suoi": move(paper, 9, 2, SPRING)})["suoi"]
    assert (crowd.number, crowd.began) == (2, (BEGUN + timedelta(days=1), 11))


def test_other_moves_are_no_part_of_it() -> None:
    """A slug that was corrected, a later move by another rule, one long after, a few before."""
    paper = make_paper()
    move(paper, 1, 9, SPRING)
    assert gather_crowds(paper.db, {"suoi": move(paper, 2, 2, SLUG)}) == {}
    assert gather_crowds(paper.db, {"suoi": move(paper, 90, 2, SPRING)}) == {}
    other = gather_crowds(paper.db, {"suoi": move(paper, 9, LEAST, HOUSE)})["suoi"]
    assert other.began is None
    few = make_paper()
    move(few, 1, LEAST - 1, SPRING)
    assert gather_crowds(few.db, {"suoi": move(few, 2, 2, SPRING)}) == {}


def test_the_report_says_since_when_and_how_many() -> None:
    """In one line below the rule; each move has its own date in the list."""
    paper = make_paper()
    move(paper, 1, 9, SPRING)
    crowd = gather_crowds(paper.db, {"suoi": move(paper, 9, 2, SPRING)})["suoi"]
    known = span.Paper("suoi", "Báo Suối", None, "vi", UTC)
    days = span.Span(BEGUN.date(), BEGUN.date(), BEGUN)
    drawn = str(draw_crowd(crowd, known, days, Tongue("en")))
    assert "2 articles moved" in drawn and "11 articles so far" in drawn

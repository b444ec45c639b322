"""Tells of a night whose new articles have dates that no paper prints.

    clock   nearly all are dated the very instant of their capture: the page's clock stands where
            the date stood
    ahead   nearly all are dated hours after their capture: a clock or a zone that is wrong
    zone    nearly all have a stamp whose zone the clock that readers see belies
    form    nearly all are written in a form that no earlier article had ("9-9-Y", not "9/9/Y"): an
            alarm where day and month are numbers, whose order may be another now; else a note

None can happen, so the first such night is told, without a habit: a few articles of one night
are enough. A paper that has always done so (it dates for tomorrow's print) is left alone. Rejected:
one article of a night (news comes out in the minute in which it is asked for).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median

from archive.finding import Finding, Health
from archive.nights import Night, Piece

LEAST, MOST = 3, 0.75  # new articles of a night, and the share of them
_NUMERIC = re.compile(r"9\s?[/.-]\s?9\s?[/.-]\s?Y")
KNOWN, HABIT = 5, 0.5  # earlier articles, and the share of them that makes it a habit


def judge_dates(nights: Sequence[Night], health: Health) -> None:
    """Judge the dates of the last night's new articles; ``nights``: newest first."""
    remedy = (
        "look at one with `khobao show --explain`: where the page's own date stands elsewhere, "
        f"correct read.date in the profile, then `khobao reread {health.site} --since "
        f"{nights[0].started_at[:10]}`; else it mends itself when the paper does"
    )
    if told := _count(nights, lambda piece: piece.is_clock):
        words = f"{told[0]} of {told[1]} new articles were dated the instant of their capture"
        health.findings.append(Finding("dating", words, remedy))
    if told := _count(nights, lambda piece: piece.hours > 0):
        hours = median(piece.hours for piece in nights[0].pieces if piece.hours)
        words = f"{told[0]} of {told[1]} new articles were dated {hours:.0f} hours ahead"
        health.findings.append(Finding("dating", words, remedy))
    is_new = _count(nights, lambda piece: piece.is_zoned)
    if told := is_new or _count(nights[:1], lambda piece: piece.is_zoned):
        words = f"{told[0]} of {told[1]} new articles had a stamp whose zone their clock belies"
        remedy = (
            "look at one with `khobao show --explain`: if the zone is false, set read.local_stamps "
            f"in the profile, then `khobao reread {health.site}`; if the page shows UTC, set it "
            "to []"
        )
        (health.findings if is_new else health.notes).append(Finding("dating", words, remedy))
    _judge_form(nights, health, remedy)


def _judge_form(nights: Sequence[Night], health: Health, remedy: str) -> None:
    """Tell of a form of dates that the paper did not have, in its first night."""
    before = [piece.form for night in nights[1:] for piece in night.pieces if piece.form]
    known = set(before)
    told = _count(nights[:1], lambda piece: bool(piece.form) and piece.form not in known)
    if told is None or len(before) < KNOWN:
        return
    words = f"{told[0]} of {told[1]} new articles had their date in a form never seen before"
    forms = (piece.form for piece in nights[0].pieces if piece.form not in known)
    is_numeric = any(map(_NUMERIC.search, forms))
    (health.findings if is_numeric else health.notes).append(Finding("dating", words, remedy))


def _count(nights: Sequence[Night], is_bad: Callable[[Piece], bool]) -> tuple[int, int] | None:
    """Return how many of the last night's articles are bad, and of how many; None for no news."""
    bad, seen = sum(map(is_bad, nights[0].pieces)), len(nights[0].pieces)
    if bad < max(LEAST, MOST * seen):
        return None
    before = [piece for night in nights[1:] for piece in night.pieces]
    if len(before) >= KNOWN and sum(map(is_bad, before)) >= HABIT * len(before):
        return None
    return bad, seen

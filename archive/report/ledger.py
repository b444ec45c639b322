"""What a paper announced in the report's days, and what came of it (archive/completeness.py)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.completeness import count_span
from archive.fates import FATES
from archive.report.chart import draw_bar
from archive.report.markup import Html, Part, escape, tag
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue
from archive.unseen import Estimate

REASONS = 6  # that are named, the most frequent first
LATER = ("missing", "failed")  # what a backfill may still bring


@dataclass(frozen=True, slots=True)
class Ledger:
    """Articles announced, by fate and by reason; ``unseen``: what no channel announced."""

    announced: int
    fetched: int
    fates: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, str, int], ...]  # fate, kind, number
    unseen: Estimate | None

    @property
    def later(self) -> int:
        """How many a backfill may still bring."""
        return sum(number for fate, number in self.fates if fate in LATER)


def gather_ledger(db: sqlite3.Connection, paper: Paper, span: Span) -> Ledger:
    """Count what a paper announced under the days of the report."""
    total = count_span(db, paper.site, span.since, span.until)
    kinds = sorted(total.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    return Ledger(
        total.announced,
        total.fetched,
        tuple((fate, total.fates[fate]) for fate in FATES),
        tuple((fate, kind, number) for (fate, kind), number in kinds),
        total.unseen,
    )


def tell_ledger(ledger: Ledger, tongue: Tongue) -> Part:
    """Draw a paper's line: a bar, its parts in words, reasons, the estimate."""
    if not ledger.announced:
        return tongue.say("ledger_none")
    counts = [
        (tongue.say(f"fate_{fate}", n=number), fate, number)
        for fate, number in ledger.fates
        if number
    ]
    words = tongue.say("ledger_line", n=ledger.announced, fetched=ledger.fetched)
    parts: list[Part] = []
    for said, fate, _ in counts:
        parts += [", " if parts else None, _draw_key(fate), said]
    bar = draw_bar(
        [(f"s-{fate}", number) for _, fate, number in counts],
        f"{words} {', '.join(said for said, _, _ in counts)}",
    )
    return [
        words,
        " ",
        parts,
        ".",
        bar,
        _tell_reasons(ledger, tongue),
        _tell_unseen(ledger, tongue),
    ]


def _draw_key(fate: str) -> Html:
    """The colour of a part of the bar; the word beside it says the same."""
    return Html(
        f'<svg class="key" viewBox="0 0 10 10" aria-hidden="true">'
        f'<rect class="s-{escape(fate)}" width="10" height="10"/></svg>'
    )


def _tell_reasons(ledger: Ledger, tongue: Tongue) -> Part:
    """Name the reasons of what was not read."""
    named = [reason for reason in ledger.reasons if reason[0] != "read"]
    if not named:
        return None
    words = [
        f"{tongue.find(f'fate_name_{fate}', fate)} ({tongue.name(kind)}) {tongue.number(number)}"
        for fate, kind, number in named[:REASONS]
    ]
    more = f" {tongue.say('and_more_reasons', n=len(named) - REASONS)}" if named[REASONS:] else ""
    return tag("p", tongue.say("ledger_why", reasons=", ".join(words) + more), cls="note")


def _tell_unseen(ledger: Ledger, tongue: Tongue) -> Html:
    """Say how many were never announced, or why nobody can tell."""
    found = ledger.unseen
    if found is None or found.unseen is None or found.low is None or found.high is None:
        why = found.words if found else ""
        said = "; ".join(tongue.sentence(part) or part for part in why.split("; ") if part)
        return tag("p", tongue.say("unseen_none"), f" ({said})." if said else ".", cls="note")
    return tag(
        "p",
        tongue.say(
            "unseen",
            n=round(found.unseen),
            low=tongue.short(round(found.low)),
            high=tongue.short(round(found.high)),
            channels=", ".join(name_channel(channel, tongue) for channel in found.channels),
        ),
        cls="note",
    )


def name_channel(channel: str, tongue: Tongue) -> str:
    """Return a channel's name; joined ones are joined again."""
    return "+".join(tongue.find(f"channel_{part}", part) for part in channel.split("+"))

"""What to do next: an ordered list of steps, made of the facts alone.

Order: papers that are broken (each night loses articles for good), the disk, files of a crash, what
can be fetched later, what is only odd.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from archive.report.facts import Facts, PaperFacts
from archive.report.tongue import Tongue

SOON = timedelta(days=90)  # a disk is not bought in a week
NAMED = 5  # papers of one step; the page's table has all


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, in words; ``command`` is what to type, where there is such a thing."""

    words: str
    command: str | None = None
    site: str | None = None  # the paper's part of the page
    paper: str = ""  # its title, which goes before the words

    @property
    def line(self) -> str:
        """The step as one line of text."""
        before = f"{self.paper}: " if self.paper else ""
        after = f" `{self.command}`" if self.command else ""
        return f"{before}{self.words}{after}"


def advise(facts: Facts, tongue: Tongue) -> tuple[Step, ...]:
    """Return the steps in the order in which they are worth it."""
    return (
        *_mend(facts, tongue),
        *_make_room(facts, tongue),
        *_look_at_torn(facts, tongue),
        *_fetch_later(facts, tongue),
        *_ask_less(facts, tongue),
        *_correct_dates(facts, tongue),
    )


def _mend(facts: Facts, tongue: Tongue) -> list[Step]:
    """A step a fault; papers of which the same is said share it: one run that was killed, one line
    that was down."""
    found: dict[str, list[PaperFacts]] = {}
    for paper in facts.broken:
        for fault in paper.faults:
            words = tongue.sentence(fault.words) or fault.words
            remedy = (tongue.sentence(fault.remedy) or fault.remedy) if fault.remedy else ""
            papers = found.setdefault(f"{words}; {remedy}" if remedy else words, [])
            if paper not in papers:
                papers.append(paper)
    return [
        Step(
            said,
            None,
            papers[0].paper.site if len(papers) == 1 else None,
            name_papers(papers, tongue),
        )
        for said, papers in found.items()
    ]


def _make_room(facts: Facts, tongue: Tongue) -> list[Step]:
    end = facts.room.find_end(facts.span.until)
    if end is None or end - facts.span.until > SOON:
        return []
    return [Step(tongue.say("step_disk", day=tongue.day(end)))]


def _look_at_torn(facts: Facts, tongue: Tongue) -> list[Step]:
    if not facts.room.torn:
        return []
    words = tongue.say("step_torn", n=len(facts.room.torn), name=facts.room.torn[0])
    return [Step(words, "khobao verify")]


def _fetch_later(facts: Facts, tongue: Tongue) -> list[Step]:
    """What was announced and not fetched, paper by paper, the most first."""
    found = sorted(
        (paper for paper in facts.papers if paper.ledger.later),
        key=lambda paper: (-paper.ledger.later, paper.paper.site),
    )
    steps = [
        Step(
            tongue.say("step_backfill", n=paper.ledger.later),
            f"khobao backfill {paper.paper.site} --from {facts.span.since}",
            paper.paper.site,
            paper.paper.name,
        )
        for paper in found[:NAMED]
    ]
    more = len(found) - NAMED
    if more > 0:
        words = tongue.say("step_backfill_more", n=more)
        steps.append(Step(words, f"khobao completeness --since {facts.span.since}"))
    return steps


def _ask_less(facts: Facts, tongue: Tongue) -> list[Step]:
    found = [
        paper for paper in facts.papers if any(not asked.kept for asked in paper.manners.asked)
    ]
    return [Step(tongue.say("step_slower", papers=name_papers(found, tongue)))] if found else []


def _correct_dates(facts: Facts, tongue: Tongue) -> list[Step]:
    found = [paper for paper in facts.papers if paper.freshness.ahead]
    number = sum(paper.freshness.ahead for paper in found)
    words = tongue.say("step_dates", n=number, papers=name_papers(found, tongue))
    return [Step(words)] if found else []


def name_papers(papers: list[PaperFacts], tongue: Tongue) -> str:
    """Return the titles of the first few papers, and how many more there are."""
    titles = [paper.paper.name for paper in papers[:NAMED]]
    more = len(papers) - NAMED
    return ", ".join(titles) + (f" {tongue.say('and_more', n=more)}" if more > 0 else "")

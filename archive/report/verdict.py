"""The first line of a report: whether all is well, and if not, which paper is broken and how."""

from __future__ import annotations

from dataclasses import dataclass

from archive.report.advice import Step
from archive.report.facts import Facts
from archive.report.faults import Fault
from archive.report.tongue import Tongue


@dataclass(frozen=True, slots=True)
class Verdict:
    """``head`` is the first line; ``remedy`` what to do about it; ``well``: no paper is broken."""

    head: str
    remedy: str
    well: bool


def judge(facts: Facts, steps: tuple[Step, ...], tongue: Tongue) -> Verdict:
    """Return the first line: the gravest fault of the largest broken paper, or that all is well."""
    broken = facts.broken
    if broken:
        first = broken[0]
        words, remedy = translate(first.faults[0], tongue)
        said = tongue.say("fault", paper=first.paper.name, words=words)
        if len(broken) > 1:
            count = tongue.say("broken", n=len(broken), all=len(facts.papers))
            said = f"{count}. {tongue.say('of_paper', paper=first.paper.name, words=words)}"
        return Verdict(f"{said}.", remedy, False)
    if not facts.papers:
        return Verdict(tongue.say("none_held"), "", True)
    return Verdict(f"{tongue.say('well_but' if steps else 'all_well')}.", "", True)


def translate(fault: Fault, tongue: Tongue) -> tuple[str, str]:
    """Return a fault's words and remedy, in English where no other words are known."""
    words = tongue.sentence(fault.words) or fault.words
    return words, (tongue.sentence(fault.remedy) or fault.remedy) if fault.remedy else ""

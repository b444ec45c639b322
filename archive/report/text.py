"""The report as a short text for mail: the first line says whether all is well."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from archive.report.advice import advise
from archive.report.facts import Facts, PaperFacts
from archive.report.markup import clip
from archive.report.page import tell_span
from archive.report.spells import say_end, say_words
from archive.report.storage import tell_room
from archive.report.tongue import Language, Tongue
from archive.report.verdict import judge, translate

WIDE = 78
STEPS = 12  # a mail is short; the page has all
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def write_text(facts: Facts, language: Language = "en") -> str:
    """Return the report as lines of plain text, ending in a newline."""
    tongue = Tongue(language)
    return "".join(f"{line}\n" for line in _list_lines(facts, tongue))


def _list_lines(facts: Facts, tongue: Tongue) -> Iterator[str]:
    steps = advise(facts, tongue)
    verdict = judge(facts, steps, tongue)
    yield clean(verdict.head, 400)
    if verdict.remedy:
        yield from _wrap(tongue.say("what_to_do", remedy=verdict.remedy))
    yield tell_span(facts, tongue)
    if steps:
        yield ""
        yield tongue.say("next")
    for number, step in enumerate(steps[:STEPS], 1):
        yield from _wrap(step.line, f"{number}. ")
    if len(steps) > STEPS:
        yield f"({tongue.say('and_more_steps', n=len(steps) - STEPS)})"
    if facts.papers:
        yield ""
        yield from _list_papers(facts, tongue)
    if any(paper.notes for paper in facts.papers):
        yield ""
        yield from _list_notes(facts, tongue)
    if facts.spells:
        yield ""
        yield from _list_spells(facts, tongue)
    yield ""
    yield from _wrap(tell_room(facts, tongue))


def _list_papers(facts: Facts, tongue: Tongue) -> Iterator[str]:
    """A line a paper: its name, articles a day, the last whole day with its band."""
    names = [clean(paper.paper.name, 30) for paper in facts.papers]
    wide = max(map(len, names))
    for name, paper in zip(names, facts.papers, strict=True):
        yield f"{name:<{wide}}  {_tell_paper(paper, tongue)}"


def _list_notes(facts: Facts, tongue: Tongue) -> Iterator[str]:
    """A line or two a note: which paper, what is worth a look there."""
    yield tongue.say("notes")
    told = [(paper.paper.name, note) for paper in facts.papers for note in paper.notes]
    for name, note in told[:STEPS]:
        words, _ = translate(note, tongue)
        yield from _wrap(tongue.say("of_paper", paper=name, words=words), "- ")
    if len(told) > STEPS:
        yield f"({tongue.say('and_more_steps', n=len(told) - STEPS)})"


def _list_spells(facts: Facts, tongue: Tongue) -> Iterator[str]:
    """A line or two a spell: when, which paper, what it told first."""
    yield f"{tongue.say('spells')}:"
    for spell in facts.spells[:STEPS]:
        since = tongue.clock(spell.began_at, spell.paper.zone)
        words = say_words(spell.words[0], tongue)
        more = len(spell.words) - 1
        also = f" {tongue.say('and_more_told', n=more)}" if more else ""
        line = f"{since} ({say_end(spell, tongue)}): {spell.name(tongue)}: {words}{also}"
        yield from _wrap(line, "- ")
    if len(facts.spells) > STEPS:
        yield f"({tongue.say('and_more_steps', n=len(facts.spells) - STEPS)})"


def _tell_paper(paper: PaperFacts, tongue: Tongue) -> str:
    mean, last = paper.volume.mean, paper.volume.last
    said = "–" if mean is None else tongue.short(mean)
    words = f"{said:>6} {tongue.say('per_day')}"
    if last is not None:
        words += f", {tongue.short_day(last.day)}: {tongue.number(last.articles)}"
        if last.low is not None and last.high is not None:
            band = tongue.say("range", low=last.low, high=last.high)
            words += f" ({tongue.say('usual')} {band})"
    return f"{words}  {tongue.say('state_broken').upper()}" if paper.broken else words


def clean(text: str, most: int) -> str:
    """Return one line without control characters, among them those that turn its direction."""
    return clip(_CONTROL.sub(" ", text), most)


def _wrap(text: str, lead: str = "") -> list[str]:
    return textwrap.wrap(
        f"{lead}{clean(text, 500)}",
        WIDE,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )

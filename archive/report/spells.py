"""What broke in the report's days, from when to when, whether or not it is mended by now.

A spell is one kind of trouble that crawls of a paper told in a row. The same sentence with other
numbers is the same trouble; a crawl that was killed told nothing, so it neither ends a spell nor is
one of its crawls, and is a trouble of its own. Spells of the same crawls are drawn as one line.

Decision: made of what each crawl told that night. Rejected: judging the past anew (what is usual
has changed since, and a mended profile makes the broken nights look sound).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from archive.health import BROKEN_OFF
from archive.report.faults import ENDED_ILL, split
from archive.report.markup import Html, Part, clip, mark_code, name, tag
from archive.report.nights import Night, Nights
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue, find_pattern

SHOWN = 200
ONE_RUN = timedelta(hours=4)  # within which a run begins its papers, as far as it comes
KILLED = "the crawl was killed before it could say how it ended"


@dataclass(frozen=True, slots=True)
class Spell:
    """Crawls in a row that told the same; ``ended_at``: the first one after them that did not,
    None while it lasts."""

    paper: Paper
    began_at: datetime
    last_at: datetime
    ended_at: datetime | None
    crawls: int
    words: tuple[str, ...]  # in English, as the first of them told it
    others: tuple[Paper, ...] = ()  # that share it: one run that was killed

    def name(self, tongue: Tongue, most: int = 80) -> str:
        """Return the paper's name, and how many others there are."""
        more = f" {tongue.say('and_more', n=len(self.others))}" if self.others else ""
        return f"{clip(self.paper.name, most)}{more}"


def list_spells(paper: Paper, nights: Nights, span: Span) -> list[Spell]:
    """Return the spells of a paper within the report's days, in any order."""
    open_: dict[str, Spell] = {}
    found: list[Spell] = []
    for night in reversed(nights.crawls):
        if night.outcome is None:
            if span.now - night.started_at > BROKEN_OFF or night is not nights.last:
                found.append(_begin(paper, night, KILLED))
            continue
        told = {find_pattern(words): words for words in _list_words(night)}
        for key in [key for key in open_ if key not in told]:
            found.append(replace(open_.pop(key), ended_at=night.started_at))
        for key, words in told.items():
            known = open_.get(key) or replace(_begin(paper, night, words), crawls=0)
            open_[key] = replace(known, last_at=night.started_at, crawls=known.crawls + 1)
    found += [replace(spell, ended_at=None) for spell in open_.values()]
    return _join(found)


def _begin(paper: Paper, night: Night, words: str) -> Spell:
    at = night.started_at
    return Spell(paper, at, at, at, 1, (words,))


def _list_words(night: Night) -> Iterator[str]:
    """Yield what a crawl told; one that could not begin tells how it ended."""
    for problem in night.problems:
        yield split(problem).words
    if night.outcome in ENDED_ILL and not night.problems:
        yield f"the crawl ended as {night.outcome}"


def _join(spells: Sequence[Spell]) -> list[Spell]:
    """Make one of the spells that began and ended with the same crawls."""
    found: dict[tuple[datetime, datetime, datetime | None], Spell] = {}
    for spell in spells:
        key = (spell.began_at, spell.last_at, spell.ended_at)
        known = found.get(key)
        found[key] = replace(known, words=known.words + spell.words) if known else spell
    return list(found.values())


def order_spells(spells: Iterable[Spell]) -> tuple[Spell, ...]:
    """Return the spells of all papers: what lasts first, then the latest."""
    by_name = sorted(_share(spells), key=lambda spell: spell.paper.site)
    return tuple(sorted(by_name, key=lambda s: (s.ended_at is None, s.began_at), reverse=True))


def _share(spells: Iterable[Spell]) -> Iterator[Spell]:
    """Make one of the papers' crawls that were killed together: those begun within ONE_RUN, each
    paper once. The archive does not know runs, only their crawls."""
    killed: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.began_at, spell.paper.site)):
        if spell.words != (KILLED,):
            yield spell
            continue
        first = killed[-1] if killed else None
        here = (first.paper, *first.others) if first else ()
        if first and spell.began_at - first.began_at < ONE_RUN and spell.paper not in here:
            killed[-1] = replace(first, others=(*first.others, spell.paper))
        else:
            killed.append(spell)
    yield from killed


def draw_spells(spells: Sequence[Spell], tongue: Tongue) -> Html | None:
    """Draw the section; nothing where nothing broke."""
    if not spells:
        return None
    heads = ("paper", "spell_since", "spell_until", "spell_told")
    cells = [tag("th", tongue.say(key), scope="col", role="columnheader") for key in heads]
    rows = [_draw_spell(spell, tongue) for spell in spells[:SHOWN]]
    more = len(spells) - SHOWN
    return tag(
        "section",
        tag("h2", tongue.say("spells")),
        tag("p", tongue.say("spells_note"), cls="note"),
        tag(
            "table",
            tag("thead", tag("tr", cells, role="row"), role="rowgroup"),
            tag("tbody", rows, role="rowgroup"),
            cls="wide spells",
            role="table",
        ),
        tag("p", tongue.say("and_more_spells", n=more), cls="note") if more > 0 else None,
    )


def _draw_spell(spell: Spell, tongue: Tongue) -> Html:
    told: list[Part] = [
        tag("li", tag("bdi", mark_code(clip(say_words(words, tongue), 400))))
        for words in spell.words
    ]

    def cell(key: str, words: Part) -> Html:
        return tag("td", tag("span", words), data_label=tongue.say(key), role="cell")

    return tag(
        "tr",
        tag("th", tag("a", name(spell.name(tongue, 60), 80), href=f"#{spell.paper.site}"),
            scope="row", role="rowheader"),
        cell("spell_since", tongue.clock(spell.began_at, spell.paper.zone)),
        cell("spell_until", say_end(spell, tongue)),
        tag("td", tag("ul", told), data_label=tongue.say("spell_told"), role="cell"),
        role="row",
    )  # fmt: skip


def say_words(words: str, tongue: Tongue) -> str:
    """Return what was told, in English where no other words are known."""
    return tongue.sentence(words) or words


def say_end(spell: Spell, tongue: Tongue) -> str:
    """Return when a spell ended, and of how many crawls it was."""
    if spell.ended_at is None:
        return tongue.say("spell_lasts", n=spell.crawls)
    if spell.crawls == 1:
        return tongue.say("spell_once")
    return tongue.say(
        "spell_ended", n=spell.crawls, last=tongue.clock(spell.last_at, spell.paper.zone)
    )

"""Find the clock of the paper for one page, and whether the page's stamps keep to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from crawler.read.dates import parse_date
from crawler.read.facts import Facts, Said
from crawler.read.offsets import find_stamped
from crawler.read.pieces import is_sound
from crawler.read.published import Candidate
from crawler.read.zone import find_spoken_zone, find_zone, infer_offset


def judge_zone(
    facts: Facts,
    said: Said,
    made: Sequence[Candidate],
    seen: Callable[[], Sequence[Candidate]],
    paper: tzinfo,
) -> Collection[str]:
    """The places whose stamps name a false zone: the profile's word, unless the page proves its
    stamp true (some systems write both kinds), else what the page and its capture prove; a doubt is
    a warning."""
    known = said.sheet.site.profile.read.local_stamps
    if known is not None and not known:
        return known
    stated = made if any(parse_date(c.raw) for c in made) else [*made, *seen()]
    facts.stamped = find_stamped(stated, seen, paper)
    verdict = facts.stamped.judge(paper, said.sheet.at) if facts.stamped and paper != UTC else None
    if known:
        return () if verdict == "true" else known
    if facts.stamped is None or verdict is None:
        return ()
    facts.warnings += facts.stamped.warn(verdict)
    return facts.stamped.places if verdict == "false" else ()


def find_clock(
    facts: Facts, said: Said, made: Iterable[Candidate], seen: Callable[[], Iterable[Candidate]]
) -> tzinfo:
    """The zone of the paper: its profile's, its country's, the one its page shows or speaks."""
    paper = said.sheet.site.timezone
    if said.sheet.site.profile.timezone != "UTC":
        return paper
    if zone := find_zone(said.sheet.host):
        facts.sources["offset"] = "the country's domain"
        return zone
    first = next((moment for c in made if (moment := c.read())), None)
    if first is not None and first.clock is not None and first.zone is UTC:
        shown = (moment for c in seen() if (moment := c.read()))
        if offset := infer_offset(datetime.combine(first.day, first.clock, UTC), shown):
            facts.sources["offset"] = "seen"
            return offset
    if zone := find_spoken_zone("vi" if is_sound(said.head) else said.meta.language):
        facts.sources["offset"] = "the language"
    return zone or UTC

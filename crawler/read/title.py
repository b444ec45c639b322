"""Choose the headline of a page among its JSON-LD, its headings, its OpenGraph and its title.

Alone, on 135 newspaper pages, exact: JSON-LD headline 100 of 119, og:title 89 of 135, first h1 96
of 132 (it can be the logo, a log-in box or a list of sections). So: what the profile names, then
JSON-LD, then the h1 that OpenGraph or the title confirms, then a heading that is the first part
of the title or the last words of the address, then OpenGraph without the site's name (suffix.py).

Where JSON-LD, h1 and title agree against og:title, the page's own words win: og:title is written
for social networks. On half of the newspaper pages where they differ the truth of shared/pages has
og:title all the same, on the hand-made corpora never; a vote of all sources was no better. Two
corrections have evidence of their own: a headline that is a mere beginning of the h1 ("World
Cup"), and a kicker in front of a colon that og:title leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crawler.read.clean import key
from crawler.read.suffix import Names, split_title, strip_site

_CUT = ("...", "…")
_MIN_KEY = 8  # letters: shorter h1 elements are names of sections
_LIKE = 0.7  # of the words of og:title that an h1 must share to be the same headline
_MAX_KICKER = 30  # letters: longer beginnings belong to the sentence
_KICKER = re.compile(rf"^[^:|]{{2,{_MAX_KICKER}}}?(?:\s*[:|]|\s[-–—/])\s+(?=\S)")

Choice = tuple[str, str]  # (title, source)


@dataclass(frozen=True, slots=True)
class Titles:
    """What the places of a page that may hold its headline say."""

    headline: str | None = None  # of its JSON-LD, or marked up as itemprop=headline
    headings: Sequence[str] = ()  # its h1 elements
    smaller: Sequence[str] = ()  # its h2 and h3 elements
    graph: str | None = None  # og:title
    head: str | None = None  # the title element
    slug: str = ""  # the words of the address
    owners: Iterable[str] = field(default=())  # names of the site, its host, the section


def choose_title(said: Titles) -> Choice | None:
    """(title, source) of a page, or None where it names itself nowhere."""
    names = Names.of(said.owners, said.headings, said.slug)
    graph = strip_site(said.graph, names) if said.graph else None
    head = strip_site(said.head, names) if said.head else None
    if said.headline and not said.headline.endswith(_CUT):
        headline = strip_site(said.headline, names)
        found = _lengthen(headline, said.headings, graph) or (headline, "json-ld")
    else:
        found = next(_list_choices(said, names, graph, head), ("", ""))
    return _drop_kicker(found, graph) if found[0] else None


def _lengthen(headline: str, headings: Sequence[str], graph: str | None) -> Choice | None:
    """The h1 of which a headline of JSON-LD is only the beginning; og:title may vouch for it."""
    start, vouched = key(headline), graph is not None and key(graph) == key(headline)
    for heading in headings:
        folded = key(heading)
        if folded.startswith(start) and len(folded) > (2 if vouched else 1) * len(start):
            return heading, "h1"
    return None


def _drop_kicker(found: Choice, graph: str | None) -> Choice:
    """A headline without the kicker that og:title leaves out: "World Cup: A beats B"."""
    title, source = found
    kicker = _KICKER.match(title)
    if kicker and graph and key(title[kicker.end() :]) == key(graph):
        return title[kicker.end() :], f"{source}, without its kicker"
    return found


def _list_choices(
    said: Titles, names: Names, graph: str | None, head: str | None
) -> Iterator[Choice]:
    """What may be the headline where JSON-LD has none or a cut one, in the order of trust."""
    if not any(map(names.in_slug, said.headings)):  # h1 is the site's name, say
        yield from ((heading, "h2, h3") for heading in said.smaller if names.in_slug(heading))
    for words in (graph, head):
        for heading in said.headings:
            if key(heading) in names.owners:
                continue
            if words and len(key(heading)) >= _MIN_KEY and _agree(key(heading), key(words)):
                yield heading, "h1"
    if graph and (like := _find_like(graph, said.headings)):
        yield like, "h1"
    yield from _list_parts(said, names)
    if said.headline:
        start = key(said.headline)[:-1]
        whole = next((h for h in said.headings if start and key(h).startswith(start)), None)
        yield (whole, "h1") if whole else (said.headline, "json-ld")
    if graph:
        yield graph, "meta:og:title"
    if len(said.headings) == 1:
        alone = said.headings[0]
        if len(key(alone)) >= _MIN_KEY and not names.own(alone):
            yield alone, "h1"
    if head:
        yield head, "title"


def _agree(heading: str, words: str) -> bool:
    """Whether an h1 says what the head says: the same, or all but its first or last words."""
    ends = words.startswith(heading) or words.endswith(heading)
    return heading == words or (ends and len(heading) * 2 >= len(words))


def _find_like(graph: str, headings: Sequence[str]) -> str | None:
    """The first of two h1 at most that says at length what og:title says in most of its words."""
    words = set(map(key, graph.split())) - {""}
    for heading in headings[:2]:
        common = words & set(map(key, heading.split()))
        more = not key(heading).endswith(key(graph))  # else og:title has left out a kicker
        if more and len(common) >= 3 and len(common) >= _LIKE * len(words):
            return heading
    return None


def _list_parts(said: Titles, names: Names) -> Iterator[Choice]:
    """Headings that are the first part of the title which is not the site's name, or the slug."""
    parts = set()
    for words in (said.head, said.graph):
        own = (part for part in split_title(words or "") if not names.own(part))
        parts.add(key(next(own, "")))
    for source, headings in (("h1", said.headings), ("h2, h3", said.smaller)):
        for heading in headings:
            folded = key(heading)
            named = folded in parts or (not said.graph and names.in_slug(heading))
            if len(folded) >= _MIN_KEY and named:
                yield heading, source

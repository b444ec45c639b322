"""Choose the headline of a page among its JSON-LD, its headings, its OpenGraph and its title.

Alone, on 135 newspaper pages, exact: JSON-LD headline 100 of 119, og:title 89 of 135, first h1 96
of 132 (it can be the logo, a log-in box or a list of sections). So: what the profile names, then
JSON-LD, then the h1 that OpenGraph or the title confirms, then a heading that is the first part
of the title or the last words of the address, then OpenGraph without the site's name (suffix.py).

Where JSON-LD, h1 and title agree against og:title, the page's own words win: og:title is written
for social networks. On half of the newspaper pages where they differ the truth of shared/pages has
og:title all the same, on the hand-made corpora never; a vote of all sources was no better. Where h1
and og:title agree against JSON-LD they win: what differs is written for search engines (on 9 sites
of 12; an h1 of a navigation bar is none, which is five more). Two corrections have evidence of
their own: a headline that is a mere beginning of the h1 ("World Cup"), and a kicker that only one
of h1 and og:title has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.read.clean import key
from crawler.read.suffix import Names, split_title, strip_name, strip_site

_CUT = ("...", "…")
_MIN_KEY = 8  # letters: shorter h1 elements are names of sections
_LIKE = 0.7  # of the words of og:title that an h1 must share to be the same headline
_AKIN = 0.3  # of them, where the page has no other h1: shared by chance on none of 900 pages
_HALF = 0.5  # of the words of a headline that an h1 must share against all three other places
_MAX_KICKER = 40  # letters: longer beginnings belong to the sentence
_MIN_REST = 15  # letters of a headline that both of two kickers stand before
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
    places: Iterable[str] = field(default=())  # the parts of the address: sections


def choose_title(said: Titles) -> Choice | None:
    """(title, source) of a page, or None where it names itself nowhere."""
    owners, declared = tuple(said.owners), (said.headline, said.graph)
    shown = [strip_name(heading, declared, owners) for heading in said.headings]
    said = replace(said, headings=shown)
    names = Names.of(owners, shown, said.slug, said.places)
    graph = strip_site(said.graph, names) if said.graph else None
    head = strip_site(said.head, names) if said.head else None
    if said.headline and not said.headline.endswith(_CUT):
        headline = strip_site(said.headline, names)
        found = (
            _find_shown(said.headings, names, headline, graph, head)
            or _lengthen(headline, said.headings, graph)
            or (headline, "json-ld")
        )
    else:
        found = next(_list_choices(said, names, graph, head), ("", ""))
        found = _drop_both(found, said.headings, graph)
    return _drop_kicker(found, graph) if found[0] else None


def _find_shown(
    headings: Sequence[str], names: Names, headline: str, graph: str | None, head: str | None
) -> Choice | None:
    """The h1 that a page shows where its JSON-LD says something else, if og:title bears it out, or
    if JSON-LD, og:title and title are one text and the only h1 has half of its words."""
    if graph is None or any(key(heading) == key(headline) for heading in headings):
        return None
    for heading in headings[:2]:
        if key(heading) == key(graph) and len(key(heading)) >= _MIN_KEY:
            glued = len(graph.split()) > len(heading.split())  # "Kicker" and "Headline" in spans
            return (graph, "meta:og:title") if glued else (heading, "h1")
    alone = _find_alone(headings, names)
    same = head is not None and key(headline) == key(graph) == key(head)
    if not alone or not same or _share_words(headline, alone) < _HALF:
        return None
    shown, declared = key(alone), key(headline)
    kicked = shown.endswith(declared) or declared.endswith(shown) or declared.startswith(shown)
    return None if kicked else (alone, "h1")


def _find_alone(headings: Sequence[str], names: Names) -> str | None:
    """The one h1 of a page, if it is no name of the site."""
    alone = headings[0] if len({key(heading) for heading in headings}) == 1 else None
    return alone if alone and len(key(alone)) >= _MIN_KEY and not names.own(alone) else None


def _share_words(words: str, other: str) -> float:
    """The share of the words of one text that another has; 0 where it is one word at most."""
    wanted = {key(word) for word in words.split()} - {""}
    common = wanted & {key(word) for word in other.split()}
    return len(common) / len(wanted) if len(common) > 1 else 0.0


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


def _drop_both(found: Choice, headings: Sequence[str], graph: str | None) -> Choice:
    """What stands behind two kickers: "Middle East - X" in h1, "Attack on Y: X" in og:title."""
    kicker = _KICKER.match(graph) if graph else None
    if graph is None or kicker is None:
        return found
    rest, said = graph[kicker.end() :], key(graph[kicker.end() :])
    for heading in headings[:2]:
        folded = key(heading)
        if len(said) < _MIN_REST or folded in (said, key(graph)) or not folded.endswith(said):
            continue
        if _share_words(kicker[0], heading) < _HALF:
            return rest, "meta:og:title, without its kicker"
    return found


def list_parts(titles: Iterable[str]) -> list[str]:
    """The kickers of some titles and what stands behind them: pages show them as lines apart."""
    kickers = [(title, match) for title in titles if (match := _KICKER.match(title))]
    parts = [
        (title[: match.end()].strip(" :|-–—/"), title[match.end() :]) for title, match in kickers
    ]
    return [part for pair in parts for part in pair if len(key(part)) >= _MIN_REST]


def _list_choices(
    said: Titles, names: Names, graph: str | None, head: str | None
) -> Iterator[Choice]:
    """What may be the headline where JSON-LD has none or a cut one, in the order of trust."""
    if not any(map(names.in_slug, said.headings)):  # h1 is the site's name, say
        named = [key(words) for words in (said.graph, said.head) if words]
        for heading in filter(names.in_slug, said.smaller):
            if not named or any(key(heading) in words for words in named):
                yield heading, "h2, h3"
    for words in (graph, head):
        for heading in said.headings:
            if key(heading) in names.owners:
                continue
            if words and len(key(heading)) >= _MIN_KEY and _agree(key(heading), key(words)):
                yield heading, "h1"
    if graph and (like := _find_like(graph, said.headings)):
        yield like, "h1"
    alone = _find_alone(said.headings, names)
    if graph and alone and _share_words(graph, alone) >= _AKIN and not _ends(alone, graph):
        yield alone, "h1"
    yield from _list_parts(said, names)
    if said.headline:
        start = key(said.headline)[:-1]
        whole = next((h for h in said.headings if start and key(h).startswith(start)), None)
        yield (whole, "h1") if whole else (said.headline, "json-ld")
    if graph:
        yield graph, "meta:og:title"
    if head and names.in_slug(head):
        yield head, "title"
    if alone:
        yield alone, "h1"
    if head:
        yield head, "title"


def _agree(heading: str, words: str) -> bool:
    """Whether an h1 says what the head says: the same, or all but its first or last words."""
    ends = words.startswith(heading) or words.endswith(heading)
    return heading == words or (ends and len(heading) * 2 >= len(words))


def _ends(heading: str, graph: str) -> bool:
    """Whether og:title is an h1 without what stands before it."""
    return key(heading).endswith(key(graph))


def _find_like(graph: str, headings: Sequence[str]) -> str | None:
    """The first of two h1 at most that says at length what og:title says in most of its words."""
    words = set(map(key, graph.split())) - {""}
    for heading in headings[:2]:
        common = words & set(map(key, heading.split()))
        if not _ends(heading, graph) and len(common) >= 3 and len(common) >= _LIKE * len(words):
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

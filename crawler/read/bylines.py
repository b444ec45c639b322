"""Find the authors a page names, in the order in which they are to be trusted.

    profile · JSON-LD · meta · rel=author, itemprop · class "author" · byline near the headline
    · links to an author's page · what stands behind a label · the only line "Author ..."

The last lines of the body come later (credits.py), then names of the house, then trafilatura's
guess. The first source that names a person answers; an agency may come from an earlier one. What
JSON-LD or meta name is often the first of several: a byline on the page that has all of them and
more is the better list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from crawler.read.authors import Credits, find_fuller, read_credits
from crawler.read.clean import key
from crawler.read.dates import find_stamp, parse_date
from crawler.read.facts import Facts, Said
from crawler.read.imprint import cut_stamp
from crawler.read.jsonld import read_people
from crawler.read.labelled import cut_label, list_only, list_told
from crawler.read.names import match_lead
from crawler.read.people import is_agency, is_desk, is_placeholder, load_names
from crawler.read.select import select
from crawler.read.signs import Sign
from crawler.read.strays import drop_strays
from crawler.read.values import read_value, read_values
from crawler.read.visible import (
    MAX_LINE,
    Names,
    keep_first,
    list_around,
    list_related,
    list_shown,
)

_META = (
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "cxenseparse:author",
    "article:author",
    "articleauthor",
    "dable:author",
    "dcterms.creator",
    "og:article:author",
    "article.author",
    "citation_author",
    "shareaholic:article_author_name",
    "twitter:creator",
)
_SIGNS = " ,;:|/·•–—-()"
_MOST_NAMED = 100  # elements of a profile's selector
_SMALL = frozenset(load_names("small"))
_OFTEN_FIRST = ("json-ld", "meta:", "byline", "signed", "link:author", "class:author", "rel:")
_WEAK = frozenset(("class:author", "byline", "link:author", "signed", "labelled"))


def read_authors(facts: Facts, said: Said) -> None:
    """Set the credits: people, the agency the text is from, and names of the house."""
    told = [_read_source(source, names, facts) for source, names in _list_names(facts, said)]
    if not any(credits.authors for _, credits in told):
        told.append(_read_source("label", list_told(facts, said), facts))
    if not any(credits.authors for _, credits in told):
        told.append(_read_source("labelled", list_only(said), facts))
    facts.claims["authors"] = [(source, words) for source, c in told if (words := _spell(c))]
    first = next((at for at, (_, credits) in enumerate(told) if credits.authors), len(told))
    asked = told[: first + 1]  # an agency that only a later source names is another article's
    agency = next((credits.agency for _, credits in asked if credits.agency), None)
    if first < len(told):
        facts.sources["authors"], facts.credits = told[first]
        if facts.sources["authors"].startswith(_OFTEN_FIRST):
            _add_names(facts, said)
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.agency)
    if named and key(named[0]) not in {key(owner) for owner in facts.owners}:
        agency, facts.sources["agency"] = named[0], "profile:agency"
    agency = agency or _find_agency(facts, said)
    facts.desk_source = "" if first < len(told) else _find_desk(facts, said)
    houses = _find_houses(facts, asked, agency)
    facts.credits = Credits(facts.credits.authors, agency, houses)


def _read_source(source: str, names: Names, facts: Facts) -> tuple[str, Credits]:
    return source, read_credits(names, facts.list_barred(), weak=source in _WEAK)


def _spell(credits: Credits) -> str:
    return ", ".join((*credits.authors, *credits.houses)) or credits.agency or ""


def _find_desk(facts: Facts, said: Said) -> str:
    """The first source whose author is the newsroom, or the paper itself: it is there, and nobody
    is named."""
    own = {key(owner) for owner in facts.owners} - {""}
    named = [(name, "") for name in _read_named(facts, said)]
    for source, names in (("profile:author", named), *list_declared(said)):
        if any(is_desk(name) or key(name) in own for name, _ in names):
            return source
    return ""


def _find_houses(
    facts: Facts, told: Sequence[tuple[str, Credits]], agency: str | None
) -> tuple[str, ...]:
    """The names of the house that the first source gives, if no other source names an agency."""
    for source, credits in told:
        if credits.houses and source != "byline":
            facts.house_source = source
            return () if agency and credits.agency is None else credits.houses
    return ()


def _add_names(facts: Facts, said: Said) -> None:
    """Take the page's own byline where one line has every name that was found, and more."""
    lines = (line.text for line in list_around(facts, said))
    if fuller := find_fuller(facts.credits, lines, facts.list_barred()):
        facts.credits, facts.sources["authors"] = fuller, "byline"


def _find_agency(facts: Facts, said: Said) -> str | None:
    """The agency that a byline has beside all of the authors: "By A B and C D, Reuters"."""
    names = facts.credits.authors
    wrapped = said.sheet.wrapped
    for line in list_around(facts, said) if names else ():
        if Sign.BYLINE not in line.signs & ~wrapped or len(line.text) > MAX_LINE:
            continue
        rest = line.text[match_lead(line.text) :]
        if not all(name.casefold() in rest.casefold() for name in names):
            continue
        for name in names:
            rest = re.sub(re.escape(name), " ", rest, flags=re.I)
        left = " ".join(word for word in rest.split() if word.strip(_SIGNS) and word not in _SMALL)
        if is_agency(left.strip(_SIGNS)):
            return left.strip(_SIGNS)
    return None


def _list_names(facts: Facts, said: Said) -> Iterator[tuple[str, Names]]:
    """(source, names) in the order of trust."""
    yield "profile:author", _list_named(_read_named(facts, said))
    yield from list_declared(said)
    yield "rel:author", list_related(facts, said)
    yield from list_shown(facts, said)


def _read_named(facts: Facts, said: Said) -> list[str]:
    """What the profile's selector finds but in other articles' cards; only the first list of it
    where that names nobody: the desk wrote this article, and the names are those of what follows.
    """
    for css in said.sheet.site.profile.read.author:
        found = [e for e in select(said.sheet.tree, (css,)) if isinstance(e, HtmlElement)]
        own = drop_strays([e for e in found[:_MOST_NAMED] if read_value(e)], facts, said.sheet)
        if own:
            desk = is_placeholder(read_value(own[0]))
            return [read_value(element) for element in (keep_first(own) if desk else own)]
    return []


def _list_named(lines: Sequence[str]) -> Names:
    """The names of the lines that a profile's selector finds; beside a date, what is none of it,
    and without the label of a language that names.toml may not know."""
    parts = (cut_stamp(line) if find_stamp(line) or parse_date(line) else [line] for line in lines)
    names = (name for found in parts for name in found)
    return [(cut_label(name), "") for name in names if not is_placeholder(name)]


def list_declared(said: Said) -> Iterator[tuple[str, Names]]:
    """The names that the head of a page declares: JSON-LD, then meta."""
    for name in ("author", "creator"):
        article = said.structured.article
        yield "json-ld", list(read_people(article.get(name), said.structured.by_id))
    for name in _META:
        yield f"meta:{name}", [(value, "") for value in said.meta.values.get(name, ())]
    for number in ("1", "2"):
        label = said.meta.text(f"twitter:label{number}") or ""
        if match_lead(f"{label}: "):
            yield "meta:twitter:data", [(said.meta.text(f"twitter:data{number}") or "", "")]

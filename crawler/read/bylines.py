"""Find the authors a page names, in the order in which they are to be trusted.

    profile · JSON-LD · meta · rel=author, itemprop · class "author" · byline near the headline

The last lines of the body and trafilatura are asked later (credits.py). The first source that
names a person answers; an agency may come from an earlier one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.read.authors import Credits, read_credits
from crawler.read.blocks import Block
from crawler.read.clean import clean, key
from crawler.read.facts import Facts, Said
from crawler.read.jsonld import read_people
from crawler.read.signs import Sign
from crawler.read.values import read_values
from crawler.read.words import read_words

Names = list[tuple[str, str]]  # (name, schema.org type or "")

_META = (
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "cxenseparse:author",
    "article:author",
    "dable:author",
    "dcterms.creator",
    "og:article:author",
    "article.author",
    "citation_author",
    "twitter:creator",
)
_MARKED = (
    ("rel:author", "//*[@rel='author' or @itemprop='author']"),
    ("class:author", "//*[contains(concat(' ', normalize-space(@class), ' '), ' author ')]"),
)
_WEAK = ("class:author", "byline")
_AGENCY = re.compile(r"agency|source|agentur|agence|quelle|nguon", re.I)
_NEAR, _MAX_LINE, _MAX_MARKED = 15, 120, 90  # lines below the headline; letters


def read_authors(facts: Facts, said: Said) -> None:
    """Set the credits: people, and the agency the text is from."""
    agency: str | None = None
    for source, names in _list_names(facts, said):
        credits = read_credits(names, facts.owners, weak=source in _WEAK)
        agency = agency or credits.agency
        if credits.authors:
            facts.credits, facts.sources["authors"] = credits, source
            break
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.agency)
    if named and key(named[0]) not in {key(owner) for owner in facts.owners}:
        agency, facts.sources["agency"] = named[0], "profile:agency"
    facts.credits = Credits(facts.credits.authors, agency or facts.credits.agency)


def _list_names(facts: Facts, said: Said) -> Iterator[tuple[str, Names]]:
    """(source, names) in the order of trust; each is looked for only when it is asked."""
    selectors = said.sheet.site.profile.read.author
    yield "profile:author", [(name, "") for name in read_values(said.sheet.tree, selectors)]
    for name in ("author", "creator"):
        article = said.structured.article
        yield "json-ld", list(read_people(article.get(name), said.structured.by_id))
    for name in _META:
        yield f"meta:{name}", [(value, "") for value in said.meta.values.get(name, ())]
    for source, path in _MARKED:
        words = [read_words(element) for element in said.find(path, 6)]
        yield source, [(line, "") for line in words if len(line) < _MAX_MARKED][:4]
    near = said.list_near(facts.titles, _NEAR)
    lines = [b for b in near if Sign.BYLINE in b.signs and len(b.text) < _MAX_LINE][:3]
    yield "byline", [pair for line in lines for pair in _split_line(line)]


def _split_line(line: Block) -> Names:
    """The names of a byline: its inline elements where they are whole names, else the line."""
    if line.element is None:
        return [(line.text, "")]
    parts = {e: read_words(e) for e in line.element.iter("span", "a", "em", "i", "b", "strong")}
    agencies = [words for e, words in parts.items() if _AGENCY.search(e.get("class") or "")]
    pieces = [words for part in line.element.itertext() if (words := clean(part))]
    pieces = [piece for piece in pieces if piece not in agencies]
    whole = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces)
    names = pieces if whole or agencies else [line.text]
    return [(name, "") for name in names] + [(name, "Organization") for name in agencies]

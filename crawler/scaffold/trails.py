"""Learns where an article's page names its section: a label, or the trail from the front page.

    <div class="dove"><a>Home</a> > <a>Cronaca</a></div>     breadcrumbs = ".dove a"
    <p class="kicker">Cronaca</p>                             section = ".kicker"

What sections are called the menu says; which one an article is of, the category that announced it.
A name is believed that leads to one section on most articles, not to the same on all of them, and
never to another than the one that announced it. Rejected: the first folder of addresses (papers
rename sections and keep the folders).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.read.clean import key
from crawler.read.select import select
from crawler.read.words import read_words
from crawler.scaffold.names import list_names, list_own

LEAST = 3  # articles on which a place has to lead to a section
MOST, TRAIL = 0.8, 0.6  # share of the articles; of those whose trail ends with a section
AGREED = 0.9  # share of the articles whose section is known
LONGEST = 60  # letters of a section's name
STEPS = 5  # links of a trail
_TAGS = ("a", "span", "div", "p", "li", "td", "h2", "h3", "h4", "h5", "strong", "b", "em", "small")


@dataclass(frozen=True, slots=True)
class Sections:
    """What the menu calls sections (folded), and those of articles, by address, as far as the
    categories told them."""

    names: frozenset[str]
    known: Mapping[str, str]


def learn_section(
    pages: Sequence[tuple[str, HtmlElement]], sections: Sections
) -> tuple[str, str] | None:
    """("section", selector) or ("breadcrumbs", selector) of (address, tree) pairs; else None."""
    tried: set[str] = set()
    for _, tree in pages:
        for element in _list_labels(tree, sections.names):
            for css in list_names(element):
                if css not in tried and _tells(pages, css, sections, single=True):
                    return "section", css
                tried.add(css)
    for _, tree in pages:
        for element in _list_labels(tree, sections.names):
            for css in _name_trail(element):
                if css not in tried and _tells(pages, css, sections, single=False):
                    return "breadcrumbs", css
                tried.add(css)
    return None


def _list_labels(tree: HtmlElement, names: frozenset[str]) -> Iterator[HtmlElement]:
    """The elements that say a section's name and no more, inner ones last."""
    for element in tree.iter(*_TAGS):
        words = read_words(element, LONGEST + 1)
        if 0 < len(words) <= LONGEST and key(words) in names:
            yield element


def _name_trail(element: HtmlElement) -> Iterator[str]:
    """Names of all links of the line in which a link to a section stands."""
    if element.tag == "a":
        for outer in list(element.iterancestors())[:3]:
            yield from (f"{name} a" for name in list_own(outer))


def _tells(
    pages: Sequence[tuple[str, HtmlElement]], css: str, sections: Sections, *, single: bool
) -> bool:
    said: list[tuple[str, str]] = []
    for url, tree in pages:
        found = select(tree, (css,))
        if len(found) > (1 if single else STEPS):
            return False
        words = [key(read_words(element, LONGEST + 1)) for element in found]
        if words and words[-1] in sections.names:
            said.append((url, words[-1]))
        elif words and single:
            return False
    known = [(told, sections.known[url]) for url, told in said if url in sections.known]
    agreed = sum(told == true for told, true in known)
    varied = len({told for _, told in said}) > 1 or len(sections.names) == 1
    enough = len(said) >= max(LEAST, (MOST if single else TRAIL) * len(pages))
    return enough and varied and agreed >= AGREED * len(known)

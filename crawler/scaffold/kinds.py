"""Tells what a fetched page is by its content: an article, a list, or neither.

The reading of the workers is asked, with the address taken for an article's: what has a title and
a long text and no list of other articles around it is one. Titles that several pages share are no
headlines (an error page with status 200, a log-in). Rejected: counting links and letters alone
(article pages of portals carry 200 links).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Literal

from archive.records import Reading
from crawler.read.anchors import Cards, collect_anchors, make_links
from crawler.read.blocks import Block, lay_out
from crawler.read.clean import key
from crawler.read.head import declares_another, declares_article, names_article
from crawler.scaffold.clues import weigh_words
from crawler.scaffold.visit import Visit
from spiders.site import Site

Kind = Literal["article", "list", "apart", "other"]
"""``apart``: what says itself that it is a gallery, a live ticker, a list."""
TEXT, DECLARED_TEXT = 250, 80  # letters of a text that make an article; where the page says it is
OWN, LINE = 120, 40  # letters of text that no other page has, where none says it is; of a line
BOX, CARD = 4, 6  # elements around a line that may be another story's box; lines in it
LINKED = 15  # letters of the link in such a box
LIST = 5  # links to articles that make a list


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with its reading and what it is."""

    visit: Visit
    reading: Reading
    kind: Kind


def judge_page(visit: Visit, reading: Reading, site: Site, elsewhere: Container[str]) -> Kind:
    """What one page is; ``elsewhere``: folded lines of the other pages that were seen."""
    article, tree = reading.article, visit.tree
    if tree is not None and declares_another(tree):
        return "apart"
    if reading.role == "article" and article is not None and article.title and tree is not None:
        declared = declares_article(tree)
        whole = len(article.text) + len(article.lead or "")
        if whole >= (DECLARED_TEXT if declared else TEXT):
            least = 0 if names_article(tree) else LINE if declared else OWN
            if not least or _measure_own(visit, article.text, site, elsewhere) >= least:
                return "article"
            return "other" if declared else "list"
    listed = {link.url for link in reading.links if link.role == "article"}
    return "list" if reading.role == "category" or len(listed) >= LIST else "other"


def _measure_own(visit: Visit, text: str, site: Site, elsewhere: Container[str]) -> int:
    """The letters of a text's lines that neither announce another page nor stand on one: topics and
    galleries borrow all their words. What a script holds is on no line of the page."""
    if visit.tree is None:
        return 0
    anchors = collect_anchors(visit.tree, visit.url, site)
    shown = make_links([one for one in anchors if one.in_scope], "category", Cards(anchors))
    words = {key(said) for link in shown for said in (link.title, link.summary) if said}
    told = {key(line) for line in text.split("\n") if weigh_words(line) >= LINE}
    blocks = {b.folded: b for b in lay_out(visit.tree) if b.folded in told}
    own = [b for folded, b in blocks.items() if folded not in words and folded not in elsewhere]
    drawn = [folded for folded in told - blocks.keys() if folded not in elsewhere]
    return sum(len(b.text) for b in own if not _is_teaser(b)) + sum(map(len, drawn))


def _is_teaser(block: Block) -> bool:
    """Whether a line stands in one of several boxes alike that each have a line that is a link."""
    element = block.element
    above = [] if element is None else [element, *element.iterancestors()]
    for box in above[:BOX]:
        outer = box.getparent()
        if outer is None or box.tag in ("body", "html"):
            return False
        alike = [e for e in outer if e.tag == box.tag and e.get("class") == box.get("class")]
        lines = lay_out(box) if len(alike) > 2 else []
        if 1 < len(lines) <= CARD and any(b.links > 0.9 and len(b.text) >= LINKED for b in lines):
            return True
    return False


def list_lines(visit: Visit) -> frozenset[str]:
    """The folded longer lines of a page, by which another is told from it."""
    if visit.tree is None:
        return frozenset()
    return frozenset(b.folded for b in lay_out(visit.tree) if weigh_words(b.text) >= LINE)


def drop_shared(pages: Mapping[str, Judged]) -> dict[str, Judged]:
    """The pages, those no longer articles whose title and most lines another page has too: an error
    page, a log-in. A title alone may be a section's name that was read for the headline."""
    lines = {
        url: (_title(page), _list_text(page))
        for url, page in pages.items()
        if page.kind == "article"
    }
    return {
        url: Judged(page.visit, page.reading, "other")
        if url in lines and any(_is_same(lines[url], lines[one]) for one in lines if one != url)
        else page
        for url, page in pages.items()
    }


def _is_same(one: tuple[str, frozenset[str]], other: tuple[str, frozenset[str]]) -> bool:
    return one[0] == other[0] and 2 * len(one[1] & other[1]) >= len(one[1])


def _title(page: Judged) -> str:
    return key(page.reading.article.title) if page.reading.article else ""


def _list_text(page: Judged) -> frozenset[str]:
    text = page.reading.article.text if page.reading.article else ""
    return frozenset(key(line) for line in text.split("\n"))

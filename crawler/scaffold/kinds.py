"""Tells what a fetched page is by its content: an article, a list, or neither.

The reading of the workers is asked, with the address taken for an article's: what has a title and
a long text and no list of other articles around it is one. Titles that several pages share are no
headlines (an error page with status 200, a log-in). Rejected: counting links and letters alone
(article pages of portals carry 200 links).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive.records import Reading
from crawler.read.clean import key
from crawler.read.head import declares_article
from crawler.scaffold.visit import Visit

Kind = Literal["article", "list", "other"]
TEXT, DECLARED_TEXT = 250, 80  # letters of a text that make an article; where the page says it is
LIST = 5  # links to articles that make a list


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with its reading and what it is."""

    visit: Visit
    reading: Reading
    kind: Kind


def judge_page(visit: Visit, reading: Reading) -> Kind:
    """What one page is, as far as it alone tells."""
    article = reading.article
    if reading.role == "article" and article is not None and article.title:
        least = DECLARED_TEXT if visit.tree is not None and declares_article(visit.tree) else TEXT
        if len(article.text) + len(article.lead or "") >= least:
            return "article"
    listed = {link.url for link in reading.links if link.role == "article"}
    return "list" if reading.role == "category" or len(listed) >= LIST else "other"


def drop_shared(pages: Mapping[str, Judged]) -> dict[str, Judged]:
    """The pages, those no longer articles whose title another page has too."""
    titles = Counter(_title(page) for page in pages.values() if page.kind == "article")
    return {
        url: Judged(page.visit, page.reading, "other")
        if page.kind == "article" and titles[_title(page)] > 1
        else page
        for url, page in pages.items()
    }


def _title(page: Judged) -> str:
    return key(page.reading.article.title) if page.reading.article else ""

"""Finds the standing pages of a paper whose addresses look like articles': terms, about, contact.

    /politica-de-tratamiento-de-datos/     in the frame of all pages, in no feed, and without a date
    /el-puente-viejo-cumple-cien-anos/     in the box of what is read most, too; it has a date

Nearly every page links to them and no feed does; read as articles they have no date, where the
paper's articles have one. Both have to hold: papers whose articles are bare slugs lose none.
Rejected: words for "privacy" and "imprint" in all languages; the links alone (a box in the foot of
all pages names the articles that are read most).
"""

from __future__ import annotations

from crawler.scaffold.kinds import Judged
from crawler.scaffold.pages import Pages
from spiders.site import Site

MOST, LEAST = 4, 3  # pages that are asked for; articles that have to have dates
DATED = 0.9  # share of the articles
LISTED = 3  # articles that a page lists besides the frame's


async def find_standing(pages: Pages, site: Site, left: int) -> list[str]:
    """Ask for pages of the paper's frame that ``site`` takes for articles, at most ``left``; return
    those without a date, which are judged no articles from now on."""
    looked = {one.clue.url for one in pages.found.menu.looked}
    framed = [u for u in pages.list_framed() if site.role(u) == "article" and u not in looked]
    fresh = [url for url in framed if url not in pages.judged]
    for url in fresh[: max(0, min(MOST, left))]:
        await pages.judge(url)
    dated = [_has_date(page) for page in pages.read() if page.visit.asked not in framed]
    if sum(dated) < max(LEAST, DATED * len(dated)):
        return []
    seen = {url: pages.judged[url] for url in framed if url in pages.judged}
    found = [
        url
        for url, one in seen.items()
        if one.kind in ("article", "other") and not _has_date(one) and not _lists(pages, site, url)
    ]
    pages.dismiss(found)
    return found


def _lists(pages: Pages, site: Site, url: str) -> bool:
    """Whether a page links to articles that the frame does not: a feature with its stories."""
    framed = set(pages.list_framed())
    linked = (c.url for c in pages.clues if url in c.sources and c.url not in framed)
    return sum(site.role(one) == "article" for one in linked) >= LISTED


def _has_date(page: Judged) -> bool:
    article = page.reading.article
    date = article.published if article else None
    return date is not None and date.source != "htmldate"

"""Pages of a paper's frame whose addresses look like articles', and articles that stand there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from archive.records import Link, Reading
from crawler.read.page import Page
from crawler.read.reader import read
from crawler.scaffold.answers import settle_standing
from crawler.scaffold.findings import Findings
from crawler.scaffold.pages import Pages
from crawler.scaffold.standing import find_standing
from crawler.scaffold.visit import Visit
from spiders.site import Site

BASE = "https://paper.test"
AT = datetime(2026, 2, 5, tzinfo=UTC)
STORY = "<p>{} opowiada, jak w nocy woda podeszła pod same progi domów i nikt nie spał.</p>"
STORIES = [f"/stary-most-na-rzece-ma-sto-{n}-lat/" for n in ("jeden", "dwa", "trzy", "pięć", "sto")]
TERMS, LOVED = "/polityka-prywatnosci-i-regulamin-serwisu/", "/przepis-na-zupe-z-dyni-babci-heli/"
FEATURE = "/wszystko-o-wyborach-do-rady-gminy/"


def page(path: str, words: str, date: str | None, more: str = "") -> Visit:
    """A page in the paper's frame: a foot that nothing names, with terms and what is read most."""
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    text = "".join(STORY.format(f"{words} {n}") for n in range(6))
    foot = f"<div class=dol><a href='{TERMS}'>Regulamin</a><a href='{FEATURE}'>Wybory</a>"
    foot += f"<a href='{LOVED}'>Przepis na zupę z dyni babci Heli</a></div>"
    html = f"<html lang=pl><head><title>{words}</title>{meta}</head><body><h1>{words}</h1>"
    html += f"<div class=tresc>{text}</div>{more}{foot}</body></html>"
    url = BASE + path
    return Visit(url, url, 200, (("content-type", "text/html"),), html.encode(), AT)


class Paper:
    """A visitor and a pool in one."""

    def __init__(self, pages: dict[str, Visit]) -> None:
        self.pages, self.left, self.misses = pages, 20, dict[str, str]()

    async def get(self, url: str) -> Visit | None:
        """The page at an address."""
        return self.pages.get(url.removeprefix(BASE))

    async def read(self, one: Page, site: Site) -> Reading:
        """As a worker reads."""
        return read(one, site)


def survey(*, feed: bool, dated: bool) -> tuple[list[str], Findings]:
    """What of the frame is no article, with five articles that are ``dated`` or not."""
    day = "2026-02-03T08:00:00+01:00"
    told = {path: page(path, f"Stary most {n}", day if dated else None)
            for n, path in enumerate(STORIES)}  # fmt: skip
    told |= {TERMS: page(TERMS, "Regulamin serwisu", None), LOVED: page(LOVED, "Zupa z dyni", day)}
    links = "".join(f"<p><a href='{u}'>O tym, jak woda przyszła {u}</a></p>" for u in STORIES)
    told[FEATURE] = page(FEATURE, "Wybory", None, links)
    paper: Any = Paper(told)
    found = Findings("paper", f"{BASE}/", {"home": f"{BASE}/"})
    pages = Pages(paper, paper, found, page("/", "Front", None, links))
    if feed:
        pages.clues.note_links([Link(BASE + TERMS, "feed", 0, "other", "Regulamin")], "feed")

    async def look() -> list[str]:
        for path in STORIES:
            await pages.judge(BASE + path)
        return await find_standing(pages, pages.try_site(), 9)

    found.standing = asyncio.run(look())
    settle_standing(found)
    return [url.removeprefix(BASE) for url in found.standing], found


def test_a_page_of_the_frame_without_a_date_is_not_asked_for() -> None:
    """The recipe that stands in the same foot has a date, what lists articles is a list: they are
    asked for as ever. The person is told."""
    standing, found = survey(feed=False, dated=True)
    assert standing == [TERMS]
    assert found.site().denied(BASE + TERMS) and not found.site().denied(BASE + LOVED)
    assert found.site().role(BASE + TERMS) == "other"
    assert found.trust["walk.deny"] == "guess" and TERMS in found.notes[-1].says


@pytest.mark.parametrize(("feed", "dated"), [(True, True), (False, False)])
def test_what_a_feed_names_or_a_paper_without_dates_loses_nothing(feed: bool, dated: bool) -> None:
    """An announcement is one; where articles have no dates nothing is told by them."""
    assert survey(feed=feed, dated=dated)[0] == []

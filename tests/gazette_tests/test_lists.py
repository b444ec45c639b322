"""Lists, sitemaps and old addresses: each names every article, and leads to it."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta

import pytest

from tests.gazette import epi, many, onecms

from .browse import fetch, strip_spelling
from .lists import list_section
from .makers import Maker


def test_lists_reach_every_article(make: Maker) -> None:
    """First page and pager of a section name the visible articles, newest first, and no others."""
    paper = make(7, 72)
    if paper.key == "bbg":
        paper = make(7, 36)  # a section shows twenty and has no second page
    paper.newsroom.delete(paper.newsroom.visible()[20])
    for section in paper.newsroom.sections:
        assert list_section(paper, section.slug) == list(paper.newsroom.visible(section))


def test_old_addresses_move() -> None:
    """Short forms and the addresses of the system before redirect to the article; twins name it."""
    paper = epi.paper(7, 36)
    story = paper.show(paper.newsroom.visible())[0]
    old = f"/{story.section.slug}/{story.published:%Y%m}/{story.slug}-0{story.id}/"
    for path in (f"/post-{story.id}.html", old):
        answer = paper.answer(path)
        assert answer and answer.status == 301
        assert dict(answer.headers)["Location"] == paper.url(story)
    for kind in ("amp", "in-bai"):
        page = fetch(paper, f"/{kind}{paper.path(story)}")
        assert f'rel="canonical" href="{paper.url(story)}"' in page


def test_epi_sitemaps() -> None:
    """Months are not padded, gzip always, every article once; edited stories show it in lastmod."""
    paper = epi.paper(7, 120)
    index = re.findall(r"<loc>([^<]+)", fetch(paper, "/sitemap.xml"))
    assert f"{paper.base}/sitemaps/news-2026-2.xml" in index and len(index) == 4
    assert paper.answer("/sitemaps/news-2026-02.xml") is None
    chosen = paper.newsroom.visible()[0]
    paper.newsroom.move(paper.newsroom.now + timedelta(hours=3))
    paper.newsroom.edit(chosen)
    urls: list[str] = []
    for month in (1, 2):
        answer = paper.answer(f"/sitemaps/news-2026-{month}.xml")
        assert answer and answer.body[:2] == b"\x1f\x8b"
        assert bool(answer.headers) is (month == 1)
        text = gzip.decompress(answer.body).decode()
        urls += re.findall(r"<loc>([^<]+)</loc><lastmod>", text)
    assert sorted(urls) == sorted(one["url"] for one in paper.truth())
    assert f"-post{chosen}.html</loc><lastmod>{paper.newsroom.now.isoformat()}" in text


def test_onecms_day_and_news_sitemaps() -> None:
    """The daily sitemaps hold every article once, today's is empty, the news one has 48 hours."""
    paper = onecms.paper(7, 60)
    index = re.findall(r"<loc>([^<]+)", fetch(paper, "/sitemap.xml"))
    days = [strip_spelling(paper, url) or "" for url in index if "article" in url]
    urls = [re.findall(r"<loc>([^<]+)", fetch(paper, day)) for day in days]
    assert urls[0] == [] and sorted(url for day in urls for url in day) == sorted(
        t["url"] for t in paper.truth()
    )
    assert fetch(paper, "/sitemap-news.xml").count("<news:title>") == 24


@pytest.mark.parametrize("sitemap", [True, False])
def test_many_pages_are_all_announced(sitemap: bool) -> None:
    """The 20,000 pages are each in the lists and the sitemap, and no two are the same."""
    paper = many.ManyPaper(20_000, sitemap=sitemap)
    wanted = {paper.path(number) for number in range(1, 20_001)}
    lists = "".join(fetch(paper, f"/tin-tuc?page={number}") for number in range(1, 201))
    assert set(re.findall(r'href="(/tin-tuc/bai-\d+\.html)"', lists)) == wanted
    assert paper.answer("/tin-tuc?page=201") is None
    if not sitemap:
        assert paper.answer("/sitemap.xml") is None
        return
    index = re.findall(r"<loc>http://many.test([^<]+)", fetch(paper, "/sitemap.xml"))
    urls = [url for path in index for url in re.findall(r"<loc>([^<]+)", fetch(paper, path))]
    assert urls == list(paper.urls())
    assert len({fetch(paper, path) for path in list(wanted)[:3000]}) == 3000

"""The client's example: a page of the ePi platform, by its profile and without any."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.records import Reading
from crawler.read.page import Page
from crawler.read.reader import read
from spiders.catalog import Catalog, generic
from spiders.site import Site
from tests.gazette.seed import build_seed_page, own_text, read_seed, tell_seed

URL = "https://baolaocai.vn/muong-khuong-phat-dong-phong-trao-post385995.html"
TEXTS = {"own": own_text, "client": read_seed}
SITES = {"profile": lambda: Catalog().get("baolaocai"), "none": lambda: generic("baolaocai.vn")}


def read_page(name: str, site: Site) -> tuple[Reading, dict]:
    """Read the seed page of a text; skips where the client's text is not there."""
    try:
        text = TEXTS[name]()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    at = datetime(2026, 2, 5, tzinfo=UTC)
    page = Page(URL, 200, headers, build_seed_page(text), "article", at)
    return read(page, site), tell_seed(text)


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_seed_page_is_read_exactly(text: str, site: str) -> None:
    """Five paragraphs and nothing else, the lead apart, the caption at its picture, eight related
    links with titles and summaries as data."""
    reading, told = read_page(text, SITES[site]())
    article = reading.article
    assert article is not None
    assert article.title == told["title"]
    assert article.lead == told["lead"]
    assert article.text.split("\n") == told["paragraphs"]
    assert [image.caption for image in article.images] == [i["caption"] for i in told["images"]]
    related = [link for link in reading.links if link.channel == "related"]
    assert [link.title for link in related] == [link["title"] for link in told["related"]]
    assert [link.summary for link in related] == [link["summary"] for link in told["related"]]
    assert len(related) == 8

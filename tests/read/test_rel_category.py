"""Where an article stands in its paper: the category beside its headline, tags that are tags."""

from __future__ import annotations

import pytest

from tests.read.test_article import STORY, find_article, make_site, wrap

MENU = '<nav><a rel="category tag" href="/c/sport/">Sport</a></nav>'
LABEL = '<a rel="category tag" href="/c/farming/">Farming</a>'
TAGS = '<p>Tagged <a rel=tag href="/tag/x/">Storm</a> <a rel=tag href="/tag/y/">Bay</a></p>'
OTHER = '<aside><a rel="category tag" href="/c/news/">News</a></aside>'
HEAD = "<h1>Khởi công tuyến đường</h1>"


@pytest.mark.parametrize(
    "page",
    [
        f"{MENU}<article>{LABEL}{HEAD}{STORY}{TAGS}</article>{OTHER}",
        f"{MENU}<article>{HEAD}{STORY}<footer>Posted in {LABEL}</footer>{TAGS}</article>{OTHER}",
    ],
)
def test_the_category_beside_the_headline_is_the_section(page: str) -> None:
    """Links marked rel="category tag" are categories, and no tags; those of menus and of other
    stories are not this article's."""
    article = find_article(wrap(page))
    assert (article.section, article.tags) == ("Farming", ("Storm", "Bay"))


def test_a_category_of_the_menu_alone_is_no_section() -> None:
    """A classic theme's menu is marked the same way."""
    assert find_article(wrap(f"<div>{MENU}{HEAD}{STORY}</div>")).section is None


def test_names_beside_a_date_are_read_where_the_profile_says() -> None:
    """The date's part of the line is cut away: no weekday and no month is an author."""
    site = make_site('author = ".info"')
    line = "<p class=info>Rabu, 4 Feb 2026 08:15 - Budi Hartono | Siti Rahmawati</p>"
    article = find_article(wrap(f"{HEAD}{line}{STORY}"), site)
    assert article.authors == ("Budi Hartono", "Siti Rahmawati")


def test_a_date_in_the_pages_foot_is_not_the_articles() -> None:
    """The day of a paper's registration; in an article's own foot it is the article's."""
    foot = "<footer>Paper | 등록일 : 2009-03-02 | 발행인 : 도하람</footer>"
    date = find_article(wrap(f"{HEAD}{STORY}{foot}")).published
    assert date is None or date.source == "htmldate"
    date = find_article(wrap(f"<article>{HEAD}{STORY}{foot}</article>")).published
    assert date is not None and date.value == "2009-03-02"

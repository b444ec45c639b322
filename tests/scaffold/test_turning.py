"""Pagers derived from the addresses on a page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.scaffold.turning import _derive_words, derive_word
from crawler.scaffold.visit import Visit
from spiders import profile
from spiders.pager import make_pager
from spiders.site import Site

HOME = "https://paper.test"
CASES = [
    ("/kinh-te", "/kinh-te?page=2", "query:page"),
    ("/kinh-te", "/kinh-te?p=2&d=", "query:p&d="),
    ("/muc.aspx?ma=3", "/muc.aspx?ma=3&trang=2", "query:trang"),
    ("/tin/", "/tin/?start=20", "offset:start:20"),
    ("/x.php?rubrique2", "/x.php?rubrique2&debut_tin=6", "offset:debut_tin:6"),
    ("/ekonomi/", "/ekonomi/page/2/", "path:page/{n}/"),
    ("/kinh-te.html", "/kinh-te/trang-2.html", "path:trang-{n}.html"),
    ("/lokales-1.html", "/lokales-1-p2.html", "path:-p{n}.html"),
    ("/?cat=3", "/?cat=3&paged=2", "query:paged"),
    ("/deportes", "/deportes/P20", "offset:P{n}:20"),
    ("/deportes/", "/deportes/offset/12", "offset:offset/{n}:12"),
    ("/deportes", "/deportes/P2", "path:P{n}"),
    ("/sport", "/sport/p2", "path:p{n}"),
    ("/?cat=3", "/?author=2", None),
    ("/kinh-te", "/the-thao?page=2", None),
    ("/kinh-te", "/kinh-te/bai-viet-hay-340001.html", None),
    ("/kinh-te", "/kinh-te?id=17", None),
    ("/kinh-te", "/kinh-te?page=1", None),
    ("/", "/page/2/", None),
]


@pytest.mark.parametrize(
    ("hrefs", "words"),
    [
        (["/deportes/P20", "/deportes/P40", "/deportes/P300"], ["offset:P{n}:20"]),
        (["/deportes?start=300", "/deportes?start=30"], ["offset:start:30"]),
        (["/deportes/P300", "/deportes/P2", "/deportes/P3"], ["path:P{n}"]),
        (["/deportes/P20", "/deportes?page=2", "/deportes/P40"], ["offset:P{n}:20", "query:page"]),
    ],
)
def test_the_least_offset_is_the_step(hrefs: list[str], words: list[str]) -> None:
    """A last page among the numbers of articles is not taken for the second one."""
    html = "".join(f'<li><a href="{href}">mas noticias</a></li>' for href in hrefs)
    site = Site("loma", profile.build({"home": f"{HOME}/"})[0])
    at = datetime(2026, 3, 1, tzinfo=UTC)
    visit = Visit(f"{HOME}/deportes", f"{HOME}/deportes", 200, (), html.encode(), at)
    assert list(_derive_words(visit, site)) == words


@pytest.mark.parametrize(("category", "second", "word"), CASES)
def test_a_pager_is_derived(category: str, second: str, word: str | None) -> None:
    """The word that is derived makes that very address of page 2; else there is none."""
    assert derive_word(HOME + category, HOME + second) == word
    if word is not None:
        made, problems = profile.build({"home": f"{HOME}/", "walk": {"pager": word}})
        assert not problems
        assert made is not None
        assert make_pager(made).following(HOME + category, "text", 1) == HOME + second

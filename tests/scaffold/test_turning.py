"""Pagers derived from the addresses on a page."""

from __future__ import annotations

import pytest

from crawler.scaffold.turning import derive_word
from spiders import profile
from spiders.pager import make_pager

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
    ("/?cat=3", "/?author=2", None),
    ("/kinh-te", "/the-thao?page=2", None),
    ("/kinh-te", "/kinh-te/bai-viet-hay-340001.html", None),
    ("/kinh-te", "/kinh-te?id=17", None),
    ("/kinh-te", "/kinh-te?page=1", None),
    ("/", "/page/2/", None),
]


@pytest.mark.parametrize(("category", "second", "word"), CASES)
def test_a_pager_is_derived(category: str, second: str, word: str | None) -> None:
    """The word that is derived makes that very address of page 2; else there is none."""
    assert derive_word(HOME + category, HOME + second) == word
    if word is not None:
        made, problems = profile.build({"home": f"{HOME}/", "walk": {"pager": word}})
        assert not problems
        assert made is not None
        assert make_pager(made).following(HOME + category, "text", 1) == HOME + second

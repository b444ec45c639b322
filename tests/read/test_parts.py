"""Further pages of an article are known by address and words, and joined in their order."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import document_fromstring

from archive.records import Article, Part, Reading
from crawler.read.joint import Joint
from crawler.read.page import Page
from crawler.read.parts import MOST, Found, find_parts
from crawler.read.reader import read
from spiders import profile
from spiders.site import Site
from tests.gazette.turned import FORMS, TurnedPaper

HOME = "http://koran.test"
OWN = f"{HOME}/berita/41/jalan-baru-di-lereng.html"


def make_site() -> Site:
    """A paper whose articles stand under /berita/."""
    words = {"home": f"{HOME}/", "walk": {"article": ["/berita/\\d+/"]}}
    made, problems = profile.build(words)
    assert made is not None and not problems
    return Site("koran", made)


def look(body: str, url: str = OWN, head: str = "", origin: str | None = None) -> Found:
    """What a page says of its article's pages."""
    tree = document_fromstring(f"<html><head>{head}</head><body><h1>T</h1>{body}</body></html>")
    return find_parts(tree, url=url, site=make_site(), origin=origin)


def numbers(found: Found) -> list[int]:
    """The numbers of the further pages."""
    return [part.number for part in found.parts]


@pytest.mark.parametrize("form", FORMS)
def test_every_place_of_the_number_is_known(form: str) -> None:
    """Page 1 names the others, page 2 the first, in all forms that papers use."""
    at = {n: FORMS[form](OWN, n) for n in (2, 3)}
    links = f'<p>Halaman: <b>1</b> <a href="{at[2]}">2</a> <a href="{at[3]}">3</a></p>'
    found = look(links)
    assert [(part.number, part.url) for part in found.parts] == [(2, at[2]), (3, at[3])]
    assert found.first is None
    back = f'<p>Halaman: <a href="{OWN}">1</a> <b>2</b> <a href="{at[3]}">3</a></p>'
    assert look(back, at[2]).first == OWN
    assert numbers(look(back, at[2], origin=OWN)) == [3]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="?page=2">Selanjutnya</a>',
        '<a href="?page=2" title="Next page"><i class="ico"></i></a>',
        '<a href="?trang=2">Trang sau</a>',
        '<a href="?seite=2">Seite 2</a>',
        '<a rel="next" href="?p=2">Fortsetzung</a>',
        '<a href="?page=2#isi">02</a>',
        '<link rel="next" href="?page=2">',
    ],
)
def test_one_link_is_enough(link: str) -> None:
    """A word for next, a number, or rel=next on the article's own address with a number."""
    assert numbers(look(f"<div>{link}</div>")) == [2]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="?page=all">Tampilkan semua</a>',
        '<a href="?showpage=all">Xem tất cả</a>',
        '<a href="/berita/41/jalan-baru-di-lereng/single-page">View as single page</a>',
        '<a href="?page=2">2</a> <a href="?page=all">∞</a>',
        '<a href="?single=1">Tampilkan Semua</a>',
    ],
)
def test_a_page_with_the_whole_article_comes_first(link: str) -> None:
    """It is known by its words, or as its number is another word for all."""
    assert numbers(look(link))[0] == 0


def test_a_query_that_is_no_identity_does_not_hide_the_pages() -> None:
    """An article asked for with a referrer in its address has the pages of its canonical one."""
    head = f'<link rel="canonical" href="{OWN}">'
    found = look(f'<a href="{OWN}?page=2">2</a>', f"{OWN}?ref=depan", head)
    assert [part.url for part in found.parts] == [f"{OWN}?page=2"]


@pytest.mark.parametrize(
    "body",
    [
        '<div class="komentar"><a href="?page=2">2</a></div>',
        '<div id="comments-nav"><ul><li><a href="?page=2">Next</a></li></ul></div>',
        '<a href="?cpage=2">2</a>',
        '<a href="?page=2#comments">2</a>',
        '<div class="photo-gallery"><a href="?page=2">Next</a></div>',
        '<a href="?page=2"><img src="/f.jpg" alt=""></a>',
        '<a href="?foto=2">2</a>',
        '<a href="/berita/42/pasar-malam.html">Selanjutnya</a>',
        '<a href="/berita/41/jalan-baru-di-lereng-2.html">Jalan baru di lereng, bagian dua</a>',
        '<a href="/berita/42/pasar-malam.html?page=2">2</a>',
        '<a href="/terbaru?page=2">2</a>',
        '<a href="http://lain.test/berita/41/jalan-baru-di-lereng.html?page=2">2</a>',
        '<a href="?page=3">2</a>',
        '<a href="?page=all">Lihat semua komentar dari para pembaca</a>',
        '<link rel="next" href="/berita/40/kapal.html">',
    ],
)
def test_what_only_looks_like_a_pager(body: str) -> None:
    """Comments, galleries, other articles, lists, other hosts, numbers that do not agree."""
    assert look(body) == Found()


@given(st.text(string.printable, max_size=40), st.text(string.printable, max_size=12))
def test_no_address_and_no_words_raise(href: str, words: str) -> None:
    """Whatever stands in a link, an answer comes, and numbers are a page's."""
    link = f'<a href="{href.replace(chr(34), "")}">{words.replace("<", "")}</a>'
    found = look(f"<div>{link}</div>")
    assert all(part.number == 0 or 2 <= part.number <= MOST for part in found.parts)


@given(st.sampled_from(sorted(FORMS)), st.integers(2, MOST), st.integers(2, MOST))
def test_a_pager_of_any_length_is_read(form: str, count: int, current: int) -> None:
    """From page 1 all pages are named; from any other, all but itself and the first."""
    links = "".join(
        f'<a href="{OWN if n == 1 else FORMS[form](OWN, n)}">{n}</a> ' for n in range(1, count + 1)
    )
    assert numbers(look(links)) == list(range(2, count + 1))
    current = min(current, count)
    own = FORMS[form](OWN, current)
    wanted = [n for n in range(2, count + 1) if n != current]
    assert numbers(look(links, own, origin=OWN)) == wanted
    assert look(links, own).first == OWN


# -- joined ---------------------------------------------------------------------------------------


def make_reading(*lines: str, parts: int = 0, lead: str | None = None) -> Reading:
    """The reading of a page."""
    further = tuple(Part(n, f"{OWN}?page={n}") for n in range(2, parts + 1))
    article = Article(title="T", text="\n".join(lines), lead=lead)
    return Reading("article", "ok", "x", "p", article=article, parts=further)


def take(joint: Joint, *pages: Reading) -> Reading:
    """Give a joint the pages it asks for, in order."""
    given = iter(pages)
    while asked := joint.list_next():
        for part in asked:
            joint.take(replace(part, record_id=f"<{part.number}>"), next(given))
    return joint.finish()


def test_what_pages_repeat_is_taken_once() -> None:
    """A lead again, a closing line again; a further page's own lead is text."""
    first = make_reading("Satu.", "Dua.", "Tim redaksi menulis ini.", parts=2, lead="Ringkasan.")
    second = make_reading("Ringkasan.", "Empat.", "Tim redaksi menulis ini.", lead="Tiga.")
    joined = take(Joint(OWN, first), second)
    assert joined.article is not None
    text = "Satu.\nDua.\nTiga.\nRingkasan.\nEmpat.\nTim redaksi menulis ini."
    assert joined.article.text == text and joined.article.lead == "Ringkasan."
    assert [part.record_id for part in joined.parts] == ["<2>"]


def test_numbers_that_turn_something_else() -> None:
    """A page 2 with the same words shows that the article has one page; no more is asked for."""
    first = make_reading("Satu.", "Dua.", parts=9)
    joint = Joint(OWN, first)
    assert take(joint, make_reading("Satu.", "Dua.")) == replace(first, parts=())
    assert joint.idle and joint.is_complete


def test_the_same_text_with_other_comments_is_no_further_page() -> None:
    """A new line beside the first page's whole text is no part of it."""
    first = make_reading("Satu.", "Dua.", "Tiga.", parts=9)
    joint = Joint(OWN, first)
    assert take(joint, make_reading("Satu.", "Dua.", "Tiga.", "Setuju!")).parts == ()
    assert joint.idle


def test_a_last_page_that_comes_again_ends_the_article() -> None:
    """A server that answers page 4 with page 3 adds nothing, and nothing is missing."""
    first = make_reading("Satu.", parts=4)
    joint = Joint(OWN, first)
    joined = take(joint, make_reading("Dua."), make_reading("Tiga."), make_reading("Tiga."))
    assert joined.article is not None and joined.article.text == "Satu.\nDua.\nTiga."
    assert joint.is_complete and joined.warnings == ()


def test_the_whole_page_must_be_whole() -> None:
    """A page "all" with other words is left for the numbered ones; one that has all ends it."""
    first = make_reading("Satu.", parts=2)
    first = replace(first, parts=(Part(0, f"{OWN}?page=all"), *first.parts))
    joined = take(Joint(OWN, first), make_reading("Lain."), make_reading("Dua."))
    assert joined.article is not None and joined.article.text == "Satu.\nDua."
    assert [part.number for part in joined.parts] == [2]
    joined = take(Joint(OWN, first), make_reading("Satu.", "Dua."))
    assert joined.article is not None and joined.article.text == "Satu.\nDua."
    assert [part.number for part in joined.parts] == [0]


def test_what_is_missing_is_told() -> None:
    """A page that did not come stands in the parts without a record, and in a warning."""
    joint = Joint(OWN, make_reading("Satu.", parts=2))
    joint.miss(joint.list_next()[0], "http 503")
    joined = joint.finish()
    assert joined.parts == (Part(2, f"{OWN}?page=2", why="http 503"),)
    assert joined.warnings == ("article-incomplete: page 2 is not in the text: http 503",)
    assert not joint.is_complete


def test_the_lines_of_the_pager_leave_the_text() -> None:
    """Page numbers that stand within the body are no words of the article."""
    paper = TurnedPaper()
    paper.base = HOME
    piece = paper.pieces[1]
    answer = paper.answer(piece.path)
    assert answer is not None
    body = answer.body.replace(b'</div><div class="hal">', b'<div class="hal">', 1)
    page = Page(f"{HOME}{piece.path}", 200, (), body, "article", datetime(2026, 11, 20, tzinfo=UTC))
    reading = read(page, make_site())
    assert reading.article is not None and numbers(Found(reading.parts)) == [2]
    assert reading.article.text == "\n".join(piece.pages[0])

"""The following page of a category is found, and only where there is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.labels import load_phrases
from crawler.read.pagers import find_next
from crawler.read.tree import parse_html
from tests.read.samples import HOME, make_site

URL = f"{HOME}kinh-te/"
SITE = make_site('pager = "next-link"')


def next_of(html: str, number: int = 1) -> str | None:
    """Return the page that follows one of a paper whose pager is its own links."""
    tree, _ = parse_html(html)
    return find_next(tree, url=URL, text=html, number=number, site=SITE)[0]


@pytest.mark.parametrize(
    "html",
    [
        '<head><link rel="next" href="/kinh-te/trang-2"></head><p>x</p>',
        '<a rel="nofollow next" href="trang-2">x</a>',
        '<div class="pagination"><a href="/kinh-te/">1</a><a href="trang-2">Trang sau</a></div>',
        '<ul class="phan-trang"><li><a href="trang-2">»</a></li></ul>',
        '<nav aria-label="Pagination"><a href="trang-2"><span>Next</span></a></nav>',
        '<div class="nav-links"><a href="trang-2">Older posts</a></div>',
        '<div id="pager"><a href="trang-2" title="Trang tiếp"><i></i></a></div>',
        '<p class="paging"><b>1</b> <a href="trang-2">2</a> <a href="trang-3">3</a></p>',
        '<a class="next page-numbers" href="trang-2">→</a>',
        '<ul class="pager"><li><a href="trang-2">siguiente ›</a></li></ul>',
        '<p class="paging"><a href="trang-2">Suivant →</a></p>',
        '<div class="zo"><a href="/kinh-te/trang-2">2</a> <a href="/kinh-te/trang-3">3</a></div>',
        '<p class="tuba"><a href="/kinh-te/trang-2">Tin cũ hơn</a></p>',
        '<button class="mo" data-url="/kinh-te/trang-2">+</button>',
        '<p><a href="/kinh-te/trang-2">Xem thêm tin cũ hơn</a></p>',
        '<p><a href="/kinh-te/trang-2">Plus d\'articles</a></p>',
    ],
)
def test_the_pages_own_link(html: str) -> None:
    """rel=next, then words and signs among page numbers, then the next number itself."""
    assert next_of(html) == f"{HOME}kinh-te/trang-2"


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<button data-url="/kinh-te/mo" data-page="2">+</button>', "kinh-te/mo?page=2"),
        ('<a data-href="/mo?c=1" data-next-page="2">+</a>', "mo?c=1&page=2"),
        ('<button data-url="/kinh-te/mo" data-page="1">+</button>', None),
        ('<button data-url="/kinh-te/mo" data-page="x">+</button>', None),
        ('<a href="/kinh-te/?d=2026-02-01">Xem thêm tin cũ hơn</a>', "kinh-te/?d=2026-02-01"),
        ('<a href="/khac/?d=2026-02-01">Xem thêm tin cũ hơn</a>', None),
    ],
)
def test_a_number_beside_the_address_and_a_day_in_it(html: str, address: str | None) -> None:
    """A button keeps address and number apart; a link to older entries names a day."""
    assert next_of(html) == (None if address is None else HOME + address)


@pytest.mark.parametrize(
    "html",
    [
        "<p>x</p>",
        '<p><a href="/a-post1.html">Sau</a></p>',
        '<div class="pagination"><a href="trang-0">Trang trước</a><a href="/kinh-te/">1</a></div>',
        '<link rel="next" href="https://khac.vn/2">',
        '<link rel="next" href="/kinh-te/">',
        '<link rel="next" href="#">',
        '<p class="x"><a href="/kinh-te/bai-2-hay">Sau</a></p>',
        '<div data-src="/anh/2.jpg"><img src="/anh/2.jpg"></div>',
        '<button data-url="https://khac.vn/2">+</button>',
    ],
)
def test_no_following_page(html: str) -> None:
    """Words outside a pager, other hosts and the page itself are no following page."""
    assert next_of(html) is None


def test_a_json_page_is_turned_like_the_button_that_asked_for_it() -> None:
    """No tree: the address counts on, as far as it is the paper's."""
    url = f"{HOME}tai?muc=3&tu=6"
    found = find_next(None, url=url, text='{"html": ""}', number=2, site=SITE)
    assert found == (f"{HOME}tai?muc=3&tu=12", ())


def test_the_profiles_pager() -> None:
    """A pager that counts needs no link on the page."""
    site = make_site('pager = "query:page"')
    tree, _ = parse_html("<p>x</p>")
    found = find_next(tree, url=URL, text="<p>x</p>", number=2, site=site)
    assert found == (f"{URL}?page=3", ())


def test_a_pager_that_does_not_understand_is_heard() -> None:
    """A platform's pager that meets a page it does not know gives a warning, not an end."""
    site = make_site('pager = "epi"')
    found, warnings = find_next(
        None, url=f"{HOME}api/morenews-zone-1-2.html", text="{", number=2, site=site
    )
    assert found is None
    assert warnings and warnings[0].startswith("pager-error")


@pytest.mark.parametrize("text", ["Trang sau", " NEXT » ", "›", "Xem thêm", "下一页"])
def test_phrases(text: str) -> None:
    """Phrases match in any case, with signs at their ends."""
    name = "related" if text == "Xem thêm" else "next"
    assert load_phrases(name).match(text)


@pytest.mark.parametrize("text", ["", " ", "Sau cơn mưa trời lại sáng", "nextdoor", "x" * 500])
def test_no_phrases(text: str) -> None:
    """Sentences that begin with a phrase are none."""
    assert not load_phrases("next").match(text)


@given(st.text(max_size=80))
def test_phrases_never_raise(text: str) -> None:
    """Any text is a phrase or not."""
    assert load_phrases("related").match(text) in (True, False)


@pytest.mark.parametrize(
    ("html", "following"),
    [
        ('<a class="ver" data-ruta="/ajax/notas?seccion=4&desde=6">Ver</a>',
         "ajax/notas?seccion=4&desde=6"),
        ('<div data-api="/api/v1?kanal=x&cursor=bzAw" data-cursor="1"></div>',
         "api/v1?kanal=x&cursor=bzAw"),
    ],
)  # fmt: skip
def test_a_part_that_a_script_fetches(html: str, following: str) -> None:
    """The address of a list's next part, whatever its data attribute is called."""
    assert next_of(html) == HOME + following


@pytest.mark.parametrize("stem", ["lokales-1-p", "rubrika2-str", "kinh-te/trang-"])
def test_the_third_page_is_found_on_the_second(stem: str) -> None:
    """Numbers alone lead on from a later page whose own number stands in its path."""
    links = "".join(f'<a href="/{stem}{n}.HTM">{n}</a>' for n in (3, 4, 5))
    tree, _ = parse_html(f'<div class="zo">{links}</div>')
    url = f"{HOME}{stem}2.HTM"
    found = find_next(tree, url=url, text=links, number=2, site=SITE)[0]
    assert found == f"{HOME}{stem}3.HTM"

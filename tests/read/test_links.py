"""Pages announce addresses: which, in what order, by what channel, with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Link, Role
from crawler.read.addresses import resolve_address
from crawler.read.anchors import read_title
from crawler.read.links import read_links
from crawler.read.tree import parse_html
from crawler.read.words import fold, read_words
from spiders.site import Site
from tests.read.samples import ARTICLE, HOME, PLAIN, make_site

SITE = make_site()


def links_of(
    html: str, role: Role = "home", *, url: str = HOME, site: Site = SITE
) -> tuple[Link, ...]:
    """Read the links of a page."""
    tree, _ = parse_html(html)
    assert tree is not None
    return read_links(tree, url=url, site=site, role=role)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a.html", "https://x.vn/a.html"),
        ("b.html", "https://x.vn/tin/b.html"),
        ("../c", "https://x.vn/c"),
        ("//y.vn/d", "https://y.vn/d"),
        ("https://x.vn/e#top", "https://x.vn/e"),
        (" \n /f\t/g \u00a0", "https://x.vn/f/g"),
        ("\\h\\i", "https://x.vn/h/i"),
        ("https:\\\\x.vn\\j", "https://x.vn/j"),
        ("/hai ba", "https://x.vn/hai%20ba"),
        ("/tin-mới.html", "https://x.vn/tin-mới.html"),
        ("?p=2", "https://x.vn/tin/?p=2"),
        ("?a=\\b", "https://x.vn/tin/?a=\\b"),
        ("HTTPS://x.vn/k", "https://x.vn/k"),
        ("/l\x01m", "https://x.vn/l%01m"),
        ("./n/../o", "https://x.vn/tin/o"),
        ("", None),
        ("#", None),
        ("#binh-luan", None),
        ("javascript:void(0)", None),
        ("JavaScript:void(0)", None),
        (" java\nscript:alert(1)", None),
        ("mailto:a@x.vn", None),
        ("tel:+84", None),
        ("data:text/html,x", None),
        ("ftp://x.vn/o", None),
        ("http://[::1", None),
        ("https://", None),
        ("http:", None),
        ("/" + "p" * 5000, None),
    ],
)
def test_addresses(href: str, address: str | None) -> None:
    """href is resolved as browsers do it; what is no web address is None."""
    assert resolve_address("https://x.vn/tin/", href) == address


@given(st.text(max_size=80), st.text(max_size=80))
def test_addresses_never_raise(base: str, href: str) -> None:
    """Whatever stands in href or base gives a web address without fragment, or None."""
    found = resolve_address(base, href)
    assert found is None or (found.lower().startswith(("http://", "https://")) and "#" not in found)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>  Hà\n Nội </p>", "Hà Nội"),
        ("<p><b>H</b>à Nội</p>", "Hà Nội"),
        ("<div><h3>Một</h3><p>Hai</p></div>", "Một Hai"),
        ("<p>a<br>b<script>c</script>d</p>", "a bd"),
        ("<p>zero\u200bwidth soft\u00adhyphen</p>", "zerowidth softhyphen"),
        ("<p>Ha\u0300 No\u0323\u0302i</p>", "Hà Nội"),
    ],
)
def test_words(html: str, words: str) -> None:
    """Words are what a person sees, on one line, in NFC."""
    tree, _ = parse_html(html)
    assert tree is not None
    assert read_words(tree) == words


@given(st.text(max_size=60))
def test_folding_is_idempotent(text: str) -> None:
    """Folded text stays as it is."""
    assert fold(fold(text)) == fold(text)


FRONT = """
<nav><a href="/kinh-te/">Kinh tế</a> <a href="https://khac.vn/x">Khác</a></nav>
<main>
 <article class="story">
  <a href="/mot-hai-post1.html"><img src="1.jpg" alt="ảnh"></a>
  <h2><a href="/mot-hai-post1.html">Tin thứ nhất</a></h2>
  <time datetime="2026-02-04T08:00:00+0700">hôm nay</time>
  <p class="story__summary">Lời dẫn của tin thứ nhất, đủ dài để làm lời dẫn.</p>
 </article>
 <article class="story">
  <h2><a href="/ba-bon-post2.html#binh-luan">Tin <b>thứ</b> hai</a></h2>
  <a class="readmore" href="/ba-bon-post2.html">Xem tiếp</a>
 </article>
 <a href="/nam-sau-post3.html"><h3>Tin thứ ba</h3>
  <p>Lời dẫn của tin thứ ba nằm ngay trong thẻ.</p></a>
 <a href="mailto:toasoan@bao.example.vn">thư</a> <a href="/lien-he">Liên hệ</a> <a href="/">nhà</a>
</main>"""


def test_front_page() -> None:
    """A front page gives its articles in order, pictures and headlines merged, words beside."""
    articles = [link for link in links_of(FRONT) if link.role == "article"]
    assert articles == [
        Link(
            f"{HOME}mot-hai-post1.html",
            "home",
            1,
            "article",
            "Tin thứ nhất",
            "Lời dẫn của tin thứ nhất, đủ dài để làm lời dẫn.",
            "2026-02-04T08:00:00+0700",
        ),
        Link(f"{HOME}ba-bon-post2.html", "home", 2, "article", "Tin thứ hai"),
        Link(
            f"{HOME}nam-sau-post3.html",
            "home",
            3,
            "article",
            "Tin thứ ba",
            "Lời dẫn của tin thứ ba nằm ngay trong thẻ.",
        ),
    ]


def test_a_heading_without_words_is_no_title() -> None:
    """The parser ends <h2> before the <p> that a portal writes in it: the link's words are read."""
    tree, _ = parse_html('<a href="/x"><h2><p>The bridge is open</p></h2></a>')
    assert tree is not None
    assert read_title(next(tree.iter("a"))) == (3, "The bridge is open")


def test_front_page_names_categories_and_others() -> None:
    """Categories of the menu are announced; unknown addresses keep the role "other"; no foreign."""
    roles = {link.url: link.role for link in links_of(FRONT)}
    assert roles[f"{HOME}kinh-te/"] == "category"
    assert roles[f"{HOME}lien-he"] == "other"
    assert not any("khac.vn" in url for url in roles)
    assert HOME not in roles


def test_guessed_categories_only_from_menus() -> None:
    """A guessed category in a text is left out where a menu names categories."""
    html = '<nav><a href="/kinh-te/">Kinh tế</a></nav><p><a href="/hoa-binh/">Hòa Bình</a></p>'
    assert [link.url for link in links_of(html)] == [f"{HOME}kinh-te/"]
    assert [link.url for link in links_of(html.replace("nav", "div"))] == [
        f"{HOME}kinh-te/",
        f"{HOME}hoa-binh/",
    ]


def test_category_page_by_the_profiles_listing() -> None:
    """Where [read] listing matches, only its articles count; where it does not, all do."""
    html = """<div class="list"><a href="/a-post1.html">A</a></div>
    <aside><a href="/b-post2.html">B</a></aside>"""
    listing = make_site(read='listing = [".gone a", ".list a"]')
    other = make_site(read='listing = [".gone a"]')
    url = f"{HOME}kinh-te/"
    assert [link.title for link in links_of(html, "category", url=url, site=listing)] == ["A"]
    assert [link.title for link in links_of(html, "category", url=url, site=other)] == ["A", "B"]
    assert [link.channel for link in links_of(html, "category", url=url)] == ["category"] * 2


def test_base_href() -> None:
    """Relative links start from <base href>, even one in a template folder."""
    html = '<head><base href="/static/t/"></head><a href="a-post1.html">A</a>'
    (link,) = links_of(html)
    assert link.url == f"{HOME}static/t/a-post1.html"


def test_feeds_of_the_head() -> None:
    """Feeds that the head declares are announced with the role "feed"."""
    html = """<head><link rel="alternate" type="application/rss+xml" href="/rss/home.rss"
    title=" Trang  chủ "><link rel="alternate" hreflang="en" href="/en/"></head><p>x</p>"""
    assert links_of(html) == (Link(f"{HOME}rss/home.rss", "home", 0, "feed", "Trang chủ"),)


def test_meta_refresh() -> None:
    """A page that sends the reader on announces the target as a redirect."""
    html = '<head><meta http-equiv="Refresh" content="0; URL=\'/moi/\'"></head><p>x</p>'
    (link,) = links_of(html, site=make_site())
    assert (link.url, link.channel) == (f"{HOME}moi/", "redirect")


def card(number: int) -> str:
    """Return a related item as ePi shows it: picture, headline, summary."""
    url = f"/tin-lien-quan-so-{number}-post{number}.html"
    return f"""<article class="story"><figure><a href="{url}" title="Tin {number}"><img src="x.jpg"
    alt="Tin {number}"></a></figure><h2 class="story__heading"><a href="{url}">Tin số {number}</a>
    </h2><div class="story__summary">Tóm tắt của tin liên quan số {number}, viết khá dài.</div>
    </article>"""


PARAGRAPH = (
    "<p>" + "Một đoạn văn dài của bài báo, có nhiều chữ hơn bất cứ khối tin nào. " * 3 + "</p>"
)
BODY = f"""<div class="article__body">{PARAGRAPH}<p>Xem <a href="/trong-bai-post77.html">>> bài
trước</a> và <a href="https://nguon.vn/x">nguồn</a>.{PARAGRAPH}</p>{PARAGRAPH}</div>"""
SIDE = '<aside><a href="/ben-le-post90.html">Bên lề</a></aside>'


@pytest.mark.parametrize(
    "block",
    [
        "<h3>Tin cùng chuyên mục</h3>{cards}",
        "<div class='head'><span>Có thể bạn quan tâm</span></div><div>{cards}</div>",
        "<section><p><b>Đọc thêm:</b></p>{cards}</section>",
        "<div><h4>Xem thêm kinh tế</h4></div>{cards}",
        "<h2>RELATED ARTICLES</h2><ul>{cards}</ul>",
        "<h3>Tin khác</h3>{cards}<h3>Đọc nhiều</h3><ul><li><a href='/q-post9.html'>Q</a></ul>",
    ],
)
def test_related_blocks_under_labels(block: str) -> None:
    """Eight items under a label are eight related links with titles and summaries, in order."""
    cards = "".join(card(number) for number in range(1, 9))
    html = f"<main><h1>Bài</h1>{BODY}<div>{block.format(cards=cards)}</div></main>{SIDE}"
    related = [link for link in links_of(html, "article", url=ARTICLE) if link.channel == "related"]
    assert [link.position for link in related] == list(range(8))
    assert [link.title for link in related] == [f"Tin số {number}" for number in range(1, 9)]
    assert [link.summary for link in related] == [
        f"Tóm tắt của tin liên quan số {number}, viết khá dài." for number in range(1, 9)
    ]


def test_related_by_the_profile() -> None:
    """[read] related names the blocks: one item is enough, and no label is needed."""
    site = make_site(read='related = ["#khung"]')
    html = f"<main>{BODY}<div id=khung>{card(1)}</div></main>{SIDE}"
    related = [
        link
        for link in links_of(html, "article", url=ARTICLE, site=site)
        if link.channel == "related"
    ]
    assert [link.title for link in related] == ["Tin số 1"]


def test_labels_of_the_profile() -> None:
    """A label that only this paper uses comes from its profile."""
    html = f"<main>{BODY}<h3>Chuyện nhà nông</h3><div>{card(1)}</div></main>{SIDE}"
    known = make_site(read='labels = ["Chuyện nhà nông"]')
    found = links_of(html, "article", url=ARTICLE, site=known)
    assert [link.title for link in found if link.channel == "related"] == ["Tin số 1"]
    found = links_of(html, "article", url=ARTICLE)
    assert [link.title for link in found if link.channel == "related"] == []


def test_clusters_without_label() -> None:
    """Three articles together outside the body are related; two are not."""
    for count, titles in ((3, ["Tin số 1", "Tin số 2", "Tin số 3"]), (2, [])):
        cards = "".join(card(number) for number in range(1, count + 1))
        html = f"<main>{BODY}</main><div><div>{cards}</div></div>"
        found = links_of(html, "article", url=ARTICLE)
        assert [link.title for link in found if link.channel == "related"] == titles


def test_links_within_the_text() -> None:
    """The paper's links inside the body are announced by the body, foreign ones are not."""
    html = f"<main>{BODY}<h3>Tin liên quan</h3><div>{card(1)}</div></main>"
    body = [link for link in links_of(html, "article", url=ARTICLE) if link.channel == "body"]
    assert [(link.url, link.title) for link in body] == [
        (f"{HOME}trong-bai-post77.html", "bài trước")
    ]


def test_words_in_a_headline_are_no_label() -> None:
    """A headline that begins with a label's words introduces nothing."""
    html = f"<main>{BODY}<h3>Đọc tiếp những trang sử vàng của quê hương</h3>{card(1)}</main>"
    found = links_of(html, "article", url=ARTICLE)
    assert not [link for link in found if link.channel == "related"]


NAMES = st.sampled_from(["a", "div", "p", "h2", "nav", "base", "link", "article", "span", "time"])
VALUES = st.sampled_from(
    ["/a-b-c-d-post1.html", "//", "http://[", "javascript:1", "?x", "\\", "menu", "next", "article"]
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Some HTML that nobody closed properly."""
    pieces = []
    for _ in range(draw(st.integers(1, 12))):
        name, value = draw(NAMES), draw(VALUES)
        key = draw(st.sampled_from(["href", "class", "rel", "id", "title", "datetime"]))
        pieces.append(f"<{name} {key}='{value}'>{draw(st.text(max_size=12))}")
        if draw(st.booleans()):
            pieces.append(f"</{draw(NAMES)}>")
    return "".join(pieces)


@given(markup(), st.sampled_from(["home", "category", "article", "feed", "other"]))
def test_links_never_raise(html: str, role: Role) -> None:
    """Any tree gives links whose positions count up within each channel, each address once."""
    tree, _ = parse_html(html)
    if tree is None:
        return
    for site in (SITE, PLAIN):
        found = read_links(tree, url=ARTICLE, site=site, role=role)
        for channel in {link.channel for link in found}:
            own = [link for link in found if link.channel == channel]
            assert [link.position for link in own] == list(range(len(own)))
            assert len({link.url for link in own}) == len(own)

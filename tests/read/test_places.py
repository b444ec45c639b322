"""Where an article stands in its paper: its section, its breadcrumbs, its tags."""

from __future__ import annotations

import json

import pytest

from spiders.profile import load
from spiders.site import Site
from tests.read.test_article import STORY, find_article, wrap

TITLE = "Khởi công tuyến đường"
MENU = "<div><a href=/>Trang chủ</a> <a href=/dan-sinh>Dân sinh</a> <a href=/x>Làng nghề</a></div>"


def write_page(*, head: str = "", above: str = "", behind: str = "") -> str:
    """A page of a story whose title element ends with the section and the paper's name."""
    declared = f"<title>{TITLE} - Làng nghề - Báo Sông Thương</title>{head}"
    return wrap(f"{MENU}<div>{above}<h1>{TITLE}</h1>{STORY}</div>{behind}", declared)


def test_a_section_behind_the_headline_is_one_that_a_link_names() -> None:
    """What stands between headline and paper in the title is the section if a menu has it."""
    article = find_article(write_page())
    assert (article.section, article.sources["section"]) == ("Làng nghề", "title")
    alone = write_page().replace("Làng nghề</a>", "Khác</a>")
    assert find_article(alone).section is None


def test_a_link_above_the_headline_that_is_named_a_section_is_it() -> None:
    """Its element says so; without a name it says nothing."""
    named = '<div class="c-category"><a href="/dan-sinh">Dân sinh</a></div>'
    assert find_article(write_page(above=named)).section == "Dân sinh"
    assert find_article(write_page(above=named.replace("c-category", "x"))).section == "Làng nghề"


@pytest.mark.parametrize(("stamp", "section", "tags"), [
    ("", "Làng nghề", ("gốm", "lò nung")), ("2026-01-08T10:00:00+07:00", "News", ("Tin tuc",)),
])  # fmt: skip
def test_a_head_that_nobody_filled_in_names_no_section(
    stamp: str, section: str, tags: tuple[str, ...]
) -> None:
    """Where the time of publication stands empty, section and tags are the template's own."""
    head = "".join(
        f'<meta property="article:{name}" content="{value}">'
        for name, value in (("published_time", stamp), ("section", "News"), ("tag", "Tin tuc"))
    )
    listed = "<div class=tags><a href=/a>gốm</a>, <a href=/b>lò nung</a></div>"
    article = find_article(write_page(head=head, behind=listed))
    assert (article.section, article.tags) == (section, tags)


@pytest.mark.parametrize(("crumbs", "section"), [
    (("Kategori: Musik",), "Musik"), (("Văn hóa", "Chuyên mục: Làng nghề"), "Làng nghề"),
    (("Nhạc", "Category: Uncategorized"), "Nhạc"), (("Nhạc", TITLE), "Nhạc"),
])  # fmt: skip
def test_a_trail_names_sections_only(crumbs: tuple[str, ...], section: str) -> None:
    """No label of a list, no section of the unsorted, not the article that the title names."""
    items = [{"@type": "ListItem", "position": n, "name": c} for n, c in enumerate(crumbs)]
    trail = json.dumps({"@type": "BreadcrumbList", "itemListElement": items})
    head = f'<script type="application/ld+json">{trail}</script>'
    page = wrap(f"<h1>Một tên khác hẳn</h1>{STORY}", f"<title>{TITLE}</title>{head}")
    assert find_article(page).section == section


def test_of_two_lists_of_tags_the_one_that_is_seen_is_the_articles() -> None:
    """A paper's own words in one list of the head give way to the list that the page shows."""
    head = (
        '<meta name="news_keywords" content="tin nhanh, báo mới">'
        '<meta name="keywords" content="gốm, lò nung">'
    )
    shown = "<p class=tags><a href=/t/1>lò nung</a> <a href=/t/2>đất sét</a></p>"
    assert find_article(write_page(head=head, behind=shown)).tags == ("gốm", "lò nung")
    assert find_article(write_page(head=head)).tags == ("tin nhanh", "báo mới")


def test_tags_are_seen_where_nothing_declares_them() -> None:
    """In a list that is named so, or as links to pages of tags below the headline; no cloud."""
    listed = "<ul class=tags><li><a href=/a>#gốm</a></li><li><a href=/b>lò nung</a></li></ul>"
    article = find_article(write_page(behind=listed))
    assert (article.tags, article.sources["tags"]) == (("gốm", "lò nung"), "seen")
    cloud = "".join(f"<a href=/{n}>chủ đề {n}</a> " for n in range(40))
    assert find_article(write_page(behind=f"<div class=tags>{cloud}</div>")).tags == ()


@pytest.mark.parametrize(
    ("between", "section"), [(" » ", "Bóng đá"), (" > ", "Bóng đá"), (" ", None)]
)
def test_a_trail_is_seen_where_signs_lead_from_link_to_link(
    between: str, section: str | None
) -> None:
    """Without them the links may be sections that stand side by side."""
    links = between.join(
        ("<a href=/>Trang chủ</a>", "<a href=/t>Thể thao</a>", "<a href=/b>Bóng đá</a>")
    )
    page = wrap(f"<div class=breadcrumbs>{links}</div><h1>{TITLE}</h1>{STORY}")
    article = find_article(page)
    assert article.section == section
    assert article.breadcrumbs == (("Thể thao", "Bóng đá") if section else ())


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("<a href=/stories>Stories</a> / <a href=/notices>Notices</a>", None),
        ("<a href=/>Front</a> / <a href=/notices>Notices</a>", "Notices"),
        ("<a href=/stories>All</a> &gt; <a href=/notices>Notices</a>", "Notices"),
        (
            "<nav class=breadcrumb><ol><li><a href=/>Home</a><li><a href=/x>Jobs</a></ol></nav>",
            "Jobs",
        ),
        (
            "<a href=/>Front</a> / <a href=/notices>Notices</a> / <a href=/notices/farm>Farm</a>",
            "Farm",
        ),
    ],
)
def test_a_short_menu_is_no_trail(line: str, section: str | None) -> None:
    """Of several categories in the line above a headline the last is the section only where each
    lies below the one before."""
    listed = "[walk]\ncategories = ['/stories', '/notices', '/notices/farm']\n"
    site = Site("paper", load(f"home = 'https://paper.test/'\nlanguage = 'en'\n{listed}"))
    page = wrap(f"<p>{line}</p><h1>{TITLE}</h1>{STORY}")
    assert find_article(page, site).section == section


def test_a_trail_under_a_menu_names_the_section() -> None:
    """A line that begins with the front page and has one category, right above the headline."""
    listed = "[walk]\ncategories = ['/stories', '/notices', '/farm']\n"
    site = Site("paper", load(f"home = 'https://paper.test/'\nlanguage = 'en'\n{listed}"))
    links = [f"<a href=/{name}>{name.title()}</a>" for name in ("stories", "notices", "farm")]
    menu = f"<tr><td><a href=/>Front</a> | {' | '.join(links)}</td></tr>"
    trail = f"<tr><td><a href=/>Front</a> &raquo; {links[2]}</td></tr>"
    page = wrap(f"<table>{menu}{trail}</table><h1>{TITLE}</h1>{STORY}")
    assert find_article(page, site).section == "Farm"
    assert find_article(page.replace(trail, ""), site).section is None


def test_the_papers_name_is_no_section() -> None:
    """Behind the headline in the title, and as the text of the link to the front page."""
    page = wrap(f"<h3><a href=/>Ridge Record</a></h3><h1>{TITLE}</h1>{STORY}",
                f"<title>{TITLE} :: Ridge Record</title>")  # fmt: skip
    assert find_article(page).section is None


def test_a_trail_within_a_trail_is_read_once() -> None:
    """Systems mark up both the bar and the list in it: each link counts once, in its order."""
    links = "".join(f"<li><a href=/{n}>Mục {n}</a></li>" for n in range(3))
    trail = f"<nav aria-label=Breadcrumb><ol class=breadcrumbs>{links}</ol></nav>"
    article = find_article(wrap(f"<a href=/x>Khác</a>{trail}<h1>{TITLE}</h1>{STORY}"))
    assert article.breadcrumbs == ("Mục 0", "Mục 1", "Mục 2")

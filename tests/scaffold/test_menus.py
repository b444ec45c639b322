"""The menu of a paper: which of its links are categories, and what is said of the others."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from archive.records import Link, Reading
from crawler.scaffold.beside import drop_beside, find_boxes
from crawler.scaffold.clues import Clue, Clues
from crawler.scaffold.fields import list_sections
from crawler.scaffold.findings import make_site
from crawler.scaffold.heads import find_heads
from crawler.scaffold.menus import (
    Listing,
    Menu,
    drop_strays,
    list_entries,
    sort_entries,
    visit_later,
)
from crawler.scaffold.visit import Visit

BASE = "https://paper.test"
SITE = make_site("paper", {"home": f"{BASE}/", "walk": {"article": ["/a-[0-9]+$"]}})
AT = datetime(2026, 2, 5, tzinfo=UTC)
NAMES = ("news", "sport", "farming", "council")
BOX = range(90, 95)  # the articles that every page shows


def visit(path: str, body: str) -> Visit:
    """A page of the paper as a survey gets it."""
    page = f"<html><head><title>x</title></head><body>{body}</body></html>".encode()
    return Visit(BASE + path, BASE + path, 200, (("content-type", "text/html"),), page, AT)


def lists(name: str, own: range, times: int = 2) -> Listing:
    """A category that links to its own articles ``times`` times, and once to the box's."""
    links = [f'<a href="/a-{n}">Headline of the story number {n}</a>' for n in (*own, *BOX)]
    numbers = [*own] * times + [*BOX]
    found = [Link(f"{BASE}/a-{n}", "category", 0, "article") for n in (*own, *BOX)]
    counts = Counter(f"{BASE}/a-{n}" for n in numbers)
    seen = visit(f"/c/{name}/", "".join(links))
    return Listing(Clue(f"{BASE}/c/{name}/", name.title()), seen, tuple(found), counts)


def test_a_link_of_the_menu_is_a_category_wherever_else_it_stands() -> None:
    """Marked rel="category tag", and in the foot of articles too: a category all the same. Tags of
    the menu come last, log-ins and feeds are none, nor is what the page's foot alone links to."""
    menu = "".join(f'<li><a href="/c/{n}/" rel="category tag">{n}</a></li>' for n in NAMES)
    menu = f'<nav><ul><li><a href="/tag/storm/">Storm</a></li>{menu}</ul></nav>'
    menu += '<nav><a href="/login/">Log in</a><a href="/feed/">Feed</a></nav>'
    foot = "".join(f'<a href="/c/{n}/" rel="category tag">{n}</a>' for n in NAMES)
    clues = Clues(SITE)
    clues.note_page(visit("/", f'{menu}<footer class="entry-footer">{foot}</footer>'))
    clues.note_page(visit("/x", f'<footer>{foot}<a href="/imprint/">Imprint</a></footer>'))
    found = [clue.url for clue in list_entries(clues, [])]
    assert found == [f"{BASE}/c/{name}/" for name in NAMES] + [f"{BASE}/tag/storm/"]


def test_a_section_that_heads_a_box_of_the_front_page_is_one() -> None:
    """Its name is as long as a short headline, and stands in a heading; but also in the menu."""
    names = {"/kultura-i-ludzie": "Kultura i ludzie", "/thoi-su-chinh-tri/": "Thời sự - Chính trị"}
    links = [f'<a href="{url}">{name}</a>' for url, name in names.items()]
    boxes = "".join(f"<h2>{link}</h2>" for link in links)
    clues = Clues(SITE)
    clues.note_page(visit("/", f"<nav><ul>{''.join(links)}</ul></nav>{boxes}"))
    assert [clue.url for clue in list_entries(clues, [])] == [f"{BASE}{url}" for url in names]
    alone = Clues(SITE)
    alone.note_page(visit("/", f"{boxes}<h2><a href='/x'>Pożar w tartaku gasło</a></h2>"))
    assert all(clue.headline for clue in alone)


def test_three_figures_are_an_article_where_a_headline_leads_to_them() -> None:
    """ "/story/412" of a small paper, announced by a headline or a feed; "/news/2" and "/news/12"
    are pages of a list whatever leads there, and so is "/news/112" with nothing but its number."""
    clues = Clues(SITE)
    numbers = "".join(f'<a href="/news/{n}">{n}</a>' for n in (2, 12, 112))
    story = '<dt><a href="/story/412">The county board splits over the plant</a></dt>'
    clues.note_page(visit("/", f"{story}{numbers}"))
    clues.note_links([Link(f"{BASE}/story/413", "feed", 0, "other", "Fair opens")], "feed")
    apart = {clue.url.removeprefix(BASE): clue.apart for clue in clues}
    assert apart.pop("/story/412") is False and apart.pop("/story/413") is False
    assert all(apart.values()) and len(apart) == 3


def test_entries_in_other_folders_than_all_categories_are_none() -> None:
    """What was not looked at is taken for a category where the others stand; pages of the imprint
    and tags are left, and told. Sections at the root tell nothing."""
    menu = Menu(categories=[lists(name, range(3)) for name in NAMES[:3]])
    menu.unseen = [Clue(BASE + one) for one in ("/c/council/", "/about/", "/etiket/farm/")]
    drop_strays(menu)
    assert [clue.url for clue in menu.unseen] == [f"{BASE}/c/council/"]
    assert [url for urls in menu.left.values() for url in urls] == [
        f"{BASE}/about/",
        f"{BASE}/etiket/farm/",
    ]
    for one in menu.categories:
        one.clue.url = one.clue.url.replace("/c/", "/").rstrip("/")
    menu.unseen = [Clue(f"{BASE}/about")]
    drop_strays(menu)
    assert len(menu.unseen) == 1


FOOT = ("redaktion", "regeln", "tentang", "pautas")


def drop(menu: Menu, front: str) -> list[str]:
    """What of the menu's entries that were not looked at is left, beside those on the front."""
    for one in menu.looked:
        one.clue.url = one.clue.url.replace("/c/", "/").rstrip("/")
    drop_beside(menu, find_boxes(visit("/", front).tree, f"{BASE}/", SITE))
    return [clue.url.removeprefix(BASE) for clue in menu.unseen]


def test_what_stands_beside_two_that_list_nothing_is_no_category() -> None:
    """In a foot that nothing names; beside one alone, or where a category stands too, it is one."""
    tops = "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in (*NAMES, "village"))
    feet = " | ".join(f"<a href='/{n}'>{n}</a>" for n in FOOT)
    front = f"<ul class='mn'>{tops}</ul><div class='ft'>{feet}</div>"
    menu = Menu(categories=[lists(name, range(3)) for name in NAMES])
    menu.unseen = [Clue(f"{BASE}/{n}") for n in ("village", *FOOT[1:])]
    menu.others = [lists(FOOT[0], range(0))]
    assert len(drop(menu, front)) == 4
    menu.framed = [lists(FOOT[1], range(0))]
    assert drop(menu, front) == ["/village"]
    assert [url for urls in menu.left.values() for url in urls] == [
        f"{BASE}/{one}" for one in FOOT[1:]
    ]
    menu.others.append(lists("council", range(0)))
    del menu.categories[3]
    assert drop(menu, front) == ["/village"]


class Given:
    """A visitor and a pool in one: it gets pages of links and reads them."""

    def __init__(self, pages: dict[str, Listing]) -> None:
        self.pages, self.visits, self.asked = pages, dict[str, Visit](), list[str]()
        self.misses = {f"{BASE}/gone": "http 404"}

    async def get(self, url: str) -> Visit | None:
        """The page at an address."""
        self.asked.append(url.removeprefix(BASE))
        self.now = self.pages.get(url.removeprefix(BASE))
        return self.now and self.now.visit

    async def read(self, *_: object) -> Reading:
        """The links of the page that was got last."""
        assert self.now is not None
        return Reading("category", "ok", "x", "x", self.now.links)


def test_entries_that_the_first_look_left_are_looked_at_with_what_is_left() -> None:
    """Those first that have nothing in common with the categories, and no more than are allowed;
    one that lists articles is a category, one that lists none is not."""
    menu = Menu(categories=[lists(name, range(3)) for name in NAMES])
    places = ("/c/village/", "/tentang", "/cattle", "/gone", "/c/fair/")
    menu.unseen = [Clue(BASE + place) for place in places]
    pages = {"/tentang": range(0), "/cattle": range(40, 45), "/c/village/": range(50, 55)}
    given: Any = Given({place: lists("x", own) for place, own in pages.items()})
    found = asyncio.run(visit_later(given, given, SITE, menu, 4))
    assert given.asked == ["/tentang", "/cattle", "/gone", "/c/village/"]
    assert {one.clue.url for one in found} == {f"{BASE}/cattle", f"{BASE}/c/village/"}
    assert len(menu.categories) == 6 and len(menu.framed) == 1
    assert [clue.url for clue in menu.unseen] == [f"{BASE}/c/fair/"]
    assert menu.left == {"gave no page (http 404)": [f"{BASE}/gone"]}


def test_what_every_page_shows_is_no_evidence() -> None:
    """A category whose articles all stand in the box of every page, one with one article, are
    categories; a page that has nothing but the box lists none of its own."""
    seen = [
        lists("news", range(10)),
        lists("sport", range(90, 93)),
        lists("farming", range(20, 21)),
    ]
    seen += [lists("about", range(0)), lists("council", range(30, 40))]
    menu = Menu()
    sort_entries(seen, menu)
    assert [one.clue.words for one in menu.categories] == ["News", "Sport", "Farming", "Council"]
    assert [one.clue.words for one in menu.framed] == ["About"]
    assert menu.others == []


def test_lists_of_everything_and_months_are_no_sections() -> None:
    """What is on the front page's twin and in one category is of that category."""
    menu = Menu([lists("news", range(10)), lists("sport", range(10, 20)), lists("all", range(20))])
    menu.categories.append(lists("2026/02", range(30, 40)))
    menu.archives = "/c/20[0-9]{2}/"
    sections = list_sections(menu)
    assert sections.names == {"news", "sport"}
    assert sections.known[f"{BASE}/a-3"] == "news" and f"{BASE}/a-91" not in sections.known


def test_a_kicker_glued_before_a_headline_is_no_word_of_the_system() -> None:
    """ "SportsVal-Corbin gagne ..." has the first word of val-corbin-gagne-... in it."""
    slugs = ("val-corbin-gagne-la-course-des-cretes", "val-corbin-perd-le-tournoi-de-pelote")
    words = ("Val-Corbin gagne la course des crêtes", "Val-Corbin perd le tournoi de pelote")
    told = [
        (f"{BASE}/{slug}.html", f"Sports{said}") for slug, said in zip(slugs, words, strict=True)
    ]
    assert find_heads(told) == frozenset()


def test_a_nav_of_one_page_alone_is_no_menu() -> None:
    """An article's tags stand in a nav, the categories in a box without a name on every page."""
    menu = "".join(f'<a href="/c/{name}/">{name}</a>' for name in NAMES)
    tags = '<nav><a href="/t/storm">Storm</a><a href="/t/rain">Rain</a></nav>'
    clues = Clues(SITE)
    pages = [clues.note_page(visit(f"/{n}", menu + (tags if n == 1 else ""))) for n in range(3)]
    found = [clue.url for clue in list_entries(clues, pages)]
    assert found == [f"{BASE}/c/{name}/" for name in NAMES]

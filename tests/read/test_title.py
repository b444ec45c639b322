"""Headlines: which of a page's own words is the title, and what is only around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.suffix import (
    Names,
    read_segments,
    read_slug,
    split_title,
    strip_name,
    strip_site,
)
from crawler.read.title import Titles, choose_title

BRIDGE = "Bridge opens at last"
LONG = "Bridge opens - at last, say residents of both towns"
CUT = "Bridge opens after three..."
WALKS = "Notes of a walker"
KICKED = f"Traffic: {BRIDGE}"
OWNERS = ("The Example", "Báo Ví Dụ", "Local")
SLUG = "bridgeopensatlast"
TITLES = {  # what the places of a page say -> title
    "logo first": (Titles(headings=["Báo Ví Dụ", BRIDGE], graph=BRIDGE), BRIDGE),
    "suffix": (Titles(graph=f"{BRIDGE} - Local - The Example"), BRIDGE),
    "prefix": (Titles(headings=[BRIDGE], head=f"The Example - {BRIDGE}"), BRIDGE),
    "declared": (
        Titles(BRIDGE, ["Local news today"], graph="Bridge opens | The Example"),
        BRIDGE,
    ),
    "cut": (Titles(CUT, ["Bridge opens after three years"]), "Bridge opens after three years"),
    "dash in it": (Titles(graph=LONG), LONG),
    "topic as headline": (Titles("Bridge", [f"{BRIDGE}: day one"]), f"{BRIDGE}: day one"),
    "vouched": (Titles(BRIDGE, [f"{BRIDGE}, again"], graph=BRIDGE), BRIDGE),
    "kicker": (Titles(KICKED, [KICKED], graph=BRIDGE), BRIDGE),
    "colon in it": (Titles(KICKED, graph=KICKED), KICKED),
    "site is h1": (
        Titles(headings=[WALKS], smaller=[BRIDGE], head=f"{WALKS} » {BRIDGE}", owners=(WALKS,)),
        BRIDGE,
    ),
    "unknown site is h1": (
        Titles(headings=[WALKS], smaller=[BRIDGE], head=f"{WALKS} » {BRIDGE}", slug=SLUG),
        BRIDGE,
    ),
    "address spells it": (Titles(graph=f"{BRIDGE} | XYZ", slug=SLUG), BRIDGE),
    "bullet": (Titles(f"{BRIDGE} • The Source", [BRIDGE]), BRIDGE),
    "said at length": (
        Titles(headings=[f"{BRIDGE}, after three years"], graph="Bridge opens at last today"),
        f"{BRIDGE}, after three years",
    ),
    "quotes stay": (Titles(graph="Kaja: «A bridge»"), "Kaja: «A bridge»"),
    "shown and shared": (
        Titles("Bridge news: what to know today", [BRIDGE], graph=BRIDGE, head="Bridge news"),
        BRIDGE,
    ),
    "spans without a blank": (
        Titles(BRIDGE, [f"Traffic{BRIDGE}"], graph=f"Traffic / {BRIDGE}"),
        f"Traffic / {BRIDGE}",
    ),
    "written for search engines": (
        Titles(
            "Bridge opening in 2026", ["Bridge opening ends three years of waiting"],
            graph="Bridge opening in 2026", head="Bridge opening in 2026",
        ),
        "Bridge opening ends three years of waiting",
    ),
    "one heading of its own": (
        Titles(
            headings=["Bridge opening ends three years of waiting"],
            graph="What to know: bridge opening today",
        ),
        "Bridge opening ends three years of waiting",
    ),
    "two kickers": (
        Titles(headings=[f"Town news - {BRIDGE}"], graph=f"After three years: {BRIDGE}"),
        BRIDGE,
    ),
    "section of the address": (
        Titles(graph=f"{BRIDGE} | Xã hội", places=("tin", "xahoi")),
        BRIDGE,
    ),
    "section in the slug": (
        Titles(headings=[BRIDGE], smaller=["Roads and rails"], head=BRIDGE, slug="roadsandrails"),
        BRIDGE,
    ),
    "name behind the h1 alone": (
        Titles(BRIDGE, [f"{BRIDGE} | Example"], graph=BRIDGE, head=BRIDGE),
        BRIDGE,
    ),
    "name before the h1 alone": (
        Titles(headings=[f"Báo Ví Dụ - {BRIDGE}"], graph=BRIDGE, head=BRIDGE),
        BRIDGE,
    ),
    "words of no list behind the h1": (
        Titles(BRIDGE, [f"{BRIDGE} | Read more with us"], graph=BRIDGE, head=BRIDGE),
        BRIDGE,
    ),
    "hanging bar": (Titles(graph=f"{BRIDGE} |"), BRIDGE),
}  # fmt: skip


@pytest.mark.parametrize("case", TITLES)
def test_the_headline_is_the_storys_own(case: str) -> None:
    """Neither the logo nor the site's name, the kicker or a cut headline is the title."""
    said, title = TITLES[case]
    owners = (*OWNERS, *said.owners)
    parts = (said.headline, said.headings, said.smaller, said.graph, said.head, said.slug)
    found = choose_title(Titles(*parts, owners, said.places))
    assert found is not None and found[0] == title


@pytest.mark.parametrize(
    ("shown", "declared", "title"),
    [
        (f"{BRIDGE} | Example", (), BRIDGE),
        (f"{BRIDGE} - The Example", (BRIDGE,), BRIDGE),
        (f"{BRIDGE} - The Example", (), f"{BRIDGE} - The Example"),
        (f"{BRIDGE} | Day two", (BRIDGE,), f"{BRIDGE} | Day two"),
        (f"{BRIDGE} | Day two", (BRIDGE, BRIDGE), BRIDGE),
        (f"{BRIDGE} | Day two", (BRIDGE, f"{BRIDGE}, day two"), f"{BRIDGE} | Day two"),
        (f"The Example | {BRIDGE}", (), BRIDGE),
        ("Example | The Example", (), "Example"),
        (LONG, (None, "Bridge opens"), LONG),
        ("The Example", (), "The Example"),
    ],
)
def test_a_name_behind_the_profiles_headline(
    shown: str, declared: tuple[str | None, ...], title: str
) -> None:
    """The paper's name goes where a bar stands beside it or the page declares the headline bare;
    other words behind a bar go where two places declare the headline bare."""
    assert strip_name(shown, declared, OWNERS) == title


def test_a_name_behind_the_h1_leaves_the_headline_where_it_was_found() -> None:
    """The place of a headline is no other one because the paper's name went behind its h1."""
    bare = Titles(BRIDGE, [BRIDGE], graph=BRIDGE, head=BRIDGE, owners=OWNERS)
    named = Titles(BRIDGE, [f"{BRIDGE} | Example"], graph=BRIDGE, head=BRIDGE, owners=OWNERS)
    assert choose_title(named) == choose_title(bare) == (BRIDGE, "json-ld")


def test_a_page_that_names_itself_nowhere_has_no_title() -> None:
    """No title is None, not the site's name."""
    assert choose_title(Titles(headings=["Báo Ví Dụ"], owners=("Báo Ví Dụ",))) is None


SLUGS = {
    "https://x.test/news/bridge-opens-at-last-post1234.html": SLUG,
    "https://x.test/2026/02/bridge-opens-at-last/": SLUG,
    "https://x.test/c%E1%BA%A7u-m%E1%BB%9Bi-th%C3%B4ng-xe-_12345.htm": "caumoithongxe",
    "https://x.test/news/12345": "",
    "https://[bad/": "",
    "": "",
}


def test_the_parts_of_an_address_are_its_sections() -> None:
    """The last part is the article's own; what is no address has none."""
    url = "https://x.test/x%C3%A3-h%E1%BB%99i/District/343604"
    assert read_segments(url) == ("xahoi", "district")
    assert read_segments("https://[bad/") == read_segments("") == ()


@pytest.mark.parametrize(("url", "slug"), SLUGS.items())
def test_an_address_spells_words(url: str, slug: str) -> None:
    """Numbers, endings and accents are not the words of an address."""
    assert read_slug(url) == slug


LINES = st.text(alphabet="ab |-–»•*:…. \u00a0", max_size=80)


@given(LINES, st.lists(LINES, max_size=4), LINES, LINES, st.lists(LINES, max_size=3))
def test_any_words_have_a_title_or_none(
    headline: str, headings: list[str], graph: str, head: str, owners: list[str]
) -> None:
    """Nothing raises, and a title has words."""
    found = choose_title(Titles(headline, headings, headings, graph, head, "ab", owners))
    assert found is None or (found[0] and found[1])
    names = Names.of(owners, headings, "")
    assert strip_site(head, names) in head and all(part in head for part in split_title(head))


def test_a_title_of_separators_is_read_in_no_time() -> None:
    """100,000 bars are not counted one against the other: what is so long is no title."""
    bars = "a | " * 25_000
    assert strip_site(bars, Names.of((), (), "")) == bars
    assert len(split_title(bars)) <= 600

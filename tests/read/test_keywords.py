"""Keywords that a paper has in the head of all its pages are no article's tags."""

from __future__ import annotations

import json
import sqlite3

import pytest
from lxml.html import HtmlElement

from crawler.learn import Stored, count_shared, list_stored, pick_lines
from crawler.read.article import read_article, read_lines
from crawler.read.clean import key
from crawler.read.template import REASON, Template, name_template, spell_tags
from crawler.read.tree import parse_html
from tests.read.test_article import STORY, UNKNOWN, URL, find_article, make_site, wrap

OWN = "Lapanas, ziņas, avīze, novads"
HEAD = f'<meta name="keywords" content="{OWN}">'
SEEN = '<p class="tags">Tēmas: <a href="/t/upe">#upe</a> <a href="/t/tilts">#tilts</a></p>'
PAGE = f"<h1>Tilts pār upi ir gatavs lietošanai</h1>{STORY}"


@pytest.mark.parametrize(
    ("head", "shown", "tags"),
    [
        (HEAD, "", ()),
        (HEAD, SEEN, ("upe", "tilts")),
        (HEAD.replace(OWN, "upe, tilts"), "", ("upe", "tilts")),
        (HEAD.replace("keywords", "news_keywords") + HEAD, SEEN, ("upe", "tilts")),
        (HEAD.replace(OWN, "upe, Lapanas"), "", ("upe", "Lapanas")),
    ],
)
def test_a_list_that_the_profile_knows_is_no_articles(
    head: str, shown: str, tags: tuple[str, ...]
) -> None:
    """Without that list the article has the tags that a reader sees; another list is its own."""
    site = make_site(f"prompts = [{json.dumps(OWN)}]")
    assert find_article(wrap(PAGE + shown, head), site).tags == tags


def test_a_tag_that_stands_in_every_list_is_the_papers() -> None:
    """ "upe, Lapanas" of a paper that adds its name to all lists is "upe"."""
    site = make_site('prompts = ["Lapanas"]')
    head = HEAD.replace(OWN, "upe, Lapanas")
    assert find_article(wrap(PAGE, head), site).tags == ("upe",)


def build(number: int, shown: str = "") -> HtmlElement:
    """The page of an article whose head has the paper's list."""
    tree, _ = parse_html(wrap(f"<h1>Ziņa par tiltu {number}</h1>{STORY}{shown}", HEAD))
    assert tree is not None
    return tree


def learn(pages: int, compared: int) -> Template:
    """What is learned from pages with the list, of which there are so many more without."""
    lines = [read_lines(build(n), url=f"{URL}{n}", site=UNKNOWN) for n in range(pages)]
    name = key(spell_tags(OWN.split(", ")))
    stored = [Stored(n, "", frozenset((name,))) for n in range(pages)]
    found = pick_lines(lines, count_shared(stored), compared)
    signatures = frozenset(sign for sign, _, _ in found)
    return Template(name_template(signatures), signatures)


def test_a_list_that_half_of_a_sites_pages_have_is_learned() -> None:
    """It leaves the tags for those that are seen, and its cut is written down; below half it is a
    list that articles share."""
    tree = build(99, SEEN)
    before, _ = read_article(tree, url=URL, site=UNKNOWN, html="")
    after, _ = read_article(tree, url=URL, site=UNKNOWN, html="", template=learn(12, 20))
    assert before is not None and before.tags == tuple(OWN.split(", "))
    assert after is not None and after.tags == ("upe", "tilts")
    assert (REASON, spell_tags(OWN.split(", "))) in after.trace.cuts
    assert learn(12, 20).signatures and not learn(8, 20).signatures


def test_the_survey_counts_a_list_where_it_was_cut_as_well() -> None:
    """Else a template would be forgotten as soon as it works; a list of few articles is none."""
    told, name = json.dumps(OWN.split(", ")), spell_tags(OWN.split(", "))
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE articles (id, capture_id, site, body, tags);"
        "CREATE TABLE captures (id, captured_at); CREATE TABLE traces (capture_id, trace);"
    )
    for n in range(20):
        tags = told if n < 6 else '["upe"]' if n < 8 else "[]"
        trace = json.dumps({"cuts": [[REASON, name]] if n >= 8 else []})
        db.execute("INSERT INTO articles VALUES (?, ?, 'paper', ?, ?)", (n, n, f"Rinda {n}", tags))
        db.execute("INSERT INTO captures VALUES (?, '2026-02-03T08:00:00Z')", (n,))
        db.execute("INSERT INTO traces VALUES (?, ?)", (n, trace))
    shared = count_shared(list_stored(db, "paper"))
    assert shared[key(name)] == 18 and key(spell_tags(["upe"])) not in shared

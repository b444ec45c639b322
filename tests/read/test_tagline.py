"""Tags behind a word for them, without a class."""

from __future__ import annotations

import pytest

from crawler.read.tagline import read_tagline
from tests.read.test_article import STORY, find_article, make_site, wrap

HEAD = "<h1>Tilts pār upi ir gatavs lietošanai</h1>"


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Từ khóa: cầu mới, đường ven sông", ["cầu mới", "đường ven sông"]),
        ("Etiketler: köprü", ["köprü"]),
        ("Schlagworte： Brücke | Fluss", ["Brücke", "Fluss"]),
        ("Hashtags: #puente #río", ["puente", "río"]),
        ("Topics: the council met, and nobody came.", []),
        ("Themen: Die Sitzung begann. Danach wurde über die Brücke am Fluss gesprochen", []),
        ("Coach: A B, C D", []),
        ("Tags bridge, river", []),
    ],
)
def test_a_label_and_its_tags(line: str, tags: list[str]) -> None:
    """A known label, a colon, short items; a sentence is none."""
    assert read_tagline(line) == tags


@pytest.mark.parametrize(
    "shown",
    [
        "<p>Tagi: upe, tilts</p>",
        "<div><b>Tagi:</b> <a href='/x/1'>upe</a>, <a href='/x/2'>tilts</a></div>",
        "<div><b>Tagi</b><a href='/x/1'>upe</a><a href='/x/2'>tilts</a></div>",
        "<div class='etiketler'><a href='/x/1'>upe</a> <a href='/x/2'>tilts</a></div>",
        "<div class='tu-khoa'><a href='/x/1'>upe</a> <a href='/x/2'>tilts</a></div>",
        "<div>Topics</div><a href='/x/1'>upe</a><br><a href='/x/2'>tilts</a>"
        "<div class='foot'><a href='/c'>Contact</a></div>",
    ],
)
def test_tags_behind_a_label_are_read_and_leave_the_text(shown: str) -> None:
    """They are the article's tags, and none of its lines, within its text and behind it."""
    for page in (f"{HEAD}<article>{STORY}{shown}</article>", f"{HEAD}{STORY}{shown}"):
        article = find_article(wrap(page))
        assert article.tags == ("upe", "tilts")
        assert "tilts" not in article.text.split("\n")[-1]


def test_a_label_in_the_middle_of_a_story_is_its_own() -> None:
    """ "Oznake: a, b" before more than some lines of a story stays in it."""
    words = "".join(f"<p>{n}. Viena rinda par tiltu un upi, kas plūst.</p>" for n in range(9))
    story = f'<div class="b">{STORY}<p>Oznake: upe, tilts</p>{words}</div>'
    article = find_article(wrap(f"{HEAD}{story}"), make_site('body = ".b"'))
    assert "Oznake: upe, tilts" in article.text

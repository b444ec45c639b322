"""Stories whose markup came escaped are read as on any other night."""

from __future__ import annotations

import html

import pytest

from archive.records import Reading
from crawler.read.escaped import unescape
from crawler.read.reader import read
from tests.read.samples import TEXT, make_page, make_site

TITLE = "Nậm Lúc được mùa lúa sớm sau trận lũ"
LINES = [part.strip() + "." for part in TEXT.split(". ")]
STORY = "".join(f'<p class="x">{line} <b>{line[::-1]}</b></p>' for line in LINES)
SITES = {"named": make_site(read='body = [".body"]'), "any": make_site()}


def show(story: str, kind: str) -> Reading:
    """Read a page with a story in it."""
    page = make_page(
        f"<html lang=vi><head><title>{TITLE}</title><meta property=og:type content=article></head>"
        f"<body><article><h1>{TITLE}</h1><div class=body>{story}</div></article></body></html>"
    )
    return read(page, SITES[kind])


def escape_all(story: str) -> str:
    """As a template does that escapes once too often; quotes stay or go with the engine."""
    return story.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("kind", SITES)
@pytest.mark.parametrize(
    "spoil",
    [
        escape_all,
        html.escape,
        lambda story: escape_all(story).replace("&lt;", "&#60;"),
        lambda story: story.replace("<", "&lt;"),
        lambda story: "".join(f"<p>{escape_all(part)}</p>" for part in story.split("\n")),
    ],
)
def test_escaped_markup_is_read_as_markup(spoil: object, kind: str) -> None:
    """The same words as the sound page's, and a warning."""
    assert callable(spoil)
    sound, spoilt = show(STORY, kind), show(str(spoil(STORY)), kind)
    assert sound.article is not None and spoilt.article is not None
    assert spoilt.article.text == sound.article.text
    assert any(words.startswith("markup-escaped: ") for words in spoilt.warnings)
    assert sound.warnings == tuple(w for w in spoilt.warnings if "markup-escaped" not in w)


@pytest.mark.parametrize("kind", SITES)
def test_markup_escaped_twice_is_held_back(kind: str) -> None:
    """No article whose text is tags; the page did not come whole and is asked for again."""
    twice = escape_all(escape_all(STORY))
    for story in (twice, escape_all(twice)):
        reading = show(story, kind)
        assert reading.article is None and reading.status == "empty"
        assert any(words.startswith("article-markup: ") for words in reading.warnings)


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Thẻ &lt;p&gt; mở một đoạn, thẻ &lt;/p&gt; đóng nó lại, cô Lan giảng.</p>",
        "<pre>&lt;p&gt;Một đoạn.&lt;/p&gt;&lt;p&gt;Hai đoạn.&lt;/p&gt;</pre>",
        "<textarea>&lt;div&gt;&lt;p&gt;mã nhúng&lt;/p&gt;&lt;/div&gt;</textarea>",
        "<p>Nếu x &lt; 3 và y &gt; 4 thì dừng lại ở bước này.</p>",
    ],
)
def test_shown_markup_stays(piece: str) -> None:
    """A lesson about tags, code and fields have them on purpose."""
    assert unescape(f"<div>{piece}</div>") == (f"<div>{piece}</div>", ())

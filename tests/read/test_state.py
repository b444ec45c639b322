"""Stories that stand in the JSON of a page's scripts alone."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from crawler.read.state import find_state
from tests.read.test_article import PARAGRAPHS, find_article, wrap

TITLE = "Khởi công tuyến đường"
LINES = [*PARAGRAPHS, "Vướng mắc còn lại"]
ELEMENTS = [
    {"type": "image", "url": "/a.jpg", "caption": "", "credits": {"by": [{"name": "A B"}]}},
    {"type": "text", "content": f"<p>{LINES[0]}</p>"},
    {"type": "interstitial_link", "content": "Một bài khác", "url": "/khac"},
    *({"type": "text", "content": line} for line in LINES[1:-1]),
    {"type": "header", "content": LINES[-1]},
]
STORY = {"headlines": {"basic": TITLE}, "content_elements": ELEMENTS}
OTHER = {"headlines": {"basic": "Một bài khác"}, "content_elements": [*ELEMENTS, *ELEMENTS]}


def write(value: object, kind: str = "") -> str:
    """A page whose scripts alone have a story."""
    told = json.dumps(value)
    script = f"<script{kind}>{told if kind else f'window.A={{}};A.b=1;A.state={told};'}</script>"
    return wrap(f"<h1>{TITLE}</h1><main></main>{script}")


def test_a_story_in_a_script_is_read_with_its_pictures() -> None:
    """Typed elements under the page's headline; another story and a link in it are not read."""
    article = find_article(write({"feed": [OTHER], "content": STORY}))
    assert article.text.split("\n") == LINES
    assert article.sources["text"] == "script"
    assert [(i.url.rpartition("/")[2], i.caption, i.credit) for i in article.images] == [
        ("a.jpg", None, "A B")
    ]


def test_a_string_of_html_is_a_story_as_well() -> None:
    """The state of a front that renders in the browser, in a script of JSON."""
    body = "".join(f"<p>{line}</p>" for line in LINES)
    page = write({"props": {"post": {"title": TITLE, "body": body}}}, " type=application/json")
    assert find_article(page).text.split("\n") == LINES


def test_html_in_a_script_is_read_as_html() -> None:
    """Its caption goes to its picture, its byline and the places of ads leave; the headline is the
    script's where the page's goes on after it, and what stands under it is the lead."""
    figure = "<figure><img src=/a.jpg><figcaption>Công trường ngày 3/5.</figcaption></figure>"
    told = "".join(f"<p>{line}</p>$$AD_SLOT$$" for line in PARAGRAPHS)
    body = f"{figure}{told}<div class=writer>Lê Thị B, phóng viên</div>"
    post = {"title": TITLE, "subTitle": "Tỉnh đi trước<br>một bước", "contentHtml": body}
    head = f'<meta property="og:title" content="{TITLE}-Xã hội">'
    script = f"<script>window.q.push({json.dumps({'data': [post]})});</script>"
    article = find_article(wrap(f"<main></main>{script}", head))
    assert article.title == TITLE
    assert article.lead == "Tỉnh đi trước một bước"
    assert article.text.split("\n") == PARAGRAPHS
    assert [image.caption for image in article.images] == ["Công trường ngày 3/5."]


def test_a_picture_of_the_page_is_none_of_a_story_in_a_script() -> None:
    """The page around a story that its script holds has pictures, too: of its menu, of others."""
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    page = write({"post": {"title": TITLE, "body": body}}, " type=application/json")
    page = page.replace("<main>", "<main><figure><img src=/b.jpg></figure>")
    article = find_article(page)
    assert article.sources["text"] == "script"
    assert article.text.split("\n") == PARAGRAPHS
    assert article.images == ()


def test_what_the_page_shows_is_believed_first() -> None:
    """A page with the story of its own is not read from its scripts."""
    shown = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    page = write(STORY).replace("<main></main>", f"<main>{shown}</main>")
    assert find_article(page).sources["text"] != "script"


def test_a_story_of_another_headline_is_none() -> None:
    """The page's headline has to name the object."""
    tree = lxml_html.fromstring(write(OTHER))
    assert find_state(tree, "https://a.test/", (TITLE,)) is None


@given(st.text(max_size=300))
def test_no_script_makes_it_raise(words: str) -> None:
    """Any script is a state or none."""
    tree = lxml_html.fromstring("<html><body><script></script></body></html>")
    tree.find(".//script").text = "".join(c for c in f"A={words}" * 3 if c.isprintable())
    found = find_state(tree, "https://a.test/", (TITLE,))
    assert found is None or isinstance(found.images, tuple)

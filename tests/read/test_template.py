"""A site's template: lines are cut where a site's pages agree, and what was typed stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

from archive.records import Article
from crawler.learn import Stored, choose_pages, count_shared, pick_lines
from crawler.read.article import read_article, read_lines
from crawler.read.template import NONE, REASON, Line, Template, name_template
from crawler.read.tree import parse_html
from spiders.catalog import generic
from tests.gazette import plain

SITE = generic("paper.test")
NOTE = "Toà soạn mong nhận được thư của bạn đọc gần xa về địa chỉ quen thuộc."
BOX = f'<div class="x{{}}"><p>{NOTE}</p></div>'
PAPER = plain.paper(lang="vi")
URLS = [truth["url"] for truth in PAPER.truth()[:12]]


def build(url: str, box: str, after: int = 2) -> HtmlElement:
    """The page of an article with a box behind its paragraph of that number."""
    answer = PAPER.answer(url.removeprefix(PAPER.base))
    assert answer is not None
    head, text, body = answer.body.decode().partition('<div class="text">')
    parts = body.split("</p>")
    parts[after - 1] += f"</p>{box}<p hidden>" if after else ""
    body = "</p>".join(parts) if after else box + body
    tree, _ = parse_html(f"{head}{text}{body}")
    assert tree is not None
    return tree


def learn(box: str, *, pages: int = 12, count: int | None = None, after: int = 2) -> Template:
    """What is learned where ``pages`` articles of so many have a box."""
    urls = URLS[:pages]
    lines = [
        read_lines(build(url, box.format(n), after), url=url, site=SITE)
        for n, url in enumerate(urls)
    ]
    shared = count_shared(
        [Stored(n, "", frozenset(map(_name, one))) for n, one in enumerate(lines)]
    )
    found = pick_lines(lines, shared, count or pages)
    signatures = frozenset(sign for sign, _, _ in found)
    return Template(name_template(signatures), signatures)


def _name(line: Line) -> str:
    from crawler.learn import _name_line

    return _name_line(line.words)


def read(url: str, box: str, template: Template, after: int = 2) -> Article:
    """An article with a box, read."""
    article, _ = read_article(
        build(url, box, after), url=url, site=SITE, html="", template=template
    )
    assert article is not None
    return article


def test_a_counter_in_its_box_is_the_papers() -> None:
    """A short line whose figures are others on each page, in a box of its own, is learned without
    them and cut whatever they are; the same line among the paragraphs stays."""
    box = '<div class="dem"><p>Bạn là người thứ {} ghé qua trang.</p></div>'
    template = learn(box)
    assert template.signatures
    assert "ghé qua" not in read(URLS[3], box.format(99_812), template).text
    assert (
        "người thứ 7 ghé qua trang."
        in read(URLS[3], "<p>Bạn là người thứ 7 ghé qua trang.</p>", template).text
    )


def test_a_box_of_several_articles_is_cut() -> None:
    """A box in words nobody knows is text of one page, and cut where three pages have it; its
    classes may change from page to page. The trace names the step, and nothing else is cut."""
    template = learn(BOX, pages=3)
    assert len(template.signatures) == 1
    url, box = URLS[7], BOX.format("build9")
    without, cut = read(url, box, NONE), read(url, box, template)
    assert NOTE in without.text and NOTE not in cut.text
    assert cut.text == without.text.replace(f"{NOTE}\n", "", 1)
    assert cut.trace is not None and (REASON, NOTE) in cut.trace.cuts


def test_two_articles_prove_nothing() -> None:
    """It takes three articles to make a line the paper's."""
    assert not learn(BOX, pages=2).signatures


def test_a_sentence_among_the_paragraphs_is_kept() -> None:
    """What might have been typed is the paper's only where half of many articles have it: the
    question of an interview that 12 of 40 have stays, what 12 of 20 have goes."""
    typed = f"<p>{NOTE}</p>"
    assert not learn(typed).signatures, "too few articles"
    assert not learn(typed, count=40).signatures
    assert len(learn(typed, count=20).signatures) == 1
    assert not learn(f"<h3>{NOTE}</h3>", count=40).signatures, "sub-heads are typed"


def test_a_first_line_is_the_articles() -> None:
    """The standing beginning of a series stays, whoever has it; so does a box at the top that few
    have."""
    assert not learn(f"<p>{NOTE}</p>", count=12, after=0).signatures
    assert not learn(BOX, count=40, after=0).signatures


def test_what_the_page_itself_calls_its_words_is_kept() -> None:
    """A line that the description repeats is the article's, box or not."""
    template = learn(BOX)
    url = URLS[7]
    tree = build(url, BOX)
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:description":
            meta.set("content", NOTE)
    article, _ = read_article(tree, url=url, site=SITE, html="", template=template)
    assert article is not None and NOTE in f"{article.lead}\n{article.text}"


def test_the_same_words_elsewhere_are_not_meant() -> None:
    """The boxed words among the paragraphs, or in a quotation, are not the box that was learned."""
    template = learn(BOX)
    for other in (f"<p>{NOTE}</p>", f"<blockquote><p>{NOTE}</p></blockquote>"):
        assert NOTE in read(URLS[7], other, template).text


def test_a_page_of_little_else_keeps_its_text() -> None:
    """Where the template would take a fifth of a text, nothing is cut, and a warning says so."""
    body = f"<p>{'Hôm nay trời có mưa rào ở vùng cao. ' * 4}</p>{BOX}<p>Chiều tạnh ráo dần.</p>"
    tree, _ = parse_html(f"<html><body><h1>Thời tiết</h1><div>{body}</div></body></html>")
    assert tree is not None
    template = learn(BOX)
    article, warnings = read_article(tree, url=URLS[0], site=SITE, html="", template=template)
    assert article is not None and NOTE in article.text
    assert any(words.startswith("template-doubtful") for words in warnings)


def test_digest_is_of_the_lines_alone() -> None:
    """Other pages with the same lines make the same template: no version is read again for it."""
    assert learn(BOX, pages=3) == learn(BOX, pages=9)
    assert name_template(frozenset("ab")) == name_template(frozenset("ba"))


@given(st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=6), max_size=60))
def test_the_pages_that_are_read_again_are_few(lines: list[frozenset[str]]) -> None:
    """At most 32, each once, each with a line that enough articles have; four of the commonest."""
    stored = [Stored(number, "", one) for number, one in enumerate(lines)]
    shared = count_shared(stored)
    chosen = choose_pages(stored, shared)
    assert len(chosen) <= 32 and len({one.capture_id for one in chosen}) == len(chosen)
    assert all(one.lines & set(shared) for one in chosen)
    assert all(count >= 3 for count in shared.values())
    for name in list(shared)[:1]:
        assert sum(name in one.lines for one in chosen) >= min(4, shared[name])

"""Boilerplate learned across pages: pure, small, dated, and cut only where several agree."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.article import read_article
from crawler.read.blocks import Block, lay_out
from crawler.read.boilerplate import MANY, NONE, Boilerplate, learn, load_boilerplate
from crawler.read.tree import parse_html
from spiders.catalog import generic
from tests.gazette import plain

DAY = date(2026, 2, 4)
NOTE = "Toà soạn mong nhận được thư của bạn đọc gần xa về địa chỉ quen thuộc."


def lay(body: str) -> list[Block]:
    """The lines of a body."""
    tree, _ = parse_html(f"<html><body>{body}</body></html>")
    assert tree is not None
    return lay_out(tree)


def make_pages(count: int) -> list[tuple[str, date, list[Block]]]:
    """Pages with a line of their own and one that all carry."""
    return [
        (f"https://paper.test/{n}", DAY + timedelta(n), lay(f"<p>Bài số {n}</p><p>{NOTE}</p>"))
        for n in range(count)
    ]


def test_a_line_of_several_articles_is_boilerplate() -> None:
    """It is from the third article on; a line of one article never is."""
    own, note = lay(f"<p>Bài số 1</p><p>{NOTE}</p>")
    assert not learn(make_pages(MANY - 1)).carries(note)
    learned = learn(make_pages(MANY))
    assert learned.carries(note) and not learned.carries(own)
    assert (learned.pages, learned.first_on, learned.last_on) == (3, DAY, DAY + timedelta(2))


def test_captures_of_one_article_count_once() -> None:
    """An article captured ten times is one article."""
    address, _, lines = make_pages(1)[0]
    learned = learn([(address, DAY + timedelta(n), lines) for n in range(10)])
    assert learned.pages == 1 and not learned.lines


def test_the_same_words_elsewhere_are_not_meant() -> None:
    """The line as a heading or in a quotation is not the box that was learned."""
    learned = learn(make_pages(5))
    for other in (f"<h2>{NOTE}</h2>", f"<blockquote><p>{NOTE}</p></blockquote>"):
        assert not learned.carries(lay(other)[0])


def test_order_does_not_matter_and_the_form_is_stable() -> None:
    """The same pages in any order give the same bytes, which read back as the same."""
    pages = make_pages(8)
    learned = learn(pages)
    random.Random(1).shuffle(pages)
    assert learn(pages).dump() == learned.dump()
    assert load_boilerplate(learned.dump()) == learned
    assert len(learned.dump()) < 150


@pytest.mark.parametrize("text", ["{}", "[]", '{"pages": 1}', "{", '"x"'])
def test_a_wrong_form_is_refused(text: str) -> None:
    """What is not the form says so."""
    with pytest.raises(ValueError):
        load_boilerplate(text)


def test_reading_takes_it_as_an_input() -> None:
    """A box in words nobody knows is text of one page, and cut where the paper's pages tell."""
    paper = plain.paper(lang="id")
    urls = [truth["url"] for truth in paper.truth()[:6]]

    def build(url: str) -> str:
        answer = paper.answer(url.removeprefix(paper.base))
        assert answer is not None
        return answer.body.decode().replace("</p>", f"</p><p>{NOTE}</p>", 1)

    def read(url: str, learned: Boilerplate) -> str:
        tree, _ = parse_html(build(url))
        assert tree is not None
        site = generic("paper.test")
        article, _ = read_article(tree, url=url, site=site, html="", boilerplate=learned)
        assert article is not None
        return f"{article.lead}\n{article.text}"

    learned = learn([(url, DAY, lay(build(url))) for url in urls[1:]])
    assert NOTE in read(urls[0], NONE)
    assert NOTE not in read(urls[0], learned)
    assert read(urls[0], learned) == read(urls[0], NONE).replace(f"{NOTE}\n", "", 1)


def test_articles_that_are_nearly_alike_keep_their_text() -> None:
    """Where boilerplate would take a fifth of a story, it is the story: a form letter, a report."""
    lines = [f"Trạm số {n} đo được mực nước như mọi ngày trong tuần này." for n in range(9)]
    body = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<html><body><h1>Mực nước</h1><div>{body}<p>Hôm nay có mưa.</p></div></body></html>"
    tree, _ = parse_html(page)
    assert tree is not None
    learned = learn([(str(n), DAY, lay(f"<div>{body}</div>")) for n in range(5)])
    article, _ = read_article(
        tree, url="https://paper.test/1", site=generic("paper.test"), html="", boilerplate=learned
    )
    assert article is not None and f"{article.lead}\n{article.text}".count("Trạm số") == 9


@given(
    st.lists(st.tuples(st.integers(0, 3), st.dates(), st.lists(st.text(max_size=20), max_size=4)))
)
def test_any_pages_are_learned(drawn: list[tuple[int, date, list[str]]]) -> None:
    """Whatever lines pages have, the form reads back and no count exceeds the articles."""
    pages = [
        (str(number), day, [block for text in texts for block in lay(f"<p>{text}</p>x")])
        for number, day, texts in drawn
    ]
    learned = learn(pages)
    assert load_boilerplate(learned.dump()) == learned
    assert all(1 < count <= learned.pages for count in learned.lines.values())

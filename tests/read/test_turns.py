"""Which slots turn: advertisements; not tickers, datelines, summaries, prices or edits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.read.article import read_lines
from crawler.read.template import Template
from crawler.turns import Seen, choose_seen, pick_slots, sort_lines
from tests.changes.crowds import write

from .test_template import SITE, URLS, build, read


def say(number: int) -> str:
    """A sentence like no other."""
    return f"{write('vi', 6_000 + number).title}."


def look(box: Callable[[int, int], str], looks: int = 2, articles: int = 9) -> list[Seen]:
    """Articles with what a paper puts into each at each look, their pages read."""
    found = []
    for number, url in enumerate(URLS[:articles]):
        pages = [read_lines(build(url, box(number, n)), url=url, site=SITE) for n in range(looks)]
        texts = [frozenset(line.words for line in lines) for lines in pages]
        captures = list(range(looks if len(set(texts)) > 1 else 1))
        shown = [sort_lines(lines) for lines in pages[: len(captures)]]
        found.append(Seen(captures, texts[: len(captures)], shown))
    return found


def advertise(number: int, n: int) -> str:
    """One of six advertisements, another at each look."""
    return f'<p class="qc qc-{number}">{say((number + 5 * n) % 6)}</p>'


ADS = {
    "in a class of their own": advertise,
    "on a part of the pages": lambda number, n: advertise(number, n) if number % 2 else "",
    "in a box without a class": lambda number, n: (
        f"<section><p>{say((number + n) % 6)}</p></section>"
    ),
    "in a box named by its article": lambda number, n: (
        f'<div id="khung-{number}{n}"><p>{say((number + 5 * n) % 6)}</p></div>'
    ),
}
OTHERS = {
    "plain paragraphs": lambda number, n: f"<p>{say((number + n) % 6)}</p>",
    "a dateline": lambda number, _: f'<p class="noi">HÀ NỘI, {number} - {say(number)}</p>',
    "a summary": lambda number, n: f'<div class="tom-tat"><p>{say(100 * n + number)}</p></div>',
    "a ticker": lambda number, n: "".join(
        f'<p class="tin">{number}:{m} {say(100 * number + m)}</p>' for m in range(n + 1, -1, -1)
    ),
    "the latest of a ticker": lambda number, n: (
        f'<p class="moi">{say((number + n) % 6)}</p><p>{say(100 * number + n)}</p>'
    ),
    "prices": lambda number, n: f'<p class="gia">Giá vàng hôm nay: {70 + n},{number % 3} triệu</p>',
    "a table": lambda number, n: (
        f'<table class="gia"><tr><td>{say((number + n) % 6)}</td><td>{n}</td></tr></table>'
    ),
    "two articles": lambda number, n: advertise(number, n) if number < 2 else "",
    "an edit of three among nine": lambda number, n: (
        f'<p class="ghi">{say((number + n) % 3 if number < 3 else number % 2)}</p>'
    ),
}


@pytest.mark.parametrize("name", ADS)
def test_what_turns_is_learned(name: str) -> None:
    """Another of the paper's at each look: it is cut on other pages, too, whatever it says."""
    articles = look(ADS[name])
    assert choose_seen(articles)
    (slot,) = pick_slots(articles)
    template = Template("x", frozenset([slot[0]]))
    url, box = URLS[11], ADS[name](11, 3).replace(say(0), say(77))
    bare = read(url, "", Template()).text
    assert read(url, box, template).text == bare != read(url, box, Template()).text
    assert say(5) in read(url, f"<p>{say(5)}</p>", template).text


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_the_articles_is_not_learned(name: str) -> None:
    """What stays somewhere, changed with the text around it or in figures, or says on no two
    articles the same, is the article's."""
    assert pick_slots(look(OTHERS[name])) == []


def test_endless_advertisements() -> None:
    """Words that no two articles share are learned from the third look on."""

    def endless(number: int, n: int) -> str:
        return f'<p class="qc">{say(100 * n + number)}</p>'

    assert choose_seen(look(endless)) == pick_slots(look(endless)) == []
    articles = look(endless, looks=3)
    assert choose_seen(articles) and len(pick_slots(articles)) == 1


def test_a_page_of_little_else_keeps_its_text() -> None:
    """A slot that would take more than half of a text takes nothing: the paper's own text may
    stand in it since it was made anew."""
    ((slot, _, _),) = pick_slots(look(advertise))
    template = Template("x", frozenset([slot]))
    box = "".join(f'<p class="qc">{say(n)} {say(n + 20)} {say(n + 40)}</p>' for n in range(30))
    assert say(3) in read(URLS[4], box, template).text

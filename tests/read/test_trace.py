"""The trace of a reading: bounded, and the same for the same page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.events import dump, pack, unpack_trace
from archive.records import Reading, Trace
from crawler.read import frames
from crawler.read.facts import Facts
from crawler.read.sheet import Sheet
from crawler.read.story import Story
from crawler.read.trace import name_path, trace_reading
from crawler.read.tree import parse_html
from tests.read.test_article import STORY, UNKNOWN, find_article, wrap

HEAD = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Khởi công",'
    '"datePublished":"2026-02-04T08:15:00+07:00","author":{"name":"An Nhiên"}}</script>'
    '<meta property="og:title" content="Khởi công - Báo Ví Dụ">'
    '<meta name="date" content="2026-02-04"><meta name="author" content="Bảo Anh">'
)
PAGE = wrap(f'<div class="story"><h1>Khởi công</h1>{STORY}<p>Chia sẻ bài viết</p></div>', HEAD)


def test_a_trace_says_who_agrees_and_who_does_not() -> None:
    """Places that agree have no value, those that differ have theirs, cuts have their step."""
    trace = find_article(PAGE).trace
    assert trace is not None
    assert ("title", "h1", "") in trace.said
    assert ("title", "meta:og:title", "Khởi công - Báo Ví Dụ") in trace.said
    assert ("authors", "meta:author", "Bảo Anh") in trace.said
    assert ("published", "meta:date", "") in trace.said
    assert ("prompt", "Chia sẻ bài viết") in trace.cuts
    assert dict(trace.shown)["title"] == "div.story > h1"


def test_the_same_page_gives_the_same_trace() -> None:
    """Byte for byte, and it survives the way to JSON and back."""
    one, other = find_article(PAGE).trace, find_article(PAGE).trace
    assert one is not None and other is not None
    assert dump(pack(one)) == dump(pack(other))
    assert unpack_trace(pack(one)) == one


def test_a_trace_comes_back_from_a_worker() -> None:
    """The pool's frames admit it: a name they did not know would end every reading."""
    reading = Reading("article", "ok", "test/1", "p", article=find_article(PAGE))
    told = frames.unpack_reply(frames.pack(reading)[frames.HEAD.size :])
    assert told.article.trace == reading.article.trace  # type: ignore[union-attr]


@given(
    st.lists(st.tuples(st.sampled_from(("tail", "prompt")), st.text(max_size=400)), max_size=300),
    st.dictionaries(
        st.sampled_from(("title", "published", "authors", "section", "language")),
        st.lists(st.tuples(st.just("meta:x"), st.text(max_size=300)), max_size=20),
    ),
)
def test_a_trace_is_bounded(
    cuts: list[tuple[str, str]], claims: dict[str, list[tuple[str, str]]]
) -> None:
    """200 cuts of 160 letters and 12 places a field, whatever a page says; the rest is counted."""
    tree, _ = parse_html(PAGE)
    assert tree is not None
    facts = Facts(claims=claims)
    trace = trace_reading(
        Sheet(tree, "https://a.test/", UNKNOWN), facts, Story([], None, "x", cuts)
    )
    assert len(trace.cuts) <= 200 and trace.more == max(0, len(cuts) - 200)
    assert all(len(text) <= 160 for _, text in trace.cuts)
    assert len(trace.said) <= 12 * len(claims)
    assert all(len(value) <= 160 for _, _, value in trace.said)
    assert isinstance(trace, Trace)


def test_a_path_names_the_last_three_elements() -> None:
    """Classes, or the id where there is none; not html and body."""
    tree, _ = parse_html('<main id=m><div class="a b c"><p><b>x</b></p></div></main>')
    assert tree is not None
    bold = next(tree.iter("b"))
    assert name_path(bold) == "div.a.b > p > b"
    assert name_path(next(tree.iter("div"))) == "main#m > div.a.b"

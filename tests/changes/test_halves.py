"""A night of half pages, or of a wall put up that night: nothing stays short, none is an edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.index.halves import is_beginning, is_halved
from archive.index.unconfirmed import find_unconfirmed
from archive.instants import to_text
from archive.records import Capture, Trace
from archive.report.tongue import is_known
from archive.spoilt import tell_escaped, tell_halves
from crawler.walk.conditions import Conditions
from tests.archive.makers import SITE, make_exchange
from tests.changes.crowds import write
from tests.changes.night import HOST, Night, live

PAGES = [f"{HOST}/tin/bai-{n}-post{n}.html" for n in range(30)]
KNOWN = 24  # the others are new on the night that is looked at
WHOLE = Trace(shown=(("text", "div.bai"),))
BARE = Trace(shown=(("text", "div.bai"), ("bare", "div.bai > p")))


class Tagged(Night):
    """A paper whose server tells one page from another."""

    def keep(self, url: str) -> Capture:
        """Let an address answer with a page of its own, and its tag."""
        body = self.body()
        fields = (("ETag", f'"{self.count}"'),)
        exchange = make_exchange(url, body, at=self.archive.now(), fields=fields)
        self.last = self.archive.keep("suoi", exchange)
        return self.last


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Tagged]:
    """A fresh archive with KNOWN articles; at the end it is rebuilt and must be the same."""
    made = Tagged(tmp_path)
    made.announce(*PAGES)
    crawl(made, {n: {} for n in range(KNOWN)})
    yield from live(made)


def tell(n: int) -> list[str]:
    """The paragraphs of an article."""
    return [write("vi", 50 * n + m).lines[0] for m in range(12)]


def crawl(night: Night, shown: dict[int, dict[str, Any]], **ends: Any) -> str:
    """Live one crawl: articles by number, each with what differs from a whole page's reading."""
    at = night.pass_time(24)
    crawl_id = f"suoi-{at:%Y%m%d}"
    night.archive.close_site("suoi")
    night.archive.open_site(SITE, crawl_id=crawl_id, info={"software": "test"})
    start = {"crawl_id": crawl_id, "site": SITE, "started_at": to_text(at), "seeds": []}
    night.archive.note("suoi", "crawl-start", {**start, "software": "test"})
    for n, changes in shown.items():
        fields = {"title": f"Bài {n}", "lead": None, "authors": (), "trace": WHOLE, **changes}
        night.sound("\n".join(fields.pop("lines", tell(n))), PAGES[n], **fields)
    end = {"crawl_id": crawl_id, "ended_at": to_text(at), "outcome": "finished", **ends}
    night.archive.note("suoi", "crawl-end", {**end, "counts": {}, "problems": []})
    return crawl_id


def half(n: int, kept: int = 6) -> dict[str, Any]:
    """What a cache's half of a page gives."""
    return {"lines": tell(n)[:kept], "trace": BARE}


def test_half_pages_of_a_night(night: Night) -> None:
    """Told that night, asked for again without conditions until a sound crawl read them; held
    articles keep their words, new ones are completed, and no row says that anybody edited."""
    known = {n: half(n, 9) if n % 2 else {} for n in range(8)}
    new = {n: half(n) if n % 2 else {} for n in range(KNOWN, 30)}
    spoilt = crawl(night, known | new)
    db = night.archive.db
    assert is_halved(db, spoilt)
    (told,) = tell_halves(db, [spoilt])
    assert told.words.startswith("7 of 14 article pages ended")
    assert is_known(told.words) and is_known(told.remedy)
    assert night.kinds() == []
    assert find_unconfirmed(db, "suoi") == {PAGES[n] for n in new}
    crawl(night, {n: {} for n in (*range(8), *new)})
    assert night.kinds() == []
    assert find_unconfirmed(db, "suoi") == frozenset()
    bodies = {body for (body,) in db.execute("SELECT body FROM articles")}
    assert bodies == {"\n".join(tell(n)) for n in range(30)}


def test_conditions_of_a_half_page(night: Night) -> None:
    """A server whose pages did not change would answer 304, and the half would stay for good."""
    conditions = Conditions(night.archive.db, lambda _: True)
    assert conditions.find(PAGES[0]) != {}
    crawl(night, {n: half(n) for n in range(KNOWN, 30)})
    assert conditions.find(PAGES[KNOWN]) == {}
    crawl(night, {KNOWN: {}})
    assert conditions.find(PAGES[KNOWN]) != {}


def test_short_news_is_no_half_page(night: Night) -> None:
    """Six stories of two lines, one page of them without a foot: nothing is told or doubted."""
    short = {n: {"lines": tell(n)[:2]} for n in range(KNOWN, 30)}
    short[KNOWN]["trace"] = BARE
    spoilt = crawl(night, short)
    assert not is_halved(night.archive.db, spoilt)
    assert [*tell_halves(night.archive.db, [spoilt])] == []
    assert find_unconfirmed(night.archive.db, "suoi") == frozenset()
    crawl(night, {n: {} for n in short})
    assert night.kinds() == ["text"] * 6


def test_a_paper_whose_pages_end_with_the_text(night: Night) -> None:
    """Where nothing ever stands behind the text, that says nothing."""
    for _ in range(9):
        crawl(night, {n: {"trace": BARE} for n in range(KNOWN)})
    assert not is_halved(night.archive.db, crawl(night, {n: half(n) for n in range(KNOWN, 30)}))


def test_new_articles_behind_a_wall_are_completed(night: Night) -> None:
    """The held ones are quarantined that night, which tells of the new ones: when the wall opens
    they are completed without a row; what is edited later is told."""
    wall = "Câu chuyện còn dài, mời bạn bước qua cửa cùng chúng tôi."
    shown = {n: {"lines": [*tell(n)[:2], wall]} for n in (*range(8), *range(KNOWN, 30))}
    crawl(night, shown)
    crawl(night, {n: {} for n in shown})
    assert night.kinds() == []
    edited = [*tell(KNOWN)[:5], "Cô Lan kể thêm.", *tell(KNOWN)[5:]]
    crawl(night, {KNOWN: {"lines": edited}})
    assert night.kinds() == ["text"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["A b c.", "D e f."], ["A b c.", "D e f.", "G h i."], True),
        (["A b c.", "D e …"], ["A b c.", "D e f.", "G h i."], True),
        (["A b c.", "Read on with us."], ["A b c.", "D e f."], True),
        (["A b c.", "D e f."], ["A b c.", "D e f."], False),
        (["A b x.", "D e f."], ["A b c.", "D e f.", "G h i."], False),
        (["A b c.", "x " * 200], ["A b c.", "D e f."], False),
        ([], ["A b c."], False),
    ],
)
def test_beginnings(old: list[str], new: list[str], expected: bool) -> None:
    """The first sentences, the last perhaps in part, and a line that a wall says."""
    assert is_beginning(old, new) == expected


def test_escaped_markup_is_a_note(night: Night) -> None:
    """Three pages whose text was read as the markup it was are told, in both tongues."""
    said = "markup-escaped: 1 runs of text were markup, and are read as it"
    crawl_id = crawl(night, {n: {"warnings": (said,)} for n in range(KNOWN, KNOWN + 3)})
    (told,) = tell_escaped(night.archive.db, [crawl_id])
    assert told.words.startswith("3 article pages") and is_known(told.words)
    assert is_known(told.remedy)

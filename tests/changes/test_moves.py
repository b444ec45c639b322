"""A paper that gives its articles new addresses says so in one line; each move stays a row."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive.changelist import list_changes
from archive.health import examine
from archive.instants import to_text
from archive.moves import REMEDY, Rule, find_rules, say_rules
from archive.records import Date
from archive.report.changes import draw_changes, gather_changes
from archive.report.faults import split
from archive.report.span import Paper, Span
from archive.report.tongue import Tongue, is_known
from archive.telling import print_changes
from tests.archive.makers import CRAWL, SITE, make_exchange, make_reading
from tests.changes.night import HOST, Night

RULES: list[tuple[list[tuple[str, str]], list[tuple[str, str, int]]]] = [
    (
        [
            (f"{HOST}/kinh-te/2026/01/a", f"{HOST}/tin/a.html"),
            (f"{HOST}/the-thao/2026/02/b", f"{HOST}/tin/b.html"),
        ],
        [("/…", "/tin/….html", 2)],
    ),
    (
        [("a.test/x/một", "https://b.test/x/một"), ("a.test/y/hai", "https://b.test/y/hai")],
        [("a.test/…", "b.test/…", 2)],
    ),
    ([(f"{HOST}/x/a", f"{HOST}/x/b")], [("/x/…", "/x/…", 1)]),
    ([(f"{HOST}/?p=1", f"{HOST}/a/x"), (f"{HOST}/?p=2", f"{HOST}/a/y")], [("/…?…", "/a/…", 2)]),
    ([("", "https://["), (f"{HOST}/", f"{HOST}")], [("…", "…", 1), ("/…", "/…", 1)]),
]


@pytest.mark.parametrize(("pairs", "rules"), RULES)
def test_rules(pairs: list[tuple[str, str]], rules: list[tuple[str, str, int]]) -> None:
    """What all addresses have in common stands there; whatever an address is, a rule comes out."""
    found = find_rules(pairs)
    assert sum(rule.number for rule in found) == len(pairs)
    if pairs[0][0]:
        assert [(rule.old, rule.new, rule.number) for rule in found] == rules


def test_how_many_follow_the_rule() -> None:
    """All, most or some; slugs that were changed have none."""
    one, other = Rule("/a/…", "/b/…", 5), Rule("/c/…", "/d/…", 4)
    assert say_rules([one]) == ("all", "/a/…", "/b/…")
    assert say_rules([one, other]) == ("most", "/a/…", "/b/…")
    assert say_rules([one, other, other]) == ("some", "/a/…", "/b/…")
    assert say_rules([Rule("/…", "/…", 9)]) is None and say_rules([]) is None


class Press(Night):
    """A paper without ids and its crawls."""

    number, crawl_id = 1, CRAWL

    def begin_crawl(self) -> None:
        """Let a crawl begin a day later."""
        self.pass_time(23)
        ended = {"crawl_id": self.crawl_id, "ended_at": to_text(self.clock.at), "counts": {}}
        self.archive.note("suoi", "crawl-end", {**ended, "outcome": "finished", "problems": []})
        self.number += 1
        crawl_id = self.crawl_id = f"{CRAWL}-{self.number}"
        started_at = to_text(self.archive.now())
        self.archive.close_site("suoi")
        self.archive.open_site(SITE, crawl_id=crawl_id, info={"software": "test"})
        data = {"crawl_id": crawl_id, "started_at": started_at, "software": "test", "site": SITE}
        self.archive.note("suoi", "crawl-start", {**data, "seeds": []})

    def read(self, *urls: str) -> None:
        """Let lists name addresses, then read them; the last part is the story."""
        self.announce(*urls)
        for number, url in enumerate(urls):
            text = (
                f"Chuyện thứ {number} ở {url.rstrip('/').rpartition('/')[2].partition('.')[0]}. "
                * 9
            )
            capture = self.archive.keep(
                "suoi", make_exchange(url, self.body(), at=self.archive.now())
            )
            value = f"2026-02-04T08:{number:02}:00+07:00"
            reading = make_reading(
                f"Chuyện {number}", text, published=Date(value, "minute", value, "test")
            )
            self.archive.add(capture, reading, address=url)


def move_all(root: Path, articles: int) -> Press:
    """Crawl a paper, let all its articles move, crawl it again; old addresses lead on."""
    press = Press(root)
    old = [f"{HOST}/kinh-te/chuyen-lang-thu-{number}" for number in range(articles)]
    new = [f"{HOST}/tin/chuyen-lang-thu-{number}.html" for number in range(articles)]
    press.read(*old)
    press.begin_crawl()
    press.read(*new)
    for source, target in zip(old, new, strict=True):
        press.answer(301, url=source, to=target)
    press.sound(url=f"{HOST}/kinh-te/khac", text="Một bài khác, dài hơn đôi chút.", title="Khác")
    return press


def examine_last(press: Press) -> list[Any]:
    """Return the notes of the last crawl."""
    return examine(press.archive.db, "suoi", press.clock.at + timedelta(minutes=5)).notes


def test_the_night_tells_it_in_one_line(tmp_path: Path) -> None:
    """How many and by which rule, in words that the report knows in every language; a note, since
    nothing is broken. The night after says nothing any more."""
    press = move_all(tmp_path, 6)
    assert press.archive.db.execute("SELECT count(*) FROM articles").fetchone() == (7,)
    (note,) = examine_last(press)
    assert note.words == (
        "6 articles of this paper stand at new addresses "
        "(all by the rule /kinh-te/… -> /tin/….html)"
    )
    fault = split(f"{note.words}: {REMEDY}")
    assert fault.words == note.words and is_known(fault.words) and is_known(fault.remedy)
    press.begin_crawl()
    press.read(*(f"{HOST}/tin/chuyen-lang-thu-{number}.html" for number in range(6)))
    assert examine_last(press) == []
    press.archive.close()


def test_four_moves_are_told_one_by_one(tmp_path: Path) -> None:
    """Slugs that were corrected are no relaunch."""
    press = move_all(tmp_path, 4)
    assert examine_last(press) == []
    lines = list(print_changes(list_changes(press.archive.db, since="2026")))
    assert sum("moved" in line for line in lines) == 4
    press.archive.close()


def test_a_crowd_of_moves_is_one_line(tmp_path: Path) -> None:
    """`khobao changes` and the report fold them with their rule and the command that lists them;
    rows, JSON and that command have all; counts stay."""
    press = move_all(tmp_path, 6)
    rows = list_changes(press.archive.db, since="2026")
    assert sum(row["kind"] == "moved" for row in rows) == 6
    lines = list(print_changes(rows))
    (told,) = [line for line in lines if "moved " in line and "khobao" not in line]
    assert told.endswith("suoi  6 articles moved to new addresses")
    assert lines[lines.index(told) + 1].strip() == "all by the same rule: /kinh-te/… -> /tin/….html"
    day = told[:10]
    command = f"`khobao changes --since {day} --to {day} --site suoi --kind moved` lists them"
    assert lines[lines.index(told) + 2].strip() == command
    moved = list_changes(press.archive.db, since=day, until=day, site="suoi", kind="moved")
    assert len(list(print_changes(moved, fold=False))) == 3 * len(moved) == 18
    check_report(press)
    press.archive.close()


def check_report(press: Press) -> None:
    """The report has one entry, and a line of the paper's list for each."""
    at = press.clock.at + timedelta(minutes=5)
    paper = Paper("suoi", "Báo Suối", HOST, "vi", ZoneInfo("Asia/Ho_Chi_Minh"))
    span = Span(date(2026, 2, 1), at.date(), at)
    changes = gather_changes(press.archive.db, [paper], span)
    assert changes.total("moved") == 6 and len(changes.lines["suoi"]) == 6
    assert [change.kind for change in changes.shown] == []
    for language in ("en", "vi"):
        page = str(draw_changes(changes, [paper], span, Tongue(language)))
        assert page.count("<li") == 1 and "/kinh-te/…" in page and "/tin/….html" in page
        assert "--kind" in page


def test_another_spelling_is_no_new_address(tmp_path: Path) -> None:
    """A paper that begins to end its addresses with a slash, or to send all to https, moved
    nothing."""
    press = Press(tmp_path)
    urls = [f"{HOST}/kinh-te/chuyen-lang-thu-{number}" for number in range(6)]
    press.read(*urls)
    press.begin_crawl()
    press.read(*(f"{url}/".replace("https:", "http:") for url in urls))
    assert press.archive.db.execute("SELECT count(*) FROM articles").fetchone() == (6,)
    assert examine_last(press) == [] and press.kinds() == []
    press.archive.close()

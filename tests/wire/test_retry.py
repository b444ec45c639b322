"""Retry-After is obeyed, capped and told: by the host that is busy, by the target that moved."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.index.frontier import Task
from archive.instants import from_text
from archive.records import Capture, Exchange, Place
from crawler.walk.retry import FOREVER, LONGEST, PROBE, Patience, judge, read_wait
from tests.gazette import plain
from tests.gazette.fault import Fault
from tests.gazette.paper import Answer
from tests.gazette.server import Server
from tests.road.remains import ONE_READER
from tests.road.vault import Vault

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
URL = "http://bao.example/a"
BARE = Exchange(URL, "GET", NOW, b"", b"", 503, (), b"", False, None, None, ())


def make_answer(status: int, after: str | None, url: str = URL) -> Exchange:
    """An answer with this Retry-After."""
    headers = () if after is None else (("rEtry-After", after),)
    return replace(BARE, status=status, headers=headers, url=url)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("7", 7), (" 07 ", 7), ("0", 0), ("600", 600), ("Wed, 04 Mar 2026 05:07:07 GMT", 60)),
        *(("Wed, 04 Mar 2026 05:00:00 GMT", 0), ("Wednesday, 04-Mar-26 05:07:07 GMT", 60)),
        *(("Wed Mar  4 05:07:07 2026", 60), ("Wed, 04 Mar 2026 12:07:07 +0700", 60)),
        *(("-1", None), ("1.5", None), ("soon", None), ("", None), ("²", None), ("٣", None)),
        *(("7 s", None), ("0x7", None), ("Wed, 99 Mar 2026 05:07:07 GMT", None)),
    ],
)
def test_seconds_and_dates(value: str, seconds: int | None) -> None:
    """Both forms of RFC 9110, 10.2.3, and the three spellings of a date; nothing else."""
    wait = read_wait(make_answer(503, value), NOW)
    assert wait == (None if seconds is None else timedelta(seconds=seconds))


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[0-9]{1,5000}", fullmatch=True)))
def test_any_value_is_read_or_left(value: str) -> None:
    """Whatever stands there, nothing is raised and no wait is negative or beyond all bounds."""
    wait = read_wait(make_answer(503, value), NOW)
    assert wait is None or timedelta(0) <= wait <= max(FOREVER, timedelta(days=4_000_000))


def settle(
    status: int | None,
    after: str | None,
    *,
    tries: int = 0,
    failure: str | None = None,
    truncated: str | None = None,
):
    """The instant at which a task is asked again, as seconds from now."""
    capture = Capture(1, "x", URL, "response", NOW, Place("f", 0, 1), "urn:x", None)
    capture = replace(capture, status=status, failure=failure, truncated=truncated)  # type: ignore[arg-type]
    task = Task(1, URL, "article", 1, 1, tries, 0)
    found = judge(capture, make_answer(status or 0, after), task, NOW)
    return None if found is None else (from_text(found) - NOW).total_seconds()


def test_when_a_task_is_asked_again() -> None:
    """The wait asked for, else five and sixty seconds; too long or too often ends it."""
    assert settle(503, "30") == 30
    assert settle(503, "0") == 0
    assert settle(429, "\xb2") == 5
    assert settle(503, None, tries=1) == 60
    assert settle(503, None, tries=2) is None
    assert settle(503, "601") is None
    assert settle(404, "5") is None
    assert settle(None, None, failure="timeout") == 5
    assert settle(None, None, failure="address") is None
    assert settle(200, None, truncated="disconnect") == 5
    assert settle(200, None) is settle(200, None, truncated="length") is None


def test_a_busy_host_is_left_in_peace(caplog: pytest.LogCaptureFixture) -> None:
    """429 and 503 speak for the whole host and no other, and the log says it once."""
    patience = Patience()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            patience.note(make_answer(429, "30"), None, NOW)
    assert len(caplog.records) == 1 and "waiting 30 s" in caplog.text
    held = patience.find("http://bao.example/b", NOW)
    assert held is not None and from_text(held) == NOW + timedelta(seconds=30)
    assert patience.find("http://bao.example/b", NOW + timedelta(seconds=30)) is None
    assert patience.find("http://bao.example:81/b", NOW) is None
    assert patience.find("http://khac.example/b", NOW) is None


def test_long_waits_are_capped_and_told(caplog: pytest.LogCaptureFixture) -> None:
    """Up to ten minutes are obeyed; after a day that 503 asks for, the host rests for a minute
    before another address says whether all of it is shut, and the log has both."""
    for asked, waited in (("600", LONGEST), ("601", PROBE), ("86400", PROBE)):
        patience = Patience()
        with caplog.at_level(logging.WARNING):
            patience.note(make_answer(503, asked), None, NOW)
        held = patience.find(URL, NOW)
        assert held is not None and from_text(held) == NOW + waited
    assert "waiting 60 s, of 86400 s asked for" in caplog.text


def test_a_host_that_is_shut_for_long_is_left_alone() -> None:
    """503 with a day at two addresses, and no other answer between, closes the host; one page
    that always says so does not, nor do two with a sound answer between."""

    def ask(*answers: tuple[str, int]) -> bool:
        patience = Patience()
        for url, status in answers:
            made = make_answer(status, "86400" if status == 503 else None, url)
            patience.note(made, None, NOW)
        return patience.is_closed(URL)

    other = f"{URL}b"
    assert ask((URL, 503), (other, 503))
    assert not ask((URL, 503), (URL, 503))
    assert not ask((URL, 503), (other, 200), (other, 503))


def test_a_redirect_speaks_for_its_target() -> None:
    """3xx with Retry-After delays the redirected request, not the host; others say nothing."""
    patience = Patience()
    patience.note(make_answer(302, "20"), "http://bao.example/b", NOW)
    patience.note(make_answer(200, "20"), "http://bao.example/c", NOW)
    patience.note(make_answer(304, "20"), "http://bao.example/c", NOW)
    patience.note(make_answer(302, "20"), None, NOW)
    patience.note(make_answer(503, "0"), None, NOW)
    assert patience.find("http://bao.example/b", NOW) is not None
    assert patience.find("http://bao.example/c", NOW) is None
    assert patience.find(URL, NOW) is None


def test_a_crawl_waits_as_asked(tmp_path: Path) -> None:
    """A real crawl: after 503 with Retry-After nothing of the host is asked for that long, and
    the target of a redirect with Retry-After neither; both are taken in the end."""
    paper = plain.paper(seed=7, articles=12)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile() + "\n")
        first, second = (paper.newsroom.find(one) for one in paper.newsroom.visible()[:2])
        assert first is not None and second is not None
        busy, moved = paper.path(first), paper.path(second)
        server.faults.put(busy, Fault("status", status=503, retry_after=1, times=1))
        old = moved.replace("-" + moved.rpartition("-")[2], "-cu-990001.html")
        answer = paper.answer

        def answer_moved(target: str) -> Answer | None:
            if target == old:
                fields = (("Location", moved), ("Retry-After", "1"))
                return Answer(status=302, headers=fields)
            found = answer(target)
            if found is None or target == moved:
                return found
            return replace(found, body=found.body.replace(moved.encode(), old.encode()))

        paper.answer = answer_moved  # type: ignore[method-assign]
        (report,) = vault.crawl("paper")
    rows = vault.query("SELECT url, status, captured_at FROM captures ORDER BY id")
    at = {(url, status): from_text(instant) for url, status, instant in rows}
    base = server.url
    second_pause = timedelta(seconds=1)
    assert at[base + busy, 200] - at[base + busy, 503] >= second_pause
    assert at[base + moved, 200] - at[base + old, 302] >= second_pause
    begun = at[base + busy, 503]
    soon = [row for row in rows if begun < from_text(row[2]) < begun + second_pause]
    assert soon == []
    assert report["counts"]["articles_new"] == 12


def test_a_paper_that_asks_for_an_hour_is_left_to_the_next_run(tmp_path: Path) -> None:
    """After 429 with a longer Retry-After than a run waits, nothing more is asked of the host,
    not even what was handed out; the run says so, and the next one goes on where it stopped."""
    paper = plain.paper(seed=7, articles=12)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile() + "\n")
        article = paper.newsroom.find(paper.newsroom.visible()[0])
        assert article is not None
        busy = paper.path(article)
        server.faults.put(busy, Fault("status", status=429, retry_after=3600, times=1))
        (first,) = vault.crawl("paper", code=3)
        (second,) = vault.crawl("paper")
    rows = vault.query(
        "SELECT url, status FROM captures WHERE crawl_id = (SELECT min(crawl_id) FROM crawls) "
        "ORDER BY id"
    )
    assert rows[-1] == (server.url + busy, 429)
    assert first["outcome"] == "walled" and "429" in first["problems"][0], first
    assert first["counts"]["articles_new"] + second["counts"]["articles_new"] == 12


def test_a_host_answers_one_request_at_a_time(tmp_path: Path) -> None:
    """Also where the profile allows no delay: the next request begins when the answer is there."""
    paper = plain.paper(seed=7, articles=12)
    lock = threading.Lock()
    asked: list[str] = []
    under_way: list[str] = []
    together: list[tuple[str, ...]] = []
    answer = paper.answer

    def count(target: str) -> Answer | None:
        with lock:
            asked.append(target)
            under_way.append(target)
            if len(under_way) > 1:
                together.append(tuple(under_way))
        threading.Event().wait(0.03)  # as long as a second request has to come
        with lock:
            under_way.remove(target)
        return answer(target)

    paper.answer = count  # type: ignore[method-assign]
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile() + "\n")
        vault.crawl("paper")
    assert len(asked) > 12
    assert together == []

"""A paper that does not change, whatever its server says of its pages: one copy of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from archive.page import open_page
from archive.store import connect
from tests.gazette import plain, server
from tests.gazette.fault import Request
from tests.gazette.paper import Answer
from tests.gazette.server import Server
from tests.scorecard.plugin import Tally

from .remains import ONE_READER, check_rebuild, check_whole
from .vault import Vault

MANNERS = ("validators", "nothing", "chunked", "chunked, nothing", "plain, nothing", "dates alone")
VALIDATORS = {
    "nothing": (b"etag", b"last-modified"),
    "chunked, nothing": (b"etag", b"last-modified"),
    "plain, nothing": (b"etag", b"last-modified"),
    "dates alone": (b"etag",),
}


def behave(monkeypatch: pytest.MonkeyPatch, manner: str) -> None:
    """Make the test server frame its answers in this manner."""
    frame = server.frame
    dropped = VALIDATORS.get(manner, ())

    def reframe(
        answer: Answer, request: Request, now: datetime, *, keep: bool
    ) -> tuple[bytes, bytes]:
        headers = dict(request.headers)
        if len(dropped) > 1:
            headers = {k: v for k, v in headers.items() if not k.startswith("if-")}
        if manner.startswith("plain"):
            headers.pop("accept-encoding", None)
        head, body = frame(answer, replace(request, headers=headers), now, keep=keep)
        lines = [
            line for line in head.split(b"\r\n") if line.partition(b":")[0].lower() not in dropped
        ]
        if manner.startswith("chunked") and b"Content-Length" in head and body:
            lines = [line for line in lines if not line.startswith(b"Content-Length")]
            lines.insert(1, b"Transfer-Encoding: chunked")
            parts = [body[n : n + 1000] for n in range(0, len(body), 1000)]
            chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)
            body = chunks + b"0\r\n\r\n"
        return b"\r\n".join(lines), body

    monkeypatch.setattr(server, "frame", reframe)


def crawl_unchanged(tmp_path: Path, times: int, tally: Tally) -> None:
    """Crawl a paper that does not change, its articles asked for each time."""
    paper = plain.paper(seed=7, articles=12)
    with Server(paper) as serving:
        vault = Vault(tmp_path / "archive", serving.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        for _ in range(times):
            vault.crawl("paper", "--recheck", "1")
        copies = vault.query(
            "SELECT url, count(*) - 1 FROM captures WHERE kind = 'response' AND status = 200 "
            "GROUP BY url, payload_digest HAVING count(*) > 1"
        )
        kinds = dict(vault.query("SELECT kind, count(*) FROM captures GROUP BY kind"))
        unresolved = kinds["revisit"] - count_resolved(vault)
        tally(
            crawls=times,
            copies=sum(number for _, number in copies),
            revisits=kinds["revisit"],
            unresolved=unresolved,
        )
        assert copies == []
        assert unresolved == 0, "a revisit leads nowhere"
        assert kinds["revisit"] == kinds["response"] * (times - 1)
        assert vault.query("SELECT max(versions) FROM articles") == [(1,)]
        check_whole(vault)
        check_rebuild(vault)


def count_resolved(vault: Vault) -> int:
    """Return how many revisits lead to the bytes of a response, of their length."""
    db = connect(vault.root / "index.db")
    rows = db.execute(
        "SELECT c.id, o.payload_length FROM captures c JOIN captures o ON o.id = c.refers_to "
        "WHERE c.kind = 'revisit' AND o.kind = 'response'"
    ).fetchall()
    found = sum(len(open_page(db, vault.root, number).payload) == held for number, held in rows)
    db.close()
    return found


@pytest.mark.row(12)
@pytest.mark.parametrize("manner", ["validators"])
def test_a_paper_that_does_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manner: str, tally: Tally
) -> None:
    """Three crawls: one copy of each page, every revisit leads to its bytes."""
    behave(monkeypatch, manner)
    crawl_unchanged(tmp_path, 3, tally)


@pytest.mark.slow
@pytest.mark.row(12)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("manner", MANNERS)
def test_ten_crawls_of_a_paper_that_does_not_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manner: str, tally: Tally
) -> None:
    """The same ten times, in every manner of servers: pages are gzip but where it says plain."""
    behave(monkeypatch, manner)
    crawl_unchanged(tmp_path, 10, tally)

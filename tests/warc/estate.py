"""A small archive with all that verify looks at: two papers, versions, revisits, failures, files
that rolled over, and a foreign file that was damaged when it was imported."""

from __future__ import annotations

from pathlib import Path

from archive.digests import sha256_of
from archive.index.addresses import Announced
from archive.records import Trace
from archive.store import Archive
from archive.warc.reader import Damage, iterate
from archive.warc.record import Record, serialise
from tests.archive.makers import (
    SITE,
    Clock,
    make_exchange,
    make_failure,
    make_ids,
    make_link,
    make_reading,
)

FOREIGN = "warc/foreign/others.warc.gz"
PAPERS = ("suoi", "nui")


def make_estate(root: Path, pages: int = 3) -> Path:
    """Make the archive; the same bytes in every run."""
    clock, ids = Clock(), make_ids()
    with Archive(
        root, now=clock, new_id=lambda: next(ids), host="test", warc_bytes=9000
    ) as archive:
        for paper in PAPERS:
            write_paper(archive, paper, clock, pages)
        archive.open_site({"site": "imports"}, crawl_id="imports-1", info={"software": "test"})
        take_in(archive, clock)
    return root


def write_paper(archive: Archive, paper: str, clock: Clock, pages: int) -> None:
    """One crawl: a front page, articles, one of them changed, one the same again, one gone."""
    site = {**SITE, "site": paper, "home": f"https://{paper}.test/", "domain": f"{paper}.test"}
    crawl = f"{paper}-20260204T010000.000000Z"
    archive.open_site(site, crawl_id=crawl, info={"software": "test"})
    started = {"crawl_id": crawl, "started_at": "2026-02-04T01:00:00.000000Z"}
    home = {"url": site["home"], "channel": "seed", "position": 0, "role": "home"}
    archive.note(
        paper, "crawl-start", {**started, "software": "test", "site": site, "seeds": [home]}
    )
    for number in range(pages):
        for turn in range(2):
            write_page(archive, paper, number, turn, clock)
    write_agency(archive, paper, clock)
    write_learned(archive, paper)
    url = f"https://{paper}.test/gone.html"
    archive.keep(paper, make_failure(url, clock()))
    archive.keep(paper, make_exchange(url, b"no", at=clock(), status=404))
    ended = {"crawl_id": crawl, "ended_at": "2026-02-04T02:00:00.000000Z", "outcome": "finished"}
    archive.note(paper, "crawl-end", {**ended, "counts": {"requests": 9}, "problems": []})


def write_page(archive: Archive, paper: str, number: int, turn: int, clock: Clock) -> None:
    """An article; at the second turn page 0 is changed and the others are revisits."""
    url = f"https://{paper}.test/{number}.html"
    words = f"Đoạn văn số {number}{' đã sửa' if turn and not number else ''} của báo {paper}."
    fields = (("Content-Type", "text/html"), ("ETag", f'"{number}"'))
    exchange = make_exchange(url, f"<p>{words}</p>".encode() * 5, at=clock(), fields=fields)
    capture = archive.keep(paper, exchange)
    related = make_link(
        f"https://{paper}.test/{number + 1}.html", channel="related", summary="Tóm tắt."
    )
    if capture.kind == "response":
        reading = make_reading(f"Tin số {number}", words, links=(related,), tags=("chợ",))
        archive.add(
            capture, reading, [Announced(related.url, related)], address=url, identity=str(number)
        )


def write_agency(archive: Archive, paper: str, clock: Clock) -> None:
    """A story of an agency that each paper prints with an ending of its own."""
    url = f"https://{paper}.test/thong-tan.html"
    words = " ".join(f"câu thứ {number} kể chuyện bến đò số {number * 7}," for number in range(20))
    said = (("title", "og:title", "Bến đò"), ("author", "meta", ""))
    trace = Trace((("prune", "Xem thêm"),), 1, said, (("title", "/html/body/h1"),))
    reading = make_reading("Bến đò", f"{words} theo {paper}.", trace=trace)
    capture = archive.keep(paper, make_exchange(url, words.encode(), at=clock()))
    archive.add(capture, reading, [], address=url, identity=f"{paper}:thong-tan")


def write_learned(archive: Archive, paper: str) -> None:
    """What the pages of a paper share, and a page of a list that a backfill is done with."""
    at, days = "2026-02-04T01:30:00.000000Z", {"first_on": "2026-02-01", "last_on": "2026-02-04"}
    template = {"site": paper, "learned_at": at, "digest": "a1", "pages": 40, **days}
    template |= {"extractor": "test/1", "profile": "0123456789abcdef", "survey": "b2"}
    archive.note(paper, "template", {**template, "lines": [["c3", 38, "Báo in ra hằng ngày"]]})
    walk = {"list": f"https://{paper}.test/tin", "from": "2026-01-01", "to": "2026-01-31"}
    walk |= {"page": 2, "address": f"https://{paper}.test/tin?page=2", "at": at}
    walk |= {"newest": "2026-01-09", "oldest": "2026-01-02", "ended": "range"}
    archive.note(paper, "walk", walk)


def take_in(archive: Archive, clock: Clock) -> None:
    """Import a foreign file with junk between its records, as `khobao import` does."""
    path = archive.root / FOREIGN
    path.parent.mkdir()
    parts = [serialise(foreign_record(number)) for number in range(3)]
    data = parts[0] + b"junk between two members" + parts[1] + parts[2]
    path.write_bytes(data)
    damage = [
        {"offset": item.offset, "reason": item.reason}
        for item in iterate(path)
        if isinstance(item, Damage)
    ]
    facts = {"file": FOREIGN, "sha256": sha256_of(data)[7:], "size": len(data)}
    facts |= {"site": "imports", "sites": {"old.test": "nui"}, "damage": damage}
    archive.note("imports", "import", facts)
    row = archive.db.execute("SELECT id FROM captures WHERE warc_file = ?", (FOREIGN,)).fetchone()
    assert row is not None
    clock.move(minutes=1)


def foreign_record(number: int) -> Record:
    """A response as others write it."""
    block = f"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>cũ {number}</p>".encode()
    headers = (
        ("WARC-Record-ID", f"<urn:x:{number}>"),
        ("WARC-Date", f"2011-01-0{number + 1}T00:00:00Z"),
        ("WARC-Target-URI", f"http://old.test/{number}"),
        ("Content-Type", "application/http; msgtype=response"),
        ("WARC-Block-Digest", sha256_of(block)),
    )
    return Record("response", headers, block, "WARC/1.0")

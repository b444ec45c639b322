"""What the tools of others say of our files: warcio, FastWARC, gzip, cdxj-indexer, pywb."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.warc.compose import Original, compose
from archive.warc.reader import Found, http_of, iterate
from archive.warc.recovery import recover
from tests.brotlied import WARCIO
from tests.pywb import ask, needs_pywb, replay

from .samples import AT, all_groups, count_ids, make_exchange, make_writer, write_sample

BIN = Path(sys.executable).parent
PAPER = "http://gazette.test"


def run(*command: object) -> subprocess.CompletedProcess[str]:
    """Run a tool and give what it said."""
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )


@pytest.fixture(params=["closed", "recovered", "small"])
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file with every kind of record: closed, recovered after a crash, or rolled over early."""
    if request.param == "closed":
        return write_sample(tmp_path)
    writer = make_writer(tmp_path, max_size=5000 if request.param == "small" else 2**30)
    for group in all_groups():
        writer.write(group)
    writer.sync()
    path = next((tmp_path / "warc" / "gazette").glob("*.open"))
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08torn")
    recover(tmp_path)
    return path.with_suffix("")


def test_warcio_check(sample: Path) -> None:
    """``warcio check`` finds nothing, and has checked a digest in each record it can."""
    done = run(*WARCIO, "check", "-v", sample)
    assert (done.returncode, done.stderr) == (0, "")
    assert "fail" not in done.stdout
    assert done.stdout.count("digest pass") > 2


def test_fastwarc_check(sample: Path) -> None:
    """``fastwarc check`` finds every block digest true."""
    report = sample.with_suffix(".report")
    done = run(BIN / "fastwarc", "check", "-q", "-o", report, sample)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = report.read_text().splitlines()
    assert len(lines) == len(list(iterate(sample)))
    assert all(line.endswith(": OK") for line in lines), lines


def test_gzip(sample: Path) -> None:
    """``gzip -t`` finds the file whole."""
    done = run("gzip", "-t", sample)
    assert (done.returncode, done.stderr) == (0, "")


def test_cdxj_indexer(sample: Path) -> None:
    """cdxj-indexer lists each response and revisit once, and no page under our own records."""
    done = run(BIN / "cdxj-indexer", sample)
    assert done.returncode == 0, done.stderr
    entries = [json.loads(line.split(" ", 2)[2]) for line in done.stdout.splitlines()]
    pages = [(one["url"], one["offset"]) for one in entries if one["url"].startswith("http")]
    records = [item for item in iterate(sample) if isinstance(item, Found)]
    assert pages == [
        (item.record.url, str(item.offset))
        for item in records
        if item.record.type in ("response", "revisit")
    ]


def test_warcio_reads_the_same(sample: Path) -> None:
    """warcio reads the same records, and the same payloads out of chunked and plain responses."""
    ours = [item.record for item in iterate(sample) if isinstance(item, Found)]
    with sample.open("rb") as stream:
        for mine, its in zip(ours, ArchiveIterator(stream), strict=True):
            assert its.rec_headers.get_header("WARC-Record-ID") == mine.id
            stored = http_of(mine)
            if mine.type == "response" and stored and stored.header("Content-Encoding") is None:
                assert its.content_stream().read() == stored.payload


@pytest.fixture
def played(tmp_path: Path) -> Iterator[http.client.HTTPConnection]:
    """pywb over a file of ours, made of the pages that ``test_pywb_replays`` asks for."""
    ids, writer = count_ids(), make_writer(tmp_path / "archive")
    for name, chunked, packed in PAGES:
        first = make_exchange(f"/{name}", f"trang {name}", chunked=chunked, gz=packed)
        records = compose(first, new_id=ids)
        known = Original(records[0].id, first.url, AT)
        again = make_exchange(f"/{name}", f"trang {name}", chunked=chunked, gz=packed, minutes=60)
        other = make_exchange(f"/other-{name}", f"trang {name}", chunked=chunked, gz=packed)
        for group in (
            records,
            compose(again, new_id=ids, refers_to=known),
            compose(other, new_id=ids, refers_to=known),
        ):
            writer.write(group)
    odd = make_exchange("/odd", "trang odd", interim=b"HTTP/1.1 103 x\r\n\r\n", trailing=b"junk")
    writer.write(compose(odd, new_id=ids))
    writer.close()
    path = next(tmp_path.rglob("*.warc.gz"))
    with replay(tmp_path / "pywb", [path]) as connection:
        yield connection


PAGES = (
    ("plain", False, False),
    ("gzip", False, True),
    ("chunked", True, False),
    ("both", True, True),
)


@needs_pywb
def test_pywb_replays(played: http.client.HTTPConnection) -> None:
    """pywb 2.10 replays plain, gzipped and chunked responses and their revisits.

    A revisit at another address whose original is chunked is beyond pywb: it looks the original up
    by digest, and digests the chunk framing for itself (see archive/warc/compose.py).
    """
    for name, chunked, _ in PAGES:
        for instant in ("20260204010203", "20260204020203"):
            assert ask(played, instant, f"{PAPER}/{name}") == (200, f"trang {name}".encode())
        if not chunked:
            assert ask(played, "20260204010203", f"{PAPER}/other-{name}") == (
                200,
                f"trang {name}".encode(),
            )
    assert ask(played, "20260204010203", f"{PAPER}/odd") == (200, b"trang odd")

"""What importing costs: pages a second and CPU a page, beside plain trafilatura in the same run.

    python -m tests.bench.bench_import [CORPUS ...] [--times N]

Makes a WARC file of real pages (KHOBAO_SHARED, else ../shared) with warcio, imports it with
`khobao import` into a new archive, and runs trafilatura.extract over the same pages on one core
before and after, so that a change in the machine's load shows. The import's CPU is that of the
main process and its reading workers together (rusage of the child that was waited for and its
own children); it hashes, copies, indexes, reads, writes the readings' WARC and both search
indexes. ``--times`` repeats the pages under other addresses, so that start-up (1 s) weighs less.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import trafilatura
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.shared import SHARED

ROOT = Path(__file__).parents[2]
PAGES = SHARED / "pages"
CORPORA = ("fundus", "aeb")


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and CPU seconds of ``pages`` pages, of which ``texts`` gave a text."""

    pages: int
    texts: int
    wall: float
    cpu: float

    def show(self, name: str) -> str:
        """Return a line for people."""
        return (
            f"{name:22} {self.pages} pages, {self.texts} texts, {self.pages / self.wall:6.1f} "
            f"pages/s, {1000 * self.cpu / self.pages:6.1f} ms CPU a page"
        )


def load_pages(corpora: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Return (address, HTML) of the corpora's pages; made up addresses where none is known."""
    found = []
    for corpus in corpora:
        for line in (PAGES / corpus / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            html = gzip.decompress((PAGES / corpus / told["html_path"]).read_bytes())
            name = "".join(c if c.isalnum() else "-" for c in told["id"].lower())
            url = told.get("url") or f"http://{corpus}.test/2026/02/04/{name}-a-page-of-it.html"
            found.append((url, html))
    return found


def write_warc(path: Path, pages: list[tuple[str, bytes]], times: int) -> None:
    """Write the pages as responses with warcio."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for turn in range(times):
            for url, html in pages:
                head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
                spelled = url if not turn else f"{url}{'&' if '?' in url else '?'}turn={turn}"
                writer.write_record(
                    writer.create_warc_record(
                        spelled, "response", payload=io.BytesIO(html), http_headers=head
                    )
                )


def extract(pages: list[tuple[str, bytes]]) -> Cost:
    """Run plain trafilatura over the pages, in this process, with one thread."""
    wall, cpu, texts = time.perf_counter(), time.process_time(), 0
    for url, html in pages:
        texts += bool(trafilatura.extract(html, url=url))
    return Cost(len(pages), texts, time.perf_counter() - wall, time.process_time() - cpu)


def import_warc(root: Path, path: Path) -> Cost:
    """Import the file in a process of its own."""
    wall = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler", "--archive", str(root), "import", "--json", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"khobao import ended with {process.returncode}")
    told = json.loads(out)
    seconds = time.perf_counter() - wall
    return Cost(told["captures"], told["articles"], seconds, usage.ru_utime + usage.ru_stime)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=CORPORA)
    parser.add_argument("--times", type=int, default=2)
    words = parser.parse_args()
    pages = load_pages(tuple(words.corpora))
    extract(pages[:20])  # imports and lazy tables
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        write_warc(path, pages, words.times)
        before = extract(pages)
        imported = import_warc(Path(folder) / "archive", path)
        after = extract(pages)
    print(before.show("trafilatura, before"))
    print(imported.show("khobao import"))
    print(after.show("trafilatura, after"))
    plain = (before.cpu + after.cpu) / (before.pages + after.pages)
    print(f"CPU a page: import / trafilatura = {imported.cpu / imported.pages / plain:.2f}")


if __name__ == "__main__":
    main()

"""What a crawl of many small pages costs the main process: its highest memory, pages a second.

    python tests/bench/bench_memory.py [ARTICLES] [--no-sitemap]

Serves the paper of tests/gazette/many.py in a process of its own, crawls it with `khobao crawl`
in another, and looks at VmHWM of that process (not of its reading workers) every half second.
Prints memory over pages, so that what grows with the pages shows as a slope. Fails above 300 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from archive.store import connect

ROOT = Path(__file__).parent.parent.parent
LIMIT_MB = 300.0
EVERY = 0.5  # seconds between looks
SERVE = """
import sys
from tests.gazette.many import ManyPaper
from tests.gazette.server import Server
paper = ManyPaper(int(sys.argv[1]), sitemap=sys.argv[2] == "True")
with Server(paper) as server:
    paper.base = server.url
    print(server.port, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Measured:
    """One crawl: (pages, MB) over time, and its end."""

    points: tuple[tuple[int, float], ...]
    seconds: float
    pages: int
    code: int

    @property
    def peak(self) -> float:
        """The highest resident memory of the main process in MB."""
        return max(memory for _, memory in self.points)

    def slope(self, after: int) -> float:
        """KB of resident memory a page from page ``after`` on (least squares)."""
        points = [(x, y * 1024) for x, y in self.points if x >= after]
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        spread = sum((x - mean_x) ** 2 for x, _ in points)
        return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def measure(root: Path, articles: int, *, sitemap: bool = True) -> Measured:
    """Crawl a paper of ``articles`` pages into a new archive at ``root``."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(articles), str(sitemap)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        return _crawl(root, articles, port, sitemap)
    finally:
        server.kill()
        server.communicate()


def _crawl(root: Path, articles: int, port: int, sitemap: bool) -> Measured:
    from tests.gazette.many import ManyPaper

    (root / "sites").mkdir(parents=True)
    (root / "khobao.toml").write_text(
        f'[network]\nallow_addresses = ["127.0.0.1"]\nallow_ports = [{port}]\n'
        f"[crawl]\npages = {articles * 2}\n",
        encoding="utf-8",
    )
    paper = ManyPaper(articles, base=f"http://127.0.0.1:{port}", sitemap=sitemap)
    (root / "sites" / "many.toml").write_text(paper.profile(), encoding="utf-8")
    began = time.monotonic()
    crawl = subprocess.Popen(
        [sys.executable, "-m", "crawler", "--archive", str(root), "crawl", "many", "--json"],
        cwd=ROOT,
        env={name: text for name, text in os.environ.items() if "proxy" not in name.lower()},
        stdout=subprocess.DEVNULL,
    )
    points = []
    while crawl.poll() is None:
        memory = read_memory(crawl.pid)
        if memory is not None:
            points.append((count_articles(root), memory))
        time.sleep(EVERY)
    seconds = time.monotonic() - began
    return Measured(tuple(points), seconds, count_articles(root), crawl.returncode)


def read_memory(pid: int) -> float | None:
    """Return the resident memory of a process in MB, or None when it has ended.

    Its own high-water mark (VmHWM) where that is larger than what is resident now.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return found[0] / 1024 if found else None


def count_articles(root: Path) -> int:
    """Return how many articles the archive holds now."""
    index = root / "index.db"
    if not index.is_file():
        return 0
    db = connect(index)
    try:
        has = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'articles'").fetchone()
        return int(db.execute("SELECT count(*) FROM articles").fetchone()[0]) if has else 0
    finally:
        db.close()


def main() -> int:
    """Measure and print."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    articles = int(words[0]) if words else 20_000
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(
            Path(folder) / "archive", articles, sitemap="--no-sitemap" not in sys.argv
        )
    step = max(1, len(measured.points) // 20)
    for pages, memory in measured.points[::step]:
        print(f"{pages:7} pages  {memory:6.1f} MB")
    print(
        f"{measured.pages} of {articles} articles, exit code {measured.code}, "
        f"{measured.pages / measured.seconds:.1f} pages/s, highest {measured.peak:.1f} MB, "
        f"slope {measured.slope(articles // 4):.2f} KB a page"
    )
    return 0 if measured.peak < LIMIT_MB and measured.pages == articles else 1


if __name__ == "__main__":
    sys.exit(main())

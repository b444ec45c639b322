"""A simulated month of a paper, and the same month crawled naively: what a new article costs.

    python -m tests.bench.bench_nights [--nights 30] [--per-day 30] [--telling lastmod never ...]
                                       [--backlog DAYS] [--no-naive]

The paper is tests/gazette/daily.py on loopback: stories come out by the hours of a newsroom, 5 %
are edited within two days, 1 % deleted within ten. Each night is a `khobao` process of its own
whose clock is handed in (KHOBAO_NOW, 03:00 at the paper). Counted is what the server was asked,
robots.txt and 304 included; missed and late are told by the newsroom, not by the archive.

    learned   `khobao run paper`: the clocks of lists and articles
    naive     `khobao crawl paper --all-lists --recheck 9999`: everything known, every night

``--telling``: what the paper's sitemaps say of edits. Where they say nothing, an edit is only seen
by asking: an article that came out at noon and may be edited for two days has to be fetched three
times by nightly crawls, so 3 requests an article are the least there, and 1.5 are out of reach.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.gazette import daily
from tests.nights.month import Figures, live

NAIVE = ("--all-lists", "--recheck", "9999")
HEAD = (
    *("sitemaps tell", "crawl", "requests", "new articles", "a new article", "missed"),
    *("edits", "late", "slowest h", "deleted", "noticed", "believed", "seconds"),
)


def measure(
    nights: int, per_day: int, telling: daily.Telling, backlog: int, *, naive: bool
) -> tuple[Figures, float]:
    """Live through some nights and return what they cost, and the seconds that took."""
    paper = daily.paper(
        seed=7, articles=(nights + backlog) * per_day, per_day=per_day, telling=telling
    )
    paper.newsroom.move(paper.newsroom.now + backlog * daily.DAY)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="khobao-nights-") as folder:
        command = ("crawl", "paper") if naive else ("run", "paper")
        words = NAIVE if naive else ()
        figures, _ = live(Path(folder) / "archive", paper, nights, *words, command=command)
    return figures, time.monotonic() - began


def tell(telling: str, name: str, figures: Figures, seconds: float) -> str:
    """Return a line of the table."""
    cells = (
        *(telling, name, figures.requests, figures.new, f"{figures.rate:.2f}"),
        *(len(figures.missed), figures.edits, len(figures.late), f"{figures.slowest:.1f}"),
        *(figures.deleted, figures.noticed, figures.believed, f"{seconds:.0f}"),
    )
    return " ".join(str(cell).rjust(len(head)) for cell, head in zip(cells, HEAD, strict=True))


def main() -> None:
    """Print the table, and what was asked for."""
    parser = argparse.ArgumentParser(description="a simulated month of nightly crawls")
    parser.add_argument("--nights", type=int, default=30)
    parser.add_argument("--per-day", type=int, default=30)
    parser.add_argument("--backlog", type=int, default=0)
    parser.add_argument("--telling", nargs="+", default=["lastmod", "never"])
    parser.add_argument("--no-naive", action="store_true")
    chosen = parser.parse_args()
    out = sys.stdout
    out.write(" ".join(HEAD) + "\n")
    for telling in chosen.telling:
        for naive in (False,) if chosen.no_naive else (False, True):
            figures, seconds = measure(
                chosen.nights, chosen.per_day, telling, chosen.backlog, naive=naive
            )
            out.write(tell(telling, "naive" if naive else "learned", figures, seconds) + "\n")
            out.write(f"    {figures.asked}\n")
            out.flush()


if __name__ == "__main__":
    main()

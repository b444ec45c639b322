"""Nights of a paper that comes out every day: the real `khobao`, the clock handed in, the truth.

What is counted after the last night is the archive against the newsroom::

    requests      all that the paper's server was asked, robots.txt included
    missed        stories that could be seen at some crawl and are not in the archive
    late edits    edits of a story that was held already, not held as a version 24 hours later
    deletions     stories taken off; noticed; with the signs after which they are believed
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from archive.instants import from_text
from tests.gazette.daily import DailyPaper
from tests.gazette.server import Server
from tests.road.vault import Vault

DAY = timedelta(days=1)
WORDS = "[crawl]\nworkers = 1\n"
BELIEVED = """
SELECT count(*) FROM (SELECT url FROM captures WHERE status IN (404, 410) AND url LIKE '%.html'
GROUP BY url HAVING count(*) >= 3
AND julianday(max(captured_at)) - julianday(min(captured_at)) >= 2)
"""


@dataclass
class Figures:
    """What some nights cost and brought."""

    nights: int = 0
    requests: int = 0
    new: int = 0  # articles held in the end
    missed: list[str] = field(default_factory=list)
    edits: int = 0  # of stories that were held, 24 hours or more before the last crawl
    late: list[str] = field(default_factory=list)
    slowest: float = 0.0  # hours from an edit to its version
    deleted: int = 0  # of stories that were held
    noticed: int = 0
    believed: int = 0
    asked: dict[str, int] = field(default_factory=dict)  # requests by kind of page

    @property
    def rate(self) -> float:
        """Requests for each new article, all told."""
        return self.requests / max(1, self.new)


def live(
    folder: Path,
    paper: DailyPaper,
    nights: int,
    *words: str,
    every: timedelta = DAY,
    command: Sequence[str] = ("run", "paper"),
    before: Callable[[int, Server], None] = lambda _night, _server: None,
) -> tuple[Figures, Vault]:
    """Crawl a paper at its own time and then ``nights - 1`` times more; return what came of it."""
    newsroom = paper.newsroom
    crawls: list[datetime] = []
    with Server(paper) as server:
        vault = Vault(folder, server.port, words=WORDS)
        vault.add_site("paper", paper.profile())
        for night in range(nights):
            if night:
                newsroom.move(newsroom.now + every)
            before(night, server)
            crawls.append(newsroom.now)
            process = vault.start(*command, *words, KHOBAO_NOW=newsroom.now.isoformat())
            said = "".join(process.communicate(timeout=600))
            assert process.returncode in (0, 3), said  # a category is empty on the first day
        asked = count_kinds(server.paths())
        requests = server.count
    figures = Figures(nights, requests, asked=asked)
    judge(figures, paper, vault, crawls)
    return figures, vault


def count_kinds(paths: Sequence[str]) -> dict[str, int]:
    """Return how many requests were made for each kind of page."""
    counts = dict.fromkeys(("robots", "home", "feed", "sitemap", "category", "page 2+", "first"), 0)
    counts["again"] = 0
    seen = set()
    for path in paths:
        if path.endswith(".html"):
            kind = "again" if path in seen else "first"
        elif "sitemap" in path:
            kind = "sitemap"
        else:
            names = {"/robots.txt": "robots", "/": "home", "/feed.xml": "feed"}
            kind = names.get(path, "page 2+" if "page=" in path else "category")
        counts[kind] += 1
        seen.add(path)
    return counts


def judge(figures: Figures, paper: DailyPaper, vault: Vault, crawls: Sequence[datetime]) -> None:
    """Hold the archive against what happened at the paper."""
    newsroom = paper.newsroom
    held = dict(vault.query("SELECT url, first_seen_at FROM articles"))
    versions: dict[str, list[datetime]] = {}
    for url, at in vault.query(
        "SELECT a.url, v.first_seen_at FROM articles a JOIN versions v ON v.article_id = a.id"
    ):
        versions.setdefault(url, []).append(from_text(at))
    figures.new = len(held)
    for one in newsroom.ids():
        story = newsroom.recall(one)
        if story is None:
            continue
        url = paper.url(story)
        events = newsroom.history(one)
        ends = [event.at for event in events if event.kind == "delete"]
        seen = [at for at in crawls if story.published <= at and not any(e <= at for e in ends)]
        if seen and url not in held:
            figures.missed.append(url)
        if url not in held:
            continue
        first = from_text(held[url])
        for event in events:
            if event.kind == "edit" and first < event.at <= crawls[-1] - DAY:
                figures.edits += 1
                found = min((at for at in versions[url] if at > event.at), default=None)
                hours = (found - event.at) / timedelta(hours=1) if found else float("inf")
                figures.slowest = max(figures.slowest, hours)
                if hours > 24.1:  # a crawl lasts some minutes
                    figures.late.append(f"{url}: {hours:.1f} hours")
        figures.deleted += any(end <= crawls[-1] for end in ends)
    figures.noticed = vault.query("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL")[0][0]
    figures.believed = vault.query(BELIEVED)[0][0]

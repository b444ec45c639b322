"""A paper of some articles that are asked for night after night."""

from __future__ import annotations

import json
from typing import Any

from archive.records import Image, Reading
from tests.archive.makers import CRAWL, SITE, make_exchange, make_reading
from tests.changes.night import HOST, TEXTS, Night

PICTURE = "https://suoi.test/anh/cho-phien-som.jpg"
OTHER = "https://suoi.test/anh/cho-phien-chieu.jpg"


class Paper(Night):
    """A paper of some articles that are asked for night after night."""

    nights = 0

    def dusk(self) -> None:
        """Let the night end, and the next one begin."""
        self.archive.note("suoi", "crawl-end", _end(self.crawl))
        self.dawn()

    def dawn(self) -> None:
        """Let a night begin, whatever came of the one before."""
        self.pass_time(24)
        self.nights += 1
        self.archive.close_site("suoi")
        self.archive.open_site(SITE, crawl_id=self.crawl, info={"software": "test"})
        start = {"crawl_id": self.crawl, "started_at": f"{self.archive.now():%FT%T.000000Z}"}
        self.archive.note(
            "suoi", "crawl-start", {**start, "software": "test", "site": SITE, "seeds": []}
        )

    @property
    def crawl(self) -> str:
        """Return the name of the night's crawl."""
        return CRAWL if not self.nights else f"suoi-2026020{4 + self.nights}T010000.000000Z"

    def read(self, number: int, **fields: Any) -> None:
        """Let an article be read."""
        url = f"{HOST}/tin/bai-{number}.html"
        said = f"Bài số {number}. {TEXTS[0]}"
        fields = {"text": said, "title": f"Chợ {number}", "sources": {"authors": "byline"}} | fields
        fields.setdefault("images", (Image(PICTURE, "Một góc chợ."),))
        self.keep_reading(url, make_reading(**fields), number)

    def keep_reading(self, url: str, reading: Reading, number: int) -> None:
        """Let an address answer with new bytes that are read so."""
        capture = self.archive.keep("suoi", make_exchange(url, self.body(), at=self.archive.now()))
        self.archive.add(capture, reading, address=url, identity=f"suoi:{number}")

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Return kinds and details of all changes."""
        rows = self.archive.db.execute("SELECT kind, detail FROM changes ORDER BY at, rowid")
        return [(kind, json.loads(detail)) for kind, detail in rows]


def _end(crawl: str) -> dict[str, Any]:
    ended = {"ended_at": f"{crawl[5:9]}-{crawl[9:11]}-{crawl[11:13]}T02:00:00.000000Z"}
    return {"crawl_id": crawl, **ended, "outcome": "finished", "counts": {}, "problems": []}


def read_all(paper: Paper, *, but: int = -1, **fields: Any) -> None:
    """Let six articles be read as they were."""
    for number in range(6):
        if number != but:
            paper.read(number, **fields)

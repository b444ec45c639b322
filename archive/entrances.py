"""Which of the lists that a profile names gave no page in a crawl, and which lead elsewhere now.

The front page, categories, feeds and sitemaps of a profile are a paper's entrances. One that shut
is hardly seen in the mix of answers (1 of 60 failed), and what it alone announces is lost from that
night on. Judged is only what gave a page in an earlier crawl: a list that never did is a guess of
the profile, and `khobao check` tells of it; unless all of them lead elsewhere. What was asked
several times in a crawl counts by its last answer. A feed or sitemap that answers with a page of
HTML, with nothing, or an index that names no file any more, gave none either; one whose stories
became few is shrunk.py's. A redirect to another spelling, or within the
paper's host to a page that is not its front page (a category that was renamed), still brings the
list.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from archive.index.evidence import FRONT, fold_url

NAMED = 3  # addresses of one finding
_ASKED = """
SELECT a.url, c.status, c.failure, c.location, EXISTS (SELECT 1 FROM captures b
  WHERE b.url = c.url AND b.crawl_id <> c.crawl_id AND b.captured_at < c.captured_at
  AND b.status IN (200, 304)),
  CASE WHEN c.status NOT IN (200, 203, 304) OR r.impostor IS NOT NULL THEN NULL
    WHEN r.status = 'empty' THEN 'empty' WHEN r.status <> 'ok' THEN 'damaged'
    WHEN r.role NOT IN ('feed', 'sitemap') THEN 'no-xml'
    WHEN r.listed = 0 AND EXISTS (SELECT 1 FROM sightings n JOIN addresses f
      ON f.id = n.address_id AND f.role = 'sitemap' WHERE n.source = c.url
      AND n.channel = 'sitemap') THEN 'names-nothing' END,
  EXISTS (SELECT 1 FROM captures b JOIN readings q ON q.capture_id = b.id
    WHERE b.url = c.url AND b.crawl_id <> c.crawl_id AND b.captured_at < c.captured_at
    AND q.role IN ('feed', 'sitemap') AND q.status = 'ok' AND q.listed > 0)
FROM captures c LEFT JOIN readings r ON r.capture_id = c.id
JOIN addresses a ON a.url = c.url AND a.page = 1
WHERE c.crawl_id IN (SELECT value FROM json_each(?)) AND a.site = ? AND {}
ORDER BY c.captured_at, c.id
"""
_NAMED = "{} (SELECT 1 FROM sightings s WHERE s.address_id = a.id AND s.channel = 'start')"
_FILES = """a.role = 'sitemap' AND EXISTS (SELECT 1 FROM sightings s
  WHERE s.address_id = a.id AND s.channel IN ('sitemap', 'robots') AND s.dropped_at IS NULL) AND """


@dataclass
class Entrances:
    """The entrances that a crawl asked for: how many, and those that did not bring their list."""

    asked: int = 0
    shut: dict[str, str] = field(default_factory=dict)  # address -> why: "500", "no-xml"
    leading: dict[str, str] = field(default_factory=dict)  # address -> where
    files: dict[str, str] = field(default_factory=dict)  # shut, of those that an index names

    @property
    def is_left(self) -> bool:
        """Whether most of them lead elsewhere: the paper is not here any more."""
        return bool(self.leading) and 2 * len(self.leading) >= self.asked

    @property
    def why(self) -> str:
        """The ways in which they were shut, each once."""
        return ", ".join(dict.fromkeys(self.shut.values()))


def find_entrances(db: sqlite3.Connection, site: str, crawls: Sequence[str]) -> Entrances:
    """Look at a paper's entrances as some crawls found them, in the order in which they were asked,
    and at the sitemaps that its indexes name."""
    values = (json.dumps(crawls), site)
    last = {url: rest for url, *rest in db.execute(_ASKED.format(_NAMED.format("EXISTS")), values)}
    found = Entrances(asked=len(last))
    strange: dict[str, str] = {}
    for url, (status, failure, location, was_open, lost, was_list) in last.items():
        if status is None or status >= 400:
            if was_open:
                found.shut[url] = _say(status, failure)
        elif lost and was_list:
            found.shut[url] = lost
        elif location and status != 304 and _is_elsewhere(url, location):
            (found.leading if was_open else strange)[url] = location
    if len(found.leading) + len(strange) == found.asked:  # from the first night on, too
        found.leading |= strange
    files = db.execute(_ASKED.format(_FILES + _NAMED.format("NOT EXISTS")), values)
    for url, (status, failure, _, was_open, lost, was_list) in {u: r for u, *r in files}.items():
        if was_open and (status is None or status >= 400):
            found.files[url] = _say(status, failure)
        elif lost and was_list:
            found.files[url] = lost
    return found


def _say(status: int | None, failure: str | None) -> str:
    return str(status or failure or "silent").replace(" ", "-")


def _is_elsewhere(url: str, target: str) -> bool:
    here, there = urlsplit(f"//{fold_url(url)}"), urlsplit(f"//{fold_url(target)}")
    if here == there:
        return False
    front = not there.query and FRONT.fullmatch(there.path or "/") is not None
    return here.netloc != there.netloc or (front and not FRONT.fullmatch(here.path or "/"))


def tell_entrances(found: Entrances) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong as the kind, the words and the remedy of a finding."""
    if found.shut:
        words = (
            f"{len(found.shut)} of the {found.asked} lists asked that the profile names gave no "
            f"page ({found.why}), {_name_some(found.shut)}"
        )
        yield "list", words, "if it stays so, look at it in a browser and correct home or [walk]"
    if found.files:
        why = ", ".join(dict.fromkeys(found.files.values()))
        words = (
            f"{len(found.files)} sitemaps that an index names gave no page ({why}), "
            f"{_name_some(found.files)}"
        )
        yield "list", words, "if it stays so, look at it in a browser and correct walk.sitemaps"
    if found.leading:
        words = (
            f"{len(found.leading)} of the {found.asked} lists asked that the profile names lead "
            f"elsewhere now, {_name_some(found.leading)} to {_name_some(found.leading.values())}"
        )
        remedy = (
            "look where it leads; if the paper moved, correct home and domains; if another paper "
            "took it over, say so in both profiles (merged_into, took_over)"
        )
        yield "moved", words, remedy


def _name_some(urls: Iterable[str]) -> str:
    return ", ".join(list(dict.fromkeys(urls))[:NAMED])

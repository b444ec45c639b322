"""Reads again what the archive holds, with the present profile and reader; no request is sent.

    captures that another reader or profile has read, oldest first
        -> a page out of its WARC record -> a worker -> the archive's door, as a crawl does it

What is read goes into a WARC file of its own as readings of the old captures, so a rebuild comes to
the same rows. What holds a line that the paper's template has learned since is read again as well,
be it at the end of the crawl that learned it. Reading again makes no version: where an article is
touched, its other versions are read again first, or the words that a mended rule adds would pass
for the paper's edit. Resumable: what the present reader and profile have read is not read again,
whoever was interrupted. Rejected: rereading at rebuild (150 times slower, and two machines could
differ), rereading sitemaps (their entries are judged by what was known that night).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from archive.errors import DamageError
from archive.index.frontier import Task
from archive.instants import to_text
from archive.records import Capture, Impostor, Reading, Role
from crawler.learn import ELSEWHERE, list_held, load_template
from crawler.read.extractor import name_extractor
from crawler.read.template import Template
from crawler.recount import FIELDS, Before, Reread
from crawler.walk.eras import is_lost, keep_profile
from crawler.walk.joined import Reader, read_stored
from crawler.walk.judge import Judge
from crawler.walk.seeds import describe_site, name_crawl
from spiders.site import Site

if TYPE_CHECKING:
    from crawler.session import Session

WINDOW = 16  # pages on their way to the workers at once
ROLES = ("article", "home", "category", "feed")
UNREAD = "(r.status <> 'ok' OR r.warnings LIKE '%article-without-text%')"  # the view quarantine


def reread(
    session: Session,
    site: Site,
    *,
    since: datetime | None = None,
    everything: bool = False,
) -> Reread:
    """Read again the quarantined captures of a paper, those ``since`` an instant, or all; in each
    case also what holds a line that its template has learned since.

    Raises ArchiveError. SIGINT and SIGTERM end it after the pages in hand; ``left`` says so.
    """
    return asyncio.run(Rereading(session, site).run(since, everything=everything))


async def renew(
    session: Session, site: Site, before: Template, is_over: Callable[[], bool]
) -> Reread:
    """Read again what holds a line that an open site's template did not have ``before``, until
    ``is_over``; what is left then, `khobao reread` reads. Raises ArchiveError."""
    rereading = Rereading(session, site, is_over)
    await rereading.read_all(list_held(session.archive.db, site.key, before))
    return rereading.told


class Rereading:
    """One run over one paper."""

    def __init__(
        self, session: Session, site: Site, is_over: Callable[[], bool] = lambda: False
    ) -> None:
        self.session, self.site = session, site
        self.archive, self.db = session.archive, session.archive.db
        self.judge = Judge(site, session.config.crawl.depth)
        self.template = load_template(self.db, site.key)
        self.reader = Reader(self.archive, session.pool, self.judge, self.template)
        self.told = Reread(site.key)
        self._elsewhere = f"{ELSEWHERE}: {site.digest}"
        self._done: set[int] = set()
        self._is_over, self._stopped = is_over, False

    async def run(self, since: datetime | None, *, everything: bool) -> Reread:
        """Read what is to be read, in windows; commit and close whatever happens."""
        session, site = self.session, self.site
        try:
            ids = list(self._list_captures(since, everything=everything))
            if ids:
                crawl_id = name_crawl(site.key, session.now())
                info = {**session.describe_run(site), "description": "captures read again"}
                self.archive.open_site(describe_site(site), crawl_id=crawl_id, info=info)
                keep_profile(self.archive, site)
                with _heed(self._stop):
                    await self.read_all(ids)
        finally:
            await session.close()
        self.told.fields = dict(sorted(self.told.fields.items()))
        self.told.impostors = dict(sorted(self.told.impostors.items()))
        return self.told

    def _stop(self) -> None:
        self._stopped = True

    def _list_captures(self, since: datetime | None, *, everything: bool) -> Iterator[int]:
        """Yield the captures to read, oldest first: versions are made in the order of time."""
        wanted = "1" if everything or since else UNREAD
        held = list_held(self.db, self.site.key)
        marks = ", ".join("?" * len(ROLES))
        rows = self.db.execute(
            "SELECT c.id FROM captures c JOIN readings r ON r.capture_id = c.id WHERE c.site = ? "
            f"AND (c.status IN (200, 203) OR c.kind = 'resource') AND r.role IN ({marks}) "
            f"AND c.captured_at >= ? AND (({wanted} AND NOT (r.extractor = ? AND "
            "(r.profile = ? OR instr(r.warnings, ?)) AND r.status NOT IN ('timeout', 'crashed'))) "
            "OR c.id IN (SELECT value FROM json_each(?))) ORDER BY c.captured_at, c.id",
            (
                *(self.site.key, *ROLES, to_text(since) if since else ""),
                *(name_extractor(), self.site.digest, self._elsewhere, json.dumps(held)),
            ),
        ).fetchall()
        yield from (capture_id for (capture_id,) in rows)

    async def read_all(self, ids: list[int]) -> None:
        """Read captures and store what they say, in windows, until there is reason to stop."""
        for start in range(0, len(ids), WINDOW):
            window = [i for i in ids[start : start + WINDOW] if i not in self._done]
            if self._stopped or self._is_over():
                self.told.left = len([i for i in ids[start:] if i not in self._done])
                return
            readings = await asyncio.gather(*(self._read(i) for i in window))
            for item in filter(None, readings):
                await self._add(*item)
            self.archive.commit_if_due()

    async def _read(self, capture_id: int) -> tuple[Capture, Task, Reading] | None:
        task, role = self._judge(capture_id)
        try:
            reading, capture = await read_stored(self.reader, capture_id, role, task.page)
        except DamageError as error:
            self.told.damage.append(str(error))
            return None
        if is_lost(self.db, capture_id, reading, self.site):
            self.told.strange += 1
            return None
        return capture, task, reading

    def _judge(self, capture_id: int) -> tuple[Task, Role]:
        """Return a capture's task, in the role that the present profile gives its address."""
        url, role = self.db.execute(
            "SELECT c.url, r.role FROM captures c JOIN readings r ON r.capture_id = c.id "
            "WHERE c.id = ?",
            (capture_id,),
        ).fetchone()
        address = self.judge.spell(url) or url
        row = self.db.execute(
            "SELECT id, url, role, depth, page, 0, 0 FROM addresses WHERE url = ?", (address,)
        ).fetchone()
        task = Task(*row) if row else Task(0, address, role, 0, 1, 0, 0)
        found: Role = self.site.role(address)
        read_as = found if found in ROLES else task.role if task.role in ROLES else role
        return task, read_as

    async def _add(self, capture: Capture, task: Task, reading: Reading) -> None:
        """Store a reading, after those of the other versions of its article."""
        if capture.id in self._done:
            return
        self._done.add(capture.id)
        if reading.article is not None:
            for capture_id in self._list_versions(task.url):
                if capture_id not in self._done and (item := await self._read(capture_id)):
                    await self._add(*item)
        before = self._recall(capture.id)
        reading = hold(before.impostor, before.warnings, reading, self.site)
        was_removed = self._is_removed(task.url)
        applied = self.archive.add(
            capture,
            reading,
            self.judge.judge(reading.links, task.depth),
            address=self._spell(capture, task, reading),
            identity=self.site.identity(task.url) if reading.article else None,
            depth=task.depth,
            page=task.page,
            into=self.site.key,
        )
        is_new = bool(applied.outcome and applied.outcome.is_new)
        if was_removed and not self._is_removed(task.url):
            self.told.returned.append(task.url)
        self.told.note(task.url, before, self._recall(capture.id), reading, is_new=is_new)

    def _spell(self, capture: Capture, task: Task, reading: Reading) -> str:
        """Return the address a reading is for; a further page's has the number that tells it."""
        if reading.role == "part":
            return self.judge.spell_part(capture.url) or task.url
        return task.url

    def _is_removed(self, url: str) -> bool:
        row = self.db.execute(
            "SELECT 1 FROM addresses d JOIN articles a ON a.id = d.article_id "
            "WHERE d.url = ? AND a.removed_at IS NOT NULL",
            (url,),
        ).fetchone()
        return row is not None

    def _list_versions(self, url: str) -> list[int]:
        """Return the captures of an article's versions that another reader, profile or template
        has read."""
        rows = self.db.execute(
            "SELECT v.capture_id FROM addresses d JOIN versions v ON v.article_id = d.article_id "
            "JOIN readings r ON r.capture_id = v.capture_id WHERE d.url = ? "
            "AND (v.extractor <> ? OR (instr(r.warnings, ?) = 0 AND (v.profile <> ? "
            "OR coalesce(v.template, '') <> ?))) ORDER BY v.version",
            (
                *(url, name_extractor(), self._elsewhere),
                *(self.site.digest, self.template.digest),
            ),
        ).fetchall()
        return [capture_id for (capture_id,) in rows]

    def _recall(self, capture_id: int) -> Before:
        status, impostor, warnings, article_id, *words = self.db.execute(
            "SELECT r.status, r.impostor, r.warnings, r.article_id, "
            f"{', '.join(f'v.{name}' for name in FIELDS)} "
            "FROM readings r LEFT JOIN versions v ON v.article_id = r.article_id "
            "AND v.version = r.version WHERE r.capture_id = ?",
            (capture_id,),
        ).fetchone()
        known = dict(zip(FIELDS, words, strict=True))
        return Before(status, impostor, tuple(json.loads(warnings)), article_id, known)


def hold(
    impostor: Impostor | None, warnings: Sequence[str], reading: Reading, site: Site
) -> Reading:
    """Return a reading as it may be believed of a page that was quarantined by its words before.

    A profile that was learned after a relaunch finds nothing of its own on a page of before; what
    the general reader takes for a text there is what the notice left standing. So such a page is
    released by the profile's own selectors alone, where it has any. A list is released by what
    ``walk.article`` says: its accusation was the profile's.
    """
    article = reading.article
    if impostor is None or impostor == "list-page" or article is None:
        return reading
    if not site.profile.read.body or article.sources.get("text", "").startswith("profile"):
        return reading
    said = (*warnings[:1], "not-released: read.body matches nothing on it: of another layout")
    return replace(
        reading,
        status="quarantined",
        impostor=impostor,
        article=None,
        links=(),
        next_page=None,
        warnings=said,
    )


@contextlib.contextmanager
def _heed(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` at the first SIGINT or SIGTERM; a second one ends at once."""
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)

    def first() -> None:
        stop()
        for number in numbers:
            loop.remove_signal_handler(number)

    for number in numbers:
        loop.add_signal_handler(number, first)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)

"""Takes WARC files made by others into the archive: kept as they came, indexed, read.

The file is copied under warc/foreign/ byte for byte, its captures are indexed with offsets into
it, and what its pages say goes into a file of our own under warc/imports/. Damage is reported by
offset and passed over. A file that is held already (by its SHA-256) is not taken in twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from archive.door import UsageError
from archive.index.captures import load_capture
from archive.records import Reading, Role
from archive.store import Archive
from archive.warc.http import http_of
from archive.warc.reader import Damage, Found, iterate
from crawler.session import Session
from crawler.walk.judge import Judge
from crawler.walk.seeds import describe_site, name_crawl
from crawler.walk.stored import load_page
from spiders.catalog import Catalog, generic
from spiders.site import Site

INTO = "imports"
LEAST_WORDS = 80  # below, pages of unknown hosts are menus, forms and notices
WINDOW = 16  # pages on their way to the workers at once


@dataclass
class Imported:
    """What came of one file."""

    file: str
    records: int = 0
    captures: int = 0
    articles: int = 0
    known: bool = False  # it was taken in before
    damage: list[Damage] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)  # of readings (asdict breaks a Counter)


def import_files(
    session: Session,
    catalog: Catalog,
    paths: list[Path],
    *,
    site: str | None,
    say: Callable[[Imported], None],
) -> bool:
    """Take in files in order; ``site`` says whose they are, else their hosts do.

    Returns whether all were whole. Raises ArchiveError.
    """
    return asyncio.run(_import_all(session, catalog, paths, site, say))


async def _import_all(
    session: Session,
    catalog: Catalog,
    paths: list[Path],
    site: str | None,
    say: Callable[[Imported], None],
) -> bool:
    whole = True
    archive = session.archive
    try:
        info = {"software": session.software, "description": "readings of imported WARC files"}
        crawl_id = name_crawl(INTO, session.now())
        archive.open_site({"site": INTO}, crawl_id=crawl_id, info=info)
        for path in paths:
            imported = await Import(session, catalog, site).take(path)
            whole = whole and not imported.damage
            say(imported)
    finally:
        await session.close()
    return whole


class Import:
    """Takes in one file."""

    def __init__(self, session: Session, catalog: Catalog, key: str | None) -> None:
        self.session = session
        self.archive: Archive = session.archive
        self.catalog = catalog
        self.known = frozenset(catalog.keys())
        self.forced = catalog.get(key) if key else None
        self.sites: dict[str, Site] = {}  # by host
        self.judges: dict[str, Judge] = {}  # by site key

    async def take(self, path: Path) -> Imported:
        """Copy, index and read a file. Raises UsageError when it can not be opened."""
        digest = _hash(path)
        name = f"warc/foreign/{path.name}"
        known = self._find_known(name, digest)
        if known:
            return Imported(known, known=True)
        name = self._place(path, name, digest)
        imported = Imported(name)
        self._survey(self.archive.root / name, imported)
        sites = {site.key: site for site in self.sites.values()}
        for site in sites.values():
            described = {k: v for k, v in describe_site(site).items() if v is not None}
            self.archive.note(INTO, "site", {"site": described})
        self.archive.note(
            INTO,
            "import",
            {
                "file": name,
                "sha256": digest,
                "size": (self.archive.root / name).stat().st_size,
                "site": self.forced.key if self.forced else INTO,
                "sites": {host: site.key for host, site in self.sites.items()},
            },
        )
        self.archive.commit()
        await self._read(name, imported)
        self.archive.commit()
        return imported

    def _find_known(self, name: str, digest: str) -> str | None:
        held = self.archive.root / name
        return name if held.is_file() and _hash(held) == digest else None

    def _place(self, path: Path, name: str, digest: str) -> str:
        target = self.archive.root / name
        if target.exists():  # another file of that name
            name = f"warc/foreign/{digest[:8]}-{path.name}"
            target = self.archive.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        shutil.copyfile(path, part)
        part.replace(target)
        return name

    def _survey(self, path: Path, imported: Imported) -> None:
        """Walk the file once: count, find damage, learn whose hosts are in it."""
        for item in iterate(path):
            if isinstance(item, Damage):
                imported.damage.append(item)
                continue
            imported.records += 1
            _name_host(item, self._site_of)

    def _site_of(self, host: str) -> Site | None:
        if host not in self.sites:
            try:
                found = self.forced or self.catalog.find(host) or generic(host)
            except ValueError:
                return None
            self.sites[host] = found
            self.judges.setdefault(found.key, Judge(found, self.session.config.crawl.depth))
        return self.sites[host]

    async def _read(self, name: str, imported: Imported) -> None:
        rows = self.archive.db.execute(
            "SELECT id FROM captures WHERE warc_file = ? ORDER BY warc_offset, id", (name,)
        ).fetchall()
        imported.captures = len(rows)
        ids = [row[0] for row in rows]
        for start in range(0, len(ids), WINDOW):
            pages = [self._prepare(i) for i in ids[start : start + WINDOW]]
            readings = await asyncio.gather(*(self._read_one(page) for page in pages))
            for is_article, status in filter(None, readings):
                imported.articles += is_article
                imported.statuses[status] = imported.statuses.get(status, 0) + 1
            self.archive.commit_if_due()

    def _prepare(self, capture_id: int) -> tuple[int, Role, Site] | None:
        """Return what to read a capture as, or None when it is no page of a paper."""
        capture = load_capture(self.archive.db, capture_id)
        assert capture is not None
        text = capture.mime is None or "html" in capture.mime or "xml" in capture.mime
        if capture.kind == "failure" or not text:
            return None
        if capture.kind == "revisit" and (capture.refers_to is None or self._is_read(capture_id)):
            return None
        if capture.kind != "resource" and capture.status not in (200, 203):
            return None
        site = self.sites.get(urlsplit(capture.url).netloc.lower())
        if site is None:
            return None
        role = site.role(capture.url)
        if role in ("other", "category") and site.key not in self.known:
            # Nobody said which addresses of this host are articles; the page itself may tell.
            role = "article"
        return None if role in ("other", "robots") else (capture_id, role, site)

    def _is_read(self, capture_id: int) -> bool:
        row = self.archive.db.execute(
            "SELECT 1 FROM readings WHERE capture_id = ?", (capture_id,)
        ).fetchone()
        return row is not None

    async def _read_one(self, page: tuple[int, Role, Site] | None) -> tuple[bool, str] | None:
        if page is None:
            return None
        capture_id, role, site = page
        loaded, capture = load_page(self.archive, capture_id, role)
        reading = await self.session.pool.read(loaded, site)
        role = site.role(capture.url)
        if role != "article" and not is_told(reading, role):
            reading = replace(reading, role="other", article=None)
        judge = self.judges[site.key]
        address = judge.spell(capture.url) or capture.url
        self.archive.add(
            capture,
            reading,
            judge.judge(reading.links, 0),
            address=address,
            identity=site.article_id(address) if reading.article else None,
            into=INTO,
        )
        return reading.article is not None, reading.status


def is_told(reading: Reading, role: Role) -> bool:
    """Say whether a page at no article's address is an article all the same.

    It needs running text; where the address looks like a section's, a date of publication too,
    since front pages have text as well (a German paper's 549 of them, shared/captures).
    """
    article = reading.article
    if article is None or len(article.text.split()) < LEAST_WORDS:
        return False
    return role == "other" or article.published is not None


def _name_host(item: Found, learn: Callable[[str], object]) -> None:
    url = item.record.url or ""
    http = http_of(item.record) if item.record.type in ("response", "revisit") else None
    kind = (http.header("Content-Type") if http else item.record.header("Content-Type")) or ""
    if url.startswith("http") and "html" in kind.lower():
        host = urlsplit(url).netloc.lower()
        if host:
            learn(host)


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(
            f"{path} can not be read ({error.strerror}): name a WARC file that is there"
        ) from error

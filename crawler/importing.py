"""Takes WARC files made by others into the archive: kept as they came, indexed, read.

The file is copied under warc/foreign/ byte for byte, its captures are indexed with offsets into
it, and what its pages say goes into a file of our own under warc/imports/. Damage is reported by
offset and passed over; a file without any record is refused. A file that is held already (by its
SHA-256) is not taken in twice, but what an interruption left unread of it is read.
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
from archive.warc.disk import OsDisk, sync_file
from archive.warc.http import http_of
from archive.warc.reader import Damage, Found, iterate
from crawler.learn import learn_site, load_template
from crawler.read.template import Template
from crawler.session import Session
from crawler.walk.eras import keep_profile
from crawler.walk.joined import Reader, read_stored
from crawler.walk.judge import Judge
from crawler.walk.seeds import describe_site, name_crawl
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
        _check(paths)
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
        self.templates: dict[str, Template] = {}  # by site key

    async def take(self, path: Path) -> Imported:
        """Copy, index and read a file; one that holds no record at all is left where it is.

        A file whose import was interrupted goes on where it stopped. Raises UsageError when the
        file can not be opened.
        """
        digest = _hash(path)
        imported = Imported(str(path))
        self._survey(path, imported)
        if not imported.records:
            where = imported.damage[:1] or [Damage(0, 0, "the file is empty")]
            reason = f"{where[0].reason}: no WARC file, so it was not taken in"
            imported.damage = [replace(where[0], reason=reason)]
            return imported
        held = self._find_held(path, digest)
        indexed = held is not None and self._is_indexed(held)
        imported.file = held or self._place(path, digest)
        if not indexed:
            self._secure(self.archive.root / imported.file)
            self._note(imported, digest)
        await self._read(imported)
        for site in {site.key: site for site in self.sites.values()}.values():
            await learn_site(self.archive, self.session.pool, site, self.session.now(), into=INTO)
        self.archive.commit()
        if indexed and not imported.statuses:
            return Imported(imported.file, known=True)
        return imported

    def _note(self, imported: Imported, digest: str) -> None:
        """Write down whose file it is and what is damaged in it, and index its captures."""
        sites = {site.key: site for site in self.sites.values()}
        for site in sites.values():
            described = {k: v for k, v in describe_site(site).items() if v is not None}
            self.archive.note(INTO, "site", {"site": described})
            keep_profile(self.archive, site, into=INTO)
        self.archive.note(
            INTO,
            "import",
            {
                "file": imported.file,
                "sha256": digest,
                "size": (self.archive.root / imported.file).stat().st_size,
                "damage": [{"offset": d.offset, "reason": d.reason} for d in imported.damage],
                "site": self.forced.key if self.forced else INTO,
                "sites": {host: site.key for host, site in self.sites.items()},
            },
        )
        self.archive.commit()

    def _find_held(self, path: Path, digest: str) -> str | None:
        """Return the name under which the same bytes are held, if they are."""
        for name in _names(path, digest):
            held = self.archive.root / name
            if held.is_file() and _hash(held) == digest:
                return name
        return None

    def _is_indexed(self, name: str) -> bool:
        query = "SELECT 1 FROM captures WHERE warc_file = ? LIMIT 1"
        return self.archive.db.execute(query, (name,)).fetchone() is not None

    def _place(self, path: Path, digest: str) -> str:
        plain, other = _names(path, digest)
        name = other if (self.archive.root / plain).exists() else plain
        target = self.archive.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        shutil.copyfile(path, part)
        part.replace(target)
        return name

    def _secure(self, path: Path) -> None:
        """Bytes before rows (law 3): the copy, its name and its folder outlive a power cut. Also
        the copy of an import that was killed before it came to this."""
        disk = OsDisk()
        sync_file(disk, path)
        for folder in (path.parent, path.parent.parent):
            disk.sync_folder(folder)

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

    async def _read(self, imported: Imported) -> None:
        """Read what was not read yet of a file."""
        rows = self.archive.db.execute(
            "SELECT c.id, r.capture_id FROM captures c LEFT JOIN readings r ON r.capture_id = c.id "
            "WHERE c.warc_file = ? ORDER BY c.warc_offset, c.id",
            (imported.file,),
        ).fetchall()
        imported.captures = len(rows)
        ids = [capture_id for capture_id, read in rows if read is None]
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
        if site.key not in self.templates:
            self.templates[site.key] = load_template(self.archive.db, site.key)
        judge = self.judges[site.key]
        reader = Reader(self.archive, self.session.pool, judge, self.templates[site.key])
        reading, capture = await read_stored(reader, capture_id, role)
        role = site.role(capture.url)
        if role != "article" and reading.role != "part" and not is_told(reading, role):
            reading = replace(reading, role="other", article=None, parts=())
        spell = judge.spell_part if reading.role == "part" else judge.spell
        address = spell(capture.url) or capture.url
        self.archive.add(
            capture,
            reading,
            judge.judge(reading.links, 0),
            address=address,
            identity=site.identity(address) if reading.article else None,
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


def _names(path: Path, digest: str) -> tuple[str, str]:
    """Return the names a file may get: its own, and one for another file of that name."""
    return f"warc/foreign/{path.name}", f"warc/foreign/{digest[:8]}-{path.name}"


def _name_host(item: Found, learn: Callable[[str], object]) -> None:
    url = item.record.url or ""
    http = http_of(item.record) if item.record.type in ("response", "revisit") else None
    kind = (http.header("Content-Type") if http else item.record.header("Content-Type")) or ""
    if url.startswith("http") and "html" in kind.lower():
        host = urlsplit(url).netloc.lower()
        if host:
            learn(host)


def _check(paths: list[Path]) -> None:
    """Raise UsageError for what is no file, before any other is taken in."""
    for path in paths:
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name the WARC files in it")
        if not path.exists():
            raise UsageError(f"{path} is not there: name a WARC file")


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UsageError(
            f"{path} can not be read ({error.strerror}): name a WARC file that is there"
        ) from error

"""With whose layout rules a kept page is read: those of its date, where the present find nothing.

    a kept page -> read with the present profile
        its body is found there, or it names none    that is the reading
        else, the profile that read what is held, then the one that was in force that night
            finds its body there                     that is the reading
            names no body itself                     that is, if no other finds one
        else                                         the present profile's, with what is left

After a relaunch the profile is mended or made anew, and its body matches nothing on the pages of
before; what the general reader takes for their text then are menus and teasers. In a rehearsal
28 edits that nobody made were told in nine nights, since old captures read so were held against
new ones, and the words of earlier edits were lost. So every profile that a paper is read with is
kept in the WARC (an event ``profile``), and such a page is read as it was on its day: with the
template that was learned with that profile last. The reading says so (``other-layout``), and is
not made again with the same reader and profile.

A page of which the held text was found by the body of a profile that was not kept (an archive of
an earlier khobao) is not read again at all (``is_lost``). Rejected: dates in the profile
(``valid_until``: nobody writes them, and papers relaunch section by section), comparing the digests
of layouts (a mended selector changes them on the same page), reading with every profile there was
(a selector of an unrelated era may match by chance).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.index.profiles import find_words
from archive.records import Reading
from archive.store import Archive
from crawler.learn import ELSEWHERE
from spiders.profile import recall
from spiders.site import Site

if TYPE_CHECKING:
    from archive.records import Article

NAMED = "profile:"


def keep_profile(archive: Archive, site: Site, *, into: str | None = None) -> None:
    """Write the words of a site's profile down, unless they are held. ``into``: the open site
    whose WARC file takes them."""
    if find_words(archive.db, site.key, site.digest) is None:
        data = {"site": site.key, "digest": site.digest, "words": site.profile.said}
        archive.note(into or site.key, "profile", data)


def misses(reading: Reading, site: Site) -> bool:
    """Say whether a site's profile names a body that it did not find on an article's page."""
    if reading.role != "article" or reading.status not in ("ok", "quarantined"):
        return False
    return bool(site.profile.read.body) and not _is_named(reading.article)


def _is_named(article: Article | None) -> bool:
    return article is not None and article.sources.get("text", "").startswith(NAMED)


def list_eras(db: sqlite3.Connection, site: Site, capture_id: int) -> Iterator[Site]:
    """Yield the site as other profiles that were kept describe it: the one that read what is held
    of a capture, then the one of the crawl that made it."""
    row = db.execute(
        "SELECT r.profile, w.profile FROM captures c LEFT JOIN readings r ON r.capture_id = c.id "
        "LEFT JOIN crawls w ON w.crawl_id = c.crawl_id WHERE c.id = ?",
        (capture_id,),
    ).fetchone()
    for digest in dict.fromkeys(row or ()):
        said = find_words(db, site.key, digest) if digest not in (None, site.digest) else None
        if said is not None and (profile := recall(said)) is not None:
            yield Site(site.key, profile)


def mark(reading: Reading, site: Site) -> Reading:
    """Return the reading of a page that a site's present profile does not understand."""
    said = f"{ELSEWHERE}: {site.digest} finds no body here, read as {reading.profile} does"
    return replace(reading, warnings=(*reading.warnings, said))


def is_lost(db: sqlite3.Connection, capture_id: int, reading: Reading, site: Site) -> bool:
    """Say whether a reading would put what is left of a page in the place of a text that another
    profile found there; what a page that is no article's says is no such loss."""
    if reading.impostor or reading.profile != site.digest or not misses(reading, site):
        return False
    row = db.execute(
        "SELECT 1 FROM readings r JOIN versions v ON v.article_id = r.article_id "
        "AND v.version = r.version WHERE r.capture_id = ? AND v.profile <> ? "
        "AND v.sources ->> '$.text' LIKE ?",
        (capture_id, site.digest, f"{NAMED}%"),
    ).fetchone()
    return row is not None

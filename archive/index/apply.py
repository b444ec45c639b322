"""One WARC record becomes rows: the only road from a record into index.db."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.errors import StorageError
from archive.events import ESCAPED, heal, unpack_link, unpack_reading
from archive.index import (
    addresses,
    articles,
    captures,
    changes,
    clusters,
    crawls,
    parts,
    profiles,
    revisits,
    templates,
    walks,
)
from archive.index.addresses import Announced
from archive.instants import from_text, to_text
from archive.records import Capture, Link, Place
from archive.warc.event import event_of
from archive.warc.fields import parse_fields
from archive.warc.reader import Found, iterate
from archive.warc.record import Record

CAPTURED = ("response", "revisit", "resource")


@dataclass
class Applied:
    """What a record became: nothing, a capture, or the outcome of a reading."""

    capture: Capture | None = None
    outcome: articles.Outcome | None = None
    fresh: int = 0  # addresses that were unknown
    event: tuple[str, dict[str, Any]] | None = None


@dataclass
class Context:
    """What is known of the file a record stands in; warcinfo records change it."""

    site: str
    crawl_id: str | None = None
    root: Path | None = None  # the archive's folder, where imported files lie


def apply(db: sqlite3.Connection, record: Record, place: Place, context: Context) -> Applied:
    """Make the rows of one record, in the open transaction."""
    applied = Applied()
    if record.type == "warcinfo":
        _enter_file(record, context)
    elif record.type in CAPTURED or _is_failure(record):
        applied.capture = _apply_capture(db, record, place, context)
    elif event := event_of(record):
        if ESCAPED.search(record.block):
            event = (event[0], heal(event[1]))
        applied.event = event
        _apply_event(db, record, event, context, applied)
    crawls.note_file(
        db,
        place.file,
        site=context.site,
        crawl_id=context.crawl_id,
        committed=place.offset + place.length,
    )
    return applied


def _enter_file(record: Record, context: Context) -> None:
    fields = dict(parse_fields(record.block))
    context.crawl_id = fields.get("isPartOf")


def _is_failure(record: Record) -> bool:
    if record.type != "metadata" or record.header("Content-Type") != "application/warc-fields":
        return False
    return any(name == "error" for name, _ in parse_fields(record.block))


def _apply_capture(
    db: sqlite3.Connection, record: Record, place: Place, context: Context
) -> Capture:
    capture = captures.add_capture(db, record, place, site=context.site, crawl_id=context.crawl_id)
    at = to_text(capture.captured_at)
    addresses.note_capture(db, capture, at)
    revisits.confirm_revisit(db, capture)
    changes.note_answer(db, capture)
    return capture


def _apply_event(
    db: sqlite3.Connection,
    record: Record,
    event: tuple[str, dict[str, Any]],
    context: Context,
    applied: Applied,
) -> None:
    kind, data = event
    match kind:
        case "crawl-start":
            crawls.start_crawl(db, data)
            changes.start_crawl(db, data["site"]["site"], data["crawl_id"])
            seeds = [_announced(link) for link in data.get("seeds", ())]
            addresses.announce(
                db,
                seeds,
                site=data["site"]["site"],
                source="profile",
                at=data["started_at"],
                depth=0,
            )
        case "crawl-end":
            crawls.end_crawl(db, data)
            changes.end_crawl(db, data["crawl_id"])
        case "site":
            crawls.note_site(db, data["site"])
        case "skips":
            addresses.skip_addresses(db, [(s["url"], s["reason"]) for s in data["skips"]])
        case "announced":
            links = [_announced(link) for link in data["links"]]
            addresses.announce(
                db, links, site=context.site, source=data["source"], at=_at(record), depth=0
            )
        case "dropped":
            addresses.drop_sightings(db, data["source"], data["dropped"], _at(record))
        case "walk":
            walks.note_walk(db, data, site=context.site)
        case "import":
            _apply_import(db, data, context)
        case "template":
            templates.note_template(db, data)
        case "profile":
            profiles.note_profile(db, data)
        case "reading":
            _apply_reading(db, record, data, applied)


def _apply_import(db: sqlite3.Connection, data: dict[str, Any], context: Context) -> None:
    """Index the captures of a foreign file; what is damaged there is passed over.

    Raises StorageError when the file is not where the import put it.
    """
    name = str(data["file"])
    path = (context.root or Path()) / name
    if not path.is_file():
        raise StorageError(f"{path} was imported and is not there", "put it back and run again")
    for item in iterate(path):
        if isinstance(item, Found) and item.record.type in CAPTURED:
            host = urlsplit(item.record.url or "").netloc.lower()
            foreign = Context(data["sites"].get(host, data["site"]), data.get("crawl_id"))
            place = Place(name, item.offset, item.length)
            _apply_capture(db, item.record, place, foreign)


def _at(record: Record) -> str:
    return to_text(from_text(record.date))


def _announced(data: dict[str, Any]) -> Announced:
    fields = dict(data)
    address, skip = fields.pop("address", None), fields.pop("skip", None)
    page = fields.pop("page", 1)
    link = unpack_link(fields)
    return Announced(address or link.url, link, skip, page)


def _apply_reading(
    db: sqlite3.Connection, record: Record, data: dict[str, Any], applied: Applied
) -> None:
    capture = captures.find_referred(db, record.header("WARC-Refers-To"), data.get("place"))
    if capture is None:
        return
    if data["address"] != capture.url:  # asked for in another spelling than the ledger's
        addresses.note_capture(db, capture, to_text(capture.captured_at), url=data["address"])
    announced = [_announced(link) for link in data.get("links", ())]
    applied.fresh = addresses.announce(
        db,
        announced,
        site=capture.site,
        source=capture.url,
        at=to_text(capture.captured_at),
        depth=data.get("depth", 0) + 1,
    )
    reading = replace(unpack_reading(data["reading"]), links=_related(announced))
    capture = captures.note_onward(db, capture, reading.onward)
    applied.outcome = articles.add_reading(
        db,
        capture,
        reading,
        address=data["address"],
        identity=data.get("identity"),
        article_id=data.get("article_id"),
        listed=data.get("listed", _count_listed(capture, announced)),
    )
    parts.note_parts(db, capture, reading, address=data["address"], depth=data.get("depth", 0) + 1)
    if applied.outcome.article_id is not None:
        clusters.note_article(db, applied.outcome.article_id)
    addresses.note_reading(db, capture, data["address"], reading)


def _count_listed(capture: Capture, announced: list[Announced]) -> int:
    """Count the articles that a page announces; a JSON menu lists categories and no article."""
    roles = ("article", "category") if (capture.mime or "").endswith("json") else ("article",)
    return len({item.address for item in announced if item.link.role in roles})


def _related(announced: list[Announced]) -> tuple[Link, ...]:
    found = [item for item in announced if item.link.channel == "related"]
    return tuple(replace(item.link, url=item.address) for item in found)

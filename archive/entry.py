"""A reading as the event that its rows are made of: weighed, healed, with its article's number.

The number is settled before the event is written, and stands in it: a rebuild, which meets the
records file by file, gives each article the number it had. Rejected: settling it when the rows are
made (two files of one night, read in another order, would change places).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from archive.events import heal, pack, pack_announced, unpack_reading
from archive.index import articles
from archive.index.addresses import Announced
from archive.index.doubts import weigh
from archive.index.withdrawal import find_withdrawn
from archive.records import Capture, Reading


def make_entry(
    db: sqlite3.Connection,
    capture: Capture,
    reading: Reading,
    announced: Iterable[Announced],
    *,
    address: str,
    identity: str | None,
    depth: int,
    page: int,
    listed: int | None,
) -> dict[str, Any]:
    """Return the data of a ``reading`` event (archive/events.py) for what a capture was read as.

    A capture in a foreign WARC file is named by its place: its record's id may not be its own.
    """
    reading = weigh(db, capture, reading, address)
    packed = pack(reading)
    if (healed := heal(packed)) is not packed:
        packed, reading = healed, unpack_reading(healed)
    data = {
        "address": address,
        "identity": identity,
        "article_id": _number(db, capture, reading, address, identity),
        "depth": depth,
        "page": page,
        "listed": listed,
        "reading": {k: v for k, v in packed.items() if k != "links"},
        "links": [pack_announced(item) for item in announced],
    }
    if capture.place.file.startswith("warc/foreign/"):
        data["place"] = {"file": capture.place.file, "offset": capture.place.offset}
    return data


def _number(
    db: sqlite3.Connection, capture: Capture, reading: Reading, address: str, identity: str | None
) -> int | None:
    """Return the number of the article that was read: its own, the one it had, or the next."""
    if reading.article is None:
        return None
    found = articles.find_article(
        db, site=capture.site, address=address, identity=identity, article=reading.article
    )
    return found or find_withdrawn(db, capture.id) or articles.next_id(db)

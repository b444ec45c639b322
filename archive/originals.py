"""Which capture holds the body of an answer already, so that it is kept as a revisit of it.

A 304 refers to the newest capture of its address (ISO 28500:2017, 6.7.3), a body to a capture with
the same payload, of the same address first (6.7.2). What was cut off is no body.
"""

from __future__ import annotations

import sqlite3

from archive.digests import sha256_of
from archive.index import captures
from archive.records import Exchange
from archive.warc.compose import Original


def find_original(db: sqlite3.Connection, exchange: Exchange) -> Original | None:
    """Return what a revisit record of this exchange refers to; None where it is kept whole."""
    if exchange.response is None or exchange.truncated:
        return None
    if exchange.status == 304:
        found = captures.find_latest(db, exchange.url)
    elif exchange.payload:
        digest = sha256_of(exchange.payload)
        found = captures.find_payload(db, digest, exchange.url)
    else:
        found = None
    if found is None:
        return None
    return Original(found.record_id, found.url, found.captured_at, found.payload_digest)

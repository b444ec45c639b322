"""Our own facts as WARC records: what no exchange says, but what a rebuilt index must know.

A ``metadata`` record with canonical JSON (house law 2). WARC-Target-URI is
``urn:khobao:<kind>:<url>`` and not the page's address: pywb 2.10 and cdxj-indexer 1.5 index every
metadata record that is not application/warc-fields under its target, so the bare address would
put our JSON among the captures of the page, and no address at all ends cdxj-indexer with a
TypeError. The address itself is in the JSON, as ``url``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from archive.digests import sha256_of
from archive.errors import DamageError
from archive.warc.record import Record, bracket

KIND = re.compile(r"[a-z][a-z0-9-]*\Z")
EVENT_TYPE = re.compile(r"application/vnd\.khobao\.([a-z][a-z0-9-]*)\+json\Z")
UNSAFE = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")


def event(
    kind: str,
    data: Mapping[str, Any],
    *,
    url: str | None,
    refers_to: str | None,
    at: datetime,
    new_id: Callable[[], str],
) -> Record:
    """A metadata record that says ``data`` of ``url`` and of the record ``refers_to``.

    ``url`` is added to the data. Raises ValueError for a kind that is no slug, for data that is
    not JSON, and for data with another ``url`` in it.
    """
    if not KIND.match(kind):
        raise ValueError(f"not a kind of event: {kind!r}")
    if data.get("url", url) != url:
        raise ValueError(f"the event {kind} names two addresses: {data['url']!r} and {url!r}")
    block = canonical_json(data if url is None else {**data, "url": url})
    headers = [
        ("WARC-Record-ID", bracket(new_id())),
        ("WARC-Date", print_date(at)),
        ("WARC-Target-URI", urn_of(kind, url)),
    ]
    if refers_to is not None:
        headers.append(("WARC-Refers-To", bracket(refers_to)))
    headers.append(("Content-Type", f"application/vnd.khobao.{kind}+json"))
    headers.append(("WARC-Block-Digest", sha256_of(block)))
    return Record("metadata", tuple(headers), block)


def event_of(record: Record) -> tuple[str, dict[str, Any]] | None:
    """Kind and data of a record that ``event`` made; None for any other record.

    Raises DamageError where a record of our type does not hold a JSON object.
    """
    match = EVENT_TYPE.match(record.header("Content-Type") or "")
    if record.type != "metadata" or match is None:
        return None
    try:
        data = json.loads(record.block)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise DamageError(
            record.id, 0, f"a {match[1]} record without its JSON object", "run `khobao verify`"
        )
    return match[1], data


def canonical_json(data: Mapping[str, Any]) -> bytes:
    """The one spelling of these data: sorted keys, UTF-8, no blanks, no NaN."""
    text = json.dumps(
        data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8", "backslashreplace")


def urn_of(kind: str, url: str | None) -> str:
    """The target of a record that is about a page but is not a capture of it."""
    return f"urn:khobao:{kind}" if url is None else f"urn:khobao:{kind}:{clean_url(url)}"


def clean_url(url: str) -> str:
    """The address with blanks, controls and lone surrogates percent-encoded, else untouched."""
    return UNSAFE.sub(
        lambda hit: "".join(f"%{byte:02X}" for byte in hit[0].encode("utf-8", "surrogatepass")), url
    )


def print_date(at: datetime) -> str:
    """WARC-Date with microseconds, in UTC (ISO 28500:2017, 5.4). Raises ValueError if naive."""
    if at.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {at}")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

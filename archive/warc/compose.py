"""An exchange becomes WARC records (ISO 28500:2017, 6): what was on the wire, and what was not.

    exchange                                  records, the first one is what the index points at
    a response                                response, request
    a response whose payload we hold          revisit (identical-payload-digest), request
    304 to a capture that we hold             revisit (server-not-modified), request
    304 to nothing that we hold               response, request: no target is invented
    no HTTP came                              metadata (error, detail), request if a byte was sent
    1xx answers, bytes after the end          a metadata record each, raw, after these
    TLS downgraded, or a response cut short   metadata (tls-downgraded, ended-by, detail)

A payload digest is left off responses that are chunked or cut, since warcio 1.8.1 and FastWARC
2.0.1 take it over the chunk framing and would call a correct one wrong (warcio #74).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from archive.digests import sha256_of
from archive.records import Exchange
from archive.warc.event import clean_url, event, event_of, print_date, urn_of
from archive.warc.fields import MEDIA_TYPE, print_fields
from archive.warc.http import measure_head
from archive.warc.record import Record, bracket

__all__ = ["Original", "compose", "event", "event_of"]

PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
RESPONSE_TYPE = "application/http; msgtype=response"
REQUEST_TYPE = "application/http; msgtype=request"
RAW_TYPE = "application/octet-stream"
UNPRINTABLE = re.compile(r"[^!-~]")
Fields = list[tuple[str, str]]
Part = tuple[str, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Original:
    """The response that a revisit stands for. ``payload_digest`` is labelled, for a 304."""

    record_id: str
    url: str
    captured_at: datetime
    payload_digest: str | None = None


def compose(
    exchange: Exchange, *, new_id: Callable[[], str], refers_to: Original | None = None
) -> tuple[Record, ...]:
    """The records of one exchange, to be written as one group; the first is the capture.

    The first names all others with WARC-Concurrent-To, each other names the first. Raises
    ValueError for a revisit of a response that is cut or that never came: only a whole payload
    can be called identical.
    """
    if refers_to and (exchange.response is None or exchange.truncated):
        raise ValueError(f"a revisit needs a whole response: {exchange.url}")
    own = bracket(new_id())
    others = [(bracket(new_id()), *part) for part in parts(exchange)]
    fields = wire_fields(exchange, own, [other[0] for other in others])
    if exchange.response is None:
        first = seal_block("metadata", fields, MEDIA_TYPE, print_fields(facts(exchange)))
    elif refers_to:
        first = revisit(exchange, fields, refers_to)
    else:
        first = response(exchange, fields)
    return (first, *(concurrent(exchange, own, *other) for other in others))


def response(exchange: Exchange, fields: Fields) -> Record:
    """The response as it was on the wire (6.3)."""
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    elif not exchange.chunked:
        fields.append(("WARC-Payload-Digest", sha256_of(exchange.payload)))
    return seal_block("response", fields, RESPONSE_TYPE, exchange.response or b"")


def revisit(exchange: Exchange, fields: Fields, original: Original) -> Record:
    """The head of a response whose payload an earlier record holds (6.7).

    For a 304 the payload digest is the original's, where it is known: the answer has no payload
    of its own, and the digest of nothing would say that the page is empty.
    """
    unmodified = exchange.status == 304
    block = exchange.response or b""
    profile = "server-not-modified" if unmodified else "identical-payload-digest"
    fields.append(("WARC-Profile", PROFILE + profile))
    fields.append(("WARC-Refers-To", bracket(original.record_id)))
    fields.append(("WARC-Refers-To-Target-URI", clean_url(original.url)))
    fields.append(("WARC-Refers-To-Date", print_date(original.captured_at)))
    digest = original.payload_digest if unmodified else sha256_of(exchange.payload)
    if digest:
        fields.append(("WARC-Payload-Digest", digest))
    if not unmodified:
        fields.append(("WARC-Truncated", "length"))
        block = block[: measure_head(block)]
    return seal_block("revisit", fields, RESPONSE_TYPE, block)


def parts(exchange: Exchange) -> list[Part]:
    """What goes beside the first record: type, target, media type and block of each."""
    url = clean_url(exchange.url)
    found: list[Part] = []
    if exchange.request:
        found.append(("request", url, REQUEST_TYPE, exchange.request))
    if exchange.interim:
        found.append(("metadata", urn_of("interim", url), RESPONSE_TYPE, exchange.interim))
    if exchange.trailing:
        found.append(("metadata", urn_of("trailing", url), RAW_TYPE, exchange.trailing))
    if exchange.response is not None and facts(exchange):
        found.append(("metadata", url, MEDIA_TYPE, print_fields(facts(exchange))))
    return found


def facts(exchange: Exchange) -> list[tuple[str, str]]:
    """What is known of the exchange and stands in neither message, as warc-fields.

    ``error`` is said only where there is no response; one that was cut short says ``ended-by``.
    """
    found: list[tuple[str, str]] = []
    if exchange.response is None:
        found.append(("error", exchange.failure or "protocol"))
    elif exchange.failure:
        found.append(("ended-by", exchange.failure))
    if exchange.failure_detail:
        found.append(("detail", exchange.failure_detail))
    if exchange.tls_downgraded:
        found.append(("tls-downgraded", "true"))
    return found


def concurrent(
    exchange: Exchange, first: str, own: str, kind: str, target: str, media_type: str, block: bytes
) -> Record:
    """A record beside the first one: a request has the fields of the wire, metadata has not."""
    if kind == "request":
        fields = wire_fields(exchange, own, [first])
    else:
        fields = basic_fields(exchange, own, target, [first])
    return seal_block(kind, fields, media_type, block)


def wire_fields(exchange: Exchange, own: str, others: list[str]) -> Fields:
    """The fields of a record that holds a message, or the lack of one."""
    fields = basic_fields(exchange, own, clean_url(exchange.url), others)
    if exchange.ip:
        fields.append(("WARC-IP-Address", UNPRINTABLE.sub("", exchange.ip)))
    fields.extend(("WARC-Protocol", UNPRINTABLE.sub("", name)) for name in exchange.protocols)
    return fields


def basic_fields(exchange: Exchange, own: str, target: str, others: list[str]) -> Fields:
    """Identity, the one date of the exchange, the target, and the records it belongs to."""
    fields = [
        ("WARC-Record-ID", own),
        ("WARC-Date", print_date(exchange.started_at)),
        ("WARC-Target-URI", target),
    ]
    fields.extend(("WARC-Concurrent-To", other) for other in others)
    return fields


def seal_block(kind: str, fields: Fields, media_type: str, block: bytes) -> Record:
    """The record, with media type and block digest as its last fields."""
    tail = (("Content-Type", media_type), ("WARC-Block-Digest", sha256_of(block)))
    return Record(kind, (*fields, *tail), block)

"""An exchange becomes the records that ISO 28500:2017 and design/capture.md ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive.digests import sha256_of
from archive.errors import DamageError
from archive.warc.compose import Original, compose, event, event_of
from archive.warc.record import Record, print_record
from archive.warc.rules import check_record

from .samples import (
    AT,
    all_groups,
    count_ids,
    make_exchange,
    make_failure,
    original_of,
)

WHOLE = """\
WARC/1.1
WARC-Type: response
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-Date: 2026-02-04T01:02:03.456789Z
WARC-Target-URI: http://gazette.test/a
WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000002>
WARC-IP-Address: 127.0.0.1
WARC-Protocol: http/1.1
WARC-Protocol: tls/1.3
WARC-Payload-Digest: {payload}
Content-Type: application/http; msgtype=response
WARC-Block-Digest: {block}
Content-Length: 96

HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8
ETag: "1"
Content-Length: 15

Mường Kh.

WARC/1.1
WARC-Type: request
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000002>
WARC-Date: 2026-02-04T01:02:03.456789Z
WARC-Target-URI: http://gazette.test/a
WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000001>
WARC-IP-Address: 127.0.0.1
WARC-Protocol: http/1.1
WARC-Protocol: tls/1.3
Content-Type: application/http; msgtype=request
WARC-Block-Digest: {request}
Content-Length: 40

GET /a HTTP/1.1
Host: gazette.test



"""


def test_records_in_full() -> None:
    """A plain exchange is two records, printed here as they lie on the disk."""
    exchange = make_exchange(text="Mường Kh.")
    records = compose(exchange, new_id=count_ids())
    text = b"".join(map(print_record, records)).decode().replace("\r\n", "\n")
    wanted = WHOLE.format(
        payload=sha256_of(exchange.payload),
        block=sha256_of(exchange.response or b""),
        request=sha256_of(exchange.request),
    )
    sizes = {"Content-Length: 96": f"Content-Length: {len(exchange.response or b'')}"}
    sizes["Content-Length: 15"] = f"Content-Length: {len(exchange.payload)}"
    sizes["Content-Length: 40"] = f"Content-Length: {len(exchange.request)}"
    for old, new in sizes.items():
        wanted = wanted.replace(old, new)
    assert text == wanted


def test_every_kind_keeps_the_rules() -> None:
    """No record that the composer makes breaks a rule of the verifier."""
    for group in all_groups():
        for record in group:
            assert list(check_record(record, own=True)) == [], record


def test_concurrent_both_ways() -> None:
    """The first record of a group names all others, and each other names the first only."""
    for group in all_groups():
        first, others = group[0], group[1:]
        assert first.all_of("WARC-Concurrent-To") == tuple(one.id for one in others)
        assert all(one.all_of("WARC-Concurrent-To") == (first.id,) for one in others)


def test_chunked_has_no_payload_digest() -> None:
    """A chunked or cut response has no payload digest, a whole plain one has."""
    for changes, wanted in (
        ({"chunked": True}, False),
        ({"truncated": "length"}, False),
        ({}, True),
        ({"gz": True}, True),
    ):
        record = compose(make_exchange(**changes), new_id=count_ids())[0]
        assert (record.header("WARC-Payload-Digest") is not None) is wanted


def test_truncated_is_named() -> None:
    """Each reason for a cut is in WARC-Truncated, and the bytes that came are all there."""
    for reason in ("length", "time", "disconnect"):
        exchange = make_exchange(truncated=reason)
        record = compose(exchange, new_id=count_ids())[0]
        assert (record.header("WARC-Truncated"), record.block) == (reason, exchange.response)


def test_revisit_of_identical_payload() -> None:
    """A revisit keeps the head, drops the body, and names its original three times over."""
    first = make_exchange(chunked=True)
    records = compose(first, new_id=count_ids())
    again = make_exchange("/b", chunked=True, minutes=5)
    revisit = compose(again, new_id=count_ids(50), refers_to=original_of(first, records))[0]
    assert revisit.type == "revisit"
    assert (again.response or b"").startswith(revisit.block)
    assert revisit.block.endswith(b"chunked\r\n\r\n")
    assert revisit.header("WARC-Profile") == (
        "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    )
    assert revisit.header("WARC-Refers-To") == records[0].id
    assert revisit.header("WARC-Refers-To-Target-URI") == "http://gazette.test/a"
    assert revisit.header("WARC-Refers-To-Date") == records[0].date
    assert revisit.header("WARC-Payload-Digest") == sha256_of(first.payload)
    assert revisit.header("WARC-Truncated") == "length"


def test_revisit_by_304() -> None:
    """A 304 to a known capture is server-not-modified, whole, with the original's digest."""
    for digest in (None, "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"):
        known = Original("urn:uuid:1", "http://gazette.test/a", AT, digest)
        exchange = make_exchange(status=304)
        record = compose(exchange, new_id=count_ids(), refers_to=known)[0]
        assert (record.header("WARC-Profile") or "").endswith("/server-not-modified")
        assert record.block == exchange.response
        assert record.header("WARC-Truncated") is None
        assert record.header("WARC-Payload-Digest") == digest
        assert record.header("WARC-Refers-To") == "<urn:uuid:1>"


def test_304_without_original() -> None:
    """A 304 to nothing that we hold is a plain response: no target is invented."""
    record = compose(make_exchange(status=304), new_id=count_ids())[0]
    assert record.type == "response"
    assert record.header("WARC-Refers-To") is None


def test_revisit_needs_whole_response() -> None:
    """A cut response, and a failure, cannot be called identical to anything."""
    known = Original("urn:uuid:1", "http://gazette.test/a", AT)
    for exchange in (make_exchange(truncated="time"), make_failure()):
        with pytest.raises(ValueError, match="whole response"):
            compose(exchange, new_id=count_ids(), refers_to=known)


def test_failure_is_metadata() -> None:
    """What got no HTTP is one metadata record with error and detail, each on one line."""
    records = compose(make_failure(tls_downgraded=True), new_id=count_ids())
    assert [one.type for one in records] == ["metadata"]
    assert records[0].header("Content-Type") == "application/warc-fields"
    assert (
        records[0].block == b"error: dns\r\ndetail: no such name at all\r\ntls-downgraded: true\r\n"
    )


def test_failure_after_request() -> None:
    """A request that got something else than HTTP is kept, and what came is kept raw."""
    exchange = make_failure(request=b"GET / HTTP/1.1\r\n\r\n", trailing=b"SSH-2.0-x\r\n")
    records = compose(exchange, new_id=count_ids())
    assert [one.type for one in records] == ["metadata", "request", "metadata"]
    assert records[2].block == b"SSH-2.0-x\r\n"
    assert records[2].url == "urn:khobao:trailing:http://gazette.test/gone"


def test_asides() -> None:
    """1xx answers, bytes after the end and a TLS downgrade are metadata of the exchange."""
    exchange = make_exchange(
        interim=b"HTTP/1.1 103 x\r\n\r\n", trailing=b"junk", tls_downgraded=True
    )
    records = compose(exchange, new_id=count_ids())
    assert [one.type for one in records] == ["response", "request"] + ["metadata"] * 3
    assert [one.block for one in records[2:]] == [
        b"HTTP/1.1 103 x\r\n\r\n",
        b"junk",
        b"tls-downgraded: true\r\n",
    ]
    assert len({one.date for one in records}) == 1


def test_cut_with_failure_is_no_failure_record() -> None:
    """A response that a reset cut short says so beside it, and never under ``error``."""
    exchange = make_exchange(truncated="disconnect", failure="reset", failure_detail="by peer")
    records = compose(exchange, new_id=count_ids())
    assert records[0].type == "response"
    assert records[2].block == b"ended-by: reset\r\ndetail: by peer\r\n"


@pytest.mark.parametrize("bad", ["\r\nWARC-Type: warcinfo", "\n", "\x00", " a", "\ud800"])
def test_line_ends_never_reach_a_header(bad: str) -> None:
    """Line ends, NUL, blanks and lone surrogates in an address, ip or protocol stay harmless."""
    exchange = make_exchange(
        url=f"http://gazette.test/{bad}x", ip=f"127.0.0.1{bad}", protocols=(f"http/1.1{bad}",)
    )
    for record in compose(exchange, new_id=count_ids()):
        printed = print_record(record)
        head = printed[: printed.index(b"\r\n\r\n")]
        assert b"\x00" not in head
        assert head.count(b"\n") == head.count(b"\r\n") == len(record.headers) + 2


def test_event_round_trip() -> None:
    """An event gives back its kind and data, with its address, and is canonical JSON."""
    record = event(
        "reading", {"z": 1, "ă": "ế"}, url="http://x/", refers_to="urn:a", at=AT, new_id=count_ids()
    )
    assert record.block == '{"url":"http://x/","z":1,"ă":"ế"}'.encode()
    assert event_of(record) == ("reading", {"z": 1, "ă": "ế", "url": "http://x/"})
    assert record.header("WARC-Refers-To") == "<urn:a>"
    assert record.header("Content-Type") == "application/vnd.khobao.reading+json"
    assert record.url == "urn:khobao:reading:http://x/"


def test_event_refuses() -> None:
    """A kind that is no slug, an instant without a zone, NaN and two addresses are refused."""
    ids = count_ids()
    for kind, data, at in (
        ("Bad Kind", {}, AT),
        ("ok", {"x": float("nan")}, AT),
        ("ok", {"url": "http://other/"}, AT),
        ("ok", {}, AT.replace(tzinfo=None)),
    ):
        with pytest.raises(ValueError):
            event(kind, data, url="http://x/", refers_to=None, at=at, new_id=ids)


def test_event_of_others() -> None:
    """A record that is no event gives None, one of our type without its JSON is damage."""
    assert event_of(compose(make_exchange(), new_id=count_ids())[0]) is None
    headers = (("Content-Type", "application/vnd.khobao.skips+json"),)
    with pytest.raises(DamageError):
        event_of(Record("metadata", headers, b"{"))


def test_date_is_utc_with_microseconds() -> None:
    """WARC-Date is in UTC with six digits after the point, even where they are zeros."""
    exchange = make_exchange(started_at=AT.replace(microsecond=0) + timedelta(hours=1))
    assert compose(exchange, new_id=count_ids())[0].date == "2026-02-04T02:02:03.000000Z"

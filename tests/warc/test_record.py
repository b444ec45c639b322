"""Records go to bytes and back without loss, and nothing in a field can break the framing."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.warc.fields import parse_fields, print_fields
from archive.warc.http import http_of, remove_chunks
from archive.warc.reader import Found, iterate
from archive.warc.record import GZIP_HEAD, Record, bracket, print_record, serialise

from .samples import wrap_chunks

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True).filter(
    lambda name: name.lower() not in ("content-length", "warc-type")
)
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00")).map(
    lambda text: text.strip()
)
RECORDS = st.builds(
    Record,
    st.sampled_from(["response", "request", "metadata", "revisit", "x"]),
    st.lists(st.tuples(NAMES, VALUES), max_size=8).map(tuple),
    st.binary(max_size=500),
)


@settings(deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> None:
    """Any records come back equal, at their places, packed and plain, covering every byte."""
    folder = tmp_path_factory.mktemp("records")
    for name, make in (("a.warc.gz", serialise), ("a.warc", print_record)):
        path = folder / name
        path.write_bytes(b"".join(map(make, records)))
        items = list(iterate(path))
        found = [item for item in items if isinstance(item, Found)]
        assert [item.record for item in found] == records
        assert sum(item.length for item in found) == path.stat().st_size
        for item in found:
            data = path.read_bytes()[item.offset : item.offset + item.length]
            assert data == make(item.record)


def test_member_is_deterministic() -> None:
    """The same record is the same bytes, one gzip member without a time or a name."""
    record = Record("metadata", (("WARC-Date", "2026"),), b"x" * 1000)
    assert serialise(record) == serialise(record)
    assert serialise(record).startswith(GZIP_HEAD)
    assert gzip.decompress(serialise(record)) == print_record(record)


@pytest.mark.parametrize(
    "field",
    [
        ("WARC-Date", "2026\r\nX: 1"),
        ("WARC-Date", "a\nb"),
        ("WARC-Date", "a\rb"),
        ("WARC-Date", "a\x00b"),
        ("WARC Date", "x"),
        ("", "x"),
        ("X:Y", "x"),
        ("X\n", "x"),
        ("Content-Length", "5"),
    ],
)
def test_framing_cannot_be_broken(field: tuple[str, str]) -> None:
    """A field with a line end, NUL, a bad name or a second length is refused."""
    with pytest.raises(ValueError, match="WARC field"):
        serialise(Record("metadata", (field,), b""))


def test_bad_type_is_refused() -> None:
    """The record type can not smuggle a line end into the file either."""
    with pytest.raises(ValueError, match="WARC field"):
        serialise(Record("metadata\r\nX: y", (), b""))


def test_header_by_any_case() -> None:
    """Fields are found in any case; identities have one pair of brackets, addresses none."""
    record = Record("response", (("warc-target-uri", "<http://x/>"), ("A", "1"), ("a", "2")), b"")
    assert (record.url, record.all_of("A"), record.header("a")) == ("http://x/", ("1", "2"), "1")
    assert bracket("urn:x") == bracket("<urn:x>") == "<urn:x>"


@given(st.lists(st.tuples(NAMES, VALUES)))
def test_fields_round_trip(fields: list[tuple[str, str]]) -> None:
    """warc-fields give back names and values; what is no blank in a value stays."""
    back = parse_fields(print_fields(fields))
    assert [name for name, _ in back] == [name for name, _ in fields]


def http_record(block: bytes, *headers: tuple[str, str], kind: str = "response") -> Record:
    """A response record with that block."""
    return Record(kind, headers, block)


@given(st.binary(max_size=300))
def test_http_never_raises(block: bytes) -> None:
    """Whatever the bytes, the HTTP reader gives something or None, and never raises."""
    for start in (b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200\nTransfer-Encoding: chunked\n\n"):
        stored = http_of(http_record(start + block))
        assert start == b"" or stored is not None


@given(st.binary(max_size=300))
def test_chunks_round_trip(payload: bytes) -> None:
    """A chunked body gives back its payload, whole; cut anywhere it is never called whole."""
    body = wrap_chunks(payload)
    assert remove_chunks(body) == (payload, True)
    last = body.rindex(b"0\r\n")
    for cut in range(last + 1):
        back = remove_chunks(body[:cut])
        assert back is None or (payload.startswith(back[0]) and not back[1])


@pytest.mark.parametrize(
    ("block", "status", "payload", "complete"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", 200, b"ab", True),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", 200, b"ab", False),
        (b"HTTP/1.0 200\nA: b\n\nab", 200, b"ab", True),
        (b"HTTP/1.1 404 \r\nno colon here\r\nA: b\r\n\r\n", 404, b"", True),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n",
            200,
            b"ab",
            True,
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", 200, b"ab", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<html>", 200, b"<html>", True),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: CHUNKED\r\n\r\n2;x=y\nab\n0\n\n",
            200,
            b"ab",
            True,
        ),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304, b"", True),
        (b"HTTP/1.1 200 OK\r\nX: y", 200, b"", True),
    ],
)
def test_http_as_stored(block: bytes, status: int, payload: bytes, complete: bool) -> None:
    """Odd but real responses are read: bare LF, no reason, a body stored without its chunks."""
    stored = http_of(http_record(block))
    assert stored is not None
    assert (stored.status, stored.payload, stored.complete) == (status, payload, complete)
    assert block[stored.head_length :] == stored.body


def test_http_fields_are_as_on_the_wire() -> None:
    """Order, case and repeated fields stay; folded lines are joined; truncated is not complete."""
    block = b"HTTP/1.1 200 Very  Fine\r\nX-b: 1\r\nSet-Cookie: a\r\nset-cookie: b\r\n"
    block += b"F: 1\r\n 2\r\n\r\nz"
    stored = http_of(http_record(block, ("WARC-Truncated", "time")))
    assert stored is not None
    assert stored.headers == (("X-b", "1"), ("Set-Cookie", "a"), ("set-cookie", "b"), ("F", "1 2"))
    assert (stored.reason, stored.complete, stored.header("SET-COOKIE")) == (
        "Very  Fine",
        False,
        "a",
    )


def test_not_http() -> None:
    """A request, a DNS answer and an empty block are no HTTP response."""
    assert http_of(http_record(b"GET / HTTP/1.1\r\n\r\n", kind="request")) is None
    assert http_of(http_record(b"20140325\nexample. A 1.2.3.4")) is None
    assert http_of(http_record(b"")) is None

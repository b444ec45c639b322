"""The reader of answers, without a socket: where packets end must not matter, nor their number."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.http import http_of
from archive.warc.record import Record
from crawler.wire.chunks import BrokenChunks, Chunks
from crawler.wire.head import find_head, parse_head
from crawler.wire.limits import Limits
from crawler.wire.talk import Talk

from .answers import ANSWERS, BODY_CAP, NO_HTTP, Answer
from .strange import FOREIGN, STRANGE

LIMITS = Limits(body=BODY_CAP)
ALL = (*ANSWERS, *STRANGE)
NOT_HTTP = NO_HTTP | FOREIGN


def describe(talk: Talk) -> tuple[object, ...]:
    """All that a talk says, but for what came behind the end (packets decide how much that is)."""
    trouble = talk.trouble.failure if talk.trouble else None
    return (
        *(talk.done, trouble, talk.truncated, talk.interim, talk.head),
        *(talk.block, talk.payload, talk.coded),
    )


def hear(method: str, pieces: list[bytes], *, clean: bool = True) -> Talk:
    """A talk after these packets and the end of the connection."""
    talk = Talk(method, LIMITS)
    for piece in pieces:
        talk.feed(piece)
        if talk.done:
            break
    talk.end(clean=clean)
    return talk


def split(raw: bytes, cuts: list[int]) -> list[bytes]:
    """``raw`` in pieces."""
    places = sorted({cut % (len(raw) + 1) for cut in cuts} | {0, len(raw)})
    return [raw[a:b] for a, b in pairwise(places)]


@given(st.sampled_from(ALL), st.lists(st.integers(0, 10_000), max_size=8))
def test_packets_do_not_matter(answer: Answer, cuts: list[int]) -> None:
    """However an answer is cut into packets, the block and its reading are the same."""
    if answer.breaks:  # ends where the error is seen
        return
    clean = answer.after != "cut"
    whole = hear(answer.method, [answer.raw], clean=clean)
    parted = hear(answer.method, split(answer.raw, cuts), clean=clean)
    assert describe(parted) == describe(whole)
    assert parted.block == answer.block


@pytest.mark.parametrize("answer", ALL, ids=lambda a: a.name)
def test_byte_by_byte(answer: Answer) -> None:
    """One byte a packet gives the same block."""
    pieces = [answer.raw[i : i + 1] for i in range(len(answer.raw))]
    talk = hear(answer.method, pieces, clean=answer.after != "cut")
    assert answer.block.startswith(talk.block)
    assert talk.block == answer.block or answer.breaks
    assert talk.truncated == answer.truncated
    assert talk.payload == answer.payload or answer.breaks


@given(st.sampled_from(ALL), st.integers(0, 10_000))
def test_a_cut_anywhere_is_never_taken_for_whole(answer: Answer, cut: int) -> None:
    """An answer with a framed body that ends too early is marked or fails, at every byte."""
    end = len(answer.interim) + len(answer.block)
    at = cut % end
    talk = hear(answer.method, [answer.raw[:at]], clean=False)
    if talk.head is None:
        assert talk.trouble is not None
    else:
        assert talk.truncated is not None
        assert (talk.interim + talk.block) == answer.raw[:at]


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_end_somewhere(head: bytes, body: bytes) -> None:
    """Whatever comes, all of it is accounted for and nothing is raised."""
    for raw in (head + body, b"HTTP/1.1 200 " + head + b"\r\n\r\n" + body):
        talk = hear("GET", [raw])
        assert talk.done
        assert talk.interim + talk.block + talk.trailing == raw
        assert (talk.trouble is None) == (talk.head is not None)


@given(st.binary(max_size=200))
def test_any_chunks_end_somewhere(body: bytes) -> None:
    """Any bytes as a chunked body: kept, and whole only when the coding is."""
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body
    talk = hear("GET", [raw])
    assert talk.block + talk.trailing == raw
    assert talk.truncated is not None or talk.raw[talk.end_at - 1 : talk.end_at] == b"\n"


@pytest.mark.parametrize("raw", NOT_HTTP.values(), ids=NOT_HTTP)
def test_not_http_at_any_packet_size(raw: bytes) -> None:
    """What is not HTTP is found out whatever the packets; long ones before they fill memory."""
    for size in (1, 7, 65536):
        talk = hear("GET", [raw[i : i + size] for i in range(0, len(raw), size)])
        assert talk.trouble is not None and talk.trouble.failure == "protocol"
        assert len(talk.raw) + len(talk.interim) <= max(65536 + size, 65537)


def test_a_million_chunks_of_one_byte_are_linear() -> None:
    """Four times the chunks cost about four times the time, not sixteen."""

    def measure(count: int) -> float:
        raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * count
        raw += b"0\r\n\r\n"
        talk = Talk("GET", Limits())
        start = time.process_time()
        for at in range(0, len(raw), 1400):
            talk.feed(raw[at : at + 1400])
        spent = time.process_time() - start
        assert talk.done and talk.payload == b"x" * count
        return spent

    assert measure(1_000_000) < 9 * max(measure(250_000), 0.05)


def test_expiry_cuts_what_has_begun_and_fails_what_has_not() -> None:
    """The deadline marks a response "time" and makes a "timeout" of none."""
    begun, silent = Talk("GET", LIMITS), Talk("GET", LIMITS)
    begun.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nti")
    silent.feed(b"HTTP/1.1 200 OK\r\n")
    begun.expire()
    silent.expire()
    assert (begun.truncated, begun.payload, begun.trouble) == ("time", b"ti", None)
    assert silent.trouble is not None and silent.trouble.failure == "timeout"
    assert silent.trailing == b"HTTP/1.1 200 OK\r\n"


def test_trailers_have_a_cap() -> None:
    """Trailers that never end are cut as too long."""
    talk = hear(
        "GET", [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n"]
    )
    assert talk.truncated == "disconnect"
    chunks = Chunks(0, 64)
    with pytest.raises(BrokenChunks, match="trailers") as caught:
        chunks.walk(bytearray(b"0\r\n" + b"A: b\r\n" * 20), 123)
    assert caught.value.truncated == "length"


def test_huge_numbers_are_not_believed() -> None:
    """A length or a chunk size beyond any number in use is no number."""
    long = hear("GET", [b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\ntin"])
    assert (long.payload, long.truncated) == (b"tin", None)
    wide = hear(
        "GET", [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 17 + b"\r\n"]
    )
    assert wide.truncated == "disconnect"


def test_parse_head_says_none_for_a_foreign_first_line() -> None:
    """A head is a head only with a status line."""
    assert parse_head(b"ICY 200 OK\r\n\r\n") is None
    assert find_head(bytearray(b"HTTP/1.1 200 OK\r\n\r"), 0) == -1


@pytest.mark.parametrize("size", [1, 700, 65536])
def test_a_size_line_ends_within_16_kib(size: int) -> None:
    """An extension is passed over up to 16 KiB, a longer one breaks the body off, whatever the
    packets; megabytes of it do not fill memory."""
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for width, truncated in ((16_300, None), (16_400, "disconnect"), (3_000_000, "disconnect")):
        raw = head + b"3;" + b"e" * width + b"\r\ntin\r\n0\r\n\r\n"
        talk = Talk("GET", Limits())
        for at in range(0, len(raw), size):
            talk.feed(raw[at : at + size])
            if talk.done:
                break
        assert (talk.done, talk.truncated) == (True, truncated)
        assert len(talk.raw) < 16_500 + 65_536
        assert truncated or talk.payload == b"tin"


@given(st.binary(max_size=200), st.binary(max_size=60), st.booleans())
def test_the_archive_reads_a_block_as_the_wire_did(
    fields: bytes, body: bytes, chunked: bool
) -> None:
    """Fields and payload of a stored block are those of the exchange, whatever the bytes."""
    coding = b"Transfer-Encoding: chunked\r\n" if chunked else b""
    talk = hear("GET", [b"HTTP/1.1 200 OK\r\n" + coding + fields + b"\r\n\r\n" + body])
    if talk.head is None:
        return
    cut = (("WARC-Truncated", talk.truncated),) if talk.truncated else ()
    stored = http_of(Record("response", cut, talk.block))
    assert stored is not None
    assert (stored.status, stored.headers) == (200, talk.head.fields)
    assert stored.payload == talk.payload
    assert stored.complete is (talk.truncated is None)


@pytest.mark.parametrize("answer", ALL, ids=lambda a: a.name)
def test_the_archive_reads_each_answer_as_the_wire_did(answer: Answer) -> None:
    """The same for every answer of the table."""
    talk = hear(answer.method, [answer.raw], clean=answer.after == "close")
    cut = (("WARC-Truncated", talk.truncated),) if talk.truncated else ()
    stored = http_of(Record("response", cut, talk.block))
    assert stored is not None and talk.head is not None
    assert (stored.status, stored.headers) == (answer.status, talk.head.fields)
    assert stored.payload == talk.payload

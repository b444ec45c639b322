"""Content codings come off in the right order, within the limit, whatever the header claims."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.unpack import unpack

TEXT = "Sáng nay, bà con xuống đồng gặt lúa sớm.\n".encode() * 50
LIMIT = 100_000


def zipped(data: bytes) -> bytes:
    """Return `data` as gzip without the clock in it, so that the tests' names stay the same."""
    return gzip.compress(data, mtime=0)


def raw_deflate(data: bytes) -> bytes:
    """Return `data` as a deflate stream without the zlib wrapper."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("payload", "codings"),
    [
        (TEXT, []),
        (TEXT, ["identity"]),
        (TEXT, ["utf-8"]),
        (zipped(TEXT), ["gzip"]),
        (zipped(TEXT), ["x-gzip"]),
        (zipped(TEXT), ["GZIP"]),
        (zlib.compress(TEXT), ["deflate"]),
        (raw_deflate(TEXT), ["deflate"]),
        (brotli.compress(TEXT), ["br"]),
        (brotli.compress(zipped(TEXT)), ["gzip, br"]),
        (brotli.compress(zipped(TEXT)), ["gzip", "br"]),
        (zipped(TEXT[:99]) + zipped(TEXT[99:]), ["gzip"]),
        (zipped(TEXT) + b"\0" * 512, ["gzip"]),
        (zipped(TEXT), []),  # a sitemap .gz
        (zlib.compress(TEXT), ["gzip"]),
        (zipped(TEXT), ["deflate"]),
    ],
)
def test_codings(payload: bytes, codings: list[str]) -> None:
    """Each way in which servers code a body gives the body, without a warning."""
    unpacked = unpack(payload, codings, limit=LIMIT)
    assert (unpacked.data, unpacked.cut, unpacked.warnings) == (TEXT, False, ())


@pytest.mark.parametrize(
    ("payload", "codings", "warning"),
    [
        (TEXT, ["gzip"], "coding-wrong"),
        (TEXT, ["br"], "coding-wrong"),
        (TEXT, ["zstd"], "coding-unknown"),
        (zipped(zipped(TEXT)), ["gzip"], "coding-undeclared"),
    ],
)
def test_wrong_declarations(payload: bytes, codings: list[str], warning: str) -> None:
    """A header that is wrong costs a warning, not the body."""
    unpacked = unpack(payload, codings, limit=LIMIT)
    assert unpacked.data == TEXT
    assert unpacked.warnings[0].startswith(warning)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br"])
def test_truncated_streams_give_what_came(name: str) -> None:
    """A stream that ends early gives its beginning and a warning."""
    noise = bytes(range(256)) * 300
    coded = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[name](noise)
    unpacked = unpack(coded[: len(coded) - 4], [name], limit=LIMIT)
    assert noise.startswith(unpacked.data)
    assert unpacked.warnings[0].startswith(("coding-truncated", "coding-damaged"))


def test_damaged_stream_gives_what_came() -> None:
    """A flipped byte in the middle gives what came before it and a warning."""
    coded = bytearray(gzip.compress(bytes(range(256)) * 3000, 1))
    coded[-6] ^= 0xFF  # in the check sum
    unpacked = unpack(bytes(coded), ["gzip"], limit=2**20)
    assert unpacked.warnings[0].startswith("coding-damaged")


@pytest.mark.parametrize(
    "payload",
    [
        zipped(b"\0" * 60_000_000),
        zipped(zipped(b"\0" * 60_000_000)),
    ],
)
def test_bombs_take_no_more_than_the_limit(payload: bytes) -> None:
    """60 MB of zeros are cut at the limit, in memory of a few times the limit."""
    tracemalloc.start()
    unpacked = unpack(payload, ["gzip"], limit=LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(unpacked.data) == LIMIT
    assert unpacked.cut
    assert peak < 20 * LIMIT


@given(
    st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(gzip.compress)),
    st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "", "gzip, gzip"]), max_size=4),
)
def test_never_raises(payload: bytes, codings: list[str]) -> None:
    """Any body under any header gives at most `limit` bytes."""
    unpacked = unpack(payload, codings, limit=64)
    assert len(unpacked.data) <= 64

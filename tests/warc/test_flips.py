"""1,000 mutations of a file and every bit of its seal: the verifier notices each."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.warc.reader import iterate
from archive.warc.verify import verify_file
from tests.scorecard.plugin import Tally

from .samples import plain_groups, write_sample


def mutations(data: bytes, spans: list[tuple[int, int]], count: int) -> Iterator[tuple[str, bytes]]:
    """So many different damages to a file made of these members, always the same ones."""
    dice = random.Random(20260204)
    parts = [data[at : at + size] for at, size in spans]
    makers: list[Callable[[], tuple[str, bytes]]] = [
        lambda: flip(data, dice),
        lambda: cut_out(data, dice),
        lambda: put_in(data, dice),
        lambda: cut_off(data, dice),
        lambda: blank(data, dice),
        lambda: drop_member(parts, dice),
        lambda: swap_members(parts, dice),
        lambda: double_member(parts, dice),
        lambda: cut_at_member(parts, dice),
        lambda: rewrite_member(parts, dice),
        lambda: recompress_member(parts, dice),
        lambda: swap_bytes(data, dice),
    ]
    made = 0
    while made < count:
        name, mutated = makers[made % len(makers)]()
        if mutated != data:
            made += 1
            yield name, mutated


def flip(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(data))
    return f"flip at {at}", data[:at] + bytes([data[at] ^ (1 << dice.randrange(8))]) + data[
        at + 1 :
    ]


def cut_out(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    at, size = dice.randrange(len(data)), dice.randint(1, 400)
    return f"{size} bytes cut out at {at}", data[:at] + data[at + size :]


def put_in(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(data) + 1)
    return f"bytes put in at {at}", data[:at] + dice.randbytes(dice.randint(1, 30)) + data[at:]


def cut_off(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(data))
    return f"cut off at {at}", data[:at]


def blank(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    at, size = dice.randrange(len(data)), dice.randint(1, 512)
    return f"zeros at {at}", data[:at] + b"\0" * len(data[at : at + size]) + data[at + size :]


def swap_bytes(data: bytes, dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(data) - 1)
    return f"bytes swapped at {at}", data[:at] + data[at : at + 2][::-1] + data[at + 2 :]


def drop_member(parts: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(parts))
    return f"record {at} dropped", b"".join(parts[:at] + parts[at + 1 :])


def swap_members(parts: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    one, two = sorted(dice.sample(range(len(parts)), 2))
    swapped = list(parts)
    swapped[one], swapped[two] = parts[two], parts[one]
    return f"records {one} and {two} swapped", b"".join(swapped)


def double_member(parts: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(parts))
    return f"record {at} doubled", b"".join(parts[: at + 1] + parts[at:])


def cut_at_member(parts: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    at = dice.randrange(len(parts))
    return f"cut before record {at}", b"".join(parts[:at])


def rewrite_member(parts: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    """A byte of a record changed under a new, true gzip checksum."""
    at = dice.randrange(len(parts))
    plain = bytearray(gzip.decompress(parts[at]))
    spot = dice.randrange(len(plain))
    plain[spot] ^= 1 << dice.randrange(8)
    packed = gzip.compress(bytes(plain), mtime=0)
    return f"record {at} rewritten at {spot}", b"".join([*parts[:at], packed, *parts[at + 1 :]])


def recompress_member(parts: list[bytes], dice: random.Random) -> tuple[str, bytes]:
    """The same record in other compressed bytes: what it holds is true, the file is not ours."""
    at = dice.randrange(len(parts))
    packed = gzip.compress(gzip.decompress(parts[at]), 1, mtime=dice.randint(1, 9**9))
    return f"record {at} recompressed", b"".join([*parts[:at], packed, *parts[at + 1 :]])


def check_mutations(tmp_path: Path, count: int, tally: Tally) -> None:
    """Every one of ``count`` mutations is noticed, with a message that names file and remedy."""
    source = write_sample(tmp_path / "source")
    spans = [(item.offset, item.length) for item in iterate(source)]
    path = tmp_path / "gazette" / source.name
    path.parent.mkdir()
    missed = []
    for name, mutated in mutations(source.read_bytes(), spans, count):
        path.write_bytes(mutated)
        problems = list(verify_file(path))
        if not problems:
            missed.append(name)
        for problem in problems:
            assert problem.file == path.as_posix()
            assert problem.offset is not None and 0 <= problem.offset <= len(mutated)
            assert problem.remedy
            assert str(problem).startswith(f"{path} at byte {problem.offset}: ")
    tally(mutations=count, noticed=count - len(missed))
    assert missed == []


@pytest.mark.row(11)
def test_240_mutations(tmp_path: Path, tally: Tally) -> None:
    """240 mutations of a file with every kind of record: all noticed."""
    check_mutations(tmp_path, 240, tally)


@pytest.mark.slow
@pytest.mark.row(11)
def test_1000_mutations(tmp_path: Path, tally: Tally) -> None:
    """1,000 mutations of a file with every kind of record: all noticed."""
    check_mutations(tmp_path, 1000, tally)


def check_seal_bits(tmp_path: Path, bits: Callable[[int], list[int]]) -> None:
    """No flipped bit of the last member goes unseen."""
    source = write_sample(tmp_path / "source", plain_groups(1))
    data = source.read_bytes()
    start = [item.offset for item in iterate(source)][-1]
    path = tmp_path / "gazette" / source.name
    path.parent.mkdir()
    for at in range(start, len(data)):
        for bit in bits(at):
            path.write_bytes(data[:at] + bytes([data[at] ^ (1 << bit)]) + data[at + 1 :])
            assert list(verify_file(path)) != [], (at, bit)


def test_every_byte_of_the_seal(tmp_path: Path) -> None:
    """A flipped bit in any byte of the last member is noticed, the gzip head included."""
    check_seal_bits(tmp_path, lambda at: [at % 8])


@pytest.mark.slow
def test_every_bit_of_the_seal(tmp_path: Path) -> None:
    """No bit of the last member can change unseen, padding and gzip head included."""
    check_seal_bits(tmp_path, lambda _: list(range(8)))

"""Reading: our files, the files of others, cut ones and damaged ones."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import DamageError
from archive.records import Place
from archive.warc.reader import Damage, Found, iterate, read_at
from archive.warc.record import Record, print_record, serialise
from tests.shared import SHARED

from .samples import all_groups, make_writer, write_sample

FOREIGN = sorted([*SHARED.glob("warcs/*.warc*"), *SHARED.glob("captures/*.warc.gz")])
needs_foreign = pytest.mark.skipif(
    not FOREIGN, reason="WARC files of others (../shared) are not on this machine"
)


def some_records(count: int = 6) -> list[Record]:
    """Small records whose blocks do not compress to nothing."""
    return [
        Record(
            "metadata",
            (("WARC-Record-ID", f"<urn:x:{n}>"), ("WARC-Date", "2026-02-04T00:00:00Z")),
            bytes(range(n * 7 % 256)) * 3,
        )
        for n in range(count)
    ]


def split(path: Path) -> tuple[list[Found], list[Damage]]:
    """Records and damage of a file; together they cover each byte."""
    items = list(iterate(path))
    assert sum(item.length for item in items) == path.stat().st_size
    at = 0
    for item in items:
        assert item.offset == at
        at += item.length
    found = [item for item in items if isinstance(item, Found)]
    return found, [item for item in items if isinstance(item, Damage)]


@needs_foreign
@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_foreign_files_like_warcio(path: Path) -> None:
    """Files of Wget, Heritrix, pywb and browsertrix give the records that warcio finds in them."""
    from warcio.archiveiterator import ArchiveIterator

    with path.open("rb") as stream:
        wanted = [
            (record.rec_type, record.rec_headers.get_header("WARC-Record-ID"), record.length)
            for record in ArchiveIterator(stream, no_record_parse=True)
        ]
    found, damage = split(path)
    assert damage == []
    assert [(one.record.type, one.record.id, len(one.record.block)) for one in found] == wanted


@needs_foreign
def test_foreign_plain_file_cut_anywhere(tmp_path: Path) -> None:
    """A plain WARC/0.17 file, cut, gives all records before the cut and names where it is."""
    path = next(one for one in FOREIGN if one.suffix == ".warc")
    whole, _ = split(path)
    data = path.read_bytes()
    ends = [one.offset + one.length for one in whole]
    target = tmp_path / "cut.warc"
    for cut in [
        *range(1, len(data), 997),
        *(end - 1 for end in ends),
        *(end + 1 for end in ends[:-1]),
    ]:
        target.write_bytes(data[:cut])
        found, damage = split(target)
        assert len(found) == sum(end <= cut for end in ends)
        at = max([0, *(end for end in ends if end <= cut)])
        assert [(one.offset, one.length) for one in damage] == (
            [(at, cut - at)] if at < cut else []
        )


def test_every_cut_of_the_last_two_members(tmp_path: Path) -> None:
    """Cut at each byte of the last two members, the file never looks whole."""
    records = some_records()
    members = [serialise(record) for record in records]
    head = b"".join(members[:-2])
    for name, make in (("a.warc.gz", serialise), ("a.warc", print_record)):
        parts = [make(record) for record in records]
        head, tail = b"".join(parts[:-2]), b"".join(parts[-2:])
        path = tmp_path / name
        for cut in range(1, len(tail)):
            path.write_bytes(head + tail[:cut])
            found, damage = split(path)
            kept = len(records) - (2 if cut < len(parts[-2]) else 1)
            assert len(found) == kept
            assert bool(damage) is (cut != len(parts[-2]))


@pytest.mark.parametrize("make", [serialise, print_record], ids=["gzip", "plain"])
@pytest.mark.parametrize(
    "junk", [b"\0" * 4000, b"junk" * 99, b"\x1f\x8b\x08\x00" + b"\xff" * 60, b"WARC/1.1\r\n\r\n"]
)
def test_damage_in_the_middle(tmp_path: Path, make: object, junk: bytes) -> None:
    """After junk between records the reading goes on with the next one, and the junk is told."""
    assert callable(make)
    parts = [make(record) for record in some_records()]
    path = tmp_path / ("a.warc.gz" if make is serialise else "a.warc")
    path.write_bytes(b"".join(parts[:3]) + junk + b"".join(parts[3:]))
    found, damage = split(path)
    assert [one.record for one in found] == some_records()
    assert sum(one.length for one in damage) == len(junk)
    assert damage[0].offset == sum(map(len, parts[:3]))


def test_flipped_member_costs_one_record(tmp_path: Path) -> None:
    """A flipped bit costs at most its own record, and is told; deflate's padding holds nothing."""
    parts = [serialise(record) for record in some_records()]
    start = sum(map(len, parts[:2]))
    path = tmp_path / "a.warc.gz"
    for at in range(10, len(parts[2])):
        data = bytearray(b"".join(parts))
        data[start + at] ^= 0x04
        path.write_bytes(data)
        found, damage = split(path)
        if [one.record for one in found] == some_records():
            assert at == len(parts[2]) - 9  # the padding bits of the last byte
        else:
            assert len(found) == 5
            assert [(one.offset, one.length) for one in damage] == [(start, len(parts[2]))]


def test_whole_file_in_one_member(tmp_path: Path) -> None:
    """Many records in one gzip member are read in order, and said not to be addressable."""
    records = some_records()
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"".join(map(print_record, records))))
    items = list(iterate(path))
    assert [item.record for item in items if isinstance(item, Found)] == records
    assert {(item.offset, item.length) for item in items} == {(0, 0)}
    assert not any(item.addressable for item in items if isinstance(item, Found))
    path.write_bytes(path.read_bytes()[:-30])
    *kept, last = iterate(path)
    assert len(kept) > 0
    assert isinstance(last, Damage)


def test_too_large_is_passed_over(tmp_path: Path) -> None:
    """A block over the cap is a damage of its own, the records after it are read."""
    big = Record("resource", (("WARC-Record-ID", "<urn:big>"),), b"\0" * 5000)
    small = some_records(2)
    for name, make in (("a.warc.gz", serialise), ("a.warc", print_record)):
        path = tmp_path / name
        path.write_bytes(b"".join(map(make, [small[0], big, small[1]])))
        items = list(iterate(path, max_block=4999))
        assert [item.record for item in items if isinstance(item, Found)] == small
        assert [item.reason[:9] for item in items if isinstance(item, Damage)] == ["too large"]
        assert sum(item.length for item in items) == path.stat().st_size


def test_bomb_needs_bounded_memory(tmp_path: Path) -> None:
    """A 300 MB block in a 1 MB file is passed over with less than 100 MB of memory."""
    path = tmp_path / "bomb.warc.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.write(b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: 300000000\r\n\r\n")
        for _ in range(300):
            out.write(b"\0" * 1_000_000)
        out.write(b"\r\n\r\n")
    code = (
        "import sys; from pathlib import Path; from archive.warc.reader import iterate\n"
        "print([item.reason for item in iterate(Path(sys.argv[1]))])\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    said, used = done.stdout.splitlines()
    assert "too large" in said
    assert int(used) < 100_000  # KiB; ru_maxrss would be the parent's


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"WARC/1.1\r\nWARC-Type: x\r\n\r\n", "Content-Length"),
        (b"WARC/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab\r\n\r\n", "Content-Length"),
        (b"WARC/1.1\r\nContent-Length: -1\r\n\r\n\r\n\r\n", "Content-Length"),
        (b"WARC/1.1\r\nContent-Length: 99\r\n\r\nab\r\n\r\n", "ends after 6 of 99"),
        (b"WARC/1.1\r\nContent-Length: 1\r\n\r\nab\r\n\r\n", "end mark"),
        (b"WARC/1.1\r\nContent-Length: 2\r\n\r\nab\r\n", "cut off"),
        (b"WARC/1.1\r\nno colon\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "no colon"),
        (b"WARC/x\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "version"),
        (b"HTTP/1.1 200 OK\r\n\r\n", "no record begins"),
        (b"", "empty gzip member"),
    ],
)
def test_malformed_records(tmp_path: Path, head: bytes, reason: str) -> None:
    """What is no record says what is wrong with it, in a gzip member with a true checksum."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(head))
    found, damage = split(path)
    assert found == []
    assert reason in damage[0].reason


def test_folded_and_bare_lines(tmp_path: Path) -> None:
    """Folded fields of WARC/1.0 are joined, lines that end in LF alone are read."""
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\nWARC-Type: metadata\nA: 1\n 2\ncontent-length: 1\n\nz\r\n\r\n")
    found, damage = split(path)
    assert damage == []
    assert found[0].record == Record("metadata", (("A", "1 2"),), b"z", "WARC/1.0")


def test_start_in_the_middle(tmp_path: Path) -> None:
    """Reading from a record's offset gives the records from there on."""
    path = write_sample(tmp_path)
    items = list(iterate(path))
    for number, item in enumerate(items):
        assert list(iterate(path, start=item.offset)) == items[number:]
    assert list(iterate(path, start=path.stat().st_size)) == []


def test_read_at_says_what_is_wrong(tmp_path: Path) -> None:
    """A wrong place, a damaged record and a missing file raise with file, offset and remedy."""
    writer = make_writer(tmp_path)
    place = writer.write(all_groups()[0])[0]
    writer.close()
    path = tmp_path / place.file
    whole = path.read_bytes()
    wrong = [
        (Place(place.file, place.offset + 1, place.length), "no gzip member"),
        (Place(place.file, place.offset, place.length + 1), "are on record"),
        (Place(place.file, len(whole), 5), "the file ends"),
        (Place("warc/gazette/none.warc.gz", 5, 5), "the file is gone"),
        (Place("warc/../../secret", 0, 5), "not a name"),
        (Place("index.db", 0, 5), "not a name"),
    ]
    for bad, reason in wrong:
        with pytest.raises(DamageError, match=reason) as caught:
            read_at(tmp_path, bad)
        assert (caught.value.file, caught.value.offset) == (bad.file, bad.offset)
        assert str(caught.value).endswith(caught.value.remedy)
    path.write_bytes(whole[: place.offset + 30] + b"\0" + whole[place.offset + 31 :])
    with pytest.raises(DamageError):
        read_at(tmp_path, place)


def test_read_at_in_shared_member(tmp_path: Path) -> None:
    """A record that shares its member can not be read alone, and the message says what helps."""
    path = tmp_path / "warc" / "foreign" / "a.warc.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(b"".join(map(print_record, some_records()))))
    with pytest.raises(DamageError, match="recompress"):
        read_at(tmp_path, Place("warc/foreign/a.warc.gz", 0, 100))

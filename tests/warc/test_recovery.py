"""After a crash: what is kept, what is moved aside, and that nothing is lost or invented."""

from __future__ import annotations

import errno
import gzip
import shutil
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.warc.manifest import read_manifest
from archive.warc.reader import Damage, Found, iterate
from archive.warc.record import GZIP_HEAD, Record, print_record, serialise
from archive.warc.recovery import Recovered, recover
from archive.warc.seal import seal_of
from archive.warc.verify import verify_archive, verify_file
from tests.scorecard.plugin import Tally

from .disks import FailingDisk
from .samples import make_writer, plain_groups, write_sample


def leave_open(root: Path, tail: bytes = b"") -> tuple[Path, list[Found]]:
    """A file as a killed writer leaves it, with a tail, and the whole records in it."""
    writer = make_writer(root)
    for group in plain_groups():
        writer.write(group)
    writer.sync()
    path = next((root / "warc" / "gazette").glob("*.open"))
    items = [item for item in iterate(path) if isinstance(item, Found)]
    with path.open("ab") as file:
        file.write(tail)
    return path, items


def check_recovered(path: Path, kept: list[Found], torn: bytes) -> None:
    """The closed file holds what was kept and a seal, the torn file the rest, and all verifies."""
    root = path.parents[2]
    final = path.with_suffix("")
    items = list(iterate(final))
    assert items[:-1] == kept
    assert isinstance(items[-1], Found)
    seal = seal_of(items[-1].record)
    assert seal is not None
    assert (seal.recovered, seal.records) == (True, len(kept))
    torn_path = final.with_name(final.name + ".torn")
    assert (torn_path.read_bytes() if torn_path.exists() else b"") == torn
    assert not path.exists()
    assert list(verify_file(final)) == []
    assert list(verify_archive(root, None)) == []
    gzip.decompress(final.read_bytes())


def check_cuts(tmp_path: Path, each: int, tally: Tally) -> None:
    """Cut in the last two members, exactly the whole records before the cut are kept."""
    source, items = leave_open(tmp_path / "source")
    data = source.read_bytes()
    wrong = []
    for cut in range(items[-2].offset, len(data) + 1):
        path = tmp_path / str(cut) / "warc" / "gazette" / source.name
        path.parent.mkdir(parents=True)
        path.write_bytes(data[:cut])
        kept = [item for item in items if item.offset + item.length <= cut]
        end = kept[-1].offset + kept[-1].length
        done = recover(tmp_path / str(cut))
        file = f"warc/gazette/{source.name.removesuffix('.open')}"
        try:
            assert done == [Recovered(file, end, cut - end, len(kept))]
            assert path.with_suffix("").read_bytes().startswith(data[:end])
            if cut % each == 0:
                check_recovered(path, kept, data[end:cut])
        except AssertionError:
            wrong.append(cut)
    tally(cuts=len(data) + 1 - items[-2].offset, wrong=len(wrong))
    assert wrong == []


@pytest.mark.row(4)
def test_last_two_members_cut_at_every_byte(tmp_path: Path, tally: Tally) -> None:
    """Cut at each byte of the last two members, what is kept is right (every 16th verified)."""
    check_cuts(tmp_path, 16, tally)


@pytest.mark.slow
@pytest.mark.row(4)
def test_last_two_members_cut_and_verified(tmp_path: Path, tally: Tally) -> None:
    """Cut at each byte of the last two members, each recovered archive verifies."""
    check_cuts(tmp_path, 1, tally)


@pytest.mark.slow
@pytest.mark.row(4)
@pytest.mark.timeout(900)
def test_every_cut_with_every_tail(tmp_path: Path, tally: Tally) -> None:
    """Cut at each 3rd byte of the last two members, with a tail of each kind behind the cut (as
    file systems leave it): what is kept is right."""
    source, items = leave_open(tmp_path / "source")
    data = source.read_bytes()
    wrong, count = [], 0
    for cut in range(items[-2].offset, len(data) + 1, 3):
        for name, tail in TAILS.items():
            root = tmp_path / "one"
            path = root / "warc" / "gazette" / source.name
            path.parent.mkdir(parents=True)
            written = data[:cut] + tail  # a zero behind the last byte but one makes the file whole
            path.write_bytes(written)
            ends = [item.offset + item.length for item in items]
            kept = [end for end in ends if written[:end] == data[:end]]
            end = kept[-1]
            (done,) = recover(root)
            torn = written[end:]
            count += 1
            final = path.with_suffix("")
            aside = final.with_name(final.name + ".torn")
            held = aside.read_bytes() if torn else b""
            good = (done.kept_bytes, done.records) == (end, len(kept))
            if not good or held != torn or list(verify_file(final)):
                wrong.append((cut, name))
            shutil.rmtree(root)
    tally(tails=count, wrong=len(wrong))
    assert wrong == []


FOREIGN = Record(
    "metadata",
    (
        ("WARC-Record-ID", "<urn:x:1>"),
        ("WARC-Date", "2020-01-01T00:00:00.000000Z"),
        ("WARC-Warcinfo-ID", "<urn:another:file>"),
        ("WARC-Block-Digest", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"),
    ),
    b"",
)
WRONG = Record("metadata", (("WARC-Block-Digest", "sha256:" + "0" * 64),), b"x")

TAILS = {
    "one byte": b"\x1f",
    "zeros": b"\0" * 5000,
    "garbage": bytes(range(1, 256)) * 30,
    "magic": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03",
    "fake gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\xa5" * 500,
    "gzip of something else": gzip.compress(b"hello", mtime=0),
    "gzip of nothing": gzip.compress(b"", mtime=0),
    "gzip of half a record": gzip.compress(print_record(FOREIGN)[:-20], mtime=0),
    "gzip of a long record": gzip.compress(print_record(FOREIGN) + b"x", mtime=0),
    "gzip of two records": gzip.compress(print_record(FOREIGN) * 2, mtime=0),
    "plain record": print_record(FOREIGN),
    "text of many heads": b"WARC/1.1\r\nWARC-Type: metadata\r\n" * 40,
    "one zero": b"\0",
    "a page of zeros and a true record": b"\0" * 4096 + serialise(FOREIGN),
    "line ends": b"\r\n\r\n",
    "head with a name": b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03name.warc\x00",
    "reserved gzip flags": b"\x1f\x8b\x08\xe0\x00\x00\x00\x00\x00\x03" + b"\x03\x00" + b"\0" * 8,
    "stored block that never ends": GZIP_HEAD + b"\x01\xff\xff\x00\x00ab",
    "false checksum": serialise(FOREIGN)[:-8] + b"\0" * 8,
    "false length": serialise(FOREIGN)[:-4] + b"\0" * 4,
    "version of the future": gzip.compress(b"WARC/9.9\r\n" + print_record(FOREIGN)[10:], mtime=0),
    "length too large": gzip.compress(print_record(FOREIGN).replace(b"h: 0", b"h: 9"), mtime=0),
    "bomb": gzip.compress(b"\0" * 3_000_000, mtime=0),
}


@pytest.mark.row(4)
@pytest.mark.parametrize("name", TAILS)
def test_tails(tmp_path: Path, name: str, tally: Tally) -> None:
    """A tail that is no whole record goes to ``.torn`` byte for byte, whatever it looks like."""
    path, items = leave_open(tmp_path, TAILS[name])
    done = recover(tmp_path)
    right = (done[0].torn_bytes, done[0].records) == (len(TAILS[name]), len(items))
    tally(tails=1, wrong=not right)
    assert right
    check_recovered(path, items, TAILS[name])


@pytest.mark.parametrize("record", [FOREIGN, WRONG], ids=["another file's", "untrue digest"])
def test_whole_records_that_do_not_belong(tmp_path: Path, record: Record) -> None:
    """Old blocks of another file, and a record whose digest is wrong, are not taken for ours."""
    path, items = leave_open(tmp_path, serialise(record))
    assert recover(tmp_path)[0].stranded == 1
    check_recovered(path, items, serialise(record))


def test_damage_in_the_middle(tmp_path: Path) -> None:
    """Records behind damage go to ``.torn`` with it, are counted, and can be read there."""
    path, items = leave_open(tmp_path)
    data = bytearray(path.read_bytes())
    data[items[3].offset + 40] ^= 0xFF
    path.write_bytes(data)
    done = recover(tmp_path)[0]
    assert (done.records, done.stranded) == (3, len(items) - 4)
    check_recovered(path, items[:3], bytes(data[items[3].offset :]))
    torn = path.with_suffix("").with_name(path.stem + ".torn")
    back = [one.record for one in iterate(torn) if isinstance(one, Found)]
    assert back == [item.record for item in items[4:]]


def test_nothing_whole(tmp_path: Path) -> None:
    """An empty file goes; one without a whole record goes to ``.torn`` in one piece."""
    folder = tmp_path / "warc" / "gazette"
    folder.mkdir(parents=True)
    (folder / "a.warc.gz.open").touch()
    (folder / "b.warc.gz.open").write_bytes(b"\x1f\x8b\x08 not really")
    assert recover(tmp_path) == [
        Recovered("warc/gazette/a.warc.gz", 0, 0, 0),
        Recovered("warc/gazette/b.warc.gz", 0, 14, 0),
    ]
    assert [path.name for path in folder.iterdir()] == ["b.warc.gz.torn"]
    assert recover(tmp_path) == []


def test_torn_name_taken(tmp_path: Path) -> None:
    """An older ``.torn`` is never written over; the same tail is not kept twice."""
    path, _ = leave_open(tmp_path, b"new tail")
    torn = path.with_name(path.stem + ".torn")
    torn.write_bytes(b"old tail")
    recover(tmp_path)
    assert torn.read_bytes() == b"old tail"
    assert torn.with_name(torn.name + ".2").read_bytes() == b"new tail"


def test_sealed_but_not_renamed(tmp_path: Path) -> None:
    """A file that was killed between seal and rename keeps its seal and gets no second one."""
    final = write_sample(tmp_path)
    data = final.read_bytes()
    final.rename(final.with_name(final.name + ".open"))
    (tmp_path / "warc" / "manifest.jsonl").unlink()
    recover(tmp_path)
    assert final.read_bytes() == data
    assert list(verify_archive(tmp_path, None)) == []


def test_response_without_its_request(tmp_path: Path) -> None:
    """A response whose request was cut off stays, and verifies in a recovered file only."""
    path, items = leave_open(tmp_path)
    with path.open("r+b") as file:
        file.truncate(items[-1].offset)
    recover(tmp_path)
    check_recovered(path, items[:-1], b"")
    writer = make_writer(tmp_path / "b")
    writer.write(plain_groups()[0][:1])
    writer.close()
    codes = {problem.code for problem in verify_archive(tmp_path / "b", None)}
    assert codes == {"concurrent"}


@pytest.mark.parametrize(
    "operation", ["create", "write", "truncate", "sync", "rename", "sync_folder"]
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_recovery_fails_at_any_step(tmp_path: Path, operation: str, number: int) -> None:
    """A recovery that the disk stops anywhere says so, and the next one ends in the same state."""
    path, items = leave_open(tmp_path, b"\0" * 100)
    disk = FailingDisk({operation: {number: errno.EIO}})
    try:
        recover(tmp_path, disk=disk)
    except StorageError as error:
        assert "run again" in str(error)
        recover(tmp_path)
    else:
        assert disk.calls.get(operation, 0) < number
    check_recovered(path, items, b"\0" * 100)


def test_recovery_is_repeatable(tmp_path: Path) -> None:
    """The same remains give the same file, to the byte, and a second run finds nothing to do."""
    first, _ = leave_open(tmp_path / "a", b"tail")
    second, _ = leave_open(tmp_path / "b", b"tail")
    recover(tmp_path / "a")
    recover(tmp_path / "b")
    assert first.with_suffix("").read_bytes() == second.with_suffix("").read_bytes()
    assert recover(tmp_path / "a") == []


def test_unknown_file_is_not_made_legitimate(tmp_path: Path) -> None:
    """A file that lacks a true seal gets no manifest line, one that has it does."""
    good = write_sample(tmp_path)
    lines, _ = read_manifest(tmp_path)
    (tmp_path / "warc" / "manifest.jsonl").unlink()
    data = good.read_bytes()
    end = [item.offset for item in iterate(good)][-1]
    good.with_name("gazette-20260204010203-00007-box.warc.gz").write_bytes(data[:end])
    flipped = bytearray(data)
    flipped[4] ^= 1  # a time in the gzip head: no checksum covers it, the seal does
    good.with_name("gazette-20260204010203-00008-box.warc.gz").write_bytes(flipped)
    recover(tmp_path)
    assert read_manifest(tmp_path)[0] == lines


def test_final_name_is_taken(tmp_path: Path) -> None:
    """Where both names are there, neither is touched, and the message says what to do."""
    path, _ = leave_open(tmp_path, b"tail")
    data = path.read_bytes()
    path.with_suffix("").write_bytes(b"somebody's")
    with pytest.raises(StorageError, match="both there"):
        recover(tmp_path)
    assert (path.read_bytes(), path.with_suffix("").read_bytes()) == (data, b"somebody's")


def test_torn_is_not_a_warc_file(tmp_path: Path) -> None:
    """What lies in ``.torn`` is left alone by recovery and verify, and never thrown away."""
    leave_open(tmp_path, b"junk")
    recover(tmp_path)
    torn = next((tmp_path / "warc").rglob("*.torn"))
    assert list(verify_archive(tmp_path, None)) == []
    assert isinstance(next(iter(iterate(torn))), Damage)
    assert torn.read_bytes() == b"junk"

"""The writer: names, groups, roll-over, and what it does when the disk refuses."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.records import Place
from archive.warc.compose import compose
from archive.warc.fields import parse_fields
from archive.warc.manifest import hash_file, read_manifest
from archive.warc.reader import Found, iterate, read_at
from archive.warc.recovery import recover
from archive.warc.seal import seal_of
from archive.warc.verify import verify_archive, verify_file
from archive.warc.writer import make_slug

from .disks import FailingDisk
from .samples import (
    INFO,
    all_groups,
    count_ids,
    make_exchange,
    make_writer,
    plain_groups,
    write_sample,
)


def files_of(root: Path) -> list[str]:
    """Names below ``warc/gazette``."""
    return sorted(path.name for path in (root / "warc" / "gazette").iterdir())


def test_places_read_back(tmp_path: Path) -> None:
    """Each place gives the record that was written there, before and after the close."""
    writer = make_writer(tmp_path)
    written = [
        (place, record)
        for group in all_groups()
        for place, record in zip(writer.write(group), group, strict=True)
    ]
    for closed in (False, True):
        if closed:
            writer.close()
        for place, record in written:
            back = read_at(tmp_path, place)
            assert (back.type, back.block) == (record.type, record.block)
            assert back.headers[:-1] == record.headers
            assert back.headers[-1][0] == "WARC-Warcinfo-ID"


def test_name_and_warcinfo(tmp_path: Path) -> None:
    """The name follows Annex C; the first record says who wrote the file, and is named by all."""
    path = write_sample(tmp_path)
    assert path.name == "gazette-20260204010203-00000-box.warc.gz"
    records = [item.record for item in iterate(path) if isinstance(item, Found)]
    info = records[0]
    assert info.type == "warcinfo"
    assert info.header("WARC-Filename") == path.name
    facts = parse_fields(info.block)
    assert facts[0] == ("format", "WARC File Format 1.1")
    assert [value for name, value in facts if name == "robots"] == INFO["robots"]
    assert {record.header("WARC-Warcinfo-ID") for record in records[1:]} == {info.id}


def test_seal_and_manifest(tmp_path: Path) -> None:
    """The last record proves all bytes before it, the manifest all bytes of the file."""
    path = write_sample(tmp_path)
    items = [item for item in iterate(path) if isinstance(item, Found)]
    seal = seal_of(items[-1].record)
    assert seal is not None
    assert (seal.records, seal.bytes) == (len(items) - 1, items[-1].offset)
    assert seal.sha256 == hash_file(path, seal.bytes)[0]
    lines, broken = read_manifest(tmp_path)
    assert broken == []
    assert [(line.sha256, line.bytes, line.records) for line in lines] == [
        (*hash_file(path), len(items))
    ]


def test_nothing_written_leaves_nothing(tmp_path: Path) -> None:
    """A writer that wrote nothing touches nothing; an empty group is no group."""
    writer = make_writer(tmp_path)
    writer.sync()
    assert writer.write(()) == ()
    writer.close()
    assert list(tmp_path.iterdir()) == []


def test_rolls_over_between_groups(tmp_path: Path) -> None:
    """Past the size the next group opens a file; a group is never split; each file is whole."""
    writer = make_writer(tmp_path, max_size=3000)
    places = [writer.write(group) for group in all_groups()]
    writer.close()
    assert all(len({place.file for place in group}) == 1 for group in places)
    assert len(files_of(tmp_path)) > 3
    assert [name[23:28] for name in files_of(tmp_path)] == [
        f"{number:05d}" for number in range(len(files_of(tmp_path)))
    ]
    assert list(verify_archive(tmp_path, None)) == []


def test_taken_name_is_passed_over(tmp_path: Path) -> None:
    """Neither a closed nor an open file of the same second is ever written into."""
    folder = tmp_path / "warc" / "gazette"
    folder.mkdir(parents=True)
    (folder / "gazette-20260204010203-00000-box.warc.gz").write_bytes(b"old")
    (folder / "gazette-20260204010203-00001-box.warc.gz.open").write_bytes(b"older")
    writer = make_writer(tmp_path)
    place = writer.write(all_groups()[0])[0]
    writer.close()
    assert place.file == "warc/gazette/gazette-20260204010203-00002-box.warc.gz"
    assert (folder / "gazette-20260204010203-00000-box.warc.gz").read_bytes() == b"old"
    assert (folder / "gazette-20260204010203-00001-box.warc.gz.open").read_bytes() == b"older"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("baolaocai", "baolaocai"),
        ("../../etc/passwd", "etc-passwd"),
        ("Báo Lào Cai", "b-o-l-o-cai"),
        ("a..b", "a.b"),
        (".hidden", "hidden"),
        ("Host_1.local\n", "host-1.local"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    """Whatever the config says, a file name has only ``[a-z0-9.-]`` and no dot in front."""
    assert make_slug(name) == slug


def test_no_slug() -> None:
    """A name without a letter or digit can name no file."""
    for name in ("", "..", "/", "đ"):
        with pytest.raises(ValueError, match="named after"):
            make_slug(name)


@pytest.mark.parametrize("size", [1, 7, 100])
def test_short_writes_are_completed(tmp_path: Path, size: int) -> None:
    """A disk that takes few bytes at a time gets all of them in the end."""
    writer = make_writer(tmp_path, disk=FailingDisk(short=size))
    writer.write(all_groups()[0])
    writer.close()
    assert list(verify_archive(tmp_path, None)) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_failed_write_leaves_whole_groups(tmp_path: Path, code: int, number: int) -> None:
    """A write that fails raises with a remedy, leaves whole groups only, and the next one works."""
    writer = make_writer(tmp_path, disk=FailingDisk({"write": {number: code}}))
    groups = plain_groups()
    kept = 0
    for group in groups:
        try:
            writer.write(group)
            kept += len(group)
        except StorageError as error:
            assert "run again" in str(error)
    writer.close()
    path = next((tmp_path / "warc" / "gazette").glob("*.gz"))
    assert len(list(iterate(path))) == kept + 2
    assert list(verify_archive(tmp_path, None)) == []


def test_disk_full_at_every_size(tmp_path: Path) -> None:
    """A disk full after any number of bytes loses nothing that was synced, and nothing is torn."""
    groups = plain_groups()[:3]
    whole = write_sample(tmp_path / "whole", groups).stat().st_size
    for room in range(0, whole + 200, 61):
        root = tmp_path / str(room)
        writer = make_writer(root, disk=FailingDisk(room=room))
        synced = []
        try:
            for group in groups:
                places = writer.write(group)
                writer.sync()
                synced += places
            writer.close()
        except StorageError:
            recovered = recover(root)
            assert all(done.torn_bytes == 0 for done in recovered)
        for place in synced:
            read_at(root, place)
        if root.exists():
            assert list(verify_archive(root, None)) == []


def test_failed_truncate_gives_the_file_up(tmp_path: Path) -> None:
    """Where even the cut back fails, the file stays open for the recovery and is left alone."""
    disk = FailingDisk({"write": {3: errno.EIO}, "truncate": {0: errno.EIO}}, short=400)
    writer = make_writer(tmp_path, disk=disk)
    with pytest.raises(StorageError):
        writer.write(plain_groups()[0])
    writer.write(plain_groups()[1])
    writer.close()
    assert [name.endswith(".open") for name in files_of(tmp_path)] == [True, False]
    assert recover(tmp_path)[0].torn_bytes > 0
    assert list(verify_archive(tmp_path, None)) == []


def test_failed_sync_is_never_tried_again(tmp_path: Path) -> None:
    """After a failed fdatasync no call reaches the file; the next group opens another."""
    disk = FailingDisk({"sync_data": {1: errno.EIO}})
    writer = make_writer(tmp_path, disk=disk)
    first = writer.write(all_groups()[0])[0]
    with pytest.raises(StorageError, match="no longer written"):
        writer.sync()
    writer.sync()
    assert disk.calls["sync_data"] == 1
    second = writer.write(all_groups()[1])[0]
    writer.sync()
    writer.close()
    assert first.file != second.file
    assert (tmp_path / (first.file + ".open")).exists()


@pytest.mark.parametrize("operation", ["sync", "rename", "sync_folder"])
def test_failed_close_is_healed(tmp_path: Path, operation: str) -> None:
    """A close that fails at any step raises, and the recovery ends with the same whole file."""
    disk = FailingDisk()
    writer = make_writer(tmp_path, disk=disk)
    places = writer.write(all_groups()[0])
    writer.sync()
    disk.fail = {operation: {disk.calls.get(operation, 0) + 1: errno.EIO}}
    with pytest.raises(StorageError):
        writer.close()
    recover(tmp_path)
    assert list(verify_archive(tmp_path, None)) == []
    assert [read_at(tmp_path, place).type for place in places] == ["response", "request"]


def test_disk_that_cannot_begin(tmp_path: Path) -> None:
    """A file that can not be made raises StorageError with the file's name."""
    writer = make_writer(tmp_path, disk=FailingDisk({"create": {0: errno.EACCES}}))
    with pytest.raises(StorageError, match=r"gazette-.*cannot be made"):
        writer.write(all_groups()[0])


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two writers with the same clock, ids and host make the same file."""
    first, second = write_sample(tmp_path / "a"), write_sample(tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_group_is_one_write(tmp_path: Path) -> None:
    """A group goes to the disk with one call, the warcinfo of a new file with the first."""
    disk = FailingDisk()
    writer = make_writer(tmp_path, disk=disk)
    for number, group in enumerate(all_groups()[:3], 1):
        writer.write(group)
        assert disk.calls["write"] == number


def test_torn_manifest_line_is_replaced(tmp_path: Path) -> None:
    """A manifest that ends in half a line loses the half, and gains the new line."""
    (tmp_path / "warc").mkdir()
    whole = b'{"bytes":1,"file":"warc/x/a.warc.gz","records":1,"sha256":"00"}\n'
    (tmp_path / "warc" / "manifest.jsonl").write_bytes(whole + b'{"bytes":17')
    write_sample(tmp_path)
    text = (tmp_path / "warc" / "manifest.jsonl").read_bytes()
    assert text.startswith(whole)
    assert json.loads(text.splitlines()[0])["records"] == 1
    assert len(read_manifest(tmp_path)[0]) == 2


def test_failed_manifest_is_healed(tmp_path: Path) -> None:
    """A manifest that could not be written leaves a closed file that recovery lists."""
    disk = FailingDisk()
    writer = make_writer(tmp_path, disk=disk)
    writer.write(compose(make_exchange(), new_id=count_ids()))
    disk.fail = {"write": {3: errno.ENOSPC}}  # group, seal, manifest
    with pytest.raises(StorageError, match="manifest"):
        writer.close()
    path = next((tmp_path / "warc" / "gazette").glob("*.gz"))
    assert list(verify_file(path)) == []
    assert [one.code for one in verify_archive(tmp_path, None)] == ["unlisted"]
    assert recover(tmp_path) == []
    assert list(verify_archive(tmp_path, None)) == []


def test_place_is_relative(tmp_path: Path) -> None:
    """A place names the final file, with slashes, from the archive's folder on."""
    place = make_writer(tmp_path).write(all_groups()[0])[0]
    assert isinstance(place, Place)
    assert place.file.startswith("warc/gazette/gazette-") and place.file.endswith(".warc.gz")
    assert (tmp_path / (place.file + ".open")).is_file()

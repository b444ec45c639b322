"""ARC files and WARC files packed as a whole become files of one member per record."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archive.errors import DamageError
from archive.warc.convert import convert
from archive.warc.reader import Found, iterate
from archive.warc.record import print_record
from archive.warc.verify import verify_file

from .samples import all_groups, count_ids

BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-odd:1\r\n\r\n<p>x</p>"
HEAD = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n\n"


def make_arc() -> bytes:
    """An ARC file with two pages."""
    parts = [b"filedesc://a.arc 0.0.0.0 20060102030405 text/plain %d\n%s\n" % (len(HEAD), HEAD)]
    for number in (1, 2):
        line = b"http://gazette.test/%d 127.0.0.1 2006010203040%d text/html %d\n%s\n"
        parts.append(line % (number, number, len(BODY), BODY))
    return b"".join(parts)


@pytest.mark.parametrize("packed", [False, True])
def test_arc(tmp_path: Path, packed: bool) -> None:
    """An ARC file gives responses with their bytes, addresses and dates, one member each."""
    source = tmp_path / ("a.arc.gz" if packed else "a.arc")
    source.write_bytes(gzip.compress(make_arc()) if packed else make_arc())
    target = tmp_path / "a.warc.gz"
    assert convert(source, target, new_id=count_ids()) == 3
    items = [item for item in iterate(target) if isinstance(item, Found)]
    assert all(item.addressable for item in items)
    assert [(one.record.url, one.record.date, one.record.block) for one in items[1:]] == [
        ("http://gazette.test/1", "2006-01-02T03:04:01Z", BODY),
        ("http://gazette.test/2", "2006-01-02T03:04:02Z", BODY),
    ]
    assert list(verify_file(target)) == []


def test_whole_file_member(tmp_path: Path) -> None:
    """A WARC file in one gzip member keeps its records, and each can then be read by itself."""
    records = [record for group in all_groups() for record in group]
    source, target = tmp_path / "a.warc.gz", tmp_path / "b.warc.gz"
    source.write_bytes(gzip.compress(b"".join(map(print_record, records))))
    assert convert(source, target, new_id=count_ids()) == len(records)
    items = [item for item in iterate(target) if isinstance(item, Found)]
    assert [item.record for item in items] == records
    assert all(item.addressable for item in items)


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz", "a.warc"])
def test_damaged_source_is_refused(tmp_path: Path, name: str) -> None:
    """A cut source raises with its place and leaves no copy that looks whole."""
    plain = b"".join(print_record(record) for record in all_groups()[0])
    data = {"a.arc": make_arc(), "a.arc.gz": gzip.compress(make_arc()), "a.warc": plain}[name]
    (tmp_path / name).write_bytes(data[:-20])
    with pytest.raises(DamageError, match="whole copy"):
        convert(tmp_path / name, tmp_path / "b.warc.gz", new_id=count_ids())
    assert not (tmp_path / "b.warc.gz").exists()

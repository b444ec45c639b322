"""The verifier: what each part of an archive can suffer, and what it says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.digests import sha256_of
from archive.lock import Lock
from archive.rebuild import rebuild
from archive.warc.compose import event
from archive.warc.disk import OsDisk
from archive.warc.manifest import Line, add_line, hash_file
from archive.warc.record import Record, print_record, serialise
from archive.warc.rows import Rows
from archive.warc.verify import Checked, Problem, list_files, verify_archive, verify_file

from .samples import AT, all_groups, count_ids, make_writer, plain_groups, write_sample


def index_of(root: Path) -> Path:
    """The index of every WARC file of ``root``."""
    rebuild(root)
    return root / "index.db"


def write_pages(root: Path) -> Path:
    """A closed file with a group of each kind but for the events, whose words are not real."""
    return write_sample(root, all_groups()[:-2])


def test_whole_archive_is_clean(tmp_path: Path) -> None:
    """Files of every kind of record, over several roll-overs, with their index: no problem."""
    writer = make_writer(tmp_path, max_size=4000)
    for group in all_groups()[:-2]:
        writer.write(group)
    writer.close()
    index = index_of(tmp_path)
    heard: list[tuple[int, int]] = []
    checked = Checked()
    problems = verify_archive(
        tmp_path, index, progress=lambda *now: heard.append(now), checked=checked
    )
    assert list(problems) == []
    assert (checked.files, checked.left_out) == (len(list_files(tmp_path)), [])
    assert (checked.rows, checked.bytes) == (17, heard[-1][1])
    since = AT + timedelta(minutes=50)
    assert list(verify_archive(tmp_path, index, since=since, checked=checked)) == []
    assert "without captures since then" in checked.left_out[0]


def test_sample_is_drawn_by_its_seed(tmp_path: Path) -> None:
    """The same seed draws the same captures, another seed others, and what was left out is said."""
    write_pages(tmp_path)
    index = index_of(tmp_path)
    rows = Rows(index)
    drawn = [[row.id for row in rows.sample(5, seed=seed)] for seed in (1, 1, 2)]
    rows.close()
    assert drawn[0] == drawn[1] != drawn[2]
    checked = Checked()
    assert list(verify_archive(tmp_path, index, sample=5, seed=1, checked=checked)) == []
    assert checked.rows == 5
    assert "12 of 17 captures" in checked.left_out[0]


def test_progress_goes_to_the_end(tmp_path: Path) -> None:
    """Progress never goes back and ends at all of it, whole and sampled."""
    write_pages(tmp_path)
    index = index_of(tmp_path)
    heard: list[tuple[int, int]] = []
    list(verify_archive(tmp_path, index, progress=lambda *now: heard.append(now)))
    assert heard[-1][0] == heard[-1][1] > 0
    assert heard == sorted(heard)


def codes(problems: Iterator[Problem]) -> list[str]:
    """The codes of these problems."""
    return [problem.code for problem in problems]


CHANGES = {
    "url": "UPDATE captures SET url = 'http://x/' WHERE id = 2",
    "status": "UPDATE captures SET status = 404 WHERE id = 1",
    "kind": "UPDATE captures SET kind = 'resource' WHERE id = 1",
    "captured_at": "UPDATE captures SET captured_at = '2026-02-04T01:02:03.456788Z' WHERE id = 1",
    "payload_digest": "UPDATE captures SET payload_digest = 'sha256:' || hex(zeroblob(32)) "
    "WHERE id = 1",
    "revisit payload_digest": "UPDATE captures SET payload_digest = NULL WHERE kind = 'revisit'",
    "payload_length": "UPDATE captures SET payload_length = 1 WHERE id = 1",
    "truncated": "UPDATE captures SET truncated = 'length' WHERE id = 1",
    "record_id": "UPDATE captures SET record_id = '<urn:x>' WHERE id = 1",
    "warc_length": "UPDATE captures SET warc_length = warc_length - 1 WHERE id = 1",
    "warc_offset": "UPDATE captures SET warc_offset = warc_offset + 1 WHERE id = 1",
    "warc_file": "UPDATE captures SET warc_file = 'warc/gazette/none.warc.gz' WHERE id = 1",
    "digest label": "UPDATE captures SET payload_digest = 'crc:1' WHERE id = 1",
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_column_is_held_against_the_record(tmp_path: Path, name: str) -> None:
    """A row that differs from its record in any column is reported, read whole or sampled."""
    write_pages(tmp_path)
    index = index_of(tmp_path)
    with sqlite3.connect(index) as db:
        assert db.execute(CHANGES[name]).rowcount > 0
    db.close()
    assert codes(verify_archive(tmp_path, index)) != []
    assert codes(verify_archive(tmp_path, index, sample=1000)) != []
    assert codes(verify_archive(tmp_path, None)) == []


def test_record_without_a_row(tmp_path: Path) -> None:
    """A capture that the index lacks is reported with its address, and the remedy is a rebuild."""
    write_pages(tmp_path)
    index = index_of(tmp_path)
    with sqlite3.connect(index) as db:
        db.execute("DELETE FROM captures WHERE id = 3")
    db.close()
    problems = list(verify_archive(tmp_path, index))
    assert codes(iter(problems)) == ["not-indexed"]
    assert problems[0].message.endswith("(http://gazette.test/page-0) has no row in the index")
    assert "khobao repair" in problems[0].remedy


def test_broken_index(tmp_path: Path) -> None:
    """An index that is missing, no database, or without its table is one problem, no traceback."""
    write_pages(tmp_path)
    for name, data in (("none.db", None), ("junk.db", b"not a database" * 100), ("empty.db", b"")):
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        assert codes(verify_archive(tmp_path, path)) == ["index"]


def test_fixity(tmp_path: Path) -> None:
    """Vanished, changed, resized and unknown files, and a broken manifest, are reported."""
    path = write_sample(tmp_path)
    data, listing = path.read_bytes(), tmp_path / "warc" / "manifest.jsonl"
    lines = listing.read_bytes()
    path.unlink()
    assert codes(verify_archive(tmp_path, None)) == ["vanished"]
    path.write_bytes(data + b"\0")
    assert "appended" in codes(verify_archive(tmp_path, None))
    path.write_bytes(data[:100] + b"\xff" + data[101:])
    assert "changed" in codes(verify_archive(tmp_path, None))
    path.write_bytes(data)
    listing.write_bytes(b"")
    assert codes(verify_archive(tmp_path, None)) == ["unlisted"]
    listing.write_bytes(lines + b"{}\n" + lines[:20])
    assert codes(verify_archive(tmp_path, None)) == ["manifest", "manifest"]
    listing.write_bytes(lines + lines.replace(b'"sha256":"', b'"sha256":"0'))
    assert codes(verify_archive(tmp_path, None)) == ["manifest"]


def test_foreign_file_by_import_event(tmp_path: Path) -> None:
    """A foreign file is known by the import event that took it in, or by a manifest line."""
    foreign = tmp_path / "warc" / "foreign" / "a.warc.gz"
    foreign.parent.mkdir(parents=True)
    headers = (("WARC-Record-ID", "<urn:x:1>"), ("WARC-Date", "2020-01-01T00:00:00Z"))
    data = serialise(Record("metadata", headers, b"x"))
    foreign.write_bytes(data)
    assert codes(verify_archive(tmp_path, None)) == ["unlisted"]
    facts = {"file": "warc/foreign/a.warc.gz", "sha256": sha256_of(data)[7:], "size": len(data)}
    write_sample(
        tmp_path, [(event("import", facts, url=None, refers_to=None, at=AT, new_id=count_ids()),)]
    )
    assert codes(verify_archive(tmp_path, None)) == []
    foreign.write_bytes(data * 2)
    assert "appended" in codes(verify_archive(tmp_path, None))
    other = foreign.with_name("b.warc.gz")
    other.write_bytes(data)
    digest, size = hash_file(other)
    add_line(tmp_path, Line("warc/foreign/b.warc.gz", size, digest, 1), OsDisk())
    assert "unlisted" not in codes(verify_archive(tmp_path, None))


def test_what_an_interrupted_import_leaves_says_how_to_end_it(tmp_path: Path) -> None:
    """A half copy is no damage; another stray file is not taken for one."""
    for name in ("foreign/ky.warc.gz.part", "bao/ghi-chú.txt"):
        path = tmp_path / "warc" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"nua")
    said = [str(one) for one in verify_archive(tmp_path, None) if isinstance(one, Problem)]
    half, other = sorted(said, key=lambda one: "ghi" in one)
    assert half.startswith("warc/foreign/ky.warc.gz.part: what an interrupted import left behind")
    assert half.endswith("give the import again, which copies it anew, or delete it")
    assert other.endswith("move it out of warc/, where only Kho Báo's own files belong")


def test_missing_revisit_target(tmp_path: Path) -> None:
    """A revisit whose original is nowhere, is a revisit itself, or is another one, is reported."""
    first, second, third, *_ = all_groups()
    write_sample(tmp_path / "none", [second])
    assert codes(verify_archive(tmp_path / "none", None)) == ["target"]
    wrong = [swap(second[0], "WARC-Refers-To", third[0].id), *second[1:]]
    write_sample(tmp_path / "revisit", [first, third, tuple(wrong)])
    assert "target" in codes(verify_archive(tmp_path / "revisit", None))
    for name, value in (
        ("WARC-Refers-To-Date", AT.strftime("%Y-%m-%dT%H:%M:%S.000000Z")),
        ("WARC-Refers-To-Target-URI", "http://other/"),
        ("WARC-Payload-Digest", "sha256:" + "0" * 64),
    ):
        wrong = [swap(second[0], name, value), *second[1:]]
        write_sample(tmp_path / name, [first, tuple(wrong)])
        assert codes(verify_archive(tmp_path / name, None)) == ["target"]


def swap(record: Record, name: str, value: str) -> Record:
    """The record with another value in one field."""
    headers = tuple((key, value if key == name else old) for key, old in record.headers)
    return Record(record.type, headers, record.block)


def test_open_files(tmp_path: Path) -> None:
    """A tail in an open file is a crash's, unless a writer lives; damage further in always is."""
    writer = make_writer(tmp_path)
    writer.write(plain_groups()[0])
    writer.sync()
    path = next((tmp_path / "warc" / "gazette").glob("*.open"))
    assert codes(verify_archive(tmp_path, None)) == ["unfinished"]
    with Lock(tmp_path):
        assert codes(verify_archive(tmp_path, None)) == []
    whole = path.read_bytes()
    path.write_bytes(whole + b"\x1f\x8b")
    assert codes(verify_archive(tmp_path, None)) == ["unfinished"]
    with Lock(tmp_path):
        assert codes(verify_archive(tmp_path, None)) == []
        path.write_bytes(whole[:50] + b"\0" + whole[51:])
        assert "framing" in codes(verify_archive(tmp_path, None))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"WARC-Record-ID": None}, "record-id"),
        ({"WARC-Record-ID": "urn:x:1"}, "record-id"),
        ({"WARC-Date": None}, "date"),
        ({"WARC-Date": "yesterday"}, "date"),
        ({"WARC-Target-URI": None}, "missing-field"),
        ({"WARC-Truncated": "maybe"}, "truncated"),
        ({"WARC-Block-Digest": "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, "block-digest"),
        ({"WARC-Block-Digest": "crc32:00"}, "digest-unknown"),
        ({"WARC-Payload-Digest": "md5:" + "0" * 32}, "payload-digest"),
    ],
)
def test_rules_for_foreign_records(
    tmp_path: Path, fields: dict[str, str | None], code: str
) -> None:
    """A foreign record is held to the mandatory fields and to the digests it has."""
    headers = {"WARC-Record-ID": "<urn:x:1>", "WARC-Date": "2020-01-01T00:00:00Z"}
    changed = {"WARC-Target-URI": "http://x/", **headers, **fields}
    kept = tuple((name, value) for name, value in changed.items() if value is not None)
    path = tmp_path / "x.warc"
    path.write_bytes(print_record(Record("response", kept, b"HTTP/1.1 200 OK\r\n\r\nabc")))
    assert codes(verify_file(path)) == [code]


def test_foreign_payload_digest_either_way(tmp_path: Path) -> None:
    """A foreign digest of a chunked body is true over the payload and over the body as stored."""
    for digest in (sha256_of(b"ab"), sha256_of(b"2\r\nab\r\n0\r\n\r\n")):
        headers = (
            ("WARC-Record-ID", "<urn:x:1>"),
            ("WARC-Date", "2020-01-01T00:00:00Z"),
            ("WARC-Target-URI", "http://x/"),
            ("WARC-Payload-Digest", digest),
        )
        block = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"
        path = tmp_path / "x.warc"
        path.write_bytes(print_record(Record("response", headers, block)))
        assert codes(verify_file(path)) == []

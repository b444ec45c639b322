"""Exports: the record, the bytes of each format, one consistent result, and writes that fail."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sqlite3
from pathlib import Path

import pytest

from archive.exports import selection
from archive.exports.csv import format_cell
from archive.exports.export import FORMATS, export
from archive.exports.record import FIELDS
from archive.exports.selection import ExportError
from tests.exports.pieces import PIECES, RICH
from tests.search.corpus import Piece, add, build

ROOT = Path(__file__).parents[2]

# design/search.md, "Record for researchers", in its order.
SPEC = """schema_version, id, url, canonical_url, site, publisher, domain, province, title,
description, text, authors, agency, section, breadcrumbs, tags, date_published, date_precision,
date_published_raw, date_modified, language, word_count, images, related, is_free, version,
is_latest, first_seen_at, last_seen_at, gone_at, removed_at, captured_at, http_status, mime,
warc_file, warc_offset, warc_length, warc_record_id, payload_digest, parts, text_sha256,
duplicate_cluster, extractor, profile, warnings, robots_allowed, meta_robots, x_robots_tag,
tdm_reservation, license"""


def read(db: sqlite3.Connection, path: Path, **choice: object) -> list[dict[str, object]]:
    """Records of an export as JSON Lines."""
    count = export(db, "jsonl", path, **choice)  # type: ignore[arg-type]
    records = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
    assert count == len(records)
    return records


def test_the_record_is_the_one_of_the_design(db: sqlite3.Connection, tmp_path: Path) -> None:
    """Every field of the design, in its order, with the values of the index."""
    record = read(db, tmp_path / "a.jsonl", site="baivang")[0]
    assert list(record) == list(FIELDS) == re.split(r",\s+", SPEC)
    assert record == {
        **dict.fromkeys(FIELDS),
        "schema_version": 1,
        "id": 1,
        "url": RICH.url,
        "site": "baivang",
        "domain": "baivang.example",
        "province": "Lào Cai",
        "title": RICH.title,
        "description": RICH.lead,
        "text": RICH.body,
        "authors": ["Lê Đ", "Ngọc Ánh"],
        "breadcrumbs": [],
        "tags": ["đảng", "thi đua"],
        "date_published": RICH.published,
        "language": "vi",
        "word_count": record["word_count"],
        "images": [
            {"url": url, "caption": caption, "credit": credit}
            for url, caption, credit in RICH.images
        ],
        "related": [{"url": url, "title": title} for url, title in RICH.related],
        "parts": [],
        "is_free": True,
        "version": 1,
        "is_latest": True,
        "first_seen_at": RICH.seen_at,
        "last_seen_at": RICH.seen_at,
        "captured_at": RICH.seen_at,
        "http_status": 200,
        "mime": "text/html",
        "warc_file": "warc/baivang/baivang-1.warc.gz",
        "warc_offset": 1000,
        "warc_length": 900,
        "warc_record_id": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
        "payload_digest": f"sha256:{1:064x}",
        "text_sha256": record["text_sha256"],
        "extractor": "khobao/1",
        "profile": "0" * 64,
        "warnings": [],
        "license": "CC BY 4.0",
    }


def test_order_is_site_address_version_whatever_the_ids(tmp_path: Path) -> None:
    """The same articles put in in another order give the same lines, but for ids and captures."""
    lines = []
    for pieces in (PIECES[:3], PIECES[2::-1]):
        urls = ("https://z.example/1", "https://a.example/2", "https://m.example/3")
        named = dict(zip((piece.title for piece in PIECES[:3]), urls, strict=True))
        moved = [Piece(p.title, url=named[p.title], site=p.site) for p in pieces]
        records = read(build(moved), tmp_path / "a.jsonl")
        lines.append([(r["site"], r["url"], r["title"]) for r in records])
    assert lines[0] == lines[1] == sorted(lines[0])


@pytest.mark.parametrize("format", FORMATS)
def test_twice_the_same_bytes(db: sqlite3.Connection, tmp_path: Path, format: str) -> None:
    """Two exports, whenever and wherever they are made, are equal byte for byte."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert export(db, format, tmp_path / name / f"{name}.out", all_versions=True) == 4
    one, two = (p.read_bytes() for p in sorted(tmp_path.rglob("*.out")))
    assert one == two


def test_gzip_has_no_name_and_no_time(db: sqlite3.Connection, tmp_path: Path) -> None:
    """jsonl.gz is one gzip member of the very lines of jsonl, without file name and time."""
    export(db, "jsonl", tmp_path / "a.jsonl")
    export(db, "jsonl.gz", tmp_path / "a.jsonl.gz")
    packed = (tmp_path / "a.jsonl.gz").read_bytes()
    assert packed[:8] == b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
    assert gzip.decompress(packed) == (tmp_path / "a.jsonl").read_bytes()


def test_lines_are_lines_to_every_reader(db: sqlite3.Connection, tmp_path: Path) -> None:
    """U+2028 in a text is escaped: splitlines cuts at line feeds only; Vietnamese is legible."""
    export(db, "jsonl", tmp_path / "a.jsonl")
    text = (tmp_path / "a.jsonl").read_text("utf-8")
    assert len(text.splitlines()) == 3
    assert "Phát động thi đua" in text and "\\u2028" in text


def test_all_versions_and_the_latest(db: sqlite3.Connection, tmp_path: Path) -> None:
    """Only the latest by default; with all versions each cites the capture it was read from."""
    latest = {r["url"]: r for r in read(db, tmp_path / "a.jsonl")}
    assert [r["version"] for r in latest.values()] == [1, 1, 2]
    every = read(db, tmp_path / "b.jsonl", all_versions=True)
    changed = [r for r in every if r["url"] == "https://baixanh.example/bai-3.html"]
    assert [(r["version"], r["is_latest"], r["text"]) for r in changed] == [
        (1, False, "Mưa lũ."),
        (2, True, "Mưa lớn."),
    ]
    assert [r["warc_offset"] for r in changed] == [3000, 4000]


def test_a_revisit_is_cited_as_it_lies(db: sqlite3.Connection, tmp_path: Path) -> None:
    """A version that was read from a revisit names the revisit's record, not the original."""
    revisit = read(db, tmp_path / "a.jsonl", site="baixanh", all_versions=True)[1]
    assert (revisit["title"], revisit["warc_offset"]) == ("Tin A", 3000)
    assert revisit["warc_record_id"] == "<urn:uuid:00000000-0000-4000-8000-000000000003>"


@pytest.mark.parametrize(
    ("choice", "titles"),
    [
        ({}, ["Phát động thi đua", "Tin B", "Tin A sửa"]),
        ({"site": "baixanh"}, ["Tin B", "Tin A sửa"]),
        ({"since": "2024-02-29", "until": "2024"}, ["Tin B"]),
        ({"since": "2025"}, ["Phát động thi đua", "Tin A sửa"]),
        ({"query": "lu"}, ["Tin B"]),
        ({"query": "tin -lũ"}, ["Tin A sửa"]),
        ({"query": "tin", "site": "baixanh", "until": "2024"}, ["Tin B"]),
        ({"site": "khongco"}, []),
    ],
)
def test_paper_days_and_query_choose(
    db: sqlite3.Connection, tmp_path: Path, choice: dict[str, str], titles: list[str]
) -> None:
    """Site, days and query are all kept to; a choice of nothing is an empty file."""
    assert [r["title"] for r in read(db, tmp_path / "a.jsonl", **choice)] == titles


def read_cells(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as Python reads them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_is_for_spreadsheets(db: sqlite3.Connection, tmp_path: Path) -> None:
    """A byte order mark, CRLF, one header, arrays as JSON, null as nothing, text with its lines."""
    assert export(db, "csv", tmp_path / "a.csv") == 3
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfschema_version,id,url,")
    assert raw.count(b"\r\n") == 4
    row = read_cells(tmp_path / "a.csv")[0]
    assert list(row) == list(FIELDS)
    assert row["text"] == RICH.body
    assert json.loads(row["authors"]) == list(RICH.authors)
    assert json.loads(row["images"])[0]["caption"] == "Quang cảnh lễ"
    assert (row["is_free"], row["agency"], row["word_count"]) == ("true", "", row["word_count"])


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 214", "-5 độ", "@a", "\tx", "\rx", "'=1", "''-x", "'", "'a", "a=b", ""]
)
def test_formulas_are_disarmed_and_nothing_is_lost(text: str) -> None:
    """No cell begins as a formula, and one apostrophe less gives the text of a changed cell."""
    cell = format_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    back = cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell
    assert back == text


def test_numbers_stay_numbers() -> None:
    """A negative number is no formula; bool, null and arrays have one spelling each."""
    cells = [format_cell(value) for value in (-5, True, False, None, [], ["đ"])]
    assert cells == ["-5", "true", "false", "", "[]", '["đ"]']


def test_pages_join_without_gap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of a page, the records are the same."""
    db = build([Piece(f"Tin {n}", body="x", images=(("u", None, None),)) for n in range(25)])
    whole = read(db, tmp_path / "a.jsonl")
    for size in (1, 7, 25):
        monkeypatch.setattr(selection, "PAGE", size)
        assert read(db, tmp_path / "a.jsonl") == whole
    assert len(whole) == 25


def test_one_moment_while_a_crawl_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a writer commits between two pages is not in the export, nor is the writer held up."""
    monkeypatch.setattr(selection, "PAGE", 2)
    writer = build([Piece(f"Tin {n}", body="cũ") for n in range(6)], tmp_path / "index.db")
    reader = sqlite3.connect(f"{(tmp_path / 'index.db').as_uri()}?mode=ro", uri=True, timeout=0)
    before = read(reader, tmp_path / "before.jsonl")

    records = selection.select_records(reader, selection.Scope(), None, all_versions=False)
    first = [next(records), next(records)]
    add(writer, Piece("Tin mới", body="mới", url="https://baivang.example/a-0.html"), 90)
    add(writer, Piece("Tin 5 sửa", body="mới", url="https://baivang.example/bai-6.html"), 91)
    writer.execute("UPDATE articles SET gone_at = '2026-03-01T00:00:00Z', last_seen_at = 'x'")
    assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, "no reader waits"
    assert [*first, *records] == before
    assert not reader.in_transaction
    assert len(read(reader, tmp_path / "after.jsonl")) == 7


def test_a_reread_between_pages_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that are read again meanwhile end the export instead of mixing two readings."""
    monkeypatch.setattr(selection, "PAGE", 1)
    db = build([Piece("A"), Piece("B")], tmp_path / "index.db")
    records = selection.select_records(db, selection.Scope(), None, all_versions=False)
    next(records)
    db.execute("UPDATE versions SET profile = 'another'")
    with pytest.raises(ExportError, match="was read again during the export; run the export"):
        next(records)


def test_a_version_without_its_capture_is_loud(db: sqlite3.Connection, tmp_path: Path) -> None:
    """No capture, no article: a row that names a missing capture ends the export."""
    db.execute("DELETE FROM captures WHERE id = 1")
    (tmp_path / "a.jsonl").write_text("kept")
    with pytest.raises(ExportError, match="run `khobao verify`"):
        export(db, "jsonl", tmp_path / "a.jsonl")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("a.jsonl", "kept")]

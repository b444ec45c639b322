"""`khobao sites`: how well papers are known, what is held of them, where they moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.connection import INDEX, connect
from crawler.cli import main

MOI = """
title = "Báo Mới"
home = "https://moi.example/"
moved_from = ["cu.example"]
province = "Mới"
former = ["Mới", "Xưa"]
[trust]
seen = ["title", "home"]
"""
XUA = 'home = "https://xua.example/"\nprovince = "Xưa"\nmerged_into = "moi"\n'

CRAWLS = """
INSERT INTO crawls (crawl_id, site, started_at, outcome, software, profile) VALUES
  ('1', 'moi', '2026-04-01T00:00:00Z', 'finished', 'x', 'x'),
  ('2', 'moi', '2026-04-02T00:00:00Z', 'capped', 'x', 'x'),
  ('3', 'moi', '2026-04-03T00:00:00Z', 'unreachable', 'x', 'x'),
  ('4', 'moi', '2026-04-04T00:00:00Z', NULL, 'x', 'x')
"""
CAPTURE = (
    "INSERT INTO captures (site, kind, captured_at, warc_file, warc_length, "
    "url, status, location, warc_offset, record_id) "
    "VALUES ('moi', 'response', '2026-04-01T00:00:00Z', 'w', 1, ?, ?, ?, ?, ?)"
)
REDIRECTS = [
    ("http://cu.example/a", 301, "https://moi.example/a"),
    ("http://cu.example/a", 301, "https://moi.example/a"),
    ("http://cu.example/b", 301, "https://moi.example/b"),
    ("https://moi.example/c", 302, "https://la.example/c"),
    ("https://moi.example/d", 301, "https://www.moi.example/d"),
    ("https://moi.example/e", 200, "https://khac.example/e"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with two papers of its own, four crawls and six answers."""
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "moi.toml").write_text(MOI, encoding="utf-8")
    (tmp_path / "sites" / "xua.toml").write_text(XUA, encoding="utf-8")
    db = connect(tmp_path / INDEX, write=True)
    db.execute(CRAWLS)
    for number, (url, status, location) in enumerate(REDIRECTS):
        db.execute(CAPTURE, (url, status, location, number, str(number)))
    db.close()
    return tmp_path


def ask(root: Path, *words: str) -> tuple[int, str]:
    """Exit code and output of `khobao sites`."""
    done = CliRunner().invoke(main, ["--archive", str(root), "sites", *words])
    return done.exit_code, done.output


def rows_of(root: Path, *words: str) -> list[dict[str, Any]]:
    """The rows of --json."""
    code, output = ask(root, *words, "--json")
    assert code == 0
    return [json.loads(line) for line in output.splitlines()]


def test_rows(root: Path) -> None:
    """A row tells province then and now, trust by mark, and the last crawl that succeeded."""
    rows = {row["site"]: row for row in rows_of(root)}
    assert len(rows) == 66
    moi, xua = rows["moi"], rows["xua"]
    assert moi["last_crawl"] == "2026-04-02T00:00:00Z" and xua["last_crawl"] is None
    assert moi["trust"] == {"seen": 2, "guess": 3} and moi["former"] == ["Mới", "Xưa"]
    assert (xua["province"], xua["province_now"]) == ("Xưa", "Mới")
    assert rows["baobackan"]["province_now"] == "Thái Nguyên"


def test_table(root: Path) -> None:
    """The table shows each paper on a line: province of today, best and worst mark with counts."""
    code, output = ask(root)
    lines = {line.split()[0]: line for line in output.splitlines()}
    assert code == 0
    assert "Xưa (now Mới)" in lines["xua"] and "2 seen, 3 guess" in lines["moi"]
    assert "2026-04-02" in lines["moi"] and "vnpt" in lines["baodaklak"]


def test_moves(root: Path) -> None:
    """The map has the moves of profiles with the redirects seen, then redirects nobody wrote down;
    "www." is no move and an answer that is no redirect none either."""
    rows = {(row["from"], row["to"]): row for row in rows_of(root, "--moves")}
    assert rows["cu.example", "moi.example"] == {
        "from": "cu.example", "to": "moi.example", "site": "moi", "into": "moi",
        "reason": "moved", "trust": "guess", "redirects": 2,
    }  # fmt: skip
    assert rows["xua.example", "moi.example"]["reason"] == "merged"
    unknown = [row for row in rows.values() if row["reason"] == "redirect"]
    assert [(row["from"], row["to"], row["site"], row["into"]) for row in unknown] == [
        ("moi.example", "la.example", "moi", None)
    ]
    assert rows["baophuyen.vn", "phuyen.baodaklak.vn"]["trust"] == "seen"
    code, output = ask(root, "--moves")
    assert code == 0 and "phuyen.baodaklak.vn" in output and "from" in output.splitlines()[0]


def test_without_archive(tmp_path: Path) -> None:
    """The papers are listed, and the map shown, before there is an archive."""
    assert len(rows_of(tmp_path)) == 64
    assert all(row["redirects"] == 0 for row in rows_of(tmp_path, "--moves"))


def test_broken_file(root: Path) -> None:
    """A file that cannot be used is told, hides no other paper, and the exit code is 2."""
    (root / "sites" / "hong.toml").write_text("home = 3", encoding="utf-8")
    code, output = ask(root)
    assert code == 2 and "hong.toml" in output and "baolaocai" in output

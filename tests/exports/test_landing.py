"""Where an export lands: a file, a link, a pipe, standard output, a disk that is full."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.days import DayError
from archive.exports.export import export
from archive.exports.selection import ExportError
from archive.query import QueryError
from tests.exports.pieces import PIECES
from tests.exports.test_export import ROOT
from tests.search.corpus import Piece, build


def test_mistakes_are_told_before_anything_is_written(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    """A wrong format, day, query or place is an error with a remedy, and no file appears."""
    path = tmp_path / "a.jsonl"
    with pytest.raises(ExportError, match=r"no format 'xml'; choose one of jsonl, jsonl\.gz, csv"):
        export(db, "xml", path)
    with pytest.raises(DayError):
        export(db, "jsonl", path, since="x")
    with pytest.raises(QueryError):
        export(db, "jsonl", path, query="")
    with pytest.raises(ExportError, match="is a folder; name a file"):
        export(db, "jsonl", tmp_path)
    with pytest.raises(ExportError, match="is not there; make it"):
        export(db, "jsonl", tmp_path / "no" / "a.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_earlier_file(tmp_path: Path) -> None:
    """A write that fails half way (a limit on file size) leaves the earlier file and no other."""
    body = "chữ " * 5000
    build([Piece(f"T{n}", body=f"{body}{n}") for n in range(20)], tmp_path / "index.db").close()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.jsonl").write_text("kept")
    code = (
        "import resource, signal, sqlite3, sys; from archive.exports.export import export\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "db = sqlite3.connect('file:index.db?mode=ro', uri=True)\n"
        "try: export(db, 'jsonl', 'out/a.jsonl')\n"
        "except OSError as error: print(type(error).__name__, error.errno)"
    )
    done = run(code, tmp_path)
    assert (done.stdout, done.stderr) == (b"OSError 27\n", b"")
    assert [(p.name, p.read_text()) for p in (tmp_path / "out").iterdir()] == [("a.jsonl", "kept")]


def run(code: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run Python code in ``folder`` with the repository on its path."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_dash_is_standard_output(tmp_path: Path) -> None:
    """``-`` writes the bytes of the file to standard output, binary formats too."""
    db = build(PIECES, tmp_path / "index.db")
    export(db, "jsonl.gz", tmp_path / "a.gz")
    db.close()
    code = (
        "import sqlite3; from archive.exports.export import export\n"
        "db = sqlite3.connect('index.db'); assert export(db, 'jsonl.gz', '-') == 3"
    )
    done = run(code, tmp_path)
    assert done.stderr == b""
    assert done.stdout == (tmp_path / "a.gz").read_bytes()


def test_a_pipe_is_written_to_and_not_replaced(db: sqlite3.Connection, tmp_path: Path) -> None:
    """What is no regular file (a FIFO here, /dev/null as root) stays what it is."""
    os.mkfifo(tmp_path / "pipe")
    got = io.BytesIO()
    reader = threading.Thread(
        target=lambda: got.write((tmp_path / "pipe").read_bytes()), daemon=True
    )
    reader.start()
    export(db, "jsonl", tmp_path / "pipe")
    reader.join()
    assert len(got.getvalue().splitlines()) == 3
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_stays_a_link_and_rights_are_the_usual(
    db: sqlite3.Connection, tmp_path: Path
) -> None:
    """The target of a symbolic link is replaced, and others may read it as umask says."""
    (tmp_path / "link").symlink_to(tmp_path / "real.jsonl")
    export(db, "jsonl", tmp_path / "link")
    (tmp_path / "plain").touch()
    assert (tmp_path / "link").is_symlink()
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("real.jsonl", "plain")]
    assert modes[0] == modes[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "plain", "real.jsonl"]

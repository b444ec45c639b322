"""Brings an index up to its WARC files: what was written and not committed, or all of it.

A crash leaves records on the disk whose rows were never committed. ``warc_files.committed`` says
up to which byte a file is indexed; from there on its records are applied, by the function that
applied them in the run that died. Rejected: fetching those pages again (the bytes are here, and a
second copy is a lie about how often the paper was asked).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from archive.errors import StorageError
from archive.folders import own_files
from archive.index.apply import Context, apply
from archive.records import Place
from archive.warc.reader import Damage, Found, iterate


def catch_up(root: Path, db: sqlite3.Connection) -> tuple[int, list[tuple[str, Damage]]]:
    """Index what lies beyond the last committed byte of each file, in the open transaction.

    Returns how many records, and the damage met on the way, by file. Raises StorageError.
    """
    known = dict(db.execute("SELECT warc_file, committed FROM warc_files"))
    check_files(root, known)
    number, met = 0, []
    for name, path in own_files(root):
        start = known.get(name, 0)
        if path.stat().st_size > start:
            found: list[Damage] = []
            number += index_file(db, root, path, start=start, on_damage=found.append)
            met += [(name, damage) for damage in found]
    return number, met


def check_files(root: Path, known: Mapping[str, int]) -> None:
    """Raise StorageError when a file is gone or shorter than the index knows it.

    A crawl over it would write revisits of bytes that nobody has any more.
    """
    for name, committed in known.items():
        path = root / name
        if not path.is_file() or path.stat().st_size < committed:
            what = "is shorter than it was" if path.is_file() else "is gone"
            raise StorageError(
                f"{path} {what}",
                "put it back from a copy, or run `khobao rebuild` to go on without it",
            )


def index_file(
    db: sqlite3.Connection,
    root: Path,
    path: Path,
    *,
    start: int = 0,
    on_damage: Callable[[Damage], None],
) -> int:
    """Apply the records of one of our own files from byte ``start`` on; return how many.

    Damage is passed over and told, and so is a record that says what no record of ours says; the
    records behind it are indexed.
    """
    name = path.relative_to(root).as_posix().removesuffix(".open")
    row = db.execute("SELECT crawl_id FROM warc_files WHERE warc_file = ?", (name,)).fetchone()
    context = Context(path.parent.name, row[0] if row else None, root)
    number = 0
    for item in iterate(path, start=start):
        if isinstance(item, Damage):
            on_damage(item)
        elif words := try_apply(db, item, name, context):
            on_damage(Damage(item.offset, item.length, words))
        else:
            number += 1
    return number


def try_apply(db: sqlite3.Connection, item: Found, name: str, context: Context) -> str | None:
    """Make the rows of a record; in words why it has none, or None.

    A forged or foreign record may say anything, and one of them must not cost the index of all
    others. Raises sqlite3.OperationalError (no room) and StorageError.
    """
    db.execute("SAVEPOINT one")
    try:
        apply(db, item.record, Place(name, item.offset, item.length), context)
    except (sqlite3.OperationalError, StorageError):
        raise
    except Exception as error:  # whatever such a record makes the index stumble over
        db.execute("ROLLBACK TO one")
        return f"the record can not be indexed ({type(error).__name__}: {error})"
    finally:
        db.execute("RELEASE one")
    return None

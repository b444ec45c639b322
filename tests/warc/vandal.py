"""Mutations of a whole archive: what an accident, a careless hand or a forger may do to it.

Each kind takes an archive's folder and dice, does something to it and says what. ``FORGED`` kinds
seal the file again and write its manifest line anew, so that only references between records or
the index can tell.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from archive.digests import sha256_of
from archive.warc.manifest import NAME, hash_file
from archive.warc.reader import Found, iterate
from archive.warc.record import GZIP_HEAD, Record, print_record, serialise
from archive.warc.seal import Seal, make_seal, seal_of, serialise_seal

Kind = Callable[[Path, random.Random], str]
TABLES = (
    *("captures", "readings", "articles", "versions", "addresses", "sightings", "images"),
    *("related", "crawls", "sites", "warc_files"),
)


def own(root: Path) -> list[Path]:
    """The archive's own WARC files."""
    return [path for path in sorted(root.glob("warc/*/*.warc.gz")) if path.parent.name != "foreign"]


def pick(root: Path, dice: random.Random) -> Path:
    """One WARC file, ours or another's."""
    return dice.choice(sorted(root.glob("warc/*/*.warc.gz")))


def parts_of(path: Path) -> list[bytes]:
    """The bytes of each record."""
    data = path.read_bytes()
    found = [item for item in iterate(path) if isinstance(item, Found)]
    return [data[item.offset : item.offset + item.length] for item in found]


def records_of(path: Path) -> list[Record]:
    """The records but for the seal."""
    found = [item.record for item in iterate(path) if isinstance(item, Found)]
    return [record for record in found if seal_of(record) is None]


# -- files ----------------------------------------------------------------------------------------


def flip(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    data = bytearray(path.read_bytes())
    at = dice.randrange(len(data))
    data[at] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
    return f"{path.name}: bit of byte {at}"


def cut(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    size = dice.choice([0, 1, dice.randrange(path.stat().st_size)])
    path.write_bytes(path.read_bytes()[:size])
    return f"{path.name}: cut to {size}"


def swap_between(root: Path, dice: random.Random) -> str:
    """Two records of two files change places."""
    one, two = dice.sample(own(root), 2)
    first, second = parts_of(one), parts_of(two)
    a, b = dice.randrange(len(first)), dice.randrange(len(second))
    first[a], second[b] = second[b], first[a]
    one.write_bytes(b"".join(first))
    two.write_bytes(b"".join(second))
    return f"{one.name} {a} and {two.name} {b} swapped"


def put_in(root: Path, dice: random.Random) -> str:
    """A true record of another file takes one's place, or comes between."""
    one, two = dice.sample(own(root), 2)
    parts, member = parts_of(one), dice.choice(parts_of(two))
    at = dice.randrange(len(parts))
    parts[at : at + dice.randrange(2)] = [member]
    one.write_bytes(b"".join(parts))
    return f"{one.name}: a record of {two.name} at {at}"


def double(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    parts = parts_of(path)
    parts.insert(dice.randrange(len(parts) + 1), dice.choice(parts))
    path.write_bytes(b"".join(parts))
    return f"{path.name}: a record twice"


def recompress(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    parts = parts_of(path)
    at, level = dice.randrange(len(parts)), dice.choice([0, 1, 9])
    parts[at] = gzip.compress(gzip.decompress(parts[at]), level, mtime=dice.choice([0, 77]))
    path.write_bytes(b"".join(parts))
    return f"{path.name}: record {at} packed at level {level}"


def change_gzip_head(root: Path, dice: random.Random) -> str:
    """Time, extra flags, system or a file name in the head of a member: no checksum has them."""
    path = pick(root, dice)
    parts = parts_of(path)
    at = dice.randrange(len(parts))
    head = bytearray(GZIP_HEAD)
    spot = dice.choice([3, 4, 7, 8, 9])
    head[spot] = 8 if spot == 3 else head[spot] ^ dice.randrange(1, 256)
    name = b"name\0" if spot == 3 else b""
    parts[at] = bytes(head) + name + parts[at][10:]
    path.write_bytes(b"".join(parts))
    return f"{path.name}: gzip head of record {at}, byte {spot}"


def rewrite(root: Path, dice: random.Random) -> str:
    """A byte of a record under a new, true gzip checksum."""
    path = pick(root, dice)
    parts = parts_of(path)
    at = dice.randrange(len(parts))
    plain = bytearray(gzip.decompress(parts[at]))
    plain[dice.randrange(len(plain))] ^= 1 << dice.randrange(8)
    parts[at] = gzip.compress(bytes(plain), mtime=0)
    path.write_bytes(b"".join(parts))
    return f"{path.name}: record {at} rewritten"


def append(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    tails = (b"\n", b"    ", b"\r\n\r\n", b"\0" * 512, gzip.compress(b"", mtime=0), b"\x1f\x8b")
    tail = dice.choice([*tails, dice.randbytes(dice.randrange(1, 99)), parts_of(path)[-1]])
    before = dice.random() < 0.2
    data = path.read_bytes()
    path.write_bytes(tail + data if before else data + tail)
    return f"{path.name}: {tail[:8]!r} {'before' if before else 'behind'}"


def change_case(root: Path, dice: random.Random) -> str:
    """Field names of a record in another case: the same to a reader, other bytes."""
    path = pick(root, dice)
    parts = parts_of(path)
    at = dice.randrange(len(parts))
    plain = gzip.decompress(parts[at])
    name = dice.choice([b"WARC-Type", b"WARC-Date", b"Content-Length"])
    parts[at] = gzip.compress(plain.replace(name, dice.choice([name.lower(), name.upper()])))
    path.write_bytes(b"".join(parts))
    return f"{path.name}: {name!r} of record {at} in another case"


def remove(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    path.unlink()
    if dice.random() < 0.4:
        drop_line(root, path)
        return f"{path.name} gone, and its line"
    return f"{path.name} gone"


def rename(root: Path, dice: random.Random) -> str:
    path = pick(root, dice)
    new = dice.choice(
        [
            path.with_name("x" + path.name),
            path.with_name(path.name + ".open"),
            path.with_name(path.name + ".torn"),
            path.with_name(path.name.replace("e", "o")),
            root / "warc" / path.name,
            root / "warc" / "other" / path.name,
            root / path.name,
        ]
    )
    new.parent.mkdir(exist_ok=True)
    if dice.random() < 0.3:
        move_line(root, path, new)
    path.rename(new)
    return f"{path.name} renamed to {new.relative_to(root)}"


def swap_names(root: Path, dice: random.Random) -> str:
    one, two = dice.sample(sorted(root.glob("warc/*/*.warc.gz")), 2)
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)
    return f"{one.name} and {two.name} have changed names"


def replace_file(root: Path, dice: random.Random) -> str:
    """A folder, a link to nothing, to another file, to itself, or a pipe where a file was."""
    path = pick(root, dice)
    other = next(one for one in own(root) if one != path)
    path.unlink()
    match dice.randrange(5):
        case 0:
            path.mkdir()
        case 1:
            path.symlink_to("nowhere")
        case 2:
            path.symlink_to(other)
        case 3:
            path.symlink_to(path)
        case _:
            os.mkfifo(path)
    return f"{path.name} is no file any more"


def add_file(root: Path, dice: random.Random) -> str:
    folder = dice.choice([root / "warc", *sorted(p for p in root.glob("warc/*") if p.is_dir())])
    path = pick(root, dice)
    name = dice.choice(
        [
            *("notes.txt", ".hidden", "x.warc", "x.warc.gz", "x.warc.gz.open", "x.gz"),
            *(path.name + ".part", path.name + ".bak", "manifest.jsonl~", "empty.warc.gz"),
        ]
    )
    (folder / name).write_bytes(b"" if "empty" in name else path.read_bytes())
    return f"{name} in {folder.name}"


# -- the manifest ---------------------------------------------------------------------------------


def lines_of(root: Path) -> list[bytes]:
    return (root / NAME).read_bytes().splitlines(keepends=True)


def write_lines(root: Path, lines: list[bytes]) -> None:
    (root / NAME).write_bytes(b"".join(lines))


def drop_line(root: Path, path: Path) -> None:
    write_lines(root, [one for one in lines_of(root) if path.name.encode() not in one])


def move_line(root: Path, old: Path, new: Path) -> None:
    names = (old.relative_to(root).as_posix(), new.relative_to(root).as_posix())
    write_lines(root, [one.replace(*(n.encode() for n in names)) for one in lines_of(root)])


def change_line(root: Path, dice: random.Random) -> str:
    lines = lines_of(root)
    at = dice.randrange(len(lines))
    line = json.loads(lines[at])
    name = dice.choice(sorted(line))
    old = line[name]
    line[name] = old + 1 if isinstance(old, int) else old[:-1] + chr(ord(old[-1]) ^ 1)
    lines[at] = json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    write_lines(root, lines)
    return f"manifest line {at}: {name}"


def spoil_manifest(root: Path, dice: random.Random) -> str:
    lines = lines_of(root)
    at = dice.randrange(len(lines))
    line = json.loads(lines[at])
    spoilt = {
        "dropped": b"",
        "twice": lines[at] * 2,
        "torn": lines[at][:-9],
        "spaced": json.dumps(line).encode() + b"\n",
        "more": json.dumps({**line, "x": 1}).encode() + b"\n",
        "less": json.dumps({"file": line["file"]}).encode() + b"\n",
        "no UTF-8": b"\xff" + lines[at],
        "BOM": b"\xef\xbb\xbf" + lines[at],
        "blank line": b"\n" + lines[at],
        "CRLF": lines[at].replace(b"\n", b"\r\n"),
        "outside": lines[at].replace(b"warc/", b"../warc/"),
        "root": lines[at].replace(b'"warc/', b'"/warc/'),
        "no file": lines[at] + lines[at].replace(b".warc.gz", b"-2.warc.gz"),
        "text size": lines[at].replace(b'"bytes":', b'"bytes":"') and b"[]\n",
    }
    name = dice.choice(sorted(spoilt))
    lines[at] = spoilt[name]
    write_lines(root, lines)
    return f"manifest line {at}: {name}"


def replace_manifest(root: Path, dice: random.Random) -> str:
    path = root / NAME
    path.unlink()
    kind = dice.choice(["gone", "empty", "folder", "link", "garbage"])
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("nowhere")
    elif kind != "gone":
        path.write_bytes(dice.randbytes(500) if kind == "garbage" else b"")
    return f"manifest {kind}"


# -- the index ------------------------------------------------------------------------------------


def open_index(root: Path) -> sqlite3.Connection:
    db = sqlite3.connect(root / "index.db", isolation_level=None)
    db.execute("PRAGMA foreign_keys = OFF")
    return db


def change_value(root: Path, dice: random.Random, where: tuple[str, str] | None = None) -> str:
    """One column of one row of any table."""
    db = open_index(root)
    try:
        for _ in range(200):
            table = where[0] if where else dice.choice(TABLES)
            columns = db.execute(f"PRAGMA table_info({table})").fetchall()
            _, name, kind, required, _, _ = dice.choice(columns)
            name = where[1] if where else name
            kind = next(c[2] for c in columns if c[1] == name)
            if name == "id" and table in ("captures", "addresses"):
                continue  # a number that says nothing; what refers to it is in other columns
            keys = [c[1] for c in columns if c[5]]
            key = dice.choice(db.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall())
            where_key = " AND ".join(f"{k} IS ?" for k in keys)
            old = db.execute(f"SELECT {name} FROM {table} WHERE {where_key}", key).fetchone()[0]
            new = alter(old, kind, bool(required), dice)
            if new == old:
                continue
            try:
                db.execute(f"UPDATE {table} SET {name} = ? WHERE {where_key}", (new, *key))
            except sqlite3.IntegrityError:
                continue  # the schema itself refuses it
            return f"{table}.{name} {key}: {old!r} to {new!r}"
    finally:
        db.close()
    raise AssertionError("nothing could be changed")


def alter(old: object, kind: str, required: bool, dice: random.Random) -> object:
    """Another value of the column's type."""
    if old is not None and not required and dice.random() < 0.3:
        return None
    if kind == "INTEGER":
        return int(str(old or 0)) + dice.choice([-1, 1, 1000])
    text = str(old or "")
    return dice.choice([text + "x", text + " ", text[:-1] + "ế", text.swapcase() + "?"])


def delete_row(root: Path, dice: random.Random) -> str:
    db = open_index(root)
    table = dice.choice(TABLES)
    keys = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[5]]
    rows = db.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall()
    key = dice.choice(rows)
    db.execute(f"DELETE FROM {table} WHERE " + " AND ".join(f"{k} IS ?" for k in keys), key)
    db.close()
    return f"{table} {key} deleted"


def add_row(root: Path, dice: random.Random) -> str:
    """A copy of a row under another key."""
    db = open_index(root)
    table = dice.choice(TABLES)
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    row = list(dice.choice(db.execute(f"SELECT * FROM {table}").fetchall()))
    for _, name, kind, _, _, key in columns:
        at = [c[1] for c in columns].index(name)
        if key or name in ("url", "record_id"):
            row[at] = row[at] + 900 if kind == "INTEGER" else f"{row[at]}x"
    db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
    db.close()
    return f"{table}: a row that nobody wrote"


def spoil_search(root: Path, dice: random.Random) -> str:
    db = open_index(root)
    name = dice.choice(["articles_fts", "articles_exact"])
    row = db.execute("SELECT id, title, lead, body FROM articles LIMIT 1").fetchone()
    deeds: dict[str, tuple[str, tuple[object, ...]]] = {
        "delete": (
            f"INSERT INTO {name} ({name}, rowid, title, lead, body) VALUES ('delete', ?, ?, ?, ?)",
            row,
        ),
        "delete-all": (f"INSERT INTO {name} ({name}) VALUES ('delete-all')", ()),
        "ghost": (f"INSERT INTO {name} (rowid, title, lead, body) VALUES (999, 'a', 'b', 'c')", ()),
        "twice": (f"INSERT INTO {name} (rowid, title, lead, body) VALUES (?, ?, ?, ?)", row),
        "other words": (
            f"INSERT INTO {name} (rowid, title, lead, body) VALUES (?, 'khác', ?, ?)",
            (row[0], *row[2:]),
        ),
        "rank": (f"INSERT INTO {name} ({name}, rank) VALUES ('rank', 'bm25(1.0, 1.0, 1.0)')", ()),
        "docsize": (f"UPDATE {name}_docsize SET sz = x'010101' WHERE id = ?", row[:1]),
        "docsize gone": (f"DELETE FROM {name}_docsize WHERE id = ?", row[:1]),
        "data": (f"UPDATE {name}_data SET block = zeroblob(length(block)) WHERE id > 10", ()),
        "data gone": (f"DELETE FROM {name}_data WHERE id > 10", ()),
    }
    deed = dice.choice(sorted(deeds))
    db.execute(*deeds[deed])
    db.close()
    return f"{name}: {deed}"


def spoil_schema(root: Path, dice: random.Random) -> str:
    db = open_index(root)
    statement = dice.choice(
        [
            *("DROP INDEX captures_url", "DROP VIEW days", "DROP TRIGGER articles_changed"),
            *("DROP TABLE related", "DROP TABLE captures", "DROP TABLE articles_exact"),
            *("PRAGMA user_version = 0", "PRAGMA user_version = 99"),
            "ALTER TABLE articles ADD COLUMN note TEXT",
            "CREATE TRIGGER evil AFTER INSERT ON captures BEGIN DELETE FROM captures; END",
            "DELETE FROM captures",
            "DELETE FROM sightings",
        ]
    )
    db.execute(statement)
    db.close()
    return statement


def spoil_index_file(root: Path, dice: random.Random) -> str:
    path = root / "index.db"
    kind = dice.choice(
        ["gone", "empty", "junk", "head", "half", "folder", "other database", "link"]
    )
    data = path.read_bytes()
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("nowhere")
    elif kind == "other database":
        sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    elif kind != "gone":
        junk = {"empty": b"", "junk": dice.randbytes(9000), "head": b"X" + data[1:]}
        path.write_bytes(junk.get(kind, data[: len(data) // 8192 * 4096]))
    return f"index {kind}"


# -- forgeries ------------------------------------------------------------------------------------


def forge(root: Path, path: Path, records: list[Record]) -> None:
    """Write a file of ours again, seal and manifest line true."""
    data = b"".join(serialise(record) for record in records)
    seal = Seal(len(records), len(data), sha256_of(data)[7:], recovered=False)
    info = next((r.id for r in records if r.type == "warcinfo"), None)
    record = make_seal(seal, info, date=records[-1].date, identity="urn:x:seal")
    path.write_bytes(data + serialise_seal(record))
    name = path.relative_to(root).as_posix()
    digest, size = hash_file(path)
    line = {"bytes": size, "file": name, "records": len(records) + 1, "sha256": digest}
    drop_line(root, path)
    text = json.dumps(line, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    write_lines(root, [*lines_of(root), text])


def with_fields(record: Record, **fields: str | None) -> Record:
    """The record with other fields: ``WARC_Date="..."``; None takes one away."""
    wanted = {name.replace("_", "-"): value for name, value in fields.items()}
    kept = [(n, wanted.get(n, v)) for n, v in record.headers]
    return replace(record, headers=tuple((n, v) for n, v in kept if v is not None))


def forge_one(
    root: Path, dice: random.Random, kind: str, change: Callable[[Record], Record]
) -> str:
    """Change one record of a type in a file that has one."""
    paths = [path for path in own(root) if any(r.type == kind for r in records_of(path))]
    path = dice.choice(paths)
    records = records_of(path)
    at = dice.choice([n for n, record in enumerate(records) if record.type == kind])
    records[at] = change(records[at])
    forge(root, path, records)
    return f"{path.name}: {kind} {at} forged"


def all_of(root: Path, kind: str) -> list[Record]:
    return [record for path in own(root) for record in records_of(path) if record.type == kind]


def forge_revisit(root: Path, dice: random.Random) -> str:
    """It refers to a revisit, to nothing, to a request, or to another page's response."""
    other = {
        "revisit": dice.choice(all_of(root, "revisit")).id,
        "request": dice.choice(all_of(root, "request")).id,
        "response": dice.choice(all_of(root, "response")).id,
        "nothing": "<urn:uuid:none>",
        "gone": None,
    }
    kind = dice.choice(sorted(other))

    def change(record: Record) -> Record:
        if other[kind] == record.header("WARC-Refers-To"):
            return with_fields(record, WARC_Refers_To="<urn:uuid:none>")
        return with_fields(record, WARC_Refers_To=other[kind])

    return forge_one(root, dice, "revisit", change) + f": refers to {kind}"


def forge_pair(root: Path, dice: random.Random) -> str:
    """A request that names no response, another one, or has another date."""
    changes: list[Callable[[Record], Record]] = [
        lambda record: with_fields(record, WARC_Concurrent_To=None),
        lambda record: with_fields(record, WARC_Concurrent_To="<urn:uuid:none>"),
        lambda record: with_fields(record, WARC_Date="2026-02-03T01:00:00.000000Z"),
        lambda record: with_fields(record, WARC_Record_ID="<urn:uuid:other>"),
        lambda record: replace(record, type="metadata"),
        lambda record: replace(record, type="conversion"),
    ]
    return forge_one(root, dice, "request", dice.choice(changes)) + ": its pair"


def forge_response(root: Path, dice: random.Random) -> str:
    """Another text under true digests; another address, date, identity, status."""

    def retell(record: Record) -> Record:
        block = record.block.replace(b"<p>", b"<q>")
        payload = block.partition(b"\r\n\r\n")[2]
        return with_fields(
            replace(record, block=block),
            WARC_Block_Digest=sha256_of(block),
            WARC_Payload_Digest=sha256_of(payload),
        )

    def refuse(record: Record) -> Record:
        block = record.block.replace(b" 200 ", b" 203 ").replace(b" 404 ", b" 410 ")
        return with_fields(replace(record, block=block), WARC_Block_Digest=sha256_of(block))

    changes: list[Callable[[Record], Record]] = [
        retell,
        refuse,
        lambda record: with_fields(record, WARC_Target_URI="https://suoi.test/x.html"),
        lambda record: with_fields(record, WARC_Date="2026-02-03T01:00:00.000000Z"),
        lambda record: with_fields(record, WARC_Record_ID="<urn:uuid:other>"),
        lambda record: with_fields(record, WARC_IP_Address="10.0.0.1"),
        lambda record: with_fields(record, WARC_Payload_Digest=None),
        lambda record: with_fields(record, WARC_Block_Digest=None),
        lambda record: replace(record, headers=(*record.headers, ("WARC-Truncated", "length"))),
    ]
    return forge_one(root, dice, "response", dice.choice(changes))


def forge_event(root: Path, dice: random.Random) -> str:
    """A reading that says something else, or is no JSON."""
    path = dice.choice([path for path in own(root) if path.parent.name != "imports"])
    records = records_of(path)
    events = [n for n, r in enumerate(records) if "+json" in (r.header("Content-Type") or "")]
    at = dice.choice(events)
    old = records[at].block
    block = dice.choice([old[:-1], b"[]", b"{}", old.replace(b"s", b"z"), b"null"])
    records[at] = with_fields(replace(records[at], block=block), WARC_Block_Digest=sha256_of(block))
    forge(root, path, records)
    return f"{path.name}: event {at} says {block[:30]!r}"


def forge_order(root: Path, dice: random.Random) -> str:
    """Records dropped, doubled, swapped, or put in from elsewhere, in a file sealed again."""
    path, other = dice.sample(own(root), 2)
    records = records_of(path)
    at = dice.randrange(len(records))
    kind = dice.choice(["dropped", "doubled", "swapped", "put in"])
    if kind == "dropped":
        del records[at]
    elif kind == "doubled":
        records.insert(at, records[at])
    elif kind == "put in":
        records.insert(at, dice.choice(records_of(other)))
    else:
        to = (at + 1 + dice.randrange(len(records) - 1)) % len(records)
        records[at], records[to] = records[to], records[at]
    forge(root, path, records or records_of(other))
    return f"{path.name}: record {at} {kind}, and sealed again"


def forge_plain(root: Path, dice: random.Random) -> str:
    """A file of ours without its gzip, under its old name."""
    path = dice.choice(own(root))
    path.write_bytes(b"".join(print_record(record) for record in records_of(path)))
    return f"{path.name}: unpacked"


def restore_older(root: Path, dice: random.Random) -> str:
    """A file with its last records gone, sealed again, its index rows still there."""
    path = dice.choice(own(root))
    records = records_of(path)
    forge(root, path, records[: dice.randrange(1, len(records))])
    return f"{path.name}: its end gone, and sealed again"


FILES: tuple[Kind, ...] = (
    *(flip, cut, swap_between, put_in, double, recompress, change_gzip_head, rewrite, append),
    *(change_case, remove, rename, swap_names, replace_file, add_file),
)
LISTS: tuple[Kind, ...] = (change_line, spoil_manifest, replace_manifest)
INDEXES: tuple[Kind, ...] = (
    *(change_value, change_value, change_value, change_value, delete_row, add_row),
    *(spoil_search, spoil_schema, spoil_index_file),
)
FORGED: tuple[Kind, ...] = (
    *(forge_revisit, forge_pair, forge_response, forge_event, forge_order, forge_plain),
    restore_older,
)
KINDS = (*FILES, *LISTS, *INDEXES, *FORGED)


def copy_estate(source: Path, target: Path) -> Path:
    """A fresh copy, links as links."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target, symlinks=True)
    return target

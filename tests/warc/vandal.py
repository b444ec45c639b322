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
from pathlib import Path

from archive.warc.manifest import NAME
from archive.warc.record import GZIP_HEAD

from .forger import FORGED
from .holdings import Kind, drop_line, lines_of, own, parts_of, pick, write_lines
from .spoiler import INDEXES

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


FILES: tuple[Kind, ...] = (
    *(flip, cut, swap_between, put_in, double, recompress, change_gzip_head, rewrite, append),
    *(change_case, remove, rename, swap_names, replace_file, add_file),
)
LISTS: tuple[Kind, ...] = (change_line, spoil_manifest, replace_manifest)
KINDS = (*FILES, *LISTS, *INDEXES, *FORGED)

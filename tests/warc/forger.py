"""Forgeries: records changed, with block digests, seal and manifest line made true again."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from archive.digests import sha256_of
from archive.warc.manifest import hash_file
from archive.warc.record import Record, print_record, serialise
from archive.warc.seal import Seal, make_seal, serialise_seal

from .holdings import Kind, drop_line, lines_of, own, records_of, write_lines


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


FORGED: tuple[Kind, ...] = (
    *(forge_revisit, forge_pair, forge_response, forge_event, forge_order, forge_plain),
    restore_older,
)

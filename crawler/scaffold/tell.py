"""Says what a survey found, what it did not find, and what a person should look at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.scaffold.findings import Findings
from spiders.platform import load_platform

HEADS = {
    "found": "Found",
    "missing": "Not found",
    "look": "To be looked at by a person",
}


def describe(found: Findings, path: Path, files: list[Path]) -> dict[str, Any]:
    """The survey as data: one object for ``--json``."""
    return {
        "site": found.key,
        "profile": str(path),
        "fixture": [str(file) for file in files],
        "requests": found.requests,
        "platform": found.get("platform"),
        "articles_read": len(found.articles),
        "trust": dict(sorted(found.trust.items())),
        **{kind: [[n.about, n.says] for n in found.notes if n.kind == kind] for kind in HEADS},
    }


def write_report(found: Findings, path: Path, files: list[Path]) -> str:
    """The survey in words, for a person."""
    lines = [f"{path} and {len(files)} files of a fixture written; {found.requests} requests"]
    for kind, head in HEADS.items():
        notes = [note for note in found.notes if note.kind == kind]
        if notes:
            lines += ["", head]
            lines += [f"  {note.about:<16} {note.says}" for note in notes]
    crawl = f"khobao crawl {found.key} --max-pages 50"
    lines += ["", f"Next: {crawl}; correct what is a guess; then khobao check {found.key}"]
    return "\n".join(lines)


def tell_platform(found: Findings) -> None:
    """Note which publishing system was recognised, by what."""
    if not found.recognised:
        found.note("missing", "platform", "no known publishing system; its ways were learned")
        return
    best = found.recognised[0]
    signs = "; ".join(str(sign) for sign in best.signs[:2])
    found.note("found", "platform", f"{load_platform(best.platform).title} ({signs})")
    for other in found.recognised[1:]:
        found.note("look", "platform", f"{other.platform} has {other.points} points too")

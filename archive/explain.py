"""Explain to a person how an article was read: each field, its source, who else says so, the cuts.

    title       Khởi công tuyến đường
                from json-ld, headline · shown at article > h1.title · h1, title agree
                meta:og:title says "Khởi công tuyến đường | Báo Ví Dụ"

What is told was written down when the page was read (records.Trace); nothing is read again, so
it is the truth about the row and not about today's reader.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.find import Meant
from archive.show import load_version

Fields = dict[str, Any]

FIELDS = {  # as shown: (column, key of schema.org where the source is JSON-LD)
    "title": ("title", "headline"),
    "lead": ("lead", "description"),
    "text": ("body", "articleBody"),
    "authors": ("authors", "author"),
    "agency": ("agency", "author"),
    "published": ("date_published", "datePublished"),
    "modified": ("date_modified", "dateModified"),
    "section": ("section", "articleSection"),
    "breadcrumbs": ("breadcrumbs", "BreadcrumbList"),
    "tags": ("tags", "keywords"),
    "language": ("language", "inLanguage"),
    "publisher": ("publisher", "publisher"),
    "dateline": ("dateline", ""),
    "canonical_url": ("canonical_url", ""),
    "is_free": ("is_free", "isAccessibleForFree"),
    "license": ("license", "license"),
}
_MAX_VALUE = 160  # letters of a value; `show` has it whole


def explain(db: sqlite3.Connection, meant: Meant, number: int | None) -> Fields:
    """How a version was read, or as what an address's newest capture was. Raises UsageError."""
    if meant.article_id is None:
        return {"url": meant.url, "readings": _list_readings(db, meant.url)}
    row = load_version(db, meant.article_id, number)
    trace = _load_trace(db, row["capture_id"])
    return {
        "url": row["url"],
        "version": row["version"],
        "extractor": row["extractor"],
        "profile": row["profile"],
        "template": row["template"],
        "fields": [_explain_field(name, row, trace) for name in FIELDS if _has(name, row, trace)],
        "cuts": [{"step": step, "text": text} for step, text in trace.get("cuts", ())],
        "more_cuts": trace.get("more", 0),
        "warnings": row["warnings"],
        "traced": bool(trace),
    }


def _load_trace(db: sqlite3.Connection, capture_id: int) -> Fields:
    """The trace of a capture's reading; empty where an older khobao read it or made the index."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'traces'").fetchone():
        return {}
    found = db.execute("SELECT trace FROM traces WHERE capture_id = ?", (capture_id,)).fetchone()
    trace: Fields = json.loads(found[0]) if found else {}
    return trace


def _has(name: str, row: Fields, trace: Fields) -> bool:
    told = any(field == name for field, _, _ in trace.get("said", ()))
    return row[FIELDS[name][0]] not in (None, "", []) or told


def _explain_field(name: str, row: Fields, trace: Fields) -> Fields:
    column, key = FIELDS[name]
    source = row["sources"].get(name)
    said = [(place, value) for field, place, value in trace.get("said", ()) if field == name]
    agree = dict.fromkeys(place for place, value in said if not value)
    explained: Fields = {
        "field": name,
        "value": row[column],
        "source": f"{source}:{key}" if source == "json-ld" and key else source,
        "shown_at": dict(trace.get("shown", ())).get(name),
        "agree": [place for place in agree if place.partition(":")[0] != source != place],
        "differ": [{"place": place, "value": value} for place, value in said if value],
    }
    if name == "published":
        explained |= {"precision": row["date_precision"], "raw": row["date_published_raw"]}
        explained["offset_from"] = row["sources"].get("offset")
    return explained


def _list_readings(db: sqlite3.Connection, url: str) -> list[Fields]:
    cursor = db.execute(
        "SELECT c.captured_at, r.role, r.status, r.extractor, r.warnings FROM captures c "
        "JOIN readings r ON r.capture_id = c.id WHERE c.url = ? ORDER BY c.captured_at DESC, c.id",
        (url,),
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [{**row, "warnings": json.loads(row["warnings"])} for row in rows]


def print_explained(told: Fields) -> Iterator[str]:
    """Yield the lines of what ``explain`` returned."""
    yield told["url"]
    if "fields" not in told:
        yield from _print_readings(told["readings"])
        return
    template = f", template {told['template']}" if told["template"] else ""
    yield (
        f"version {told['version']}, read by {told['extractor']}, profile {told['profile']}"
        f"{template}"
    )
    if not told["traced"]:
        yield "read before traces were kept: nobody noted who else said so, and what was cut"
    yield ""
    for field in told["fields"]:
        yield from _print_field(field)
    yield ""
    if told["traced"]:
        yield from _print_cuts(told["cuts"], told["more_cuts"])
    if told["warnings"]:
        yield "warnings"
        yield from (f"  {words}" for words in told["warnings"])


def _print_field(field: Fields) -> Iterator[str]:
    yield f"{field['field']:<14}{_shorten(field['value'])}"
    facts = [f"from {field['source'] or 'nowhere'}"]
    if field.get("raw"):
        facts.append(f'written "{field["raw"]}", to the {field["precision"]}')
    if field.get("offset_from"):
        facts.append(f"offset from {field['offset_from']}")
    if field["shown_at"]:
        facts.append(f"shown at {field['shown_at']}")
    if field["agree"]:
        facts.append(f"{', '.join(field['agree'])} {_agree(field['agree'])}")
    yield f"{'':<14}{' · '.join(facts)}"
    yield from (f'{"":<14}{one["place"]} says "{one["value"]}"' for one in field["differ"])


def _agree(places: list[str]) -> str:
    return "agrees" if len(places) == 1 else "agree"


def _print_cuts(cuts: list[Fields], more: int) -> Iterator[str]:
    if not cuts:
        yield "nothing was cut from the text"
    else:
        yield "cut from the text"
        yield from (f"  {cut['step']:<12}{cut['text']}" for cut in cuts)
    if more:
        yield f"  and {more} more"
    yield ""


def _print_readings(readings: list[Fields]) -> Iterator[str]:
    if not readings:
        yield "no capture of it was read"
    for reading in readings:
        at = reading["captured_at"]
        yield f"captured {at}: read as {reading['role']}, {reading['status']}, not as an article"
        yield from (f"  {words}" for words in reading["warnings"])


def _shorten(value: object) -> str:
    if isinstance(value, list):
        value = " · ".join(str(item) for item in value)
    if isinstance(value, int):
        return "yes" if value else "no"
    words = " ".join(str(value if value is not None else "-").split())
    return words if len(words) <= _MAX_VALUE else f"{words[: _MAX_VALUE - 1]}…"

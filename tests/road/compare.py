"""What a fictional paper wrote against what the archive exports, field by field."""

from __future__ import annotations

from typing import Any

from archive.urls import canonical

FIELDS = (
    *("title", "description", "text", "authors", "agency", "section", "tags"),
    *("date_published", "images", "related"),
)


def expect(told: dict[str, Any]) -> dict[str, Any]:
    """Return the export's fields that a paper's truth stands for."""
    return {
        "title": told["title"],
        "description": told["lead"],
        "text": told["text"],
        "authors": told["authors"],
        "agency": told["agency"],
        "section": told["section"],
        "tags": told["tags"],
        "date_published": told["published"],
        "images": [
            {name: image[name] for name in ("url", "caption", "credit")} for image in told["images"]
        ],
        "related": sorted((canonical(link["url"]), link["title"]) for link in told["related"]),
    }


def shown(record: dict[str, Any]) -> dict[str, Any]:
    """Return the same fields of an exported record."""
    fields = {name: record[name] for name in FIELDS}
    fields["related"] = sorted((link["url"], link["title"]) for link in record["related"])
    return fields


def find_differences(
    truth: list[dict[str, Any]], records: list[dict[str, Any]]
) -> dict[str, list[tuple[str, Any, Any]]]:
    """Return, for each field, (address, expected, exported) of the articles that differ.

    ``missing`` and ``extra`` hold articles that only one side has.
    """
    wanted = {canonical(told["url"]): expect(told) for told in truth}
    found = {record["url"]: shown(record) for record in records}
    differences: dict[str, list[tuple[str, Any, Any]]] = {}
    for url in sorted(wanted.keys() ^ found.keys()):
        kind = "missing" if url in wanted else "extra"
        differences.setdefault(kind, []).append((url, None, None))
    for url in sorted(wanted.keys() & found.keys()):
        for name in FIELDS:
            if wanted[url][name] != found[url][name]:
                item = (url, wanted[url][name], found[url][name])
                differences.setdefault(name, []).append(item)
    return differences

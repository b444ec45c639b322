"""One version of an article as a record for researchers: the fields, in order, and nothing else.

Names follow schema.org NewsArticle where it has one: ``description`` is the lead (the sapo) and
``text`` the body without it, so that neither definition of "the text" is lost. Each record cites
the WARC record its words were read from; of a revisit the revisit itself is cited, as it lies.
The further pages of an article cite theirs in ``parts``.
What is not known is null (law 8): ``robots_allowed`` always is in schema 1, because the index does
not hold it. ``duplicate_cluster`` is null for an article that stands alone or is too short to be
compared, and for earlier versions.

``first_seen_at`` and ``last_seen_at`` are the article's; where all versions are exported, the
version's. Rejected: flattening arrays into strings (commas occur in captions and names).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypedDict, cast

SCHEMA_VERSION = 1


class Picture(TypedDict):
    """A picture of the article."""

    url: str
    caption: str | None
    credit: str | None


class Reference(TypedDict):
    """A link that the page shows as related news."""

    url: str
    title: str | None


class Page(TypedDict):
    """A further page of the article whose words are in the text, and the record it is cited by."""

    number: int  # 0 is a page that has the whole article
    url: str
    captured_at: str
    warc_file: str
    warc_offset: int
    warc_length: int
    warc_record_id: str
    payload_digest: str | None


class Record(TypedDict):
    """What an export says of one version of an article; the order is the order of the fields."""

    schema_version: int
    id: int  # of the article in this archive
    url: str
    canonical_url: str | None
    site: str
    publisher: str | None
    domain: str | None
    province: str | None
    title: str
    description: str | None
    text: str
    authors: list[str]
    agency: str | None
    section: str | None
    breadcrumbs: list[str]
    tags: list[str]
    date_published: str | None
    date_precision: str | None
    date_published_raw: str | None
    date_modified: str | None
    language: str | None
    word_count: int
    images: list[Picture]
    related: list[Reference]
    is_free: bool | None
    version: int
    is_latest: bool
    first_seen_at: str
    last_seen_at: str
    gone_at: str | None
    removed_at: str | None
    captured_at: str
    http_status: int | None
    mime: str | None
    warc_file: str
    warc_offset: int
    warc_length: int
    warc_record_id: str
    payload_digest: str | None
    parts: list[Page]
    text_sha256: str
    duplicate_cluster: str | None
    extractor: str
    profile: str
    warnings: list[str]
    robots_allowed: bool | None
    meta_robots: str | None
    x_robots_tag: str | None
    tdm_reservation: str | None
    license: str | None


FIELDS = tuple(Record.__annotations__)

# Fields that are a column of SQL under another name; where two tables have the name, its table.
COLUMNS = {
    "id": "a.id",
    "url": "a.url",
    "canonical_url": "a.canonical_url",
    "site": "a.site",
    "domain": "s.domain",
    "province": "s.province",
    "description": "v.lead",
    "text": "v.body",
    "captured_at": "c.captured_at",
    "http_status": "c.status",
    "mime": "c.mime",
    "warc_file": "c.warc_file",
    "warc_offset": "c.warc_offset",
    "warc_length": "c.warc_length",
    "warc_record_id": "c.record_id",
    "payload_digest": "c.payload_digest",
}
ARRAYS = ("authors", "breadcrumbs", "tags", "warnings")
# Not columns of a version: constants, the parts, and what the list of an export fixed beforehand.
ELSEWHERE = (
    *("schema_version", "images", "related", "parts", "is_latest", "first_seen_at", "last_seen_at"),
    *("gone_at", "removed_at", "duplicate_cluster", "robots_allowed"),
)


def list_columns() -> tuple[str, ...]:
    """Return the fields that are read as columns of ``versions v``, ``articles a``, ``sites s``
    and ``captures c``, each as ``expression AS field``."""
    names = (name for name in FIELDS if name not in ELSEWHERE)
    return tuple(f"{COLUMNS.get(name, f'v.{name}')} AS {name}" for name in names)


def compose(
    row: Mapping[str, object],
    *,
    seen: Mapping[str, object],
    images: list[Picture],
    related: list[Reference],
    parts: list[Page],
) -> Record:
    """Return the record of a row of ``list_columns``; ``seen`` has is_latest, the instants and
    the cluster's number."""
    cluster = seen["duplicate_cluster"]
    known: dict[str, object] = {
        **row,
        **seen,
        **{name: json.loads(str(row[name])) for name in ARRAYS},
        "schema_version": SCHEMA_VERSION,
        "is_free": None if row["is_free"] is None else bool(row["is_free"]),
        "is_latest": bool(seen["is_latest"]),
        "images": images,
        "related": related,
        "parts": parts,
        "duplicate_cluster": None if cluster is None else str(cluster),
        "robots_allowed": None,
    }
    return cast(Record, {name: known[name] for name in FIELDS})

"""The pages with truth that reading is measured on, their halves and their fixed samples.

    $KHOBAO_SHARED/pages/<corpus>/truth.jsonl    a row a page: id, html_path, url, title, text, ...
    $KHOBAO_SHARED/pages/<corpus>/pages/*.html.gz

Decision: rules are worked out on half A of each corpus and shown on half B as well; a page's half
is one bit of the SHA-256 of its id, so that it stays where it is when a corpus grows. Rejected:
every other row, since corpora list a paper's pages one after the other.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any, Literal

from tests.shared import SHARED

PAGES = SHARED / "pages"
CORPORA = (
    "fundus",
    "fundus_history",
    "aeb",
    "cleanportaleval",
    "trafilatura",
    "wcxb_article",
    "htmldate_mediacloud",
)
WITHOUT_LEAD = frozenset(("cleanportaleval",))  # whose truth mostly leaves the standfirst out
QUICK = 24  # pages of each corpus in the quick form
UNKNOWN = "https://unknown.example/"

Row = dict[str, Any]
Half = Literal["a", "b"]


def list_rows(corpus: str, sample: int | None = None) -> list[Row]:
    """The truth rows of a corpus; with ``sample`` about so many, the same ones each time."""
    path = PAGES / corpus / "truth.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if sample is None or sample >= len(rows):
        return rows
    drawn = {row["id"] for row in sorted(rows, key=_draw)[:sample]}
    return [row for row in rows if row["id"] in drawn]


def load_page(corpus: str, row: Row) -> bytes:
    """The bytes of a row's page."""
    return gzip.decompress((PAGES / corpus / row["html_path"]).read_bytes())


def name_half(row: Row) -> Half:
    """The half a page is in: "a" is worked on, "b" is only looked at by the score."""
    return "ab"[hashlib.sha256(row["id"].encode()).digest()[0] & 1]  # type: ignore[return-value]


def _draw(row: Row) -> bytes:
    return hashlib.sha256(b"sample " + row["id"].encode()).digest()

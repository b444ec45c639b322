"""Writes one article of a new paper and how it was read, as a pair of files for a later test.

    <key>/article.html    the page, without its content coding
    <key>/article.json    {"url", "captured_at", "content_type", "reviewed", "expected": {...}}

``reviewed`` is false until a person has compared the reading with the page: until then the pair
only says that nothing has changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archive.records import Article
from crawler.scaffold.kinds import Judged


def choose_article(pages: list[Judged]) -> Judged | None:
    """The article with most fields, of those the longest; the first address of equals."""

    def rank(page: Judged) -> tuple[int, int, str]:
        one = page.reading.article
        if one is None:
            return 0, 0, page.visit.url
        fields = (one.title, one.lead, one.text, one.published, one.authors, one.images)
        return sum(map(bool, fields)), min(len(one.text), 6000), page.visit.url

    return max(pages, key=rank, default=None)


def write_fixture(page: Judged, folder: Path) -> list[Path]:
    """Write the pair into ``folder``; return both paths."""
    folder.mkdir(parents=True, exist_ok=True)
    article = page.reading.article
    data = {
        "url": page.visit.url,
        "captured_at": page.visit.captured_at.isoformat(timespec="seconds"),
        "content_type": page.visit.header("content-type"),
        "reviewed": False,
        "expected": describe_article(article) if article else None,
    }
    html, told = folder / "article.html", folder / "article.json"
    html.write_bytes(page.visit.data)
    told.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [html, told]


def describe_article(article: Article) -> dict[str, Any]:
    """The fields of an article that a fixture compares."""
    return {
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "published": article.published.value if article.published else None,
        "authors": list(article.authors),
        "section": article.section,
    }

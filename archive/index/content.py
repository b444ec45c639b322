"""The columns of a text: what ``articles`` and ``versions`` say of an article's words."""

from __future__ import annotations

import re
import sqlite3

from archive.digests import text_digest
from archive.events import dump
from archive.records import Capture, Reading


def describe_content(
    db: sqlite3.Connection, capture: Capture, reading: Reading
) -> dict[str, object]:
    """Return the columns of tables.WORDS, and the capture they were read from."""
    article = reading.article
    assert article is not None
    published = article.published
    languages = (article.language, reading.language)
    fold = _fold_stroke if _is_vietnamese(db, capture.site, *languages) else str
    title, lead = fold(article.title), fold(article.lead) if article.lead else None
    body = fold(article.text)
    robots = db.execute("SELECT x_robots_tag FROM captures WHERE id = ?", (capture.id,)).fetchone()
    return {
        "title": title,
        "lead": lead,
        "body": body,
        "authors": dump(article.authors),
        "agency": article.agency,
        "section": article.section,
        "breadcrumbs": dump(article.breadcrumbs),
        "tags": dump(article.tags),
        "date_published": published.value if published else None,
        "date_precision": published.precision if published else None,
        "date_published_raw": published.raw if published else None,
        "published_on": published.value[:10] if published else None,
        "date_modified": article.modified.value if article.modified else None,
        "language": article.language or reading.language,
        "publisher": article.publisher,
        "dateline": article.dateline,
        "word_count": len(re.findall(r"\w+", f"{lead or ''} {body}")),
        "is_free": None if article.is_free is None else int(article.is_free),
        "meta_robots": article.meta_robots,
        "x_robots_tag": robots[0] if robots else None,
        "tdm_reservation": article.tdm_reservation,
        "license": article.license,
        "text_sha256": text_digest(body),
        "words_sha256": text_digest(f"{title}\n{lead or ''}\n{body}"),
        "extractor": reading.extractor,
        "profile": reading.profile,
        "template": reading.template,
        "warnings": dump(reading.warnings),
        "sources": dump(article.sources),
        "capture_id": capture.id,
    }


def _is_vietnamese(db: sqlite3.Connection, site: str, *declared: str | None) -> bool:
    for language in declared:
        if language:
            return language.lower().startswith("vi")
    row = db.execute("SELECT language FROM sites WHERE site = ?", (site,)).fetchone()
    return bool(row and row[0] and row[0].startswith("vi"))


def _fold_stroke(text: str) -> str:
    """Write Đ where a Vietnamese page has U+00D0 or U+00F0, which only look like it.

    Icelandic and Faroese have those letters in earnest: hence the language check.
    """
    return text.replace("\u00d0", "Đ").replace("\u00f0", "đ")

"""What an article's addresses answered since it was last seen, where that was not the article.

A captcha, a paywall's stub, a list, an error, a page that broke off: none of them says that it is
gone, but who reads its story must not take it for there. Signs of removal are told apart
(history.py).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any

from archive.index.evidence import gather

_SINCE = """
SELECT c.captured_at, c.id, c.status, c.failure, r.impostor, r.status
FROM articles a JOIN addresses d ON d.article_id = a.id JOIN captures c ON c.url = d.url
LEFT JOIN readings r ON r.capture_id = c.id
WHERE a.id = ? AND c.captured_at > a.last_seen_at AND c.method = 'GET' AND c.location IS NULL
AND c.kind <> 'resource' AND coalesce(c.status, 0) NOT IN (304, 404, 410) AND r.article_id IS NULL
ORDER BY c.captured_at, c.id
"""


def tell_unseen(db: sqlite3.Connection, article_id: int) -> Iterator[dict[str, Any]]:
    """Yield the chapter of an article's story that tells of such answers, if there are any.

    ``answers`` has how often each kind came, the most frequent first.
    """
    rows = db.execute(_SINCE, (article_id,)).fetchall()
    if not rows:
        return
    signs = {item.capture_id for item in gather(db, article_id) if item.kind == "sign"}
    found = [row for row in rows if row[1] not in signs]
    if not found:
        return
    place = db.execute(
        "SELECT captured_at, status, warc_file, warc_offset, warc_length, record_id "
        "FROM captures WHERE id = ?",
        (found[-1][1],),
    )
    yield {
        "at": found[-1][0],
        "order": 902,
        "what": "not seen",
        "times": len(found),
        "answers": dict(Counter(_name(*row[2:]) for row in found).most_common()),
        "capture": dict(
            zip([column[0] for column in place.description], place.fetchone(), strict=True)
        ),
    }


def _name(
    status: int | None, failure: str | None, impostor: str | None, reading: str | None
) -> str:
    if status is None:
        return failure or "no answer"
    if status not in (200, 203):
        return f"http {status}"
    return impostor or (reading if reading not in (None, "ok") else "no article")

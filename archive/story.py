"""One story in several papers: who had it first, whom they credit, what each changed.

A story is a cluster (archive/index/clusters.py) of at least two articles. All of its members are
counted and ordered in time; the first MOST are told one by one.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from archive.contrast import contrast
from archive.precedence import find_first
from archive.scope import Scope

MOST = 50
"""Members told one by one; a form printed without change has thousands."""

Story = dict[str, Any]
MEMBERS = """
SELECT a.id, a.site, a.url, a.title, a.agency, a.date_published, a.date_precision,
       a.first_seen_at, a.word_count, s.timezone
FROM texts t JOIN fingerprints f ON f.text = t.text JOIN articles a ON a.id = f.article_id
LEFT JOIN sites s ON s.site = a.site WHERE t.cluster = ? ORDER BY a.id
"""
CHOSEN = """
SELECT t.cluster FROM texts t JOIN fingerprints f ON f.text = t.text
JOIN articles a ON a.id = f.article_id WHERE t.cluster IN (
  SELECT t.cluster FROM articles JOIN fingerprints f ON f.article_id = articles.id
  JOIN texts t ON t.text = f.text WHERE {condition})
GROUP BY t.cluster HAVING count(*) > 1 ORDER BY max(a.published_on) DESC, t.cluster
"""


def find_cluster(db: sqlite3.Connection, article_id: int) -> int | None:
    """Return the cluster of an article, alone in it or not; None for one that is not compared."""
    row = db.execute(
        "SELECT t.cluster FROM fingerprints f JOIN texts t ON t.text = f.text "
        "WHERE f.article_id = ?",
        (article_id,),
    ).fetchone()
    return int(row[0]) if row else None


def list_stories(db: sqlite3.Connection, scope: Scope) -> Iterator[Story]:
    """Yield the stories of which an article lies in ``scope``, the newest first."""
    condition, values = scope.condition()
    chosen = db.execute(CHOSEN.format(condition=condition), values).fetchall()
    for (cluster,) in chosen:
        story = tell_story(db, cluster)
        if story is not None:
            yield story


def tell_story(db: sqlite3.Connection, cluster: int) -> Story | None:
    """Return what is known of a cluster, or None for an article that stands alone.

    ``first`` has the ids that may have been first (several: their dates do not tell), ``undated``
    counts those without a date. ``members`` has at most MOST articles in the order of their dates;
    ``changed`` compares each with the first of them.
    """
    members = _load_members(db, cluster)
    if len(members) < 2:
        return None
    found = find_first(members)
    by_id = {member["id"]: member for member in members}
    told = [by_id[number] for number in (*found.order, *found.undated)][:MOST]
    return {
        "cluster": cluster,
        "title": told[0]["title"],
        "articles": len(members),
        "papers": dict(sorted(Counter(member["site"] for member in members).items())),
        "agencies": dict(sorted(Counter(m["agency"] for m in members if m["agency"]).items())),
        "first": list(found.first[:MOST]),
        "undated": len(found.undated),
        "members": [{**member, "changed": _compare(db, told[0], member)} for member in told],
    }


def _load_members(db: sqlite3.Connection, cluster: int) -> list[dict[str, Any]]:
    cursor = db.execute(MEMBERS, (cluster,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _compare(
    db: sqlite3.Connection, first: dict[str, Any], member: dict[str, Any]
) -> dict[str, Any] | None:
    if member["id"] == first["id"]:
        return None
    return asdict(contrast(_load_words(db, first["id"]), _load_words(db, member["id"])))


def _load_words(db: sqlite3.Connection, article_id: int) -> dict[str, Any]:
    names = ("title", "lead", "body", "agency", "words_sha256")
    query = f"SELECT {', '.join(names)} FROM articles WHERE id = ?"
    return dict(zip(names, db.execute(query, (article_id,)).fetchone(), strict=True))

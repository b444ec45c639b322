"""What is held of each paper and what needs a look, for `status`."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from archive.connection import INDEX, connect
from archive.lock import is_held

PAPERS = """
SELECT s.site, s.title,
  (SELECT count(*) FROM articles a WHERE a.site = s.site) AS articles,
  (SELECT count(*) FROM articles a JOIN versions v ON v.article_id = a.id
   WHERE a.site = s.site) AS versions,
  (SELECT count(*) FROM captures c WHERE c.site = s.site) AS captures,
  (SELECT count(*) FROM articles a WHERE a.site = s.site AND gone_at IS NOT NULL) AS gone,
  (SELECT max(published_on) FROM articles a WHERE a.site = s.site) AS newest,
  c.started_at AS last_crawl, c.outcome, c.counts, c.problems
FROM sites s LEFT JOIN crawls c ON c.crawl_id =
  (SELECT crawl_id FROM crawls WHERE site = s.site ORDER BY started_at DESC LIMIT 1)
ORDER BY s.site
"""


def gather(root: Path) -> dict[str, Any]:
    """Return the archive's state as plain data. Raises StorageError without an index."""
    db = connect(root / INDEX)
    files = [path for path in (root / "warc").rglob("*") if path.is_file()]
    sites = _gather_sites(db)
    return {
        "archive": str(root),
        "sites": sites,
        "warc_files": sum(".warc" in path.name for path in files),
        "warc_bytes": sum(path.stat().st_size for path in files),
        "index_bytes": (root / INDEX).stat().st_size,
        "free_bytes": shutil.disk_usage(root).free,
        "writer": "running" if is_held(root) else "none",
        "problems": [
            *(f"{site['site']}: {problem}" for site in sites for problem in site["problems"]),
            *_find_leftovers(files, is_held(root)),
        ],
    }


def _gather_sites(db: sqlite3.Connection) -> list[dict[str, Any]]:
    cursor = db.execute(PAPERS)
    names = [column[0] for column in cursor.description]
    sites = [dict(zip(names, row, strict=True)) for row in cursor]
    for site in sites:
        site["counts"] = json.loads(site["counts"] or "{}")
        site["problems"] = json.loads(site["problems"] or "[]")
        if site["last_crawl"] and site["outcome"] is None:
            site["outcome"] = "running or killed"
    return sites


def _find_leftovers(files: list[Path], held: bool) -> list[str]:
    found = [
        f"{path.name}: a torn tail, kept for you to look at"
        for path in files
        if ".torn" in path.suffix
    ]
    if not held:
        found += [
            f"{path.name}: left open by a crash; the next crawl or `khobao repair` closes it"
            for path in files
            if path.name.endswith(".open")
        ]
    return found

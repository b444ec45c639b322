"""Whether the pages of a crawl came by halves: cut by a cache, or by a wall put up that night.

A cache may keep half of a page and close its tags: the story ends with a sentence, the length is
honest, and nothing on the one page tells it from a short story. What tells is the crawl::

    bare     nothing stands behind the text, neither list nor foot, where the paper's pages have it
             (crawler/read/offer.py writes it into the trace)
    stub     of an article that is held, the beginning alone came (walled.py)

A held article of which a beginning alone comes with nothing behind it, where its page had more, was
cut: such a reading is ``cut``, at once. In a crawl of which LEAST pages and SHARE of all came so,
and hardly any before, what was new may be half as well: it is asked for again without conditions
until a sound crawl has read it, and what is more then is what was to be read, no edit. Decision:
an article that was first seen behind a wall is completed without a row, too, and not quarantined: a
stub of a new article is told from a short story by nothing but the others of its night. Rejected:
lengths of texts (short stories come in crowds on Sundays), sizes of pages (a cache answers in
another coding), sentences without an end (a cut at a paragraph has one; Thai has none).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from archive.index.bare import lay_bare, split_story
from archive.index.held import find_held
from archive.records import Capture, Reading

LEAST, SHARE = 3, 0.2
SEEN, USUAL, SAMPLE = 20, 0.05, 200  # pages before: at least, share of such, looked at
CRAWLS, LOOKS = 30, 8  # crawls looked back; times that an article is asked for again
BARE = '["bare",'  # in what a trace shows
TAIL = 200  # letters behind a beginning: what the wall says

CODE = "body-halved"

_PAGES = f"""
SELECT c.id, c.url, r.impostor IS 'paywall-stub' AS stub,
  instr(coalesce(t.trace, ''), '{BARE}') > 0 OR instr(r.warnings, '{CODE}') > 0 AS bare
FROM captures c JOIN readings r ON r.capture_id = c.id LEFT JOIN traces t ON t.capture_id = c.id
WHERE {{}} AND r.role = 'article' AND c.status IN (200, 203)
AND (r.article_id IS NOT NULL OR r.impostor IS 'paywall-stub' OR instr(r.warnings, '{CODE}') > 0)
"""
_CRAWL = f"SELECT count(DISTINCT url), count(DISTINCT CASE WHEN {{}} THEN url END) FROM ({_PAGES})"
_BEFORE = (
    "SELECT count(*), coalesce(sum(stub), 0), coalesce(sum(bare), 0) FROM "
    f"({_PAGES} ORDER BY c.id DESC LIMIT {SAMPLE})"
)
_NEW = """
SELECT DISTINCT d.url FROM captures c
JOIN versions v ON v.capture_id = c.id AND v.version = 1
JOIN articles a ON a.id = v.article_id AND a.version = 1
JOIN addresses d ON d.article_id = a.id AND d.role = 'article' AND d.state = 'fetched'
WHERE c.crawl_id = ? ORDER BY d.url
"""


def doubt_cut(db: sqlite3.Connection, capture: Capture, reading: Reading, address: str) -> Reading:
    """Return a reading as it is, or without its article where the page ends within what is held."""
    article = reading.article
    if article is None or reading.parts or article.trace is None:
        return reading
    kept = find_held(db, capture, address, "body")
    if kept is None or BARE in kept.shown or "bare" not in dict(article.trace.shown):
        return reading
    held, left = kept.sentences(), split_story(article.lead or "", article.text)
    if not is_beginning(left, held):
        return reading
    said = f"{CODE}: {len(left)} of {len(held)} sentences that are held, and nothing behind them"
    return lay_bare(reading, "cut", said)


def count_halves(db: sqlite3.Connection, crawl_id: str | None, kind: str) -> tuple[int, int]:
    """Return how many article pages of a crawl came ``bare`` or as a ``stub``, and of how many;
    none where so many are usual, or too few were seen before."""
    row = db.execute(
        "SELECT site, started_at FROM crawls WHERE crawl_id = ?", (crawl_id,)
    ).fetchone()
    if row is None:
        return 0, 0
    read, halves = db.execute(_CRAWL.format(kind, "c.crawl_id = ?"), (crawl_id,)).fetchone()
    if halves < LEAST or halves < SHARE * read:
        return 0, int(read)
    before = db.execute(_BEFORE.format("c.site = ? AND c.captured_at < ?"), row).fetchone()
    seen, usual = before[0], before[1 if kind == "stub" else 2]
    if seen < SEEN or usual > USUAL * seen:
        return 0, int(read)
    return int(halves), int(read)


def is_halved(db: sqlite3.Connection, crawl_id: str | None) -> bool:
    """Say whether the pages of a crawl came by halves."""
    return any(count_halves(db, crawl_id, kind)[0] for kind in ("bare", "stub"))


def is_completed(db: sqlite3.Connection, article_id: int, pair: tuple[int, int]) -> bool:
    """Say whether the older of two versions is the beginning of the newer, and was first read in
    such a crawl."""
    rows = [
        db.execute(
            "SELECT coalesce(v.lead, ''), v.body, c.crawl_id FROM versions v "
            "JOIN captures c ON c.id = v.capture_id WHERE v.article_id = ? AND v.version = ?",
            (article_id, version),
        ).fetchone()
        for version in pair
    ]
    old, new = (split_story(*row[:2]) for row in rows)
    return is_beginning(old, new) and is_halved(db, rows[0][2])


def is_beginning(old: Sequence[str], new: Sequence[str]) -> bool:
    """Say whether sentences are the first of others, the last one perhaps in part, with no more
    behind them than a wall says."""
    pairs = zip(old, new, strict=False)
    kept = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))
    if kept == len(new):
        return False
    left = old[kept:]
    if left and new[kept].startswith(left[0].rstrip(" .…")):
        return len(left) == 1
    return kept > 0 and sum(map(len, left)) <= TAIL


def list_unsure(db: sqlite3.Connection, site: str) -> list[str]:
    """Return the addresses of articles that were new in such a crawl, and that no sound one has
    read since."""
    crawls = db.execute(
        "SELECT crawl_id FROM crawls WHERE site = ? ORDER BY started_at DESC LIMIT ?",
        (site, CRAWLS),
    ).fetchall()
    halved = [crawl_id for (crawl_id,) in crawls if is_halved(db, crawl_id)]
    return [
        url
        for crawl_id in halved
        for (url,) in db.execute(_NEW, (crawl_id,)).fetchall()
        if not _is_read(db, url, halved)
    ]


def _is_read(db: sqlite3.Connection, url: str, halved: Sequence[str]) -> bool:
    rows = db.execute(
        "SELECT c.crawl_id FROM captures c JOIN readings r ON r.capture_id = c.id "
        "WHERE c.url = ? AND c.status IN (200, 203) AND r.article_id IS NOT NULL",
        (url,),
    ).fetchall()
    (asked,) = db.execute("SELECT count(*) FROM captures WHERE url = ?", (url,)).fetchone()
    return asked > LOOKS or any(crawl_id not in halved for (crawl_id,) in rows)

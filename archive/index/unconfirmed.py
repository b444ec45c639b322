"""Which addresses are to be asked for so that the ledger can tell what happened: until a removal is
believed or refuted (ledger.py), or an article of which only the beginning is left is known for
edited or for sold (walled.py), or one that was new on a night of half pages is read whole
(halves.py); and once more where an article turned up at another address."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from archive.index.evidence import fold_url, gather
from archive.index.halves import list_unsure
from archive.index.ledger import is_believed, judge
from archive.index.walled import KIND, UNCONFIRMED

LOOKS = 8  # at a stub whose words are others each time


def find_unconfirmed(db: sqlite3.Connection, site: str) -> frozenset[str]:
    """Return the addresses of a paper that are to be asked for every night until a removal is
    believed or refuted (ledger.py).

    All living addresses of the article are asked alike. An old address that died while the article
    lives elsewhere is among them for a week: then it has moved, or not. A page that shows the
    beginning of its article is asked LOOKS times.
    """
    rows = db.execute(
        "SELECT id FROM articles WHERE site = :site AND gone_at IS NOT NULL AND removed_at IS NULL "
        "UNION SELECT article_id FROM addresses WHERE site = :site AND state = 'gone' "
        "AND article_id IS NOT NULL AND julianday(fetched_at) > (SELECT julianday(max(fetched_at)) "
        "- 7 FROM addresses WHERE site = :site) ORDER BY 1",
        {"site": site},
    ).fetchall()
    gone = (url for (article_id,) in rows for url in _list_unconfirmed(db, article_id))
    return frozenset((*gone, *_list_stubs(db, site), *list_unsure(db, site)))


def _list_stubs(db: sqlite3.Connection, site: str) -> Iterator[str]:
    rows = db.execute(
        "SELECT d.url FROM addresses d JOIN readings r ON r.capture_id = d.capture_id "
        "WHERE d.site = ? AND d.role = 'article' AND r.impostor = ? AND instr(r.warnings, ?) "
        "AND (SELECT count(*) FROM captures c JOIN readings q ON q.capture_id = c.id "
        "WHERE c.url = d.url AND q.impostor = r.impostor) <= ? ORDER BY d.url",
        (site, KIND, UNCONFIRMED, LOOKS),
    )
    yield from (str(row[0]) for row in rows.fetchall())


def _list_unconfirmed(db: sqlite3.Connection, article_id: int) -> Iterator[str]:
    ledger = judge(gather(db, article_id))
    if ledger.removed is not None or all(is_believed(s) for s in ledger.signs.values()):
        return
    urls = db.execute(
        "SELECT url FROM addresses WHERE (article_id = ?1 OR url = (SELECT url FROM articles "
        "WHERE id = ?1)) AND state <> 'skipped'",
        (article_id,),
    ).fetchall()
    for (url,) in urls:
        address = fold_url(url)
        known = address in ledger.last and address not in ledger.left
        if known and not is_believed(ledger.signs.get(address, [])):
            yield url


_LEFT = """
SELECT d.url FROM addresses d WHERE {} AND d.role = 'article' AND d.state = 'fetched'
AND d.reason IS NULL AND EXISTS (SELECT 1 FROM addresses o WHERE o.article_id = d.article_id
  AND o.id <> d.id AND o.first_seen_at > d.fetched_at AND o.state = 'fetched' AND o.reason IS NULL)
ORDER BY d.url
"""


def find_left(db: sqlite3.Connection, site: str) -> frozenset[str]:
    """Return the addresses of a paper's articles that were last asked for before the article's
    other address was heard of: whether it moved, they have to say."""
    rows = db.execute(_LEFT.format("d.site = ? AND d.article_id IS NOT NULL"), (site,))
    return frozenset(url for (url,) in rows)


def list_left(db: sqlite3.Connection, article_id: int) -> list[str]:
    """Return those of one article."""
    return [url for (url,) in db.execute(_LEFT.format("d.article_id = ?"), (article_id,))]

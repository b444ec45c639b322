"""Rows of ``fingerprints``, ``texts``, ``marks`` and ``pairs``: which articles tell one story.

Articles with the same folded words share a text. Two texts are a pair where archive/fingerprint.py
finds most of the one in the other; texts that pairs connect are a cluster, and a cluster is named
by the smallest article id in it. Ids stand in the WARC files and grow, so a name stays when copies
come, and changes only when two clusters turn out to be one or the first article's text changes.

What stands here is a function of the latest texts alone, not of the order in which they came: a
rebuild reads one paper after the other, the run that is rebuilt read them together. So nothing may
depend on who was first. Texts look for each other by marks, and a mark that thousands share (a
boilerplate, a form) counts for the CROWD texts with the smallest keys only, whenever those came::

    mark 17 -> [a, b, c ... CROWD] d e f    a text that comes between b and c moves the last of the
                                            crowd out, and that one's pairs are looked at again

That bounds the work for an article by MARKS lists of CROWD texts, and a form that is printed
without end can not chain everything. Its cost: of more than CROWD variants of one text, only some
become a cluster (exact copies always do). Rejected: leaving out marks above a number of texts (each
crossing undoes the pairs of all of them), a window of days (a text printed again after a year is
what an archivist asks for), comparing when asked (the export and SQL would have no clusters).

Only latest versions are compared: an article that is rewritten leaves its cluster.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import Counter
from collections.abc import Iterable

from archive.fingerprint import Fingerprint, is_same_story, make_fingerprint

CROWD = 64
"""Texts a mark leads to. More papers than that, each with its own words for one story, would be
found by their other marks."""

SHARED = 2
"""Marks in common that make two texts worth comparing. One in common is found for 1 in 20 of the
texts that are cut to two sevenths, and for most strangers."""


def note_article(db: sqlite3.Connection, article_id: int) -> None:
    """Bring the rows up to what ``articles`` shows of an article, in the open transaction."""
    title, lead, body, digest = db.execute(
        "SELECT title, lead, body, words_sha256 FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    words = int.from_bytes(bytes.fromhex(digest[:16]), "big", signed=True)
    known = db.execute(
        "SELECT words, text FROM fingerprints WHERE article_id = ?", (article_id,)
    ).fetchone()
    if known and known[0] == words:
        return
    found = make_fingerprint(title, lead, body)
    text = found.key if found else None
    db.execute(
        "INSERT INTO fingerprints (article_id, words, text) VALUES (?, ?, ?) ON CONFLICT "
        "(article_id) DO UPDATE SET words = excluded.words, text = excluded.text",
        (article_id, words, text),
    )
    if known and known[1] is not None and known[1] != text:
        _leave_text(db, article_id, known[1])
    if found and not (known and known[1] == text):
        _join_text(db, article_id, found)


def forget_article(db: sqlite3.Connection, article_id: int) -> None:
    """Take an article out that is none, in the open transaction."""
    row = db.execute("SELECT text FROM fingerprints WHERE article_id = ?", (article_id,)).fetchone()
    db.execute("DELETE FROM fingerprints WHERE article_id = ?", (article_id,))
    if row and row[0] is not None:
        _leave_text(db, article_id, row[0])


def _join_text(db: sqlite3.Connection, article_id: int, found: Fingerprint) -> None:
    row = db.execute("SELECT cluster FROM texts WHERE text = ?", (found.key,)).fetchone()
    if row is None:
        _add_text(db, article_id, found)
    elif article_id < row[0]:
        db.execute("UPDATE texts SET cluster = ? WHERE cluster = ?", (article_id, row[0]))


def _leave_text(db: sqlite3.Connection, article_id: int, text: int) -> None:
    if not db.execute("SELECT 1 FROM fingerprints WHERE text = ?", (text,)).fetchone():
        _remove_text(db, text)
    elif _name_of(db, text) == article_id:
        _name_clusters(db, [text])


def _add_text(db: sqlite3.Connection, article_id: int, found: Fingerprint) -> None:
    db.execute(
        "INSERT INTO texts (text, cluster, size, shingles, numbers) VALUES (?, ?, ?, ?, ?)",
        (found.key, article_id, found.size, _pack(found.shingles), _pack(found.numbers)),
    )
    values = [(mark, found.key) for mark in found.marks]
    db.executemany("INSERT INTO marks (mark, text) VALUES (?, ?)", values)
    crowds = _list_crowds(db, found.marks)
    joined = _pair_text(db, found, crowds)
    changed = set()
    for moved in _list_moved(found.key, crowds):
        if lost := _part_text(db, moved):
            changed |= {moved, *lost}
    if changed:
        _name_clusters(db, [found.key, *changed])
    else:
        _merge_clusters(db, [found.key, *joined])


def _remove_text(db: sqlite3.Connection, text: int) -> None:
    marks = _load_text(db, text).marks
    moved = _list_moved(text, _list_crowds(db, marks))
    near = _list_near(db, text)
    _cut_pairs(db, text, near)
    values = [(mark, text) for mark in marks]
    db.executemany("DELETE FROM marks WHERE mark = ? AND text = ?", values)
    db.execute("DELETE FROM texts WHERE text = ?", (text,))
    for entered in moved:
        found = _load_text(db, entered)
        _pair_text(db, found, _list_crowds(db, found.marks))
    _name_clusters(db, [*near, *moved])


def _list_crowds(db: sqlite3.Connection, marks: Iterable[int]) -> list[list[int]]:
    """Return the crowd of each mark, and the one behind it, by their keys."""
    statement = "SELECT text FROM marks WHERE mark = ? ORDER BY text LIMIT ?"
    rows = (db.execute(statement, (mark, CROWD + 1)) for mark in marks)
    return [[text for (text,) in some] for some in rows]


def _list_moved(text: int, crowds: Iterable[list[int]]) -> set[int]:
    """Return the texts that stand just behind a crowd of which ``text`` is one."""
    return {some[CROWD] for some in crowds if len(some) > CROWD and text < some[CROWD]}


def _count_shared(text: int, crowds: Iterable[list[int]]) -> Counter[int]:
    """Count the marks that a text shares with each other text, where both are of the crowd."""
    shared: Counter[int] = Counter()
    for some in crowds:
        if text <= some[:CROWD][-1]:
            shared.update(some[:CROWD])
    del shared[text]
    return shared


def _pair_text(db: sqlite3.Connection, found: Fingerprint, crowds: list[list[int]]) -> set[int]:
    """Make the pairs that a text has by its crowds and not yet in the rows; return who joined."""
    old = set(_list_near(db, found.key))
    ahead = {text for text, n in _count_shared(found.key, crowds).items() if n >= SHARED} - old
    new = {text for text in ahead if _is_near(db, found, text)}
    ends = [end for text in new for end in ((found.key, text), (text, found.key))]
    db.executemany("INSERT INTO pairs (text, near) VALUES (?, ?)", ends)
    return new


def _is_near(db: sqlite3.Connection, found: Fingerprint, text: int) -> bool:
    return is_same_story(found, _load_text(db, text))


def _part_text(db: sqlite3.Connection, text: int) -> set[int]:
    """Cut the pairs of a text that left a crowd and has too few marks for them; return whom."""
    near = _list_near(db, text)
    if not near:
        return set()
    shared = _count_shared(text, _list_crowds(db, _load_text(db, text).marks))
    lost = {other for other in near if shared[other] < SHARED}
    _cut_pairs(db, text, lost)
    return lost


def _cut_pairs(db: sqlite3.Connection, text: int, near: Iterable[int]) -> None:
    ends = [end for other in near for end in ((text, other), (other, text))]
    db.executemany("DELETE FROM pairs WHERE text = ? AND near = ?", ends)


def _list_near(db: sqlite3.Connection, text: int) -> list[int]:
    return [near for (near,) in db.execute("SELECT near FROM pairs WHERE text = ?", (text,))]


def _load_text(db: sqlite3.Connection, text: int) -> Fingerprint:
    size, shingles, numbers = db.execute(
        "SELECT size, shingles, numbers FROM texts WHERE text = ?", (text,)
    ).fetchone()
    return Fingerprint(text, size, _unpack(shingles), _unpack(numbers))


def _pack(numbers: tuple[int, ...]) -> bytes:
    return struct.pack(f">{len(numbers)}I", *numbers)


def _unpack(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(data) // 4}I", data)


def _merge_clusters(db: sqlite3.Connection, texts: list[int]) -> None:
    """Give the clusters of texts that were joined one name, the smallest."""
    names = {_name_of(db, text) for text in texts}
    smallest = min(names)
    for name in names - {smallest}:
        db.execute("UPDATE texts SET cluster = ? WHERE cluster = ?", (smallest, name))


def _name_of(db: sqlite3.Connection, text: int) -> int:
    return int(db.execute("SELECT cluster FROM texts WHERE text = ?", (text,)).fetchone()[0])


def _name_clusters(db: sqlite3.Connection, texts: Iterable[int]) -> None:
    """Find the clusters of texts by their pairs, and name them."""
    named: set[int] = set()
    for text in texts:
        if text not in named:
            members = _walk(db, text)
            named |= members
            name = min(_first_article(db, member) for member in members)
            values = [(name, member) for member in members]
            db.executemany("UPDATE texts SET cluster = ? WHERE text = ?", values)


def _walk(db: sqlite3.Connection, start: int) -> set[int]:
    members, ahead = {start}, [start]
    while ahead:
        for near in _list_near(db, ahead.pop()):
            if near not in members:
                members.add(near)
                ahead.append(near)
    return members


def _first_article(db: sqlite3.Connection, text: int) -> int:
    statement = "SELECT min(article_id) FROM fingerprints WHERE text = ?"
    return int(db.execute(statement, (text,)).fetchone()[0])

"""Articles that stand at other addresses than before: how many, and by which rule they moved.

A rule is what a crowd of pairs has in common: parts of the path that all pairs share stand there,
what differs from article to article (numbers too) is an ellipsis::

    /kinh-te/2026/01/cho-phien  ->  /tin/cho-phien.html      /…  ->  /tin/….html
    old.test/a/cho-phien        ->  new.test/a/cho-phien     old.test/…  ->  new.test/…

LEAST and more are told together: fewer a night are slugs that were corrected. Rejected: one rule
a category (a paper made anew has twenty, and one reason).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.finding import Finding
from archive.urls import AddressError, key

LEAST = 5
ANY = "…"
REMEDY = (
    "nothing to do, each keeps its number and its history; its old address is asked whether it "
    "moved"
)

_MOVED = """
SELECT DISTINCT r.article_id, coalesce(r.address, c.url), (SELECT coalesce(p.address, q.url)
  FROM readings p JOIN captures q ON q.id = p.capture_id WHERE p.article_id = a.id
  AND q.captured_at < k.started_at ORDER BY q.captured_at DESC, q.id DESC LIMIT 1)
FROM captures c JOIN crawls k ON k.crawl_id = c.crawl_id JOIN readings r ON r.capture_id = c.id
JOIN articles a ON a.id = r.article_id
WHERE c.crawl_id = ? AND r.status = 'ok' AND a.first_seen_at < k.started_at
AND NOT EXISTS (SELECT 1 FROM readings p JOIN captures q ON q.id = p.capture_id
  WHERE p.article_id = a.id AND q.captured_at < k.started_at
  AND coalesce(p.address, q.url) = coalesce(r.address, c.url))
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """What ``number`` of some pairs of addresses have in common."""

    old: str
    new: str
    number: int

    @property
    def is_plain(self) -> bool:
        """Whether it tells old and new apart; new slugs have no rule."""
        return self.old != self.new


def list_moved(db: sqlite3.Connection, crawl_id: str) -> list[tuple[str, str]]:
    """Return (address before, address now) of the articles that a crawl read first at another
    address, known since before it; http, www and a final slash make no other."""
    rows = db.execute(_MOVED, (crawl_id,)).fetchall()
    return [(old, new) for _, new, old in rows if old is not None and _key(old) != _key(new)]


def tell_moved(db: sqlite3.Connection, crawls: Iterable[str]) -> Iterator[Finding]:
    """Yield what is to be said of the articles that crawls found at new addresses."""
    pairs = [pair for crawl_id in crawls for pair in list_moved(db, crawl_id)]
    if len(pairs) >= LEAST:
        words = f"{len(pairs)} articles of this paper stand at new addresses"
        if told := say_rules(find_rules(pairs)):
            words += " ({} by the rule {} -> {})".format(*told)
        yield Finding("moved", words, REMEDY)


def find_rules(pairs: Iterable[tuple[str, str]]) -> list[Rule]:
    """Return the rules by which addresses gave way to others, the most frequent first."""
    shapes: dict[tuple[object, ...], list[tuple[list[str], list[str]]]] = {}
    for old, new in pairs:
        ours, theirs = _take_apart(old), _take_apart(new)
        shape = (len(ours), len(theirs), ours[-1], theirs[-1], ours[0] == theirs[0])
        shapes.setdefault(shape, []).append((ours, theirs))
    rules: Counter[tuple[str, str]] = Counter()
    for some in shapes.values():
        sides = [_join([pair[side] for pair in some]) for side in (0, 1)]
        if all(ours[0] == theirs[0] for ours, theirs in some):
            sides = [side.partition("/")[1] + side.partition("/")[2] for side in sides]
        rules[sides[0], sides[1]] += len(some)
    return [Rule(*sides, number) for sides, number in rules.most_common()]


def _take_apart(url: str) -> list[str]:
    """Return host, folders, and the ending of the last part of an address."""
    bare = _key(url)
    host, _, path = bare.partition("?")[0].partition("/")
    *folders, last = path.rstrip("/").split("/")
    ending = re.search(r"\.[a-z]{3,5}$", last)
    query = f"?{ANY}" if "?" in bare else ""
    return [host, *folders, (ending[0] if ending else "") + query]


def _key(url: str) -> str:
    try:
        return key(url)
    except AddressError:
        return url.partition("://")[2] or url


def _join(paths: Sequence[Sequence[str]]) -> str:
    """Return what paths of one shape have in common, as one path."""
    host, *folders = (
        same[0] if len(set(same)) == 1 and not same[0].isdigit() else ANY
        for same in zip(*(path[:-1] for path in paths), strict=True)
    )
    shown: list[str] = []
    for part in (*folders, ANY):
        if not (part == ANY and shown[-1:] == [ANY]):
            shown.append(part)
    return "/".join([host, *shown]) + paths[0][-1]


def say_rules(rules: Sequence[Rule]) -> tuple[str, str, str] | None:
    """Return (all, most or some, old, new) of the first rule; None where nothing tells."""
    if not rules or not rules[0].is_plain:
        return None
    number, total = rules[0].number, sum(rule.number for rule in rules)
    share = "all" if number == total else "most" if 2 * number > total else "some"
    return share, rules[0].old, rules[0].new

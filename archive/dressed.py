"""What a crawl's check says of a paper that changed all its pages at once: a note, no alarm.

A dateline, a suffix or a line that turns is the paper's right, and the ledger
knows it for what it is (archive/index/dress.py). Nor is a night an alarm on which nearly all of the
articles that were asked again have other words and nothing in common, though it is told: papers
whose sitemap tells what was edited are asked for just that.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from archive.finding import Finding
from archive.index.crowd import Dress
from archive.index.dress import Share, learn, share_changed

LEAST, MOST = 10, 0.8  # articles asked again; share of them with other words
SHOWN = 80  # letters of a dress
REMEDY = (
    "nothing to do, it is told as looks, not as edits; if it is no part of the articles, name it "
    "in read.strip of the profile, then `khobao reread {site}`"
)
LOOK = "look at some with `khobao history`: their words changed, and nothing they have in common"

DEEDS = {"gained": "gained", "lost": "lost", "turned": "show by turns"}
FIELDS = {"title": "headlines", "text": "texts"}


def tell_dressed(db: sqlite3.Connection, site: str, crawls: Sequence[str]) -> Iterator[Finding]:
    """Yield what is to be said of articles that changed together, or nearly all of them."""
    for crawl_id in crawls:
        dresses = learn(db, crawl_id)
        for dress in _list_plain(dresses):
            yield Finding("dressed", say_dress(dress), REMEDY.format(site=site))
        share = share_changed(db, site, crawl_id, dresses)
        if share.asked >= LEAST and share.changed >= MOST * share.asked:
            yield Finding("crowd", _say_share(share), LOOK)


def _say_share(share: Share) -> str:
    return f"{share.changed} of {share.asked} articles that were asked again have other words"


def _list_plain(dresses: Sequence[Dress]) -> Iterator[Dress]:
    """Yield the most frequent dress of each field and deed: a box has many lines, and is one."""
    seen: set[tuple[str, str]] = set()
    for dress in sorted(dresses, key=lambda one: (-one.articles, one.words, one.place)):
        if (dress.field, dress.kind) not in seen:
            seen.add((dress.field, dress.kind))
            yield dress


def say_dress(dress: Dress) -> str:
    """Return a dress in words: "28 of 30 articles gained “| El Faro” in their headlines"."""
    words = " ".join(dress.shown.split())
    shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    head = f"{dress.articles} of {dress.asked} articles {DEEDS[dress.kind]}"
    return f"{head} “{shown}” in their {FIELDS[dress.field]}"

"""What became of every article that a paper announced, and the day under which it counts.

One item an article: its addresses (a short form, the one it moved from) are one. An address that
was never read as an article is an item of its own. The fates, of which each item has one::

    read       held as an article
    unread     answered, but no article came of it: quarantined, no text, a redirect elsewhere
    gone       404 or 410 at the first answer
    failed     asked for, and no answer but errors
    refused    not to be asked for: robots, caps, traps, scope, the profile
    missing    announced, and never asked for

The day is the paper's own (``published``), else what a feed or a sitemap said (``announced``), else
the day on which it was first seen (``seen``). Computed when asked, from what a rebuild makes again;
rejected: rows of their own, which would have to be mended with every reading.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Literal

from archive.index.addresses import find_address
from archive.instants import from_text
from archive.paperday import read_day

Fate = Literal["read", "unread", "gone", "failed", "refused", "missing"]
FATES: tuple[Fate, ...] = ("read", "unread", "gone", "failed", "refused", "missing")
DayFrom = Literal["published", "announced", "seen"]
REFUSALS = (
    ("robots", "robots"),
    ("trap", "traps"),
    ("off-site", "scope"),
    ("deeper than", "caps"),
    ("denied by the profile", "profile"),
    ("related links", "profile"),
)
"""How a reason begins, and what kind of refusal it is."""
LED = " to http"  # within the reason of an address that sent its reader elsewhere
NO_ARTICLE = "no article by its address"  # an address that nobody took for an article

_ROWS = """
SELECT a.id, a.url, a.role, a.state, a.reason, a.first_seen_at, a.article_id, a.tries,
       r.published_on, d.status, d.impostor, d.warnings, d.article_id IS NOT NULL
FROM addresses a LEFT JOIN articles r ON r.id = a.article_id
LEFT JOIN readings d ON d.capture_id = a.capture_id
WHERE a.site = :site AND (a.role = 'article' OR a.article_id IS NOT NULL
  OR (a.state = 'skipped' AND a.role = 'other' AND a.reason <> :no_article))
{}ORDER BY a.id
"""
_RECENT = """AND (a.first_seen_at >= :since OR a.article_id IN
  (SELECT id FROM articles WHERE site = :site AND published_on >= :since))
"""
_BY_PART = """
SELECT s.address_id, o.channel FROM sightings s JOIN addresses p ON p.url = s.source
JOIN sightings o ON o.address_id = p.id
WHERE p.site = :site AND p.role = 'part' AND s.channel = 'part'
AND o.channel NOT IN ('part', 'redirect')
"""
_ISO = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d|\s*$)")


@dataclass
class Item:
    """An announced article, or an address that never became one."""

    url: str
    day: date
    day_from: DayFrom
    fate: Fate
    kind: str = ""  # of a refusal; what an unread page is; why it failed
    reason: str = ""
    channels: set[str] = field(default_factory=set)
    article_id: int | None = None


def list_items(
    db: sqlite3.Connection, site: str, zone: tzinfo, since: date | None = None
) -> list[Item]:
    """Return every item of a paper, in the order in which they were first announced.

    ``since``: only what may count under that day or later (and some that do not).
    """
    values = {"site": site, "no_article": NO_ARTICLE}
    if since is not None:
        values["since"] = (
            since - timedelta(days=1)
        ).isoformat()  # a zone's day begins before UTC's
    recent = "" if since is None else _RECENT
    channels, dates, moved = _read_sightings(db, values, recent)
    capped = _list_capped(db, site)
    items: dict[str, Item] = {}
    found: dict[int, Item] = {}
    moves: list[tuple[Item, int, str]] = []
    for row in db.execute(_ROWS.format(recent), values):
        item = _make_item(row, dates.get(row[0], ()), zone, capped)
        item.channels |= channels.get(row[0], set())
        key = f"article {item.article_id}" if item.article_id else item.url
        if key in items:
            items[key].channels |= item.channels
        else:
            items[key] = item
        found[row[0]] = items[key]
        if item.kind == "redirect":
            moves.append((item, row[0], item.reason.partition(" to ")[2]))
    for item, address_id, location in moves:
        target_id = moved.get(address_id) or find_address(db, location) or 0
        target = found.get(target_id)
        if target is None and target_id and since is not None and target_id != address_id:
            items.pop(item.url, None)  # it moved to an article of days before
        if target is not None and target is not item and target.kind != "redirect":
            target.channels |= item.channels
            items.pop(item.url, None)
    items.update((f"article {item.article_id}", item) for item in _list_unannounced(db, site, zone))
    return list(items.values())


def _read_sightings(
    db: sqlite3.Connection, values: dict[str, str], recent: str
) -> tuple[dict[int, set[str]], dict[int, list[str]], dict[int, int]]:
    """Return by address the channels that announced it or a further page of it, the dates that
    feeds and sitemaps gave it, and which address it redirected to."""
    channels: dict[int, set[str]] = {}
    dates: dict[int, list[str]] = {}
    moved: dict[int, int] = {}
    rows = db.execute(
        "SELECT s.address_id, s.channel, s.date_raw, f.id FROM sightings s "
        "JOIN addresses a ON a.id = s.address_id "
        "LEFT JOIN addresses f ON s.channel = 'redirect' AND f.url = s.source WHERE a.site = :site "
        f"{recent}",
        values,
    )
    for address_id, channel, raw, source in rows:
        if channel == "redirect":
            if source is not None:
                moved[source] = address_id
            continue
        if channel == "part":
            continue
        channels.setdefault(address_id, set()).add(channel)
        if raw and channel in ("feed", "sitemap"):
            dates.setdefault(address_id, []).append(raw)
    for address_id, channel in db.execute(_BY_PART, {"site": values["site"]}):
        channels.setdefault(address_id, set()).add(channel)
    return channels, dates, moved


def _list_capped(db: sqlite3.Connection, site: str) -> list[tuple[str, str]]:
    """Return the start and outcome of each crawl, newest first."""
    rows = db.execute(
        "SELECT started_at, coalesce(outcome, 'killed') FROM crawls WHERE site = ? "
        "ORDER BY started_at DESC",
        (site,),
    )
    return [(str(at), str(outcome)) for at, outcome in rows]


def _list_unannounced(db: sqlite3.Connection, site: str, zone: tzinfo) -> Iterator[Item]:
    """Yield the articles that no address names: those of imports."""
    rows = db.execute(
        "SELECT r.id, r.url, r.published_on, r.first_seen_at FROM articles r WHERE r.site = ? "
        "AND NOT EXISTS (SELECT 1 FROM addresses a WHERE a.article_id = r.id) ORDER BY r.id",
        (site,),
    )
    for article_id, url, published, seen_at in rows:
        day, day_from = _find_day(published, (), seen_at, zone)
        yield Item(url, day, day_from, "read", channels={"import"}, article_id=article_id)


def _make_item(
    row: tuple[object, ...], dates: Iterable[str], zone: tzinfo, crawls: list[tuple[str, str]]
) -> Item:
    _, url, _, state, reason, seen_at, article_id, tries, published, *reading = row
    day, day_from = _find_day(published, dates, str(seen_at), zone)
    item = Item(str(url), day, day_from, "missing", reason=str(reason or ""))
    if article_id is not None:
        item.fate, item.article_id = "read", int(str(article_id))
    elif state == "skipped":
        item.fate, item.kind = "refused", _name_refusal(item.reason)
    elif state == "gone":
        item.fate, item.kind = "gone", item.reason
    elif state == "failed":
        item.fate, item.kind = "failed", item.reason
        item.reason = f"{item.reason}, in {tries} crawl{'s' * (tries != 1)}"
    elif state == "fetched":
        item.fate = "unread"
        item.kind, item.reason = _name_unread(item.reason, *reading)
    else:
        _explain_missing(item, str(seen_at), crawls)
    return item


def _find_day(
    published: object, dates: Iterable[str], seen_at: str, zone: tzinfo
) -> tuple[date, DayFrom]:
    if published:
        return date.fromisoformat(str(published)), "published"
    seen = read_day(seen_at, zone)
    said = [day for raw in dates if (day := read_said(raw, zone)) is not None and day <= seen]
    return (min(said), "announced") if said else (seen, "seen")


def read_said(raw: str, zone: tzinfo) -> date | None:
    """Return the paper's day of a date in a feed or sitemap (RFC 3339 or RFC 5322), else None."""
    if match := _ISO.match(raw):
        try:
            if len(raw.strip()) == len("2026-02-04"):
                return date.fromisoformat(match[1])
            text = re.sub(r"[zZ]$", "+00:00", raw.strip())
            instant = from_text(text) if re.search(r"[+-]\d\d:?\d\d$", text) else None
            return instant.astimezone(zone).date() if instant else date.fromisoformat(match[1])
        except ValueError:
            return None
    try:
        instant = parsedate_to_datetime(raw)
        return instant.astimezone(zone).date() if instant.tzinfo else instant.date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _name_refusal(reason: str) -> str:
    return next((kind for start, kind in REFUSALS if reason.startswith(start)), "profile")


def _name_unread(
    reason: str, status: object, impostor: object, warnings: object, has_article: object
) -> tuple[str, str]:
    if reason.startswith("http 3") or LED in reason:
        return "redirect", reason
    if status is None:
        return "waiting", "not read yet: the next crawl reads it"
    if status == "quarantined":
        return str(impostor or "quarantined"), f"it is no article: {impostor}"
    if status != "ok":
        return str(status), f"it could not be read: {status}"
    if has_article:
        return "waiting", "read again since"
    without = "article-without" in str(warnings)
    return ("no text", "no text was found on it") if without else ("no article", "no article")


def _explain_missing(item: Item, seen_at: str, crawls: list[tuple[str, str]]) -> None:
    """Say why an announced address was not asked for: what the last crawl since came to."""
    started, outcome = crawls[0] if crawls else ("", "")
    if outcome == "capped":
        item.fate, item.kind = "refused", "caps"
        item.reason = f"the crawl of {started[:10]} had reached its limit"
    elif outcome == "walled":
        item.kind = "shut out"
        item.reason = f"the crawl of {started[:10]} was shut out, and asked for no more"
    elif outcome in ("killed", "interrupted", "storage", "bug"):
        item.kind = "broken off"
        item.reason = f"the crawl of {started[:10]} was broken off ({outcome})"
    else:
        item.kind = "not asked"
        item.reason = f"not asked for since {seen_at[:10]}"

"""RSS 2.0, sitemaps (sitemaps.org 0.9) and news sitemaps (Google, 0.9), as papers write them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

from .paper import Answer, Paper, quote
from .prose import write_instant
from .story import Story

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


@dataclass(frozen=True)
class Entry:
    """One announced article."""

    url: str
    title: str
    summary: str
    published: datetime
    modified: datetime
    image: str | None = None


def announce(paper: Paper, story: Story, query: str = "") -> Entry:
    """Return the entry of a story; ``query`` is added to its address."""
    image = paper.base + story.images[0].path if story.images else None
    url = paper.url(story) + query
    return Entry(url, story.title, story.lead, story.published, story.modified, image)


def write_rfc(instant: datetime) -> str:
    """Return a date as RFC 5322 wants it, with the paper's offset."""
    return format_datetime(instant)


def write_gmt7(instant: datetime) -> str:
    """Return a date as ePi feeds write it, "GMT+7" at its end: no zone of RFC 5322."""
    return format_datetime(instant)[:-5] + "GMT+7"


def write_short(instant: datetime) -> str:
    """Return a date with a two-digit year: legal in RFC 822, obsolete since RFC 2822."""
    text = format_datetime(instant)
    return text[:12] + text[14:]


def write_us(instant: datetime) -> str:
    """Return a date in American order with a 12-hour clock and no zone: 9/5/2026 1:30:00 PM."""
    hour = instant.hour % 12 or 12
    half = "PM" if instant.hour >= 12 else "AM"
    return (
        f"{instant.month}/{instant.day}/{instant.year} "
        f"{hour}:{instant.minute:02}:{instant.second:02} {half}"
    )


def rss(
    title: str,
    home: str,
    entries: Iterable[Entry],
    modified: datetime | None,
    write_date: Callable[[datetime], str] = write_rfc,
) -> Answer:
    """Return an RSS 2.0 feed; each description is HTML in CDATA with picture and summary."""
    items = []
    for one in entries:
        picture = f'<img src="{quote(one.image)}" />' if one.image else ""
        items.append(
            f"<item><title>{quote(one.title)}</title><link>{quote(one.url)}</link>"
            f"<description><![CDATA[<a href='{one.url}'>{picture}</a> {one.summary}]]>"
            f'</description><guid isPermaLink="true">{quote(one.url)}</guid>'
            f"<pubDate>{write_date(one.published)}</pubDate></item>\n"
        )
    body = (
        f'{XML}<rss version="2.0"><channel><title>{quote(title)}</title>'
        f"<link>{quote(home)}</link><description>{quote(title)}</description>\n"
        f"{''.join(items)}</channel></rss>"
    )
    return Answer(body.encode(), "application/rss+xml; charset=utf-8", modified=modified)


def sitemap_index(urls: Iterable[str], modified: datetime | None) -> Answer:
    """Return a sitemap index of ``urls``."""
    rows = "".join(f"<sitemap><loc>{quote(url)}</loc></sitemap>\n" for url in urls)
    body = f"{XML}<sitemapindex {SITEMAP}>\n{rows}</sitemapindex>"
    return Answer(body.encode(), "application/xml; charset=utf-8", modified=modified)


def urlset(entries: Iterable[Entry], modified: datetime | None) -> Answer:
    """Return a sitemap of articles; ``lastmod`` is the time of the last edit."""
    rows = []
    for one in entries:
        loc = quote(one.image or "")
        image = f"<image:image><image:loc>{loc}</image:loc></image:image>" if loc else ""
        rows.append(
            f"<url><loc>{quote(one.url)}</loc><lastmod>{write_instant(one.modified)}</lastmod>"
            f"{image}</url>\n"
        )
    body = f"{XML}<urlset {SITEMAP} {IMAGE}>\n{''.join(rows)}</urlset>"
    return Answer(body.encode(), "application/xml; charset=utf-8", modified=modified)


def news_urlset(
    name: str, language: str, entries: Iterable[Entry], modified: datetime | None
) -> Answer:
    """Return a Google News sitemap."""
    rows = [
        f"<url><loc>{quote(one.url)}</loc><news:news><news:publication>"
        f"<news:name>{quote(name)}</news:name><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>{write_instant(one.published)}"
        f"</news:publication_date><news:title>{quote(one.title)}</news:title>"
        "</news:news></url>\n"
        for one in entries
    ]
    body = f"{XML}<urlset {SITEMAP} {NEWS}>\n{''.join(rows)}</urlset>"
    return Answer(body.encode(), "application/xml; charset=utf-8", modified=modified)


def pages(urls: Iterable[str]) -> Answer:
    """Return a sitemap of addresses that are no articles (categories, topics)."""
    rows = "".join(f"<url><loc>{quote(url)}</loc></url>\n" for url in urls)
    body = f"{XML}<urlset {SITEMAP}>\n{rows}</urlset>"
    return Answer(body.encode(), "application/xml; charset=utf-8")


def pack(answer: Answer, *, declared: bool) -> Answer:
    """Return ``answer`` gzipped whatever the client accepts: with Content-Encoding, or
    ``declared=False`` as the bytes of a .gz file under the name of an .xml one.
    """
    body = gzip.compress(answer.body, 6, mtime=0)
    headers = (("Content-Encoding", "gzip"),) if declared else ()
    return Answer(body, answer.type, modified=answer.modified, headers=headers, coded=True)


def widen(answer: Answer) -> Answer:
    """Return ``answer`` in UTF-16 with a byte order mark, and a declaration that says so."""
    text = answer.body.decode().replace('encoding="utf-8"', 'encoding="utf-16"', 1)
    kind = answer.type.partition(";")[0]
    return replace(answer, body=b"\xff\xfe" + text.encode("utf-16-le"), type=kind)


def tune(answer: Answer, period: str) -> Answer:
    """Return a feed with the syndication module's updatePeriod, whatever word it is."""
    space = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    text = answer.body.decode().replace("<rss ", f"<rss {space} ", 1)
    text = text.replace(
        "</description>\n", f"</description><sy:updatePeriod>{period}</sy:updatePeriod>\n", 1
    )
    return replace(answer, body=text.encode())


def sign(entry: Entry, name: str, home: str) -> Entry:
    """Return an entry whose summary ends as WordPress feeds end theirs."""
    tail = (
        f'<p>The post <a href="{entry.url}">{quote(entry.title)}</a> appeared first on '
        f'<a href="{home}">{quote(name)}</a>.</p>'
    )
    return replace(entry, summary=f"<p>{quote(entry.summary)}</p>{tail}")

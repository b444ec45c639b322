"""What our own WARC records say besides exchanges, and the way of a reading to JSON and back.

Law 2 of the house: what can not be made again from the exchanges goes into the WARC too, as
``metadata`` records of type ``application/vnd.khobao.<kind>+json``
(archive/warc/event.py). The kinds::

    crawl-start  {crawl_id, started_at, software, profile, site: {...}, seeds: [link ...]}
    reading      {address, identity, article_id, depth, page, listed, reading: {...}}
                                                    refers to a capture; listed: of a sitemap, whose
                                                    links are written down once
    skips        {skips: [{url, reason}, ...]}      addresses that will not be asked for, and why
    announced    {source, links: [link ...]}        sitemaps that robots.txt names
    walk         {list, from, to, page, address, newest, oldest, ended, at}
                                                    a page of a list that a backfill is done with
    dropped      {source, dropped: [url ...]}       what a sitemap no longer names
    template     {site, learned_at, digest, pages, first_on, last_on, extractor, profile, survey,
                  lines: [[signature, articles, words], ...]}
                                                    lines that many pages of the site share
    profile      {site, digest, words: {...}}       a profile that readings name, once for all
    import       {file, sha256, size, site, sites, damage: [{offset, reason}]}
                                                    a foreign WARC file that was taken in here
    crawl-end    {crawl_id, ended_at, outcome, counts, problems, notes}

A reading is kept, not made again, when the index is rebuilt: a later trafilatura, or a slower
machine that hits the time limit, would tell another story of the same night. Rejected: reading
again at rebuild (150 times slower, and not the same index); keeping readings in SQLite only
(breaks law 2). Cost measured on the demo paper: a tenth of the page's own record.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

from archive.index.addresses import Announced
from archive.records import Article, Date, Image, Link, Part, Reading, Trace

SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")  # how one may stand in a record of an earlier khobao


def dump(data: object) -> str:
    """Return compact JSON that is the same for the same data (sorted keys, UTF-8)."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def heal(data: dict[str, Any]) -> dict[str, Any]:
    """Return JSON data with lone surrogates replaced by U+FFFD; the same object if it has none.

    A page's JSON may hold half of a character ("\\ud800"); SQLite takes no such text, so one page
    would stop every rebuild.
    """
    text = json.dumps(data, ensure_ascii=False)
    found: dict[str, Any] = (
        json.loads(SURROGATE.sub("\ufffd", text)) if SURROGATE.search(text) else data
    )
    return found


def pack(record: object) -> dict[str, Any]:
    """Return a frozen record as plain data without its empty fields."""
    return {k: v for k, v in _plain(record).items() if v not in (None, (), [], {})}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        fields = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {k: v for k, v in fields.items() if v not in (None, [], {})}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


def pack_announced(item: Announced) -> dict[str, Any]:
    """Return an announced address as it stands in our events."""
    data = pack(item.link)
    if item.address != item.link.url:
        data["address"] = item.address
    if item.skip:
        data["skip"] = item.skip
    if item.page > 1:
        data["page"] = item.page
    return data


def unpack_link(data: Mapping[str, Any]) -> Link:
    """Return the Link of ``pack(link)``."""
    return Link(**data)


def unpack_reading(data: Mapping[str, Any]) -> Reading:
    """Return the Reading of ``pack(reading)``. Raises TypeError for keys that no reading has."""
    fields = dict(data)
    fields["links"] = tuple(unpack_link(link) for link in fields.get("links", ()))
    fields["warnings"] = tuple(fields.get("warnings", ()))
    fields["parts"] = tuple(Part(**part) for part in fields.get("parts", ()))
    if fields.get("article"):
        fields["article"] = _unpack_article(fields["article"])
    return Reading(**fields)


def _unpack_article(data: Mapping[str, Any]) -> Article:
    fields = dict(data)
    for name in ("authors", "breadcrumbs", "tags"):
        fields[name] = tuple(fields.get(name, ()))
    fields["images"] = tuple(Image(**image) for image in fields.get("images", ()))
    for name in ("published", "modified"):
        if fields.get(name):
            fields[name] = Date(**fields[name])
    if fields.get("trace"):
        fields["trace"] = unpack_trace(fields["trace"])
    fields.setdefault("text", "")
    return Article(**fields)


def unpack_trace(data: Mapping[str, Any]) -> Trace:
    """Return the Trace of ``pack(trace)``."""
    fields = dict(data)
    for name in ("cuts", "said", "shown"):
        fields[name] = tuple(tuple(item) for item in fields.get(name, ()))
    return Trace(**fields)

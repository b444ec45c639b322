"""The category pages of ePi papers: JSON at ``morenews-zone-<zone>-<page>.html``.

::

    https://api.<domain>/api/morenews-zone-42-2.html
    now     {"data": {"contents": [{title, description, url, date, avatar_url}, ...]}}
    before  {"data": {"articles": "<article>...</article>..."}}

The zone is in the category page's inline script (``var cateId = 42``). JSON pages are read from
page 1: public crawlers disagree on whether the HTML page shows all of it (one starts at 2, four
at 1), and asking once too often loses nothing; hence ``repeats`` = 1. JSON addresses are relative
to the paper, not to the host that answers.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from spiders import address
from spiders.pager import Entry, Fragment, PagerError, Served, make_entry
from spiders.profile import Profile

_PAGE = re.compile(r"/morenews-[a-z]+-(\d+)-(\d+)\.html$")
_ZONES = (
    re.compile(r"\bcateId[\"']?\s*[=:]\s*[\"']?(\d+)"),
    re.compile(r"\bzone-timeline-(\d+)"),
)
_API = re.compile(
    r"\b\w{0,40}api\w{0,40}[\"']?\s*[=:]\s*[\"']((?:https?:)?(?:\\?/){1,2}[^\"'\s<>]*)[\"']",
    re.IGNORECASE,
)
_FOLDER = re.compile(r"/(?:api(?:/|$)|$)")
_REMEDY = 'look at the page and correct walk.api or walk.pager in the profile ("none" stops paging)'


def make(profile: Profile) -> Pages:
    """The pager of one ePi paper."""
    return Pages(profile.home, profile.walk.api or _usual_api(profile.home), profile.domains)


@dataclass(frozen=True, slots=True)
class Pages(Served):
    """Category pages of one paper: its front page, its JSON folder, its domains."""

    domains: tuple[str, ...]
    kind: str = "epi"
    repeats: int = 1

    def following(self, url: str, text: str, number: int) -> str | None:  # noqa: ARG002
        """JSON page 1 after the HTML page, then one by one until a page is empty."""
        found = _PAGE.search(urlsplit(url).path)
        if found is None:
            return urljoin(
                self._named_api(url, text), f"morenews-zone-{_find_zone(url, text)}-1.html"
            )
        if not _items(url, text):
            return None
        start, end = found.span(2)
        path = urlsplit(url).path
        return urljoin(url, f"{path[:start]}{int(found[2]) + 1}{path[end:]}")

    def entries(self, url: str, text: str) -> list[Entry] | Fragment | None:
        """The items of a JSON page, in its order; its HTML for the old form."""
        if self.origin(url) is None:
            return None
        items = _items(url, text)
        if isinstance(items, str):
            return Fragment(items, self.home)
        found = [_entry(self.home, item) for item in items]
        if items and not any(found):
            raise PagerError(f"{url}: no item of the JSON page has a url. Remedy: {_REMEDY}")
        return [entry for entry in found if entry]

    def origin(self, url: str) -> str | None:
        """The address itself for a JSON page: it tells the zone, not the category."""
        return url if _PAGE.search(url.partition("#")[0].partition("?")[0]) else None

    def _named_api(self, url: str, text: str) -> str:
        """The JSON folder that a script of the page names on a host of the paper, else ours."""
        own = {address.domain(entry) for entry in (*self.domains, *self.hosts)}
        for quoted in _API.findall(text):
            named: str = urljoin(url, quoted.replace("\\/", "/"))
            parts = address.split(named)
            if parts is None or not _FOLDER.match(parts.path):
                continue
            if {(parts.host, None), (parts.host, parts.port)} & own:
                return urljoin(named, "/api/")
        return self.api


def _entry(home: str, item: Any) -> Entry | None:
    """One item; ``None`` for what has no address (an advertisement between articles)."""
    url = item.get("url") if isinstance(item, dict) else None
    if not isinstance(url, str) or not url:
        return None
    said = (item.get(word) for word in ("title", "description", "date", "avatar_url"))
    return make_entry(home, url, *said)


def _usual_api(home: str) -> str:
    """``https://api.<domain>/api/``; the home's own host where a name cannot have a prefix."""
    parts = address.split(home)
    host = parts.host if parts else ""
    if re.fullmatch(r"[\d.]+|.*:.*|localhost", host):
        return urljoin(home, "/api/")
    return f"https://api.{host.removeprefix('www.')}/api/"


def _find_zone(url: str, text: str) -> str:
    """The zone number in the category page's script, else in its timeline's name."""
    for pattern in _ZONES:
        if found := pattern.search(text):
            return str(found[1])
    raise PagerError(f"{url}: no cateId on the category page. Remedy: {_REMEDY}")


def _items(url: str, text: str) -> list[Any] | str:
    """``data.contents`` (a list) or ``data.articles`` (HTML) of a JSON page."""
    try:
        data = json.loads(text.lstrip("\ufeff"))["data"]
        items = data["contents"] if "contents" in data else data["articles"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise PagerError(f"{url}: not an ePi list page ({error!r}). Remedy: {_REMEDY}") from None
    if items is None:
        return []
    if isinstance(items, str):
        return items.strip()
    if isinstance(items, list):
        return items
    raise PagerError(f"{url}: a list page of unknown shape. Remedy: {_REMEDY}")

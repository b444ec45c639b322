"""The category pages of "card" papers: JSON asked for by the category's number.

::

    https://<domain>/list-post-by-category?page=2&limit=12&category_id=7&show_thumb=true&show_desc=true
    {"data": [{"link": "/slug-3161421.html", ...}, ...]}

It answers only requests that say X-Requested-With: XMLHttpRequest. Seen in one test script for one
paper; where the number stands on the category page nobody has noted, so it is looked for under
every name that a script or an attribute could give it. JSON pages are read from page 1 (nobody
knows how much of it the HTML page shows), hence ``repeats`` = 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from spiders import address
from spiders.items import REMEDY, read_items, refuse_mute, say
from spiders.pager import Entry, PagerError, Served, make_entry
from spiders.profile import Profile

_PATH = "/list-post-by-category"
_IDS = (
    re.compile(r"list-post-by-category[^\"'<>\s]{0,200}category_id=(\d{1,9})"),
    re.compile(r"\bcategory_?id[\"']?\s{0,9}[:=]\s{0,9}[\"']?(\d{1,9})", re.IGNORECASE),
    re.compile(r"\bdata-(?:category|cate|cat)(?:[-_]?id)?\s{0,9}=\s{0,9}[\"']?(\d{1,9})", re.I),
    re.compile(r"\bcate_?id[\"']?\s{0,9}[:=]\s{0,9}[\"']?(\d{1,9})", re.IGNORECASE),
)


def make(profile: Profile) -> Numbered:
    """The pager of one such paper."""
    return Numbered(profile.home, profile.walk.api or urljoin(profile.home, _PATH))


@dataclass(frozen=True, slots=True)
class Numbered(Served):
    """Category pages of one paper: its front page and the address of its lists."""

    kind: str = "card"
    repeats: int = 1

    @property
    def headers(self) -> dict[str, str]:
        """What tells the system that a script asks."""
        return {"X-Requested-With": "XMLHttpRequest"}

    def following(self, url: str, text: str, number: int) -> str | None:  # noqa: ARG002
        """JSON page 1 after the HTML page, then one by one until a page is empty."""
        if self.origin(url) is None:
            return self._page(_find_category(url, text), 1)
        if not read_items(url, text, "data"):
            return None
        asked = parse_qs(urlsplit(url).query)
        page, category = asked.get("page", ["1"])[0], asked.get("category_id", [""])[0]
        if not page.isdecimal() or not category:
            raise PagerError(f"{url}: no page and category_id in it. Remedy: {REMEDY}")
        return self._page(category, int(page) + 1)

    def entries(self, url: str, text: str) -> list[Entry] | None:
        """The items of a JSON page, in its order."""
        if self.origin(url) is None:
            return None
        items = read_items(url, text, "data")
        linked = [(item, link) for item in items if (link := say(item, "link"))]
        refuse_mute(url, items, linked, "link")
        return [make_entry(self.home, link, *_describe(item)) for item, link in linked]

    def origin(self, url: str) -> str | None:
        """The address itself for a JSON page: it tells the number, not the category."""
        parts = address.split(url)
        own = address.split(self.api)
        return url if parts and own and parts.path == own.path and parts.query else None

    def _page(self, category: str, number: int) -> str:
        wanted = f"page={number}&limit=12&category_id={category}&show_thumb=true&show_desc=true"
        return f"{self.api}?{wanted}"


def _describe(item: dict[str, object]) -> tuple[str | None, str | None, None, str | None]:
    """Title, summary, no date, picture; only the link's name is known, these are the usual ones."""
    return (
        say(item, "title"),
        say(item, "desc") or say(item, "description"),
        None,
        say(item, "thumb"),
    )


def _find_category(url: str, text: str) -> str:
    for pattern in _IDS:
        if found := pattern.search(text):
            return str(found[1])
    raise PagerError(f"{url}: no category_id on the category page. Remedy: {REMEDY}")

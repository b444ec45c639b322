"""The lists of a paper whose pages are drawn by script: its JSON API.

::

    <api>menu-get-list
        {"status": 1, "data": {"list": [{"menu_slug": "chinh-tri"}, ...]}}
    <api>article-get-news-by-category-slug?category_slug=chinh-tri&limit=30
        {"status": 1, "data": {"list": [{"article_slug", "category_slug", "article_type_slug"}]}}

The menu lists the categories, each as the address of its list, so the menu alone may stand in
``walk.categories``. There is no page number: the next page is the same list with twice the limit,
until fewer come than were asked for. Articles stand at /<type>/<category>/<slug>, the type being
"tin-bai" where none is given. From one public crawler's code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from spiders import address
from spiders.items import REMEDY, read_items, refuse_mute, say
from spiders.pager import Entry, PagerError, Served, make_entry
from spiders.profile import Profile

_MENU = "menu-get-list"
_LIST = "article-get-news-by-category-slug"
_FIRST, _MOST = 30, 1000


def make(profile: Profile) -> Lists:
    """The pager of one such paper."""
    return Lists(profile.home, profile.walk.api or urljoin(profile.home, "/api/web/"))


@dataclass(frozen=True, slots=True)
class Lists(Served):
    """The lists of one paper: its front page and its JSON folder."""

    kind: str = "spa"
    repeats: int = 0

    def following(self, url: str, text: str, number: int) -> str | None:  # noqa: ARG002
        """The list behind an HTML category page; the same list with twice the limit."""
        kind = self._kind(url)
        if kind == _MENU:
            return None
        if kind is None:
            slug = urlsplit(url).path.rstrip("/").rpartition("/")[2]
            return self._list(slug, _FIRST) if slug else None
        asked = parse_qs(urlsplit(url).query)
        slug, limit = asked.get("category_slug", [""])[0], asked.get("limit", [""])[0]
        if not slug or not limit.isdecimal():
            raise PagerError(f"{url}: no category_slug and limit in it. Remedy: {REMEDY}")
        whole = len(self._items(url, text)) >= int(limit) > 0
        return self._list(slug, int(limit) * 2) if whole and int(limit) * 2 <= _MOST else None

    def entries(self, url: str, text: str) -> list[Entry] | None:
        """The categories' lists of a menu, the articles of a list."""
        kind = self._kind(url)
        if kind is None:
            return None
        items = self._items(url, text)
        if kind == _MENU:
            slugs = [slug for item in items if (slug := say(item, "menu_slug"))]
            refuse_mute(url, items, slugs, "menu_slug")
            return [Entry(self._list(slug, _FIRST)) for slug in dict.fromkeys(slugs)]
        paths = [path for item in items if (path := _place(item))]
        refuse_mute(url, items, paths, "article_slug")
        return [make_entry(self.home, path, None, None, None, None) for path in paths]

    def origin(self, url: str) -> str | None:
        """The address itself for a JSON page: it tells the slug, not the category's page."""
        return url if self._kind(url) else None

    def _kind(self, url: str) -> str | None:
        parts, own = address.split(url), address.split(self.api)
        if parts is None or own is None or not parts.path.startswith(own.path):
            return None
        name = parts.path.removeprefix(own.path).strip("/")
        return name if name in (_MENU, _LIST) else None

    def _list(self, slug: str, limit: int) -> str:
        return urljoin(self.api, f"{_LIST}?category_slug={quote(slug, safe='')}&limit={limit}")

    def _items(self, url: str, text: str) -> list[dict[str, Any]]:
        return read_items(url, text, "data", "list")


def _place(item: dict[str, Any]) -> str | None:
    """The path of an article; ``None`` for what has no slug or category."""
    slug, category = say(item, "article_slug"), say(item, "category_slug")
    kind = say(item, "article_type_slug") or "tin-bai"
    return f"/{kind}/{category}/{slug}" if slug and category else None

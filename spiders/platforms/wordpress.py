"""The lists of WordPress papers: /page/2/ after a category, ?page=2 in the open API.

::

    <category>/page/2/
    /wp-json/wp/v2/posts?per_page=50&page=2
        [{"link", "title": {"rendered"}, "excerpt": {"rendered"}, "date_gmt"}, ...]

Words of the WordPress REST API handbook. ``date_gmt`` is UTC and does not say so: the offset is
added.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from spiders.items import read_items, refuse_mute, say
from spiders.pager import Entry, Path, Plain, Query, make_entry
from spiders.profile import Profile

_API = "/wp-json/wp/v2/posts"
_TAG = re.compile(r"<[^<>]{0,2000}>")
_PAGES = Path("wordpress", "page/{n}/")
_POSTS = Query("wordpress", "page")


def make(profile: Profile) -> Posts:
    """The pager of one WordPress paper."""
    return Posts(profile.home)


@dataclass(frozen=True, slots=True)
class Posts(Plain):
    """Category pages of one paper, and its API's lists if a profile names one."""

    home: str
    kind: str = "wordpress"
    repeats: int = 0
    hosts: tuple[str, ...] = ()

    def following(self, url: str, text: str, number: int) -> str | None:
        """The category's next page; the list's next page unless this one is empty."""
        if not _is_api(url):
            return _PAGES.following(url, text, number)
        return _POSTS.following(url, text, number) if read_items(url, text) else None

    def entries(self, url: str, text: str) -> list[Entry] | None:
        """The posts of an API's list, in its order."""
        if not _is_api(url):
            return None
        items = read_items(url, text)
        linked = [(item, link) for item in items if (link := say(item, "link"))]
        refuse_mute(url, items, linked, "link")
        return [make_entry(self.home, link, *_describe(item)) for item, link in linked]

    def origin(self, url: str) -> str | None:
        """The category before /page/2/; the list itself."""
        return url if _is_api(url) else _PAGES.origin(url)


def _is_api(url: str) -> bool:
    return url.partition("?")[0].rstrip("/").endswith(_API)


def _describe(item: dict[str, Any]) -> tuple[str | None, str | None, str | None, None]:
    """Title, summary, date; the picture is a number there."""
    date = say(item, "date_gmt")
    return _render(item.get("title")), _render(item.get("excerpt")), date and f"{date}+00:00", None


def _render(value: Any) -> str | None:
    """The text of {"rendered": "<p>A &amp; B</p>"}."""
    written = say(value, "rendered") if isinstance(value, dict) else None
    return html.unescape(_TAG.sub("", written)).strip() or None if written else None

"""The category pages of OneCMS papers: a keyset, each page asked for by the last article's id.

::

    https://<domain>/api/getMoreArticle/channel_empty_<last id>_<channel>_0
    [{"PublisherId": 3318952, "LinktoMe2": "/slug-3318952.html", "Title", "Headlines", ...}, ...]

The first page tells channel and last id (``<li pid="...">`` of its list, or a button's
``data-api-url``); an empty list is the end. Addresses are relative to the paper's root.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from spiders.pager import Entry, PagerError, Served, make_entry
from spiders.profile import Profile

_PAGE = re.compile(r"/getMoreArticle/channel_[^/_]*_(\d+)_(\d+)_\d+$", re.IGNORECASE)
_BUTTON = re.compile(r"data-api-url\s*=\s*[\"']([^\"']*getMoreArticle/channel_[^\"']+)[\"']", re.I)
_CHANNEL = re.compile(r"getarticlebychannel/(\d+)", re.I)
# Bounded repetitions: "<ul " a million times over must not take quadratic time.
_PID = re.compile(r"<li\b[^<>]{0,500}\bpid\s{0,9}=\s{0,9}[\"']?(\d+)", re.I)
_LINK = re.compile(
    r"<a\b[^<>]{0,500}\bhref\s{0,9}=\s{0,9}[\"']?[^\"'\s<>]{1,500}-(?:post)?(\d{4,9})\.html\b", re.I
)
_ID = re.compile(r"-(?:post)?(\d{4,9})\.html(?:$|[?#])")
_LIST = re.compile(r"<ul\b[^<>]{0,500}\bonecms_load(?:_view|ing)[^<>]{0,500}>", re.I)
_UL = re.compile(r"<(/?)ul\b", re.I)
_REMEDY = 'look at the page and correct walk.api or walk.pager in the profile ("none" stops paging)'


def make(profile: Profile) -> Keyset:
    """The pager of one OneCMS paper."""
    return Keyset(profile.home, profile.walk.api or urljoin(profile.home, "/api/"))


@dataclass(frozen=True, slots=True)
class Keyset(Served):
    """Category pages of one paper: its front page and its JSON folder."""

    kind: str = "onecms"
    repeats: int = 0

    def following(self, url: str, text: str, number: int) -> str | None:  # noqa: ARG002
        """The page after the last article of this one; ``None`` after an empty list."""
        found = _PAGE.search(urlsplit(url).path)
        if found is None:
            return self._first(url, text)
        items = _items(url, text)
        ids = [one for one in map(_find_id, items) if one]
        if items and not ids:
            raise PagerError(f"{url}: no item of the list has an id. Remedy: {_REMEDY}")
        last = ids[-1] if ids else None
        if last is None or last == found[1]:
            return None
        return self._page(last, found[2])

    def entries(self, url: str, text: str) -> list[Entry] | None:
        """The items of a JSON page, in its order."""
        if self.origin(url) is None:
            return None
        items = _items(url, text)
        found = [_entry(self.home, item) for item in items]
        if items and not any(found):
            raise PagerError(f"{url}: no item of the list has LinktoMe2. Remedy: {_REMEDY}")
        return [entry for entry in found if entry]

    def origin(self, url: str) -> str | None:
        """The address itself for a JSON page: it tells the channel, not the category."""
        return url if _PAGE.search(url.partition("#")[0].partition("?")[0]) else None

    def _first(self, url: str, text: str) -> str | None:
        if button := _BUTTON.search(text):
            return urljoin(self.home, str(button[1]))
        channel = _CHANNEL.search(text)
        if channel is None:
            raise PagerError(f"{url}: no channel on the category page. Remedy: {_REMEDY}")
        return self._page(_find_last(text, channel.start()), channel[1])

    def _page(self, last: str, channel: str) -> str:
        return urljoin(self.api, f"getMoreArticle/channel_empty_{last}_{channel}_0")


def _entry(home: str, item: Any) -> Entry | None:
    """One item; ``None`` for what has no address."""
    link = _link(item)
    if link is None:
        return None
    date_raw = item.get("PublishedTime") or item.get("TimeX2")
    return make_entry(
        home, link, item.get("Title"), item.get("Headlines"), date_raw, item.get("Thumbnail")
    )


def _find_last(text: str, channel_at: int) -> str:
    """The id of the last article in the page's list; "0" (the newest) where the list is empty.

    Its ``<ul>`` is looked at first; where it is filled by script, the list that stands before it.
    Links after it are other boxes ("Nổi bật") whose ids would make the keyset jump.
    """
    box = next((found for found in _LIST.finditer(text)), None)
    inside = _cut_list(text, box.end()) if box else ""
    for part in (inside, text[: box.start() if box else channel_at]):
        for pattern in (_PID, _LINK):
            if ids := pattern.findall(part):
                return str(ids[-1])
    return "0"


def _cut_list(text: str, start: int) -> str:
    """The content of the ``<ul>`` that opened before ``start``, inner lists included."""
    depth = 1
    for tag in _UL.finditer(text, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return text[start : tag.start()]
    return text[start:]


def _items(url: str, text: str) -> list[Any]:
    try:
        items = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise PagerError(f"{url}: not a JSON list ({error}). Remedy: {_REMEDY}") from None
    if not isinstance(items, list):
        raise PagerError(f"{url}: not a list of articles. Remedy: {_REMEDY}")
    return items


def _link(item: Any) -> str | None:
    """The item's address, made relative to the root where it has no slash."""
    found = (item.get("LinktoMe2") or item.get("LinktoMe")) if isinstance(item, dict) else None
    if not isinstance(found, str) or not found:
        return None
    return found if re.match(r"/|https?:", found, re.I) else f"/{found}"


def _find_id(item: Any) -> str | None:
    """The item's article id: what its address ends in, else its PublisherId."""
    found = _ID.search(_link(item) or "")
    if found:
        return found[1]
    given = item.get("PublisherId") if isinstance(item, dict) else None
    return str(given) if given else None

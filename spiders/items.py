"""Takes the list of items out of a JSON list page: one place for what can be wrong with it."""

from __future__ import annotations

import json
from typing import Any

from spiders.pager import PagerError

REMEDY = 'look at the page and correct walk.api or walk.pager in the profile ("none" stops paging)'


def read_items(url: str, text: str, *keys: str) -> list[dict[str, Any]]:
    """The objects in the list under ``keys`` (none: the page is the list), null for no list.

    Raises PagerError for what is not JSON, or not of that shape.
    """
    try:
        data = json.loads(text.lstrip("\ufeff"))
        for key in keys:
            data = data[key]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise PagerError(f"{url}: not a list page ({error!r}). Remedy: {REMEDY}") from None
    if data is None:
        return []
    if not isinstance(data, list):
        raise PagerError(f"{url}: not a list of articles. Remedy: {REMEDY}")
    return [item for item in data if isinstance(item, dict)]


def say(item: dict[str, Any], key: str) -> str | None:
    """The text or number under ``key``, as text; ``None`` for nothing and for other kinds."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        return None
    return str(value)


def refuse_mute(url: str, items: list[dict[str, Any]], found: list[Any], key: str) -> None:
    """Raises PagerError when a page has items and none of them has an address."""
    if items and not found:
        raise PagerError(f"{url}: no item of the list has {key}. Remedy: {REMEDY}")

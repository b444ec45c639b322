"""Say whether a page declares itself free to read, not free, or nothing.

Only declarations count (schema.org isAccessibleForFree, content tiers): a class named "paywall"
stands on free pages of half the papers that have one.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.read.jsonld import Structured
from crawler.read.meta import Meta

_FREE = ("true", "free", "1", "yes")
_LOCKED = ("false", "locked", "0", "no", "premium", "paid")
_WORDS = dict.fromkeys(_FREE, True) | dict.fromkeys(_LOCKED, False)


def read_free(structured: Structured, meta: Meta) -> tuple[bool, str] | None:
    """(free, source) as declared, or None where nothing is said (metered tiers say nothing)."""
    for thing, source in ((structured.article, "json-ld"), (structured.page, "json-ld:WebPage")):
        said = _read_flag(thing.get("isAccessibleForFree"))
        if said is not None:
            return said, source
        parts = thing.get("hasPart")
        for part in parts if isinstance(parts, list) else [parts]:
            if isinstance(part, Mapping) and _read_flag(part.get("isAccessibleForFree")) is False:
                return False, f"{source}:hasPart"
    tier = meta.first("article:content_tier", "og:article:content_tier", "content_tier")
    said = _read_flag(tier[1]) if tier else None
    return (said, f"meta:{tier[0]}") if tier and said is not None else None


def _read_flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return _WORDS.get(value.strip().lower().rsplit("/", 1)[-1]) if isinstance(value, str) else None


def list_walled(structured: Structured) -> tuple[str, ...]:
    """The CSS selectors of the parts that a page says are not free (schema.org hasPart)."""
    parts = structured.article.get("hasPart")
    items = (parts if isinstance(parts, list) else [parts])[:20]
    found = [
        one.get("cssSelector")
        for one in items
        if isinstance(one, Mapping) and str(one.get("isAccessibleForFree")).lower() == "false"
    ]
    return tuple(one for one in found if isinstance(one, str))

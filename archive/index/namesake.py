"""Whether two addresses carry the same name of an article: its number, or the words of its slug.

A redirect for good from one to the other says that the article moved, though nobody has looked
there; a page found at the one may be what stood at the other.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-3]\d)?(?!\d))\d{5,}(?!\d)")
WORD = re.compile(r"[^\W_]{2,}")


def is_namesake(url: str, target: str) -> bool:
    """Say whether an address carries what names the article at another: a number of five digits
    and more that is no day or month, or three words of its slug and most of both.

    The target's query is left out: a log-in has there where one came from.
    """
    here, there = (urlsplit(one) for one in (url, target))
    numbers = set(NUMBER.findall(f"{here.path}?{here.query}")) & set(NUMBER.findall(there.path))
    if numbers:
        return True
    ours, theirs = (
        set(WORD.findall(part.path.rstrip("/").rpartition("/")[2].lower()))
        for part in (here, there)
    )
    shared = ours & theirs
    return len(shared) >= 3 and 3 * len(shared) >= 2 * max(len(ours), len(theirs))

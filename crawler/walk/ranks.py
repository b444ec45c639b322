"""Which address is asked for sooner: a table of ranks, and the rank of what a page announces."""

from __future__ import annotations

import re

from archive.index.addresses import Announced
from archive.index.frontier import Task

# Larger is sooner. What tells of news comes before the news, and news before the back catalogue.
PRIORITY = {
    "home": 1000,
    "feed": 950,
    "category": 900,
    "sitemap": 800,
    "news": 700,
    "look": 650,  # a list that rests: when the others were read
    "related": 500,
    "again": 400,
    "sign": 280,  # of a removal
    "catalogue": 300,
    "child": 290,
}
FIRST_OF_ALL = PRIORITY["home"] + 1  # further pages of an article: of the same visit


def rate(item: Announced, task: Task) -> int:
    """Return the priority of an article that a page announces."""
    if item.link.channel == "sitemap":
        news = bool(item.link.title) or re.search(r"news|moi", task.url) is not None
        return 600 if news else PRIORITY["catalogue"]
    if item.link.channel in ("related", "body"):
        return PRIORITY["related"]
    return PRIORITY["news"]

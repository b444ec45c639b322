"""Counts what a check has seen: shares of fields, disagreements, leaks, selectors that match.

A title or a lead that two articles share counts for neither: it is the paper's name, or a box. A
date that all articles share to the minute is the clock in the paper's header.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.records import Article
from crawler.check.leaks import Leak, find_leaks
from crawler.check.tour import Looked, Seen
from crawler.read.clean import key
from crawler.read.select import select
from crawler.read.template import REASON, TURNS

FIELDS = ("title", "lead", "text", "date", "author", "picture", "related")
WORDS = ("title", "lead", "body", "author", "date", "related")
"""The words of [read] whose selectors are tried one by one."""
SAME = 0.8  # share of the letters of two texts that stand in equal lines
CLOCK = 4  # articles with one date to the minute
_HEAD = 160


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two readers of one page: what the profile's reading says, and who says otherwise."""

    field: str
    url: str
    ours: str
    other: str
    who: str  # "JSON-LD" or "general reader"


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a check."""

    articles: int  # pages that should be articles and came
    fields: dict[str, int]  # of them have the field
    disagreements: list[Disagreement]
    leaks: list[tuple[str, Leak]]  # (address, (kind, line))
    leaking: int  # articles with a leak
    selectors: dict[str, int]  # word of [read] -> pages on which it matches
    clock: str | None  # the date that all articles share
    cuts: list[tuple[str, str]]  # (address, line) that the template took out
    turned: int = 0  # articles of several pages


def count(looked: Looked) -> Counts:
    """Count. Never raises on what a tour brought."""
    seen = looked.articles
    read = [(one, one.reading.article) for one in seen if one.reading.article is not None]
    linked = [
        [link.title for link in one.reading.links if link.title and link.url != one.url]
        for one, _ in read
    ]
    leaks = find_leaks([article for _, article in read], linked)
    told = [(one.url, leak) for (one, _), found in zip(read, leaks, strict=True) for leak in found]
    return Counts(
        articles=len(seen),
        fields=_count_fields(read),
        disagreements=[d for one in seen for d in _compare(one)],
        leaks=told,
        leaking=sum(bool(found) for found in leaks),
        selectors=_try_selectors(looked),
        clock=_find_clock([article for _, article in read]),
        cuts=list(_list_cuts(read)),
        turned=sum(bool(one.reading.parts) for one in seen),
    )


def _count_fields(read: Sequence[tuple[Seen, Article]]) -> dict[str, int]:
    titles = Counter(key(article.title) for _, article in read)
    leads = Counter(key(article.lead or "") for _, article in read)
    counts = dict.fromkeys(FIELDS, 0)
    for one, article in read:
        counts["title"] += bool(article.title) and titles[key(article.title)] == 1
        counts["lead"] += bool(article.lead) and leads[key(article.lead or "")] == 1
        counts["text"] += bool(article.text)
        counts["date"] += article.published is not None
        counts["author"] += bool(article.authors)
        counts["picture"] += bool(article.images)
        counts["related"] += any(link.channel == "related" for link in one.reading.links)
    return counts


def _find_clock(articles: Sequence[Article]) -> str | None:
    dates = [one.published for one in articles if one.published is not None]
    values = [one.value[:16] for one in dates if one.precision != "day"]
    return values[0] if len(values) >= CLOCK and len(set(values)) == 1 else None


def _try_selectors(looked: Looked) -> dict[str, int]:
    """On how many pages each word of [read] leads to something; words without selectors not."""
    read = looked.site.profile.read
    # Only what a worker has parsed within its limits is parsed here.
    sound = [one for one in looked.articles if one.reading.status == "ok"]
    trees = [one.visit.tree for one in sound]
    return {
        word: sum(tree is not None and bool(select(tree, getattr(read, word))) for tree in trees)
        for word in WORDS
        if getattr(read, word)
    }


def _list_cuts(read: Sequence[tuple[Seen, Article]]) -> Iterator[tuple[str, str]]:
    for one, article in read:
        for step, line in article.trace.cuts if article.trace else ():
            if step in (REASON, TURNS):
                yield one.url, line


# -- two readers ----------------------------------------------------------------------------------


def _compare(one: Seen) -> Iterator[Disagreement]:
    ours, other = one.reading.article, one.general.article
    if ours is None:
        return
    for name, place, value in ours.trace.said if ours.trace else ():
        if value and place.startswith("json-ld") and name in ("title", "published", "authors"):
            shown = {"published": "date", "authors": "author"}.get(name, name)
            yield Disagreement(shown, one.url, _say(ours, shown), value, "JSON-LD")
    if other is not None:
        for name in ("title", "text", "date", "author"):
            if _differ(name, ours, other):
                said = (_say(ours, name), _say(other, name))
                yield Disagreement(name, one.url, *said, "general reader")


def _differ(name: str, ours: Article, other: Article) -> bool:
    """Whether two readings of a page are at odds; what only one of them has is no odds."""
    if name == "title":
        return bool(ours.title and other.title) and key(ours.title) != key(other.title)
    if name == "date":
        one, two = ours.published, other.published
        return one is not None and two is not None and not _is_same_date(one.value, two.value)
    if name == "author":
        one_set, two_set = set(map(key, ours.authors)), set(map(key, other.authors))
        return bool(one_set and two_set) and one_set != two_set
    return bool(ours.text and other.text) and compare_texts(_whole(ours), _whole(other)) < SAME


def _is_same_date(one: str, two: str) -> bool:
    """Whether two dates are one, to the minute, or to the day where one has no more."""
    size = min(len(one), len(two), 16)
    return one[:size] == two[:size]


def compare_texts(one: str, two: str) -> float:
    """The share of the letters of two texts (0 to 1) that stand in lines which both have."""
    lines = [Counter(filter(None, map(key, text.split("\n")))) for text in (one, two)]
    both = lines[0] & lines[1]
    letters = [sum(len(line) * n for line, n in some.items()) for some in (*lines, both)]
    return letters[2] / max(letters[0], letters[1], 1)


def _whole(article: Article) -> str:
    return f"{article.lead or ''}\n{article.text}"


def _say(article: Article, name: str) -> str:
    values = {
        "title": article.title,
        "date": article.published.value if article.published else "",
        "author": ", ".join(article.authors),
        "text": f"{len(article.text)} letters: {article.text}",
    }
    words = " ".join(values[name].split())
    return words if len(words) <= _HEAD else f"{words[: _HEAD - 1]}…"

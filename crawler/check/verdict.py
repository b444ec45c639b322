"""Judges what a check has counted: where the profile no longer understands its paper, and why.

A problem ends with what to do and makes the exit code 3. What is merely odd is a note: a paper may
have no authors, an empty feed, categories of three articles. Decision: an answer that the profile
marks ``seen`` was on the paper's pages once; where it leads to nothing now, the paper has changed,
even if the general reader still finds the field. A guess that leads to nothing is a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.index.clocked import ZONE
from archive.records import Reading
from crawler.check.count import Counts
from crawler.check.source import NOT_HELD
from crawler.check.tour import Listing, Looked

# Share of articles that must have a field, where [expect.share] says nothing. A headline is never
# missing on purpose; a gallery or a quiz has no text, a page or two of ten (walk/checks.py), and
# no date of its own on some papers.
NEEDED = {"title": 0.9, "text": 0.75, "date": 0.75}
ENOUGH = 5  # articles before a field that none of them has says anything of a selector
FEW = 3  # articles before shares say anything
HALF = 0.5  # share of articles with a leak, or with two dates: no longer an odd page
STALE = 3  # words of [read] that lead to nothing: more than half of them is a redesign
SMALL = 20_000  # bytes: a captcha with its script; front pages without links are larger
FULL = 8  # articles of a category's first page that has a second one: a list of less may end
GONE = ("http 404", "http 410")
SHUT = ("captcha", "login", "consent-wall", "parked-domain")
UNNAMED = "without a title"
_ADVICE = {
    "robots.txt": "robots.txt forbids it: ask the paper for permission",
    "http 401": "the paper asks who we are: ask it for permission",
    "http 403": "the paper refuses us: ask it for permission",
    "http 429": "the paper asks for time: try again later, with a larger manners.delay",
    NOT_HELD: "nothing of its front page is held: `khobao crawl` it first",
}

Level = Literal["problem", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know: ``about`` is a word of the profile or a field."""

    level: Level
    about: str
    says: str


def find_barrier(looked: Looked) -> str | None:
    """Why the paper can not be reached at all, with the remedy; None where it can."""
    came = [one for one in looked.listings if one.visit is not None]
    if not came and not looked.articles:
        why = looked.home.why or "no answer"
        return f"{looked.home.url}: {why}; {_advise(why)}"
    shut = {one.reading.impostor for one in came if one.reading is not None}
    if shut and shut <= set(SHUT):
        return f"{looked.home.url}: every page is a {sorted(map(str, shut))[0]}; {_LOOK}"
    if (
        len(came) > 1
        and not looked.articles
        and not any(one.articles or one.lists for one in came)
        and _are_alike(came)
    ):
        return f"{looked.home.url}: every page is the same one ({_name_page(came[0])}); {_LOOK}"
    return None


_LOOK = "look at it with a browser: a captcha, a log-in or a closed paper; ask it for permission"


def _are_alike(came: list[Listing]) -> bool:
    """Whether one page was sent for all: the same bytes, or small pages under one title."""
    if len({one.visit.data for one in came if one.visit is not None}) == 1:
        return True
    small = all(one.visit is not None and len(one.visit.data) < SMALL for one in came)
    return small and len({_name_page(one) for one in came} - {UNNAMED}) == 1


def _name_page(listing: Listing) -> str:
    """The title of a page that a worker could read within its limits."""
    tree = listing.visit.tree if listing.visit is not None and not listing.why else None
    title = " ".join((tree.findtext(".//title") or "").split()) if tree is not None else ""
    return f'"{title}"' if title else UNNAMED


def _advise(why: str) -> str:
    if "robots.txt unavailable" in why:
        return "without its robots.txt nothing is asked: try again later"
    if why.startswith("address"):
        return "correct khobao.toml"
    known = next((words for start, words in _ADVICE.items() if why.startswith(start)), None)
    return known or "look at it with a browser, correct `home` or try again later"


def judge(looked: Looked, counts: Counts, *, is_web: bool) -> list[Finding]:
    """What a person should know, problems first. ``is_web``: what did not come is not there."""
    found = [
        *_judge_lists(looked),
        *_judge_pager(looked, is_web=is_web),
        *_judge_feeders(looked),
        *_judge_articles(looked, counts),
        *_judge_selectors(looked, counts),
    ]
    return sorted(found, key=lambda one: one.level != "problem")


def _judge_lists(looked: Looked) -> Iterator[Finding]:
    home = looked.home
    if home.why:
        level: Level = "problem" if home.why in GONE else "note"
        yield Finding(level, "home", f"{home.url}: {home.why}; correct `home`")
    elif not home.articles:
        yield Finding("note", "home", "the front page links to no article")
    none_came = all(one.why not in ("", NOT_HELD) for one in looked.categories)
    for one in looked.categories:
        if one.why:
            level = "problem" if one.why in GONE or none_came else "note"
            yield Finding(level, "walk.categories", f"{one.url}: {one.why}; {_RENAMED}")
        elif _is_front(one, home):
            yield Finding(
                "problem", "walk.categories", f"{one.url} leads to the front page; {_RENAMED}"
            )
        elif not one.articles and not one.lists:
            yield Finding(
                "problem",
                "walk.categories",
                f"{one.url} lists no article; look whether it moved, then correct "
                "walk.categories, walk.article or read.listing",
            )


_RENAMED = "look where the paper has it now, and correct walk.categories"


def _is_front(one: Listing, home: Listing) -> bool:
    if one.visit is None or home.visit is None:
        return False
    return one.visit.url != one.url and one.visit.url.rstrip("/") == home.visit.url.rstrip("/")


def _judge_pager(looked: Looked, *, is_web: bool) -> Iterator[Finding]:
    page, word = looked.following, looked.site.profile.walk.pager
    if page is None:
        longest = max((len(one.articles) for one in looked.categories), default=0)
        if word == "none" or not is_web or not longest:
            return
        wrong = _list_pager_errors(looked)
        seen = looked.site.trusted("walk.pager") == "seen" and longest >= FULL
        says = wrong[0] if wrong else f"no category names a following page ({word})"
        says = f"{says}; if there is one, correct walk.pager"
        yield Finding("problem" if wrong or seen else "note", "walk.pager", says)
    elif page.why or not (page.fresh or page.ended):
        why = page.why or "no article that the first page has not"
        level: Level = "problem" if not page.why or page.why in GONE else "note"
        yield Finding(level, "walk.pager", f"{page.url}: {why}; correct walk.pager")


def _list_pager_errors(looked: Looked) -> list[str]:
    readings = [one.reading for one in looked.categories if one.reading is not None]
    return [words for r in readings for words in r.warnings if words.startswith("pager-error")]


def _judge_feeders(looked: Looked) -> Iterator[Finding]:
    walk = looked.site.profile.walk
    for word, tried, named in (
        ("walk.feeds", looked.feeds, walk.feeds),
        ("walk.sitemaps", looked.sitemaps, walk.sitemaps),
    ):
        if not tried or any(one.articles or one.lists for one in tried):
            continue
        lost = [one for one in tried if one.url in named and _is_lost(one)]
        for one in lost:
            level: Level = "note" if looked.site.trusted(word) == "family" else "problem"
            yield Finding(level, word, f"{one.url}: {one.why or 'is a page now'}; correct {word}")
        if not lost:
            says = tried[0].why or "lists nothing"
            yield Finding("note", word, f"{tried[0].url}: {says}")


def _is_lost(one: Listing) -> bool:
    """Whether a feed is gone, or something else stands in its place."""
    return one.why in GONE or (
        one.reading is not None and one.reading.role not in ("feed", "sitemap")
    )


def _judge_articles(looked: Looked, counts: Counts) -> Iterator[Finding]:
    total = counts.articles
    gone = [url for url, why in looked.missed.items() if why in GONE]
    if len(gone) > max(total, 1):
        says = f"{len(gone)} of {total + len(looked.missed)} articles that lists name are not there"
        yield Finding("problem", "walk.article", f"{says} ({gone[0]}); correct walk.article")
    if total < FEW:
        listed = sum(len(one.articles) for one in looked.listings)
        why = f" ({next(iter(looked.missed.values()))})" if looked.missed else ""
        says = f"{listed} articles are listed, {total} of them came{why}"
        level: Level = "note" if total else "problem"
        yield Finding(level, "walk.article", f"{says}; correct walk.article or walk.categories")
        return
    expected = looked.site.profile.expect.share
    for name, count in counts.fields.items():
        said = getattr(expected, "image" if name == "picture" else name, None)
        least = said if said is not None else NEEDED.get(name)
        if least is not None and count < least * total:
            says = (
                f"on {count} of {total} articles, {least:.0%} are expected; correct {_name(name)}"
            )
            yield Finding("problem", name, says)
    if counts.clock:
        says = f"every article has the date {counts.clock}: the page's clock? correct read.date"
        yield Finding("problem", "date", says)
    if counts.leaking >= max(FEW, HALF * total):
        says = (
            f"lines that are no article's in {counts.leaking} of {total} texts; correct read.body, "
        )
        yield Finding("problem", "text", says + "read.strip, read.labels or read.prompts")
    zoned = [one.url for one in looked.articles if _doubts_zone(one.reading)]
    if len(zoned) >= max(FEW, HALF * total):
        says = f"on {len(zoned)} of {total} articles the page shows its stamp's clock as its own: "
        yield Finding("problem", "date", says + "the zone of one is false; set read.local_stamps")
    dates = {d.url for d in counts.disagreements if d.field == "date" and d.who == "JSON-LD"}
    if len(dates) >= max(FEW, HALF * total):
        says = f"the page and its JSON-LD disagree on {len(dates)} of {total} articles"
        yield Finding("problem", "date", f"{says}; correct read.date, date_order or timezone")


def _doubts_zone(reading: Reading) -> bool:
    return any(words.startswith(f"{ZONE}:") for words in reading.warnings)


def _name(field: str) -> str:
    word = {"text": "body", "picture": "body"}.get(field, field)
    return f"read.{word}" if field != "title" else "read.title or walk.article"


def _judge_selectors(looked: Looked, counts: Counts) -> Iterator[Finding]:
    if counts.articles < ENOUGH:
        return
    for word, matches in counts.selectors.items():
        lost = not counts.fields[_FIELDS.get(word, word)]
        if matches and not lost:
            continue
        seen = looked.site.trusted(f"read.{word}") == "seen"
        says = "matches nothing" if not matches else "leads to nothing"
        general = "" if lost else "; the field is found in general ways"
        says = f"{says} on {counts.articles} articles{general}; correct read.{word}"
        yield Finding("problem" if seen or lost else "note", f"read.{word}", says)
    stale = [word for word, matches in counts.selectors.items() if not matches]
    if len(stale) >= STALE and 2 * len(stale) > len(counts.selectors):
        says = f"{', '.join(stale)} match nothing any more: the paper looks otherwise now; "
        yield Finding("problem", "read", says + "correct [read], or take the platform's word out")


_FIELDS = {"body": "text"}

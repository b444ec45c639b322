"""Write down how a page was read: what left its text by which step, and what its places say.

Bounded by count and length, since the WARC keeps one for every reading: 1.3 KB a page on average
in shared/pages before compression. A place that says the same as the field is kept without its
words: that it agrees is all there is to tell.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from archive.records import Trace
from crawler.read.clean import key
from crawler.read.dates import Moment, parse_date
from crawler.read.facts import Facts
from crawler.read.offer import find_bare, find_offer
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.story import Story

_MAX_CUTS, _MAX_LETTERS = 200, 160
_MAX_SAID = 12  # places a field
_DATES = ("published", "modified")
_SHOWN = ("title", "authors", "published", "section")


def trace_reading(sheet: Sheet, facts: Facts, story: Story) -> Trace:
    """The trace of one article; the same page gives the same trace. Never raises on a tree."""
    cuts = [(step, _shorten(line)) for step, line in story.cuts]
    return Trace(
        cuts=tuple(cuts[:_MAX_CUTS]),
        more=max(0, len(cuts) - _MAX_CUTS),
        said=tuple(_list_said(facts)),
        shown=tuple(_list_shown(sheet, facts, story)),
    )


def _shorten(words: str) -> str:
    return words if len(words) <= _MAX_LETTERS else words[: _MAX_LETTERS - 1] + "…"


def _list_said(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """(field, place, value) of what each place says; "" where it says what the field says."""
    for name, claims in facts.claims.items():
        for place, value in dict.fromkeys(claims[:_MAX_SAID]):
            if value:
                yield name, place, "" if _is_same(name, value, facts) else _shorten(value)


def _is_same(name: str, value: str, facts: Facts) -> bool:
    if name in _DATES:
        chosen = getattr(facts, name)
        read, other = parse_date(chosen.value) if chosen else None, parse_date(value)
        return read is not None and other is not None and _is_same_date(read, other)
    if name == "authors":
        return {key(part) for part in value.split(", ")} == set(map(key, facts.credits.authors))
    if name == "language":
        return value.lower().split("-")[0] == (facts.language or "").lower().split("-")[0]
    return key(value) == key(getattr(facts, name) or "")


def _is_same_date(one: Moment, other: Moment) -> bool:
    """Whether two dates are the same to the precision of the less precise one."""
    if one.clock is None or other.clock is None or other.zone is None or one.zone is None:
        return one.day in (other.day, other.other)
    return one.instant() == other.instant()


def _list_shown(sheet: Sheet, facts: Facts, story: Story) -> Iterator[tuple[str, str]]:
    """(field, path) of the elements where a reader sees what was read."""
    frame = Sign.FRAME & ~sheet.wrapped  # a menu names the section, too
    lines = [b for b in sheet.lines if not b.signs & frame]
    if story.element is not None:
        yield "text", name_path(story.element)
    if (offer := find_offer(sheet, story)) is not None:
        yield offer[0], name_path(offer[1])
    if (bare := find_bare(story)) is not None:
        yield "bare", name_path(bare)
    for name in _SHOWN:
        for words in _list_words(facts, name):
            folded = key(words)
            line = next((b for b in lines if len(folded) > 3 and folded in b.folded), None)
            if line is not None and line.element is not None:
                yield name, name_path(line.element)
                break


def _list_words(facts: Facts, name: str) -> tuple[str, ...]:
    if name == "authors":
        return facts.credits.authors
    if name == "published":
        return (facts.published.raw,) if facts.published else ()
    return (getattr(facts, name) or "",)


def name_path(element: HtmlElement) -> str:
    """The last three elements of the way to an element: "article.story > header > h1.title"."""
    steps: list[str] = []
    for node in (element, *element.iterancestors()):
        if len(steps) == 3 or node.tag in ("html", "body"):
            break
        names = (node.get("class") or "").split()[:2]
        label = f"#{node.get('id')}" if node.get("id") and not names else ""
        steps.append(".".join([str(node.tag), *names]) + label)
    return _shorten(" > ".join(reversed(steps)))

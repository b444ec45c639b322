"""What the changes of one crawl have in common: the dress that a paper gave to all its pages.

A paper that puts a dateline before all texts, its name behind all headlines, a line that turns or a
box between its paragraphs has edited nothing. Each change of a crawl is taken apart (archive/
trim.py), and a part of it is a dress where the paper's other pages say so::

    same words   LEAST pages show them at that place, half of all that the crawl read or more, new
                 articles too; or LEAST articles gained them, half or more of those that lacked
                 them. Words at an edge without a sign between them and the rest need the second:
                 half of all texts may begin with "The"
    taken back   the like: half of those that had them, which were half of those asked
    same place   other words on each: MANY articles, MOST of those asked, gained or lost them
                 at one place (a dateline with its town, a box with a summary), but lines
                 behind all, where a box needs a head that is the same: five stories that were
                 short go on there, and a paper whose lists tell of edits is asked for no others
    that turn    lines at one place in half of the articles asked again, most of which stand on
                 other pages, too: one of a few; LEAST articles

So a crowd has three articles: of two, or of one page among others, nobody can say; a paper of three
articles a night needs all three, or its new ones, to say the same. Thirty edits of thirty kinds
have neither words nor place in common. Rejected: numbers of changed articles alone (a live blog's
night), a template of lines (cut from readings, not from what is compared).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.classify import Wording
from archive.fold import fold
from archive.trim import Field, Grain, Kind, Trim, list_trims, split

LEAST, MANY = 3, 5  # articles with the same words; with other words at the same place
MOST = 0.8  # of the articles asked again, for other words at the same place
USUAL = 0.6  # of the runs at a place, that have one length
_LAST = "-0"  # a place: behind all
ANYWHERE = "~"  # for lines that stand on other pages, too

Group = tuple[Kind | None, str]  # of lines: what came of them, where


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a crawl read it; ``before``: as it was known, None for a new one."""

    article_id: int
    before: Wording | None
    after: Wording


@dataclass(frozen=True, slots=True)
class Dress:
    """What many pages gained, lost or have turning: ``words`` empty where each has its own."""

    field: Field
    grain: Grain
    kind: Kind
    place: str
    mark: str
    words: str
    shown: str  # as one page has it
    articles: int  # that have it, or had
    asked: int  # ... of so many
    size: int = 0  # lines of most, 0: of any number; words at most
    lines: tuple[str, ...] = ()  # folded, of those that turn


@dataclass(slots=True)
class Change:
    """What an article gained and lost, and what of it is no dress yet."""

    page: Page
    trims: list[Trim]


def find_dresses(pages: Sequence[Page]) -> list[Dress]:
    """Return what the changes of a crawl's pages have in common."""
    asked = [page for page in pages if page.before is not None]
    changes = [
        Change(page, list_trims(page.before, page.after))
        for page in asked
        if page.before is not None and page.before != page.after
    ]
    changes = [change for change in changes if change.trims]
    if not changes:
        return []
    same = [*_find_sentences(pages, asked, changes), *_find_words(pages, asked, changes)]
    plain = {(dress.field, dress.grain, dress.words) for dress in same}
    for change in changes:
        change.trims = [t for t in change.trims if (t.field, t.grain, t.words) not in plain]
    return [*same, *_find_edges(asked, changes), *_find_lines(pages, asked, changes, plain)]


# -- the same words -------------------------------------------------------------------------------


def _find_sentences(
    pages: Sequence[Page], asked: Sequence[Page], changes: Sequence[Change]
) -> Iterator[Dress]:
    now = Counter(key for page in pages for key in _list_keys(page.after))
    then = Counter(key for page in asked if page.before for key in _list_keys(page.before))
    for trim, number in _count(changes, "sentence"):
        if trim.kind == "gained":
            is_dress = now[trim.words] >= max(LEAST, len(pages) / 2)
        else:
            had = then[trim.words]
            is_dress = had >= max(LEAST, len(asked) / 2) and number >= had / 2
        if is_dress:
            of = len(pages) if trim.kind == "gained" else len(asked)
            some = now[trim.words] if trim.kind == "gained" else number
            yield _make(trim, "", some, of)


def _list_keys(wording: Wording) -> set[str]:
    return {unit.key for unit in split(wording.text)}


def _find_words(
    pages: Sequence[Page], asked: Sequence[Page], changes: Sequence[Change]
) -> Iterator[Dress]:
    for trim, number in _count(changes, "words"):
        place = trim.places[0]
        then = sum(page.before is not None and _shows(page.before, trim) for page in asked)
        now = sum(_shows(page.after, trim) for page in pages)
        if trim.kind == "gained":
            is_dress = number >= max(LEAST, (len(asked) - then) / 2)
            if trim.mark:
                is_dress |= now >= max(LEAST, len(pages) / 2)
            told = (max(number, now), len(pages)) if is_dress else (0, 0)
        else:
            enough = then >= max(LEAST, len(asked) / 2) and number >= then / 2
            is_dress = enough and (number >= LEAST or bool(trim.mark))
            told = (number, len(asked))
        if is_dress:
            yield _make(trim, place, *told)


def _shows(wording: Wording, trim: Trim) -> bool:
    """Say whether words stand at a trim's place of a page."""
    words, place = trim.words.split(" "), trim.places[0]
    if trim.field == "title":
        sides = [fold(wording.title)]
    else:
        units = split(wording.text)
        if place in ("head", "tail"):
            units = units[:1] if place == "head" else units[-1:]
        sides = [list(unit.words) for unit in units]
    if place in ("head", "start"):
        return any(side[: len(words)] == words and len(side) > len(words) for side in sides)
    return any(side[-len(words) :] == words and len(side) > len(words) for side in sides)


def _count(changes: Sequence[Change], grain: Grain) -> list[tuple[Trim, int]]:
    """Return the different things that changed in one grain, with how many articles have each."""
    found: dict[tuple[str, ...], tuple[Trim, set[int]]] = {}
    for change in changes:
        for trim in change.trims:
            if trim.grain == grain:
                key = (trim.field, trim.kind, *trim.places[:1], trim.mark, trim.words)
                found.setdefault(key, (trim, set()))[1].add(change.page.article_id)
    return [(trim, len(articles)) for trim, articles in found.values()]


def _make(trim: Trim, place: str, articles: int, asked: int, size: int = 0) -> Dress:
    words = trim.words if trim.grain != "lines" and not size else ""
    return Dress(
        *(trim.field, trim.grain, trim.kind, place, trim.mark, words, trim.shown),
        *(articles, asked, size),
    )


# -- the same place -------------------------------------------------------------------------------


def _find_edges(asked: Sequence[Page], changes: Sequence[Change]) -> Iterator[Dress]:
    """Yield what most gained or lost at one edge, each its own words: a town, a section's name."""
    found: dict[tuple[str, ...], dict[int, Trim]] = {}
    for change in changes:
        for trim in change.trims:
            if trim.grain == "words" and "pure" in trim.places and _is_outer(trim):
                key = (trim.field, trim.kind, trim.places[0], trim.mark)
                found.setdefault(key, {})[change.page.article_id] = trim
    for trims in found.values():
        if len(trims) >= max(MANY, MOST * len(asked)):
            first = next(iter(trims.values()))
            size = max(len(trim.words.split(" ")) for trim in trims.values())
            yield _make(first, first.places[0], len(trims), len(asked), size)


def _is_outer(trim: Trim) -> bool:
    return trim.field == "title" or trim.places[0] in ("head", "tail")


def _find_lines(
    pages: Sequence[Page],
    asked: Sequence[Page],
    changes: Sequence[Change],
    plain: set[tuple[Field, Grain, str]],
) -> Iterator[Dress]:
    """Yield the lines that most gained, lost or had turned at one place, place after place."""
    left = {
        change.page.article_id: [t for t in change.trims if t.grain == "lines"]
        for change in changes
    }
    same = {words for field, grain, words in plain if grain == "sentence"}
    for some in left.values():  # what all share is told already
        some[:] = [trim for trim in some if not same.issuperset(trim.keys)]
    stands = Counter(
        key
        for page in pages
        for key in _list_keys(page.after) | (_list_keys(page.before) if page.before else set())
    )
    while (group := _find_group(left, len(asked), same, stands)) is not None:
        members = [[t for t in some if _is_of(t, group, stands)] for some in left.values()]
        chosen = [trim for some in members for trim in some]
        usual = _find_usual(chosen, group)
        keys = {
            cut.key
            for trim in chosen
            for is_new in _list_sides(group)
            for cut in trim.on(is_new)
            if stands[cut.key] > 1 or _is_usual(trim.size(is_new), usual, group)
        }
        yield Dress(
            *("text", "lines", group[0] or "turned", group[1], "", "", chosen[0].shown),
            *(sum(map(bool, members)), len(asked), usual, tuple(sorted(keys - same))),
        )
        for some in left.values():
            some[:] = [trim for trim in some if not _is_of(trim, group, stands)]


def _list_sides(group: Group) -> tuple[bool, ...]:
    """Return on which sides the lines of a group stand: the new one, the old one, both."""
    return (True, False) if group[0] in (None, "turned") else (group[0] == "gained",)


def _is_usual(size: int, usual: int, group: Group) -> bool:
    """Say whether as many lines as a change has are all of the dress, not of an edit beside it."""
    return group[1] != ANYWHERE and (size <= usual or (not usual and group[0] is not None))


def _find_usual(trims: Sequence[Trim], group: Group) -> int:
    """Return how many lines most came or went at a place; 0 where there is no such number."""
    sides = _list_sides(group)
    sizes = Counter(size for trim in trims for is_new in sides if (size := trim.size(is_new)))
    size, often = min(sizes.items(), key=lambda item: (-item[1], item[0]))
    return size if often >= USUAL * sizes.total() else 0


def _find_group(
    left: dict[int, list[Trim]], asked: int, same: set[str], stands: Counter[str]
) -> Group | None:
    """Return where most have lines that came, went or turned; the place that has the most."""
    groups: dict[Group, dict[int, Trim]] = {}
    for article_id, trims in left.items():
        for trim in trims:
            for place in trim.places:
                groups.setdefault((None, place), {})[article_id] = trim
                for one in _list_kinds(trim):
                    groups.setdefault((one, place), {})[article_id] = trim
            if _is_of(trim, (None, ANYWHERE), stands):
                groups.setdefault((None, ANYWHERE), {})[article_id] = trim
    ranked = sorted(groups.items(), key=_rank)
    for (kind, place), members in ranked:
        number = len(members)
        if kind is None:
            again = sum(any(stands[key] > 1 for key in t.keys) for t in members.values())
            if number >= max(LEAST, asked / 2) and again >= max(LEAST, number / 2):
                return None, place
            continue
        headed = sum(not same.isdisjoint(trim.keys) for trim in members.values())
        placed = sum(_LAST not in trim.places for trim in members.values())
        if placed >= max(MANY, MOST * asked) or headed >= max(LEAST, MOST * asked):
            return kind, place
    return None


def _rank(item: tuple[Group, dict[int, Trim]]) -> tuple[bool, bool, int, str, str]:
    (kind, place), trims = item
    return place == ANYWHERE, kind != "turned", -len(trims), place, kind or "~"


def _list_kinds(trim: Trim) -> tuple[Kind, ...]:
    """Return what came of a place: what turned both gained and lost."""
    return ("turned", "gained", "lost") if trim.kind == "turned" else (trim.kind,)


def _is_of(trim: Trim, group: Group, stands: Counter[str]) -> bool:
    kind, place = group
    if place == ANYWHERE:
        return any(stands[key] > 1 for key in trim.keys)
    return (kind is None or kind in _list_kinds(trim)) and place in trim.places

"""Lists the ways in which the last parts of articles' addresses may hold an id.

    ten-bai-340001 · ten-bai-post340001 · 340001-ten-bai · news_340001 · x;art8,340001 · ?so=340001
    ?article340001

Each way is a regex with the group ``id`` and a finder of ids: what repeats, or is a year, is none.
Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.scaffold.shapes import UUID, Path, is_date, list_bare

SEGMENT = "[^/?#]+"
FEW = 3  # articles below which a regex would be an accident
ALIKE = 0.97  # share of addresses that must have what a recipe asks of them
UNIQUE = 0.95  # share of different ids among different addresses
ID = "(?P<id>"


@dataclass(frozen=True, slots=True)
class Stem:
    """What the last segment or the query looks like: a regex with or without the group ``id``."""

    regex: str
    narrow: str  # the same, as few figures as were seen
    finder: re.Pattern[str]  # on Path.stem; group 1 is the id
    slug: bool = False


def list_stems(group: list[Path]) -> Iterator[tuple[Stem, list[Path]]]:
    """The ways to see the last segments of these addresses, those with an id first."""
    if group[0].query:
        yield from ((stem, group) for stem in _find_keys(group))
        return
    for stem in (*_find_uuid(group), *_find_ends(group), *_find_heads(group), *_find_bare(group)):
        fitting = [path for path in group if stem.finder.search(path.stem)]
        if len(fitting) >= max(min(FEW, len(group)), len(group) * 0.6):
            yield stem, fitting
    yield Stem("", "", re.compile(""), slug=True), group


def _find_uuid(group: list[Path]) -> Iterator[Stem]:
    if sum(bool(UUID.search(path.stem)) for path in group) >= ALIKE * len(group):
        hexes = UUID.pattern
        joint = "[^/?#]*?"
        yield Stem(f"{joint}{ID}{hexes})[^/?#]*?", f"{joint}{ID}{hexes})", re.compile(f"({hexes})"))


def _find_ends(group: list[Path]) -> Iterator[Stem]:
    """An id at the end, after a hyphen and perhaps a word such as "post"."""
    joints = Counter(
        found[1] for path in group if (found := re.search(r"([-_.,]+[A-Za-z]{0,8})\d+$", path.stem))
    )
    for joint, _ in joints.most_common(3):
        finder = re.compile(re.escape(joint) + r"(\d+)$")
        ids = [found[1] for path in group if (found := finder.search(path.stem))]
        figures = _count_figures(ids, lettered=any(map(str.isalpha, joint)))
        if figures is not None:
            before = f"[^/?#]*{escape_part(joint)}"
            yield Stem(f"{before}{ID}{figures[0]})", f"{before}{ID}{figures[1]})", finder)
    yield from _find_marks(group)
    hexes = [found[1] for p in group if (found := re.search(r"[-_.]([0-9a-f]{6,40})$", p.stem))]
    lettered = [one for one in hexes if not one.isdecimal()]
    if hexes and len(lettered) > 0.2 * len(hexes):
        low, high = min(map(len, hexes)), max(map(len, hexes))
        count = f"{{{low}}}" if low == high else f"{{{low},{high}}}"
        regex = f"[^/?#]*[-_.]{ID}[0-9a-f]{count})"
        yield Stem(regex, regex, re.compile(rf"[-_.]([0-9a-f]{count})$"))


def _find_marks(group: list[Path]) -> Iterator[Stem]:
    """An id after a word that all have: news_340001, der-waldlauf;art8,340001."""
    marks = Counter(
        (found[1], found[2], bool(found[3]), found[4])
        for path in group
        if (found := re.search(r"(^|[-_.;,])([A-Za-z]{1,12})(\d{0,4})([-_.,])\d{3,}$", path.stem))
    )
    for (joint, word, numbered, last), _ in marks.most_common(2):
        middle = f"{escape_part(joint)}{word}{'[0-9]{1,4}' if numbered else ''}{escape_part(last)}"
        finder = re.compile(f"{'' if joint else '^'}{middle}" + r"(\d+)$")
        ids = [found[1] for path in group if (found := finder.search(path.stem))]
        figures = _count_figures(ids, lettered=False)
        if figures is not None:
            before = f"{'[^/?#]*' if joint else ''}{middle}"
            yield Stem(f"{before}{ID}{figures[0]})", f"{before}{ID}{figures[1]})", finder)


def _find_heads(group: list[Path]) -> Iterator[Stem]:
    """An id before the slug."""
    finder = re.compile(r"^(\d{5,}|\d+(?=[-_.]\D))[-_.].")
    ids = [found[1] for path in group if (found := finder.search(path.stem))]
    figures = _count_figures(ids, lettered=False)
    if figures is not None:
        yield Stem(f"{ID}{figures[0]})[-_.]{SEGMENT}", f"{ID}{figures[1]})[-_.]{SEGMENT}", finder)


def _find_bare(group: list[Path]) -> Iterator[Stem]:
    """Nothing but an id, perhaps after a letter or a word: /read/12345, d20230112091014465.htm."""
    heads = Counter(
        found[1] for path in group if (found := re.match(r"([A-Za-z]{0,8})\d+$", path.stem))
    )
    for head, _ in heads.most_common(1):
        finder = re.compile(f"^{head}" + r"(\d+)$")
        ids = [found[1] for path in group if (found := finder.search(path.stem))]
        figures = _count_figures(ids, lettered=bool(head))
        if figures is not None:
            yield Stem(f"{head}{ID}{figures[0]})", f"{head}{ID}{figures[1]})", finder)


def _find_keys(group: list[Path]) -> Iterator[Stem]:
    """A query key whose values differ from article to article."""
    values: dict[str, list[str]] = {}
    for path in group:
        for key, value in re.findall(r"(?:^|&)([\w.\[\]-]+)=([\w-]+)(?=&|$)", path.query):
            values.setdefault(key, []).append(value)
    whole = [
        k
        for k, v in values.items()
        if len(v) >= ALIKE * len(group) and len(set(v)) >= UNIQUE * len(v)
    ]
    for key in sorted(whole, key=lambda k: not all(map(str.isdecimal, values[k]))):
        figures = r"\d+" if all(map(str.isdecimal, values[key])) else r"[\w-]+"
        regex = rf"\?(?:[^#]*&)?{re.escape(key)}={ID}{figures})"
        yield Stem(f"{regex}(?:&|$)", f"{regex}$", re.compile(""))
    yield from _find_bare_keys(group)


def _find_bare_keys(group: list[Path]) -> Iterator[Stem]:
    """A word and a number without a value: ?article12192."""
    found: dict[str, list[str]] = {}
    for path in group:
        for word, number in list_bare(path.query):
            found.setdefault(word, []).append(number)
    for word, ids in found.items():
        figures = _count_figures(ids, lettered=False) if len(ids) >= ALIKE * len(group) else None
        if figures is not None:
            wide, low = (rf"\?(?:[^#]*&)?{word}{ID}{one})" for one in figures)
            yield Stem(f"{wide}(?:&|$)", f"{low}$", re.compile(""))


def _count_figures(ids: Sequence[str], *, lettered: bool) -> tuple[str, str] | None:
    """A wide and a narrow regex for ids, None where they are no ids: they repeat, or are years."""
    if not ids or len(set(ids)) < UNIQUE * len(ids):
        return None
    low = min(map(len, ids))
    if not lettered and low < 3 and len(ids) < 20:
        return None
    if not lettered and all(is_date(one) for one in ids):
        return None
    wide = 1 if lettered else min(low, 5 if low >= 6 else 4)
    return tuple(r"\d+" if n <= 1 else rf"\d{{{n},}}" for n in (wide, low))  # type: ignore[return-value]


def escape_part(text: str) -> str:
    """re.escape without the backslash before a hyphen, which people need not read."""
    return re.escape(text).replace(r"\-", "-")

"""Writes the regexes of article addresses from addresses that are articles and others that are not.

    articles  /a/2026/02/bai-hay-340001.html  /b/2026/02/tin-nong-340004.html ...
    regex     ^https?://[^/?#]+/(?:[^/?#]+/)*\\d{4}/\\d\\d/[^/?#]*-(?P<id>\\d+)\\.html(?:$|[?#])

Each recipe says where an id may stand; the one that explains most of what is left is taken, written
as wide as it may be without an address that is no article, and so on until all are explained.
Rejected: as narrow as the examples allow (a section not seen today would be lost for ever), and
one regex for all (papers change their addresses every few years). Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.scaffold.shapes import UUID, Path, is_date, take_apart

HOST = "^https?://[^/?#]+/"
END = "(?:$|[?#])"
SEGMENT = "[^/?#]+"
MOST = 4  # regexes of one paper
LEAST_SHARE = 0.05  # of the articles that a further regex has to explain
MOST_FOLDERS = 6  # that a regex names
FEW = 3  # articles below which a regex would be an accident
ALIKE = 0.97  # share of addresses that must have what a recipe asks of them
UNIQUE = 0.95  # share of different ids among different addresses
ID = "(?P<id>"


@dataclass(frozen=True, slots=True)
class Form:
    """One regex for article addresses: what it explains, whether it names the article."""

    pattern: str
    count: int
    has_id: bool


@dataclass(frozen=True, slots=True)
class _Stem:
    """What the last segment or the query looks like: a regex with or without the group ``id``."""

    regex: str
    narrow: str  # the same, as few figures as were seen
    finder: re.Pattern[str]  # on Path.stem; group 1 is the id
    slug: bool = False


def learn_forms(articles: Sequence[str], others: Sequence[str]) -> list[Form]:
    """The regexes that match (nearly) all ``articles`` and none of ``others``, best first.

    Empty where nothing distinguishes them.
    """
    left = [take_apart(url) for url in dict.fromkeys(articles)]
    total, forms = len(left), list[Form]()
    while left and len(forms) < MOST and len(left) >= max(FEW, total * LEAST_SHARE):
        form = _explain_most(left, others)
        if form is None:
            break
        forms.append(form)
        matcher = re.compile(form.pattern)
        left = [path for path in left if not matcher.search(path.url)]
    return _drop_idle(forms, articles)


def list_unexplained(forms: Sequence[Form], articles: Sequence[str]) -> list[str]:
    """The addresses of articles that no regex matches."""
    matchers = [re.compile(form.pattern) for form in forms]
    return [url for url in articles if not any(m.search(url) for m in matchers)]


def _explain_most(left: Sequence[Path], others: Sequence[str]) -> Form | None:
    best: Form | None = None
    for group in _list_groups(left):
        form = _write_group(group, others)
        if form is not None and (best is None or _rank(form) > _rank(best)):
            best = form
    return best


def _rank(form: Form) -> tuple[int, bool]:
    return form.count, form.has_id


def _drop_idle(forms: list[Form], articles: Sequence[str]) -> list[Form]:
    """Without those whose addresses the others explain as well."""
    kept = list(forms)
    for form in reversed(forms):
        rest = [one for one in kept if one is not form]
        if rest and not list_unexplained(rest, articles):
            kept = rest
    return kept


def _list_groups(left: Sequence[Path]) -> Iterator[list[Path]]:
    """The addresses by tail and query, then by the number of folders too."""
    for key in (
        lambda p: (p.tail, bool(p.query)),
        lambda p: (p.tail, bool(p.query), len(p.folders)),
    ):
        groups: dict[tuple[object, ...], list[Path]] = {}
        for path in left:
            groups.setdefault(key(path), []).append(path)
        yield from (group for group in groups.values() if len(group) >= min(FEW, len(left)))


def _write_group(group: list[Path], others: Sequence[str]) -> Form | None:
    for stem, paths in _list_stems(group):
        for pattern in _list_patterns(stem, paths):
            matcher = re.compile(pattern)
            if any(matcher.search(other) for other in others):
                continue
            count = sum(bool(matcher.search(path.url)) for path in group)
            if count >= ALIKE * len(paths):
                return Form(pattern, count, ID in pattern)
    return None


def _list_stems(group: list[Path]) -> Iterator[tuple[_Stem, list[Path]]]:
    """The ways to see the last segments of these addresses, those with an id first."""
    if group[0].query:
        yield from ((stem, group) for stem in _find_keys(group))
        return
    for stem in (*_find_uuid(group), *_find_ends(group), *_find_heads(group), *_find_bare(group)):
        fitting = [path for path in group if stem.finder.search(path.stem)]
        if len(fitting) >= max(min(FEW, len(group)), len(group) * 0.6):
            yield stem, fitting
    yield _Stem("", "", re.compile(""), slug=True), group


def _find_uuid(group: list[Path]) -> Iterator[_Stem]:
    if sum(bool(UUID.search(path.stem)) for path in group) >= ALIKE * len(group):
        hexes = UUID.pattern
        joint = "[^/?#]*?"
        yield _Stem(
            f"{joint}{ID}{hexes})[^/?#]*?", f"{joint}{ID}{hexes})", re.compile(f"({hexes})")
        )


def _find_ends(group: list[Path]) -> Iterator[_Stem]:
    """An id at the end, after a hyphen and perhaps a word such as "post"."""
    joints = Counter(
        found[1] for path in group if (found := re.search(r"([-_.,]+[A-Za-z]{0,8})\d+$", path.stem))
    )
    for joint, _ in joints.most_common(3):
        finder = re.compile(re.escape(joint) + r"(\d+)$")
        ids = [found[1] for path in group if (found := finder.search(path.stem))]
        figures = _count_figures(ids, lettered=any(map(str.isalpha, joint)))
        if figures is not None:
            before = f"[^/?#]*{_escape(joint)}"
            yield _Stem(f"{before}{ID}{figures[0]})", f"{before}{ID}{figures[1]})", finder)
    hexes = [found[1] for p in group if (found := re.search(r"[-_.]([0-9a-f]{6,40})$", p.stem))]
    lettered = [one for one in hexes if not one.isdecimal()]
    if hexes and len(lettered) > 0.2 * len(hexes):
        low, high = min(map(len, hexes)), max(map(len, hexes))
        count = f"{{{low}}}" if low == high else f"{{{low},{high}}}"
        regex = f"[^/?#]*[-_.]{ID}[0-9a-f]{count})"
        yield _Stem(regex, regex, re.compile(rf"[-_.]([0-9a-f]{count})$"))


def _find_heads(group: list[Path]) -> Iterator[_Stem]:
    """An id before the slug."""
    finder = re.compile(r"^(\d+)[-_.][^\d]")
    ids = [found[1] for path in group if (found := finder.search(path.stem))]
    figures = _count_figures(ids, lettered=False)
    if figures is not None:
        yield _Stem(f"{ID}{figures[0]})[-_.]{SEGMENT}", f"{ID}{figures[1]})[-_.]{SEGMENT}", finder)


def _find_bare(group: list[Path]) -> Iterator[_Stem]:
    """Nothing but an id, perhaps after a letter or a word: /read/12345, d20230112091014465.htm."""
    heads = Counter(
        found[1] for path in group if (found := re.match(r"([A-Za-z]{0,8})\d+$", path.stem))
    )
    for head, _ in heads.most_common(1):
        finder = re.compile(f"^{head}" + r"(\d+)$")
        ids = [found[1] for path in group if (found := finder.search(path.stem))]
        figures = _count_figures(ids, lettered=bool(head))
        if figures is not None:
            yield _Stem(f"{head}{ID}{figures[0]})", f"{head}{ID}{figures[1]})", finder)


def _find_keys(group: list[Path]) -> Iterator[_Stem]:
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
        regex = rf"\?(?:[^#]*&)?{re.escape(key)}={ID}{figures})(?:&|$)"
        yield _Stem(regex, regex, re.compile(""))


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


def _list_patterns(stem: _Stem, paths: list[Path]) -> Iterator[str]:
    """The regexes of a group from wide to narrow."""
    tail = re.escape(paths[0].tail) if paths[0].tail else ""
    if paths[0].query:
        for front in _list_fronts(paths, wide=True):
            last = (
                f"{re.escape(paths[0].stem)}{tail}"
                if len({p.stem for p in paths}) == 1
                else SEGMENT
            )
            yield f"{HOST}{front}{last}{stem.regex}"
        return
    end = f"{'/?' if tail == '/' else tail}{END}"
    if stem.slug:
        for front in _list_fronts(paths, wide=False):
            for slug in _list_slugs(paths):
                yield f"{HOST}{front}{slug}{end}"
        if folders := _name_folders(paths):
            yield f"{HOST}{folders}/{SEGMENT}{end}"
        return
    for front in _list_fronts(paths, wide=True):
        yield f"{HOST}{front}{stem.regex}{end}"
    for front in _list_fronts(paths, wide=False):
        yield f"{HOST}{front}{stem.narrow}{end}"


def _list_slugs(paths: list[Path]) -> Iterator[str]:
    """The last segment as a slug: any where a date or an id stands before it, else with hyphens."""
    counts = sorted(path.hyphens for path in paths)
    usual = counts[len(counts) // 50]
    if all(any(map(is_date, path.folders)) for path in paths) or _find_id_folder(paths) is not None:
        yield SEGMENT
    for least in range(min(usual, 3), min(usual, 6) + 1):
        if least:
            yield f"(?:[^/?#_-]*[_-]){{{least},}}[^/?#_-]*"


def _list_fronts(paths: list[Path], *, wide: bool) -> Iterator[str]:
    """Regexes for the folders, from wide to narrow: any, as deep as seen, the very first ones."""
    depths = {len(path.folders) for path in paths}
    low, high = min(depths), max(depths)
    fixed = _describe_end(paths, low)
    spare = low - len(fixed)
    plain = "".join(f"{one}/" for one in fixed)
    if wide:
        yield f"(?:{SEGMENT}/)*{plain}"
    yield f"{_repeat(spare, spare + high - low)}{plain}"
    firsts = sorted({path.folders[0] for path in paths if path.folders})
    if low and spare and len(firsts) <= 12:
        named = (
            re.escape(firsts[0]) if len(firsts) == 1 else f"(?:{'|'.join(map(re.escape, firsts))})"
        )
        yield f"{named}/{_repeat(spare - 1, spare - 1 + high - low)}{plain}"


def _describe_end(paths: list[Path], low: int) -> list[str]:
    """What the last folders of all addresses are, from the first that is a date or an id on."""
    numbered = _find_id_folder(paths)
    kinds: list[str | None] = []
    for place in range(-low, 0):
        values = [path.folders[place] for path in paths]
        kinds.append(f"{ID}\\d+)" if place == numbered else _describe_folder(values))
    first = next((n for n, kind in enumerate(kinds) if kind is not None), len(kinds))
    return [kind or SEGMENT for kind in kinds[first:]]


def _describe_folder(values: Sequence[str]) -> str | None:
    for form, regex in (
        (r"(?:19|20)\d\d", r"\d{4}"),
        (r"(?:19|20)\d{4}", r"\d{6}"),
        (r"(?:19|20)\d{6}", r"\d{8}"),
        (r"(?:19|20)\d\d-\d\d", r"\d{4}-\d\d"),
        (r"(?:19|20)\d\d-\d\d-\d\d", r"\d{4}-\d\d-\d\d"),
        (r"\d\d", r"\d\d"),
        (r"\d{1,2}", r"\d{1,2}"),
        (r"\d+", r"\d+"),
    ):
        if all(re.fullmatch(form, value) for value in values):
            return regex
    return None


def _find_id_folder(paths: list[Path]) -> int | None:
    """The place (from the end) of a folder that is an id: /read/12345/slug."""
    low = min(len(path.folders) for path in paths)
    for place in range(-1, -low - 1, -1):
        values = [path.folders[place] for path in paths]
        numbers = all(value.isdecimal() and len(value) >= 3 for value in values)
        unique = len(set(values)) >= UNIQUE * len(values) and len(values) >= FEW
        if numbers and unique and not all(is_date(value) for value in values):
            return place
    return None


def _name_folders(paths: list[Path]) -> str | None:
    """The folders that the articles stand in, by name, where they are few: the last resort for
    slugs that are as short as a category's ("/people/anna-eklind/")."""
    folders = sorted({"/".join(map(re.escape, path.folders)) for path in paths})
    if "" in folders or len(folders) > MOST_FOLDERS or len(paths) < FEW * len(folders):
        return None
    named = [folder.replace(r"\-", "-") for folder in folders]
    return named[0] if len(named) == 1 else f"(?:{'|'.join(named)})"


def _repeat(low: int, high: int) -> str:
    if high <= 0:
        return ""
    if low == high:
        return f"{SEGMENT}/" if low == 1 else f"(?:{SEGMENT}/){{{low}}}"
    return f"(?:{SEGMENT}/){{{low},{high}}}"


def _escape(text: str) -> str:
    """re.escape without the backslash before a hyphen, which people need not read."""
    return re.escape(text).replace(r"\-", "-")

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
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from crawler.scaffold.shapes import Path, is_date, name_variant, read_head, take_apart
from crawler.scaffold.stems import ALIKE, FEW, ID, SEGMENT, UNIQUE, Stem, escape_part, list_stems

HOST = "^https?://[^/?#]+/"
END = "(?:$|[?#])"
MOST = 4  # regexes of one paper
LEAST_SHARE = 0.05  # of the articles that a further regex has to explain
MOST_FOLDERS = 6  # that a regex names
MOST_BARRED = 8  # folders that a regex names as none of articles


@dataclass(frozen=True, slots=True)
class Form:
    """One regex for article addresses: what it explains, whether it names the article."""

    pattern: str
    count: int
    has_id: bool


def learn_forms(
    articles: Sequence[str], others: Sequence[str], heads: Container[str] = ()
) -> list[Form]:
    """The regexes that match (nearly) all ``articles`` and none of ``others``, best first.

    Empty where nothing distinguishes them. ``heads``: words before slugs that are the system's.
    """
    left = [take_apart(url) for url in dict.fromkeys(articles)]
    total, forms = len(left), list[Form]()
    while left and len(forms) < MOST and len(left) >= max(FEW, total * LEAST_SHARE):
        form = _explain_most(left, others, heads)
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


def _explain_most(
    left: Sequence[Path], others: Sequence[str], heads: Container[str]
) -> Form | None:
    best: Form | None = None
    for group in _list_groups(left):
        form = _write_group(group, others, heads)
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
        lambda p: (p.tail, name_variant(p.url).keys, name_variant(p.url).mark),
        lambda p: (p.tail, name_variant(p.url)),
    ):
        groups: dict[tuple[object, ...], list[Path]] = {}
        for path in left:
            groups.setdefault(key(path), []).append(path)
        yield from (group for group in groups.values() if len(group) >= min(FEW, len(left)))


def _write_group(group: list[Path], others: Sequence[str], heads: Container[str]) -> Form | None:
    numbered = _find_id_folder(group) is not None
    for stem, paths in list_stems(group):
        if numbered and not stem.slug:
            continue  # /news/12345/tin-9: one id names an article, and a headline has figures too
        for pattern in _list_patterns(stem, paths, others, heads):
            matcher = re.compile(pattern)
            if any(matcher.search(other) for other in others):
                continue
            count = sum(bool(matcher.search(path.url)) for path in group)
            if count >= ALIKE * len(paths):
                return Form(pattern, count, ID in pattern)
    return None


def _list_patterns(
    stem: Stem, paths: list[Path], others: Sequence[str], heads: Container[str]
) -> Iterator[str]:
    """The regexes of a group from wide to narrow."""
    folders, words = _bar_folders(paths, others), _bar_heads(paths, others, heads)
    for plain, shut in zip(_list_plain(stem, paths), _list_plain(stem, paths, words), strict=True):
        for pattern in dict.fromkeys((plain, shut)):
            yield pattern
            if folders:
                yield pattern.replace(HOST, f"{HOST}{folders}", 1)


def _bar_heads(paths: list[Path], others: Sequence[str], heads: Container[str]) -> str:
    """A look ahead past the words before slugs under which no article stands."""
    own = {read_head(path) for path in paths}
    found = {read_head(take_apart(url)) for url in others} - own
    named = sorted(escape_part(one) for one in found if one in heads)
    return f"(?!(?:{'|'.join(named)})-)" if named else ""


def _bar_folders(paths: list[Path], others: Sequence[str]) -> str:
    """A look ahead past the first folders in which no article stands but pages like articles."""
    own = {path.folders[0] for path in paths if path.folders}
    if len(own) < 2 or any(not path.folders for path in paths):
        return ""
    apart = (take_apart(url) for url in others)
    barred = Counter(path.folders[0] for path in apart if path.folders)
    named = sorted(one for one, _ in barred.most_common(MOST_BARRED) if one not in own)
    return f"(?!(?:{'|'.join(map(escape_part, named))})/)" if named else ""


def _list_plain(stem: Stem, paths: list[Path], bar: str = "") -> Iterator[str]:
    """The regexes of a group; ``bar``: a look ahead before the last segment."""
    tail = re.escape(paths[0].tail) if paths[0].tail else ""
    if paths[0].query:
        for front in _list_fronts(paths, wide=True):
            stems = {path.stem for path in paths}
            last = f"{re.escape(paths[0].stem)}{tail}" if len(stems) == 1 else SEGMENT
            if stems == {""}:  # "/?p=340001": the slash is the host's
                last = ""
            yield f"{HOST}{front}{bar}{last}{stem.regex}"
            yield f"{HOST}{front}{bar}{last}{stem.narrow}"  # "?id=1&print=1" is its twin
        return
    end = f"{'/?' if tail == '/' else tail}{END}"
    if stem.slug:
        for front in _list_fronts(paths, wide=False):
            for slug in _list_slugs(paths):
                yield f"{HOST}{front}{bar}{slug}{end}"
        if folders := _name_folders(paths):
            yield f"{HOST}{folders}/{bar}{SEGMENT}{end}"
        return
    for front in _list_fronts(paths, wide=True):
        yield f"{HOST}{front}{bar}{stem.regex}{end}"
    for front in _list_fronts(paths, wide=False):
        yield f"{HOST}{front}{bar}{stem.narrow}{end}"


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
    """The place (from the end) of a folder that is an id: /read/12345/slug; none where a query is
    asked for the id."""
    if any(path.query for path in paths):
        return None
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

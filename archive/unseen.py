"""How many articles no channel announced, estimated from how far the channels overlap.

Capture-recapture: each channel (category pages, feeds, sitemaps, front page, links of articles) is
an occasion on which an article may have been seen. With Z_i articles seen by channel i alone and f2
seen by exactly two, the moment estimator of Chao (1989), "Estimating population size for sparse
data in capture-recapture experiments", Biometrics 45, 427-438, in its bias-corrected form is

    unseen = sum of Z_i Z_j over pairs / (f2 + 1)

For two channels that is Chapman's (1951, Univ. Calif. Publ. Stat. 1, 131-160). It allows channels
that see different shares. Where articles differ in how well they can be seen (a section without
a category page), it is a lower bound. The interval is the profile likelihood of the cells it uses,
the unseen cell taken as a datum (Cormack 1992, Biometrics 48, 567-576), so it ends above zero also
where nothing was seen by one channel alone.

Its limits: channels must not be made from one another. A channel nine tenths of whose articles
another has too is left out: it may be a copy, or the other may be whole, and the data can not tell.
Two channels that agree or differ far more than chance among the articles of a third are one
(International Working Group 1995, Am. J. Epidemiol. 142, 1047-1058). With two channels left there
is no such test. What no channel can show (a page that nothing links to) is not in any estimate.
tests/bench/bench_unseen.py measures bias and coverage. Rejected: log-linear models chosen by AIC
(five channels of a day's 30 articles carry no choice of interactions), sample coverage (biased by
a channel that has nearly all).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

LEAST_SHARED = 7  # seen twice; with fewer the estimate is biased (Robson and Regier 1964)
COPY = 0.9  # share of a channel's articles that another has too
LEAST_SEEN = 3  # articles of a channel that is to count at all
BOUND = 12.0  # odds ratio from which two channels are one
SURE = 2.58  # and its distance from 1 in standard errors
DROP = 3.841 / 2  # of the log likelihood: 95 %, one degree of freedom

Seen = frozenset[str]
"""The channels that announced one article."""

Height = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many articles there were, with what no channel announced; ``words`` says why there is
    no estimate, or what was done to the channels."""

    observed: int  # announced by a channel
    unseen: float | None  # announced by none; a lower bound where articles differ
    low: float | None  # of a 95 % interval
    high: float | None
    channels: tuple[str, ...]  # that were taken for independent; "a+b" is one
    words: str = ""


def estimate(articles: Iterable[Seen]) -> Estimate:
    """Return how many articles no channel announced, given the channels of each that one did."""
    cells = Counter(seen for seen in articles if seen)
    observed = sum(cells.values())
    names = sorted({name for seen in cells for name in seen})
    cells, kept, words = _sort_out(cells, names)
    if len(kept) < 2:
        why = words or (f"one channel only: {names[0]}" if names else "no article")
        return Estimate(observed, None, None, None, tuple(kept), why)
    shared = sum(count for seen, count in cells.items() if len(seen) > 1)
    if shared < LEAST_SHARED:
        why = f"only {shared} articles were seen by two channels"
        return Estimate(observed, None, None, None, tuple(kept), why)
    alone, pairs = _count(cells, kept)
    products = sum(alone[a] * alone[b] for a, b in combinations(kept, 2))
    unseen = products / (sum(pairs.values()) + 1)
    low, high = _find_interval(alone, pairs, kept)
    # Some articles may have been taken out with their channel; they were seen all the same.
    return Estimate(observed, unseen, min(low, unseen), max(high, unseen), tuple(kept), words)


def _count(
    cells: Mapping[Seen, int], names: Sequence[str]
) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Return how many articles each channel alone and each pair alone announced."""
    alone = {name: cells.get(frozenset((name,)), 0) for name in names}
    pairs = {(a, b): cells.get(frozenset((a, b)), 0) for a, b in combinations(names, 2)}
    return alone, pairs


# -- which channels count ---------------------------------------------------------------------


def _sort_out(cells: Counter[Seen], names: Sequence[str]) -> tuple[Counter[Seen], list[str], str]:
    """Return cells and names of the channels that may be taken for independent, and what was
    done: small ones left out, copies left out, bound ones made one."""
    sizes = _sizes(cells, names)
    kept = [name for name in names if sizes[name] >= LEAST_SEEN]
    said: list[str] = []
    while True:
        if pair := _find_copy(cells, kept):
            copy, whole = pair
            kept.remove(copy)
            said.append(f"{whole} has nearly all that {copy} has: a copy, or it is whole")
        elif pair := _find_bound(cells, kept):
            joined = "+".join(pair)
            cells = _rename(cells, dict.fromkeys(pair, joined))
            kept = sorted([joined, *(name for name in kept if name not in pair)])
            said.append(f"{pair[0]} and {pair[1]} depend on each other")
        else:
            break
    only = Counter[Seen]()
    for seen, count in cells.items():
        if rest := seen & frozenset(kept):
            only[rest] += count
    return only, kept, "; ".join(said)


def _sizes(cells: Mapping[Seen, int], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(n for seen, n in cells.items() if name in seen) for name in names}


def _find_copy(cells: Mapping[Seen, int], names: Sequence[str]) -> tuple[str, str] | None:
    """Return (copy, whole) of the channel that lies most within another, if one does."""
    sizes = _sizes(cells, names)
    found = []
    for one in names:
        for other in names:
            if one != other and (sizes[one], one) < (sizes[other], other):
                both = sum(n for seen, n in cells.items() if one in seen and other in seen)
                found.append((both / sizes[one], one, other))
    best = max(found, default=(0.0, "", ""))
    return (best[1], best[2]) if best[0] >= COPY else None


def _find_bound(cells: Mapping[Seen, int], names: Sequence[str]) -> tuple[str, str] | None:
    """Return the two channels that depend most on each other among what the others saw."""
    found = []
    for one, other in combinations(names, 2):
        rest = frozenset(names) - {one, other}
        table = [0.5] * 4  # Haldane's correction
        for seen, count in cells.items():
            if seen & rest:
                table[2 * (one in seen) + (other in seen)] += count
        ratio = math.log(table[0] * table[3] / table[1] / table[2])
        error = math.sqrt(sum(1 / cell for cell in table))
        if abs(ratio) > math.log(BOUND) and abs(ratio) > SURE * error:
            found.append((abs(ratio), one, other))
    return max(found)[1:] if found else None


def _rename(cells: Mapping[Seen, int], names: Mapping[str, str]) -> Counter[Seen]:
    renamed = Counter[Seen]()
    for seen, count in cells.items():
        renamed[frozenset(names.get(name, name) for name in seen)] += count
    return renamed


# -- the interval -----------------------------------------------------------------------------


def _find_interval(
    alone: Mapping[str, int], pairs: Mapping[tuple[str, str], int], names: Sequence[str]
) -> tuple[float, float]:
    """Return where the profile likelihood of the unseen count falls by ``DROP``."""

    def height(unseen: float) -> float:
        return _profile(unseen, alone, pairs, names)

    top, best = _climb(height)
    low = 0.0
    if top > 0 and height(0.0) < best - DROP:
        low = _cross(height, best - DROP, 0.0, top)
    high = max(2 * top, 8.0)
    while height(high) > best - DROP and high < 1e7:
        high *= 2
    return low, _cross(height, best - DROP, high, top)


def _climb(height: Height) -> tuple[float, float]:
    """Return where the profile is highest, and how high: golden section on a widening range."""
    end = 8.0
    while end < 1e7 and height(end) < height(2 * end):
        end *= 2
    a, b, golden = 0.0, 2 * end, (math.sqrt(5) - 1) / 2
    for _ in range(28):
        c, d = b - golden * (b - a), a + golden * (b - a)
        a, b = (a, d) if height(c) > height(d) else (c, b)
    best = max((height(0.0), 0.0), (height((a + b) / 2), (a + b) / 2))
    return best[1], best[0]


def _cross(height: Height, level: float, outside: float, inside: float) -> float:
    """Return where the profile crosses ``level`` between two places."""
    for _ in range(22):
        middle = (outside + inside) / 2
        if height(middle) < level:
            outside = middle
        else:
            inside = middle
    return (outside + inside) / 2


def _profile(
    unseen: float,
    alone: Mapping[str, int],
    pairs: Mapping[tuple[str, str], int],
    names: Sequence[str],
) -> float:
    """Return the log likelihood of an unseen count: Poisson cells with means m (unseen), m r_i
    (channel i alone), m r_i r_j, the greatest over m and r (scaled in turn)."""
    totals = {name: float(alone[name]) for name in names}
    for (a, b), count in pairs.items():
        totals[a] += count
        totals[b] += count
    whole = unseen + sum(alone.values()) + sum(pairs.values())
    odds = dict.fromkeys(names, 1.0)
    mean = max(whole / (1 + len(names)), 1e-9)
    for _ in range(60):
        before = mean
        for name in names:
            others = sum(odds[other] for other in names if other != name)
            odds[name] = max(totals[name], 1e-9) / (mean * (1 + others))
        both = sum(odds[a] * odds[b] for a, b in pairs)
        mean = max(whole / (1 + sum(odds.values()) + both), 1e-12)
        if abs(mean - before) <= 1e-7 * before:
            break
    means = [(unseen, mean)]
    means += [(alone[name], mean * odds[name]) for name in names]
    means += [(count, mean * odds[a] * odds[b]) for (a, b), count in pairs.items()]
    return sum(_poisson(count, expected) for count, expected in means)


def _poisson(count: float, mean: float) -> float:
    return count * math.log(max(mean, 1e-300)) - mean - math.lgamma(count + 1)

"""How far archive/unseen.py is off, and how often its interval holds the truth.

    python tests/bench/bench_unseen.py [PAPERS]

Simulates papers whose true number of articles is known, by kinds of channels, PAPERS (500) of each
kind, seeded. Prints the share that was refused, the mean error of the estimated total in percent of
the truth, how often the 95 % interval holds the truth, and how often its lower end is at or below
it (all that a lower bound promises). Ends with 1 where a promise is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from archive.unseen import Seen, estimate

Draw = Callable[[Random, int], Iterator[Seen]]


@dataclass(frozen=True)
class Measured:
    """What came of one kind of paper; shares of those that were not refused."""

    refused: float
    bias: float  # of the total, in percent
    covered: float
    below: float  # the lower end is not above the truth
    width: float  # mean of the interval, in percent of the truth


def independent(**chances: float) -> Draw:
    """Channels that see each article with a chance of their own."""

    def draw(random: Random, total: int) -> Iterator[Seen]:
        for _ in range(total):
            yield frozenset(n for n, chance in chances.items() if random.random() < chance)

    return draw


def sections(hidden: float, **chances: float) -> Draw:
    """As ``independent``, but a share of the articles is four times harder to see."""

    def draw(random: Random, total: int) -> Iterator[Seen]:
        for _ in range(total):
            ease = 0.25 if random.random() < hidden else 1.0
            yield frozenset(n for n, chance in chances.items() if random.random() < chance * ease)

    return draw


def mirror(chance: float, loss: float, **others: float) -> Draw:
    """A feed made from the category pages, of which it loses a share."""

    def draw(random: Random, total: int) -> Iterator[Seen]:
        for _ in range(total):
            seen = {name for name, share in others.items() if random.random() < share}
            if random.random() < chance:
                seen.add("category")
                if random.random() >= loss:
                    seen.add("feed")
            yield frozenset(seen)

    return draw


def split(random: Random, total: int) -> Iterator[Seen]:
    """Two channels that share nothing: news here, opinion there."""
    for _ in range(total):
        seen = "category" if random.random() < 0.5 else "feed"
        yield frozenset((seen,) if random.random() < 0.8 else ())


KINDS: dict[str, tuple[Draw, int]] = {
    "two channels": (independent(category=0.8, feed=0.6), 400),
    "two, a day's 30": (independent(category=0.8, feed=0.6), 30),
    "three channels": (independent(category=0.7, feed=0.5, home=0.2), 400),
    "three, unlike": (independent(sitemap=0.85, category=0.6, home=0.1), 400),
    "five channels": (independent(category=0.6, feed=0.5, home=0.2, related=0.4, sitemap=0.7), 900),
    "hidden sections": (sections(0.2, category=0.7, feed=0.5, home=0.3), 600),
    "mirror": (mirror(0.8, 0.02), 400),
    "mirror and sitemap": (mirror(0.7, 0.02, sitemap=0.6), 400),
    "half a mirror, sitemap": (mirror(0.6, 0.4, sitemap=0.6), 600),
    "sitemap has all": (independent(sitemap=1.0, category=0.7, feed=0.4), 400),
    "nothing shared": (split, 400),
    "one channel": (independent(category=0.8), 400),
}


def measure(draw: Draw, total: int, papers: int, seed: int = 1) -> Measured:
    """Estimate ``papers`` papers of ``total`` articles each."""
    random = Random(f"{seed}:{total}")
    errors, widths, covered, below = [], [], 0, 0
    for _ in range(papers):
        articles = [seen for seen in draw(random, total) if seen]
        found = estimate(articles)
        if found.unseen is None or found.low is None or found.high is None:
            continue
        missing = total - len(articles)
        errors.append((found.unseen - missing) / total * 100)
        widths.append((found.high - found.low) / total * 100)
        covered += found.low <= missing <= found.high
        below += found.low <= missing
    known = len(errors) or 1
    return Measured(
        1 - len(errors) / papers,
        sum(errors) / known,
        covered / known,
        below / known,
        sum(widths) / known,
    )


def main() -> int:
    """Print a line a kind."""
    papers = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    broken = 0
    print(f"{'kind':<24}{'refused':>8}{'bias %':>8}{'covered':>9}{'low end':>9}{'width %':>9}")
    for name, (draw, total) in KINDS.items():
        found = measure(draw, total, papers)
        broken += found.refused < 1 and (found.below < 0.93 or abs(found.bias) > 10)
        print(
            f"{name:<24}{found.refused:>8.2f}{found.bias:>8.2f}{found.covered:>9.3f}"
            f"{found.below:>9.3f}{found.width:>9.1f}"
        )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())

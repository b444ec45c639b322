"""What is usual, learned from earlier nights, and how odd tonight is: robust statistics, no clock.

    a share    (odd, all) of each block of nights -> the median share, how much shares scatter
               tonight's odds: beta-binomial, P(X >= odd)
    early      while there are no five blocks: all earlier nights are one, and only what turns
               around is told (a paper may break on its second night)
    a number   articles of each day -> the median of the weekday, how much days scatter
               tonight's odds: negative binomial (Poisson with a learned rate), P(X <= n), P(X >= n)

Decision: medians and MAD, so that one broken or festive night teaches nothing, and a new habit is
believed when half of the blocks have it (14 of 28: two weeks of a daily paper). Distributions that
know how little was seen, because a paper of three articles a night has no standard deviation. Two
thresholds at once, odds *and* size of the difference: with many articles every difference is
significant, with few every one is large. Rejected: mean and sigma (one captcha night widens them
for weeks), fixed percentages (a paper without authors is no alarm), CUSUM (alarms on slow change).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

BLOCK = 10  # articles at least in a block of nights
MOST_BLOCKS = 28
LEAST_BLOCKS, LEAST_SEEN = 5, 25  # below, nothing is judged
WEIGHT = 40.0  # how many articles the past counts for at most: papers change
LEAST_WEIGHT = 4.0
ODDS = 1e-5  # of one test, some 15 a night and paper
EFFECT = 0.25  # difference of shares that is worth a word
EARLY_SEEN, EARLY_EFFECT = 20, 0.5  # articles of the first nights; what their share has to differ
EARLY_WEIGHT = 20.0  # how far nights scatter is not known yet
SPANS = (8, 20, 40)  # articles: what is too few in one night shows in some nights together
DAY_ODDS = 1e-5
LEAST_DAYS = 3  # days of one weekday
DROP = 0.5  # of the usual number of articles
LEAST_SURE, NEVER = 5, 1 / 3  # smallest number ever seen, and the share of it nobody saw
FLOOD, FLOOD_ODDS = 3.0, 1e-8  # times the largest number ever seen

Counts = tuple[int, int]  # (odd ones, all)


@dataclass(frozen=True, slots=True)
class Share:
    """How common something is: the median of blocks, and how many articles that is worth."""

    usual: float
    weight: float
    blocks: int
    seen: int
    effect: float = EFFECT  # least difference that is worth a word


def make_blocks(nights: Sequence[Counts]) -> list[Counts]:
    """Join nights, newest first, into blocks of at least BLOCK articles; a rest is left out."""
    blocks: list[Counts] = []
    odd = seen = 0
    for night_odd, night_seen in nights:
        odd, seen = odd + night_odd, seen + night_seen
        if seen >= BLOCK:
            blocks.append((odd, seen))
            odd = seen = 0
        if len(blocks) >= MOST_BLOCKS:
            break
    return blocks


def learn_share(nights: Sequence[Counts]) -> Share | None:
    """What is usual by earlier nights (newest first); None while too little was seen."""
    blocks = make_blocks(nights)
    seen = sum(total for _, total in blocks)
    if len(blocks) < LEAST_BLOCKS or seen < LEAST_SEEN:
        return None
    shares = [odd / total for odd, total in blocks]
    middle = median(shares)
    usual = (middle * seen + 0.5) / (seen + 1)  # never 0 or 1: what was not seen may come
    scatter = 1.4826 * median(abs(share - middle) for share in shares)
    spread = usual * (1 - usual)
    weight = spread / scatter**2 - 1 if scatter else WEIGHT
    return Share(usual, min(WEIGHT, max(LEAST_WEIGHT, weight)), len(blocks), seen)


def learn_early(nights: Sequence[Counts]) -> Share | None:
    """What the first nights together say, where there are too few for `learn_share`; None while
    fewer than EARLY_SEEN articles were seen."""
    odd, seen = (sum(column) for column in zip(*nights, strict=True)) if nights else (0, 0)
    if seen < EARLY_SEEN:
        return None
    return Share((odd + 0.5) / (seen + 1), EARLY_WEIGHT, 1, seen, EARLY_EFFECT)


def is_odd(counts: Counts, share: Share) -> bool:
    """Whether tonight's share is far higher than usual, in size and in odds."""
    odd, seen = counts
    if not seen or odd / seen - share.usual < share.effect:
        return False
    return tail_of_share(odd, seen, share) <= ODDS


def find_odd(counts: Sequence[Counts], *, early: bool = False) -> tuple[Counts, Share] | None:
    """Find what is odd of the last night, alone or together with some nights before it; ``early``:
    beside the first nights too, where there are too few for a habit.

    Nights before help a small paper to enough articles; what they alone show is over: the night on
    which a breakage was mended is sound (an examiner was told of four such nights three times).
    """
    for now, before in _split(counts):
        share = learn_share(before) or (learn_early(before) if early else None)
        if share is not None and _shows(counts[0], share) and is_odd(now, share):
            return now, share
    return None


def _shows(tonight: Counts, share: Share) -> bool:
    """Whether the last night by itself is odd in size; its odds may be too few to tell alone."""
    return tonight[0] >= (share.usual + share.effect) * tonight[1] > 0


def _split(counts: Sequence[Counts]) -> Iterator[tuple[Counts, Sequence[Counts]]]:
    """Yield (now, before): the last night alone, and with it as many as have SPANS articles.

    A night without a new article says nothing new of them, and is not judged again.
    """
    if not counts or not counts[0][1]:
        return
    yield counts[0], counts[1:]
    odd = seen = 0
    wanted = [span for span in SPANS if span > counts[0][1]]
    for place, (night_odd, night_seen) in enumerate(counts):
        odd, seen = odd + night_odd, seen + night_seen
        if wanted and seen >= wanted[0]:
            yield (odd, seen), counts[place + 1 :]
            wanted = [span for span in wanted if span > seen]


def tail_of_share(odd: int, seen: int, share: Share) -> float:
    """P(X >= odd) of ``seen``, beta-binomial with the learned mean and weight."""
    a, b = share.usual * share.weight, (1 - share.usual) * share.weight
    fixed = math.lgamma(seen + 1) - _beta(a, b)
    terms = (
        math.exp(
            fixed - math.lgamma(k + 1) - math.lgamma(seen - k + 1) + _beta(k + a, seen - k + b)
        )
        for k in range(odd, seen + 1)
    )
    return min(1.0, math.fsum(terms))


def _beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many articles some days bring: the sum of their weekdays' usual numbers."""

    usual: float
    scatter: float  # variance over mean, at least 1
    days: int  # fewest days that a weekday was learned from
    most: int  # largest number of one day that was seen, of any weekday that is known
    least: int  # smallest numbers of each of the days together


def learn_rate(days: Sequence[Sequence[int]], every: Sequence[Sequence[int]] = ()) -> Rate | None:
    """The rate of some days, each given by the earlier numbers of its weekday; None: too few.

    ``every``: the numbers of all weekdays, from which the scatter is learned: that of six Fridays
    alone is off by a factor of two as often as not.
    """
    if not days or min(map(len, days)) < LEAST_DAYS:
        return None
    usual = [_find_middle(numbers) for numbers in days]
    known = [numbers for numbers in every if len(numbers) >= LEAST_DAYS] or days
    scatter = [
        (n - middle) ** 2 / max(middle, 0.5)
        for numbers in known
        for middle in (_find_middle(numbers),)
        for n in numbers
    ]
    # The median of a squared normal deviate is 0.455 of its variance; of six from their own
    # median it is a sixth less.
    spread = max(1.0, median(scatter) / 0.38)
    return Rate(
        usual=sum(usual),
        scatter=spread,
        days=min(map(len, days)),
        most=max(max(numbers) for numbers in (*days, *filter(None, every))),
        least=sum(map(min, days)),
    )


def _find_middle(numbers: Sequence[int]) -> float:
    """The median; of small numbers, which it would make 0, the mean without the largest."""
    middle = median(numbers)
    if middle >= 3:
        return float(middle)
    kept = sorted(numbers)[:-1]
    return sum(kept) / len(kept)


def is_low(number: int, rate: Rate) -> bool:
    """Whether a number is under half of the usual one and hardly chance, or far from anything
    that was seen."""
    if number >= DROP * rate.usual:
        return False
    if rate.least >= LEAST_SURE and number < NEVER * rate.least:
        return True
    return _tail(number, rate, up=False) <= DAY_ODDS


def is_flood(number: int, rate: Rate) -> bool:
    """Whether there are more articles than a paper ever had, by far."""
    if number <= FLOOD * max(rate.most, 5):
        return False
    return _tail(number, rate, up=True) <= FLOOD_ODDS


def find_band(rate: Rate) -> tuple[int, int]:
    """The numbers that are no alarm: (lowest, highest)."""
    low = next((n for n in range(int(rate.usual) + 1) if not is_low(n, rate)), 0)
    high = int(FLOOD * max(rate.most, 5))
    while is_flood(high + 1, rate):
        return low, high
    return low, int(FLOOD * max(rate.most, 5, rate.usual))


def _tail(number: int, rate: Rate, *, up: bool) -> float:
    """P(X <= n) or P(X >= n) of the learned rate; scattered days count for fewer articles."""
    n, mean = int(number / rate.scatter), rate.usual / rate.scatter
    size = max(mean * rate.days, 0.5)
    keep = rate.days / (rate.days + 1)
    below = math.fsum(_mass(k, size, keep) for k in range(n + (0 if up else 1)))
    return max(0.0, 1 - below) if up else min(1.0, below)


def _mass(k: int, size: float, keep: float) -> float:
    """P(X = k), negative binomial."""
    return math.exp(
        math.lgamma(k + size)
        - math.lgamma(size)
        - math.lgamma(k + 1)
        + size * math.log(keep)
        + k * math.log1p(-keep)
    )

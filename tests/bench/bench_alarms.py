"""How often archive/health.py raises an alarm on a sound night, by kinds of sound nights.

    python tests/bench/bench_alarms.py [SEEDS]

Simulates papers night after night as rows of an index (tests/archive/nightly.py), 60 nights of each
kind for each of SEEDS (3) seeds, judged from the first night on. Prints the nights, those that an
exit code 3 would have followed, and what they told. Ends with 1 where more than one night in 300
raised an alarm.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.archive.nightly import Night, Paper, count_kinds

NIGHTS, MOST = 60, 1 / 300
REST = (1.0, 1.0, 1.0, 1.0, 1.0, 0.05, 0.05)
TET = datetime(2027, 1, 4, 19, 30, tzinfo=UTC)  # the lunar year begins on 6 February


def _make(rate: float, seed: int) -> Paper:
    return Paper(rate=rate, seed=seed)


def _make_resting(rate: float, seed: int) -> Paper:
    return Paper(rate=rate, seed=seed, week=REST)


def _make_feast(rate: float, seed: int) -> Paper:
    return Paper(rate=rate, seed=seed, at=TET)


def _rest_feast(number: int) -> Night:
    first = date(2027, 2, 5).toordinal() - TET.date().toordinal()
    return Night(articles=0.0 if first <= number < first + 5 else 1.0)


KINDS: dict[str, tuple[Callable[[float, int], Paper], Callable[[int], Night]]] = {
    "weekdays": (_make, lambda _: Night()),
    "quiet weekends": (_make_resting, lambda _: Night()),
    "five days of Tết": (_make_feast, _rest_feast),
    "two articles, now and then": (_make, lambda n: Night(articles=0.1 if n % 13 == 12 else 1.0)),
    "a supplement": (_make, lambda n: Night(articles=3.0 if n % 20 == 19 else 1.0)),
}


def measure(kind: str, rate: float, seeds: int) -> tuple[int, int, str]:
    """Return the nights of a kind of paper, those with an alarm, and what was told."""
    make, change = KINDS[kind]
    nights = alarms = 0
    found = []
    for seed in range(1, seeds + 1):
        paper = make(rate, 100 * seed)
        for number in range(NIGHTS):
            told = paper.crawl(change(number))
            nights, alarms = nights + 1, alarms + bool(told)
            found += told
    return nights, alarms, count_kinds(found)


def main(seeds: int) -> int:
    """Print the table; return 1 where there are too many alarms."""
    total = bad = 0
    print(f"{'kind':<28}{'a day':>6}{'nights':>8}{'alarms':>8}  told")
    for kind in KINDS:
        for rate in (30.0, 6.0):
            nights, alarms, told = measure(kind, rate, seeds)
            total, bad = total + nights, bad + alarms
            print(f"{kind:<28}{rate:>6g}{nights:>8}{alarms:>8}  {told}", flush=True)
    print(f"{bad} of {total} nights")
    return 1 if bad > MOST * total else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 3))

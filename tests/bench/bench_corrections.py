"""Measures how well a notice of correction is known among other blocks that an edit adds.

    python -m tests.bench.bench_corrections [-v]

Prints recall and precision of the cases in tests/changes/owned, by half, language and kind; with
``-v`` the blocks that are judged wrongly of the half that rules may be made after.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.changes.owned import Case, load_cases


def print_table(name: str, cases: Sequence[Case], key: Callable[[Case], str]) -> None:
    """Print a line for each value of ``key``."""
    print(f"{name:12} {'found of':>12} {'wrong of':>12} {'recall':>8} {'precision':>10}")
    for value in sorted({key(case) for case in cases}):
        print_line(value, [case for case in cases if key(case) == value])


def print_line(name: str, cases: Sequence[Case]) -> None:
    """Print how many corrections of some cases are found, and how many others."""
    own = [case for case in cases if case.is_correction]
    others = [case for case in cases if not case.is_correction]
    found, wrong = (sum(case.is_taken for case in side) for side in (own, others))
    recall = f"{found / len(own):.0%}" if own else "-"
    precision = f"{found / (found + wrong):.0%}" if found + wrong else "-"
    told = f"{found:>5} of {len(own):>3} {wrong:>5} of {len(others):>3}"
    print(f"{name:12} {told:>25} {recall:>8} {precision:>10}")


def main(words: Sequence[str]) -> None:
    """Print the tables."""
    cases = list(load_cases())
    print_table("half", cases, lambda case: "held" if case.is_held else "seen")
    for half in (False, True):
        part = [case for case in cases if case.is_held == half]
        print_table(f"-- {'held' if half else 'seen'}", part, lambda case: case.language)
        print_table("", part, lambda case: case.kind)
    for case in cases if "-v" in words else ():
        if not case.is_held and case.is_taken != case.is_correction:
            print("missed" if case.is_correction else "wrong", case.language, case.kind, case.block)


if __name__ == "__main__":
    main(sys.argv[1:])

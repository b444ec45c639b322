"""Live through some nights and print how they were told.

python -m tests.quarter FOLDER [--nights 20] [--papers harbour ...] [--form full] [--seed 7]
python -m tests.quarter FOLDER --judge        judge again what was lived through there
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from .audit import check_archive, find_silent_histories, find_wrong_words, write_report
from .complete import judge_complete
from .judge import judge_changes, judge_health
from .live import LIVED, Plan, live, load
from .news import judge_ranges, judge_report
from .quarters import make_brief, make_dense, make_full, make_sound

FORMS: dict[str, Callable[[int], Plan]] = {
    "brief": make_brief,
    "dense": make_dense,
    "full": make_full,
}
PAPERS = ("banmai", "harbour", "lembah", "cuabien")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="a simulated quarter")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nights", type=int, default=20)
    parser.add_argument("--papers", nargs="+", default=PAPERS)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--form", choices=["sound", *FORMS], default="sound")
    parser.add_argument("--judge", action="store_true")
    chosen = parser.parse_args()
    plan = make_sound(chosen.nights, tuple(chosen.papers), chosen.seed)
    if chosen.form != "sound":
        plan = FORMS[chosen.form](chosen.seed)
    began = time.monotonic()
    if chosen.judge:
        lived = load(chosen.folder / LIVED)
        lived.vault.root = chosen.folder / "archive"
    else:
        lived = live(chosen.folder / "archive", plan)
    seconds = time.monotonic() - began
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    out = sys.stdout
    for score in (judge_changes(lived), judge_health(lived)):
        out.write(score.tell() + "\n")
        out.write("".join(f"    {note}\n" for note in [*score.missing, *score.notes]))
    for name, found in (
        ("completeness", judge_complete(lived)),
        ("ranges of days", judge_ranges(lived)),
    ):
        out.write(f"{name}: {len(found)} wrong\n" + "".join(f"    {line}\n" for line in found))
    out.write(f"requests while a paper asked for time: {sum(one.hasty for one in lived.nights)}\n")
    for night, code, said in lived.deeds:
        out.write(f"before night {night}, exit code {code}: {said}")
    for one in lived.nights:
        if one.code:
            told = f"night {one.night}: {one.code} {one.outcomes} {one.problems}"
            out.write(f"{told}\n{one.report}\n{one.error[-3000:]}\n")
    check_archive(lived)
    page = write_report(lived)
    out.write(f"verify: no damage; rebuild: the same index; {page}\n")
    for line in judge_report(lived, Path(page)):
        out.write(f"the report: {line}\n")
    write_report(lived, "vi")
    for name, found in (
        ("words that no night had", find_wrong_words(lived)),
        ("removals that history does not tell", find_silent_histories(lived)),
    ):
        out.write(f"{name}: {len(found)}\n" + "".join(f"    {line}\n" for line in found[:20]))
    asked = [one.asked for one in lived.nights]
    out.write(f"requests {sum(asked)}: {asked}\n")
    out.write(f"{seconds:.0f} s, {cpu.ru_utime + cpu.ru_stime:.0f} s of CPU\n")


if __name__ == "__main__":
    main()

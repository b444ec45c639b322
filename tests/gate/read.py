"""`make read-gate`: score reading on real pages beside other readers; fail below a floor.

    python -m tests.gate.read [CORPUS ...] [--quick] [--readers NAME,NAME] [--jobs N]
                              [--pin [--lower]] [--write] [--json FILE]

Every reader answers the same pages in the same run. Exit code: 0; 1 where something fell below
its floor, where a mode of trafilatura reads a corpus better, or where reading took more CPU than
it may; 2 where the pages or the other readers are not there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.gate import floors
from tests.gate.answers import OURS
from tests.gate.corpora import CORPORA, PAGES, QUICK
from tests.gate.rate import Score
from tests.gate.run import NAMES, OTHERS, PYTHON, score_corpus
from tests.gate.table import print_table, tell_run, write_block


def main(words: Sequence[str] | None = None) -> int:
    """Run the gate."""
    options = parse_words(words)
    readers = tuple(options.readers.split(",")) if options.readers else NAMES
    missing = find_missing(readers)
    if missing:
        print(missing)
        return 2
    form = "quick" if options.quick else "full"
    scores: list[Score] = []
    for corpus in options.corpora or CORPORA:
        print(f"reading {corpus}", file=sys.stderr, flush=True)
        sample = QUICK if options.quick else None
        scores += score_corpus(corpus, readers, sample=sample, jobs=options.jobs)
    day = datetime.now(UTC).date()
    text = f"{print_table(scores)}\n{tell_run(form, day)}"
    print(text)
    if options.json:
        options.json.write_text(json.dumps([asdict(score) for score in scores], indent=1) + "\n")
    if options.write:
        write_block(text)
    return judge(scores, form, pin=options.pin, lower=options.lower)


def parse_words(words: Sequence[str] | None) -> argparse.Namespace:
    """The words of the command line; says what does not go together."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate.read")
    parser.add_argument("corpora", nargs="*", help=f"of {', '.join(CORPORA)}; all without")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} fixed pages of each corpus")
    parser.add_argument("--readers", help=f"of {', '.join(NAMES)}; all without")
    parser.add_argument("--jobs", type=int, default=1, choices=(1, 2), help="processes")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--lower", action="store_true", help="with --pin: lower them as well")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    parser.add_argument("--json", type=Path, help="write the scores there as well")
    options = parser.parse_args(words)
    if options.lower and not options.pin:
        parser.error("--lower goes with --pin")
    if options.write and (options.quick or options.corpora or options.readers):
        parser.error("--write shows the whole table: leave --quick, --readers and corpora out")
    if unknown := set(options.corpora) - set(CORPORA):
        parser.error(f"no corpus {', '.join(sorted(unknown))}: there are {', '.join(CORPORA)}")
    return options


def find_missing(readers: Sequence[str]) -> str | None:
    """What is not there, with the remedy; None where all is."""
    if not PAGES.is_dir():
        return f"{PAGES} is missing: set KHOBAO_SHARED to the folder that holds pages/"
    if unknown := set(readers) - set(NAMES):
        return f"no reader {', '.join(sorted(unknown))}: there are {', '.join(NAMES)}"
    if set(readers) & set(OTHERS) and not PYTHON.is_file():
        return f"{PYTHON} is missing: run `make read-gate`, or name --readers without {OTHERS}"
    return None


def judge(scores: Sequence[Score], form: str, *, pin: bool, lower: bool) -> int:
    """Hold the scores against floors and laws; with ``pin`` raise the floors. The exit code."""
    held, reached = floors.load_floors(form), floors.measure(scores)
    if OURS not in {score.reader for score in scores}:
        return 0
    falls = floors.find_falls(held, reached)
    laws = [] if form == "quick" else [*floors.find_rivals(scores), *floors.find_slow(scores)]
    for line in (*falls, *laws):
        print(line)
    if pin:
        floors.save_floors(form, floors.raise_floors(held, reached, lower=lower))
        print(f"pinned in {floors.FILE.name}" + (", floors lowered" if lower and falls else ""))
    if falls and not lower:
        print("reading got worse: mend it, or lower the floor knowingly with --pin --lower")
    return int(bool(laws) or bool(falls and not lower))


if __name__ == "__main__":
    sys.exit(main())

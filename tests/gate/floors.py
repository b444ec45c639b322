"""The scores that reading may not fall below again, pinned in floors.json; they only rise.

    {"full": {"fundus": {"text": 0.958, "title": 0.822, ...}, ...}, "quick": {...}}

A floor is a score rounded down to three digits: reading is deterministic and its libraries are
pinned, so nothing but a change of the code moves it. Beside the floors stand laws that are not
pinned: no corpus on which a mode of trafilatura reads the text better, and the CPU ratios.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path

from tests.gate.answers import MODES, OURS
from tests.gate.rate import Score

FILE = Path(__file__).with_name("floors.json")
MEASURES = ("text", "title", "date", "authors")
MOST_CPU = 1.0  # of trafilatura's default, on a paper that nobody knows
MOST_NAMED = 1 / 3  # of it, where the profile names the body; mean of the corpora with full text

Floors = dict[str, dict[str, float]]


def load_floors(form: str, file: Path = FILE) -> Floors:
    """The floors of a form ("full" or "quick"): corpus -> measure -> floor."""
    if not file.is_file():
        return {}
    floors: Floors = json.loads(file.read_text("utf-8")).get(form, {})
    return floors


def measure(scores: Iterable[Score]) -> Floors:
    """Our scores as floors."""
    return {
        score.corpus: {
            name: math.floor(value * 1000 + 1e-9) / 1000
            for name in MEASURES
            if (value := getattr(score, name)) is not None
        }
        for score in scores
        if score.reader == OURS
    }


def find_falls(floors: Floors, reached: Floors) -> list[str]:
    """What fell below its floor, one line each; corpora that were not read say nothing."""
    return [
        f"{corpus} {name}: {reached[corpus].get(name, 0.0):.3f} is below the floor {floor:.3f}"
        for corpus, measures in floors.items()
        if corpus in reached
        for name, floor in measures.items()
        if reached[corpus].get(name, 0.0) < floor
    ]


def raise_floors(floors: Floors, reached: Floors, *, lower: bool = False) -> Floors:
    """The floors raised to what was reached; none is lowered unless ``lower`` says so."""
    raised = {corpus: dict(measures) for corpus, measures in floors.items()}
    for corpus, measures in reached.items():
        mine = raised.setdefault(corpus, {})
        for name, value in measures.items():
            mine[name] = value if lower else max(value, mine.get(name, 0.0))
    return raised


def save_floors(form: str, floors: Floors, file: Path = FILE) -> None:
    """Write the floors of a form; those of the other stay."""
    held = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    text = json.dumps(held | {form: floors}, indent=1, sort_keys=True)
    file.write_text(text + "\n", "utf-8")


def find_rivals(scores: Iterable[Score]) -> list[str]:
    """The corpora on which a mode of trafilatura reads the text better than we do."""
    texts = {(s.corpus, s.reader): s.text for s in scores}
    return [
        f"{corpus} text: {ours:.4f}, {mode} reads {text:.4f}"
        for (corpus, reader), ours in texts.items()
        if reader == OURS and ours is not None
        for mode in MODES
        if (text := texts.get((corpus, mode))) is not None and text > ours
    ]


def find_slow(scores: Iterable[Score]) -> list[str]:
    """Where reading took more CPU than it may, beside trafilatura in the same run."""
    measured = [s for s in scores if s.beside]
    slow = []
    for reader, most in ((OURS, MOST_CPU), (f"{OURS} named", MOST_NAMED)):
        pairs = [
            (s.seconds * s.pages, (s.beside or 0.0) * s.pages)
            for s in measured
            if s.reader == reader
        ]
        ours, plain = sum(one for one, _ in pairs), sum(one for _, one in pairs)
        if plain and ours / plain > most:
            slow.append(f"{reader}: {ours / plain:.2f} of trafilatura's CPU, {most:.2f} is allowed")
    return slow

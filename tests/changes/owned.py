"""Stories with a block that an edit put at their head or tail, and what that is (owned/*.toml).

    corrections   the paper owns to an error of its own: [kind, place, edit, block]
    news          anything else, however alike

Kinds of corrections: ``quoted`` names what the text said before or says now, ``told`` says that
something was mended, ``wordless`` has no word for an error, ``terse`` is a label, ``bare`` comes
without another edit. Of news each block without an edit comes a second time with one (``silent``):
papers put names right without a word, too. All made up, and written before the rules that they
measure, by one author; those whose digest is even are ``held``: no rule was made after them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from archive.classify import Wording, classify

FOLDER = Path(__file__).with_name("owned")


@dataclass(frozen=True, slots=True)
class Case:
    """A block, and the two versions of its story."""

    language: str
    kind: str
    is_correction: bool
    block: str
    old: Wording
    new: Wording
    published_on: date

    @property
    def is_held(self) -> bool:
        """Whether no rule was made after it."""
        return sha256(self.block.encode()).digest()[0] % 2 == 0

    @property
    def is_taken(self) -> bool:
        """Whether the archive takes it for a correction."""
        found = classify(self.old, self.new)
        return found is not None and found[0] == "correction"


def load_cases() -> Iterator[Case]:
    """Yield all cases."""
    for path in sorted(FOLDER.glob("*.toml")):
        for story in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for name in ("corrections", "news"):
                for kind, place, edit, block in story[name]:
                    yield _make_case(story, name == "corrections", kind, place, edit, block)
            yield from _make_silent(story)


def _make_silent(story: dict[str, Any]) -> Iterator[Case]:
    """Yield the blocks of news that came alone, beside an edit that a correction told of."""
    edits = [edit for _, _, edit, _ in story["corrections"] if edit]
    blocks = [(place, block) for _, place, edit, block in story["news"] if not edit]
    for number, (place, block) in enumerate(blocks):
        yield _make_case(story, False, "silent", place, edits[number % len(edits)], block)


def _make_case(
    story: dict[str, Any], is_correction: bool, kind: str, place: str, edit: str, block: str
) -> Case:
    body = story["body"].strip()
    before, _, after = edit.partition("→")
    if body.count(before) != 1 and edit:
        raise ValueError(f"{before!r} stands {body.count(before)} times in the story of {block!r}")
    edited = body.replace(before, after) if edit else body
    edited = f"{block}\n{edited}" if place == "head" else f"{edited}\n{block}"
    title, day = story["title"], date.fromisoformat(story["published"])
    old, new = Wording(title, None, body), Wording(title, None, edited)
    return Case(story["language"], kind, is_correction, block, old, new, day)

"""The ledger against a naive model: what happened is in it once, what did not happen is not."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.dump import dump
from archive.index.changes import refresh
from archive.instants import to_text
from tests.archive.makers import (
    Clock,
    make_exchange,
    make_failure,
    make_reading,
)
from tests.changes.night import NEW, OLD, TEXTS, Night
from tests.changes.test_removals import SIGNS, sign


@dataclass
class Model:
    """One article at one address, told by hand: the naive twin of the ledger."""

    text: int = 0
    seen: bool = False
    signs: list[datetime] = field(default_factory=list)
    removed: bool = False
    told: list[tuple[str, str]] = field(default_factory=list)

    def sound(self, at: datetime, text: int) -> None:
        """The article was there."""
        if self.removed:
            self.told.append(("back", to_text(at)))
        if self.seen and text != self.text:
            self.told.append(("text", to_text(at)))
        self.seen, self.text, self.signs, self.removed = True, text, [], False

    def sign(self, at: datetime) -> None:
        """The article seemed to be gone."""
        if not self.seen:
            return
        self.signs.append(at)
        far = at - self.signs[0] >= timedelta(hours=48)
        if not self.removed and len(self.signs) >= 3 and far:
            self.removed = True
            self.told.append(("removed", to_text(self.signs[0])))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sound", "sound", "edit", *SIGNS, *SIGNS, "500", "none", "captcha"]),
        st.sampled_from([1.0, 13.0, 25.0, 49.0]),
        st.integers(0, 2),
    ),
    max_size=14,
)
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def play(night: Night, model: Model, step: tuple[str, float, int]) -> None:
    """Let one answer come, to the archive and to the model."""
    what, hours, text = step
    night.pass_time(hours)
    match what:
        case "sound" | "edit":
            text = text if what == "edit" else model.text
            night.sound(TEXTS[text])
            model.sound(last_capture(night), text)
        case "500" | "none" | "captcha":
            if what == "500":
                night.answer(500)
            elif what == "none":
                night.archive.keep("suoi", make_failure(OLD, night.archive.now()))
            else:
                night.quarantine("captcha")
        case _:
            sign(night, what)
            model.sign(last_capture(night))


def last_capture(night: Night) -> datetime:
    """Return the instant of the newest capture."""
    (at,) = night.archive.db.execute("SELECT max(captured_at) FROM captures").fetchone()
    return datetime.fromisoformat(at)


@QUIET
@given(STEPS)
def test_random_nights(steps: list[tuple[str, float, int]]) -> None:
    """Live as in the model, step by step; making an article's rows again changes nothing; the
    rebuilt index is the same."""
    with tempfile.TemporaryDirectory() as folder:
        night, model = Night(Path(folder)), Model()
        for step in steps:
            play(night, model, step)
            told = sorted((at, kind) for kind, at in model.told)
            assert sorted((at, kind) for kind, at, *_ in night.rows()) == told
            if model.seen:
                gone = to_text(model.signs[0]) if model.signs else None
                assert night.article() == (gone, gone if model.removed else None)
                before = list(dump(night.archive.db))
                refresh(night.archive.db, 1)
                assert list(dump(night.archive.db)) == before
        night.end()


ANYWHERE = st.lists(
    st.tuples(
        st.sampled_from(["sound", "404", "front page", "led", "soft 404"]),
        st.booleans(),
        st.sampled_from([1.0, 25.0, 49.0]),
        st.integers(0, 1),
    ),
    max_size=14,
)


GONE_TWICE = [
    *(("404", True, 1.0, 0), ("404", True, 25.0, 0), ("404", True, 25.0, 0)),
    *(("sound", False, 1.0, 0), ("led", False, 1.0, 0), ("404", True, 1.0, 0)),
]
"""Removed here, back there, and there leads here: the signs of then make no second removal."""

GONE_AND_LED = [
    *(("404", True, 1.0, 0), ("404", True, 25.0, 0), ("404", True, 25.0, 0)),
    *(("led", True, 1.0, 0), ("sound", True, 1.0, 0)),
]
"""Removed, then led elsewhere, then back: it was gone though no sign stands against it."""


@QUIET
@example(GONE_TWICE)
@example(GONE_AND_LED)
@given(ANYWHERE)
def test_random_nights_at_two_addresses(steps: list[tuple[str, bool, float, int]]) -> None:
    """Whatever two addresses answer: the rows are what the evidence makes of itself at any time,
    removals and returns alternate, nothing moves without a dead or leading address."""
    with tempfile.TemporaryDirectory() as folder:
        night = Night(Path(folder))
        night.sound()
        night.announce(NEW)
        led = False
        for what, old, hours, text in steps:
            night.pass_time(hours)
            here, there = (OLD, NEW) if old else (NEW, OLD)
            if what == "sound":
                assert night.sound(TEXTS[text], here) == 1
            elif what == "led":
                led = True
                night.answer(301, here, there)
            else:
                sign(night, what, here)
            before = list(dump(night.archive.db))
            refresh(night.archive.db, 1)
            assert list(dump(night.archive.db)) == before
        kinds = [k for k in night.kinds() if k in ("removed", "back")]
        assert all(k == ("removed", "back")[n % 2] for n, k in enumerate(kinds))
        signs = sum(what in ("404", "front page", "soft 404") for what, *_ in steps)
        assert "moved" not in night.kinds() or led or signs >= 3
        night.end()


HISTORY = [(0, 0), (24, 0), (48, 1), (72, 404), (97, 404), (122, 404), (150, 1), (170, 2)]


@settings(QUIET, max_examples=8)
@given(st.permutations(HISTORY[1:]))
def test_older_captures_taken_in_later(order: list[tuple[int, int]]) -> None:
    """In whatever order captures are indexed, kinds and instants are those of their order in time;
    only version numbers follow the indexing."""
    told = []
    for steps in (HISTORY, [HISTORY[0], *order]):
        with tempfile.TemporaryDirectory() as folder:
            night = Night(Path(folder))
            for hours, what in steps:
                at = Clock(tick=False).at + timedelta(hours=hours)
                exchange = make_exchange(
                    OLD, night.body(), at=at, status=404 if what == 404 else 200
                )
                capture = night.archive.keep("suoi", exchange)
                if what != 404:
                    reading = make_reading(title="Chợ phiên", text=TEXTS[what])
                    night.archive.add(capture, reading, address=OLD, identity="suoi:1")
            told.append([row[:2] for row in night.rows()])
            night.archive.close()
    assert told[0] == told[1]
    assert [kind for kind, _ in told[0]] == ["text", "removed", "back", "text"]

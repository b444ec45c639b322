"""A new layout's sentences are no edit of the paper, and an edit across a relaunch is one."""

from __future__ import annotations

import pytest

from archive.records import Trace
from tests.archive.makers import (
    make_exchange,
    make_reading,
)
from tests.changes.night import HOST, NEW, TEXTS, Night


@pytest.mark.parametrize("is_known", [True, False])
def test_a_relaunch_is_no_edit(night: Night, is_known: bool) -> None:
    """A sentence that goes with the layout is nothing the paper did; where the paper had that
    layout before, it is an edit; a number that changes with it always is."""
    old, new = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
    if is_known:
        other = make_reading(title="Khác", text="Tin khác hẳn.", trace=new)
        capture = night.archive.keep(
            "suoi", make_exchange(NEW, night.body(), at=night.archive.now())
        )
        night.archive.add(capture, other, address=NEW, identity="suoi:2")
    night.sound(TEXTS[2], trace=old)
    night.pass_time(24)
    night.sound(TEXTS[1], trace=new)
    assert night.kinds() == (["text"] if is_known else [])
    night.pass_time(24)
    night.sound(TEXTS[0], trace=new)
    assert night.kinds()[-1:] == ["text"]


def test_an_edit_long_after_a_relaunch_is_one(night: Night) -> None:
    """Where the new layout showed the same words first, a sentence that comes later is the
    paper's, though the version began in the old layout."""
    old, new = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
    night.sound(TEXTS[1], trace=old)
    night.pass_time(24)
    night.sound(TEXTS[1], trace=new)
    assert night.kinds() == []
    night.pass_time(24)
    night.sound(TEXTS[2], trace=new)
    assert night.kinds() == ["text"]


def test_figures_in_names_are_no_layout(night: Night) -> None:
    """WordPress numbers its articles in their classes: the layout is one."""
    layouts = set()
    for number in (51, 52):
        trace = Trace(shown=(("text", f"article.post-{number}.post > div.entry-content"),))
        night.sound(TEXTS[0], url=f"{HOST}/a-{number}.html", trace=trace)
        layouts |= set(night.archive.db.execute("SELECT layout FROM readings").fetchall()) - {
            (None,)
        }
    assert len(layouts) == 1


@pytest.mark.parametrize("alike", [0, 3])
def test_an_edit_across_a_relaunch_that_reads_alike(night: Night, alike: int) -> None:
    """Where three others had the same words in both layouts, whatever became of their bylines, a
    sentence that came with the new one is the paper's; a byline that went with it is nobody's."""
    old, new = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
    seen = [
        (f"{HOST}/bai/{number}.html", f"Bài số {number}. {TEXTS[2]}") for number in range(alike)
    ]
    for said, trace, authors in ((TEXTS[1], old, ("Lan",)), (TEXTS[2], new, ())):
        for url, text in seen:
            other = make_reading(title="Khác", text=text, trace=trace, authors=authors)
            night.archive.add(night.keep(url), other, address=url, identity=url)
        night.sound(said, trace=trace, authors=authors)
        night.pass_time(24)
    detail = night.archive.db.execute("SELECT detail FROM changes").fetchall()
    assert night.kinds() == (["text"] if alike else []), detail
    assert not any("authors" in row[0] for row in detail)

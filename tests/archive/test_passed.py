"""Headlines that lists gave and nobody asked for are a note of their night."""

from __future__ import annotations

import pytest

from archive.fates import NO_ARTICLE
from archive.passed import tell_passed
from archive.report.tongue import is_known

from .test_lists import NEWS, Desk

HEADLINE = "Luz verde a la almazara"


@pytest.mark.parametrize(
    ("reason", "title", "nights", "told"),
    [
        (NO_ARTICLE, HEADLINE, 0, 1),
        (NO_ARTICLE, HEADLINE, 1, 0),  # it was told on its night
        (NO_ARTICLE, "Galerías", 0, 0),
        (NO_ARTICLE, None, 0, 0),
        ("off-site", HEADLINE, 0, 0),
    ],
)
def test_a_headline_that_nobody_asked_for(
    reason: str, title: str | None, nights: int, told: int
) -> None:
    """Told once, with its address, where nothing but the form of that spoke against it."""
    desk = Desk()
    desk.crawl()
    desk.read("category", NEWS, range(4))
    desk.db.execute(
        "UPDATE addresses SET state = 'skipped', reason = ? WHERE url = 'https://nui/2.html'",
        (reason,),
    )
    desk.db.execute("UPDATE sightings SET title = ? WHERE source = ?", (title, NEWS))
    for _ in range(nights):
        desk.crawl()
    found = list(tell_passed(desk.db, "nui", desk.nights[:1]))
    assert len(found) == told
    for one in found:
        assert "https://nui/2.html" in one.words
        assert is_known(one.words) and is_known(one.remedy)

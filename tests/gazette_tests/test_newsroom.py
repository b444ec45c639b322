"""The newsroom: time in both directions, publishing, edits and deletions by the seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.gazette.newsroom import Newsroom


def test_time_travel() -> None:
    """What is not yet published, edited, deleted or restored is not seen; going back undoes it."""
    newsroom = Newsroom(3, date(2026, 2, 1), 2, 5)
    ids = newsroom.ids()
    evening = newsroom.now
    assert newsroom.visible() == ids[::-1]
    newsroom.move(datetime.fromisoformat("2026-02-02T00:00:00+07:00"))
    assert newsroom.visible() == ids[4::-1] and newsroom.find(ids[5]) is None
    newsroom.move(evening)
    before = newsroom.find(ids[0])
    newsroom.edit(ids[0], at=evening + timedelta(hours=2), title="Tiêu đề mới")
    newsroom.delete(ids[1], at=evening + timedelta(hours=3), departure="missing")
    newsroom.restore(ids[1], at=evening + timedelta(hours=4))
    assert newsroom.find(ids[0]) == before and newsroom.departure(ids[1]) is None
    newsroom.move(evening + timedelta(hours=3))
    edited = newsroom.find(ids[0])
    assert edited and edited.title == "Tiêu đề mới" and newsroom.find(ids[1]) is None
    assert newsroom.departure(ids[1]) == "missing"
    newsroom.move(evening + timedelta(hours=4))
    assert newsroom.find(ids[1]) is not None
    newsroom.move(evening)
    assert newsroom.find(ids[0]) == before
    with pytest.raises(ValueError, match="in order"):
        newsroom.publish(date(2026, 1, 1))


def test_publish_adds_a_day() -> None:
    """A day published later has higher ids, later dates, and leaves the earlier stories alone."""
    newsroom = Newsroom(3, date(2026, 2, 1), 2, 5)
    before = [newsroom.find(one) for one in newsroom.ids()]
    new = newsroom.publish(date(2026, 2, 3), 4)
    assert len(new) == 4 and min(new) > max(s.id for s in before if s)
    assert [newsroom.find(one) for one in new] == [None] * 4
    newsroom.move(newsroom.now + timedelta(days=1))
    assert all(newsroom.find(one) for one in new)
    assert [newsroom.find(one.id) for one in before if one] == before


def test_stir_is_repeatable_and_near_its_shares() -> None:
    """Edits and deletions drawn for a month are those of the seed, about 5 and 1 in a hundred."""
    one, two = (Newsroom(3, date(2026, 2, 1), 30, 30) for _ in range(2))
    fates = one.stir()
    assert fates == two.stir()
    kinds = list(fates.values())
    assert 25 <= kinds.count("edit") <= 70 and 2 <= kinds.count("delete") <= 20

"""The story of an article, chapter by chapter, and the list of changes, as a person reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive.changelist import list_changes
from archive.days import DayError
from archive.door import UsageError
from archive.find import Meant
from archive.history import SENTENCES, tell
from archive.telling import print_changes, print_history
from tests.archive.makers import make_reading
from tests.changes.night import HOST, NEW, OLD, TEXTS, Night


@pytest.fixture
def night(tmp_path: Path) -> Any:
    """An archive, closed at the end."""
    night = Night(tmp_path)
    yield night
    night.archive.close()


def story(night: Night) -> dict[str, Any]:
    """Return the article's story."""
    return tell(night.archive.db, Meant(1, OLD))


def read(night: Night) -> str:
    """Return it as text."""
    return "\n".join(print_history(story(night)))


def test_a_life(night: Night) -> None:
    """Announced, read, edited, gone for three nights, still gone, back: in this order, each
    chapter but the announcement with the place of its capture."""
    night.sound(TEXTS[0])
    night.pass_time(24)
    night.sound(TEXTS[1])
    for _ in range(5):
        night.pass_time(25)
        night.answer(404)
    night.pass_time(24)
    night.sound(TEXTS[1])
    chapters = story(night)["chapters"]
    assert [one["what"] for one in chapters] == [
        "announced",
        "first read",
        "text",
        "removed",
        "back",
    ]
    assert sorted(one["at"] for one in chapters) == [one["at"] for one in chapters]
    for chapter in chapters[1:]:
        place = chapter["capture"]
        assert place["warc_file"].startswith("warc/suoi/") and place["warc_offset"] > 0
    text = read(night)
    assert "it was gone since" in text and text.endswith("2 versions, still there")
    assert text.count("http 404") == 3, "the first two signs and the one that made it believed"


def test_an_edit_in_words(night: Night) -> None:
    """What went and what came stand in the sentence; the others are not repeated."""
    night.sound(TEXTS[0])
    night.pass_time(24)
    night.sound(TEXTS[1])
    (line,) = [line.strip() for line in read(night).splitlines() if line.strip().startswith("~")]
    assert line == "~ Có [-12-] [+15+] gian hàng của bà con vùng cao."


def test_signs_are_told_before_they_are_believed(night: Night) -> None:
    """One 404 is a sign, and is said to be no more; after the third it is a removal, and what
    comes then is counted."""
    night.sound()
    night.pass_time(24)
    night.answer(404)
    assert "seems to be gone: http 404" in read(night)
    assert "a sign of removal since" in read(night).splitlines()[-1]
    for _ in range(4):
        night.pass_time(25)
        night.answer(410)
    assert "still gone, asked 2 more times: http 410" in read(night)
    assert "removed since" in read(night).splitlines()[-1]


def test_a_move(night: Night) -> None:
    """Where from, where to, and by what it was known."""
    night.sound()
    night.pass_time(24)
    night.announce(NEW)
    night.answer(301, OLD, NEW)
    night.sound(url=NEW)
    (moved,) = [one for one in story(night)["chapters"] if one["what"] == "moved"]
    assert moved["detail"]["to"] == NEW and moved["detail"]["sign"] == "redirect"
    assert f"to {NEW} (redirect)" in read(night)


def test_versions_of_two_readers_are_not_compared(night: Night) -> None:
    """Another reader, profile or template: our change of rules is no sentence of the paper's."""
    for number, other in enumerate(("extractor", "profile", "template")):
        night.sound(TEXTS[0], title=f"Chợ {number}")
        capture = night.keep(OLD)
        reading = make_reading(f"Chợ {number}", TEXTS[2])
        given = {
            "extractor": reading.extractor,
            "profile": reading.profile,
            "template": None,
            other: "another",
        }
        theirs = type(reading)("article", "ok", links=(), article=reading.article, **given)
        night.archive.add(capture, theirs, address=OLD, identity="suoi:1")
    chapters = story(night)["chapters"]
    kinds = [one["what"] for one in chapters if one["what"] != "read anew"]
    assert kinds == ["announced", "first read"]
    anew = [(one["version"], one["why"]) for one in chapters if one["what"] == "read anew"]
    assert anew == [(number, "reader") for number in range(2, 7)]
    assert "nobody can say what the paper changed" in read(night)


def test_a_long_edit_is_cut(night: Night) -> None:
    """The first sentences, and how many more there are."""
    night.sound(" ".join(f"Câu số {n} nói về chợ phiên." for n in range(40)))
    night.pass_time(24)
    night.sound(" ".join(f"Câu số {n} kể chuyện bến đò xưa." for n in range(100, 140)))
    shown = [line for line in read(night).splitlines() if line.strip()[:1] in tuple("~+-")]
    (more,) = [line for line in read(night).splitlines() if "more sentences" in line]
    assert len(shown) == SENTENCES and int(more.split()[1]) >= 40 - SENTENCES


def test_what_was_never_read_has_no_story(night: Night) -> None:
    """The error names the command that helps."""
    with pytest.raises(UsageError, match="khobao show"):
        tell(night.archive.db, Meant(None, f"{HOST}/menu"))


def since(night: Night, day: str, **more: Any) -> list[str]:
    """Return the kinds of what changed since a day."""
    return [row["kind"] for row in list_changes(night.archive.db, since=day, **more)]


def test_days_are_the_papers_own(night: Night) -> None:
    """A change at 23:30 UTC belongs to the paper's next day."""
    night.sound(TEXTS[0])
    night.clock.at = night.clock.at.replace(day=10, hour=16, minute=30)
    night.sound(TEXTS[1])
    night.clock.at = night.clock.at.replace(day=10, hour=17, minute=30)
    night.sound(TEXTS[2])
    assert since(night, "2026-02-10") == ["text", "text"]
    assert since(night, "2026-02-11") == ["text"], "00:30 of the 11th in Hanoi"
    assert since(night, "2026-02-12") == []
    assert since(night, "2026-02") == ["text", "text"]


def test_a_removal_is_news_twice(night: Night) -> None:
    """It is listed for who asks since its first sign, and for who asks since it was believed."""
    night.sound()
    for _ in range(3):
        night.pass_time(25)
        night.answer(404)
    removed = night.rows()[0][1][:10]
    believed = night.clock.at.date().isoformat()
    assert removed < believed
    assert since(night, removed) == since(night, believed) == ["removed"]


def test_changes_of_some_days(night: Night) -> None:
    """With a last day too: both ends are within, a removal has two days, an empty range is told."""
    night.clock.at = night.clock.at.replace(day=10, hour=3)
    night.sound(TEXTS[0])
    night.pass_time(24)
    night.sound(TEXTS[1])
    for _ in range(3):
        night.pass_time(24)
        night.answer(404)
    night.pass_time(24)
    night.sound(TEXTS[1])
    assert since(night, "2026-02-11", until="2026-02-11") == ["text"]
    assert since(night, "2026-02-12", until="2026-02-12") == ["removed"]
    assert since(night, "2026-02-13", until="2026-02-13") == []
    assert since(night, "2026-02-14", until="2026-02-14") == ["removed"], "believed"
    assert since(night, "2026-02", until="2026-02") == ["back", "removed", "text"]
    with pytest.raises(UsageError, match="earlier day first"):
        since(night, "2026-02-12", until="2026-02-11")


def test_changes_are_chosen(night: Night) -> None:
    """By kind and by paper; a kind or a day that there is not is told with what there is."""
    night.sound(TEXTS[0])
    night.pass_time(24)
    night.sound(TEXTS[1])
    assert since(night, "2026", kind="text", site="suoi") == ["text"]
    assert since(night, "2026", kind="removed") == since(night, "2026", site="nui") == []
    with pytest.raises(UsageError, match="cosmetic, headline"):
        since(night, "2026", kind="edited")
    with pytest.raises(DayError):
        since(night, "yesterday-ish")


def test_a_line_a_change(night: Night) -> None:
    """Instant, kind, paper, title; then the address, then what tells most."""
    night.sound(TEXTS[0])
    night.pass_time(24)
    night.sound(TEXTS[1])
    head, url, hint = print_changes(list_changes(night.archive.db, since="2026"))
    assert head.split()[2:] == ["text", "suoi", "Chợ", "phiên"]
    assert url.strip() == OLD and hint.strip() == "12 → 15"


def test_changes_of_papers_with_two_clocks_tell_the_offset() -> None:
    """One clock needs no offset; with two, the order of the lines is that of the instants."""
    row = {"at": "2026-08-05T20:15:00Z", "kind": "text", "site": "a", "title": "Tin", "url": "u"}
    rows = [{**row, "detail": {}, "timezone": zone} for zone in ("Asia/Ho_Chi_Minh", "UTC")]
    assert list(print_changes(rows[:1])) == ["2026-08-06 03:15  text        a  Tin", " " * 18 + "u"]
    assert [line.partition("  ")[0] for line in print_changes(rows)][::2] == [
        "2026-08-06 03:15+0700",
        "2026-08-05 20:15+0000",
    ]

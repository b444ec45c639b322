"""A clock that was set back: what it says is kept, and a rebuild makes the same index."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archive.folders import find_newest, own_files
from archive.index.addresses import Announced
from archive.records import Reading
from archive.warc.verify import verify_archive

from .makers import (
    START,
    Clock,
    check_rebuild,
    make_exchange,
    make_link,
    make_reading,
    open_archive,
)

HOST = "https://suoi.test"
URL, LIST = f"{HOST}/cho-phien-post1.html", f"{HOST}/kinh-te/"


def visit(root: Path, hours: float, page: bytes, text: str) -> str:
    """Fetch the list, which never changes, and the article; return the name of the WARC file."""
    clock = Clock(START + timedelta(hours=hours))
    with open_archive(root, clock, prefix=f"{hours + 100:.0f}") as archive:
        for url, body in ((LIST, b"list"), (URL, page)):
            capture = archive.keep("suoi", make_exchange(url, body, at=clock()))
            if capture.kind == "revisit":
                continue
            if url == LIST:
                items = [Announced(URL, make_link(URL))]
                archive.add(capture, Reading("category", "ok", "test/1", "0"), items, address=url)
            else:
                reading = make_reading("Chợ phiên", text)
                archive.add(capture, reading, address=url, identity="suoi:1")
        return capture.place.file


def test_files_keep_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    """A night ten years ahead, then the right time again: no name is before an earlier one, and
    the index made again is the one that was written."""
    nights = [(0, b"a", "Một câu."), (87_600, b"b", "Hai câu."), (24, b"a", ""), (48, b"c", "Ba.")]
    files = [visit(tmp_path, *night) for night in nights]
    assert [name for name, _ in own_files(tmp_path)] == files
    assert find_newest(tmp_path) == "20360202010005"
    check_rebuild(tmp_path)
    assert list(verify_archive(tmp_path, tmp_path / "index.db")) == []


def test_a_clock_that_goes_on_names_files_by_itself(tmp_path: Path) -> None:
    """Nothing is added to the timestamp of a name where the clock is not behind."""
    names = [visit(tmp_path, hours, b"%d" % hours, "Một câu.") for hours in (0, 24)]
    assert [name.split("-")[1] for name in names] == ["20260204010003", "20260205010003"]

"""`show --explain`: where each field came from, who says otherwise, what was cut; after rebuild."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.cli import main
from archive.dump import digest
from archive.explain import explain, print_explained
from archive.find import find
from archive.rebuild import rebuild
from archive.records import Reading, Trace
from archive.store import INDEX, connect

from .makers import Clock, make_exchange, make_reading, open_archive

URL = "https://suoi.test/cho-phien-post1.html"
TRACE = Trace(
    cuts=(("headline", "Tiêu đề"), ("prompt", "Chia sẻ bài viết")),
    more=3,
    said=(
        ("title", "json-ld:headline", ""),
        ("title", "h1", ""),
        ("title", "meta:og:title", "Tiêu đề - Báo Suối"),
        ("authors", "meta:author", "Báo Suối"),
    ),
    shown=(("title", "article.story > h1.title"),),
)
SOURCES = {"title": "json-ld", "authors": "byline", "published": "seen", "offset": "seen"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with one article that was traced and one page that is no article."""
    clock = Clock()
    with open_archive(tmp_path, clock) as archive:
        capture = archive.keep("suoi", make_exchange(URL, b"page", at=clock()))
        archive.add(capture, make_reading(trace=TRACE, sources=SOURCES), address=URL)
        other = archive.keep("suoi", make_exchange(f"{URL}.x", b"list", at=clock()))
        reading = Reading("article", "empty", "test/1", "p", warnings=("page-empty: no content",))
        archive.add(other, reading, address=f"{URL}.x")
    return tmp_path


def run(root: Path, *words: str) -> str:
    """The output of the command, which must succeed."""
    result = CliRunner().invoke(main, ["show", *words, "--archive", str(root)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_person_reads_where_each_field_came_from(root: Path) -> None:
    """Source with its JSON-LD key, the place on the page, who agrees, who differs, the cuts."""
    output = run(root, URL, "--explain")
    for words in (
        "from json-ld:headline · shown at article.story > h1.title · h1 agrees",
        'meta:og:title says "Tiêu đề - Báo Suối"',
        'written "04/02/2026 08:00", to the minute · offset from seen',
        'meta:author says "Báo Suối"',
        "prompt      Chia sẻ bài viết",
        "and 3 more",
    ):
        assert words in output


def test_a_program_reads_the_same_as_json(root: Path) -> None:
    """--explain --json, in either order."""
    told = json.loads(run(root, URL, "--explain", "--json"))
    assert told == json.loads(run(root, URL, "--json", "--explain"))
    title = told["fields"][0]
    assert title["field"] == "title" and title["agree"] == ["h1"]
    assert title["differ"] == [{"place": "meta:og:title", "value": "Tiêu đề - Báo Suối"}]
    assert told["cuts"][1] == {"step": "prompt", "text": "Chia sẻ bài viết"}
    assert told["more_cuts"] == 3


def test_a_page_that_is_no_article_says_what_it_was_read_as(root: Path) -> None:
    """Role, status and warnings of its readings, and no invented fields."""
    output = run(root, f"{URL}.x", "--explain")
    assert "read as article, empty, not as an article" in output
    assert "page-empty: no content" in output


def test_explain_and_another_form_are_an_error_with_a_remedy(root: Path) -> None:
    """--explain --html is refused instead of one of them being dropped."""
    words = ["show", URL, "--explain", "--html", "--archive", str(root)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2 and "give one of them" in result.output


def test_a_rebuild_has_the_traces(root: Path) -> None:
    """They stand in the reading records: the index made again is the same index."""
    before = digest(connect(root / INDEX))
    rebuild(root)
    db = connect(root / INDEX)
    assert digest(db) == before
    assert db.execute("SELECT count(*) FROM traces").fetchone() == (1,)


def test_a_reading_without_a_trace_says_so(root: Path) -> None:
    """An index of before has none: the fields are explained as far as they can be."""
    db = connect(root / INDEX, write=True)
    for spoil in ("DELETE FROM traces", "DROP TABLE traces"):  # the reading's, then the index's age
        db.execute(spoil)
        lines = list(print_explained(explain(db, find(db, URL), None)))
        assert any("before traces were kept" in line for line in lines)
        assert any("from json-ld:headline" in line for line in lines)

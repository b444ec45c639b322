"""What a paper changes on all its pages at once is its dress: no edit; true edits stay edits."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from archive.changelist import list_changes
from archive.classify import Wording, classify
from archive.dressed import tell_dressed
from archive.index.crowd import Page, find_dresses
from archive.index.dress import Learned, Moment, find_worn
from archive.telling import print_changes
from archive.trim import take_out
from tests.changes.crowds import DRESSES, EDITS, Story, write
from tests.changes.night import live
from tests.changes.test_beside import Paper

QUICK = ("box",)  # night after night; a crowd of thirty is quick where it needs thirty
LARGE = ("roaming",)
LANGUAGES = ("vi", "en", "es", "th")


def word(story: Story) -> Wording:
    """Return what an article says."""
    return Wording(story.title, None, "\n".join(story.lines))


def judge(pages: list[Page]) -> list[str]:
    """Return the class of each page's change once its night is over; "kept" where there is none."""
    known = [Learned(dress, "one", "2026-02-05") for dress in find_dresses(pages)]
    found: list[str] = []
    for page in pages:
        assert page.before is not None
        worn = find_worn(page.before, page.after, known, Moment("one", "2026-02-05", "2026-02-04"))
        kind = classify(*take_out(page.before, page.after, [trim for trim, _ in worn]))
        found.append(kind[0] if kind else "dress" if worn else "kept")
    return found


CASES = [
    pytest.param(
        name,
        LANGUAGES[(number + size) % 4],
        size,
        marks=() if size < 30 or name in LARGE else pytest.mark.slow,
    )
    for number, name in enumerate(DRESSES)
    for size in (5, 12, 30)
    if (name, size) not in (("roaming", 5), ("roaming", 12), ("four", 5))
]


@pytest.mark.parametrize(("name", "lang", "size"), CASES)
def test_a_night_on_which_all_pages_change(name: str, lang: str, size: int) -> None:
    """A dress that comes or is taken back is no edit of any article, however many are asked."""
    chance = random.Random(size)
    stories = [write(lang, number) for number in range(size)]
    worn = [Page(s.number, word(s), word(DRESSES[name](s, chance))) for s in stories]
    assert set(judge(worn)) <= {"dress", "kept"}
    bare = [Page(page.article_id, page.after, page.before or page.after) for page in worn]
    assert set(judge(bare)) <= {"dress", "kept"}


@pytest.mark.parametrize(("name", "lang", "size"), [c for c in CASES if c.values[2] != 5])
def test_edits_in_a_crowd(name: str, lang: str, size: int) -> None:
    """A true edit of the night keeps its class, whichever it is, and the others are none."""
    chance = random.Random(size)
    expected: list[str] = []
    pages: list[Page] = []
    edits = list(EDITS.items())
    for number in range(size):
        story = write(lang, number)
        kind, told = "dress", story
        if number % 6 == 0:
            _, (kind, edit) = edits[(number // 6 + len(name)) % len(edits)]
            told = edit(story)
        expected.append(kind)
        pages.append(Page(number, word(story), word(DRESSES[name](told, chance))))
    judged = judge(pages)
    edited = [kind for kind in expected if kind != "dress"]
    assert [kind for kind, want in zip(judged, expected, strict=True) if want != "dress"] == edited
    left = {kind for kind, want in zip(judged, expected, strict=True) if want == "dress"}
    assert left <= {"dress", "kept"}


@pytest.mark.parametrize(
    "lang", ["vi", *(pytest.param(lang, marks=pytest.mark.slow) for lang in LANGUAGES[1:])]
)
def test_thirty_edits_are_thirty_edits(lang: str) -> None:
    """A night on which every article was edited in its own way has no dress."""
    edits = list(EDITS.values())
    pages, expected = [], []
    for number in range(30):
        story = write(lang, number)
        kind, edit = edits[number % len(edits)]
        expected.append(kind)
        pages.append(Page(number, word(story), word(edit(story))))
    assert find_dresses(pages) == []
    assert judge(pages) == expected


SAME = "Police say the road is open again."


def test_few_articles_are_no_crowd() -> None:
    """Two articles with one new sentence among seven are edited; three of three are a crowd, and
    the sentence of one that new articles have is the house's."""
    stories = [write("en", number) for number in range(7)]
    more = [word(Story(s.number, "en", s.title, (*s.lines, SAME))) for s in stories]
    some = [Page(s.number, word(s), more[s.number] if s.number < 2 else word(s)) for s in stories]
    assert judge(some)[:2] == ["text", "text"]
    assert judge([Page(n, word(stories[n]), more[n]) for n in range(3)]) == ["dress"] * 3
    assert judge([Page(n, word(stories[n]), more[n]) for n in range(2)]) == ["text"] * 2
    new = [Page(0, word(stories[0]), more[0]), *(Page(n, None, more[n]) for n in (1, 2))]
    assert [dress.articles for dress in find_dresses(new)] == [3]


def test_stories_that_go_on_are_edited() -> None:
    """Where all that were asked gained lines of their own behind what they had, nothing says that
    it is a box: five short stories were continued."""
    stories = [write("en", number) for number in range(12)]
    short = [Story(s.number, "en", s.title, s.lines[:2]) for s in stories]
    pages = [Page(s.number, word(s), word(t)) for s, t in zip(short, stories, strict=True)]
    assert judge(pages) == ["text"] * 12


def test_common_words_are_no_dress() -> None:
    """A sentence that begins with "The" now is edited, though most pages begin so."""
    stories = [write("en", number) for number in range(9)]
    texts = [Story(s.number, "en", s.title, (f"The {s.lines[0]}", *s.lines[1:])) for s in stories]
    pages = [Page(t.number, word(stories[0] if t.number == 0 else t), word(t)) for t in texts]
    assert judge(pages)[0] == "text"


# -- night after night ----------------------------------------------------------------------------


class Crowd(Paper):
    """A paper whose articles are asked for again, some a night."""

    def tell(self, stories: Iterable[Story], name: str | None = None) -> None:
        """Let articles be read in a dress, and the night end."""
        chance = random.Random(self.nights)
        for story in stories:
            told = DRESSES[name](story, chance) if name else story
            text = "\n".join(told.lines)
            self.read(story.number, title=told.title, text=text, lead=None)
        self.dusk()

    def classes(self) -> dict[int, list[str]]:
        """Return the classes of each article's changes; "dress" for one that is nothing else."""
        found: dict[int, list[str]] = {}
        for url, kind, detail in self.archive.db.execute(
            "SELECT a.url, x.kind, x.detail FROM changes x JOIN articles a ON a.id = x.article_id "
            "ORDER BY x.at, x.rowid"
        ):
            number = int(url.rpartition("-")[2].removesuffix(".html"))
            is_dress = kind == "cosmetic" and "dress" in json.loads(detail)
            found.setdefault(number, []).append("dress" if is_dress else kind)
        return found


@pytest.fixture
def crowd(tmp_path: Path) -> Iterator[Crowd]:
    """A paper whose archive comes out of its files again, dresses and all."""
    yield from live(Crowd(tmp_path))


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        pytest.param(name, LANGUAGES[number % 4], marks=() if name in QUICK else pytest.mark.slow)
        for number, name in enumerate(DRESSES)
        if name != "roaming"
    ],
)
def test_night_after_night(crowd: Crowd, name: str, lang: str) -> None:
    """Articles that are asked later gain what the others did, or lose it again; an edit of any
    night is told, and a line that turns is told once."""
    old = {number: write(lang, number) for number in range(9)}
    new = {number: write(lang, number) for number in range(20, 26)}
    crowd.tell(old.values())
    old[7] = EDITS["number"][1](old[7])
    crowd.tell([*(old[n] for n in range(3, 9)), new[20], new[21]], name)
    old[0] = EDITS["headline"][1](old[0])
    crowd.tell([*(old[n] for n in range(3)), new[20], new[22]], name)
    old[8] = EDITS["number"][1](old[8])
    crowd.tell([old[8], new[23]], name)
    old[5] = EDITS["less"][1](old[5])
    crowd.tell([*(old[n] for n in range(3, 9)), new[21], new[24]])
    crowd.tell([old[0], old[1], new[22], new[25]])
    told = crowd.classes()
    first = crowd.archive.db.execute("SELECT crawl_id FROM crawls ORDER BY started_at").fetchall()
    notes = list(tell_dressed(crowd.archive.db, "suoi", [first[1][0]]))
    assert len(notes) == 1 and notes[0].words.split(" in their ")[0].count("“") == 1
    lines = list(print_changes(list_changes(crowd.archive.db, since="2026-02-05")))
    assert any("articles changed with all of the paper's" in line for line in lines)
    assert {n: [kind for kind in kinds if kind != "dress"] for n, kinds in told.items()} == {
        **{n: [] for n in told},
        7: ["text"],
        0: ["headline"],
        8: ["text"],
        5: ["text"],
    }
    assert all(len(kinds) <= 3 for kinds in told.values())


@pytest.mark.parametrize(("edited", "asked"), [(8, 10), (7, 10), (9, 9)])
def test_nearly_all_changed_with_nothing_in_common(crowd: Crowd, edited: int, asked: int) -> None:
    """Told once four of five of at least ten articles asked again have other words, each its own;
    not of fewer, and not as a dress."""
    stories = [write("en", number) for number in range(asked)]
    crowd.tell(stories)
    edits = [edit for _, edit in EDITS.values()]
    crowd.tell([edits[s.number % 6](s) if s.number < edited else s for s in stories])
    rows = crowd.archive.db.execute("SELECT crawl_id FROM crawls ORDER BY started_at").fetchall()
    told = [one.words for one in tell_dressed(crowd.archive.db, "suoi", [rows[1][0]])]
    words = f"{edited} of {asked} articles that were asked again have other words"
    assert told == ([words] if (edited, asked) == (8, 10) else [])


def test_a_line_that_turns_stands_lower_under_a_notice() -> None:
    """Known by its words from two crawls where its place is another; a paragraph that gave way to
    one that is known from no crawl, or from one alone, is an edit."""
    ads = [f"Mời bạn: {write('vi', 700 + n).title}." for n in range(4)]
    nights = []
    for night in range(2):
        stories = [write("vi", 40 + n) for n in range(6)]
        pages = []
        for n, story in enumerate(stories):
            old, new = ads[(n + night) % 4], ads[(n + night + 1) % 4]
            pages.append(Page(n, _with(story, old), _with(story, new)))
        nights.append((f"n{night}", f"2026-02-0{night + 3}", find_dresses(pages)))
    known = [Learned(dress, name, at) for name, at, found in nights for dress in found]
    noted = write("vi", 90)
    noted = Story(noted.number, noted.lang, noted.title, ("Đính chính: tên xã.", *noted.lines))
    moment = Moment("n9", "2026-02-09", "2026-02-08")
    for old, new, is_dress in ((ads[0], ads[1], True), (ads[0], "Ông Páo đã về bản.", True),
                               ("Bà Mỷ bán rau ở chợ.", "Ông Páo đã về bản.", False)):  # fmt: skip
        before, after = _with(noted, old, 4), _with(noted, new, 4)
        assert bool(find_worn(before, after, known, moment)) == is_dress
        assert not find_worn(before, after, known[: len(nights[0][2])], moment)


def _with(story: Story, line: str, at: int = 3) -> Wording:
    return Wording(story.title, None, "\n".join([*story.lines[:at], line, *story.lines[at:]]))

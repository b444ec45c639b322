"""The gate itself: floors rise and hold, halves stay, laws are kept, the table says it all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from tests.gate import floors, read, table
from tests.gate.answers import Answer, name_body, read_named, read_ours
from tests.gate.corpora import CORPORA, PAGES, list_rows, name_half
from tests.gate.rate import Score, rate
from tests.gate.run import score_corpus

TEXT = "Sáng nay bà con bản Nậm Lúc xuống đồng gặt lúa sớm hơn mọi năm và ai cũng phấn khởi. " * 3
needs_pages = pytest.mark.skipif(
    not PAGES.is_dir(), reason=f"{PAGES} is missing: set KHOBAO_SHARED to the folder with pages/"
)


def make_score(reader: str = "khobao", text: float = 0.9, seconds: float = 0.01) -> Score:
    """A score of ten pages that trafilatura read in 10 ms each."""
    return Score(
        *("fundus", reader, 10, text, text, text, text, text, 0.0, 0.8125, None, None, None),
        *(seconds, 0.01),
    )


def test_floors_are_rounded_down_and_hold() -> None:
    """What is reached holds its own floor; a page less does not."""
    reached = floors.measure([make_score(text=0.95678), make_score("trafilatura", 0.99)])
    assert reached == {"fundus": {"text": 0.956, "title": 0.812}}
    assert floors.find_falls(reached, reached) == []
    fallen = floors.find_falls(reached, floors.measure([make_score(text=0.9559)]))
    assert fallen == ["fundus text: 0.955 is below the floor 0.956"]


def test_a_lost_field_is_a_fall() -> None:
    """A score that is gone counts as nothing reached."""
    assert floors.find_falls({"fundus": {"date": 0.9}}, {"fundus": {"text": 1.0}})


shares = st.dictionaries(
    st.sampled_from(CORPORA),
    st.dictionaries(st.sampled_from(floors.MEASURES), st.floats(0, 1), max_size=4),
    max_size=3,
)


@given(held=shares, reached=shares)
def test_floors_never_fall_by_themselves(held: floors.Floors, reached: floors.Floors) -> None:
    """Pinning raises each floor to what was reached and lowers none."""
    raised = floors.raise_floors(held, reached)
    for corpus, measures in held.items():
        for name, floor in measures.items():
            assert raised[corpus][name] >= floor
    assert floors.find_falls(raised, raised) == []
    lowered = floors.raise_floors(held, reached, lower=True)
    assert all(lowered[corpus][n] == v for corpus in reached for n, v in reached[corpus].items())


def test_pinning_one_form_keeps_the_other(tmp_path: Path) -> None:
    """The quick form's floors stay when the full form's are pinned."""
    file = tmp_path / "floors.json"
    floors.save_floors("quick", {"aeb": {"text": 0.9}}, file)
    floors.save_floors("full", {"aeb": {"text": 0.8}}, file)
    assert floors.load_floors("quick", file) == {"aeb": {"text": 0.9}}
    assert set(json.loads(file.read_text("utf-8"))) == {"full", "quick"}


def test_a_better_rival_and_slow_reading_are_named() -> None:
    """A mode of trafilatura that reads better, and CPU above the law, each give a line."""
    rivals = [make_score(text=0.9), make_score("trafilatura fast", 0.91)]
    assert floors.find_rivals(rivals) == ["fundus text: 0.9000, trafilatura fast reads 0.9100"]
    assert floors.find_rivals([make_score(text=0.9), make_score("newspaper4k", 0.95)]) == []
    scores = [make_score(seconds=0.02), make_score("trafilatura", seconds=0.01)]
    assert floors.find_slow(scores) == ["khobao: 2.00 of trafilatura's CPU, 1.00 is allowed"]
    assert floors.find_slow([make_score(), make_score("trafilatura")]) == []


def test_the_exit_code_says_what_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 below a floor, unless the floor is lowered knowingly; then 0."""
    monkeypatch.setattr(floors, "FILE", tmp_path / "floors.json")
    monkeypatch.setattr(floors.load_floors, "__defaults__", (tmp_path / "floors.json",))
    monkeypatch.setattr(floors.save_floors, "__defaults__", (tmp_path / "floors.json",))
    good, bad = [make_score(text=0.9)], [make_score(text=0.8)]
    assert read.judge(good, "full", pin=True, lower=False) == 0
    assert read.judge(bad, "full", pin=True, lower=False) == 1
    assert floors.load_floors("full")["fundus"]["text"] == 0.9
    assert read.judge(bad, "full", pin=True, lower=True) == 0
    assert floors.load_floors("full")["fundus"]["text"] == 0.8
    assert "below the floor" in capsys.readouterr().out


def test_halves_do_not_move_and_are_halves() -> None:
    """A page's half depends on its id alone; a thousand ids fall apart evenly."""
    halves = [name_half({"id": f"page-{n}"}) for n in range(1000)]
    assert 450 < halves.count("a") < 550
    assert halves == [name_half({"id": f"page-{n}", "text": "x"}) for n in range(1000)]


def test_readers_are_rated_by_what_they_tell() -> None:
    """A reader of dates alone has no score for text; ours counts the lead as text."""
    row = {"id": "1", "text": f"Lời dẫn.\n{TEXT}", "date": "2026-02-04", "title": "Gặt lúa"}
    answer = Answer(TEXT, "Lời dẫn.", "Gặt lúa", "2026-02-04")
    ours = rate("fundus", "khobao", [(row, answer)])
    assert (ours.text, ours.title, ours.date, ours.low) == (1.0, 1.0, 1.0, 0.0)
    told = rate("fundus", "htmldate", [(row, answer)])
    assert (told.text, told.title, told.date) == (None, None, 1.0)


def test_the_table_names_a_corpus_once_and_gives_the_ratio(tmp_path: Path) -> None:
    """One line a reader; CPU beside trafilatura's default; the block of the README is replaced."""
    text = table.print_table([make_score(seconds=0.02), make_score("trafilatura", seconds=0.01)])
    assert text.count("fundus (10)") == 1 and "| 20.0 | 2.00 |" in text
    readme = tmp_path / "README.md"
    readme.write_text("a\n<!-- gate -->\nold\n<!-- end -->\nb\n", "utf-8")
    table.write_block(text, readme)
    assert "old" not in readme.read_text("utf-8") and text in readme.read_text("utf-8")
    readme.write_text("a", "utf-8")
    with pytest.raises(ValueError, match="put one in"):
        table.write_block(text, readme)


def test_words_that_do_not_go_together_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """--lower without --pin, --write of a part, and unknown corpora end with the remedy."""
    for words in (["--lower"], ["--quick", "--write"], ["nothing"]):
        with pytest.raises(SystemExit):
            read.parse_words(words)
    assert "there are fundus" in capsys.readouterr().err
    assert "there are khobao" in str(read.find_missing(["nobody"])) or not PAGES.is_dir()


def test_a_named_body_reads_the_same_page() -> None:
    """The selector that is derived matches the body alone, and reading with it gives its text."""
    body = "".join(f"<p>{n} {TEXT}</p>" for n in range(4))
    page = f"<html><body><h1>Gặt lúa</h1><div id=nav>x</div><div id=s>{body}</div></body></html>"
    tree = lxml_html.fromstring(page)
    assert name_body(tree, "https://paper.test/1") == 'div[id="s"]'
    data = page.encode()
    named, ours = (reader(data, "https://paper.test/1") for reader in (read_named, read_ours))
    assert named.text == ours.text and named.text.count("phấn khởi") == 12


@needs_pages
def test_a_few_real_pages_are_scored_the_same_each_time() -> None:
    """The sample is fixed and the scores, but for the time, are the same in two runs."""
    assert list_rows("aeb", 3) == list_rows("aeb", 3)
    first, again = (score_corpus("aeb", ("khobao",), sample=3)[0] for _ in range(2))
    assert (first.text, first.low) == (again.text, again.low) and first.pages == 3
    assert first.text is not None and first.text > 0.9

"""The query language: what each form becomes, what is refused, and that FTS5 takes all of it."""

from __future__ import annotations

import random
import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.match import EXACT, FOLDED, NOTHING, Match
from archive.query import MOST_WORDS, QueryError, compile, explain
from archive.search import count, search

from .corpus import Piece, build

CASES = [
    ("nghi quyet", '("nghi" AND "quyet")'),
    ("bo", '"bo"'),
    ("da nang", '(("da" OR "đa") AND "nang")'),
    ("COVID-19", '("COVID-19" OR "COVIĐ-19")'),
    ("18-NQ/TW", '"18-NQ/TW"'),
    ("12.5", '"12.5"'),
    ("AND", '("AND" OR "ANĐ")'),
    ("(lao cai)", '("(lao" AND "cai)")'),
    ('"lao cai"', '"lao cai"'),
    ("“lao cai”", '"lao cai"'),
    ("„lao cai“", '"lao cai"'),
    ("«lao cai»", '"lao cai"'),
    ("＂lao cai＂", '"lao cai"'),
    ('"lao cai', '("lao" AND "cai")'),
    ('lao" cai', '("lao" AND "cai")'),
    ('sa"lao cai"', '("sa" AND "lao cai")'),
    ("lao -cai", '"lao" NOT "cai"'),
    ('lao -"thi xa" -cai', '"lao" NOT ("thi xa" OR "cai")'),
    ("lao --cai", '"lao" NOT "-cai"'),
    ("lao - cai", '("lao" AND "cai")'),
    ("lao –cai", '("lao" AND "–cai")'),
    ("lao-cai", '"lao-cai"'),
    ("lu OR lut cai", '(("lu" OR "lut") AND "cai")'),
    ("lu OR lut OR bao", '("lu" OR "lut" OR "bao")'),
    ("lu or lut", '("lu" AND "or" AND "lut")'),
    ("OR lu", '("OR" AND "lu")'),
    ("lu OR", '("lu" AND "OR")'),
    ('lu "OR" lut', '("lu" AND "OR" AND "lut")'),
    ("khuyen*", '"khuyen"*'),
    ("**khuyen**", '"**khuyen"*'),
    ("lao *", '"lao"'),
    ("*lao", '"*lao"'),
    ('"lao c*"', '"lao c*"'),
    ("covi-1*", '"covi-1"*'),
    ("lao * ! … cai", '("lao" AND "cai")'),
    ("ban ban", '"ban"'),
    ("bán -bạn", '"bán"'),
    ("bán -ban", '"bán" NOT "ban"'),
    ("NEAR(a b, 5)", '("NEAR(a" AND "b," AND "5)")'),
    ("title:lao ^cai", '("title:lao" AND "^cai")'),
    ("l'Europe", '"l\'Europe"'),
    ("lao\x00cai\ud800", '("lao" AND "cai")'),
]


@pytest.mark.parametrize(("typed", "expression"), CASES)
def test_forms_become_expressions(typed: str, expression: str) -> None:
    """Each form of the language becomes the FTS5 expression that says the same."""
    assert compile(typed).folded == expression


@pytest.mark.parametrize(
    ("typed", "exact"),
    [
        ("ban hang", None),
        ("bán hàng", '("bán" AND "hàng")'),
        ("đảng bo", '("đảng" AND "bo")'),
        ("hòa bình", '(("hòa" OR "hoà") AND "bình")'),
        ("bán -bạn -ban", '"bán" NOT ("bạn" OR "ban")'),
        ("Ðảng", '("Ðảng" OR "Đảng")'),
        ("ban -bán", None),
    ],
)
def test_marks_make_an_exact_expression(typed: str, exact: str | None) -> None:
    """There is an exact expression when a word that is looked for has marks, else None."""
    assert compile(typed).exact == exact
    assert compile(typed).has_marks is (exact is not None)


@pytest.mark.parametrize(
    ("excluded", "takes"),
    [
        ("-ban", Match(FOLDED, '"ban"')),
        ("-bán", Match(EXACT, '"bán"')),
        ('-"Ủy ban"', Match(FOLDED, '"Ủy ban"', Match(EXACT, '("Ủy" OR "uỷ")'))),
        ("-da", Match(FOLDED, '("da" OR "đa")')),
    ],
)
def test_an_exclusion_is_as_precise_as_typed(excluded: str, takes: Match) -> None:
    """A word excluded with marks takes away its exact self only; without marks all its kin."""
    assert compile(f"mua {excluded}").takes == (takes,)


@pytest.mark.parametrize("typed", ["", "  \n", "…", '!!! (*) "" -', "«»", "-", "🙂", "\x00"])
def test_nothing_to_look_for_is_refused_with_a_remedy(typed: str) -> None:
    """An empty query, and one of signs only, is an error that says what to type."""
    with pytest.raises(QueryError, match="type a word to look for"):
        compile(typed)


def test_only_exclusions_are_refused_with_a_remedy() -> None:
    """A query that only leaves out is an error, not every article of the archive."""
    with pytest.raises(QueryError, match=r"only says what to leave out; type a word"):
        compile('-bán -"mua sắm"')


@pytest.mark.parametrize("typed", ["lũ OR -lụt", "-lũ OR lụt", "mưa -lũ OR lụt"])
def test_or_beside_an_exclusion_is_refused(typed: str) -> None:
    """OR cannot join what is excluded; the error shows where to put the exclusion."""
    with pytest.raises(QueryError, match="put the exclusion at the end"):
        compile(typed)


def test_a_pasted_page_is_refused() -> None:
    """MOST_WORDS words are a query, one more is an error that says how many there are."""
    assert compile("a " * MOST_WORDS).words == ("a",)
    with pytest.raises(QueryError, match=f"has {MOST_WORDS + 1} words"):
        compile("a " * MOST_WORDS + "-b")


def test_the_query_is_understood() -> None:
    """Groups, exclusions and words are there for those who show them."""
    query = compile('đảng OR đoàn "lào cai" khuyến* -bán')
    assert [[t.text for t in group] for group in query.groups] == [
        ["đảng", "đoàn"],
        ["lào cai"],
        ["khuyến"],
    ]
    assert query.groups[2][0].prefix
    assert [t.text for t in query.excluded] == ["bán"]
    assert query.words == ("đảng", "đoàn", "lào", "cai", "khuyến")
    assert query.phrase is None


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("lào cai", "lào cai"),
        ('"đảng bộ" lào cai', "đảng bộ lào cai"),
        ("đảng bộ* -tỉnh", "đảng bộ"),
        ("đảng", None),
        ("đảng* bộ", None),
        ("lũ OR lụt", None),
    ],
)
def test_several_words_are_a_phrase_too(typed: str, phrase: str | None) -> None:
    """Terms without alternatives make a whole phrase, unless a star stands in the middle."""
    found = compile(typed).phrase
    assert (found.text if found else None) == phrase


@given(st.text(alphabet='đĐdbộảáàhoaòươ "“”-*ORNQ/18.\u0301\u0323', max_size=40))
def test_normal_forms_are_equal(text: str) -> None:
    """NFC and NFD of the same text compile to the same query, or to the same error."""

    def outcome(form: str) -> object:
        try:
            return compile(unicodedata.normalize(form, text))
        except QueryError as error:
            return str(error)

    assert outcome("NFC") == outcome("NFD")


PARTS = (
    *("đảng", "dang", "bộ", "COVID-19", "18-NQ/TW", "12.5", "AND", "OR", "NOT", "NEAR(", "NEAR/3"),
    *('"', "“", "”", "«", "»", "'", "''", '""', "(", ")", "*", "**", "^", ":", "-", "--", "+", "{"),
    *(
        "}",
        "\\",
        "\x00",
        "\x02",
        "\ud800",
        "\u0301",
        "\u200b",
        "🤣",
        "🙂",
        "ð",
        "Ð",
        "title:",
        "rank",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\t",
        "a*",
        "-a",
        '-"',
        "%",
        "_",
        ";",
        "--;",
        "北京",
        "ไทย",
        "\ue000",
        "ﬁ",
        "İ",
    ),
)


def make_index() -> sqlite3.Connection:
    """An index small enough to ask thousands of times."""
    return build(
        [
            Piece("Đảng bộ tỉnh", "Nghị quyết số 18-NQ/TW", "COVID-19 tăng 12.5 phần trăm"),
            Piece("Dáng đi", None, "a b c title rank dạ đa 北京"),
        ]
    )


def ask_everything(db: sqlite3.Connection, text: str, *, whole: bool = True) -> int:
    """Run the expressions of a query, ``whole`` with the search; 0 when it was refused, else 1."""
    try:
        query = compile(text)
    except QueryError as error:
        assert error.remedy
        assert explain(text, "folded") == NOTHING
        return 0
    for table, expression in ((FOLDED, query.folded), (EXACT, query.exact), (EXACT, query.marked)):
        if expression is not None:
            sql = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"
            assert db.execute(sql, (expression,)).fetchone()[0] <= 2
    assert not whole or len(search(db, text)) == count(db, text)
    return 1


def test_ten_thousand_odd_strings_raise_no_sqlite_error() -> None:
    """10,000 strings of everything that is syntax somewhere: no error of SQLite.

    Every third goes through the whole search, which must find as many as it counts.
    """
    db, chance = make_index(), random.Random(18)
    strings = ["".join(chance.choices(PARTS, k=chance.randint(0, 12))) for _ in range(10_000)]
    answered = sum(ask_everything(db, text, whole=i % 3 == 0) for i, text in enumerate(strings))
    assert answered > 6_000, "most of them must be queries, or this test asks nothing"


@given(st.text(max_size=80))
def test_any_text_raises_no_sqlite_error(text: str) -> None:
    """Any text at all is a query or a QueryError."""
    ask_everything(make_index(), text)


def test_explain_finds_nothing_for_nothing() -> None:
    """For SQL by hand a refused query is an expression that matches no article."""
    assert explain("", "folded") == explain("-a", "exact") == explain("ban", "exact") == NOTHING
    assert explain("mua -bán -ban", "takes") == '"bán"'
    sql = f"SELECT count(*) FROM {FOLDED} WHERE {FOLDED} MATCH ?"
    assert make_index().execute(sql, (NOTHING,)).fetchone() == (0,)


@pytest.mark.parametrize(("text", "paper"), [("site:", "KEY"), ("lũ site:baoxa", "baoxa")])
def test_a_paper_is_named_by_an_option(text: str, paper: str) -> None:
    """Engines of the web take "site:x" in the query; here it would be looked for as a word."""
    with pytest.raises(QueryError, match=f"name it with --site {paper}$"):
        compile(text)
    assert compile('"web site: x"')

"""Names: people, agencies, and what stands where an author should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.authors import Credits, find_fuller, is_introduced, read_byline, read_credits
from crawler.read.months import is_calendar
from crawler.read.names import find_signed
from crawler.read.people import is_placeholder
from tests.read.test_article import find_article, wrap

OWNERS = ("Báo Ví Dụ", "baovidu", "baovidu.vn")

NAMES = {  # as written: (people, agency)
    "Thanh Sơn - Ngọc Hà": (("Thanh Sơn", "Ngọc Hà"), None),
    "Thanh Sơn – Ngọc Hà (thực hiện)": (("Thanh Sơn", "Ngọc Hà"), None),
    "An Nhiên, Bảo Anh và Chí Công": (("An Nhiên", "Bảo Anh", "Chí Công"), None),
    "By Jane Roe and John Doe": (("Jane Roe", "John Doe"), None),
    "Von Anna Muster und Max Beispiel": (("Anna Muster", "Max Beispiel"), None),
    "Doe, John": (("John Doe",), None),
    "Jane Roe, staff writer": (("Jane Roe",), None),
    "Jane Roe | Báo Ví Dụ": (("Jane Roe",), None),
    "Jane Roe (dpa)": (("Jane Roe",), None),
    "Theo TTXVN": ((), "TTXVN"),
    "H.A (Theo Readers Digest)": (("H.A",), "Readers Digest"),
    "Văn Giáp/Bnews/vnanet.vn": (("Văn Giáp",), "Bnews"),
    "Reuters": ((), "Reuters"),
    "โดย สมชาย ใจดี": (("สมชาย ใจดี",), None),
    "Tin, ảnh: Vũ Phương Thảo": (("Vũ Phương Thảo",), None),
    "取材・文／渡辺美咲、鈴木健太": (("渡辺美咲", "鈴木健太"), None),
    "文＝渡辺美咲": (("渡辺美咲",), None),
    "文・写真＝鈴木健太": (("鈴木健太",), None),
    "執筆：渡辺美咲": (("渡辺美咲",), None),
    "Báo Ví Dụ": ((), None),
    "baovidu": ((), None),
    "Bút danh": ((), None),
    "admin": ((), None),
    "@janeroe": ((), None),
    "https://example.org/author/jane": ((), None),
    "jroe": ((), None),
    "Example News Desk": ((), None),
    "Ban Tuyên giáo": ((), None),
    "Published 3 May 2024": ((), None),
    "APA/dpa": ((), "APA/dpa"),
    "SID Nachrichtenagentur": ((), "SID Nachrichtenagentur"),
    "Theo Lan Anh (Bản tin Ngàn Thông)": (("Lan Anh",), "Bản tin Ngàn Thông"),
    "Interview: Jane Roe": (("Jane Roe",), None),
    "Jane Roe im Gespräch mit John Doe": (("Jane Roe", "John Doe"), None),
    "Leitender Wirtschaftsredakteur": ((), None),
    "Fact checked by": ((), None),
    "SEO": ((), None),
    "No Author": ((), None),
}


@pytest.mark.parametrize(("written", "told"), NAMES.items())
def test_names_are_people_or_an_agency(written: str, told: tuple[tuple[str, ...], str]) -> None:
    """Lists are split; roles, papers, logins and placeholders are nobody."""
    found = read_credits([(written, "")], OWNERS)
    assert (found.authors, found.agency) == told


def test_an_organisation_that_is_not_the_paper_is_the_source() -> None:
    """JSON-LD says Organization: another's name is the agency, the paper's own is nothing."""
    assert (
        read_credits([("Bản tin Ngàn Thông", "Organization")], OWNERS).agency
        == "Bản tin Ngàn Thông"
    )
    assert read_credits([("Báo Ví Dụ", "Organization")], OWNERS) == Credits((), None)


def test_a_name_is_given_once_in_the_pages_order() -> None:
    """The same name in two spellings is one author."""
    found = read_credits([("Bảo Anh", ""), ("An Nhiên", ""), ("BẢO ANH", "Person")], ())
    assert found.authors == ("Bảo Anh", "An Nhiên")


HOUSES = {  # as written -> whom a page names that names nobody
    "Báo Ví Dụ": ("Báo Ví Dụ",),
    "Example Gear Team": ("Example Gear Team",),
    "XYZ Staff": ("XYZ Staff",),
    "jroe": ("jroe",),
    "baovidu; baovidu.vn": ("baovidu",),
    "admin": (),
    "https://example.org/author/jane": (),
    "Jane Roe": (),
}


@pytest.mark.parametrize(("written", "houses"), HOUSES.items())
def test_the_house_is_told_apart_from_people(written: str, houses: tuple[str, ...]) -> None:
    """Paper, team, abbreviation and login are kept for pages that name nobody else."""
    assert read_credits([(written, "")], OWNERS).houses == houses


SIGNED = {
    "By Jane Roe and John Doe": "Jane Roe and John Doe",
    "By XYZ, in News, Business · 31 Jan 2025, 20:02": "XYZ",
    "Posted on September 21, 2020 by Jane Roe": "Jane Roe",
    "Politics | By Jane de la Roe": "Jane de la Roe",
    "Freitag, 20. November 2026, 09:57 Uhr von Jana Roe und Jo Doe": "Jana Roe und Jo Doe",
    "20 novembre 2026, 09:57 - par Jeanne Roe": "Jeanne Roe",
    "20 November 2026, 9:57 am EST by Jane Roe": "Jane Roe",
    "Die 12 Uhr vonstatten Gehende": None,
    "Stand-by Jane Roe": None,
    "By the river they met": None,
    "Standing by Jane Roe": None,
}


@pytest.mark.parametrize(("line", "names"), SIGNED.items())
def test_a_line_is_signed_where_by_stands_before_names(line: str, names: str | None) -> None:
    """ "By" counts at the start of a line, behind a separator or a date, and before capitals."""
    assert find_signed(line) == names


def test_a_weak_source_gives_no_single_words() -> None:
    """Near the headline a lone word is a town or a month; from JSON-LD it is a pen name."""
    assert read_credits([("Frankfurt", "")], (), weak=True).authors == ()
    assert read_credits([("Frankfurt", "")], ()).authors == ("Frankfurt",)


def test_a_fuller_line_holds_names_and_no_labels() -> None:
    """A line that has the known name and more is the better list; who spoke and who took the
    picture are no authors."""
    known = Credits(("Eva Roe",), None)
    fuller = find_fuller(known, ["Eva Roe runs", "Jane Doe", "Eva Roe and Jane Doe"], ())
    assert fuller is not None and fuller.authors == ("Eva Roe", "Jane Doe")
    assert find_fuller(known, ["Audio: Radio Brook | Eva Roe | Bild: Eva Roe"], ()) is None


SIGNATURES = ("MAI QUẾ", "Thanh Sơn - Ngọc Hà", "Theo TTXVN", "Bài và ảnh: Trần Văn Bình")
SENTENCES = ("Hội nghị đã kết thúc.", "Ai sẽ trả tiền?", "x", "Các đại biểu dự buổi lễ", "Ý kiến:")


@pytest.mark.parametrize("line", SIGNATURES)
def test_a_signature_is_told_from_a_sentence(line: str) -> None:
    """A last line of names, or of a source, is read as credits."""
    assert read_byline(line) is not None


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_is_no_signature(line: str) -> None:
    """Sentences, questions and half lines are text."""
    assert read_byline(line) is None


def test_a_photographers_line_names_no_author() -> None:
    """ "Ảnh: X" stands in the place of a signature and is none."""
    assert is_placeholder("Ảnh: Phạm Bằng") and is_placeholder("PV")
    assert not is_placeholder("Phạm Bằng")
    assert is_introduced("Tin, ảnh: A B") and not is_introduced("Tin vui: mưa")


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(("", "Person", "Organization")))))
def test_no_names_make_it_raise(names: list[tuple[str, str]]) -> None:
    """Whatever stands in a page, the answer is clean names or none."""
    found = read_credits(names, OWNERS)
    assert all(name.strip() == name and name for name in found.authors)


@pytest.mark.parametrize(
    ("written", "authors", "agency"),
    [
        ("سالم العمري ومريم الزعبي", ("سالم العمري", "مريم الزعبي"), None),
        ("سالم وليد العمري", ("سالم وليد العمري",), None),
        ("سيدي محمد ولد عبد الله", ("سيدي محمد ولد عبد الله",), None),
        ("Halina Brzoza / Jan Wilk-Mały", ("Halina Brzoza", "Jan Wilk-Mały"), None),
        ("Dpa", (), "dpa"),
        ("Epd", (), "epd"),
        ("AFP", (), "AFP"),
        ("Źródło: PAP", (), "PAP"),
        ("Zdroj:ČTK", (), "ČTK"),
        ("Da Redação", (), None),
        ("Von der Redaktion", (), None),
        ("De la Rosa", ("De la Rosa",), None),
        ("webmestre", (), None),
        ("Thứ Bảy", (), None),
        ("วันพฤหัสบดี", (), None),
        ("İmran Çərşənbə", ("İmran Çərşənbə",), None),
    ],
)
def test_names_are_split_and_told_from_desks_logins_and_days(
    written: str, authors: tuple[str, ...], agency: str | None
) -> None:
    """The Arabic "and" is glued to the second name; names that begin with its letter stay whole.
    Agencies are spelled as they spell themselves."""
    found = read_credits([(written, "")], ())
    assert (found.authors, found.agency, found.houses) == (authors, agency, ())


def test_the_calendar_and_addresses_are_no_authors() -> None:
    """Weekdays and months name nobody, given names among the months aside; an address of mail and
    words of office leave the name as it is."""
    for words in ("गुरुवार", "Domingo", "novembre", "Thursday, November", "화요일"):
        assert is_calendar(words) and not read_credits([(words, "")], ()).authors
    for name in ("April", "Mai", "Plácido Domingo", "강민재"):
        assert not is_calendar(name)
    line = "강민재 기자 r0@paper.test, 윤서영 특파원"
    assert read_credits([(line, "")], ()).authors == ("강민재", "윤서영")


def test_who_comments_below_a_short_article_is_no_author() -> None:
    """Where most of a page's lines are comments, and trafilatura finds their authors."""
    said = "<li><span class=commentAuthorName>publicado por Mano Amisse</span><p>Sim.</p></li>" * 3
    text = f"<h1>Khởi công tuyến đường</h1><p>{'Một câu chuyện ngắn. ' * 9}</p>"
    assert find_article(wrap(f"{text}<ul class=itemComments>{said}</ul>")).authors == ()
    labelled = "<ul><li>기자명 강민재 기자, 윤서영 기자</li></ul>"
    page = wrap(text.replace("<p>", f"{labelled}<p>", 1))
    assert find_article(page).authors == ("강민재", "윤서영")


def test_a_source_without_names_folds_no_owner() -> None:
    """Sixteen names of meta and ten of the page are asked, most of them say nothing."""

    def refuse() -> Iterator[str]:
        raise AssertionError
        yield ""

    assert read_credits([], refuse()) == Credits((), None)


def test_a_desk_for_an_author_is_told_apart_from_nobody() -> None:
    """Who wrote is nobody that is named; where from is said, since a byline was there. What stands
    in an author's place without a meaning is no desk."""
    text = f"<h1>Abre el mercado</h1><p>{'Una historia corta de la plaza. ' * 9}</p>"
    for name, source in (
        ("Redacción", "meta:author, a desk"),
        ("Newsroom", "meta:author, a desk"),
        ("Tòa soạn", "meta:author, a desk"),
        ("admin", None),
        ("Follow", None),
    ):
        page = wrap(text, f'<meta name="author" content="{name}">')
        article = find_article(page)
        assert article.authors == () and article.sources.get("authors") == source, name

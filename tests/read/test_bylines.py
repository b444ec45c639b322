"""Authors as pages show them: which of several sources is believed, and what is no author."""

from __future__ import annotations

import pytest

from tests.read.test_article import STORY, find_article, make_site, wrap

HEAD = "<h1>Khởi công tuyến đường</h1>"
DECLARED = '<meta name=author content="{}">'
STRANGE = '<div class="related author">Someone Else</div>'

SHOWN = {  # what stands below the headline -> (authors, source)
    "<p>By Jane Roe and John Doe</p>": (("Jane Roe", "John Doe"), "signed"),
    "<p class=byline>Jane Roe, staff writer</p>": (("Jane Roe",), "byline"),
    "<div class=byline><span>Jane Roe</span><span>May 3</span></div>": (("Jane Roe",), "byline"),
    "<p><a href='/autoren/name/jane-roe'>Dr. Jane Roe</a></p>": (("Dr. Jane Roe",), "link:author"),
    "<p>Politics post by Jane Roe on April 11, 2013 - 1:16pm; tagged drag, country music</p>": (
        ("Jane Roe",), "posted"),
    "<p>Written by:</p><p>Jane Roe</p>": (("Jane Roe",), "signed"),
    "<span class=author>Jane Roe</span>": (("Jane Roe",), "class:author"),
    "<b class='big\tauthor'>Jane Roe</b><b class=authors>X Y</b>": (
        ("Jane Roe",), "class:author"),
    "<b class='author\xa0big'>Jane Roe</b>": (("Jane Roe",), "trafilatura"),  # a class, no blank
    "<a rel=author>Jane Roe</a>": (("Jane Roe",), "rel:author"),
    "<div class=byline><b>Jane Roe</b> <i>Reviewed by</i> <b>John Doe</b></div>": (
        ("Jane Roe",), "byline"),
    "<p>Three people by the river</p>": ((), None),
}  # fmt: skip


@pytest.mark.parametrize("shown", SHOWN)
def test_a_byline_is_read_as_a_reader_sees_it(shown: str) -> None:
    """Marked up, linked or only written: names are found, and the source says how."""
    page = wrap(f"{HEAD}{shown}{STORY}").replace("lang=vi", "lang=en")
    article = find_article(page)
    assert (article.authors, article.sources.get("authors")) == SHOWN[shown]


TWO = {  # the line below the headline -> authors
    "<div>Oleh <a href='/p?n=1'>Aslan Matlin</a> dan <a href='/p?n=2'>Suriani Edwin</a></div>": (
        "Aslan Matlin", "Suriani Edwin"),
    "<p>Por Ana Ruiz y Luis Gil</p>": ("Ana Ruiz", "Luis Gil"),
    "<p>Bởi Thanh Nhàn và Bảo Anh</p>": ("Thanh Nhàn", "Bảo Anh"),
    "<p>بقلم علي الزبيدي و سارة العيداني</p>": ("علي الزبيدي", "سارة العيداني"),
    "<p>By Anna Lee-Smith</p>": ("Anna Lee-Smith",),
    "<div class=writer><b>조한별 기자</b> <a>r0@x.example</a></div>"
    "<p>기자명 조한별 기자, 강민재 기자</p>": ("조한별", "강민재"),
    "<div class=field-author><div>लेखक</div><div><a>पूजा चौरसिया</a></div>"
    "<div><a>शालिनी वर्मा</a></div></div>": ("पूजा चौरसिया", "शालिनी वर्मा"),
}  # fmt: skip


@pytest.mark.parametrize("shown", TWO)
def test_two_authors_of_one_line(shown: str) -> None:
    """Whatever word joins two names, and in scripts without capitals; a hyphen within one joins
    nothing."""
    assert find_article(wrap(f"{HEAD}{shown}{STORY}")).authors == TWO[shown]


def test_a_guess_of_one_of_two_names_is_made_whole() -> None:
    """What a general reader makes of a signature behind the text is often its first name."""
    line = "<p class='ck-author'><strong>Thanh Nhàn - Bảo Anh</strong></p>"
    tail = f"<div>{line}</div><div class=after><p>Tin liên quan</p></div>"
    page = wrap(f"{HEAD}<div>{STORY}</div>{tail}").replace("lang=vi", "lang=en")
    assert find_article(page).authors == ("Thanh Nhàn", "Bảo Anh")


def test_the_name_behind_the_headline_is_no_author() -> None:
    """What the title element has behind the whole headline is the paper or a section: a byline of
    it names nobody; what the page declares for its author still may."""
    line = "<p class=byline>Ridge Record</p>"
    title = f"<title>{HEAD[4:-5]} :: Ridge Record</title>"
    assert find_article(wrap(f"{HEAD}{line}{STORY}", title)).authors == ()
    declared = title + DECLARED.format("Ridge Record Team")
    assert find_article(wrap(f"{HEAD}{STORY}", declared)).authors == ("Ridge Record Team",)


def test_a_label_at_the_end_names_the_author() -> None:
    """The only line that says "Autorin/Autor ..." answers where nothing else does."""
    article = find_article(wrap(f"{HEAD}{STORY}<ul><li><b>Autorin/Autor</b> Jane Roe</li></ul>"))
    assert article.authors == ("Jane Roe",) and article.sources["authors"] == "labelled"


def test_a_byline_that_names_more_is_the_better_list() -> None:
    """Meta names the first of three; a single line with all of them is taken, two lines not."""
    head = DECLARED.format("Jane Roe")
    line = "<p class=byline>Jane Roe, John Doe and Max Muster</p>"
    article = find_article(wrap(f"{HEAD}{line}{STORY}", head))
    assert article.authors == ("Jane Roe", "John Doe", "Max Muster")
    cards = "<p class=byline>Jane Roe</p><p class=byline>Someone Else</p>"
    assert find_article(wrap(f"{HEAD}{cards}{STORY}", head)).authors == ("Jane Roe",)


def test_the_house_answers_where_a_page_names_nobody_else() -> None:
    """An unknown paper that signs for itself is its author; a profile's own name never is."""
    head = DECLARED.format("The Paper Test")
    page = wrap(f"{HEAD}{STORY}", head + "<meta property=og:site_name content='The Paper Test'>")
    article = find_article(page)
    assert article.authors == ("The Paper Test",)
    assert article.sources["authors"] == "meta:author, the house"
    known = make_site("").profile.model_copy(update={"names": ("The Paper Test",)})
    assert find_article(page, type(make_site(""))("paper", known)).authors == ()


def test_a_vietnamese_signature_is_surer_than_meta() -> None:
    """Systems put their maker's name into meta author; the text is signed by who wrote it."""
    body = f"{HEAD}<div>{STORY}<p align=right><b>Quang Phong - Tùng Nguyên</b></p></div>"
    article = find_article(wrap(body, DECLARED.format("Công nghệ Suối")))
    assert article.authors == ("Quang Phong", "Tùng Nguyên")
    assert article.sources["authors"] == "last line"


def test_cards_of_other_articles_name_no_author() -> None:
    """rel=author far from the first one belongs to another card of the page."""
    one = "<div><p><a rel=author>Jane Roe</a></p></div>"
    other = "<section><div><p><a rel=author>John Doe</a></p></div></section>"
    article = find_article(wrap(f"{HEAD}{one}{STORY}{other}{STRANGE}"))
    assert article.authors == ("Jane Roe",)


@pytest.mark.parametrize(("line", "authors"), [
    ("Reporting by Jane Roe", ("Jane Roe",)),
    ("(Reporting by Jane Roe; Editing by John Doe)", ("Jane Roe",)),
    ("Reporting by Jane Roe in Prague and Max Muster in Oslo; editing by John Doe",
     ("Jane Roe", "Max Muster")),
    ("Writing by Jane Roe, additional reporting by John Doe", ("Jane Roe",)),
])  # fmt: skip
def test_a_last_line_that_says_who_reported_names_the_author(
    line: str, authors: tuple[str, ...]
) -> None:
    """Two words that introduce names are enough in any language; the line leaves the text, and
    who edited is no author."""
    page = wrap(f"{HEAD}{STORY}<p>{line}</p>").replace("lang=vi", "lang=en")
    article = find_article(page)
    assert article.authors == authors and "by" not in article.text


def test_a_last_sentence_that_begins_like_a_byline_stays() -> None:
    """What follows are no names."""
    line = "Reporting by the commission shows a loss"
    page = wrap(f"{HEAD}{STORY}<p>{line}</p>").replace("lang=vi", "lang=en")
    assert find_article(page).text.endswith(line)


def test_a_source_behind_the_story_is_its_agency() -> None:
    """Vietnamese papers name it in a line of its own, outside of the body."""
    behind = "<div class=source>Theo K14</div><div class=related>Tin liên quan</div>"
    page = f"<div>{HEAD}<div class=body>{STORY}</div>{behind}</div>"
    article = find_article(wrap(page))
    assert (article.agency, article.sources["agency"]) == ("K14", "line after the text")


def test_an_agency_that_is_named_by_its_login_is_the_agency() -> None:
    """twitter:creator says "@Reuters"."""
    head = '<meta name="twitter:creator" content="@Reuters">'
    assert find_article(wrap(f"{HEAD}{STORY}", head)).agency == "Reuters"


@pytest.mark.parametrize(("line", "agency"), [
    ("By Jane Roe and John Doe, The Associated Press", "The Associated Press"),
    ("JANE ROE / JOHN DOE | Reuters", "Reuters"), ("By Jane Roe, Reuters", None),
    ("By Jane Roe and John Doe in Berlin", None),
])  # fmt: skip
def test_a_byline_names_the_agency_beside_the_declared_authors(
    line: str, agency: str | None
) -> None:
    """Where nothing but the names of all of them and an agency's stands in the line."""
    head = DECLARED.format("Jane Roe") + DECLARED.format("John Doe")
    page = wrap(f"{HEAD}<p class=byline>{line}</p>{STORY}", head).replace("lang=vi", "lang=en")
    article = find_article(page)
    assert article.authors == ("Jane Roe", "John Doe") and article.agency == agency


def test_an_authors_address_at_the_end_is_no_story() -> None:
    """A line that begins with the author's name and says how to reach them; others with an
    address stay."""
    bio = "<p>Jane Roe is the paper's critic. Email: jane@paper.test; Twitter: @janeroe.</p>"
    letter = "<p>Max Muster wrote to us at max@other.test and said that he had seen it all.</p>"
    page = wrap(f"{HEAD}{STORY}{letter}{bio}", DECLARED.format("Jane Roe"))
    text = find_article(page).text
    assert "critic" not in text and "Max Muster" in text


GERMAN = "".join(
    f"<p>Die Brücke über den Fluss ist seit {n} Tagen wieder offen, und die Leute aus dem Dorf "
    "freuen sich, dass sie nicht mehr um den Berg herum fahren müssen, sagt der Bürgermeister.</p>"
    for n in (3, 5, 7)
)


@pytest.mark.parametrize(
    ("line", "authors", "agency"),
    [
        ("Haber: Nurdan Akçay", ("Nurdan Akçay",), None),
        ("Kaynak: AA", (), "AA"),
        ("Źródło: PAP", (), "PAP"),
        ("Sumber: Antara", (), "Antara"),
        ("Fuente: EFE", (), "EFE"),
        ("(dpa)", (), "dpa"),
        ("(Theo TTXVN)", (), "TTXVN"),
        ("Chanzo: Idara ya Maji", (), "Idara ya Maji"),
        ("Foto: Nurdan Akçay", (), None),
        ("Bron van alle leven is water", (), None),
        ("Nurdan Akçay", (), None),
    ],
)
@pytest.mark.parametrize("read", ["", 'body = ".t"'])
def test_a_label_right_behind_the_text_names_authors_and_agency(
    line: str, authors: tuple[str, ...], agency: str | None, read: str
) -> None:
    """In any language, with a list of links further down; photographers and sentences are none."""
    foot = '<ul><li><a href="/1">Bir haber daha</a></li><li><a href="/2">Ve bir daha</a></li></ul>'
    page = wrap(f"{HEAD}<div class=t>{GERMAN}</div><div class=e>{line}</div>{foot}")
    found = find_article(page.replace("lang=vi", "lang=de"), make_site(read, "de"))
    assert (found.authors, found.agency) == (authors, agency)


def test_a_line_behind_the_text_completes_the_declared_authors() -> None:
    """JSON-LD names the first alone; a line with another name only says nothing of him."""
    head = DECLARED.format("Jane Roe")
    for line, names in (
        ("Jane Roe / John Doe", ("Jane Roe", "John Doe")),
        ("John Doe", ("Jane Roe",)),
    ):
        page = wrap(f"{HEAD}<div>{GERMAN}</div><div class=e>{line}</div>", head)
        found = find_article(page.replace("lang=vi", "lang=en"), make_site("", "en"))
        assert found.authors == names

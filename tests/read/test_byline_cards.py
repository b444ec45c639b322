"""Authors: whose the byline is, and the lines that say a name in their own way."""

from __future__ import annotations

import pytest

from crawler.read.authors import read_credits
from tests.read.test_article import STORY, find_article, make_site, wrap

HEAD = "<h1>Tilts pār upi ir gatavs lietošanai</h1>"
CARD = (
    '<div class="c"><h3><a href="/2026/cits-raksts.html">Cits raksts par citu tiltu</a></h3>'
    '<div class="meta"><span><span class="author">{}</span></span></div></div>'
)
CARDS = "".join(map(CARD.format, ("Anna Bērziņa", "Juris Kalns", "Ilze Liepa")))


@pytest.mark.parametrize("read", ["", 'author = ".author"'])
def test_the_authors_of_cards_are_not_the_articles(read: str) -> None:
    """The desk signed: nobody below the text is named for it, by a profile's selector either."""
    desk = '<div class="meta"><span>by <span class="author">Newsdesk</span></span></div>'
    page = wrap(f"{HEAD}{desk}<div class='t'>{STORY}</div>{CARDS}")
    assert find_article(page, make_site(read)).authors == ()


def test_a_short_notice_above_cards_keeps_its_own_author() -> None:
    """A byline right behind the linked headline of another article is that article's."""
    told = "<p>Divi teikumi. Un viss, ko var par to pateikt šodien.</p><p>By Zane Ozola</p>"
    page = wrap(f"{HEAD}{told}{CARDS}").replace('class="author"', 'class="byline"')
    assert find_article(page).authors == ("Zane Ozola",)


def test_a_desk_in_the_byline_leaves_the_word_to_the_signed_line() -> None:
    """ "by Newsdesk" below the headline, "By Anna Bērziņa" as the first line of the text."""
    desk = "<p>February 2, 2026 by Newsdesk</p><div><p><b>By Anna Berzina</b></p>"
    assert find_article(wrap(f"{HEAD}{desk}{STORY}</div>")).authors == ("Anna Berzina",)


@pytest.mark.parametrize("name", ["Blogger", "Super User", "WordPress"])
def test_the_name_of_a_system_is_no_author(name: str) -> None:
    """Where nobody filled in a name, a system says its own."""
    page = wrap(f'{HEAD}{STORY}<p>by <a rel="author" href="/u/1">{name}</a></p>')
    assert find_article(page).authors == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Anna Berzina (AB)", ("Anna Berzina",)),
        ("Anna Berzina and Juris Kalns (J.K.)", ("Anna Berzina", "Juris Kalns")),
        ("Anna Berzina (EU)", ()),
    ],
)
def test_initials_behind_a_last_line_of_names_prove_it(line: str, names: tuple[str, ...]) -> None:
    """Initials in brackets are those of a name before them; "(EU)" is none of hers."""
    told = "".join(f"<p>Part {n}: the bridge over the river is open again.</p>" for n in range(5))
    story = f'<div class="b">{told}<p>{line}</p></div>'
    article = find_article(wrap(f"{HEAD}{story}"), make_site('body = ".b"'))
    assert article.authors == names
    assert article.text.endswith(line) == (not names)


def test_a_label_in_an_element_named_for_labels_needs_no_colon() -> None:
    """Drupal writes <div class="field__label">Szerző</div> and the name in the next."""
    field = '<div class="field__label">Szerző</div><div class="field__item">Kovács Anna</div>'
    article = find_article(wrap(f"{HEAD}<div>{field}</div>{STORY}"))
    assert article.authors == ("Kovács Anna",)
    unnamed = field.replace("field__label", "x")
    assert find_article(wrap(f"{HEAD}<div>{unnamed}</div>{STORY}")).authors == ()


def test_two_names_of_a_script_without_capitals_are_two() -> None:
    """ "Surname, Name" is a way of scripts that have capitals."""
    assert read_credits([("탁하람, 도다솜", "")], ()).authors == ("탁하람", "도다솜")
    assert read_credits([("Kalns, Juris", "")], ()).authors == ("Juris Kalns",)


def test_a_line_that_says_written_by_is_signed() -> None:
    """ "Ditulis oleh A B" has no colon."""
    article = find_article(wrap(f"{HEAD}<p>Ditulis oleh Dewi Siregawan</p>{STORY}"))
    assert article.authors == ("Dewi Siregawan",)


INLINE = (
    '<div class="more"><article><h2><a href="/2026/cits.html">Cits raksts par citu tiltu</a></h2>'
    '<div class="meta">by <span class="author vcard"><a href="/author/x">Zane Ozola</a></span>'
    "</div></article></div>"
)


@pytest.mark.parametrize("read", ["", 'author = ".author a"', 'related = ".more"'])
@pytest.mark.parametrize("own", [True, False])
def test_the_author_of_a_card_within_the_text_is_its_own(read: str, own: bool) -> None:
    """With the page's own byline above, and without one; the page's own headline may be a link."""
    by = '<p>by <span class="author"><a href="/author/a">Anna Kalna</a></span></p>' if own else ""
    card = INLINE if "related" not in read else INLINE.replace("<h2>", "<b>").replace("</h2>", "")
    page = wrap(f"{HEAD}{by}<div class=t>{STORY}{card}{STORY}</div>")
    assert find_article(page, make_site(read)).authors == (("Anna Kalna",) if own else ())


def test_a_headline_that_leads_to_its_own_page_makes_no_card() -> None:
    """Older themes link the article's own headline."""
    head = HEAD.replace("<h1>", '<div><h2><a href="/tin/mot-bai-post1.html">')
    by = '<p class="author">Anna Kalna</p></div>'
    page = wrap(f"{head.replace('</h1>', '</a></h2>')}{by}{STORY}")
    assert find_article(page).authors == ("Anna Kalna",)


def test_who_edited_is_no_author_beside_who_wrote() -> None:
    """Both lead to a page of theirs; the second stands behind another label."""
    by = '<div>Penulis: <a href="/author/a">Sari Dewanto</a></div>'
    by += '<div>Editor: <a href="/author/b">Bayu Kartika</a></div>'
    assert find_article(wrap(f"{HEAD}{by}{STORY}")).authors == ("Sari Dewanto",)

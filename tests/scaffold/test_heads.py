"""Words that a system puts before slugs, and pages that say themselves that they are no article."""

from __future__ import annotations

import re

import pytest
from lxml.html import document_fromstring

from crawler.read.head import declares_another
from crawler.scaffold.forms import learn_forms
from crawler.scaffold.heads import find_heads
from crawler.scaffold.shapes import name_variant
from crawler.scaffold.variants import list_refuted

BASE = "https://paper.test/lokales"
WORDS = ("Radweg am Fluss bleibt gesperrt", "Die Brücke im Tal wird neu gebaut")
SLUGS = ("radweg-am-fluss-bleibt-gesperrt", "die-brucke-im-tal-wird-neu-gebaut")


def make_addresses(start: str, count: int = 12) -> list[str]:
    """Addresses of one kind of page."""
    return [f"{BASE}/{start}{SLUGS[n % 2]}-{n}-{340001 + 3 * n}.html" for n in range(count)]


def test_a_word_before_slugs_is_told_by_headlines() -> None:
    """It is in no headline; the first word of a slug is, and a word met once is none."""
    told = [(f"{BASE}/{slug}-340001.html", words) for slug, words in zip(SLUGS, WORDS, strict=True)]
    told += [
        (f"{BASE}/bilder-{slug}-340002.html", f"Die Bilder: {words}".replace("Bilder", "Fotos"))
        for slug, words in zip(SLUGS, WORDS, strict=True)
    ]
    told.append((f"{BASE}/ticker-{SLUGS[0]}-340003.html", WORDS[0]))
    told += [(f"{BASE}/vote-{slug}-340004.html", "Was andere lesen") for slug in SLUGS]
    assert find_heads(told) == {"bilder"}


def test_a_word_of_no_articles_is_barred() -> None:
    """The regex leaves its addresses out, and takes those of articles nobody has seen."""
    articles, others = make_addresses(""), make_addresses("bilder-", 2)
    heads = frozenset(("bilder",))
    (form,) = learn_forms(articles, others, heads)
    assert all(re.search(form.pattern, url) for url in articles)
    assert not any(re.search(form.pattern, url) for url in make_addresses("bilder-", 9))
    assert re.search(form.pattern, "https://paper.test/sport/bild-des-tages-im-tal-99999.html")


def test_a_page_that_says_what_it_is_refutes_its_like() -> None:
    """Also where another of them looks like an article; not where articles are as many."""
    heads = frozenset(("bilder",))

    def name(url: str) -> object:
        return name_variant(url, heads)

    albums, articles = make_addresses("bilder-", 2), make_addresses("", 3)
    kinds = dict.fromkeys(articles, "article") | dict(
        zip(albums, ("article", "apart"), strict=True)
    )
    assert list_refuted(kinds, name) == {name(albums[0])}  # type: ignore[arg-type]
    assert list_refuted(kinds) == set()  # one variant: four articles and a gallery
    assert list_refuted({albums[0]: "apart"}) == {name_variant(albums[0])}


@pytest.mark.parametrize(
    ("data", "other"),
    [
        ('{"@type": "ImageGallery", "name": "x"}', True),
        ('{"@type": ["LiveBlogPosting"], "headline": "x"}', True),
        ('{"@type": "https://schema.org/CollectionPage"}', True),
        ('{"@type": "VideoObject"}', False),
        ('{"@type": ["NewsArticle", "LiveBlogPosting"]}', False),
        ('{"@type": "NewsArticle", "video": {"@type": "VideoObject"}}', False),
        ('{"@type": "WebPage"}', False),
        ("", False),
    ],
)
def test_structured_data_says_what_is_no_article(data: str, other: bool) -> None:
    """A gallery, a live ticker, a list; not where the page has an article, or only a film."""
    page = f'<html><head><script type="application/ld+json">{data}</script></head></html>'
    assert declares_another(document_fromstring(page)) is other


def test_what_is_asked_makes_a_variant() -> None:
    """One key in the query, another file: a page for printers, or for friends."""
    one, other = (f"https://paper.test/{word}news.asp?id=340001" for word in ("view", "print"))
    assert name_variant(one) != name_variant(other)
    assert name_variant(one) == name_variant(one.replace("340001", "340002"))


def test_twins_in_the_query_are_left_out() -> None:
    """Another key behind the id, or another file before it: the regex matches the article alone."""
    urls = [f"https://paper.test/viewnews.asp?id={340001 + n}" for n in range(9)]
    twins = [f"{urls[0]}&print=1", urls[0].replace("view", "print")]
    (form,) = learn_forms(urls, twins)
    assert all(re.search(form.pattern, url) for url in urls)
    assert not any(re.search(form.pattern, url) for url in twins)

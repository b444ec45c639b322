"""Section, tags, authors, datelines and captions: learned from what several articles have alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.read.clean import key
from crawler.read.reader import read
from crawler.scaffold.blocks import learn_related
from crawler.scaffold.contrast import Ground, lay_ground
from crawler.scaffold.datelines import learn_dateline
from crawler.scaffold.fields import find_login
from crawler.scaffold.figures import learn_captions
from crawler.scaffold.findings import make_site
from crawler.scaffold.kinds import Judged
from crawler.scaffold.signed import learn_authors
from crawler.scaffold.tagged import Tagging, learn_tags
from crawler.scaffold.trails import Sections, learn_section
from crawler.scaffold.visit import Visit

BASE = "https://paper.test"
SITE = make_site("paper", {"home": f"{BASE}/", "walk": {"article": ["/a-[0-9]+$"]}})
AT = datetime(2026, 2, 5, tzinfo=UTC)
PLACES = ("Castel Roveto", "Borgo Lastra", "Valdimonte", "Pieve Scura")
PEOPLE = ("Giulia Bertoldi", "Marco Ferrantini", "Chiara Dossena", "Paolo Guerzoni")
SECTIONS = ("Cronaca", "Sport")
TEXT = "Nella sala consiliare si sono presentati {n} cittadini, e molti sono rimasti in piedi."
MENU = "".join(f'<a href="/s/{name.lower()}/">{name}</a>' for name in SECTIONS)
KNOWN = Sections(
    frozenset(name.lower() for name in SECTIONS),
    {f"{BASE}/a-{n}": SECTIONS[n % 2].lower() for n in range(3)},
)


def lay(form: str) -> list[Ground]:
    """Eight articles of one form, compared: {n}, {section}, {place}, {tag} and {author} differ."""
    pages = []
    for n in range(8):
        words = {"n": n, "section": SECTIONS[n % 2], "place": PLACES[n % 4],
                 "tag": PLACES[(n + 1) % 4], "author": PEOPLE[n % 4]}  # fmt: skip
        text = "".join(f"<p>{TEXT.format(n=n * 100 + k)}</p>" for k in range(4))
        main = form.replace("{text}", text).format(**words)
        head = f"La notizia numero {n} di questo giornale"
        body = f'<div class="voci">{MENU}</div><h2 class="tt">{head}</h2>{main}'
        page = f"<html><head><title>{head}</title></head><body>{body}</body></html>".encode()
        url = f"{BASE}/a-{n}"
        seen = Visit(url, url, 200, (("content-type", "text/html; charset=utf-8"),), page, AT)
        pages.append(Judged(seen, read(seen.page("article"), SITE), "article"))
    return lay_ground(pages, [], {})


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (
            '<div class="dove"><a href="/">Home</a> &gt; <a href="/s/x/">{section}</a></div>{text}',
            ("breadcrumbs", ".dove a"),
        ),
        ('<p class="occhiello">{section}</p>{text}', ("section", ".occhiello")),
        ('{text}<p class="occhiello">Cronaca</p>', None),
        ('{text}<p class="occhiello">{place}</p>', None),
    ],
)
def test_a_section_is_what_the_menu_calls_so(form: str, found: tuple[str, str] | None) -> None:
    """A label or the end of a trail, the one that announced the article; one that is the same on
    all articles, or no section's name, is none."""
    pages = [(one.page.visit.url, one.tree) for one in lay(form)]
    assert learn_section(pages, KNOWN) == found


def test_a_section_that_contradicts_the_categories_is_none() -> None:
    """The label of another story's box is not this one's."""
    pages = [(one.page.visit.url, one.tree) for one in lay('{text}<p class="altro">{section}</p>')]
    turned = {url: SECTIONS[name == "cronaca"].lower() for url, name in KNOWN.known.items()}
    assert learn_section(pages, Sections(KNOWN.names, turned)) is None


@pytest.mark.parametrize(
    ("form", "css"),
    [
        ('{text}<div class="temi">Luoghi: <a href="/luoghi/{tag}/">{tag}</a></div>', ".temi a"),
        ('{text}<p class="temi"><a href="/cerca.asp?parola={tag}">{tag}</a></p>', ".temi a"),
        ('{text}<div class="temi"><a href="/firme/{n}/">{author}</a></div>', None),
        ('{text}<div class="temi"><a href="/a-{n}1">La notizia {n}</a></div>', None),
        ('{text}<div class="temi"><a href="/stampa/{n}">Stampa</a></div>', None),
        ('{text}<div class="temi"><a href="/s/cronaca/">Cronaca {n}</a></div>', None),
    ],
)
def test_tags_are_links_of_one_kind(form: str, css: str | None) -> None:
    """Other words on each page, one folder or key; authors, articles, sections and print buttons
    are none."""
    people = frozenset(map(key, PEOPLE))
    pages = [Tagging(one.page.visit.url, one.tree, people) for one in lay(form)]
    assert learn_tags(pages, SITE, {f"{BASE}/s/cronaca/"}) == css


@pytest.mark.parametrize(
    ("form", "css", "trust"),
    [
        (
            '<div class="dt">2 marzo 2026, ore 8:4{n} - di <a href="/firme/{n}">{author}</a></div>',
            "div.dt > a",
            "seen",
        ),
        ('<p class="info">Rabu, 4 Feb 2026 08:1{n} - {author}</p>', ".info", "guess"),
        ('<p class="info">23/11/2026 08:1{n} | {author}</p>', ".info", "guess"),
        (
            '<dl class="info"><dd>In: x</dd><dd>23/11/2026 | {author}</dd></dl>',
            ".info > dd:nth-of-type(2)",
            "guess",
        ),
        ('<p class="info">23/11/2026 08:1{n} | Redazione centrale 24</p>', None, None),
        ('<p class="info">23/11/2026 08:1{n} | {section}</p>', None, None),
    ],
)
def test_an_author_stands_beside_the_date(form: str, css: str | None, trust: str | None) -> None:
    """A link there is one; words alone are a guess; sections and what has figures are none."""
    found = learn_authors(lay(f"{form}{{text}}"), KNOWN.names)
    assert (found and found.css, found and found.trust) == (css, trust)
    if found is not None:
        site = make_site("paper", {"home": f"{BASE}/", "read": {"author": found.css}})
        for number, one in enumerate(lay(f"{form}{{text}}")):
            article = read(one.page.visit.page("article"), site).article
            assert article is not None and article.authors == (PEOPLE[number % 4],)


@pytest.mark.parametrize(
    ("form", "css"),
    [
        ('{text}<div class="ky"><p><b>{author}</b></p></div>', "div.ky > p"),
        ('{text}<p class="ten">{author}</p>', "p.ten"),
        ('{text}<p class="muc">{section}</p>', None),
        ('{text}<p class="cuoi">Bản quyền Thuộc Về Báo</p>', None),
        (
            '{text}<p class="tu">Topik: <a href="/t?k={n}">A{n}</a>, <a href="/t?k=z">B</a></p>',
            None,
        ),
    ],
)
def test_an_author_signs_behind_the_text(form: str, css: str | None) -> None:
    """A line of capitalised words right behind it, not the same on all; a section, a line of the
    paper's own and the first of several tags are none."""
    found = learn_authors(lay(form), KNOWN.names)
    assert (found and found.css, found and found.trust) == (css, css and "guess")


@pytest.mark.parametrize(
    ("before", "marker"),
    [
        (["BUKIT SENJA - "] * 4, "BUKIT SENJA"),
        (["LCĐT – "] * 3 + [""], "LCĐT"),
        (["(BLC) - "] * 4, "BLC"),
        (["CASTEL ROVETO. ", "BORGO LASTRA. ", "ÀRSITA. ", ""], "CASTEL ROVETO"),
        (["TENNICK (AP) — ", "GARROW BAY (AP) — ", "DUNMOOR (PA) — "], "TENNICK (AP)"),
        (["LONDON — ", "ŠIBENIK — ", "ĐÀ NẴNG — "], "LONDON"),
        (["Bukit Senja – "] * 4, "Bukit Senja"),
    ],
)
def test_a_dateline_is_learned_and_leaves_the_text(before: list[str], marker: str) -> None:
    """One marker or one form before most first paragraphs: it goes into its field."""
    lines = [f"{start}{TEXT.format(n=n)}" for n, start in enumerate(before)]
    pattern = learn_dateline(lines)
    assert pattern is not None
    site = make_site("paper", {"home": f"{BASE}/", "read": {"dateline": pattern, "body": ".b"}})
    more = "".join(f"<p>{TEXT.format(n=n + 20)}</p>" for n in range(4))
    page = f'<h1>Una notizia di oggi</h1><div class="b"><p>{lines[0]}</p>{more}</div>'.encode()
    seen = Visit(
        BASE, f"{BASE}/a-1", 200, (("content-type", "text/html; charset=utf-8"),), page, AT
    )
    article = read(seen.page("article"), site).article
    assert article is not None and article.dateline == marker
    assert article.text.startswith(TEXT.format(n=0))


@pytest.mark.parametrize(
    "before",
    [
        ["BUKIT SENJA - ", "", "", "", ""],
        ["COVID-19: ", "Il sindaco. ", "Ieri - ", ""],
        ["Pioggia a Roveto. ", "Neve a Lastra. ", "Sole a Scura. "],
    ],
)
def test_a_form_of_few_articles_is_no_dateline(before: list[str]) -> None:
    """One article, several forms, sentences: nothing is learned."""
    assert learn_dateline([f"{start}{TEXT.format(n=n)}" for n, start in enumerate(before)]) is None


def test_a_caption_above_the_text_is_learned_and_read() -> None:
    """A picture between headline and text with words of its own name under it."""
    form = (
        '<div class="foto"><img src="/f/{n}.jpg"><div class="ket">{place}, {n}.</div></div>'
        '<div class="isi">{text}</div>'
        '<div class="lain"><img src="/f/{n}9.jpg"><a href="/a-{n}2">Altra notizia {n}</a></div>'
    )
    ground = lay(form)
    assert learn_captions(ground, [".isi"]) == ["div.ket"]
    words = {"body": ".isi", "caption": "div.ket"}
    site = make_site("paper", {"home": f"{BASE}/", "read": words})
    for number, one in enumerate(ground):
        article = read(one.page.visit.page("article"), site).article
        assert article is not None
        told = [(image.url, image.caption) for image in article.images]
        assert told == [(f"{BASE}/f/{number}.jpg", f"{PLACES[number % 4]}, {number}.")]


@pytest.mark.parametrize("box", ["canvas", "canvas cards"])
def test_what_holds_the_story_is_no_block_of_related_articles(box: str) -> None:
    """The frame of a whole page links elsewhere on each article, too; the text stands in it, where
    the selector of the body finds another element of it."""
    cards = "".join(
        f'<h4><a href="/a-{key}{{n}}00">Un\'altra storia, numero {key}, del giorno {{n}}</a></h4>'
        for key in (1, 2, 3)
    )
    block = f"<h3>Leggi anche</h3>{cards}"
    if "cards" in box:
        block = f'<div class="storie">{block}</div>'
    pages = [one.page for one in lay(f'<div class="telaio">{{text}}{block}</div>')]
    found = learn_related(pages, ".voci")
    assert found == ((".storie", "Leggi anche") if "cards" in box else None)


@pytest.mark.parametrize("told", ["La piena del Torno fa paura", "19 novembre 2026"])
def test_a_card_s_headline_or_date_is_no_label(told: str) -> None:
    """The first heading of a block is that of its first card, on all pages where it is what is
    read most."""
    cards = "".join(
        f'<h4><a href="/a-{key}{{n}}00">Un\'altra storia, numero {key}, del giorno {{n}}</a></h4>'
        for key in (1, 2, 3)
    )
    block = f'<div class="storie"><p>Leggi anche</p><h3>{told}</h3>{cards}</div>'
    pages = [one.page for one in lay(f'<div class="telaio">{{text}}{block}</div>')]
    most = {key("La piena del Torno fa paura")}
    assert learn_related(pages, ".voci", most) == (".storie", None)


@pytest.mark.parametrize(
    ("days", "css"),
    [
        (("Roja Duyem", "Roja Seyem", "Roja Penem"), None),
        (("Ada Neri", "Ugo Moro", "Pia Lodi"), ".giorno"),
    ],
)
def test_a_word_that_goes_with_the_day_of_the_week_is_no_author(
    days: tuple[str, ...], css: str | None
) -> None:
    """A language whose days nobody here knows: the same word on the same day, and on no other."""
    pages = []
    for n, one in enumerate(lay("<!--day-->{text}")):
        day = 2 + 7 * (n // 4) + n % 3 if css is None else 2 + n
        head = f'<meta property="article:published_time" content="2026-02-{day:02}T08:00:00Z">'
        said = f'<p class="giorno">{days[n % 3]}, {day}/2/2026 08:00</p>'
        page = one.page.visit.text.replace("<head>", f"<head>{head}").replace("<!--day-->", said)
        kind = (("content-type", "text/html; charset=utf-8"),)
        seen = Visit(one.page.visit.url, one.page.visit.url, 200, kind, page.encode(), AT)
        pages.append(Judged(seen, read(seen.page("article"), SITE), "article"))
    found = learn_authors(lay_ground(pages, [], {}), frozenset())
    assert (found and found.css) == css


@pytest.mark.parametrize(
    ("signed", "login"),
    [
        ([("siteop7",)] * 6, "siteop7"),
        ([("Redakcja2",)] * 4, None),
        ([("Anna Maj",)] * 6, None),
        ([("siteop7",)] * 5 + [("Anna Maj",)], None),
        ([()] * 6, None),
    ],
)
def test_one_word_that_signs_everything_is_a_login(
    signed: list[tuple[str, ...]], login: str | None
) -> None:
    """A full name may be that of who writes the paper alone; few articles tell nothing."""
    one = lay("{text}")[0].page.reading.article
    assert one is not None
    assert find_login([replace(one, authors=names) for names in signed]) == login


def test_an_agency_in_an_authors_place_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the articles name people there, a quarter an agency, a quarter nobody."""
    people = ("Giulia Bertoldi", "Reuters", "Chiara Dossena", "")
    monkeypatch.setattr("tests.scaffold.test_fields.PEOPLE", people)
    found = learn_authors(
        lay('<p><b class="di">{author}</b> 23/11/2026 08:15</p>{text}'), frozenset()
    )
    assert found is not None and found.css == "b.di"
    monkeypatch.setattr("tests.scaffold.test_fields.PEOPLE", ("Giulia Bertoldi", "", "", "Reuters"))
    assert (
        learn_authors(lay('<p><b class="di">{author}</b> 23/11 08:15</p>{text}'), frozenset())
        is None
    )

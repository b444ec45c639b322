"""Headlines in the very place of a list's articles are asked for, whatever their slugs."""

from __future__ import annotations

import pytest

from archive.records import Link
from crawler.read.feeds import read_feed
from crawler.read.links import read_links
from crawler.read.page import Page
from crawler.read.reader import read
from crawler.read.tree import parse_html
from crawler.walk.judge import NO_ARTICLE, Judge
from spiders.profile import load
from spiders.site import Site
from tests.read.samples import AT

BASE = "https://elfaro.example"
FOUND = ("/campo/la-cosecha-de-la-almendra-baja-un-tercio", "/gentes/el-ultimo-pastor-de-la-sierra",
         "/comarca/los-alcaldes-piden-otra-carretera-a-huesca")  # fmt: skip
SHORT = ("/gentes/luz-verde-a-la-cantera", "/campo/que-pasa-con-la-romeria", "/campo/riego-hoy")
TITLES = {
    **dict(zip(SHORT, ("Luz verde a la cantera", "¿Qué pasa con la romería?", "El riego, hoy"),
               strict=True)),
    **{path: path.rpartition("/")[2].replace("-", " ").capitalize() for path in FOUND},
}  # fmt: skip


def make_faro(article: str = "") -> Site:
    """A paper without ids whose profile leaves addresses to their shape, or to one regex."""
    text = f'home = "{BASE}/"\ndomains = ["elfaro.example"]\nlanguage = "es"\n[walk]\n'
    text += 'categories = ["/campo", "/gentes", "/comarca"]\n'
    return Site("faro", load(text + (f"article = ['{article}']\n" if article else "")))


def list_cards(paths: tuple[str, ...], card: str = '<div class="noticia n{n}"><h2>{a}</h2></div>'):  # type: ignore[no-untyped-def]
    """Cards of headlines, each with a number of its own among its classes."""
    links = (
        f'<a href="{path}">{TITLES.get(path, "Una página de otra cosa")}</a>' for path in paths
    )
    return "".join(card.format(n=n, a=a) for n, a in enumerate(links))


def find_roles(html: str, site: Site) -> dict[str, str]:
    """The roles under which a front page announces addresses."""
    tree, _ = parse_html(f"<html><body>{html}</body></html>")
    assert tree is not None
    links = read_links(tree, url=f"{BASE}/", site=site, role="home")
    return {link.url.removeprefix(BASE): link.role for link in links}


@pytest.mark.parametrize(
    "card",
    [
        '<div class="noticia n{n}"><h2>{a}</h2></div>',
        "<dl><dt>{a}</dt><dd>3 de marzo</dd></dl>",
        '<li class="post-{n} post">{a}</li>',
    ],
)
def test_short_slugs_in_the_place_of_articles(card: str) -> None:
    """A headline with a slug of few words is an article's where the list's articles stand."""
    roles = find_roles(list_cards((*FOUND, SHORT[0], *FOUND[:1]), card), make_faro())
    assert roles[SHORT[0]] == "article"


@pytest.mark.parametrize(
    ("path", "card"),
    [
        ("/gentes", '<div class="noticia n{n}"><h2>{a}</h2></div>'),  # a category
        ("/aviso-legal", '<div class="noticia n{n}"><h2>{a}</h2></div>'),  # other folders
        ("/tag/luz-verde", '<div class="noticia n{n}"><h2>{a}</h2></div>'),  # a tag
        ("/gentes/luz-verde?p=2", '<div class="noticia n{n}"><h2>{a}</h2></div>'),
        ("/campo/riego-hoy", '<div class="noticia n{n}"><h2>{a}</h2></div>'),  # two words
        ("/gentes/luz-verde-a-la-cantera", '<div class="galeria"><h2>{a}</h2></div>'),
    ],
)
def test_what_is_no_peer(path: str, card: str) -> None:
    """Sections, tags, other places, other folders and few words make no article."""
    TITLES.setdefault(path, "Una página de otra cosa")
    if path == "/campo/riego-hoy":
        card = card.replace("{a}", f'<a href="{path}">Riego hoy</a>')
    roles = find_roles(list_cards(FOUND) + list_cards((path,), card), make_faro())
    assert roles.get(path, "none") != "article"


def test_addresses_with_ids_decide_alone() -> None:
    """Where a paper's addresses hold ids, what has none is no article however it is listed."""
    found = tuple(f"/campo/la-cosecha-baja-{n}" for n in (4711, 4712, 4713))
    TITLES.update((path, "La cosecha de la almendra baja") for path in found)
    roles = find_roles(list_cards((*found, SHORT[0])), make_faro(r"-(?P<id>\d+)$"))
    assert roles[SHORT[0]] == "other"


def test_most_of_a_place_are_articles() -> None:
    """A box of pages among which articles stand now and then makes no articles of them."""
    others = tuple(f"/gentes/luz-verde-{word}" for word in ("uno", "dos", "tres"))
    roles = find_roles(list_cards((*FOUND, *others)), make_faro())
    assert {roles[path] for path in others} == {"other"}


def test_entries_of_a_feed() -> None:
    """A feed's entry between articles is one, too."""
    items = "".join(
        f"<item><title>{TITLES[path]}</title><link>{BASE}{path}</link></item>"
        for path in (*FOUND, SHORT[0])
    )
    text = f"<rss><channel>{items}</channel></rss>"
    links, _ = read_feed(text, url=f"{BASE}/rss", site=make_faro())
    assert {link.role for link in links} == {"article"}


def test_they_are_asked_for() -> None:
    """The judge takes a list's word for an article, and no other page's."""
    judge = Judge(make_faro(), 20)
    url = BASE + SHORT[0]
    listed, related = (
        judge.judge([Link(url, channel, 0, "article", TITLES[SHORT[0]])], 1)[0]
        for channel in ("category", "related")
    )
    assert (listed.skip, listed.link.role) == (None, "article")
    assert related.skip == NO_ARTICLE


def test_a_list_there_is_no_article() -> None:
    """What was asked for by its place alone and lists articles is quarantined as a list."""
    cards = list_cards(tuple(f"/campo/la-cosecha-de-la-almendra-baja-{n}" for n in range(40)))
    html = f"<html><body><h1>Especial: la almendra</h1>{cards}</body></html>"
    page = Page(BASE + SHORT[0], 200, (("content-type", "text/html"),), html.encode(), "article",
                AT, 1)  # fmt: skip
    reading = read(page, make_faro())
    assert reading.article is None

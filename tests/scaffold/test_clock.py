"""The clock of a paper and the order of day and month, with what speaks for them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from lxml.html import fromstring

from archive.records import Article, Date, Link
from crawler.scaffold.clock import learn_order, learn_zone
from crawler.scaffold.countries import find_country
from crawler.scaffold.states import find_state


def make_article(value: str, raw: str, source: str = "json-ld", **sources: str) -> Article:
    """Return an article with a date of publication."""
    date = Date(value, "minute", raw, source)
    return Article("Title", "Text", published=date, sources={**sources})


WINTER = make_article("2026-02-03T08:00:00+01:00", "2026-02-03T08:00:00+01:00")
SUMMER = make_article("2026-07-03T08:00:00+02:00", "2026-07-03T08:00:00+02:00")
EAST = make_article("2026-02-03T08:00:00+07:00", "2026-02-03T08:00:00+07:00")
BOGOTA = make_article("2026-02-03T08:00:00-05:00", "2026-02-03T08:00:00-05:00")
TEHRAN = make_article("2026-02-03T08:00:00+03:30", "2026-02-03T08:00:00+03:30")
UNKNOWN = make_article("2026-02-03T08:00:00+00:20", "2026-02-03T08:00:00+00:20")
SHOWN = make_article("2026-02-03T08:00:00+07:00", "2026-02-03T01:00:00Z", offset="seen")
SILENT = make_article("2026-02-03T08:00:00+00:00", "03/02/2026 08:00", "seen")
KENYA = make_article("2026-02-03T09:30:00+00:00", "February 3, 2026 at 9:30 AM EAT", "seen")
MUSCAT = make_article("2026-02-03T08:00:00+00:00", "03/02/2026 08:00", "seen")
NAMED = make_article("2026-02-03T08:00:00+00:00", "03/02/2026 08:00 WITA", "seen")
ZONES = [
    ([WINTER, SUMMER], "x.test", "de", ("Europe/Berlin", "seen")),
    ([EAST], "x.test", "vi", ("Asia/Ho_Chi_Minh", "seen")),
    ([EAST], "x.test", "id", ("Asia/Jakarta", "seen")),
    ([SHOWN], "x.test", "vi", ("Asia/Ho_Chi_Minh", "seen")),
    ([NAMED], "x.test", "id", ("Asia/Makassar", "seen")),
    ([EAST], "x.test", "eo", ("Etc/GMT-7", "guess")),
    ([TEHRAN], "x.test", "ar", ("Asia/Tehran", "seen")),
    ([UNKNOWN], "x.test", "eo", None),
    ([WINTER], "x.test", "de", ("Europe/Berlin", "seen")),
    ([WINTER], "x.test", "fr", ("Europe/Paris", "guess")),
    ([WINTER, SUMMER], "x.test", "fr", ("Europe/Paris", "seen")),
    ([WINTER], "paper.fr", "fr", ("Europe/Paris", "seen")),
    ([WINTER], "paper.bj", "fr", ("Africa/Porto-Novo", "seen")),
    ([WINTER], "x.test", "es", ("Europe/Madrid", "guess")),
    ([SILENT], "paper.pl", "de", ("Europe/Warsaw", "guess")),
    ([SILENT], "x.test", "id", ("Asia/Jakarta", "guess")),
    ([SILENT], "x.test", "fr", ("Europe/Paris", "guess")),
    ([SILENT], "x.test", "es", None),
    ([KENYA], "x.test", "en", ("Africa/Nairobi", "seen")),
]


@pytest.mark.parametrize(("articles", "host", "language", "expected"), ZONES)
def test_a_zone_is_seen_or_guessed(
    articles: list[Article], host: str, language: str, expected: tuple[str, str] | None
) -> None:
    """Offsets and abbreviations are evidence; a country or a language only lets one guess."""
    found = learn_zone([("", one) for one in articles], [], host, language)
    assert (found and (found.value, found.trust)) == expected


@pytest.mark.parametrize(
    ("declared", "country", "zone", "trust"),
    [
        (["fr-BJ"], None, "Africa/Porto-Novo", "seen"),
        (["fr_BJ"], None, "Africa/Porto-Novo", "seen"),
        (["fr", "fr-FR"], ("bj", "+229"), "Africa/Porto-Novo", "seen"),
        (["fr-FR"], None, "Europe/Paris", "guess"),
        (["fr-FR"], ("ci", "Abidjan"), "Europe/Paris", "guess"),
        (["fr-CH"], None, "Europe/Zurich", "seen"),
    ],
)
def test_a_country_that_the_paper_names_goes_before_its_language_s_first(
    declared: list[str], country: tuple[str, str] | None, zone: str, trust: str
) -> None:
    """+01:00 in February is Benin's, Switzerland's and France's; "fr-FR" is what a system declares
    that nobody told, and a country whose clock is another does not count."""
    found = learn_zone([("", WINTER)], [], "x.test", "fr", declared, country)
    assert found is not None and (found.value, found.trust) == (zone, trust)


def test_without_an_offset_the_imprint_goes_before_a_system_s_default() -> None:
    """And behind a region that somebody chose."""
    for tag, zone in (("fr-FR", "Africa/Porto-Novo"), ("fr-CI", "Africa/Abidjan")):
        found = learn_zone([("", SILENT)], [], "x.test", "fr", [tag], ("bj", "+229"))
        assert found is not None and (found.value, found.trust) == (zone, "guess")
    found = learn_zone([("", BOGOTA)], [], "x.test", "es", ["es-CO"])
    assert found is not None and (found.value, found.trust) == ("America/Bogota", "seen")


def test_a_feed_in_utc_tells_the_clock_of_what_pages_show() -> None:
    """08:00 shown beside 05:00Z in the feed is three hours, if two articles say the same."""
    pages = [(f"https://x.test/{n}", SILENT) for n in range(3)]
    told = [
        Link(url, "feed", 0, "article", date_raw="2026-02-03T05:00:40.000Z") for url, _ in pages
    ]
    found = learn_zone(pages, told, "x.test", "en")
    assert found is not None and (found.value, found.trust) == ("Africa/Nairobi", "guess")
    assert learn_zone(pages, told[:1], "x.test", "en") is None
    apart = [*told[:2], Link(pages[2][0], "feed", 0, "article", date_raw="2026-02-03T05:20:00Z")]
    found = learn_zone(pages, apart, "x.test", "en")
    assert found is not None and found.evidence.startswith("2 dates")


def test_the_country_that_pages_declare_has_a_clock() -> None:
    """ "ar-OM" is Oman's; "ar" is nobody's; "en-US" has several."""
    for tags, zone in ((["ar-OM"], "Asia/Muscat"), (["ar"], None), (["en-US"], None),
                       (["en-GB"], "Europe/London")):  # fmt: skip
        found = learn_zone([("", MUSCAT)], [], "x.test", tags[0][:2], tags)
        assert (found and found.value) == zone


ORDERS = [
    (["25/02/2026", "03/04/2026"], SILENT, "vi", ("DMY", "seen")),
    (["02/25/2026"], SILENT, "en", ("MDY", "seen")),
    (["03/02/2026"], EAST, "en", ("DMY", "seen")),
    (["02/03/2026"], EAST, "en", ("MDY", "seen")),
    (["2026-02-03", "2026-02-04"], EAST, "ko", ("YMD", "seen")),
    (["03/04/2026"], SILENT, "id", ("DMY", "guess")),
    (["03/04/2026"], SILENT, "en", None),
    (["25/02/2026", "02/25/2026"], SILENT, "vi", None),
    ([], SILENT, "vi", None),
]


@pytest.mark.parametrize(("dates", "article", "language", "expected"), ORDERS)
def test_an_order_is_seen_or_guessed(
    dates: list[str], article: Article, language: str, expected: tuple[str, str] | None
) -> None:
    """A number above twelve, or the day in ISO 8601, is evidence; contradiction is none."""
    found = learn_order([("\n".join(dates), article)], language)
    assert (found and (found.value, found.trust)) == expected


IMPRINTS = {
    "<meta name=description content='ميسان، العراق'>": ("iq", "العراق"),
    "<div class=footer>Région de l'Est, Cameroun. Tél. +237 6 99 00 00 00</div>": (
        "cm",
        "Cameroun",
    ),
    "<footer>Redaction: +33 1 44 55 66 77</footer>": ("fr", "+33"),
    "<footer>Phone (00254) 700 000 111</footer>": ("ke", "+254"),
    "<footer>Nairobi, Kenya, and Kampala, Uganda</footer>": None,
    "<p>The war in Kenya, says +254 700 000 111</p>": None,
    "<footer>© 2026</footer>": None,
}


@pytest.mark.parametrize(("page", "country"), IMPRINTS.items())
def test_an_imprint_names_a_country(page: str, country: tuple[str, str] | None) -> None:
    """By its name, else by a telephone's code; two countries are none, nor are articles' words."""
    assert find_country(fromstring(f"<html><body>{page}</body></html>")) == country


def test_a_paper_has_the_clock_of_the_country_it_names() -> None:
    """A guess where no date tells; an offset that fits makes it sure; a domain goes before it."""
    clock = learn_zone([("u", SILENT)], [], "x.test", "fr", (), ("cm", "Cameroun"))
    assert clock is not None and (clock.value, clock.trust) == ("Africa/Douala", "guess")
    sure = learn_zone([("u", WINTER)], [], "x.test", "fr", (), ("cm", "Cameroun"))
    assert sure is not None and (sure.value, sure.trust) == ("Africa/Douala", "seen")
    owned = learn_zone([("u", SILENT)], [], "x.ke", "en", (), ("cm", "Cameroun"))
    assert owned is not None and owned.value == "Africa/Nairobi"


def test_an_abbreviation_is_seen_behind_any_time_of_most_pages() -> None:
    """Also where what was read is the day in the frame; capitals behind no time are no clock, and
    one page of four is none of the paper's."""
    frame = make_article("2026-11-21", "Sabtu, 21 November 2026", "seen")
    pages = [("", frame)] * 4
    shown = ["Kamis, 19 November 2026 10.13 WITA | Dibaca 213 kali"] * 3 + ["Polres WIT"]
    found = learn_zone(pages, [], "x.test", "id", shown=shown)
    assert found is not None and (found.value, found.trust) == ("Asia/Makassar", "seen")
    rare = learn_zone(pages, [], "x.test", "id", shown=[shown[0], *shown[3:] * 3])
    assert rare is not None and rare.trust == "guess"


def foot(words: str) -> str:
    return f"<footer>{words}</footer>"


STATES = {
    foot("120 Main St, Ferris Ridge, OH 45011"): ("America/New_York", "seen"),
    foot("120 Main St, Ferris Ridge, TX 75001-1234"): ("America/Chicago", "guess"),
    foot("4 Elm Ave, Mesa Verde, AZ 85001"): ("America/Phoenix", "seen"),
    foot("4 Elm Ave, Brandon, MB R7A 0A1"): ("America/Winnipeg", "seen"),
    foot("9 Talbragar St, Dubbo NSW 2830"): ("Australia/Sydney", "guess"),
    foot("Rua das Flores 12, Manaus - AM, 69005-010"): ("America/Manaus", "guess"),
    foot("CEP 78005-000, Cuiabá/MT"): ("America/Cuiaba", "seen"),
    foot("Jl. Merdeka 4, Makassar, Sulawesi Selatan"): ("Asia/Makassar", "guess"),
    foot("г. Новосибирск, Новосибирская область"): ("Asia/Novosibirsk", "guess"),
    foot("Offices in Dayton, OH 45011 and Boise, ID 83701"): None,
    foot("Order No. AB 12345 · In God we trust"): None,
    "<p>In Dayton, OH 45011, the mayor said</p>": None,
    foot("Georgia on my mind, Victoria Street"): None,
    '<script type="application/ld+json">{"address": {"addressRegion": "Amazonas", '
    '"addressCountry": "BR"}}</script>': ("America/Manaus", "guess"),
    '<script type="application/ld+json">{"address": {"addressRegion": "WA", '
    '"addressCountry": {"@type": "Country", "name": "AU"}}}</script>': ("Australia/Perth", "guess"),
}


@pytest.mark.parametrize(("page", "told"), STATES.items())
def test_an_address_names_a_state(page: str, told: tuple[str, str] | None) -> None:
    """Beside a postal code, in JSON-LD beside a country, or by its whole name, which is a guess as
    is a state of two clocks; two clocks, articles and other words name none."""
    found = find_state(fromstring(f"<html><body>{page}</body></html>"), [])
    assert (found and found[:2]) == told


def test_every_states_clock_is_one_of_the_database() -> None:
    """A zone that is misspelled would be none on the first paper that needs it."""
    from crawler.scaffold.states import _fill  # the table

    for zone, _, country in [*_fill()[0].values(), *_fill()[1].values()]:
        assert ZoneInfo(zone) and len(country) == 2


def test_a_states_clock_and_what_stands_beside_it() -> None:
    """It decides where no offset or abbreviation tells; an offset that fits neither wins; "p.m. PT"
    is a clock of English papers, MST in Arizona is Arizona's."""
    ohio = ("America/New_York", "seen", "OH, US")
    arizona = ("America/Phoenix", "seen", "AZ, US")
    found = learn_zone([("", SILENT)], [], "x.test", "en", state=ohio)  # type: ignore[arg-type]
    assert found is not None and (found.value, found.trust) == ("America/New_York", "seen")
    found = learn_zone([("", EAST)], [], "x.test", "vi", state=ohio)  # type: ignore[arg-type]
    assert found is not None and found.value == "Asia/Ho_Chi_Minh"
    shown = ["Nov. 3, 2026, 9:05 p.m. PT"] * 3
    found = learn_zone([("", SILENT)], [], "x.test", "en", shown=shown)
    assert found is not None and (found.value, found.trust) == ("America/Los_Angeles", "seen")
    assert learn_zone([("", SILENT)], [], "x.test", "es", shown=shown) is None
    shown = ["Posted 9:05 a.m. MST"]
    found = learn_zone([("", SILENT)], [], "x.test", "en", shown=shown, state=arizona)  # type: ignore[arg-type]
    assert found is not None and found.value == "America/Phoenix"

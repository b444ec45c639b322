"""Names the clock of a paper by the state or province of its own address, in countries of several.

    footer      120 Main St, Ferris Ridge, OH 45011 · Dubbo NSW 2830 · Regina, SK S4P 3Y2
    JSON-LD     "addressRegion": "Amazonas", "addressCountry": "BR"
    footer      Jl. Merdeka 4, Makassar, Sulawesi Selatan · г. Новосибирск, Новосибирская область

Zones are those of the IANA time zone database (tzdata 2025b: zone1970.tab with its comments). A
state of two clocks has the one of most of its people, marked by * and no more than a guess. An
abbreviation counts beside a postal code, or in JSON-LD beside a country, alone. Rejected: the words
of articles, which name other states than the paper's, and towns, of which there are too many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from lxml.html import HtmlElement

from crawler.scaffold.countries import COUNTRY, list_imprints
from spiders.profile import Trust

_STATES = """
US America/New_York CT:Connecticut DE:Delaware DC:District_of_Columbia FL:Florida* GA:Georgia!
US America/New_York ME:Maine MD:Maryland MA:Massachusetts NH:New_Hampshire NJ:New_Jersey
US America/New_York NY:New_York NC:North_Carolina OH:Ohio PA:Pennsylvania RI:Rhode_Island
US America/New_York SC:South_Carolina VT:Vermont VA:Virginia WV:West_Virginia KY:Kentucky*
US America/Detroit MI:Michigan*
US America/Indiana/Indianapolis IN:Indiana*
US America/Chicago AL:Alabama AR:Arkansas IL:Illinois IA:Iowa KS:Kansas* LA:Louisiana
US America/Chicago MN:Minnesota MS:Mississippi MO:Missouri NE:Nebraska* ND:North_Dakota*
US America/Chicago OK:Oklahoma SD:South_Dakota* TN:Tennessee* TX:Texas* WI:Wisconsin
US America/Denver CO:Colorado MT:Montana NM:New_Mexico UT:Utah WY:Wyoming
US America/Boise ID:Idaho*
US America/Phoenix AZ:Arizona
US America/Los_Angeles CA:California NV:Nevada OR:Oregon* WA:Washington_State
US America/Anchorage AK:Alaska*
US Pacific/Honolulu HI:Hawaii
CA America/St_Johns NL:Newfoundland*
CA America/Halifax NS:Nova_Scotia NB:New_Brunswick PE:Prince_Edward_Island
CA America/Toronto ON:Ontario* QC:Québec* QC:Quebec*
CA America/Winnipeg MB:Manitoba
CA America/Regina SK:Saskatchewan*
CA America/Edmonton AB:Alberta NT:Northwest_Territories
CA America/Vancouver BC:British_Columbia*
CA America/Whitehorse YT:Yukon
AU Australia/Sydney NSW:New_South_Wales* ACT:Australian_Capital_Territory
AU Australia/Melbourne VIC:Victoria!
AU Australia/Brisbane QLD:Queensland
AU Australia/Adelaide SA:South_Australia
AU Australia/Darwin NT:Northern_Territory
AU Australia/Perth WA:Western_Australia*
AU Australia/Hobart TAS:Tasmania
BR America/Sao_Paulo SP:São_Paulo RJ:Rio_de_Janeiro MG:Minas_Gerais ES:Espírito_Santo PR:Paraná
BR America/Sao_Paulo SC:Santa_Catarina RS:Rio_Grande_do_Sul GO:Goiás DF:Distrito_Federal
BR America/Bahia BA:Bahia
BR America/Fortaleza CE:Ceará MA:Maranhão PI:Piauí RN:Rio_Grande_do_Norte PB:Paraíba
BR America/Recife PE:Pernambuco
BR America/Maceio AL:Alagoas SE:Sergipe
BR America/Belem PA:Pará! AP:Amapá
BR America/Araguaina TO:Tocantins
BR America/Cuiaba MT:Mato_Grosso
BR America/Campo_Grande MS:Mato_Grosso_do_Sul
BR America/Manaus AM:Amazonas*
BR America/Porto_Velho RO:Rondônia
BR America/Boa_Vista RR:Roraima
BR America/Rio_Branco AC:Acre!
ID Asia/Jakarta :Aceh :Sumatera_Utara :Sumatera_Barat :Sumatera_Selatan :Riau :Jambi :Bengkulu
ID Asia/Jakarta :Lampung :Banten :DKI_Jakarta :Jawa_Barat :Jawa_Tengah :Jawa_Timur :Yogyakarta
ID Asia/Pontianak :Kalimantan_Barat :Kalimantan_Tengah
ID Asia/Makassar :Bali :Nusa_Tenggara_Barat :Nusa_Tenggara_Timur :Kalimantan_Selatan
ID Asia/Makassar :Kalimantan_Timur :Kalimantan_Utara :Sulawesi_Utara :Sulawesi_Tengah
ID Asia/Makassar :Sulawesi_Selatan :Sulawesi_Tenggara :Sulawesi_Barat :Gorontalo
ID Asia/Jayapura :Maluku :Maluku_Utara :Papua :Papua_Barat :Papua_Selatan :Papua_Tengah
RU Europe/Kaliningrad :Калининградская_область
RU Europe/Moscow :Московская_область :Ленинградская_область :Воронежская_область :Татарстан
RU Europe/Moscow :Краснодарский_край :Нижегородская_область :Тверская_область :Рязанская_область
RU Europe/Samara :Самарская_область :Удмуртия
RU Europe/Saratov :Саратовская_область
RU Europe/Volgograd :Волгоградская_область
RU Asia/Yekaterinburg :Свердловская_область :Челябинская_область :Тюменская_область :Башкортостан
RU Asia/Yekaterinburg :Пермский_край :Оренбургская_область :Курганская_область
RU Asia/Omsk :Омская_область
RU Asia/Novosibirsk :Новосибирская_область
RU Asia/Tomsk :Томская_область
RU Asia/Barnaul :Алтайский_край
RU Asia/Novokuznetsk :Кемеровская_область
RU Asia/Krasnoyarsk :Красноярский_край :Хакасия
RU Asia/Irkutsk :Иркутская_область :Бурятия
RU Asia/Chita :Забайкальский_край
RU Asia/Yakutsk :Амурская_область :Якутия*
RU Asia/Vladivostok :Приморский_край :Хабаровский_край
RU Asia/Sakhalin :Сахалинская_область
RU Asia/Magadan :Магаданская_область
RU Asia/Kamchatka :Камчатский_край
"""
_CODED = {
    "US": re.compile(r",?\s([A-Z]{2}),?\s+\d{5}(?:-\d{4})?(?![\d-])"),
    "CA": re.compile(r"[,(\s]([A-Z]{2})\)?,?\s+[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"),
    "AU": re.compile(r"[,\s]([A-Z]{2,3}),?\s+\d{4}(?!\d)"),
    "BR": re.compile(r"[-–/,]\s?([A-Z]{2})\b(?=.{0,20}\b\d{5}-\d{3}\b)"),
}
_CEP = re.compile(r"\d{5}-\d{3}\b.{0,60}?[-–/]\s?([A-Z]{2})\b")  # the code before the state
_REGION = re.compile(r'"addressRegion"\s*:\s*"([^"]{2,40})"')
_COUNTRIES = {
    "usa": "US", "united states": "US", "united states of america": "US", "canada": "CA",
    "australia": "AU", "brasil": "BR", "brazil": "BR", "indonesia": "ID", "россия": "RU",
    "russia": "RU",
}  # fmt: skip

State = tuple[str, Trust, str]
"""The clock, how sure it is, and the words that name it."""


def find_state(front: HtmlElement | None, pages: Iterable[HtmlElement]) -> State | None:
    """The clock of the one state that a paper's address names, on its front page or its articles;
    None where none or several are. A state with two clocks, or named without a code, is a guess."""
    trees = [*([] if front is None else [front]), *pages]
    for find in (_find_declared, _find_coded, _find_named):
        found = Counter(state for tree in trees for state in {*find(tree)})
        zones = {zone for zone, _, _ in found}
        if zones:
            return found.most_common(1)[0][0] if len(zones) == 1 else None
    return None


def _find_declared(tree: HtmlElement) -> Iterator[State]:
    for script in tree.iter("script"):
        text = script.text or ""
        region = _REGION.search(text) if "json" in (script.get("type") or "") else None
        country = COUNTRY.search(text) if region else None
        if region is not None and country is not None:
            code = _COUNTRIES.get(country[1].lower(), country[1].upper())
            yield from _look_up(code, region[1])


def _find_coded(tree: HtmlElement) -> Iterator[State]:
    for words in list_imprints(tree):
        for country, pattern in _CODED.items():
            for match in pattern.finditer(words):
                yield from _look_up(country, match[1])
        for match in _CEP.finditer(words):
            yield from _look_up("BR", match[1])


def _find_named(tree: HtmlElement) -> Iterator[State]:
    for words in list_imprints(tree):
        for match in _pattern().finditer(words):
            zone, _, _ = _fill()[1][match[0]]
            yield zone, "guess", match[0]


def _look_up(country: str, name: str) -> Iterator[State]:
    by_code, by_name = _fill()
    known = by_code.get((country, name)) or by_name.get(name)
    if known is not None and known[2] == country:
        yield known[0], known[1], f"{name}, {country}"


@cache
def _fill() -> tuple[dict[tuple[str, str], tuple[str, Trust, str]], dict[str, State]]:
    """(country, code) and name -> clock, how sure it is, country."""
    by_code: dict[tuple[str, str], State] = {}
    by_name: dict[str, State] = {}
    for line in _STATES.strip().splitlines():
        country, zone, *names = line.split()
        for pair in names:
            code, _, name = pair.partition(":")
            trust: Trust = "guess" if name.endswith("*") else "seen"
            told = zone, trust, country
            by_name[name.rstrip("*!").replace("_", " ")] = told
            if code:
                by_code[country, code] = told
    return by_code, by_name


@cache
def _pattern() -> re.Pattern[str]:
    """The names of states but those that are other words too (!): Georgia, Victoria, Pará."""
    barred = {pair.partition(":")[2][:-1] for pair in _STATES.split() if pair.endswith("!")}
    names = (name for name in _fill()[1] if name.replace(" ", "_") not in barred)
    whole = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)")

"""Names the country of a paper by its own imprint: the country's name, or a telephone's code.

    footer      Région de l'Est, Cameroun · Tel. +237 6 99 00 00 00
    description ميسان، العراق
    JSON-LD     "address": {"addressLocality": "Natitingou", "addressCountry": "BJ"}

Only countries of one clock (crawler/read/zone.py), and only where one of them is named: two are
two readings. Rejected: the words of articles, which name the whole world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml.html import HtmlElement

from crawler.read.words import read_words

_LONGEST = 3_000  # letters of a footer
_NAMES = """
cm Cameroon Cameroun Camerún Camarões الكاميرون Kamerun
sn Senegal Sénégal السنغال
ci Côte_d'Ivoire Ivory_Coast Costa_de_Marfil Costa_do_Marfim
bf Burkina_Faso Burkina بوركينا_فاسو
bj Benin Bénin
ng Nigeria Nigéria نيجيريا
ke Kenya Quénia كينيا
ug Uganda Ouganda
tz Tanzania Tanzanie Tanzânia
rw Rwanda Ruanda
bi Burundi
gh Ghana غانا
et Ethiopia Éthiopie Etiopía Etiópia إثيوبيا
za South_Africa Afrique_du_Sud Sudáfrica África_do_Sul
mz Mozambique Moçambique
ao Angola أنغولا
zm Zambia Zambie Zâmbia
zw Zimbabwe Zimbabué
mw Malawi
na Namibia Namibie
bw Botswana
so Somalia Somalie الصومال
sd Sudan Soudan Sudán Sudão السودان
ly Libya Libye ليبيا
eg Egypt Égypte Egipto Egito مصر
tn Tunisia Tunisie Túnez تونس
dz Algeria Algérie Argelia Argélia الجزائر
ma Morocco Maroc Marruecos Marrocos المغرب
iq Iraq Irak العراق
sy Syria Syrie Siria Síria سوريا سورية
lb Lebanon Liban Líbano لبنان
sa Saudi_Arabia Arabie_Saoudite السعودية
ae United_Arab_Emirates الإمارات
kw Kuwait Koweït الكويت
qa Qatar قطر
om Oman سلطنة_عمان
ye Yemen Yémen اليمن
bh Bahrain البحرين
in India Inde भारत
pk Pakistan پاکستان باكستان
bd Bangladesh
np Nepal नेपाल
lk Sri_Lanka
ph Philippines Pilipinas Filipinas
my Malaysia Malaisie
sg Singapore Singapura
vn Vietnam Việt_Nam
th Thailand Thaïlande
kh Cambodia Cambodge
pe Peru Perú Pérou
bo Bolivia Bolívia Bolivie
ve Venezuela
py Paraguay Paraguai
uy Uruguay Uruguai
cr Costa_Rica
gt Guatemala
hn Honduras
ni Nicaragua
pa Panamá Panama
sv El_Salvador
do República_Dominicana Dominican_Republic
cu Cuba
fr France
be Belgique Belgium België
ch Suisse Schweiz Switzerland Svizzera
at Österreich Austria
de Deutschland Germany
ie Ireland
"""
_CODES = """
20:eg 27:za 212:ma 213:dz 216:tn 218:ly 221:sn 225:ci 226:bf 227:ne 229:bj 233:gh 234:ng 237:cm
244:ao 249:sd 250:rw 251:et 252:so 254:ke 255:tz 256:ug 257:bi 258:mz 260:zm 263:zw 264:na 265:mw
266:ls 267:bw 961:lb 962:jo 963:sy 964:iq 965:kw 966:sa 967:ye 968:om 971:ae 973:bh 974:qa 91:in
92:pk 880:bd 977:np 94:lk 63:ph 60:my 65:sg 84:vn 66:th 855:kh 856:la 51:pe 591:bo 58:ve 595:py
598:uy 506:cr 502:gt 504:hn 505:ni 507:pa 503:sv 53:cu 33:fr 32:be 41:ch 43:at 49:de 353:ie
"""
_PHONE = re.compile(r"(?<![\d+])(?:\+\s?|\(00|\b00)([1-9]\d{0,2})(?=[\d\s().-]{7})")
COUNTRY = re.compile(r'"addressCountry"\s*:\s*(?:\{[^}]*?"name"\s*:\s*)?"([^"]{2,30})"')
_FOOT = re.compile(r"footer|contact|imprint|impressum|copyright|colophon|address", re.I)


def find_country(front: HtmlElement | None) -> tuple[str, str] | None:
    """(top-level domain, the words that say it) of the one country that the imprint of a front
    page names, by its name or by a telephone's code; None where none or several are."""
    imprints = [] if front is None else list(list_imprints(front))
    places = [] if front is None else list(_find_places(front))
    if places:
        return places[0] if len({code for code, _ in places}) == 1 else None
    for find in (_find_named, _find_coded):
        found = dict(pair for words in imprints for pair in find(words))
        if found:
            return next(iter(found.items())) if len(found) == 1 else None
    return None


def list_imprints(tree: HtmlElement) -> Iterator[str]:
    """What a page says of its paper: its description, footer and address."""
    for meta in tree.iter("meta"):
        if (meta.get("name") or "").lower() in ("description", "geo.placename", "geo.country"):
            yield meta.get("content") or ""
    for element in tree.iter("footer", "address", "div", "section", "td", "p"):
        names = f"{element.get('id') or ''} {element.get('class') or ''}"
        if element.tag in ("footer", "address") or _FOOT.search(names):
            words = read_words(element, _LONGEST)
            if len(words) < _LONGEST:
                yield words


def _find_places(front: HtmlElement) -> Iterator[tuple[str, str]]:
    """The countries of addresses in JSON-LD, by code or by name."""
    known = {*_fill_codes().values(), *_fill_names().values()}
    for script in front.iter("script"):
        for match in COUNTRY.finditer(script.text or ""):
            code = _fill_names().get(match[1], match[1].lower())
            if code in known:
                yield code, match[1]


def _find_named(words: str) -> Iterator[tuple[str, str]]:
    for match in _pattern().finditer(words):
        yield _fill_names()[match[0]], match[0]


def _find_coded(words: str) -> Iterator[tuple[str, str]]:
    for match in _PHONE.finditer(words):
        code = match[1]
        for length in (3, 2):
            if country := _fill_codes().get(code[:length]):
                yield country, f"+{code[:length]}"
                break


@cache
def _fill_names() -> dict[str, str]:
    rows = (line.split() for line in _NAMES.strip().splitlines())
    return {name.replace("_", " "): row[0] for row in rows for name in row[1:]}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(map(re.escape, _fill_names()), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")


@cache
def _fill_codes() -> dict[str, str]:
    return dict(pair.split(":") for pair in _CODES.split())

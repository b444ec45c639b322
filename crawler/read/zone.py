"""Find the clock of a paper that nobody has set: by its country's domain, or by its own page.

A system that writes its dates in UTC hides the paper's day: 22:04Z is the next morning in Vienna.
Where the profile names no time zone, the country of the domain does if it has only one; else the
page does, where it shows the same minute in its own clock ("9:18 pm" beside 02:18Z is -05:00);
else its language, where that is one country's. Rejected: the system's zone.tab (not on every
machine, so not the same reading everywhere) and languages of many clocks (Spanish has ten).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.read.dates import Moment

_ZONES = """
Europe at:Vienna be:Brussels bg:Sofia ch:Zurich cz:Prague de:Berlin dk:Copenhagen ee:Tallinn
Europe fi:Helsinki fr:Paris gr:Athens hr:Zagreb hu:Budapest ie:Dublin it:Rome lt:Vilnius
Europe lu:Luxembourg lv:Riga mt:Malta nl:Amsterdam no:Oslo pl:Warsaw ro:Bucharest rs:Belgrade
Europe se:Stockholm si:Ljubljana sk:Bratislava tr:Istanbul ua:Kyiv uk:London by:Minsk ba:Sarajevo
Europe mk:Skopje li:Vaduz al:Tirane md:Chisinau
Asia vn:Ho_Chi_Minh th:Bangkok kh:Phnom_Penh mm:Yangon sg:Singapore my:Kuala_Lumpur ph:Manila
Asia jp:Tokyo kr:Seoul tw:Taipei hk:Hong_Kong cn:Shanghai pk:Karachi bd:Dhaka lk:Colombo
Asia np:Kathmandu ir:Tehran il:Jerusalem sa:Riyadh qa:Qatar kw:Kuwait jo:Amman lb:Beirut
Asia ge:Tbilisi az:Baku am:Yerevan uz:Tashkent bn:Brunei in:Kolkata la:Vientiane om:Muscat
Asia ae:Dubai iq:Baghdad bh:Bahrain ye:Aden sy:Damascus af:Kabul kg:Bishkek tj:Dushanbe cy:Nicosia
Africa eg:Cairo ma:Casablanca dz:Algiers tn:Tunis ng:Lagos ke:Nairobi za:Johannesburg gh:Accra
Africa et:Addis_Ababa tz:Dar_es_Salaam ug:Kampala na:Windhoek ls:Maseru bw:Gaborone zw:Harare
Africa zm:Lusaka sn:Dakar ci:Abidjan rw:Kigali bi:Bujumbura mz:Maputo mw:Blantyre ao:Luanda
Africa cm:Douala bj:Porto-Novo bf:Ouagadougou ne:Niamey ly:Tripoli sd:Khartoum so:Mogadishu
America pe:Lima ve:Caracas uy:Montevideo py:Asuncion bo:La_Paz cr:Costa_Rica gt:Guatemala
America hn:Tegucigalpa ni:Managua pa:Panama sv:El_Salvador do:Santo_Domingo cu:Havana jm:Jamaica
Atlantic is:Reykjavik
"""  # countries of one clock, without those whose domain the whole world uses (co, io, me, tv)
_SPOKEN = """
vi:vn th:th km:kh my:mm ja:jp ko:kr ne:np si:lk he:il ka:ge hy:am is:is et:ee lv:lv lt:lt pl:pl
cs:cz sk:sk hu:hu bg:bg sl:si hi:in mr:in te:in kn:in gu:in el:gr
"""  # languages of one country, or of countries with one clock
_FARTHEST = timedelta(hours=14)
_STEP = timedelta(minutes=30)


@lru_cache(maxsize=256)
def find_zone(host: str) -> tzinfo | None:
    """The clock of the country a host name ends with, None where it has several or is none."""
    name = _fill_table().get(host.rpartition(".")[2].lower())
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, OSError):
        return None


def find_spoken_zone(language: str | None) -> tzinfo | None:
    """The clock of the one country that speaks a language (BCP 47), None where there are more."""
    first = (language or "").lower().replace("_", "-").split("-")[0]
    country = dict(pair.split(":") for pair in _SPOKEN.split()).get(first)
    return find_zone(country) if country else None


@lru_cache(maxsize=1)
def _fill_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _ZONES.split("\n"):
        region, _, places = line.partition(" ")
        for pair in places.split():
            country, _, city = pair.partition(":")
            table[country] = f"{region}/{city}"
    return table


def infer_offset(instant: datetime, shown: Iterable[Moment]) -> tzinfo | None:
    """The offset at which a page shows this instant (aware, UTC) to the minute, or None."""
    bare = instant.replace(tzinfo=None, second=0, microsecond=0)
    for moment in shown:
        if moment.clock is None or moment.zone is not None:
            continue
        for day in (moment.day, moment.other):
            if day is None:
                continue
            clock = moment.clock.replace(second=0, microsecond=0)
            apart = datetime.combine(day, clock) - bare
            if apart and abs(apart) <= _FARTHEST and not apart % _STEP:
                return timezone(apart)
    return None

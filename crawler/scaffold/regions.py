"""Names the clocks of the countries that a paper's pages name: by a language tag, by the imprint.

lang="fr-BJ" · og:locale fr_BJ        somebody chose it
footer  Tél. +229 21 00 00 00         the imprint (countries.py)
lang="fr-FR"                          a system's default: behind all others
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.read.zone import find_zone

_DEFAULTS = ("fr-fr", "pt-pt", "es-es", "de-de", "en-gb", "it-it", "nl-nl")  # of systems
_DOMAINS = {"gb": "uk"}  # countries whose domain is another word
_REGIONS = {
    "co": "America/Bogota", "me": "Europe/Podgorica", "br": "America/Sao_Paulo",
    "mx": "America/Mexico_City", "ar": "America/Argentina/Buenos_Aires", "cl": "America/Santiago",
    "ec": "America/Guayaquil", "ca": "America/Toronto", "au": "Australia/Sydney",
    "nz": "Pacific/Auckland",
}  # fmt: skip
"""Where most of a country of several clocks has one, which an offset has to confirm."""
IMPRINT = "its imprint names"


def list_named(
    declared: Sequence[str], country: tuple[str, str] | None
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(what names a country, its clock): by its own word or the imprint; by a system's default."""
    named: list[tuple[str, str]] = []
    usual: list[tuple[str, str]] = []
    for tag in dict.fromkeys(declared):
        region = _find_region(tag)
        zone = find_zone(f".{_DOMAINS.get(region, region)}") if region else None
        if zone is not None:
            default = tag.lower() in _DEFAULTS
            (usual if default else named).append((f"its pages declare {tag!r}", str(zone)))
    if country is not None and (zone := find_zone(f".{country[0]}")) is not None:
        named.append((f"{IMPRINT} {country[1]}", str(zone)))
    return named, usual


def _find_region(tag: str) -> str:
    """The country of a BCP 47 tag, "" for none: "zh-Hant-TW" is of "tw"."""
    parts = tag.lower().replace("_", "-").split("-")[1:]
    return next((part for part in parts if len(part) == 2), "")


def find_usual_zone(tag: str) -> str | None:
    """The clock of most of a language tag's country, where that has several clocks."""
    return _REGIONS.get(_find_region(tag))

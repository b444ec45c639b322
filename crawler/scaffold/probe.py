"""Asks for what only one publishing system answers, where a paper's own lists are empty.

A front that scripts draw shows neither signs nor articles in its categories; the JSON behind it
does. A system that has such an address names it as ``probe`` in its ``[fingerprint]``, and is
believed when its own pager reads entries there. Rejected: looking for addresses in the scripts (one
or two megabytes of bundles, whose API hosts are put together from parts).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from archive.records import Link
from crawler.read.pool import Pool
from crawler.scaffold.findings import make_site
from crawler.scaffold.visit import Visit, Visitor
from spiders.pager import PagerError
from spiders.platform import load_platform, platform_names
from spiders.recognise import ENOUGH, Recognised, Sign
from spiders.site import Site

MOST_LISTS = 3  # lists of the system's menu that are asked for, each of another category


@dataclass(frozen=True, slots=True)
class Probed:
    """A system that answered: the evidence, and what its first lists announce."""

    recognised: Recognised
    links: tuple[Link, ...]


async def probe_systems(visitor: Visitor, pool: Pool, key: str, home: str) -> Probed | None:
    """Ask at the places of every system that has one; None where none of them answers."""
    for name, place in _list_probes():
        if not visitor.left:
            return None
        url = urljoin(home, place)
        visit = await visitor.get(url)
        if visit is None:
            continue
        site = make_site(key, {"home": home, "platform": name})
        lists = _read_menu(site, visit)
        if lists:
            sign = Sign("probe", place, url)
            links = await _ask_lists(visitor, pool, site, lists)
            return Probed(Recognised(name, ENOUGH, (sign,)), links)
    return None


def _list_probes() -> Iterator[tuple[str, str]]:
    for name in platform_names():
        yield from ((name, place) for place in load_platform(name).fingerprint.get("probe", ()))


def _read_menu(site: Site, visit: Visit) -> list[str]:
    """The addresses that a system's pager reads in an answer; none where it is another's."""
    try:
        entries = site.pager.entries(visit.url, visit.text)
    except PagerError:
        return []
    return [one.url for one in entries] if isinstance(entries, list) else []


async def _ask_lists(
    visitor: Visitor, pool: Pool, site: Site, lists: list[str]
) -> tuple[Link, ...]:
    found: list[Link] = []
    for url in lists[:MOST_LISTS]:
        visit = await visitor.get(url, tuple(site.headers(url).items()))
        if visit is not None:
            found += (await pool.read(visit.page("category"), site)).links
    return tuple(found)

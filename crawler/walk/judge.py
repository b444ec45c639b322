"""Decides of every link on a page: under which canonical address, in which role, asked or not.

An address is judged once, where it is announced, and the verdict goes into the WARC with the
reading: a rebuilt index needs no profile. Links that lead nowhere of interest (off-site links in
running text, menus, assets) are not noted at all: a paper's footer would fill the ledger nightly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from archive.index.addresses import Announced
from archive.index.frontier import Task
from archive.records import Link, Role
from archive.urls import AddressError, Spelling, canonical, hosts_of
from spiders.site import Site

# Channels whose links are announcements of articles even where the address alone does not tell.
LISTS = ("category", "feed", "sitemap", "home")
NOTED_WHEN_SKIPPED = ("category", "feed", "sitemap", "related")
WALKED = ("home", "category", "article", "feed", "sitemap")
NO_ARTICLE = "no article by its address"
MAX_URL = 2000  # longer addresses are traps; servers commonly refuse more than 8 KB


def spell(site: Site) -> Spelling:
    """Return how a paper spells its own addresses."""
    walk = site.profile.walk
    keep = frozenset(walk.keep_query) if walk.keep_query is not None else None
    return Spelling(
        home=site.profile.home,
        hosts=hosts_of((*site.profile.domains, urlsplit(site.profile.home).netloc)),
        twins=site.twins,
        keep_query=keep,
    )


class Judge:
    """Judges the links of one paper; ``max_depth`` is in links from the start addresses."""

    def __init__(self, site: Site, max_depth: int) -> None:
        self.site = site
        self.spelling = spell(site)
        self.max_depth = max_depth

    def judge(self, links: Iterable[Link], depth: int) -> list[Announced]:
        """Return what to note of the links of a page at ``depth``, in their order."""
        found: dict[tuple[str, str], Announced] = {}
        for link in links:
            item = self._judge_one(link, depth)
            if item is not None:
                found.setdefault((item.address, link.channel), item)
        return list(found.values())

    def spell(self, url: str) -> str | None:
        """Return the canonical address, or None for what is none."""
        try:
            address = canonical(url, self.spelling)
        except AddressError:
            return None
        return address if len(address) <= MAX_URL else None

    def spell_part(self, url: str) -> str | None:
        """Return the canonical address of a further page of an article: what the profile drops
        from addresses may be what tells the pages apart."""
        try:
            return canonical(url, replace(self.spelling, twins=(), keep_query=None))
        except AddressError:
            return None

    def _judge_one(self, link: Link, depth: int) -> Announced | None:
        address = self.spell(link.url)
        if address is None:
            return None
        role = self._role(address, link)
        number = self.site.pager.read_number(address) if role == "category" else None
        # Page 4 of a category is no category of its own, to be asked for every night.
        item = Announced(address, replace(link, role=role), page=number or 1)
        skip = self._find_objection(address, link, role, depth)
        if skip is None:
            return item
        # Where an article leads is kept for a profile that knows the new addresses.
        if link.channel in NOTED_WHEN_SKIPPED or (link.channel, skip) == ("redirect", NO_ARTICLE):
            return replace(item, skip=skip)
        return None

    def _role(self, address: str, link: Link) -> Role:
        role = self.site.role(address)
        if role == "other" and link.role in ("category", "feed", "sitemap"):
            return link.role  # a pager's page, a <link rel=alternate>, an entry of an index
        if role == "other" and link.role == "article" and link.channel in LISTS:
            return link.role  # a headline among a list's articles (crawler/read/peers.py)
        return role

    def _find_objection(self, address: str, link: Link, role: Role, depth: int) -> str | None:
        if not self.site.in_scope(address) and role not in ("feed", "sitemap"):
            return "off-site"
        if not self._owns(address):
            return "off-site"
        if denied := self.site.denied(address):
            return f"denied by the profile: {denied}"
        if role not in WALKED:
            return NO_ARTICLE
        if link.channel == "related" and not self.site.profile.walk.related:
            return "related links are not followed"
        if depth + 1 > self.max_depth:
            return f"deeper than {self.max_depth} links"
        return None

    def _owns(self, address: str) -> bool:
        netloc = urlsplit(address).netloc
        return self.site.in_scope(address) or self.site.in_scope(f"http://{netloc}/")


def inherit(item: Announced, task: Task) -> Announced:
    """Give the target of a redirect the role of what pointed at it."""
    if task.role == "article" or item.link.role == "article":
        return item
    link = replace(item.link, role=task.role)
    skip = None if item.skip == NO_ARTICLE else item.skip
    return replace(item, link=link, skip=skip, page=task.page)

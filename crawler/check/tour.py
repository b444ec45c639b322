"""Decides which pages of a known paper a check looks at, and has each of them read.

    front page                 what it links to, and which categories of the profile it names
    8 categories               those first that the front page no longer names; others on other days
    the following page         of the first category that has one
    a feed, a sitemap          the first of the profile's that lists anything
    10 articles                of the categories in turn

About 20 requests, robots.txt among them. Each article is read twice: as a crawl reads it, and by
the general reader alone (trafilatura and what the page declares, none of the profile's selectors):
two readers who disagree are what a person should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain, zip_longest
from typing import Literal

from archive.records import Link, Reading, Role
from crawler.check.source import Source, spread
from crawler.read.pool import Pool
from crawler.read.template import Template
from crawler.scaffold.visit import Visit
from crawler.walk.judge import Judge
from spiders.profile import Read
from spiders.site import Site

BUDGET = 26  # requests, robots.txt and redirects among them
CATEGORIES, FEEDS, SITEMAPS, ARTICLES = 8, 2, 2, 10
TRIES = 16  # addresses of articles that are asked for until ARTICLES came

Kind = Literal["front page", "category", "next page", "feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists articles: ``why`` is what kept it from being read, "" where it was."""

    kind: Kind
    url: str
    why: str = ""
    articles: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()  # further lists: of a sitemap index, of a JSON menu
    fresh: int = 0  # of a following page: articles that the page before had not
    ended: bool = False  # of a following page: it repeats the first, and the list ends behind it
    visit: Visit | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """An article's page as a crawl reads it, and as the general reader does."""

    url: str
    visit: Visit
    reading: Reading
    general: Reading


@dataclass(slots=True)
class Looked:
    """All that a check has seen."""

    site: Site
    home: Listing
    categories: list[Listing] = field(default_factory=list)
    following: Listing | None = None
    feeds: list[Listing] = field(default_factory=list)
    sitemaps: list[Listing] = field(default_factory=list)
    articles: list[Seen] = field(default_factory=list)
    missed: dict[str, str] = field(default_factory=dict)  # articles that did not come, and why
    requests: int = 0

    @property
    def listings(self) -> list[Listing]:
        """All pages that list, in the order of the tour."""
        more = [self.following] if self.following else []
        return [self.home, *self.categories, *more, *self.feeds, *self.sitemaps]


class Tour:
    """One look at one paper. ``holds`` says whether an address is worth asking for."""

    def __init__(
        self,
        source: Source,
        pool: Pool,
        site: Site,
        template: Template,
        *,
        holds: Callable[[str], bool] = lambda _: True,
        recent: Sequence[str] = (),
        today: date,
    ) -> None:
        self.source, self.pool, self.site, self.template = source, pool, site, template
        self.holds, self.recent, self.today = holds, recent, today
        self.general = make_general(site)
        self.judge = Judge(site, 0)

    async def run(self) -> Looked:
        """Look at the pages. Raises PoolError."""
        home = await self._list("front page", self.site.profile.home)
        looked = Looked(self.site, home)
        looked.categories = await self._list_all("category", self._choose_categories(home))
        looked.following = await self._turn(looked.categories)
        walk = self.site.profile.walk
        named = [link.url for link in _links(home) if link.role == "feed"]
        looked.feeds = await self._list_first("feed", walk.feeds or tuple(named), FEEDS)
        dated = self.site.dated_sitemaps(self.today - timedelta(days=1), self.today)
        looked.sitemaps = await self._list_first("sitemap", (*walk.sitemaps, *dated), SITEMAPS)
        await self._read_articles(looked)
        return looked

    # -- lists --------------------------------------------------------------------------------

    async def _list(self, kind: Kind, url: str, number: int = 1) -> Listing:
        headers = tuple(self.site.headers(url).items())
        visit = await self.source.get(url, headers)
        if visit is None:
            return Listing(kind, url, self.source.misses.get(url, "no answer"))
        reading = await self.pool.read(visit.page(ROLES[kind], number), self.site)
        if reading.status != "ok":
            words = reading.warnings[0] if reading.warnings else reading.status
            return Listing(kind, url, words, visit=visit, reading=reading)
        articles = self._list_articles(reading)
        lists = [
            x.url for x in reading.links if x.role == ("sitemap", "category")[kind != "sitemap"]
        ]
        return Listing(kind, url, "", articles, tuple(lists), visit=visit, reading=reading)

    def _list_articles(self, reading: Reading) -> tuple[str, ...]:
        """The addresses of a page's articles as a crawl spells them: each article once."""
        own = (link.url for link in reading.links if link.role == "article")
        spelled = (self.judge.spell(url) for url in own if self.site.in_scope(url))
        return tuple(dict.fromkeys(url for url in spelled if url))

    def _choose_categories(self, home: Listing) -> list[str]:
        """Those of the profile, else those that the front page names; gone ones before others."""
        listed = self.site.profile.walk.categories
        named = list(dict.fromkeys(link.url for link in _links(home) if link.role == "category"))
        urls = list(listed) or named
        held = [url for url in urls if self.holds(url)] or urls[:1]
        known = {url.rstrip("/") for url in named}
        gone = [url for url in held if url.rstrip("/") not in known] if listed and named else []
        rest = [url for url in held if url not in gone]
        turn = self.today.toordinal()
        return [*gone[: CATEGORIES - 1], *spread(rest, max(CATEGORIES - len(gone), 1), turn)]

    async def _list_all(self, kind: Kind, urls: Sequence[str]) -> list[Listing]:
        """The lists at some addresses; of one that names only further lists, some of those."""
        found: list[Listing] = []
        waiting = list(urls)
        while waiting and len(found) < CATEGORIES:
            found.append(await self._list(kind, waiting.pop(0)))
            if found[-1].lists and not found[-1].articles:
                known = {one.url for one in found}
                more = [u for u in found[-1].lists if u not in known and self.holds(u)]
                waiting += spread(more, CATEGORIES - len(found))
        return found

    async def _turn(self, categories: Sequence[Listing]) -> Listing | None:
        """The page after a category's first, over pages that only repeat it; of a second category
        where that of the first brings nothing, None where no category has one."""
        full = sorted((one for one in categories if one.articles), key=lambda x: -len(x.articles))
        turns = [(one, one.reading.next_page) for one in full if one.reading]
        page: Listing | None = None
        for one, first in [(one, first) for one, first in turns if first and self.holds(first)][:2]:
            page = await self._follow(one, first)
            if page.fresh:
                break
        return page

    async def _follow(self, category: Listing, url: str) -> Listing:
        known, target = set(category.articles), url
        page = Listing("next page", url)
        for number in range(2, 3 + self.site.pager.repeats):
            before, page = page, await self._list("next page", target, number)
            if before.articles and not page.articles and not page.why:
                return replace(before, ended=True)
            fresh = len(set(page.articles) - known)
            following = page.reading.next_page if page.reading else None
            if fresh or not following or not self.source.left:
                return replace(page, fresh=fresh)
            target = following
        return page

    async def _list_first(self, kind: Kind, urls: Sequence[str], most: int) -> list[Listing]:
        """The first lists of a kind, up to one that lists anything."""
        found: list[Listing] = []
        held = [url for url in dict.fromkeys(urls) if self.holds(url)] or list(urls)[:1]
        for url in held[:most]:
            found.append(await self._list(kind, url))
            if found[-1].articles or found[-1].lists:
                break
        if found and found[-1].lists and not found[-1].articles:  # an index: its newest file
            newest = [url for url in found[-1].lists if self.holds(url)][:1]
            found += [await self._list(kind, url) for url in newest]
        return found

    # -- articles -----------------------------------------------------------------------------

    async def _read_articles(self, looked: Looked) -> None:
        waiting = self._choose_articles(looked)
        known = set(waiting)
        for _ in range(TRIES):
            if not waiting or len(looked.articles) >= ARTICLES or not self.source.left:
                return
            url = waiting.pop(0)
            visit = await self.source.get(url)
            if visit is None:
                looked.missed[url] = self.source.misses.get(url, "no answer")
                continue
            page = visit.page("article")
            reading = await self.pool.read(page, self.site, self.template)
            general = await self.pool.read(page, self.general)
            looked.articles.append(Seen(url, visit, reading, general))
            linked = [u for u in self._list_articles(reading) if u not in known and self.holds(u)]
            waiting += linked  # where no list leads to enough, related articles do
            known.update(linked)

    def _choose_articles(self, looked: Looked) -> list[str]:
        """Articles of the categories in turn; then of the front page, the feeds, the sitemaps."""
        lists = [one.articles for one in looked.categories if one.articles]
        turns = [url for url in chain.from_iterable(zip_longest(*lists)) if url]
        rest = [u for one in (looked.home, *looked.feeds, *looked.sitemaps) for u in one.articles]
        if not turns:
            turns, rest = spread(rest, ARTICLES), rest
        found = dict.fromkeys([*turns, *rest, *self.recent])
        return [url for url in found if self.holds(url)]


ROLES: dict[Kind, Role] = {
    "front page": "home",
    "category": "category",
    "next page": "category",
    "feed": "feed",
    "sitemap": "sitemap",
}


def make_general(site: Site) -> Site:
    """The site as one whose pages nobody has looked at: its clock and language, no selectors."""
    read = Read(date_order=site.profile.read.date_order)
    return Site(site.key, site.profile.model_copy(update={"read": read}))


def _links(listing: Listing) -> Sequence[Link]:
    return listing.reading.links if listing.reading else ()

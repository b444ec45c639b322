"""Decides which pages of an unknown paper are asked for, and learns from each before the next.

    front page · sitemaps · feeds          addresses, sorted by shape
    an article or two of each shape        which shapes are articles -> regexes
    entries of the menu                    categories; their links -> more addresses
    page 2 of a category                   the pager
    more articles, of other sections       blocks, clock, language

Every answer is tried on the pages that came before it is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urljoin, urlsplit

from crawler.read.pool import Pool
from crawler.scaffold.answers import settle_feeders, settle_forms, settle_menu, settle_standing
from crawler.scaffold.archives import find_archives
from crawler.scaffold.clues import Clue
from crawler.scaffold.ends import NotUnderstood, Unavailable
from crawler.scaffold.feeders import Feeders, find_feeders, find_later
from crawler.scaffold.findings import Findings
from crawler.scaffold.menus import (
    Listing,
    list_entries,
    sounds_like_article,
    visit_later,
    visit_menu,
)
from crawler.scaffold.pages import Pages
from crawler.scaffold.probe import probe_systems
from crawler.scaffold.standing import find_standing
from crawler.scaffold.turning import learn_pager, shows_more
from crawler.scaffold.variants import put_twins_first, rank_variants
from crawler.scaffold.visit import Visit, Visitor
from spiders import address, shape
from spiders.platform import load_platform
from spiders.recognise import Sample, recognise

FIRST_SHAPES, SHAPES = 2, 5  # articles asked for of the likeliest shape; shapes looked at
MOST_TRIES = 6  # addresses of one shape that are tried until a page comes
MOST_VARIANTS, LEFT, LAST = 8, 12, 3  # requests for variants; kept for what follows, at last
SINGLE, DOUBTFUL = 2, 3  # pages of a variant; of one under a word or a folder of the system
MOST_CATEGORIES = 9
KEPT = 2  # requests for feeds that articles lead to
MOST_ARTICLES = 8


class Survey:
    """One look at one paper."""

    def __init__(self, visitor: Visitor, pool: Pool, key: str) -> None:
        self.visitor = visitor
        self.pool = pool
        self.key = key

    async def run(self, url: str) -> Findings:
        """Look at the paper whose front page is at ``url``.

        Raises Unavailable where it does not answer or may not be asked, NotUnderstood where no
        article was found.
        """
        home = await self._open(url)
        self.found = found = Findings(self.key, home.url, front=home.tree)
        self._set_place(home)
        self._recognise(home)
        self.pages = Pages(self.visitor, self.pool, found, home)
        self._note_hosts(home)
        system = found.get("platform")
        feeders = await self._ask_feeders(home)
        await self._look_at_shapes(SHAPES)
        await self._look_at_variants(LEFT)
        self._check_understood(home)
        self._recognise(home, *[page.visit for page in self.pages.judged.values()][:3])
        if found.get("platform") != system:
            feeders = await self._ask_feeders(home)
        self.pages.learn_forms()
        await self._ask_lists()
        await self._ask_menu()
        await self._ask_archives()
        await self._probe()
        await self._turn_pages()
        await self._look_at_shapes(2, more=True)
        await self._look_at_variants(LAST)
        await self._top_up()
        left = self.visitor.left - KEPT
        found.standing = await find_standing(self.pages, self.pages.try_site(), left)
        await self._ask_menu_later()
        seen = (page.visit for page in self.pages.judged.values())
        await find_later(self.visitor, seen, self.pages.clues, feeders)
        self.pages.learn_forms()
        self._settle(feeders)
        return found

    def _settle(self, feeders: Feeders) -> None:
        found, pages = self.found, self.pages
        articles, others = pages.list_articles(), pages.list_others()[0]
        read = [url for url in pages.judged if pages.is_article(url)]
        settle_forms(found, pages.forms, read, articles, others)
        settle_feeders(found, feeders)
        settle_menu(found)
        settle_standing(found)
        found.articles = pages.read()
        told = {*pages.judged, *articles}
        found.headlines = {one.url: one.words for one in pages.clues if one.url in told}
        found.requests = self.visitor.asked

    # -- the front page ---------------------------------------------------------------------------

    async def _open(self, url: str) -> Visit:
        home = await self.visitor.get(url)
        if home is None:
            why = self.visitor.misses.get(url, "no answer")
            raise Unavailable(f"{url}: {why}; {_advise(why)}")
        return home

    def _set_place(self, home: Visit) -> None:
        parts = urlsplit(home.url)
        asked = urlsplit(home.asked)
        moved = parts.netloc != asked.netloc
        place = (
            home.url
            if moved or asked.path not in ("", "/")
            else f"{parts.scheme}://{parts.netloc}/"
        )
        self.found.home = place
        self.found.set("home", place, "seen")
        self.found.set("domains", list(dict.fromkeys((parts.netloc, asked.netloc))), "seen")
        if moved:
            self.found.note("found", "home", f"{home.asked} leads to {home.url}")

    def _recognise(self, *visits: Visit) -> None:
        """Tell the publishing system, again when articles were read: some front pages hide it."""
        samples = [Sample(visit.url, visit.text, dict(visit.headers)) for visit in visits]
        self.found.recognised = recognise(*samples)
        if self.found.recognised:
            self.found.set("platform", self.found.recognised[0].platform, "seen")

    def _note_hosts(self, home: Visit) -> None:
        """Take the host with and without "www." for the paper's, where its pages link there."""
        own = urlsplit(self.found.home).netloc
        bare = own.removeprefix("www.")
        twins = [
            host
            for host in (bare, f"www.{bare}")
            if host != own and host in self.pages.clues.elsewhere
        ]
        if twins:
            self.found.set("domains", [*self.found.get("domains"), *twins], "seen")
            self.pages = Pages(self.visitor, self.pool, self.found, home)

    # -- articles ---------------------------------------------------------------------------------

    async def _ask_feeders(self, home: Visit) -> Feeders:
        feeders = await find_feeders(self.visitor, home, self.pages.clues, self._list_habits())
        for links in (*feeders.feeds.values(), *feeders.sitemaps.values()):
            self.found.announced += links
        return feeders

    def _list_habits(self) -> list[str]:
        """The places where the paper's system has sitemaps, feeds, and lists of articles."""
        name = self.found.get("platform")
        if not name:
            return []
        system = load_platform(name)
        walk = system.answers.get("walk", {})
        places = system.fingerprint.get("places", ())
        return [*walk.get("sitemaps", ()), *walk.get("feeds", ()), *places]

    async def _ask_lists(self) -> None:
        """Ask for the lists of articles that the paper's system may have beside its categories."""
        site = self.pages.try_site()
        for place in self._list_habits():
            url = urljoin(self.found.home, place)
            parts = address.split(url)
            if parts is None or shape.machine(parts) or self.visitor.left <= LEFT:
                continue
            visit = await self.visitor.get(url, tuple(site.headers(url).items()))
            reading = visit and await self.pool.read(visit.page("category"), site)
            links = [link for link in reading.links if sounds_like_article(link)] if reading else []
            if not links:
                why = self.visitor.misses.get(url, "it lists no articles")
                self.found.note("missing", "walk.categories", f"{place} of its system: {why}")
                continue
            self.found.lists.append(url)
            self.pages.clues.note_links(links, "feed")
            self.found.announced += links

    async def _look_at_shapes(self, most: int, *, more: bool = False) -> None:
        """Ask for a page or two of the likeliest shapes that were not looked at yet."""
        known = self.pages.verdicts if more else {}
        ranked = [clues for shape, clues in self.pages.rank_shapes() if shape not in known]
        for place, clues in enumerate(ranked[:most]):
            if not (more and self.pages.is_explained(clues)):
                await self._judge_some(clues, 1 if more or place else FIRST_SHAPES)

    async def _look_at_variants(self, spare: int) -> None:
        """Ask for a page of each variant of the articles' shapes, for another where the first is
        none: galleries and topics have articles' addresses."""
        likely = [
            clue for clue in self.pages.clues if self.pages.may_be_article(clue) and clue.weight > 0
        ]
        least = self.visitor.left - MOST_VARIANTS
        for clues in rank_variants(likely, self.pages.name):
            most = DOUBTFUL if self.pages.is_doubtful(clues[0].url) else SINGLE
            for _ in range(most):
                if self.visitor.left <= max(least, spare):
                    return
                if not self.pages.is_settled(clues[0].url, most):
                    await self._judge_some(put_twins_first(clues, self.pages.judged), 1)

    async def _judge_some(self, clues: Sequence[Clue], count: int) -> None:
        """Ask for ``count`` of these addresses, spread over all; for others where one does not come
        (robots.txt, 404), up to MOST_TRIES."""
        step = max(1, len(clues) // count)
        urls = [c.url for c in (*clues[::step], *clues) if c.url not in self.pages.judged]
        before = len(self.pages.judged)
        for url in list(dict.fromkeys(urls))[:MOST_TRIES]:
            if len(self.pages.judged) - before >= count:
                return
            await self.pages.judge(url)

    def _check_understood(self, home: Visit) -> None:
        if self.pages.read():
            return
        links = sum(clue.weight > 0 for clue in self.pages.clues)
        drawn = "" if links else " (its links are drawn by scripts, or it has none)"
        asked = ", ".join(f"{page.kind} {url}" for url, page in list(self.pages.judged.items())[:3])
        raise NotUnderstood(
            f"{home.url}: no page of an article was found; {links} links sound like headlines"
            f"{drawn}{'; seen: ' + asked if asked else ''}. Nothing was written. Remedy: give the "
            "address of the page that lists the news, or write the profile by hand as "
            "spiders/README.md shows"
        )

    # -- categories -------------------------------------------------------------------------------

    async def _ask_menu(self) -> None:
        self.pages.clues.site = self.pages.try_site()
        read = {url for url in self.pages.judged if self.pages.is_article(url)}
        entries = [
            clue
            for clue in list_entries(self.pages.clues, self.pages.linked)
            if clue.url not in read and clue.url != self.found.home
        ]
        most = min(MOST_CATEGORIES, max(self.visitor.left - 8, 2))
        kept = self._drop_articles(entries)
        self.found.menu = await visit_menu(
            self.visitor, self.pool, self.pages.try_site(), kept, most
        )
        for clue in entries:
            if clue not in kept:
                self.found.menu.leave("have an address as articles have", clue.url)
        self._note_lists(self.found.menu.categories)

    async def _ask_menu_later(self) -> None:
        """Look at entries that the first look at the menu left, with what requests remain."""
        most, site = self.visitor.left - KEPT, self.pages.try_site()
        if self.found.menu.categories and most > 0:
            self._note_lists(
                await visit_later(self.visitor, self.pool, site, self.found.menu, most)
            )

    def _note_lists(self, listings: Iterable[Listing]) -> None:
        for listing in listings:
            self.pages.clues.note_page(listing.visit)
            self.found.announced += listing.links
        self.pages.learn_forms()

    async def _ask_archives(self) -> None:
        """Look for lists by month behind what the menu names."""
        menu, site = self.found.menu, self.pages.try_site()
        if self.visitor.left <= LEFT or not (menu.others or menu.framed):
            return
        archives = await find_archives(self.visitor, self.pool, site, self.pages.clues, menu)
        if archives is None:
            return
        menu.archives = archives.pattern
        (menu.others if archives.index in menu.others else menu.framed).remove(archives.index)
        menu.categories += archives.listings
        for listing in archives.listings:
            self.pages.clues.note_page(listing.visit)
            self.found.announced += listing.links
        says = f"{archives.listings[0].clue.url} and its like, behind {archives.index.clue.url}"
        self.found.note("found", "walk.category", f"{says}, list articles by date")
        self.pages.learn_forms()

    async def _probe(self) -> None:
        """Where no list of the paper has articles, ask for what only one system answers."""
        found = self.found
        if found.menu.categories or found.recognised:
            return
        probed = await probe_systems(self.visitor, self.pool, self.key, found.home)
        if probed is None:
            return
        found.recognised = (probed.recognised,)
        found.set("platform", probed.recognised.platform, "seen")
        found.trust["walk.categories"] = found.trust["walk.pager"] = "seen"
        self.pages.clues.note_links(probed.links, "feed")
        found.announced += probed.links
        self.pages.learn_forms()

    def _drop_articles(self, entries: Sequence[Clue]) -> list[Clue]:
        """Without entries that a regex with an id calls articles: a headline in the menu."""
        forms = [re.compile(form.pattern) for form in self.pages.forms if form.has_id]
        return [clue for clue in entries if not any(form.search(clue.url) for form in forms)]

    async def _turn_pages(self) -> None:
        """Learn the pager from the category with most articles, then from the next; from one that
        names a later page before all others (a month's or a tag's list may have one page)."""
        site = self.pages.try_site()
        listings = sorted(
            self.found.menu.categories,
            key=lambda one: (not shows_more(one.visit, site), -len(one.articles)),
        )
        for listing in listings[:2]:
            turned = await learn_pager(self.visitor, self.pool, site, listing.visit, listing.links)
            if turned is not None:
                self.found.turned = turned
                self.pages.clues.note_links(turned.links, turned.second)
                return

    async def _top_up(self) -> None:
        """Ask for articles of sections not seen yet, up to MOST_ARTICLES."""
        seen = {_section(url) for url in self.pages.judged}
        articles = [url for url in self.pages.list_articles() if url not in self.pages.judged]
        fresh = [url for url in articles if _section(url) not in seen]
        spread = articles[:: max(1, len(articles) // MOST_ARTICLES)]
        for url in dict.fromkeys([*_each_section(fresh), *spread]):
            if len(self.pages.read()) >= MOST_ARTICLES or not self.visitor.left:
                return
            await self.pages.judge(url)


def _section(url: str) -> str:
    return urlsplit(url).path.strip("/").partition("/")[0]


def _each_section(urls: Iterable[str]) -> list[str]:
    """The first address of every section."""
    return list({_section(url): url for url in reversed(list(urls))}.values())


def _advise(why: str) -> str:
    if why == "robots.txt":
        return "robots.txt forbids it: ask the paper for permission"
    if "robots.txt unavailable" in why:
        return "without its robots.txt nothing is asked: try again later"
    if why.startswith("address"):
        return "correct khobao.toml"
    return "look at it with a browser, correct the address or try again later"

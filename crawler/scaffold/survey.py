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
from urllib.parse import urlsplit

from crawler.read.pool import Pool
from crawler.scaffold.answers import KEPT, settle_feeders, settle_forms, settle_menu
from crawler.scaffold.clues import Clue, Clues, is_apart
from crawler.scaffold.ends import NotUnderstood, Unavailable
from crawler.scaffold.feeders import Feeders, find_feeders
from crawler.scaffold.findings import Findings
from crawler.scaffold.forms import Form, learn_forms, list_unexplained
from crawler.scaffold.kinds import Judged, drop_shared, judge_page
from crawler.scaffold.menus import list_entries, visit_menu
from crawler.scaffold.shapes import Shape, find_shape, sort_shapes
from crawler.scaffold.turning import learn_pager
from crawler.scaffold.visit import Visit, Visitor
from spiders.platform import load_platform
from spiders.recognise import Sample, recognise
from spiders.site import Site

FIRST_SHAPES, SHAPES = 2, 5  # articles asked for of the likeliest shape; shapes looked at
MOST_TRIES = 6  # addresses of one shape that are tried until a page comes
MOST_CATEGORIES = 9
MOST_ARTICLES = 8
PAGES_SEEN, FRAME = 5, 0.8  # pages from which on, and share of them, a link is the frame's
IDS = frozenset(("slug-#", "#-slug", "#", "uuid"))


class Survey:
    """One look at one paper."""

    def __init__(self, visitor: Visitor, pool: Pool, key: str) -> None:
        self.visitor = visitor
        self.pool = pool
        self.key = key
        self.judged: dict[str, Judged] = {}
        self.verdicts: dict[Shape, list[str]] = {}
        self.pages: list[list[Clue]] = []
        self.forms: list[Form] = []

    async def run(self, url: str) -> Findings:
        """Look at the paper whose front page is at ``url``.

        Raises Unavailable where it does not answer or may not be asked, NotUnderstood where no
        article was found.
        """
        home = await self._open(url)
        self.found = found = Findings(self.key, home.url)
        self._set_place(home)
        self._recognise(home)
        self.clues = Clues(found.site())
        self.pages.append(self.clues.note_page(home))
        self._note_hosts(home)
        feeders = await self._ask_feeders(home)
        await self._look_at_shapes(SHAPES)
        self._check_understood(home)
        self._recognise(home, *[page.visit for page in self.judged.values()][:3])
        self._learn_forms()
        await self._ask_menu()
        await self._turn_pages()
        await self._look_at_shapes(2, more=True)
        await self._top_up()
        self._learn_forms()
        settle_forms(found, self.forms, self.judged, self.list_articles(), self.list_others()[0])
        settle_feeders(found, feeders)
        settle_menu(found)
        found.articles = [page for page in self.judged.values() if page.kind == "article"]
        found.requests = self.visitor.asked
        return found

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
            host for host in (bare, f"www.{bare}") if host != own and host in self.clues.elsewhere
        ]
        if twins:
            self.found.set("domains", [*self.found.get("domains"), *twins], "seen")
            self.clues = Clues(self.found.site())
            self.pages = [self.clues.note_page(home)]

    # -- articles ---------------------------------------------------------------------------------

    async def _ask_feeders(self, home: Visit) -> Feeders:
        platform = self.found.get("platform")
        walk = load_platform(platform).answers.get("walk", {}) if platform else {}
        habits = [*walk.get("sitemaps", ()), *walk.get("feeds", ())]
        feeders = await find_feeders(self.visitor, home, self.clues, habits)
        for links in (*feeders.feeds.values(), *feeders.sitemaps.values()):
            self.found.announced += links
        return feeders

    async def _look_at_shapes(self, most: int, *, more: bool = False) -> None:
        """Ask for a page or two of the likeliest shapes that were not looked at yet."""
        known = self.verdicts if more else {}
        ranked = [clues for shape, clues in self._rank_shapes() if shape not in known]
        for place, clues in enumerate(ranked[:most]):
            if not (more and self._is_explained(clues)):
                await self._judge_some(clues, 1 if more or place else FIRST_SHAPES)

    async def _judge_some(self, clues: Sequence[Clue], count: int) -> None:
        """Ask for ``count`` of these addresses, spread over all; for others where one does not come
        (robots.txt, 404), up to MOST_TRIES."""
        step = max(1, len(clues) // count)
        urls = [clue.url for clue in (*clues[::step], *clues)]
        before = len(self.judged)
        for url in list(dict.fromkeys(urls))[:MOST_TRIES]:
            if len(self.judged) - before >= count:
                return
            await self._judge(url)

    def _rank_shapes(self) -> list[tuple[Shape, list[Clue]]]:
        """The shapes whose links sound like articles: most weight first."""
        likely = [
            c
            for c in self.clues
            if c.weight > 0 and not is_apart(c.url) and not self._is_known_other(c.url)
        ]
        shapes = sort_shapes(clue.url for clue in likely)
        found = []
        for shape, urls in shapes.items():
            clues = sorted((self.clues.known[url] for url in urls), key=lambda c: -c.weight)
            found.append((shape, clues))
        return sorted(found, key=lambda one: -sum(min(c.weight, 2.0) for c in one[1]))

    def _is_explained(self, clues: Sequence[Clue]) -> bool:
        urls = [clue.url for clue in clues]
        return bool(self.forms) and len(list_unexplained(self.forms, urls)) * 2 < len(urls)

    async def _judge(self, url: str) -> None:
        if url in self.judged:
            return
        visit = await self.visitor.get(url)
        if visit is None or visit.tree is None:
            return
        reading = await self.pool.read(visit.page("article"), self._try_site())
        self.judged[url] = Judged(visit, reading, judge_page(visit, reading))
        self.judged = drop_shared(self.judged)
        self.pages.append(self.clues.note_page(visit))
        self.verdicts = {}
        for one, page in self.judged.items():
            self.verdicts.setdefault(find_shape(one), []).append(page.kind)

    def _try_site(self) -> Site:
        """The site with regexes for all that sounds like articles, whatever they will turn out."""
        patterns = [form.pattern for form in self.forms]
        if not patterns:
            likely = [clue.url for _, clues in self._rank_shapes()[:3] for clue in clues]
            patterns = [form.pattern for form in learn_forms(likely, [])]
        return self.found.site({"article": patterns} if patterns else None)

    def _is_article_shape(self, shape: Shape) -> bool:
        kinds = self.verdicts.get(shape, [])
        return "article" in kinds and kinds.count("article") >= kinds.count("list")

    def list_articles(self) -> list[str]:
        """The addresses that are articles as far as is known: of shapes of which one was read."""
        found = []
        for clue in self.clues:
            page = self.judged.get(clue.url)
            if page is not None:
                if page.kind == "article":
                    found.append(clue.url)
            elif self._may_be_article(clue):
                found.append(clue.url)
        return found

    def _may_be_article(self, clue: Clue) -> bool:
        shape = find_shape(clue.url)
        if not self._is_article_shape(shape) or is_apart(clue.url):
            return False
        if self._is_known_other(clue.url) or self._is_everywhere(clue):
            return False
        telling = shape.last in IDS or shape.dated or bool(shape.keys)
        return clue.weight > 0 or (telling and not clue.menu)

    def _is_known_other(self, url: str) -> bool:
        """Whether an address is the front page, or an entry of the menu that was looked at."""
        menu = self.found.menu
        looked = {one.clue.url for one in (*menu.categories, *menu.others)}
        return url == self.found.home or url in looked

    def _is_everywhere(self, clue: Clue) -> bool:
        """Whether (nearly) every page that was seen links to an address: the paper's frame does,
        with its tags and topics. The newest articles may stand there too, and in lists besides."""
        return len(self.pages) >= PAGES_SEEN and len(clue.sources) > FRAME * len(self.pages)

    def list_others(self) -> tuple[list[str], list[str]]:
        """The addresses that are no articles: those whose pages were seen, and those of menus."""
        menu = self.found.menu
        seen = [url for url, page in self.judged.items() if page.kind == "list"]
        seen += [one.clue.url for one in (*menu.categories, *menu.others)]
        seen.append(self.found.home)
        taken = set(self.list_articles())
        named = [
            clue.url
            for clue in self.clues
            if clue.url not in taken
            and ((clue.menu and not clue.headline) or is_apart(clue.url) or clue.foot)
        ]
        return list(dict.fromkeys(seen)), named

    def _learn_forms(self) -> None:
        """Regexes without any other address; where that leaves articles out, with fewer others,
        at last with lists under an article's address, which reading tells apart by their page."""
        articles = self.list_articles()
        seen, named = self.list_others()
        self.forms = learn_forms(articles, [*seen, *named])
        if len(list_unexplained(self.forms, articles)) > (1 - KEPT) * len(articles):
            plain = [url for url in named if not self._is_article_shape(find_shape(url))]
            apart = [url for url in seen if not self._is_article_shape(find_shape(url))]
            for others in ([*seen, *plain], [*apart, *plain]):
                forms = learn_forms(articles, others)
                left = len(list_unexplained(self.forms, articles))
                if len(list_unexplained(forms, articles)) < left:
                    self.forms = forms

    def _check_understood(self, home: Visit) -> None:
        if any(page.kind == "article" for page in self.judged.values()):
            return
        links = sum(clue.weight > 0 for clue in self.clues)
        drawn = "" if links else " (its links are drawn by scripts, or it has none)"
        asked = ", ".join(f"{page.kind} {url}" for url, page in list(self.judged.items())[:3])
        raise NotUnderstood(
            f"{home.url}: no page of an article was found; {links} links sound like headlines"
            f"{drawn}{'; seen: ' + asked if asked else ''}. Nothing was written. Remedy: give the "
            "address of the page that lists the news, or write the profile by hand as "
            "spiders/README.md shows"
        )

    # -- categories -------------------------------------------------------------------------------

    async def _ask_menu(self) -> None:
        self.clues.site = self._try_site()
        read = {url for url, page in self.judged.items() if page.kind == "article"}
        entries = [
            clue
            for clue in list_entries(self.clues, self.pages)
            if clue.url not in read and clue.url != self.found.home
        ]
        most = min(MOST_CATEGORIES, max(self.visitor.left - 8, 2))
        self.found.menu = await visit_menu(
            self.visitor, self.pool, self._try_site(), self._drop_articles(entries), most
        )
        for listing in self.found.menu.categories:
            self.clues.note_page(listing.visit)
            self.found.announced += listing.links
        self._learn_forms()

    def _drop_articles(self, entries: Sequence[Clue]) -> list[Clue]:
        """Without entries that a regex with an id calls articles: a headline in the menu."""
        forms = [re.compile(form.pattern) for form in self.forms if form.has_id]
        return [clue for clue in entries if not any(form.search(clue.url) for form in forms)]

    async def _turn_pages(self) -> None:
        """Learn the pager from the category with most articles, then from the next."""
        site = self._try_site()
        listings = sorted(self.found.menu.categories, key=lambda one: -len(one.articles))
        for listing in listings[:2]:
            turned = await learn_pager(self.visitor, self.pool, site, listing.visit, listing.links)
            if turned is not None:
                self.found.turned = turned
                self.clues.note_links(turned.links, turned.second)
                return

    async def _top_up(self) -> None:
        """Ask for articles of sections not seen yet, up to MOST_ARTICLES."""
        seen = {_section(url) for url in self.judged}
        articles = [url for url in self.list_articles() if url not in self.judged]
        fresh = [url for url in articles if _section(url) not in seen]
        spread = articles[:: max(1, len(articles) // MOST_ARTICLES)]
        for url in dict.fromkeys([*_each_section(fresh), *spread]):
            count = sum(page.kind == "article" for page in self.judged.values())
            if count >= MOST_ARTICLES or not self.visitor.left:
                return
            await self._judge(url)


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

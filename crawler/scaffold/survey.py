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

from archive.records import Role
from crawler.read.pool import Pool
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
from spiders import address
from spiders.platform import load_platform
from spiders.recognise import Sample, recognise
from spiders.site import Site

FIRST_SHAPES, SHAPES = 2, 5  # articles asked for of the likeliest shape; shapes looked at
MOST_CATEGORIES = 9
MOST_ARTICLES = 8
KEPT = 0.95  # share of articles that regexes have to explain
IDS = frozenset(("slug-#", "#-slug", "#", "uuid"))
PAGES = 20  # of a category: paging stops where everything is known, so that only the first is long


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
        self._learn_forms()
        await self._ask_menu()
        await self._turn_pages()
        await self._look_at_shapes(2, more=True)
        await self._top_up()
        self._learn_forms()
        self._settle_forms()
        self._settle_feeders(feeders)
        self._settle_menu()
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

    def _recognise(self, home: Visit) -> None:
        self.samples = [Sample(home.url, home.text, dict(home.headers))]
        self.found.recognised = recognise(*self.samples)
        if self.found.recognised:
            self.found.set("platform", self.found.recognised[0].platform, "seen")

    def _note_hosts(self, home: Visit) -> None:
        """Take the same host with and without "www." for the paper's, where its pages link there."""
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
        ranked = [one for one in self._rank_shapes() if not (more and one[0] in self.verdicts)]
        for place, (shape, clues) in enumerate(ranked[:most]):
            count = FIRST_SHAPES if place == 0 and not more else 1
            if more and self._is_explained(clues):
                continue
            step = max(1, len(clues) // count)
            for clue in clues[::step][:count]:
                await self._judge(clue.url)

    def _rank_shapes(self) -> list[tuple[Shape, list[Clue]]]:
        """The shapes whose links sound like articles: most weight first."""
        likely = [
            c
            for c in self.clues
            if c.weight > 0 and not is_apart(c.url) and c.url != self.found.home
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
        """The site with regexes for all that sounds like articles, whatever it will turn out to be."""
        patterns = [form.pattern for form in self.forms]
        if not patterns:
            likely = [clue.url for _, clues in self._rank_shapes()[:3] for clue in clues]
            patterns = [form.pattern for form in learn_forms(likely, [])]
        return self.found.site({"article": patterns} if patterns else None)

    def _is_article_shape(self, shape: Shape) -> bool:
        kinds = self.verdicts.get(shape, [])
        return kinds.count("article") > len(kinds) / 2 or (
            "article" in kinds and "list" not in kinds
        )

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
        if not self._is_article_shape(shape) or is_apart(clue.url) or clue.url == self.found.home:
            return False
        telling = shape.last in IDS or shape.dated or bool(shape.keys)
        return clue.weight > 0 or (telling and not clue.menu)

    def list_others(self) -> tuple[list[str], list[str]]:
        """The addresses that are no articles: those whose pages were seen, and those of menus."""
        menu = self.found.menu
        seen = [url for url, page in self.judged.items() if page.kind == "list"]
        seen += [one.clue.url for one in (*menu.categories, *menu.others)]
        seen.append(self.found.home)
        taken = set(self.list_articles())
        named = [c.url for c in self.clues if c.menu and not c.headline and c.url not in taken]
        return list(dict.fromkeys(seen)), named

    def _learn_forms(self) -> None:
        """Regexes without any other address; where that leaves articles out, with fewer others."""
        articles = self.list_articles()
        seen, named = self.list_others()
        self.forms = learn_forms(articles, [*seen, *named])
        if len(list_unexplained(self.forms, articles)) > (1 - KEPT) * len(articles):
            plain = [url for url in named if not self._is_article_shape(find_shape(url))]
            forms = learn_forms(articles, [*seen, *plain])
            if len(list_unexplained(forms, articles)) < len(list_unexplained(self.forms, articles)):
                self.forms = forms

    def _check_understood(self, home: Visit) -> None:
        if any(page.kind == "article" for page in self.judged.values()):
            return
        links = sum(clue.weight > 0 for clue in self.clues)
        drawn = "" if links else " (its links are drawn by scripts, or it has none)"
        asked = ", ".join(f"{page.kind} {url}" for url, page in list(self.judged.items())[:3])
        raise NotUnderstood(
            f"{home.url}: no page of an article was found; {links} links sound like headlines{drawn}"
            f"{'; seen: ' + asked if asked else ''}. Nothing was written. Remedy: give the address of "
            "the page that lists the news, or write the profile by hand as spiders/README.md shows"
        )

    # -- categories -------------------------------------------------------------------------------

    async def _ask_menu(self) -> None:
        self.clues.site = self._try_site()
        entries = [
            clue
            for clue in list_entries(self.clues, self.pages)
            if clue.url not in self.judged and clue.url != self.found.home
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

    # -- answers ----------------------------------------------------------------------------------

    def _settle_forms(self) -> None:
        """Set ``walk.article``, unless the platform's regexes or the shape do as well."""
        articles, seen = self.list_articles(), self.list_others()[0]
        bare = self.found.site()
        own = bare.profile.walk.article
        fitting = _fits(bare, articles, seen)
        telling = any(form.has_id or "\\d" in form.pattern for form in self.forms)
        unexplained = list_unexplained(self.forms, articles)
        whole = len(unexplained) <= (1 - KEPT) * len(articles)
        read = [url for url, page in self.judged.items() if page.kind == "article"]
        if fitting and (own or not telling or not whole):
            how = f"{self.found.get('platform')}'s regex" if own else "the shape of addresses"
            if own:
                self.found.trust["walk.article"] = "seen"
            says = f"{how} decides: right on {len(articles)} articles and {len(seen)} other pages"
            self.found.note("found", "walk.article", says)
            return
        if not self.forms:
            says = (
                "nothing in their addresses tells articles from other pages: look at walk.article"
            )
            self.found.note("look", "walk.article", says)
            return
        self.found.set("walk.article", [form.pattern for form in self.forms])
        proven = all(any(re.search(f.pattern, url) for url in read) for f in self.forms)
        self.found.trust["walk.article"] = "seen" if proven else "guess"
        says = f"{len(self.forms)} regex: {len(articles) - len(unexplained)} of {len(articles)} addresses"
        ids = "with" if any(form.has_id for form in self.forms) else "without"
        self.found.note("found", "walk.article", f"{says}, {ids} an id; {len(read)} of them read")
        if unexplained:
            says = f"{len(unexplained)} addresses that may be articles match no regex: {unexplained[0]}"
            self.found.note("look", "walk.article", says)

    def _settle_feeders(self, feeders: Feeders) -> None:
        site = self.found.site()
        for word, known in (("feeds", feeders.feeds), ("sitemaps", feeders.sitemaps)):
            kept = [
                u
                for u, links in known.items()
                if any(self._announces(site, x.url, x.role) for x in links)
            ]
            family = getattr(site.profile.walk, word)
            if kept:
                self.found.set(f"walk.{word}", [self._shorten(url) for url in kept], "seen")
                self.found.note("found", f"walk.{word}", ", ".join(kept))
            else:
                if family:
                    self.found.set(f"walk.{word}", [])
                self.found.note(
                    "missing", f"walk.{word}", f"no {word.rstrip('s')} with articles was found"
                )
        if feeders.named:
            says = f"robots.txt names {len(feeders.named)} more, not looked at: {feeders.named[0]}"
            self.found.note("look", "walk.sitemaps", says)

    def _announces(self, site: Site, url: str, role: Role) -> bool:
        return role == "sitemap" or site.role(url) == "article"

    def _settle_menu(self) -> None:
        menu, found = self.found.menu, self.found
        site = found.site()
        listed = [one.clue.url for one in menu.categories if site.role(one.clue.url) != "article"]
        if listed:
            found.set("walk.categories", [self._shorten(url) for url in listed], "seen")
            found.note(
                "found",
                "walk.categories",
                f"{len(listed)}: " + ", ".join(map(self._shorten, listed)),
            )
        else:
            found.note("missing", "walk.categories", "no page of the menu lists articles")
        unseen = [clue.url for clue in menu.unseen if site.role(clue.url) != "article"]
        if unseen and listed:
            found.set("walk.category", [_alternate(unseen)], "guess")
            says = (
                f"{len(unseen)} entries of the menu were not looked at and are taken for categories"
            )
            found.note(
                "look", "walk.category", f"{says}: {', '.join(map(self._shorten, unseen[:5]))}"
            )
        dropped = [self._shorten(one.clue.url) for one in menu.others]
        if dropped:
            found.note(
                "look",
                "walk.categories",
                f"in the menu, but list no articles: {', '.join(dropped)}",
            )
        self._settle_pager(site)

    def _settle_pager(self, site: Site) -> None:
        turned, found = self.found.turned, self.found
        if turned is None:
            says = "no second page of a category was found; only first pages are walked"
            found.note("missing", "walk.pager", says)
            return
        if turned.word != site.profile.walk.pager:
            found.set("walk.pager", turned.word)
        found.trust["walk.pager"] = "seen"
        found.set("walk.pages", PAGES)
        found.note("found", "walk.pager", f"{turned.word}: {turned.second} has other articles")

    def _shorten(self, url: str) -> str:
        """An address on the front page's host as its path."""
        parts, home = address.split(url), address.split(self.found.home)
        if (
            parts is None
            or home is None
            or (parts.scheme, parts.host, parts.port)
            != (
                home.scheme,
                home.host,
                home.port,
            )
        ):
            return url
        return parts.path + (f"?{parts.query}" if parts.query else "")


def _fits(site: Site, articles: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a site's own words tell these articles from these pages."""
    right = sum(site.role(url) == "article" for url in articles)
    return right >= KEPT * len(articles) and not any(site.role(url) == "article" for url in others)


def _section(url: str) -> str:
    return urlsplit(url).path.strip("/").partition("/")[0]


def _each_section(urls: Iterable[str]) -> list[str]:
    """The first address of every section."""
    return list({_section(url): url for url in reversed(list(urls))}.values())


def _alternate(urls: Sequence[str]) -> str:
    """One regex for addresses as they are."""
    paths = sorted({re.escape(urlsplit(url).path.strip("/")).replace(r"\-", "-") for url in urls})
    return rf"^https?://[^/?#]+/(?:{'|'.join(paths)})/?$"


def _advise(why: str) -> str:
    if why == "robots.txt":
        return "robots.txt forbids it: ask the paper for permission"
    if "robots.txt unavailable" in why:
        return "without its robots.txt nothing is asked: try again later"
    if why.startswith("address"):
        return "correct khobao.toml"
    return "look at it with a browser, correct the address or try again later"

"""Sorts the pages of an unknown paper while they are seen: articles, lists, and what is neither.

Each page that comes changes what is thought of the addresses that were not asked for: of the shape
of its address, of its variant of that shape (a gallery's address is made as an article's is), and
of the regexes. Asks for single pages; what is asked for next the survey decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from crawler.read.pool import Pool
from crawler.scaffold.answers import KEPT
from crawler.scaffold.clues import Clue, Clues
from crawler.scaffold.findings import Findings
from crawler.scaffold.forms import Form, learn_forms, list_unexplained
from crawler.scaffold.heads import find_heads
from crawler.scaffold.kinds import Judged, drop_shared, judge_page, list_lines
from crawler.scaffold.shapes import (
    Shape,
    Variant,
    find_shape,
    name_variant,
    sort_shapes,
    take_apart,
)
from crawler.scaffold.variants import list_parts, list_refuted
from crawler.scaffold.visit import Visit, Visitor
from spiders.site import Site

PAGES_SEEN, FRAME = 5, 0.8  # pages from which on, and share of them, a link is the frame's
IDS = frozenset(("slug-#", "#-slug", "#", "uuid"))


class Pages:
    """The pages and addresses of one paper as far as they are known."""

    def __init__(self, visitor: Visitor, pool: Pool, found: Findings, home: Visit) -> None:
        self.visitor = visitor
        self.pool = pool
        self.found = found
        self.clues = Clues(found.site())
        self.judged: dict[str, Judged] = {}
        self.verdicts: dict[Shape, list[str]] = {}
        self.refuted: set[Variant] = set()
        self.heads: frozenset[str] = frozenset()
        self.lines = {home.url: list_lines(home)}  # of the pages seen, by address
        self.linked: list[list[Clue]] = [self.clues.note_page(home)]
        self.forms: list[Form] = []
        self._announced: tuple[int, set[str]] = (-1, set())

    def rank_shapes(self) -> list[tuple[Shape, list[Clue]]]:
        """The shapes whose links sound like articles: most weight first."""
        likely = [
            c
            for c in self.clues
            if c.weight > 0 and not c.apart and not self._is_known_other(c.url)
        ]
        shapes = sort_shapes(clue.url for clue in likely)
        found = []
        for shape, urls in shapes.items():
            clues = sorted((self.clues.known[url] for url in urls), key=lambda c: -c.weight)
            found.append((shape, clues))
        return sorted(found, key=lambda one: -sum(min(c.weight, 2.0) for c in one[1]))

    def is_explained(self, clues: Sequence[Clue]) -> bool:
        """Whether the regexes so far match at least half of some addresses."""
        urls = [clue.url for clue in clues]
        return bool(self.forms) and len(list_unexplained(self.forms, urls)) * 2 < len(urls)

    async def judge(self, url: str) -> None:
        """Ask for a page once, say what it is, and think again of what is not asked for."""
        if url in self.judged:
            return
        visit = await self.visitor.get(url)
        if visit is None or visit.tree is None:
            return
        site = self.try_site()
        reading = await self.pool.read(visit.page("article"), site)
        elsewhere = frozenset[str]().union(*(self.lines[u] for u in self.lines if u != url))
        kind = judge_page(visit, reading, site, elsewhere)
        original = self.clues.get(reading.canonical_url or "")
        if original is not None and original.url != url:
            kind = "list"  # for printers or telephones: its lines are the article's
        else:
            self.lines[url] = list_lines(visit)
        self.judged[url] = Judged(visit, reading, kind)
        self.judged = drop_shared(self.judged)
        self.linked.append(self.clues.note_page(visit))
        self._weigh()

    def _weigh(self) -> None:
        """Think again of which variants there are, and what they and the shapes are."""
        self.heads = find_heads((clue.url, clue.words) for clue in self.clues)
        self.refuted = list_refuted({u: page.kind for u, page in self.judged.items()}, self.name)
        self.verdicts = {}
        for one, page in self.judged.items():
            if self.name(one) not in self.refuted:
                self.verdicts.setdefault(find_shape(one), []).append(page.kind)

    def name(self, url: str) -> Variant:
        """The variant of an address, beside the others of this paper."""
        return name_variant(url, self.heads)

    def is_settled(self, url: str, most: int) -> bool:
        """Whether enough is known of an address's variant: it is refuted, an article was read of
        it, or as many pages as ``most`` where its name makes it doubtful."""
        variant = self.name(url)
        kinds = [page.kind for one, page in self.judged.items() if self.name(one) == variant]
        if variant in self.refuted or len(kinds) >= most:
            return True
        return "article" in kinds and not self.is_doubtful(url)

    def is_doubtful(self, url: str) -> bool:
        """Whether an address has a word of the system's, or a folder that is no section's: one
        page of its variant that looks like an article does not tell."""
        variant = self.name(url)
        paths = (take_apart(clue.url) for clue in self.clues)
        sections = {path.stem for path in paths if not path.folders}
        return bool(variant.head) or variant.folder not in {"", *sections}

    def try_site(self) -> Site:
        """The site with regexes for all that sounds like articles, whatever they will turn out."""
        patterns = [form.pattern for form in self.forms]
        if not patterns:
            likely = [clue.url for _, clues in self.rank_shapes()[:3] for clue in clues]
            patterns = [form.pattern for form in learn_forms(likely, [], self.heads)]
        return self.found.site({"article": patterns} if patterns else None)

    def _is_article_shape(self, shape: Shape) -> bool:
        kinds = self.verdicts.get(shape, [])
        return "article" in kinds and kinds.count("article") >= kinds.count("list")

    def list_articles(self) -> list[str]:
        """The addresses that are articles as far as is known: of shapes of which one was read."""
        found = []
        for clue in self.clues:
            if clue.url in self.judged:
                if self.is_article(clue.url):
                    found.append(clue.url)
            elif self.may_be_article(clue):
                found.append(clue.url)
        return found

    def is_article(self, url: str) -> bool:
        """Whether a page that was seen is an article, and its like are none of them something
        else by their own word."""
        return self.judged[url].kind == "article" and self.name(url) not in self.refuted

    def read(self) -> list[Judged]:
        """The articles that were seen."""
        return [page for url, page in self.judged.items() if self.is_article(url)]

    def may_be_article(self, clue: Clue) -> bool:
        """Whether an address that was not asked for is an article's, as far as is known."""
        shape = find_shape(clue.url)
        if not self._is_article_shape(shape) or clue.apart:
            return False
        if self.name(clue.url) in self.refuted:
            return False
        if self._is_known_other(clue.url) or self._is_everywhere(clue):
            return False
        if self._is_twin(clue):
            return False
        telling = shape.last in IDS or shape.dated or bool(shape.keys)
        return clue.weight > 0 or (telling and not clue.menu)

    def _is_twin(self, clue: Clue) -> bool:
        """Whether an address without a headline has the number or the words of one that has: for
        printers, telephones, comments."""
        return clue.weight <= 0 and bool(list_parts(clue.url) & self._list_announced())

    def _list_twins(self) -> list[str]:
        """The twins that nothing but the article itself, and other twins, link to."""
        return [
            clue.url
            for clue in self.clues
            if self._is_twin(clue)
            and clue.url not in self.judged
            and all(list_parts(clue.url) & list_parts(source) for source in clue.sources)
        ]

    def _list_announced(self) -> set[str]:
        """The numbers, or last words, of the addresses that are announced with a headline."""
        if self._announced[0] != len(self.clues.known):
            parts = {part for one in self.clues if one.weight > 0 for part in list_parts(one.url)}
            self._announced = (len(self.clues.known), parts)
        return self._announced[1]

    def _is_known_other(self, url: str) -> bool:
        """Whether an address is the front page, or an entry of the menu that was looked at."""
        menu = self.found.menu
        looked = {one.clue.url for one in menu.looked}
        return url == self.found.home or url in looked

    def _is_everywhere(self, clue: Clue) -> bool:
        """Whether (nearly) every page that was seen links to an address: the paper's frame does,
        with its tags and topics. The newest articles may stand there too, and in lists besides."""
        return len(self.linked) >= PAGES_SEEN and len(clue.sources) > FRAME * len(self.linked)

    def list_framed(self) -> list[str]:
        """The addresses that (nearly) every page links to and no feed announces."""
        return [c.url for c in self.clues if self._is_everywhere(c) and "feed" not in c.sources]

    def dismiss(self, urls: Iterable[str]) -> None:
        """Judge pages that were seen to be no articles after all."""
        for url in urls:
            self.judged[url] = replace(self.judged[url], kind="other")
        self._weigh()

    def list_others(self) -> tuple[list[str], list[str]]:
        """The addresses that are no articles: those whose pages were seen, and those of menus."""
        menu = self.found.menu
        seen = [url for url, page in self.judged.items() if page.kind in ("list", "apart")]
        seen += [c.url for c in self.clues if self.name(c.url) in self.refuted]
        seen += self._list_twins()
        seen += [one.clue.url for one in menu.looked]
        seen.append(self.found.home)
        taken = set(self.list_articles())
        named = [
            clue.url
            for clue in self.clues
            if clue.url not in taken
            and ((clue.menu and not clue.headline) or clue.apart or clue.foot)
        ]
        return list(dict.fromkeys(seen)), named

    def learn_forms(self) -> None:
        """Regexes without any other address; where that leaves articles out, with fewer others,
        at last with lists under an article's address, which reading tells apart by their page."""
        self._weigh()
        articles = self.list_articles()
        seen, named = self.list_others()
        self.forms = learn_forms(articles, [*seen, *named], self.heads)
        if len(list_unexplained(self.forms, articles)) > (1 - KEPT) * len(articles):
            plain = [url for url in named if not self._is_article_shape(find_shape(url))]
            apart = [url for url in seen if not self._is_article_shape(find_shape(url))]
            for others in ([*seen, *plain], [*apart, *plain]):
                forms = learn_forms(articles, others, self.heads)
                left = len(list_unexplained(self.forms, articles))
                if len(list_unexplained(forms, articles)) < left:
                    self.forms = forms

"""Learns where headline, lead and text stand from what a paper's articles do and do not share.

    on one article alone, long, no link     its own: the text is where most of it stands
    on several articles, or links           the paper's: no text holds it
    on a list, short                        neither

One page does not tell its text from its comments, its bylines and its frame where nothing is named
for what it is; eight pages do. What is learned here may change what is read, so that it is
believed only if the readings then hold less of the paper's and no less of the articles' own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml.html import HtmlElement

from archive.records import Reading
from crawler.read.blocks import Block, lay_out
from crawler.read.clean import key
from crawler.read.dates import parse_date
from crawler.read.select import select
from crawler.read.signs import Sign
from crawler.read.words import read_words
from crawler.scaffold.clues import weigh_words
from crawler.scaffold.kinds import Judged
from crawler.scaffold.names import list_names
from crawler.scaffold.standfirst import STAMP, learn_lead, list_between, may_lead

LEAST = 3  # articles without which nothing is compared
LONG = 50  # letters of a line that may be an article's own
MOST = 0.8  # share of the articles on which a selector has to lead to one element
COST, HEADED = 2, 200  # what a letter of the paper's costs, and a headline within the text
HELD = 0.35  # share of the own letters that a text holds, the rest may be comments
RIVAL = 0.4  # share of the best score with which an earlier place is the text, a later its comments
TITLE = 12  # letters of a headline
NEAR = 3  # lines behind a text
_ENDS = ".!?…。។”»"


@dataclass
class Ground:
    """One article's page laid out, with what its lines are beside the other pages'."""

    page: Judged
    tree: HtmlElement
    headline: str  # folded
    shared: frozenset[str]  # folded lines of other articles too
    listed: frozenset[str]  # folded lines of lists, without those that all lists have
    _laid: dict[HtmlElement, list[Block]] = field(default_factory=dict)

    @cached_property
    def blocks(self) -> list[Block]:
        """The lines of the page."""
        return lay_out(self.tree)

    def is_own(self, block: Block) -> bool:
        """Whether a line is this article's alone, and long enough to be its text."""
        return (
            block.links < 0.5
            and weigh_words(block.text) >= LONG
            and block.folded not in self.shared
            and block.folded not in self.listed
            and block.folded != self.headline
            and not block.signs & (Sign.COMMENT | Sign.RELATED)
            and not (len(block.text) < STAMP and parse_date(block.text))
        )

    def is_alien(self, block: Block) -> bool:
        """Whether a line is the paper's: a link, or what other articles say as well."""
        return block.links >= 0.5 or (len(block.folded) > 2 and block.folded in self.shared)

    @cached_property
    def own(self) -> list[Block]:
        """The lines that are this article's alone."""
        return [block for block in self.blocks if self.is_own(block)]

    def weigh(self, element: HtmlElement) -> tuple[int, int]:
        """(own, alien) letters within an element; its headline counts as alien."""
        own = alien = 0
        for block in self._lay_out(element):
            if block.folded == self.headline:
                alien += HEADED
            elif self.is_own(block):
                own += len(block.text)
            elif self.is_alien(block):
                alien += len(block.text)
        return own, alien

    def span(self, element: HtmlElement | None) -> tuple[int, int]:
        """The places of the first and the last own line within an element; (0, 0) for none."""
        places = [] if element is None else [block.place for block in self.list_within(element)]
        return (places[0], places[-1]) if places else (0, 0)

    def list_within(self, element: HtmlElement) -> list[Block]:
        """The own lines within an element, be it a part of the one that they stand in."""
        lines = {block.folded for block in self._lay_out(element) if self.is_own(block)}
        return [block for block in self.own if block.folded in lines]

    def _lay_out(self, element: HtmlElement) -> list[Block]:
        """The lines of an element by itself: those of a cell are not its row's then."""
        if element not in self._laid:
            self._laid[element] = lay_out(element)
        return self._laid[element]


def lay_ground(
    pages: Sequence[Judged], lists: Iterable[HtmlElement], words: Mapping[str, str]
) -> list[Ground]:
    """The pages laid out and compared; ``words``: how links to each announce it."""
    held = [(page, page.visit.tree) for page in pages if page.visit.tree is not None]
    laid = [{block.folded for block in lay_out(tree)} for _, tree in held]
    counts = Counter(line for lines in laid for line in lines)
    shared = frozenset(line for line, count in counts.items() if count > 1)
    shown = [{b.folded for b in lay_out(tree) if len(b.folded) > TITLE} for tree in lists]
    framed = frozenset.intersection(*map(frozenset, shown)) if len(shown) > 1 else frozenset()
    listed = frozenset[str]().union(*shown) - framed
    return [
        Ground(page, tree, _find_headline(tree, words.get(page.visit.asked, "")), shared, listed)
        for page, tree in held
    ]


def _find_headline(tree: HtmlElement, words: str) -> str:
    """The folded line of a page that its title element says, or the links to it; "" for none."""
    title = key(" ".join((tree.findtext(".//title") or "").split()))
    told = key(words)
    best = ""
    for block in lay_out(tree):
        fits = block.folded in title or block.folded == told
        if fits and weigh_words(block.text) >= TITLE and block.links < 0.5:
            best = max(best, block.folded, key=len)
    return best


def learn_contrast(ground: Sequence[Ground]) -> dict[str, str]:
    """Selectors for title, lead and body, as far as the pages tell them."""
    if len(ground) < LEAST:
        return {}
    found: dict[str, str] = {}
    if css := _learn_title(ground):
        found["title"] = css
    if css := _learn_body(ground):
        found["body"] = css
        if lead := learn_lead(ground, (css,)):
            found["lead"] = lead
    return found


def _learn_title(ground: Sequence[Ground]) -> str | None:
    """The name that leads to the headline and nothing else on every page; None where pages share
    headlines."""
    lines = [one.headline for one in ground]
    if "" in lines or len(set(lines)) < len(lines):
        return None
    first = ground[0]
    for block in first.blocks:
        if block.folded == first.headline and block.element is not None:
            for element in (*block.element.iter("b", "strong", "font", "span"), block.element):
                for css in list_names(element) if key(read_words(element)) == block.folded else ():
                    if all(_says(one, css, one.headline) for one in ground):
                        return css
    return None


def _says(one: Ground, css: str, folded: str) -> bool:
    found = select(one.tree, (css,))
    return len(found) == 1 and key(read_words(found[0])) == folded


def _learn_body(ground: Sequence[Ground]) -> str | None:
    """The name of the element that holds most of the articles' own and least of the paper's."""
    richest = max(ground, key=lambda one: sum(len(b.text) for b in one.own))
    total = sum(len(block.text) for one in ground for block in one.own)
    scores: dict[str, int] = {}
    for css in _list_containers(richest):
        weighed = [one.weigh(e) for one in ground if (e := _find_one(one.tree, css)) is not None]
        own = sum(mine for mine, _ in weighed)
        if len(weighed) >= MOST * len(ground) and own >= HELD * total:
            scores[css] = own - COST * sum(alien for _, alien in weighed)
    if not scores or max(scores.values()) <= 0:
        return None
    best = max(scores.values())
    rivals = [css for css, score in scores.items() if score >= RIVAL * best]
    return max(rivals, key=lambda css: _rank(richest, css, rivals, scores))


def _rank(
    one: Ground, css: str, rivals: Sequence[str], scores: Mapping[str, int]
) -> tuple[int, int, bool]:
    """Places before which another rival ends rank lower: what follows a text are its comments. Of
    equal places the one with a name of its own is taken."""
    start, _ = one.span(_find_one(one.tree, css))
    ends = [one.span(_find_one(one.tree, rival))[1] for rival in rivals]
    return -sum(0 < end < start for end in ends), scores[css], not re.search(r"[\[>]", css)


def _list_containers(one: Ground) -> list[str]:
    """The names of all elements around the own lines of a page, inner ones first."""
    elements: dict[HtmlElement, None] = {}
    for block in one.own:
        if block.element is not None:
            cells = block.element.findall("td")  # a line of a table stands in its row
            elements |= dict.fromkeys((*cells, block.element, *block.element.iterancestors()))
    inner = [e for e in elements if e.tag not in ("body", "html", "p")]
    inner.sort(key=lambda e: -sum(1 for _ in e.iterancestors()))
    return list(dict.fromkeys(css for element in inner for css in list_names(element, above=1)))


def _find_one(tree: HtmlElement, css: str) -> HtmlElement | None:
    found = select(tree, (css,))
    return found[0] if len(found) == 1 and isinstance(found[0], HtmlElement) else None


def is_better(
    ground: Sequence[Ground], before: Sequence[Reading], after: Sequence[Reading], body: str
) -> bool:
    """Whether the readings ``after`` hold less of the paper's, or as little, and no less of the
    articles' own, comments aside."""
    kept = lost = gained = 0
    for one, old, new in zip(ground, before, after, strict=True):
        own, after_text = {b.folded: len(b.text) for b in one.own}, _Later(one, body)
        own |= {b.folded: len(b.text) for b in list_between(one, (body,)) if may_lead(one, b)}
        was, now = _fold_text(old), _fold_text(new)
        missing = sum(own[line] for line in was & own.keys() - now if not after_text.has(line))
        kept += sum(own[line] for line in now & own.keys())
        lost += missing
        gained += sum(own[line] for line in now & own.keys() - was)
        gained += sum(min(len(line), LONG) for line in was - now - own.keys())
        if not now:
            return False
    return lost <= 0.05 * kept if gained else not lost


class _Later:
    """The lines of a page that stand behind its text and a line of the paper's: comments."""

    def __init__(self, one: Ground, body: str) -> None:
        _, last = one.span(_find_one(one.tree, body))
        rest = one.blocks[last + 1 :]
        parted = next((n for n, b in enumerate(rest) if one.is_alien(b) or b.is_heading), len(rest))
        self._lines = {block.folded for block in rest[parted:]}

    def has(self, folded: str) -> bool:
        """Whether a folded line stands there."""
        return folded in self._lines


def _fold_text(reading: Reading) -> set[str]:
    article = reading.article
    if article is None:
        return set()
    lines = [*article.text.split("\n"), article.lead or ""]
    return {folded for line in lines if (folded := key(line))}


def list_shared(
    ground: Sequence[Ground], readings: Sequence[Reading], headlines: Container[str] = ()
) -> list[str]:
    """The lines that most of the articles' pages have, in these texts or just around them: speech
    to the reader, which some texts take in. Half of "Stay informed? Join our channel" is a link.
    What is news is none: folded ``headlines``, as a box of what is read most has them, and dates.
    """
    pages = [{b.folded for b in one.blocks} for one in ground]
    told = [line for r in readings if r.article for line in r.article.text.split("\n")]
    around = [b.text for one in ground for b in _list_around(one)]
    found: dict[str, str] = {}
    for line in (*told, *around):
        folded = key(line)
        most = sum(folded in page for page in pages) >= max(LEAST, 0.6 * len(pages))
        if folded and most and folded not in ground[0].listed and not is_news(line, headlines):
            found.setdefault(folded, line)
    return list(found.values())


def is_news(line: str, headlines: Container[str]) -> bool:
    """Whether a line is one article's or one day's: a headline, a short line with a date, a
    dateline that stands by itself ("TENNICK (AP) —")."""
    dated = len(line) < STAMP and parse_date(line) is not None
    return key(line) in headlines or dated or line.rstrip().endswith(("-", "–", "—"))


def _list_around(one: Ground) -> list[Block]:
    """The lines from the headline to just behind the last own line."""
    last = one.own[-1].place if one.own else 0
    first = next((b.place for b in one.blocks if b.folded == one.headline), last)
    return [b for b in one.blocks[first : last + NEAR] if b.links < 0.5 and len(b.text) < STAMP]

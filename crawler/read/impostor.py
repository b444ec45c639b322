"""Recognise a page that claims to be an article and is none, and say by what it was known.

    captcha · consent-wall · login · parked-domain · maintenance     a wall: someone else answers
    soft-404                                                         the paper says it is gone
    paywall-stub · list-page                                         another page of the paper

Decision: an accusation needs a sentence that is the message (impostor.toml), or a control or script
of a wall, *and* a page that tells no story: words alone stand in every article about captchas, and
vendors' scripts on every page with a comment form. A page with a headline, a date that it declares
and some paragraphs is never looked at: 4 of 5 real pages, so the look costs next to nothing. A
wrong accusation costs an article, a missed one a wrong article: in doubt the page is innocent.
Rejected: a learned classifier (no evidence to show, another verdict with each release), the size
of the page or the likeness to known walls (tickers and galleries are alike, too), vendors' names
alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from archive.index.target import OTHER
from archive.index.turned import HEADED
from archive.records import Article, Impostor, Role
from crawler.read.glance import Glance, fold, is_message, load_pattern, split_sentences
from crawler.read.head import declares_article, find_canonical, find_meta
from spiders.site import Site

SOUND = 600  # letters of a story that nobody doubts where headline and date are declared
STORY = 250  # letters that a page's own words have where it tells something
LITTLE = 80  # letters that are no story
SMALL = 1_500  # letters of visible lines: a page without the paper's frame
FEW = 10  # links to articles: a page with more has the paper's frame around it
HEAD = 500  # letters of headings that are kept
LISTED = 5  # ... that a home or category page has at least
CONSENT = 0.45  # of the letters of a page that speak of cookies, partners, privacy
_WIDE = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RELOADS = re.compile(
    r"location\s*\.\s*(?:reload|replace|href|assign)|(?:window|document)\.location\s*="
)
_NUMBER = re.compile(
    r"(?:error|loi|fehler|erreur|http|page|trang)?\W*(?:404|410)(?:\s*[^\w\s].{0,40})?"
)
_SHELL = re.compile(r'\b(?:id|data-reactroot)="(?:root|app|__next|__nuxt|gatsby-focus-wrapper)"')
_DECLARED = ("json-ld", "meta", "profile", "css", "microdata")
_SAID = ("soft-404", "captcha", "parked-domain", "maintenance", "login", "paywall-stub")
ROLES = ("article", "home", "category", "feed", "sitemap", "other")


@dataclass(frozen=True, slots=True)
class Found:
    """What a page is, and the words that show it."""

    kind: Impostor
    evidence: str


class _Case:
    """A page under suspicion: what it says, and what speaks for it."""

    def __init__(
        self, tree: HtmlElement, url: str, site: Site, article: Article | None, linked: int
    ) -> None:
        self.tree, self.url, self.site, self.article = tree, url, site, article
        self.glance = Glance(tree)
        self.linked = linked
        site_names = (site.title, site.key, (find_meta(tree, "og:site_name") or ""))
        self.names = frozenset(filter(None, map(fold, site_names)))

    @cached_property
    def is_dated(self) -> bool:
        """Whether the page declares when it was published."""
        if self.article is None or self.article.published is None:
            return False
        return self.article.published.source.startswith(_DECLARED)

    @cached_property
    def told(self) -> int:
        """The letters of the story that are no message and nothing that stands beside one."""
        if self.article is None:
            return 0
        framed = self.glance.framed
        lines = [line for line in map(fold, self.article.text.split("\n")) if line not in framed]
        sentences = (s for line in lines for s in split_sentences(line))
        return sum(map(_weigh, filter(_is_story, sentences)))

    @cached_property
    def is_small(self) -> bool:
        """Whether the page has no frame: little to read, and hardly a link to an article."""
        return self.glance.letters < SMALL and self.linked < FEW

    @cached_property
    def is_sheltered(self) -> bool:
        """Whether a story is told here, whatever else the page says."""
        return self.told >= STORY or (self.is_dated and self.told >= LITTLE)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Headings that are neither the site's name nor a message: the page has a subject."""
        return tuple(
            heading
            for heading in self.glance.headings
            if heading not in self.names
            and not any(is_message(k, s) for k in _SAID for s in split_sentences(heading))
        )

    def hear(self, kind: str) -> str | None:
        """The message of a kind in title or heading; else among the lines of a small page."""
        glance = self.glance
        head = glance.find_message(kind, (*glance.titles, *glance.headings))
        if head is not None or not self.is_small:
            return head
        return glance.find_message(kind, (*glance.lines, *glance.silent))


def find_impostor(
    tree: HtmlElement,
    *,
    url: str,
    site: Site,
    role: Role,
    article: Article | None = None,
    linked: int = 0,
    is_list: bool = False,
) -> Found | None:
    """What a page is instead of what it claims, or None. Pure; never raises on a tree.

    ``article`` is what was read on it, ``linked`` to how many articles it links, ``is_list``
    whether it lists them. A home or category page that links to articles is what it claims.
    """
    if role not in ROLES or (article is not None and _is_sound(article)):
        return None
    case = _Case(tree, url, site, article, linked)
    if role != "article" and case.linked >= LISTED:
        return None
    for kind, judge in _JUDGES:
        if evidence := judge(case):
            return Found(kind, evidence)
    return _find_list(case) if is_list and role == "article" else None


def _is_sound(article: Article) -> bool:
    """Whether a page is an article beyond doubt: headline, paragraphs, and a declared date or
    twice as many paragraphs that do not speak of consent."""
    letters = _weigh(article.text)
    if not article.title or letters < SOUND:
        return False
    if article.published is not None and article.published.source.startswith(_DECLARED):
        return True
    words = load_pattern("consent-wall", "words")
    lines = [fold(line) for line in article.text[: 8 * SOUND].split("\n")]
    wary = sum(len(line) for line in lines if words.search(line))
    return letters >= 2 * SOUND and wary < CONSENT / 2 * sum(map(len, lines))


def _weigh(text: str) -> int:
    """The letters of a text; a sign of a script that writes without blanks counts three."""
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))


def _is_story(sentence: str) -> bool:
    return not any(is_message(kind, sentence) for kind in (*_SAID, "beside"))


def _quote(words: str) -> str:
    return f'it says "{words[:100]}"'


# -- walls: who answers is not the paper ----------------------------------------------------------


def _find_captcha(case: _Case) -> str | None:
    if case.is_sheltered or not case.is_small:
        return None
    said = case.hear("captcha")
    wires = case.glance.wires
    vendor = load_pattern("captcha", "vendors").search(wires)
    field = load_pattern("captcha", "fields").search(wires)
    bare = case.glance.letters < STORY and case.linked == 0
    if said and (bare or vendor or field or not case.own):
        return _quote(said)
    if (vendor or field) and not case.own and case.glance.letters < 2 * STORY:
        return f"a challenge is all there is: {(vendor or field)[0]}"  # type: ignore[index]
    if case.glance.letters < LITTLE // 2 and "document.cookie" in wires and _RELOADS.search(wires):
        return "a script that sets a cookie and loads the page again is all there is"
    return None


def _find_parked(case: _Case) -> str | None:
    if case.is_sheltered or case.is_dated or not case.is_small:
        return None
    if said := case.hear("parked-domain"):
        return _quote(said)
    vendor = load_pattern("parked-domain", "vendors").search(case.glance.wires)
    if vendor and not case.own and case.linked == 0 and case.told < LITTLE:
        return f"a seller of domains serves it: {vendor[0]}"
    return None


def _find_maintenance(case: _Case) -> str | None:
    if case.is_sheltered or case.is_dated or not case.is_small or case.own:
        return None
    said = case.hear("maintenance")
    return _quote(said) if said else None


def _find_login(case: _Case) -> str | None:
    glance = case.glance
    if case.is_sheltered or case.is_dated or not glance.has_password or case.own:
        return None
    said = glance.find_message("login", (*glance.headings, *glance.titles))
    if said is None and case.is_small and case.told < LITTLE:
        said = glance.find_message("login", (*glance.lines, *glance.controls))
    return f"{_quote(said)} above a field for a password" if said else None


def _find_consent(case: _Case) -> str | None:
    """A page that speaks of nothing but cookies and asks for a yes."""
    lines = case.glance.lines
    if case.is_dated or case.linked >= FEW or not lines or declares_article(case.tree):
        return None
    words = load_pattern("consent-wall", "words")
    share = sum(len(x) for x in lines if words.search(x)) / max(1, case.glance.letters)
    if share < CONSENT:
        return None
    accept = load_pattern("consent-wall", "accept")
    control = next((c for c in case.glance.controls if accept.fullmatch(c)), None)
    if control is None:
        return None
    return f'{share:.0%} of it speaks of consent, with a button "{control[:40]}"'


# -- other pages of the paper ---------------------------------------------------------------------


def _find_missing(case: _Case) -> str | None:
    """A page that says that there is none, answered as if there were one."""
    glance = case.glance
    least = LITTLE if case.is_dated else SOUND
    head = glance.find_message("soft-404", (*glance.titles, *glance.headings))
    number = next((t for t in (*glance.titles, *glance.headings) if _NUMBER.fullmatch(t)), None)
    if (head or number) and case.told < least and not (case.own and case.told >= LITTLE):
        return _quote(head or number or "")
    text = case.article.text if case.article else ""
    if said := glance.find_message("soft-404", map(fold, text.split("\n"))):
        if case.told == 0 and not case.own:
            return _quote(said)
        if case.told == 0 and case.article and not case.article.images:
            return f"{_quote(said)} where the text stood"
        opens = glance.find_message("soft-404", map(fold, text.split("\n", 1)[:1]))
        if opens and not case.own and not case.is_dated and case.told < STORY:
            return f"{_quote(opens)} under no other headline than the paper's name"
    if case.is_dated or case.own or case.told >= LITTLE:
        return None
    if said := glance.find_message("soft-404", glance.lines):
        return _quote(said)
    return _find_front(case)


def _find_front(case: _Case) -> str | None:
    """The paper's empty frame: it names the front page as its address, and has no text."""
    if case.article is not None and case.article.text:
        return None
    canonical = find_canonical(case.tree, case.url) or find_meta(case.tree, "og:url")
    named = canonical and case.site.role(canonical) == "home" != case.site.role(case.url)
    shell = any(_SHELL.search(f'{k}="{e.get(k)}"') for e in case.tree.iter("div") for k in ("id",))
    if named and not shell and case.linked < FEW and not case.glance.has_password:
        return "no headline, no date, no text, and it names the front page as its address"
    return None


def _find_stub(case: _Case) -> str | None:
    """The beginning of an article whose rest is sold."""
    article = case.article
    free = article.is_free if article else None
    text = article.text if article else ""
    lines = [fold(line) for line in text.split("\n")]
    cut = text.rstrip(" )]»\"'").endswith(("…", "..."))
    gate = dict(article.trace.shown).get("gate") if article and article.trace else None
    if free is False and case.told < SOUND and (cut or gate):
        behind = "its text stops within" if cut else f"an offer stands behind its text ({gate})"
        return f"it declares that it is not free to read, and {behind}"
    ends = case.glance.find_message("paywall-stub", lines[-1:]) is not None
    if free or case.told >= (SOUND if ends else STORY):
        return None
    inside = case.glance.find_message("paywall-stub", lines)
    said = inside or case.glance.find_message("paywall-stub", case.glance.lines)
    empty = case.told < LITTLE and not (article and article.images)
    return _quote(said) if said and (inside or free is False or cut or empty) else None


def _find_list(case: _Case) -> Found | None:
    """A list at an address that the profile's own words, or the page itself, say is another's."""
    role = case.site.role(case.url)
    canonical = find_canonical(case.tree, case.url)
    other = case.site.role(canonical) if canonical and canonical != case.url else None
    if role == "article" and other in ("home", "category"):
        words = f"it lists {case.linked} articles and names {canonical}"
        return Found("list-page", words + _tell_headed(case.glance))
    # An address that only its place on a list spoke for (peers.py) is "other".
    if role == "other" or (role == "article" and case.site.profile.walk.article):
        words = f"it lists {case.linked} articles and is none itself"
        return Found("list-page", words + _tell_headed(case.glance))
    return None


def _tell_headed(glance: Glance) -> str:
    """What the page is headed: by it the archive knows a removed article's address from an article
    that was not understood (archive/index/turned.py)."""
    headed = dict.fromkeys((*glance.headings, *glance.titles))
    return f"{HEADED}{' | '.join(headed)[:HEAD]}" if headed else ""


def tell_other(tree: HtmlElement) -> list[str]:
    """The warning that tells what a page is headed to which an article's redirect led."""
    headed = _tell_headed(Glance(tree))
    return [f"{OTHER}: no article's address{headed}"] if headed else []


_JUDGES: tuple[tuple[Impostor, Callable[[_Case], str | None]], ...] = (
    ("captcha", _find_captcha),
    ("parked-domain", _find_parked),
    ("maintenance", _find_maintenance),
    ("login", _find_login),
    ("consent-wall", _find_consent),
    ("soft-404", _find_missing),
    ("paywall-stub", _find_stub),
)

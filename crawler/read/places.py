"""Find where an article stands in its paper: section, breadcrumbs, tags (topics.py).

A trail counts as seen only where it is marked up as one list (nav, ol, BreadcrumbList) or where
signs that lead on part its links: some systems print sibling sections in an unordered list, and a
wrong section is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.read.addresses import resolve_address
from crawler.read.clean import key
from crawler.read.facts import Facts, Said, take_first
from crawler.read.jsonld import read_names
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.suffix import Names, fold_accents, read_segments, split_title
from crawler.read.topics import is_blank, read_tags
from crawler.read.values import read_values
from crawler.read.words import read_words
from spiders.site import Site

_SECTION = (
    "article:section",
    "section",
    "parsely-section",
    "articlesection",
    "og:article:section",
    "cxenseparse:section",
    "mrf:sections",
    "category",
)
_HOME = re.compile(
    r"(?:home(?:page)?|trang chủ|startseite|accueil|inicio|início|strona główna|beranda|hem|hjem"
    r"|ana sayfa|главная)",
    re.I,
)
_CRUMB = "breadcrumb"
_MAX_MARKED = 50  # links that are looked at
_MAX_TRAIL, _MAX_NAME = 6, 40  # links; letters of a section's name
_LABEL = re.compile(  # "Category: Sports": how publishing systems title a section's page
    r"\w*(?:categor|kategor|catégor|rubri|chuyên mục|archi[ve]|sección|seção|sezione|рубрик)\w*"
    r"\s*[:：]\s*(?=\S)",
    re.I,
)
_UNSORTED = re.compile(  # the section of what nobody sorted, as WordPress names it
    r"uncategori[sz]ed|okategoriserade?|u[nk]+ategorisi?ert|ikke kategoriseret|allgemein|genel"
    r"|s(?:in|em|enza) categor[ií]a|non class[ée]|geen categorie|bez kategorii|без рубрики"
    r"|chưa (?:được )?phân loại|未分[类類]|tak berkategori",
    re.I,
)
_SHELF = re.compile(r"categor|section|channel|rubri|ressort|chuyen-?muc|label", re.I)
_ARROWS = " >»›→"
_LEADING = f"{_ARROWS}/"  # signs between the links of a trail
_MENU = 8  # lines above the headline in which one alone may link to a category
_ABOVE = 3  # lines above the headline in which its section stands


def read_places(facts: Facts, said: Said) -> None:
    """Set section, breadcrumbs and tags."""
    _read_trail(facts, said)
    _read_section(facts, said)
    read_tags(facts, said)


def _read_trail(facts: Facts, said: Said) -> None:
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.breadcrumbs)
    facts.keep("breadcrumbs", _clean_trail(named, facts, said), "profile:breadcrumbs")
    facts.keep("breadcrumbs", _clean_trail(said.structured.breadcrumbs, facts, said), "json-ld")
    if not facts.breadcrumbs:
        links = _find_trail(said)
        words = [read_words(link) for link in links] if len(links) <= _MAX_TRAIL else []
        facts.keep("breadcrumbs", _clean_trail(words, facts, said), "seen")


def _find_trail(said: Said) -> list[HtmlElement]:
    """The first links in elements that are marked up as the trail, one more than it may have."""
    tree = said.sheet.tree
    named = ("aria-label", "class")  # Drupal's <nav class="breadcrumb"> has a list without a class
    trails = {
        nav for nav in tree.iter("nav") if any(_CRUMB in (nav.get(n) or "").lower() for n in named)
    }
    trails |= {ol for ol in tree.iter("ol") if _CRUMB in (ol.get("class") or "")}
    trails |= {
        div for div in tree.iter("div") if _CRUMB in (div.get("class") or "") and _is_parted(div)
    }
    trails |= {e for e in said.sheet.marked if "BreadcrumbList" in (e.get("itemtype") or "")}
    if not trails:
        return []
    inside = {link for trail in trails for link in trail.iterdescendants("a")}
    links = (link for link in tree.iter("a") if link in inside)
    return list(take_first(links, _MAX_TRAIL + 1))


def _is_parted(element: HtmlElement) -> bool:
    """Whether an element's links are parted by signs that lead on ("Home > Sports > Football")."""
    tails = [(link.tail or "").strip() for link in element.iter("a")][:-1]
    return 0 < len(tails) < _MAX_TRAIL and all(tail and not tail.strip(_LEADING) for tail in tails)


def _find_category(facts: Facts, said: Said) -> str | None:
    """The category that a link beside the headline is marked up with: the nearest element around
    the headline that holds such links, unless the page's menu is in it too."""
    lines = said.sheet.lines
    start = said.sheet.find_start(facts.titles)
    headline = lines[start].element if 0 <= start < len(lines) else None
    marked = said.find_marked(lambda e: "category" in (e.get("rel") or "").split(), _MAX_MARKED)
    if headline is None or not marked:
        return None
    for outer in headline.iterancestors():
        if outer.tag in ("body", "html") or next(outer.iter("nav"), None) is not None:
            return None
        inside = next((e for e in marked if outer in e.iterancestors()), None)
        if inside is not None:
            return read_words(inside) or None
    return None


def _clean_trail(names: Iterable[str], facts: Facts, said: Said) -> tuple[str, ...]:
    """A trail without the front page at its one end and the article at the other, without the
    label of a list ("Category: Sports") and the section of what nobody sorted."""
    headed = next(iter(split_title(said.head)), "")
    not_places = {key(name) for name in (*facts.titles, *facts.owners)}
    bare = [_LABEL.sub("", name, count=1) if _LABEL.match(name) else name for name in names]
    if bare and key(bare[-1]) == key(headed):
        bare.pop()
    kept = (n for n in bare if n and not _HOME.fullmatch(n) and key(n) not in not_places)
    return tuple(dict.fromkeys(name for name in kept if not _UNSORTED.fullmatch(name)))


def _read_section(facts: Facts, said: Said) -> None:
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.section)
    facts.keep("section", next(iter(named), None), "profile:section")
    told = read_names(said.structured.article.get("articleSection"))
    facts.keep("section", next(iter(told), None), "json-ld")
    blank = is_blank(said.meta)
    found = said.meta.first(*(n for n in _SECTION if not (blank and n.startswith("article:"))))
    if found and found[1].count(",") < 2:  # more is a list of keywords
        facts.keep("section", found[1], f"meta:{found[0]}")
    facts.keep("section", _find_category(facts, said), "rel:category")
    trail = next(reversed(facts.breadcrumbs), None)
    facts.keep("section", trail, "breadcrumbs")
    if not facts.section:
        facts.keep("section", _find_above(facts, said), "link above the headline")
        facts.keep("section", _find_listed(facts, said), "link to a category")
        facts.keep("section", _find_suffix(facts, said), "title")
    facts.claims["section"] = [
        ("json-ld:articleSection", next(iter(told), "")),
        (f"meta:{found[0]}" if found else "meta", found[1] if found else ""),
        ("breadcrumbs", trail or ""),
    ]


def _find_above(facts: Facts, said: Said) -> str | None:
    """The link right above the headline whose element is named as a section's."""
    lines, start = said.sheet.lines, said.sheet.find_start(facts.titles)
    for line in reversed(lines[max(0, start - _ABOVE) : start]):
        if line.element is None or line.links < 1 or len(line.text) > _MAX_NAME:
            continue
        holders = (line.element, line.element.getparent())
        names = " ".join(f"{e.get('class')} {e.get('id')}" for e in holders if e is not None)
        if _SHELF.search(names) and sum(1 for _ in line.element.iter("a")) == 1:
            return next(iter(_clean_trail([line.text], facts, said)), None)
    return None


def _find_listed(facts: Facts, said: Said) -> str | None:
    """The link to a category of the profile right above the headline, where one line there has
    such links and no more than a trail has: a menu above has many lines, or many links."""
    site, sheet = said.sheet.site, said.sheet
    if not (site.profile.walk.categories or site.profile.walk.category):
        return None
    start = sheet.find_start(facts.titles)
    found: list[list[str]] = []
    for at, line in enumerate(sheet.lines[max(0, start - _MENU) : start], max(0, start - _MENU)):
        if line.element is None or not line.links or line.signs & Sign.FRAME & ~sheet.wrapped:
            continue
        links = [
            a for a in line.element.iter("a") if key(read_words(a, _MAX_NAME + 1)) in line.folded
        ]
        listed = [read_words(a) for a in links if _leads_to_list(a, sheet, site)]
        if len(listed) == 1 and at >= start - _ABOVE and _is_home(links[0], sheet, site):
            return listed[0]  # "Home » Sports", whatever menu stands further above
        if listed:
            whole = len(links) <= _MAX_TRAIL and (len(listed) == 1 or _leads_on(links, sheet))
            found.append(listed if whole else [*listed, ""])
    return found[0][-1] or None if len(found) == 1 else None


def _is_home(anchor: HtmlElement, sheet: Sheet, site: Site) -> bool:
    url = resolve_address(sheet.base, anchor.get("href") or "") or ""
    return url.rstrip("/") == site.profile.home.rstrip("/")


def _leads_on(links: Sequence[HtmlElement], sheet: Sheet) -> bool:
    """Whether several links are a trail: arrows part them, or each leads below the one before, as
    a menu's do not."""
    tails = [(a.tail or "").strip() for a in links[:-1]]
    if all(tail and not tail.strip(_ARROWS) for tail in tails):
        return True
    urls = [(resolve_address(sheet.base, a.get("href") or "") or "").rstrip("/") for a in links]
    return all(b.startswith(f"{a}/") for a, b in pairwise(urls))


def _leads_to_list(anchor: HtmlElement, sheet: Sheet, site: Site) -> bool:
    url = resolve_address(sheet.base, anchor.get("href") or "")
    words = read_words(anchor, _MAX_NAME + 1)
    if url is None or not 0 < len(words) <= _MAX_NAME or _HOME.fullmatch(words):
        return False
    return url != site.profile.home and site.role(url) == "category"


def _list_home_names(said: Said) -> list[str]:
    """What links to the front page say: the paper's name, and "Home"."""
    sheet = said.sheet
    links = (a for a in take_first(sheet.tree.iter("a"), _MAX_MARKED) if a.get("href"))
    back = (a for a in links if _is_home(a, sheet, sheet.site))
    return [words for a in back if (words := read_words(a, _MAX_NAME))]


def _find_suffix(facts: Facts, said: Said) -> str | None:
    """The section behind the headline in the title element ("Headline | Section | Paper"): what
    is no name of the paper and is the text of a link, too, as a menu has it."""
    parts, titles = split_title(said.head), {key(title) for title in facts.titles}
    size = next((n for n in range(1, len(parts)) if key(" ".join(parts[:n])) in titles), None)
    if size is None or len(parts) > _MAX_TRAIL:
        return None
    names = Names.of((*facts.owners, *_list_home_names(said)), (), "")
    behind = [p for p in parts[size:] if len(p) <= _MAX_NAME and not names.own(p)]
    kept = _clean_trail(behind, facts, said)
    anchors = said.sheet.tree.iter("a") if kept else ()
    # most have their words of their own: itertext() takes five times as long
    links = {key("".join(a.itertext()) if len(a) else a.text or "") for a in anchors}
    linked = [part for part in kept if key(part) in links]
    places = read_segments(said.sheet.url)
    spelled = [part for part in linked if fold_accents(part) in places]
    return next(iter([*spelled, *linked]), None)

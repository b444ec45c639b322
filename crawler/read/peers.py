"""Takes links for articles that stand in the very place where a list's articles stand.

    <div class="noticia"><h2><a href="/campo/la-cosecha-de-la-almendra-baja-un-tercio">      article
    <div class="noticia"><h2><a href="/gentes/luz-verde-a-la-cantera">                       peer

A paper without ids whose slugs are short now and then loses those stories for good where the shape
of addresses decides: 5 of 245 in an examiner's three weeks. Such a headline is asked for once, and
what is read there decides. Only papers whose addresses hold no id are looked at: with one, what
has none is a gallery or a topic. A peer has the headline, the place (tags and classes up to six
levels), the folders and the ending of the articles around it. Rejected: shorter slugs as articles
everywhere (sections have three hyphens, too).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.records import Link
from crawler.read.anchors import Anchor, list_around, read_title
from spiders import address, shape
from spiders.site import Site

LEAST = 3  # articles in a place
MOSTLY = 0.75  # share of articles among the headlines of a place
HEADLINE, WORDS = 15, 3  # letters and words; a script without blanks has one word a line
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")

Place = tuple[object, ...]


def promote_anchors(anchors: Sequence[Anchor], site: Site) -> list[Anchor]:
    """Return the anchors of a list page, those in the place of articles in the role of one."""
    candidates = [a for a in anchors if a.role == "other" and _may_be(a, site)]
    if not candidates or _has_ids(site):
        return list(anchors)
    articles = [anchor for anchor in anchors if anchor.role == "article"]
    forms = {_find_form(anchor.url) for anchor in articles}
    likely = [a for a in candidates if _find_form(a.url) in forms and _is_headline(a)]
    peers = _find_peers(articles, likely)
    return [replace(a, role="article", is_story=True) if a.url in peers else a for a in anchors]


def _find_peers(articles: Sequence[Anchor], likely: Sequence[Anchor]) -> set[str]:
    if not likely:
        return set()
    seats: dict[Place, set[str]] = {}
    for anchor in articles:
        seats.setdefault(_find_place(anchor), set()).add(anchor.url)
    places = [(_find_place(anchor), anchor.url) for anchor in likely]
    asking = Counter(place for place, _ in set(places))
    return {url for place, url in places if _is_seat(len(seats.get(place, ())), asking[place])}


def promote_entries(links: Iterable[Link], site: Site) -> tuple[Link, ...]:
    """Return the entries of a feed, those between articles in the role of one."""
    found = tuple(links)
    articles = [link for link in found if link.role == "article"]
    others = [link for link in found if link.role == "other" and link.title]
    if not _is_seat(len(articles), len(others)) or _has_ids(site):
        return found
    forms = {_find_form(link.url) for link in articles}
    peers = {x.url for x in others if _find_form(x.url) in forms and _may_stand(x.url, site)}
    return tuple(replace(x, role="article") if x.url in peers else x for x in found)


def _is_seat(articles: int, others: int) -> bool:
    return bool(others) and articles >= LEAST and articles >= MOSTLY * (articles + others)


def _has_ids(site: Site) -> bool:
    return any(pattern.groupindex for pattern in site.profile.walk.article)


def _may_be(anchor: Anchor, site: Site) -> bool:
    return anchor.in_scope and _may_stand(anchor.url, site)


def _may_stand(url: str, site: Site) -> bool:
    """Whether an article may stand at an address, by the words around its slug."""
    parts = address.split(url)
    if parts is None or parts.query or not site.in_scope(url) or site.denied(url):
        return False
    return not shape.is_apart(parts) and re.search(r"[^\W\d]", parts.path) is not None


def _find_form(url: str) -> tuple[int, str]:
    """How many folders an address has, and how it ends."""
    parts = address.split(url)
    path = parts.path if parts else "/"
    last = path.rpartition("/")[2]
    return path.count("/"), last[last.rfind(".") :].lower() if "." in last else ""


def _is_headline(anchor: Anchor) -> bool:
    words = read_title(anchor.element)[1] or ""
    return len(words) >= HEADLINE and (len(words.split()) >= WORDS or bool(_WIDE.search(words)))


def _find_place(anchor: Anchor) -> Place:
    """Tags and classes of the anchor and what is around it; numbers in classes count articles."""
    around = [anchor.element, *list_around(anchor.element)]
    return tuple((str(e.tag), *_list_classes(e.get("class") or "")) for e in around)


def _list_classes(text: str) -> list[str]:
    return [one for one in text.split() if not re.search(r"\d", one)]

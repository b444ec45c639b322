"""Settles the answers of [walk] from what a survey brought: only what differs from the platform's.

What was tried on the paper's own pages is marked ``seen``; entries of a menu that were not looked
at are one regex, marked a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from archive.records import Role
from crawler.scaffold.beside import drop_beside, find_boxes
from crawler.scaffold.ends import NotUnderstood
from crawler.scaffold.feeders import Feeders
from crawler.scaffold.findings import Findings
from crawler.scaffold.forms import Form, list_unexplained
from crawler.scaffold.menus import Menu, drop_strays, sort_again
from spiders import address, shape
from spiders.site import Site

KEPT = 0.95  # share of articles that regexes have to explain
MOST_TOLD = 9  # addresses of one kind that are told
PAGES = 20  # of a category: paging stops where everything is known, so that only the first is long


def settle_forms(
    found: Findings,
    forms: Sequence[Form],
    read: Sequence[str],
    articles: Sequence[str],
    seen: Sequence[str],
) -> None:
    """Set ``walk.article``, unless the platform's regexes or the shape do as well; ``read`` are
    the articles whose pages were seen."""
    bare = found.site()
    own = bare.profile.walk.article
    fitting = _fits(bare, articles, seen)
    telling = any(form.has_id or "\\d" in form.pattern for form in forms)
    unexplained = list_unexplained(forms, articles)
    whole = len(unexplained) <= (1 - KEPT) * len(articles)
    if fitting and (own or not telling or not whole):
        how = f"{found.get('platform')}'s regex" if own else "the shape of addresses"
        if own:
            found.trust["walk.article"] = "seen"
        says = f"{how} decides: right on {len(articles)} articles and {len(seen)} other pages"
        found.note("found", "walk.article", says)
        return
    if not forms:
        raise NotUnderstood(
            f"{found.home}: {len(read)} articles were read, but nothing in their addresses "
            f"tells them from other pages ({read[0]}). Nothing was written. Remedy: write "
            "walk.article by hand in a profile as spiders/README.md shows"
        )
    found.set("walk.article", [form.pattern for form in forms])
    proven = all(any(re.search(f.pattern, url) for url in read) for f in forms)
    found.trust["walk.article"] = "seen" if proven else "guess"
    explained = len(articles) - len(unexplained)
    says = f"{len(forms)} regex: {explained} of {len(articles)} addresses"
    ids = "with" if any(form.has_id for form in forms) else "without"
    found.note("found", "walk.article", f"{says}, {ids} an id; {len(read)} of them read")
    if unexplained:
        count = len(unexplained)
        says = f"{count} addresses that may be articles match no regex: {unexplained[0]}"
        found.note("look", "walk.article", says)


def settle_feeders(found: Findings, feeders: Feeders) -> None:
    """Set feeds and sitemaps that announce articles; switch off the platform's that do not."""
    site = found.site()
    for word, known in (("feeds", feeders.feeds), ("sitemaps", feeders.sitemaps)):
        kept = [
            u for u, links in known.items() if any(_announces(site, x.url, x.role) for x in links)
        ]
        family = getattr(site.profile.walk, word)
        if kept:
            found.set(f"walk.{word}", [_shorten(found, url) for url in kept], "seen")
            found.note("found", f"walk.{word}", ", ".join(kept))
        else:
            if family:
                found.set(f"walk.{word}", [])
            says = f"no {word.rstrip('s')} with articles was found"
            tried = [f"{_shorten(found, u)} ({why})" for u, why in feeders.tried.items()
                     if _is_map(u) == (word == "sitemaps")]  # fmt: skip
            found.note("missing", f"walk.{word}", f"{says}: {', '.join(tried)}" if tried else says)
    if feeders.named:
        says = f"robots.txt names {len(feeders.named)} more, not looked at: {feeders.named[0]}"
        found.note("look", "walk.sitemaps", says)


def _is_map(url: str) -> bool:
    parts = address.split(url)
    return parts is not None and shape.machine(parts) == "sitemap"


def _announces(site: Site, url: str, role: Role) -> bool:
    return role == "sitemap" or site.role(url) == "article"


def settle_menu(found: Findings) -> None:
    """Set the categories that list articles, those not looked at, and the pager."""
    menu = found.menu
    site = found.site()
    if found.trust.get("walk.article") == "seen":
        sort_again(menu, site)
    listed = [one.clue.url for one in menu.categories if site.role(one.clue.url) != "article"]
    listed += found.lists
    if listed:
        found.set("walk.categories", [_shorten(found, url) for url in listed], "seen")
        found.note(
            "found",
            "walk.categories",
            f"{len(listed)}: " + ", ".join(_shorten(found, url) for url in listed),
        )
    elif found.trust.get("walk.categories") == "seen":
        family = ", ".join(site.profile.walk.categories)
        says = f"{family} of its system: its pages draw their lists by scripts"
        found.note("found", "walk.categories", says)
    else:
        found.note(
            "missing",
            "walk.categories",
            "no page of the menu lists articles; are lists drawn by scripts?",
        )
    drop_strays(menu)
    drop_beside(menu, find_boxes(found.front, found.home, site))
    unseen = [clue.url for clue in menu.unseen if site.role(clue.url) != "article"]
    for clue in (*menu.unseen, *(one.clue for one in menu.categories)):
        if site.role(clue.url) == "article":
            menu.leave("have an address as articles have", clue.url)
    patterns = [menu.archives] if menu.archives else []
    patterns += [_alternate(unseen)] if unseen and listed else []
    if patterns:
        found.set("walk.category", patterns, "guess")
    if unseen and listed:
        says = (
            f"{len(unseen)} entries of the menu were not seen to list articles of their own and "
            "are taken for categories"
        )
        found.note(
            "look",
            "walk.category",
            f"{says}: {', '.join(_shorten(found, url) for url in unseen[:5])}",
        )
    _tell_left(found, menu)
    _settle_pager(found, site)


def settle_standing(found: Findings) -> None:
    """Forbid the pages of the frame that would be taken for articles: terms, imprint, about."""
    site = found.site()
    urls = [url for url in found.standing if site.role(url) == "article"]
    if urls:
        found.set("walk.deny", [_alternate(urls)], "guess")
        named = ", ".join(_shorten(found, url) for url in urls)
        says = "every page links to it, no feed does, and it has no date, as articles have"
        found.note("look", "walk.deny", f"not asked for: {named} ({says})")


def _tell_left(found: Findings, menu: Menu) -> None:
    """Say of every entry of the menu that is no category why it is none."""
    told = {
        "list no articles": [one.clue.url for one in menu.others],
        "list nothing but what every page shows": [one.clue.url for one in menu.framed],
        **menu.left,
    }
    for why, urls in told.items():
        if urls:
            named = ", ".join(_shorten(found, url) for url in urls[:MOST_TOLD])
            more = f" and {len(urls) - MOST_TOLD} more" if len(urls) > MOST_TOLD else ""
            found.note("look", "walk.categories", f"in the menu, but {why}: {named}{more}")


def _settle_pager(found: Findings, site: Site) -> None:
    turned = found.turned
    if turned is None and found.trust.get("walk.pager") == "seen":
        found.note("found", "walk.pager", f"{site.profile.walk.pager}: its lists were read")
        return
    if turned is None and found.get("platform") and site.profile.walk.pager != "next-link":
        says = f"{site.profile.walk.pager} of its system: no second page was seen to try it on"
        found.note("look", "walk.pager", says)
        return
    if turned is None:
        says = "no second page of a category was found; only first pages are walked"
        found.note("missing", "walk.pager", says)
        return
    if turned.word != site.profile.walk.pager:
        found.set("walk.pager", turned.word)
    found.trust["walk.pager"] = "seen"
    found.set("walk.pages", PAGES)
    found.note("found", "walk.pager", f"{turned.word}: {turned.second} has other articles")


def _shorten(found: Findings, url: str) -> str:
    """An address on the front page's host as its path."""
    parts, home = address.split(url), address.split(found.home)
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


def _alternate(urls: Sequence[str]) -> str:
    """One regex for addresses as they are."""
    paths = sorted({re.escape(urlsplit(url).path.strip("/")).replace(r"\-", "-") for url in urls})
    return rf"^https?://[^/?#]+/(?:{'|'.join(paths)})/?$"

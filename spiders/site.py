"""Answers the questions the walk asks of an address: whose, what kind, which article.

A ``Site`` is a profile with a key. What the profile says wins; where it says nothing about
articles or categories, the shape of the address decides (shape.py). Rejected: deciding by the
page's content here, because an address has to be classified before it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from spiders import address, shape
from spiders.address import Address
from spiders.answer import DATE_FIELDS
from spiders.pager import Pager, make_pager
from spiders.profile import Profile, Trust

Role = Literal["home", "category", "article", "feed", "sitemap", "robots", "other"]
"""What kind of place an address is: the same words as archive/records.py, which this room may
not import."""


@dataclass(frozen=True)
class Site:
    """One newspaper on the web. Pure, picklable, compared by key and profile."""

    key: str
    profile: Profile

    def __hash__(self) -> int:
        return hash((self.key, self.digest))

    @property
    def title(self) -> str:
        """The paper's name, or its key when the profile has none."""
        return self.profile.title or self.key

    @property
    def platform(self) -> str | None:
        """The publishing system's name."""
        return self.profile.platform

    @property
    def pages(self) -> int:
        """How many pages of a category a crawl may ask for, those that repeat included."""
        return self.profile.walk.pages + self.pager.repeats

    @cached_property
    def digest(self) -> str:
        """16 hex digits that change when a word of the resolved profile changes."""
        return self.profile.digest

    @cached_property
    def timezone(self) -> ZoneInfo:
        """Where the paper's clock hangs."""
        return ZoneInfo(self.profile.timezone)

    @cached_property
    def pager(self) -> Pager:
        """How the pages of a category follow each other."""
        return make_pager(self.profile)

    @cached_property
    def twins(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """[regex, replacement] pairs in order: the profile's twins, then its dropped query keys."""
        keys = "|".join(re.escape(key) for key in self.profile.walk.drop_query)
        drop = (
            (re.compile(rf"(?<=[?&])(?:{keys})(?:=[^&#]*)?(?:&|(?=#|$))"), ""),
            (re.compile(r"[?&](?=#|$)"), ""),
        )
        return self.profile.walk.twins + (drop if keys else ())

    def trusted(self, answer: str) -> Trust:
        """How an answer of the profile ("read.date") is known."""
        return self.profile.trusted(answer)

    def twin(self, url: str) -> str:
        """The address that stands for this one: AMP, print and mobile forms, dropped keys."""
        for pattern, replacement in self.twins:
            url = pattern.sub(replacement, url)
        return url

    def headers(self, url: str) -> dict[str, str]:
        """Request headers that this address needs: those of the pager's own pages."""
        return self.pager.headers if self.pager.origin(url) else {}

    def dated_sitemaps(self, first_on: date, last_on: date) -> tuple[str, ...]:
        """The addresses of ``walk.dated`` for these days, newest first, each once: a month's
        sitemap is one address for all its days. Raises nothing; an empty range has none."""
        days = range((last_on - first_on).days + 1)
        found = (
            _write_date(form, last_on - timedelta(days=back))
            for back in days
            for form in self.profile.walk.dated
        )
        return tuple(dict.fromkeys(found))

    def in_scope(self, url: str) -> bool:
        """Whether an address is a page on a host and port of the paper. Assets never are."""
        parts = address.split(url)
        return parts is not None and self._owns(parts) and not address.is_asset(parts)

    def denied(self, url: str) -> str | None:
        """The regex of ``walk.deny`` that forbids asking for this address."""
        return next((deny.pattern for deny in self.profile.walk.deny if deny.search(url)), None)

    def article_id(self, url: str) -> str | None:
        """The paper's own id of an article: group ``id``, else the first named group that
        matched; ``None`` when the address holds none (a guess could merge two articles)."""
        found = self._find_id(url)
        return found[1] if found else None

    def identity(self, url: str) -> str | None:
        """Which article an address of the paper names, the same at all its hosts and in all forms:
        "baolaocai:366080", with the numbering where a paper has had several ("sggp.old:34406").

        Equal identities of two papers are one article too: ``continues`` shares the numbering.
        ``None`` where the address holds no id, or is not the paper's.
        """
        parts, found = address.split(self.twin(url)), self._find_id(url)
        if found is None or parts is None or not self._owns(parts):
            return None
        group, value = found
        numbering = self.profile.continues or self.key
        return f"{numbering}:{value}" if group == "id" else f"{numbering}.{group}:{value}"

    def canonical(self, url: str) -> str:
        """The address as the front page's host would have it: twins made one, hosts that the paper
        has left and "www." replaced, all else as it is.

        To compare and to look up by, not to be asked for: nobody has seen whether the new host
        answers at the old path. Never raises; an address of others comes back as it is.
        """
        url = self.twin(url).strip()
        parts, home = address.split(url), address.split(self.profile.home)
        if parts is None or home is None or (parts.host, parts.port) not in self._left:
            return url
        # "/ ?" ends with the blank when its empty query is gone
        return replace(parts, scheme=home.scheme, host=home.host, port=home.port).url.rstrip()

    def is_same(self, one: str, other: str) -> bool:
        """Whether two addresses are one article's: the same id, or the same place after moves."""
        known = self.identity(one)
        if known is not None and known == self.identity(other):
            return True
        return self.canonical(one) == self.canonical(other)

    def role(self, url: str) -> Role:
        """What kind of place an address is. Never raises; what is neither the paper's nor on a
        host it took over is "other"."""
        parts = address.split(self.twin(url))
        if parts is None or address.is_asset(parts):
            return "other"
        if not self._owns(parts) and (parts.host, parts.port) not in self._taken:
            return "other"
        if parts.path == "/robots.txt":
            return "robots"
        return self._declared(parts) or ("other" if self.denied(url) else self._judged(parts))

    def declares(self, url: str) -> bool:
        """Whether the profile lists this very address."""
        parts = address.split(self.twin(url))
        return parts is not None and self._declared(parts) is not None

    def _declared(self, parts: Address) -> Role | None:
        """The role of an address that the profile lists."""
        return self._listed.get(parts.spot)

    def _judged(self, parts: Address) -> Role:
        """The role by regexes, the pager, and the shape of the address."""
        walk = self.profile.walk
        if self._match_article(parts.url):
            return "article"
        if any(pattern.search(parts.url) for pattern in walk.category):
            return "category"
        if self._is_page(parts):
            return "category"
        if found := shape.machine(parts):
            return found
        if not walk.article and shape.is_article(parts, walk.keep_query or ()):
            return "article"
        return "category" if self._is_guessed(parts) else "other"

    def _is_page(self, parts: Address) -> bool:
        """Whether the address is page 2 or later of a category."""
        origin = self.pager.origin(parts.url)
        if origin is None:
            return False
        if origin == parts.url:
            return True
        stem = origin.rstrip("/")
        firsts = filter(None, map(address.split, (origin, f"{stem}.html", f"{stem}.htm")))
        return any(self._is_category(first) for first in firsts)

    def _is_category(self, parts: Address) -> bool:
        """Whether the address is the first page of a category, or the home page."""
        return (
            self._declared(parts) in ("category", "home")
            or any(pattern.search(parts.url) for pattern in self.profile.walk.category)
            or self._is_guessed(parts)
        )

    def _is_guessed(self, parts: Address) -> bool:
        """Whether the shape says category, asked only where no word does."""
        walk = self.profile.walk
        return not (walk.categories or walk.category) and shape.is_category(parts)

    def _match_article(self, url: str) -> re.Match[str] | None:
        """The first article regex that matches, on the twin, without fragment, then query."""
        parts = address.split(self.twin(url))
        if parts is None or not (self._owns(parts) or (parts.host, parts.port) in self._taken):
            return None
        bare = parts.url.partition("?")[0]
        for spelled in dict.fromkeys((parts.url, bare)):
            for pattern in self.profile.walk.article:
                if found := pattern.search(spelled):
                    return found
        return None

    def _find_id(self, url: str) -> tuple[str, str] | None:
        """The group that holds the article's id, and the id; ``id`` before other names."""
        found = self._match_article(url)
        groups = found.groupdict() if found else {}
        named = {name: value for name, value in groups.items() if value}
        name = "id" if "id" in named else next(iter(named), None)
        return (name, named[name]) if name else None

    @cached_property
    def _listed(self) -> dict[tuple[str, int, str, str], Role]:
        """Every address that the profile names, with its role; the home page last, it wins."""
        walk = self.profile.walk
        named: tuple[tuple[Role, tuple[str, ...]], ...] = (
            ("category", walk.categories),
            ("feed", walk.feeds),
            ("sitemap", walk.sitemaps),
            ("home", (self.profile.home,)),
        )
        listed: dict[tuple[str, int, str, str], Role] = {}
        for role, urls in named:
            for parts in filter(None, map(address.split, urls)):
                listed[parts.spot] = role
        return listed

    @cached_property
    def _hosts(self) -> frozenset[tuple[str, int]]:
        """Host and port of every place that is the paper's."""
        home = address.split(self.profile.home)
        own = self._places(
            *self.profile.domains, *self.profile.moved_from, *(self.pager.hosts if home else ())
        )
        return own | {(home.host, home.port)} if home else frozenset()

    @cached_property
    def _left(self) -> frozenset[tuple[str, int]]:
        """Host and port of every place that stands for the home page's: left, or "www." more."""
        home = address.split(self.profile.home)
        bare = home.host.removeprefix("www.") if home else ""
        like = frozenset(place for place in self._hosts if place[0].removeprefix("www.") == bare)
        return like | self._places(*self.profile.moved_from)

    @cached_property
    def _taken(self) -> frozenset[tuple[str, int]]:
        """Host and port of every place of papers merged into this one."""
        return self._places(*self.profile.took_over)

    def _places(self, *entries: str) -> frozenset[tuple[str, int]]:
        """Host and port of every entry; without a port the usual ones and the home page's."""
        home = address.split(self.profile.home)
        usual = {*address.DEFAULT_PORTS.values(), *([home.port] if home else ())}
        named = filter(None, map(address.domain, entries))
        return frozenset(
            (host, port) for host, said in named for port in ([said] if said else usual)
        )

    def _owns(self, parts: Address) -> bool:
        return (parts.host, parts.port) in self._hosts


def _write_date(form: str, day: date) -> str:
    """The address of one day."""
    written = (f"{day:%Y}".zfill(4), f"{day:%m}", str(day.month), f"{day:%d}", str(day.day))
    for field, value in zip(DATE_FIELDS, written, strict=True):
        form = form.replace(field, value)
    return form

"""Answers the questions the walk asks of an address: whose, what kind, which article.

A ``Site`` is a profile with a key. What the profile says wins; where it says nothing about
articles or categories, the shape of the address decides (shape.py). Rejected: deciding by the
page's content here, because an address has to be classified before it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from spiders import address, shape
from spiders.address import Address
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
        found = self._match_article(url)
        groups = found.groupdict() if found else {}
        return groups.get("id") or next((value for value in groups.values() if value), None)

    def role(self, url: str) -> Role:
        """What kind of place an address is. Never raises; out of scope is "other"."""
        parts = address.split(self.twin(url))
        if parts is None or not self._owns(parts) or address.is_asset(parts):
            return "other"
        if parts.path == "/robots.txt":
            return "robots"
        return self._declared(parts) or ("other" if self.denied(url) else self._judged(parts))

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
        if parts is None or not self._owns(parts):
            return None
        bare = parts.url.partition("?")[0]
        for spelled in dict.fromkeys((parts.url, bare)):
            for pattern in self.profile.walk.article:
                if found := pattern.search(spelled):
                    return found
        return None

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
        if home is None:
            return frozenset()
        usual = {home.port, *address.DEFAULT_PORTS.values()}
        entries = filter(None, map(address.domain, (*self.profile.domains, *self.pager.hosts)))
        hosts = {(host, port) for host, named in entries for port in ([named] if named else usual)}
        return frozenset(hosts | {(home.host, home.port)})

    def _owns(self, parts: Address) -> bool:
        return (parts.host, parts.port) in self._hosts

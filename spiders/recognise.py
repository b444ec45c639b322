"""Tells from a page which publishing system made it, with the evidence.

Each platform's ``[fingerprint]`` holds regexes: ``html`` and ``headers`` are signs of which one is
enough (2 points), ``hints`` are signs of the page that other systems use too (1 point), ``url``
looks at the page's own address and at its links (1 point when its own or three links match). From
2 points on a platform is recognised. ``probe`` names paths that only this system answers, for
`khobao new` to ask where a front tells nothing; ``places`` what many papers of the system have
beside its habits, for `khobao new` to ask for and use where it answers. Rejected: one list of
signs, any of which decides (a class such as ``cms-link`` is found on a paper of another system,
"-a123.html" on half of the web).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from spiders.platform import load_platform, platform_names

ENOUGH = 2
"""Points from which a platform is recognised: one sure sign, or two that only hint."""

LINKS = 3
"""Links of one form that make a hint: one or two may lead to another paper."""

LONGEST = 2_000_000
"""Characters of a page that are searched; the front pages measured have 0.6 million at most."""

_HREF = re.compile(r"\bhref\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]{1,500})", re.IGNORECASE)
_POINTS = {"html": 2, "headers": 2, "hints": 1, "url": 1}


@dataclass(frozen=True, slots=True)
class Sample:
    """A page to be recognised: final address, decoded content, response headers."""

    url: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for a platform: where it was found, by which regex, and as what."""

    kind: str  # "html", "headers", "hints" or "url"
    pattern: str
    found: str  # the text that matched, cut at 80 characters

    def __str__(self) -> str:
        return f"{self.kind}: {self.found}"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A platform with what speaks for it."""

    platform: str
    points: int
    signs: tuple[Sign, ...]


def recognise(*pages: Sample) -> tuple[Recognised, ...]:
    """The platforms that made these pages of one site: most points first, then by name.

    A sign counts once, on whichever page it is. Deterministic; linear in the pages' lengths
    (measured on 929 news pages: 60 ms for 400,000 characters).
    """
    places = [_Places(page) for page in reversed(pages)]
    found = []
    for name in platform_names():
        signs = {sign.pattern: sign for page in places for sign in page.find(name)}
        points = sum(_POINTS[sign.kind] for sign in signs.values())
        if points >= ENOUGH:
            ordered = sorted(signs.values(), key=lambda sign: (sign.kind, sign.pattern))
            found.append(Recognised(name, points, tuple(ordered)))
    return tuple(sorted(found, key=lambda one: (-one.points, one.platform)))


class _Places:
    """A page's text, headers and links, each prepared once for all platforms."""

    def __init__(self, page: Sample) -> None:
        self.html = page.html[:LONGEST]
        self.headers = "\n".join(f"{key.lower()}: {said}" for key, said in page.headers.items())
        self.own = page.url.partition("#")[0]
        links = (link.partition("#")[0] for link in _HREF.findall(self.html))
        self.links = tuple(dict.fromkeys(links))

    def find(self, name: str) -> Iterator[Sign]:
        """The signs of a platform on the page."""
        for kind, pattern in _signs(name):
            if kind == "url":
                match = pattern.search(self.own) or self._find_link(pattern)
            else:
                match = pattern.search(self.headers if kind == "headers" else self.html)
            if match:
                yield Sign(kind, pattern.pattern, " ".join(match[0].split())[:80])

    def _find_link(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The match in the third link that has the form."""
        found = (match for link in self.links if (match := pattern.search(link)))
        return next((match for count, match in enumerate(found, 1) if count == LINKS), None)


@cache
def _signs(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A platform's fingerprint, compiled, in a fixed order."""
    marks = load_platform(name).fingerprint
    return tuple((kind, re.compile(sign)) for kind in _POINTS for sign in marks.get(kind, ()))

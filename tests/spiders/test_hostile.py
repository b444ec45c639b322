"""Addresses and pages made to break or to stall: every regex of every paper and platform."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from spiders.catalog import Catalog
from spiders.platform import load_platform, platform_names
from spiders.site import Site

SITES = Catalog().all()[0]
SIZE = 100_000
SLOW = 2.0
"""Seconds for 100,000 characters: the slowest regex takes 0.01, a quadratic one takes 30."""

HOST = "https://bao.example/"
WRITTEN = """
a - a- / a/ 1 /1 123456/ /123456/a- a-1234567 -a1 & &mabb= ? é %CC%81 (A -postid1 .bbg http://
x-abcdef1/ /a-b-c-d <h1 <article //ims. href=" bloximages. //api- /d2023 p1c1/ article_ [ wp- link:
<meta <link cateId cateId=1; category_id data-cat= //a- -12345/ sitemap 2024/ Báo <h1class=name
"""
PIECES = WRITTEN.split()


def every_regex() -> dict[str, str]:
    """All regexes of profiles and fingerprints, with one place where each stands."""
    found: dict[str, str] = {}
    for site in SITES:
        walk = site.profile.walk
        twins = [pattern for pattern, _ in walk.twins]
        for pattern in (*walk.article, *walk.deny, *walk.category, *twins):
            found.setdefault(pattern.pattern, site.key)
        if site.profile.read.dateline:
            found.setdefault(site.profile.read.dateline.pattern, site.key)
    for name in platform_names():
        for signs in load_platform(name).fingerprint.values():
            found |= {sign: name for sign in signs if sign not in found}
    return found


@pytest.mark.parametrize(("pattern", "where"), sorted(every_regex().items()))
@pytest.mark.timeout(60)
def test_linear(pattern: str, where: str) -> None:
    """A regex answers for 100,000 hostile characters in time linear in their number."""
    regex = re.compile(pattern)
    for piece in PIECES:
        for start in ("", HOST):
            text = start + piece * (SIZE // len(piece))
            began = time.process_time()
            regex.search(text)
            assert time.process_time() - began < SLOW, (where, piece)


paths = st.lists(
    st.sampled_from([*PIECES, "/", ".html", ".htm", "-post1", "-a1", "?p=2&d=", "trang-2.html"])
    | st.text(max_size=6),
    max_size=8,
).map("".join)


@given(st.sampled_from(SITES), paths | st.text())
@example(SITES[0], " ?")
@settings(max_examples=300, deadline=None)
def test_any_address(site: Site, path: str) -> None:
    """Whatever stands in an href of a paper, it has a role, one canonical spelling, and with an id
    an identity."""
    url = site.profile.home + path
    roles = ("home", "category", "article", "feed", "sitemap", "robots", "other")
    assert site.role(url) in roles
    assert site.canonical(site.canonical(url)) == site.canonical(url)
    number, identity = site.article_id(url), site.identity(url)
    assert identity is None if number is None else (identity or "").endswith(f":{number}")


@given(st.sampled_from(SITES), paths)
@settings(max_examples=60, deadline=None)
def test_no_address_is_two_papers(site: Site, path: str) -> None:
    """An address on a paper's host is nobody else's to crawl, whatever its path."""
    owners = [other.key for other in SITES if other.in_scope(site.profile.home + path)]
    assert owners in ([], [site.key])

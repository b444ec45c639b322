"""The fictional paper of every publishing system, crawled and read; then after a redesign."""

from __future__ import annotations

from pathlib import Path

import pytest

from spiders.catalog import Catalog
from spiders.profile import load
from spiders.site import Site
from tests.gazette.paper import Paper
from tests.gazette.platforms import PLATFORMS

from .scores import FIELDS, Score, crawl_papers, explain, tabulate
from .words import adopt, name_platform, say_little

FEW, MANY = 15, 60
SECONDS = 800  # of wall time a run may take; the quick tests' own limit is shorter
WELL_KNOWN = {
    "baolaocai": "epi",
    "baodanang": "onecms",
    "baothainguyen": "vnpt",
    "baocantho": "fck",
    "baocaobang": "card",
    "baobacninhtv": "bbg",
    "baodienbienphu": "spa",
    "baoquangbinh": "dataimages",
    "baoyenbai": "ims",
}
"""One real paper of each system; the slow suite takes all."""


def make_paper(name: str, count: int, *, varied: bool = False) -> Paper:
    """Return a paper of a system; ePi's without the announced pages that are no articles."""
    without = ["ghosts"] if name == "epi" else []
    paper: Paper = PLATFORMS[name](7, count, varied=varied, without=without)
    return paper


def judge(scores: dict[str, Score], least: float) -> None:
    """Fail with the table and an example of each fault where a share is under ``least``, and where
    a page that is no article was read as one."""
    faults = []
    for key, one in scores.items():
        faults += [f"{key}.{name}" for name in ("found", *FIELDS) if one.share(name) < least]
        faults += [f"{key}: {url} is no article" for url in one.extra]
    assert not faults, f"{faults}\n{tabulate(scores)}\n{explain(scores)}"


def crawl_named(root: Path, count: int) -> dict[str, Score]:
    """Crawl every system's paper, its profile naming the system."""
    papers = {name: make_paper(name, count) for name in PLATFORMS}
    words = {name: name_platform(paper, name) for name, paper in papers.items()}
    return crawl_papers(root, papers, words, SECONDS)


def crawl_varied(root: Path, count: int) -> dict[str, Score]:
    """Crawl every system's paper after its redesign, with the barest profile."""
    papers = {name: make_paper(name, count, varied=True) for name in PLATFORMS}
    words = {name: say_little(paper) for name, paper in papers.items()}
    return crawl_papers(root, papers, words, SECONDS)


def crawl_adopted(root: Path, platforms: dict[str, str]) -> dict[str, Score]:
    """Crawl a paper of its system with the words of each real paper, hosts changed."""
    papers = {key: make_paper(name, 12) for key, name in platforms.items()}
    words = {key: adopt(key, paper) for key, paper in papers.items()}
    return crawl_papers(root, papers, words, SECONDS)


@pytest.mark.timeout(900)
def test_every_platform_is_understood(tmp_path: Path) -> None:
    """Home, hosts, clock and the system's name are enough: every article found, every field of it
    exact, no list taken for an article."""
    judge(crawl_named(tmp_path, FEW), 1.0)


@pytest.mark.timeout(900)
@pytest.mark.slow
def test_redesigned_papers_of_no_known_system_are_understood(tmp_path: Path) -> None:
    """Other classes, nesting and pager, and a profile that says next to nothing: 95 of 100
    articles found and right in every field, no list taken for an article."""
    judge(crawl_varied(tmp_path, FEW), 0.95)


@pytest.mark.timeout(900)
def test_a_real_paper_of_each_system_reads_its_fiction(tmp_path: Path) -> None:
    """The shipped words of one real paper a system, hosts changed, read the fictional paper."""
    judge(crawl_adopted(tmp_path, WELL_KNOWN), 1.0)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_real_paper_reads_the_fiction_of_its_system(tmp_path: Path) -> None:
    """The same of all real papers whose articles have the addresses of their system's fiction."""
    platforms = {key: name for key, name in list_platforms().items() if shares_addresses(key, name)}
    assert len(platforms) >= 30
    judge(crawl_adopted(tmp_path, platforms), 1.0)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_many_pages_of_every_platform(tmp_path: Path) -> None:
    """Sixty articles a paper, several pages of each list: as with few."""
    judge(crawl_named(tmp_path, MANY), 1.0)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_many_pages_of_every_redesigned_paper(tmp_path: Path) -> None:
    """Sixty articles a paper after its redesign: as with few."""
    judge(crawl_varied(tmp_path, MANY), 0.95)


def list_platforms() -> dict[str, str]:
    """Return the real papers of the systems that have a fictional one, with their systems; files
    that cannot be read are the business of tests/spiders."""
    sites, _ = Catalog().all()
    return {one.key: one.platform for one in sites if one.platform in PLATFORMS}


def shares_addresses(key: str, name: str) -> bool:
    """Say whether a real paper's articles look as those of its system's fictional paper."""
    paper = make_paper(name, 12)
    paper.base = "http://127.0.0.1:80"
    words = adopt(key, paper).replace("{base}", paper.base).replace("{host}", "127.0.0.1:80")
    site = Site(key, load(words))
    return {site.role(told["url"]) for told in paper.truth()} == {"article"}

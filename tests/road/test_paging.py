"""Categories are paged to their end where only rel=next says which page comes next."""

from __future__ import annotations

from pathlib import Path

from tests.gazette.many import ManyPaper
from tests.gazette.server import Server

from .vault import Vault


def test_rel_next_leads_through_more_pages_than_the_depth(tmp_path: Path) -> None:
    """Six pages of a category, addresses that tell nothing, depth 3: all 600 articles come in,
    since pages of one category are one step from the start."""
    with Server(ManyPaper(600, sitemap=False)) as server:
        vault = Vault(tmp_path / "archive", server.port, words="[crawl]\ndepth = 3\n")
        vault.add_site("many", ManyPaper(600, base=server.url, sitemap=False).profile())
        vault.crawl("many")
        lists = [path for path in server.paths() if path.startswith("/tin-tuc?page=")]
    assert lists == [f"/tin-tuc?page={number}" for number in range(2, 7)]
    assert vault.query("SELECT count(*) FROM articles") == [(600,)]
    pages = vault.query("SELECT page, depth FROM addresses WHERE role = 'category' ORDER BY page")
    assert pages == [(1, 0), *((number, 1) for number in range(2, 7))]

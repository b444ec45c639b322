"""Lists that name lists: a JSON menu and a scripted front page are the same every night, what they
lead to is not; the pages of a guessed category are counted from one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.gazette.platforms import PLATFORMS
from tests.gazette.server import Server

from .vault import Vault
from .words import name_platform, say_little


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_menu_that_stays_the_same_is_walked_again(tmp_path: Path) -> None:
    """The second night the API's menu is unchanged, and the new articles of its lists are found."""
    paper = PLATFORMS["spa"](7, 12)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        host = f"127.0.0.1:{server.port}"
        words = name_platform(paper, "spa").replace("{base}", server.url).replace("{host}", host)
        vault.add_site("spa", words)
        assert vault.crawl("spa")[0]["problems"] == []
        paper.newsroom.publish(paper.newsroom.now.date(), 9)
        paper.newsroom.move(paper.newsroom.now + timedelta(days=1))
        vault.crawl("spa")
        found = {record["url"] for record in vault.export()}
    assert {told["url"] for told in paper.truth()} == found


@pytest.mark.timeout(900)
def test_pages_of_guessed_categories_are_counted_from_one(tmp_path: Path) -> None:
    """A category that only the front page names is page 1, and its page 2 is found by its number;
    so it stands in a rebuilt index."""
    paper = PLATFORMS["arc"](7, 18, varied=True)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("arc", say_little(paper).replace("{base}", server.url))
        vault.crawl("arc")
    pages = (
        "SELECT substr(url, instr(url, '/business')), page FROM addresses WHERE role = 'category'"
    )
    for _ in range(2):
        counted = dict(vault.query(f"{pages} AND url LIKE '%/business/%'"))
        assert counted["/business/"] == 1
        assert counted["/business/?trang=2"] == 2
        vault.run("rebuild")

"""A paper without ids that gives all its articles new addresses in one night, crawled."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.dump import digest
from archive.rebuild import rebuild
from archive.store import connect
from tests.gazette.server import Server

from .resettled import make_resettled
from .vault import Vault

HELD = 24


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("form", "old", "moved"), [("folder", 301, 12), ("ending", 200, 0)])
def test_all_addresses_change_in_one_night(tmp_path: Path, form: str, old: int, moved: int) -> None:
    """Each article is held once and counts on one day, with all its addresses; that it moved is
    told the same night, and once; the night says it in one line and is no alarm; the rebuilt
    index is the same."""
    paper = make_resettled(12)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("paper", paper.profile())
        vault.crawl("paper", KHOBAO_NOW=paper.newsroom.now.isoformat())
        paper.publish()
        paper.settle(form, old=old)
        report = vault.crawl("paper", KHOBAO_NOW=paper.newsroom.now.isoformat())[0]
    assert report["counts"]["articles_new"] == 12 and report["problems"] == []
    ((notes,),) = vault.query("SELECT notes FROM crawls ORDER BY started_at DESC LIMIT 1")
    assert "12 articles of this paper stand at new addresses" in notes
    assert vault.query("SELECT count(*), count(DISTINCT text_sha256) FROM articles") == [
        (HELD, HELD)
    ]
    days = vault.query("SELECT DISTINCT count(*) FROM articles GROUP BY published_on")
    assert days == [(12,)]
    assert vault.query("SELECT count(*) FROM changes WHERE kind = 'moved'") == [(moved,)]
    assert vault.query("SELECT count(*) FROM changes") == [(moved,)]
    live = digest(connect(vault.root / "index.db"))
    rebuild(vault.root)
    assert digest(connect(vault.root / "index.db")) == live

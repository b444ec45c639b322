"""A backfill fetches the days that were asked for, all of them and nothing else but lists."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.gazette import epi
from tests.gazette.long import LongPaper, Note, plan
from tests.gazette.server import Server

from .vault import Vault

FIRST, LAST = date(2025, 9, 1), date(2026, 1, 20)
NOVEMBER = (date(2025, 11, 1), date(2025, 11, 30))
WORDS = ("--from", "2025-11", "--to", "2025-11")


def open_vault(root: Path, server: Server, paper: LongPaper) -> Vault:
    """An archive with the paper's profile, and nothing crawled."""
    paper.base = server.url
    vault = Vault(root, server.port)
    vault.add_site("long", paper.profile(server.url))
    return vault


def asked(server: Server) -> Counter[str]:
    """How often each article was asked for."""
    return Counter(path for path in server.paths() if path.startswith("/tin/"))


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("lie", [None, "repeat", "pinned", "cycle", "jump"])
def test_pages(tmp_path: Path, dated: bool, lie: str | None) -> None:
    """Page after page until the days are left, whatever the pager says: November is whole, nothing
    else is asked for but one article of a page whose list gives no dates."""
    paper = LongPaper(plan(FIRST, LAST), dated=dated, lie=lie)
    with Server(paper) as server:
        vault = open_vault(tmp_path / "archive", server, paper)
        out = vault.run("backfill", "long", *WORDS, code=3 if lie == "jump" else 0)
    found = asked(server)
    print(out, len(server.paths()), found.keys() - paper.within(*NOVEMBER))
    assert paper.within(*NOVEMBER) <= found.keys()
    assert max(found.values()) == 1
    outside = found.keys() - paper.within(*NOVEMBER)
    assert len(outside) <= (0 if dated else 20)

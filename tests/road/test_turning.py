"""An advertisement that is another at each look is learned by its place, and is nobody's edit."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from archive.rebuild import rebuild
from tests.changes.crowds import write
from tests.gazette import plain
from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import Answer
from tests.gazette.server import Server

from .test_learning import read_rows
from .vault import Vault

WORDS = "Mời bạn"


class Sponsored(plain.PlainPaper):
    """A paper that sets an advertisement among the paragraphs of every ``each``-th article."""

    def __init__(self, newsroom: Newsroom, each: int, pool: int) -> None:
        super().__init__(newsroom)
        self.each, self.pool, self.chance = each, pool, random.Random(5)

    def article(self, number: str) -> Answer | None:
        given = super().article(number)
        if given is None or given.status != 200 or int(number) % self.each:
            return given
        head, mark, text = given.body.decode().partition('<div class="text">')
        words = f"{WORDS} {write('vi', 7_000 + self.chance.randrange(self.pool)).title}"
        text = text.replace("</p>", f'</p><p class="qc-{number}">{words}.</p>', 2)
        return Answer(f"{head}{mark}{text}".encode())


@pytest.mark.parametrize(("each", "pool"), [(2, 8), pytest.param(1, 25, marks=pytest.mark.slow)])
def test_an_advertisement_is_learned(tmp_path: Path, each: int, pool: int) -> None:
    """The night on which it was another tells; from then on it is in no text, those held before
    too, and in no row, while a true edit beside it is told. A rebuild makes the same rows."""
    paper = Sponsored(plain.paper(7, 16).newsroom, each, pool)
    newsroom = paper.newsroom
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("paper", paper.profile())
        vault.crawl("paper")
        edited = ""
        for night in range(1, 4):
            at = newsroom.now + timedelta(days=1)
            if night == 3:
                story = newsroom.visible()[0]
                newsroom.edit(story, at=at, title="Tiêu đề mới của bài này")
                edited = "headline"
            newsroom.move(at)
            vault.crawl("paper", "--recheck", "20")
            held = vault.query("SELECT count(*) FROM versions WHERE instr(body, ?)", WORDS)
            assert held == [(0,)], f"night {night}"
            told = vault.query("SELECT kind FROM changes")
            assert told == ([(edited,)] if edited else []), f"night {night}"
    said = vault.run("check", "paper", "--from-archive", code=0)
    assert "by turns: " in said
    learned = vault.query("SELECT DISTINCT digest FROM templates WHERE lines LIKE '%by turns%'")
    assert len(learned) == 1, "learned once, and not forgotten as it works"
    assert "nothing to read again" in vault.run("reread", "paper", code=0)
    before = read_rows(vault.root)
    (vault.root / "index.db").unlink()
    rebuild(vault.root)
    assert read_rows(vault.root) == before

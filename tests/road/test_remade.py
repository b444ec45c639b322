"""A paper is made anew and so is its profile: what was read of its pages before stays as it was."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.connection import connect
from archive.find import Meant
from archive.history import tell
from tests.gazette import plain
from tests.gazette.remade import RemadePaper
from tests.gazette.server import Server

from .remains import ONE_READER, Watched, check_rebuild
from .vault import Vault

AGAIN = ("paper", "--recheck", "9")


class Nights:
    """A paper, its archive, and the edits that were made."""

    def __init__(self, root: Path, paper: RemadePaper, watched: Watched, port: int) -> None:
        self.paper, self.watched = paper, watched
        self.vault = Vault(root, port, words=ONE_READER)
        self.vault.add_site("paper", paper.mended("before"))
        self.edits: list[tuple[int, str]] = []

    def pass_night(self, *edited: int, code: int = 0) -> None:
        """Let a day pass in which stories were edited, each by a sentence, then crawl."""
        room = self.paper.newsroom
        at = room.now + timedelta(days=1)
        for story_id in edited:
            story = room.find(story_id)
            assert story is not None
            added = f"Bổ sung lần {len(self.edits) + 1}: hồ sơ số {story_id} đã được duyệt xong."
            room.edit(story_id, at=at, paragraphs=(*story.paragraphs, added))
            self.edits.append((story_id, added))
        room.move(at)
        self.vault.crawl(*AGAIN, code=code)

    def kill_night(self) -> None:
        """Crawl, and be killed when half of the articles were asked for."""
        reached = self.watched.expect(10)
        started = self.vault.start("crawl", *AGAIN)
        assert reached.wait(60)
        os.kill(started.pid, signal.SIGKILL)
        started.communicate()

    def told(self) -> list[tuple[str, str, str]]:
        """Return (kind, story's number, sentences that came) of all that is told of the paper."""
        db = connect(self.vault.root / "index.db")
        articles = db.execute("SELECT id, url FROM articles").fetchall()
        found = [
            (chapter["what"], url.rpartition("-")[2].partition(".")[0], _pick(chapter))
            for number, url in articles
            for chapter in tell(db, Meant(number, url))["chapters"]
            if "detail" in chapter
        ]
        db.close()
        return sorted(found)


def _pick(chapter: dict[str, Any]) -> str:
    pieces = chapter.get("sentences")
    return "no words" if pieces is None else " | ".join(p.get("after") or "-" for p in pieces)


@pytest.mark.slow
@pytest.mark.parametrize("nights", [1, 3])
def test_a_remade_profile_leaves_what_was_read(tmp_path: Path, nights: int) -> None:
    """Edits before and after a relaunch are told with their words, and no other is, whenever the
    profile is made anew; whoever is killed, reads again or rebuilds."""
    paper = RemadePaper(plain.paper(7, 16).newsroom, structured=False)
    watched = Watched(paper)
    with Server(watched) as server:
        held = Nights(tmp_path / "archive", paper, watched, server.port)
        ids = paper.newsroom.visible()
        held.pass_night()
        held.pass_night(ids[0], ids[1])
        paper.relaunch()
        for night in range(nights):
            held.pass_night(*(ids[2:3] if night == 1 else ()), code=3)
        held.vault.add_site("paper", paper.mended("after"))
        held.kill_night()
        held.pass_night()
        held.pass_night(ids[0], ids[3])
        wanted = sorted(("text", str(story), words) for story, words in held.edits)
        assert held.told() == wanted
        held.vault.run("reread", "paper", "--all")
        assert "nothing to read again" in held.vault.run("reread", "paper", "--all")
        assert held.told() == wanted
        held.pass_night(ids[4])
    wanted = sorted(("text", str(story), words) for story, words in held.edits)
    assert held.told() == wanted
    check_rebuild(held.vault)

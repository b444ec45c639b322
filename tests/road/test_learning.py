"""What the pages of a site share is learned by one crawl, kept in the WARC, used by it and the
next."""

from __future__ import annotations

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from archive.dump import dump
from archive.explain import explain
from archive.find import Meant
from archive.rebuild import rebuild
from archive.store import connect
from archive.warc.verify import verify_archive
from tests.check.desk import look_at
from tests.gazette import plain
from tests.gazette.paper import Answer
from tests.gazette.server import Server

from .vault import Vault

NOTE = "Toà soạn mong nhận được thư của bạn đọc gần xa về địa chỉ quen thuộc."


class Boxed(plain.PlainPaper):
    """A paper that sets a box into every text, in words nobody knows."""

    def article(self, number: str) -> Answer | None:
        given = super().article(number)
        if given is None or given.status != 200:
            return given
        head, mark, text = given.body.decode().partition('<div class="text">')
        box = f'</p><div class="b{number}"><p>{NOTE}</p></div>'
        return Answer(f"{head}{mark}{text.replace('</p>', box, 2)}".encode())


def read_rows(root: Path) -> list[str]:
    """The logical content of an index."""
    db = connect(root / "index.db")
    try:
        return list(dump(db))
    finally:
        db.close()


def test_a_template_is_learned_kept_and_used(tmp_path: Path) -> None:
    """The first crawl writes down what its texts share and reads again what holds it. The second
    reads with it, and names it; an edited article's versions are both read so, and the line that
    left is no change of the paper's. A rebuild makes the same rows. `check` and `show --explain`
    tell of it. `reread` has nothing left to do."""
    paper = Boxed(plain.paper(7, 12).newsroom)
    newsroom = paper.newsroom
    edited = newsroom.visible()[0]
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("paper", paper.profile())
        vault.crawl("paper")
        bodies = vault.query("SELECT body, template FROM articles")
        ((digest, pages, lines),) = vault.query("SELECT digest, pages, lines FROM templates")
        assert all(NOTE not in body and template == digest for body, template in bodies)
        assert vault.query("SELECT count(*) FROM versions") == [(len(bodies),)], "no new version"
        assert vault.query("SELECT count(*) FROM changes") == [(0,)]
        assert "nothing to read again" in vault.run("reread", "paper", code=0)
        assert pages == len(bodies)
        assert [words for _, _, words in json.loads(lines)] == [NOTE]

        at = newsroom.now + timedelta(days=1)
        newsroom.edit(edited, at=at, title="Tiêu đề mới của bài này")
        newsroom.move(at)
        (report,) = vault.crawl("paper", "--recheck", "9")
        checked = look_at(tmp_path, server, paper.profile())
    assert report["counts"]["articles_changed"] == 1
    versions = vault.query(
        "SELECT v.version, v.body, v.template, v.title FROM versions v JOIN articles a "
        "ON a.id = v.article_id WHERE a.versions = 2 ORDER BY v.version"
    )
    assert [row[2] for row in versions] == [digest, digest]
    assert versions[0][1] == versions[1][1] and NOTE not in versions[1][1]
    assert versions[0][3] != versions[1][3]
    assert vault.query("SELECT count(*) FROM templates") == [(1,)], "nothing else is shared now"
    assert any(kind == "shared" for _, (kind, _) in checked.counts.leaks), "read without it"

    db = connect(vault.root / "index.db")
    (number,) = db.execute("SELECT id FROM articles WHERE versions = 2").fetchone()
    told = explain(db, Meant(number, ""), None)
    db.close()
    assert told["template"] == digest
    assert {"step": "template", "text": NOTE} in told["cuts"]
    said = vault.run("check", "paper", "--from-archive", code=0)
    assert NOTE in said and f"from {pages} articles" in said and "were cut from these texts" in said

    before = read_rows(vault.root)
    (vault.root / "index.db").unlink()
    rebuild(vault.root)
    assert read_rows(vault.root) == before
    assert sum(row.startswith("templates ") for row in before) == 1
    assert list(verify_archive(vault.root, vault.root / "index.db")) == []

    db = sqlite3.connect(vault.root / "index.db")
    with db:  # as if the crawl that learned the line had had no time to read these again
        held = db.execute(
            "UPDATE versions SET body = body || char(10) || ?, template = NULL "
            "WHERE article_id IN (SELECT id FROM articles WHERE versions = 1 LIMIT 3)",
            (NOTE,),
        ).rowcount
    db.close()
    assert held == 3 and f"{held} pages read again" in vault.run("reread", "paper", code=0)
    assert vault.query("SELECT count(*) FROM versions WHERE instr(body, ?)", NOTE) == [(0,)]
    assert "nothing to read again" in vault.run("reread", "paper", "--all", code=0)

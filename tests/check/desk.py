"""Checks fictional papers: in this process for what was seen, as a command for exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.store import Archive
from crawler.check.check import Checked, check_paper
from crawler.config import load as load_config
from crawler.read.page import Page
from crawler.read.reader import read
from crawler.walk.seeds import describe_site
from spiders.profile import load
from spiders.site import Site
from tests.archive.makers import Clock, make_exchange, make_ids
from tests.gazette.paper import Paper
from tests.gazette.server import Server
from tests.road.test_platforms import make_paper
from tests.road.vault import Vault
from tests.road.words import name_platform

NOW = datetime(2026, 2, 20, tzinfo=UTC)
Prepare = Callable[[Server], None]


def name_words(paper: Paper, platform: str, server: Server, more: str = "") -> str:
    """The least profile that names the system, where a server serves its paper."""
    words = name_platform(paper, platform) + more
    return words.replace("{base}", server.url).replace("{host}", f"127.0.0.1:{server.port}")


def look(
    folder: Path, platform: str, count: int, *, varied: bool = False, more: str = ""
) -> Checked:
    """Check a system's paper in this process. Raises Unavailable."""
    paper = make_paper(platform, count, varied=varied)
    with Server(paper) as server:
        words = name_words(paper, platform, server, more)
        return look_at(folder, server, words)


def look_at(folder: Path, server: Server, words: str) -> Checked:
    """Check the paper of a server in this process with a profile. Raises Unavailable."""
    path = write_config(folder, server)
    return check_paper(Site("paper", load(words)), load_config(path), None, NOW)


def write_config(folder: Path, server: Server) -> Path:
    """Write a khobao.toml that allows the server's port."""
    words = f'[network]\nallow_addresses = ["127.0.0.1"]\nallow_ports = [{server.port}]\n'
    path = folder / "khobao.toml"
    path.write_text(words, encoding="utf-8")
    return path


def make_vault(root: Path, server: Server, words: str) -> Vault:
    """A folder with khobao.toml and the profile ``paper``, and nothing else."""
    (root / "sites").mkdir(parents=True)
    write_config(root, server)
    vault = Vault.at(root)
    vault.add_site("paper", words)
    return vault


def type_check(vault: Vault, *words: str, code: int = 0) -> dict[str, Any]:
    """Type `khobao check paper --json` and return what it says; the exit code must be ``code``."""
    said = vault.run("check", "paper", "--json", *words, code=code)
    told: dict[str, Any] = json.loads(said.splitlines()[0])
    assert told["exit_code"] == code
    return told


def list_problems(checked: Checked) -> list[str]:
    """The words of the profile, or fields, that problems are about."""
    return [one.about for one in checked.findings if one.level == "problem"]


def list_files(root: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder with its size and time of change."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}


def keep_articles(root: Path, paper: Paper, site: Site) -> None:
    """Keep the articles of a paper and what they are read as, and none of its lists."""
    clock = Clock()
    ids = make_ids()
    with Archive(root, now=clock, new_id=lambda: next(ids), host="test") as archive:
        columns = {k: v for k, v in describe_site(site).items() if v is not None}
        archive.open_site(columns, crawl_id="paper-1", info={"software": "test"})
        for url in (truth["url"] for truth in paper.truth()):
            answer = paper.answer(url.removeprefix(paper.base))
            assert answer is not None
            fields = (("Content-Type", answer.type),)
            at = clock()
            capture = archive.keep("paper", make_exchange(url, answer.body, at=at, fields=fields))
            page = Page(url, 200, fields, answer.body, "article", at)
            archive.add(capture, read(page, site), address=url)

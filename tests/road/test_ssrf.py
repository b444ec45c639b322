"""Row 13 of the scorecard: nothing a paper says makes the crawl dial inside or read a file."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.gazette import plain
from tests.gazette.server import Server
from tests.scorecard.plugin import Tally

from .inward import CHANNELS, DNS, HOME, PAPER, InwardPaper, list_forms
from .remains import ONE_READER, check_whole
from .vault import Vault
from .watch import Bait, Canary, Watch

OPERATOR = '[operator]\nname = "Thư viện thử"\ncontact = "https://thu.example/"\n'
SHARES = 4  # the quick form takes a quarter of the forms


@dataclass
class Scene:
    """A paper, its archive, and who watches."""

    paper: InwardPaper
    server: Server
    vault: Vault
    watch: Watch
    bait: Bait
    canary: Canary

    def crawl(self) -> dict[str, Any]:
        """Crawl to the end and return the report."""
        process = self.vault.start("crawl", "paper", "--json", **self.watch.environ)
        out, err = process.communicate(timeout=300)
        assert "Traceback" not in err, err
        report: dict[str, Any] = json.loads(out.splitlines()[0])
        return report

    def strays(self) -> list[tuple[str, int]]:
        """Addresses that were dialled beside the paper's own.

        Its port 80 is its own: ``http://bao.example\\@127.0.0.1/`` is a path of bao.example
        (WHATWG URL, 4.4: a backslash is a slash).
        """
        own = ((HOME, self.server.port), (HOME, 80))
        return [place for place in self.watch.dialled() if place not in own]


@contextmanager
def stage(tmp_path: Path, share: slice, allowed: str = f'"{HOME}"') -> Iterator[Scene]:
    """Serve the paper on 127.0.0.77 and put the canary on the same port of the addresses inside."""
    canary, bait = Canary(), Bait(tmp_path)
    with socket.create_server((HOME, 0)) as other:
        forms = list_forms(canary.port, other.getsockname()[1], bait.path)[share]
        paper = InwardPaper(plain.paper(seed=7, articles=12), forms)
        base = f"http://{PAPER}:{canary.port}"
        hosts = {PAPER: [[HOME]], **{f"r{n}.{PAPER}": [[HOME]] for n in range(len(forms))}}
        with Server(paper, host=HOME, port=canary.port, base=base) as server:
            vault = Vault(tmp_path / "archive")
            network = f"[network]\nallow_addresses = [{allowed}]\nallow_ports = [{server.port}]\n"
            config = OPERATOR + network + ONE_READER
            (vault.root / "khobao.toml").write_text(config, encoding="utf-8")
            vault.add_site("paper", paper.profile(server.port))
            watch = Watch(tmp_path / "watch", {**DNS, **hosts})
            yield Scene(paper, server, vault, watch, bait, canary)
    canary.close()
    bait.close()


@pytest.mark.row(13)
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    "share",
    [
        slice(0, None, SHARES),
        *(pytest.param(slice(n, None, SHARES), marks=pytest.mark.slow) for n in range(1, SHARES)),
    ],
    ids=lambda share: f"share {share.start}",
)
def test_no_address_inside_is_dialled(tmp_path: Path, share: slice, tally: Tally) -> None:
    """Every form in every channel of a real crawl: 0 connections, 0 files read, and the paper's
    own articles are all there."""
    with stage(tmp_path, share) as scene:
        report = scene.crawl()
        forms, met = scene.paper.forms, scene.paper.met
        strays = scene.strays()
        tally(
            forms=len(forms),
            channels=len({channel for channel, _ in met}) if share.start == 0 else 0,
            tries=len(met),
            connections=max(len(strays), scene.canary.met),
            reads=scene.bait.opened,
        )
        assert (scene.canary.met, strays, scene.bait.opened) == (0, [], 0)
        assert report["outcome"] == "finished" and report["counts"]["bugs"] == 0, report
        missing = {(c, n) for c in CHANNELS for n in range(len(forms))} - met
        assert not missing, sorted(missing)[:20]
        check_articles(scene)
        check_captures(scene)
        check_whole(scene.vault)


def check_articles(scene: Scene) -> None:
    """The paper's own articles are all taken, and nothing of the machine's is in the archive."""
    texts = {text for (text,) in scene.vault.query("SELECT body FROM articles")}
    assert not {told["text"] for told in scene.paper.paper.truth()} - texts
    secrets = (b"root:x:0:0", "bí mật của máy".encode())
    for path in scene.vault.root.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        assert not any(secret in data for secret in secrets), path


def check_captures(scene: Scene) -> None:
    """What was answered came from the paper's address; the wire itself has refused others."""
    rows = scene.vault.query("SELECT DISTINCT ip FROM captures WHERE failure IS NULL")
    assert rows == [(HOME,)]
    refused = scene.vault.query("SELECT DISTINCT url FROM captures WHERE failure = 'address'")
    assert len(refused) >= len(scene.paper.forms) // 4, refused


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_witnesses_see(tmp_path: Path) -> None:
    """Were the inside allowed, the same crawl would be seen by the canary and in the log."""
    with stage(tmp_path, slice(0, None, SHARES), '"127.0.0.0/8", "::1"') as scene:
        scene.crawl()
        assert scene.canary.met > 0
        assert ("127.0.0.1", scene.canary.port) in scene.strays()


def test_the_bait_is_watched(tmp_path: Path) -> None:
    """One reading of the bait is seen."""
    bait = Bait(tmp_path)
    assert bait.opened == 0
    bait.path.read_bytes()
    assert bait.opened > 0
    bait.close()

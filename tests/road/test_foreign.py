"""What other programs make of the WARC files of a real crawl."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.gazette import epi
from tests.gazette.server import Server
from tests.pywb import ask, needs_pywb, replay

from .vault import Vault


def crawl_twice(tmp_path: Path) -> tuple[Vault, list[dict[str, object]]]:
    """Crawl a paper twice, so that there are revisits, and return the archive and the truth."""
    with Server(epi.paper(seed=7, articles=12)) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("paper", server.paper.profile())
        vault.crawl("paper")
        vault.crawl("paper", "--recheck", "1")
        return vault, server.paper.truth()


def test_warcio_checks_every_file(tmp_path: Path) -> None:
    """`warcio check` and `fastwarc check` find nothing wrong in the files of two crawls."""
    vault, _ = crawl_twice(tmp_path)
    files = sorted(map(str, (vault.root / "warc").rglob("*.warc.gz")))
    assert len(files) == 2
    folder = Path(sys.executable).parent
    for tool in ("warcio", "fastwarc"):
        for file in files:
            done = subprocess.run(
                [str(folder / tool), "check", file], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr


@needs_pywb
def test_pywb_replays_every_article(tmp_path: Path) -> None:
    """Every article of a crawled paper opens in pywb with its text, and so do its revisits."""
    vault, truth = crawl_twice(tmp_path)
    rows = vault.query(
        "SELECT url, captured_at FROM captures WHERE kind IN ('response', 'revisit') "
        "AND status = 200 AND url LIKE '%-post%'"
    )
    texts = {told["url"]: str(told["text"]).split("\n")[-1] for told in truth}
    wanted = [(url, at) for url, at in rows if url in texts]
    assert len(wanted) >= len(truth)
    with replay(tmp_path / "pywb", sorted((vault.root / "warc").rglob("*.warc.gz"))) as connection:
        for url, at in wanted:
            instant = "".join(c for c in at[:19] if c.isdigit())
            status, page = ask(connection, instant, url)
            assert status == 200 and texts[url][:40] in page, url

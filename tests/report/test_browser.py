"""The page in a real browser: it asks for nothing, says nothing wrong, and fits a telephone.

Chromium without a window draws a frame of each width with the page in it; the frame's own script,
which is not part of the page, reads how wide its contents are. Chromium's log of the network has
every request that was begun.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from archive.report.page import write_page
from archive.report.tongue import LANGUAGES, Language
from tests.report.conftest import Printed

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WIDTHS = (360, 768, 1200)
FRAME = """<!DOCTYPE html><meta charset="utf-8"><style>iframe {{ border: 0 }}</style><body>
{frames}
<script>
window.onload = () => {{
  const found = [...document.querySelectorAll("iframe")].map(frame => {{
    const page = frame.contentDocument.documentElement;
    const wide = [...frame.contentDocument.body.querySelectorAll("*")].filter(
      part => part.getBoundingClientRect().right > page.clientWidth + 1
        && getComputedStyle(part).position !== "absolute" && !part.closest("svg, thead"));
    return [page.clientWidth, page.scrollWidth, wide.map(part => part.outerHTML.slice(0, 200))];
  }});
  document.title = JSON.stringify(found);
}};
</script>"""
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium here: apt-get install chromium"),
    pytest.mark.timeout(120),
]


def browse(folder: Path, page: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Open a page in a browser of its own, which ends by itself."""
    assert BROWSER is not None
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions"]
    command += ["--enable-logging=stderr", f"--user-data-dir={folder / 'profile'}", *words]
    return subprocess.run(
        [*command, page.as_uri()], capture_output=True, text=True, check=True, timeout=100
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_window(
    printed: Printed, tmp_path: Path, language: Language
) -> None:
    """At 360, 768 and 1200 pixels nothing reaches beyond the page's edge, details open."""
    page = write_page(printed.facts, language).replace("<details>", "<details open>")
    frames = "".join(
        f'<iframe style="width:{width}px;height:600px" srcdoc="{html.escape(page)}"></iframe>'
        for width in WIDTHS
    )
    path = tmp_path / "frames.html"
    path.write_text(FRAME.format(frames=frames), encoding="utf-8")
    said = browse(tmp_path, path, "--dump-dom", "--window-size=1400,900").stdout
    title = re.search("<title>(.*?)</title>", said, re.DOTALL)
    assert title is not None, said[-500:]
    found = json.loads(html.unescape(title[1]))
    assert len(found) == len(WIDTHS)
    for client, scroll, wide in found:
        assert wide == [] and scroll == client, f"{scroll} in {client}: {wide}"


def test_no_request_and_no_complaint(printed: Printed, tmp_path: Path) -> None:
    """Opened from a file, the page begins no request but for itself; the console stays empty."""
    path, log = tmp_path / "report.html", tmp_path / "net.json"
    path.write_text(write_page(printed.facts), encoding="utf-8")
    done = browse(tmp_path, path, "--dump-dom", f"--log-net-log={log}")
    assert "CONSOLE" not in done.stderr
    asked = set(re.findall(r'"url":"([^"]+)"', log.read_text(encoding="utf-8")))
    hosts = {title.paper.site for title in printed.facts.papers}
    assert not any(f"{host}.test" in url for url in asked for host in hosts)
    assert "<h1" in done.stdout and "<svg" in done.stdout


def test_it_prints_on_a4(printed: Printed, tmp_path: Path) -> None:
    """Printed, it is a PDF of A4 pages, of which there are fewer than papers ask for."""
    path, printed_to = tmp_path / "report.html", tmp_path / "report.pdf"
    path.write_text(write_page(printed.facts), encoding="utf-8")
    browse(tmp_path, path, f"--print-to-pdf={printed_to}", "--no-pdf-header-footer")
    data = printed_to.read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert data.startswith(b"%PDF-") and boxes
    assert all(abs(float(w) - 595) < 2 and abs(float(h) - 842) < 2 for w, h in boxes)
    assert len(boxes) <= 2 + 2 * len(printed.facts.papers)

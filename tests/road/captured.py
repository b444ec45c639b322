"""Real sites captured by others: what is in a capture, by other means than ours, and its replay.

Links are taken by the standard library's HTMLParser and addresses folded by hand, so that a fault
of the crawler's reader or spelling does not hide in the yardstick.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.shared import SHARED

SITES = Path(__file__).parent / "sites"
REPLAY = SHARED / "captures" / "replay.py"

needs_shared = pytest.mark.skipif(
    not REPLAY.is_file(), reason=f"no captures in {SHARED}: set KHOBAO_SHARED to the shared folder"
)


class Links(HTMLParser):
    """Collects the hrefs of anchors and the text of the page."""

    def __init__(self, html: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.hrefs: list[str] = []
        self.words: list[str] = []
        self._silent = 0
        self.feed(html.decode("utf-8", "replace"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an anchor's href; be silent inside scripts and styles."""
        self._silent += tag in ("script", "style")
        href = dict(attrs).get("href") if tag == "a" else None
        if href:
            self.hrefs.append(href.strip())

    def handle_endtag(self, tag: str) -> None:
        """Speak again after scripts and styles."""
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        """Take visible text."""
        if self._silent <= 0:
            self.words += data.split()


@cache
def fold(url: str) -> str:
    """Return host, path and query under which a mirror's spellings of one page are one."""
    url = re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0])
    host = url.partition("/")[0]
    url = re.sub(rf"^{re.escape(host)}/(?:www\.)?{re.escape(host)}/", f"{host}/", url)
    url = unquote(url)
    url = re.sub(r"(?:index\.html)?\?date=\d+(?:\.html)?$", "", url)
    return re.sub(r"/index\.html$", "/", url).rstrip("/")


@dataclass
class Capture:
    """The pages (HTML, 200) and feeds of a WARC file, by folded address."""

    path: Path
    pages: dict[str, bytes] = field(default_factory=dict)
    feeds: dict[str, bytes] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file with warcio."""
        capture = cls(path)
        with path.open("rb") as file:
            for record in ArchiveIterator(file, arc2warc=True):
                if record.rec_type == "response" and record.http_headers:
                    capture._take(record)
        return capture

    def _take(self, record: Any) -> None:
        url = record.rec_headers.get_header("WARC-Target-URI")
        kind = record.http_headers.get_header("Content-Type") or ""
        body = record.content_stream().read()
        if record.http_headers.get_statuscode() != "200":
            return
        key = fold(url)
        if "html" in kind:
            # Of a page's dated twins the one without a date is what the plain address shows.
            if key not in self.pages or not re.search(r"date(?:=|%3D)", url):
                self.pages[key] = body
                self.urls[key] = url
        elif "xml" in kind:
            self.feeds[key] = body

    def links(self, key: str) -> set[str]:
        """Return the folded addresses that a page links to."""
        base = "http://" + key + ("/" if self._is_folder(key) else "")
        found = set()
        for href in Links(self.pages[key]).hrefs:
            try:
                found.add(fold(urljoin(base, href)))
            except ValueError:
                continue
        return found

    def _is_folder(self, key: str) -> bool:
        return self.urls[key].endswith("/index.html") or "/" not in key


@dataclass(frozen=True)
class Expected:
    """What a profile must bring in from a capture."""

    articles: set[str]  # captured pages whose address the profile calls an article
    announced: set[str]  # of them, those that home, categories or feeds link to


def expect(capture: Capture, profile: dict[str, Any]) -> Expected:
    """Return the articles of a capture and those that its lists announce."""
    walk = profile["walk"]
    articles = {
        key
        for key in capture.pages
        if any(
            re.search(pattern, f"http://{key}{slash}")
            for pattern in walk["article"]
            for slash in ("", "/")
        )
    }
    home = fold(profile["home"])
    lists = {home} | {fold(urljoin(profile["home"], path)) for path in walk["categories"]}
    lists &= capture.pages.keys()
    for key in capture.links(home) if home in lists else ():
        if key in capture.pages and any(
            re.search(pattern, _escaped(key)) for pattern in walk.get("category", ())
        ):
            lists.add(key)
    articles -= lists
    linked = set().union(*(capture.links(key) for key in lists))
    for path in walk.get("feeds", ()):
        feed = capture.feeds[fold(urljoin(profile["home"], path))].decode("utf-8", "replace")
        linked |= {fold(url.strip()) for url in re.findall(r"<link>([^<]+)</link>", feed)}
    return Expected(articles, articles & linked)


def _escaped(key: str) -> str:
    return "http://" + key.replace("?", "%3F")


def load_profile(name: str) -> tuple[str, dict[str, Any]]:
    """Return the text and the words of a profile in sites/."""
    text = (SITES / f"{name}.toml").read_text(encoding="utf-8")
    return text, tomllib.loads(text)


class Replay:
    """replay.py of the shared folder in a process of its own, as an HTTP proxy."""

    def __init__(self, *files: Path, port: int = 0, words: tuple[str, ...] = ()) -> None:
        self.port = port or find_port()
        command = [sys.executable, str(REPLAY), "--port", str(self.port), *words]
        self.process = subprocess.Popen(
            [*command, *map(str, files)], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert "records" in self.process.stdout.readline(), "the replay did not start"
        wait_for(self.port)

    @property
    def proxy(self) -> str:
        """The address for http_proxy."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.kill()
        self.process.communicate()


def find_port() -> int:
    """Return a port that is free now; replay.py does not tell the one it would take for 0."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Return when the port takes connections: replay.py prints its line just before it listens."""
    for _ in range(10_000):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            continue
        return
    raise AssertionError(f"nothing listens on port {port}")


def host_of(key: str) -> str:
    """Return the host of a folded address."""
    return urlsplit("http://" + key).netloc

"""Papers that mean harm: addresses of the inner network, bombs, and traps without an end."""

from __future__ import annotations

import json
import re
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from crawler.walk.traps import repeats, shape
from tests.gazette import plain
from tests.gazette.fault import Fault
from tests.gazette.paper import Answer, redirect
from tests.gazette.plain import PlainPaper
from tests.gazette.server import Server

from .hostile import PREFIX, HostilePaper, make_gzip_bomb
from .remains import ONE_READER, check_rebuild, check_whole
from .vault import Vault

# -- addresses of the inner network ---------------------------------------------------------------


class Canary:
    """A port that nobody may connect to; ``met`` counts who did."""

    def __init__(self) -> None:
        self.met = 0
        self._socket = socket.create_server(("", 0))
        self.port: int = self._socket.getsockname()[1]
        self._six = socket.create_server(("::1", self.port), family=socket.AF_INET6)
        for listener in (self._socket, self._six):
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.met += 1
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
            connection.close()

    def close(self) -> None:
        """Stop listening."""
        for listener in (self._socket, self._six):
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()


def list_forms(port: int) -> list[str]:
    """Return ways to write an address inside: numbers, names, users, schemes, metadata services."""
    hosts = (
        *("127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0X7F.1"),
        *(
            "017700000001",
            "0177.0.0.1",
            "0177.0x0.1",
            "00000177.0.0.1",
            "127.0.0.1.",
            "0",
            "0.0.0.0",
        ),
        *("localhost", "localhost.", "LOCALHOST", "localhost.localdomain", "[::1]", "[::]"),
        *("[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"),
        *("127.127.127.127", "１２７.0.0.1", "①②⑦.0.0.1", "127。0。0。1", "ⓛocalhost"),
        *("user@127.0.0.1", "user:pass@127.0.0.1", "baophudang.vn@127.0.0.1", "%31%32%37.0.0.1"),
    )
    tail = PREFIX + "mat-990001.html"
    forms = [f"http://{host}:{port}{tail}" for host in hosts]
    forms += [f"https://{host}:{port}{tail}" for host in ("127.0.0.1", "localhost", "[::1]")]
    forms += [
        f"//127.0.0.1:{port}{tail}",
        f"http:\\\\127.0.0.1:{port}{tail}",
        f"\thttp://127.1:{port}{tail}",
    ]
    forms += [
        *(
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00:ec2::254]/latest/",
            "http://169.254.170.2/v2/",
        ),
        *(
            "http://100.100.100.200/latest/meta-data/",
            "http://metadata.google.internal/computeMetadata/v1/",
        ),
        *("http://0xa9fea9fe/", "http://2852039166/", "http://10.0.0.1/", "http://192.168.1.1/"),
        *("file:///etc/passwd", "file://localhost/etc/passwd", "FILE:///etc/hostname"),
        *("ftp://127.0.0.1/x", f"gopher://127.0.0.1:{port}/_x", f"dict://127.0.0.1:{port}/x"),
        *(
            "data:text/html,<h1>x</h1>",
            "s3://bucket/key",
            "javascript:alert(1)",
            "jar:http://127.1!/x",
        ),
        *("ldap://127.0.0.1/", "unix:///var/run/docker.sock", "view-source:http://127.0.0.1/"),
    ]
    return forms


class InwardPaper:
    """A paper that names addresses inside wherever a crawler looks for addresses."""

    def __init__(self, paper: PlainPaper, forms: list[str]) -> None:
        self.paper = paper
        self.forms = forms

    @property
    def base(self) -> str:
        """The paper's own address."""
        return self.paper.base

    @base.setter
    def base(self, value: str) -> None:
        self.paper.base = value

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return self.paper.now()

    def answer(self, target: str) -> Answer | None:
        """Answer as the paper does, with the forms in links, feeds, sitemaps and redirects."""
        if target.startswith(PREFIX + "dan-"):
            number = int(target.rpartition("-")[2].removesuffix(".html")) - 980_000
            return redirect_raw(self.forms[number])
        if target.startswith("/muc-"):
            return redirect_raw(self.forms[int(target.removeprefix("/muc-"))])
        found = self.paper.answer(target)
        if found is None or found.status != 200:
            return found
        text = found.body.decode()
        if target == "/robots.txt":
            text += "".join(f"Sitemap: {form.strip()}\n" for form in self.forms)
        elif target == "/feed.xml":
            items = "".join(
                f"<item><title>x</title><link>{escape(f)}</link></item>" for f in self.forms
            )
            text = text.replace("</channel>", f"{items}</channel>")
        elif "sitemap" in target:
            rows = "".join(f"<url><loc>{escape(f)}</loc></url>" for f in self.forms)
            text = text.replace("</urlset>", f"{rows}</urlset>")
        else:
            text = self._add_links(text)
        return replace(found, body=text.encode())

    def _add_links(self, text: str) -> str:
        hops = [f"{PREFIX}dan-{980_000 + n}.html" for n in range(len(self.forms))]
        hops += [f"/muc-{n}" for n in range(len(self.forms))]
        links = "".join(
            f"<li><h2><a href={quoteattr(url)}>Tin</a></h2></li>" for url in [*self.forms, *hops]
        )
        head = "".join(
            f"<link rel={rel} href={quoteattr(form)}>"
            for form in self.forms
            for rel in ("next", "alternate", "amphtml")
        )
        first = quoteattr(self.forms[len(text) % len(self.forms)])
        head += (
            f'<link rel="canonical" href={first}><base href={first}>' if "<article>" in text else ""
        )
        head += f'<meta http-equiv="refresh" content="0;url={self.forms[0]}">'
        text = text.replace("</head>", head + "</head>").replace("</nav>", f"{links}</nav>", 1)
        return text.replace(
            "</main>", f"<aside><h2>Tin liên quan</h2><ol>{links}</ol></aside></main>"
        )


def escape(text: str) -> str:
    """Return text for XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\t", "")


def redirect_raw(target: str) -> Answer:
    """Return a redirect whose target stands as UTF-8 bytes, as servers send it."""
    return redirect(target.encode().decode("latin-1").replace("\t", ""), 302)


def test_no_address_inside_is_dialled(tmp_path: Path) -> None:
    """60 forms in links, feeds, sitemaps, robots.txt, canonical and redirects: 0 connections,
    0 files read, and the paper's articles are all there."""
    canary = Canary()
    forms = list_forms(canary.port)
    assert len(set(forms)) >= 60
    paper = InwardPaper(plain.paper(seed=7, articles=12), forms)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        muc = ", ".join(f'"{server.url}/muc-{n}"' for n in range(len(forms)))
        profile = paper.paper.profile().replace("categories = [", f"categories = [{muc}, ")
        profile = profile.replace(f'"{server.url}/news-sitemap.xml"', "")
        vault.add_site("paper", profile)
        process = vault.start("crawl", "paper", "--json")
        out, err = process.communicate(timeout=110)
        report = json.loads(out.splitlines()[0])
    canary.close()
    assert canary.met == 0
    assert report["outcome"] == "finished" and report["counts"]["bugs"] == 0, (out, err)
    assert "Traceback" not in err
    hops = [path for path in server.paths() if "/dan-98" in path or path.startswith("/muc-")]
    assert len(set(hops)) == 2 * len(forms), "not every redirect was met"
    check_taken(vault, paper.paper, 1.0)
    dialled = {ip for (ip,) in vault.query("SELECT DISTINCT ip FROM captures")}
    assert dialled <= {"127.0.0.1", None}
    ports = vault.query(
        "SELECT url FROM captures WHERE failure IS NULL AND url NOT LIKE ?", f"{server.url}/%"
    )
    assert ports == []
    found = vault.root.rglob("*")
    secret = [path for path in found if path.is_file() and b"root:x:0:0" in path.read_bytes()]
    assert secret == []
    check_whole(vault)


def test_robots_txt_may_not_lead_inside(tmp_path: Path) -> None:
    """A robots.txt that redirects inside is no robots.txt: nothing is dialled there."""
    canary = Canary()
    paper = plain.paper(seed=7, articles=12)
    with Server(_Moved(paper, f"http://0x7f.1:{canary.port}/robots.txt")) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        vault.crawl("paper", code=4)
        assert set(server.paths()) == {"/robots.txt"}
    canary.close()
    assert canary.met == 0


class _Moved(InwardPaper):
    """A paper whose robots.txt is elsewhere."""

    def __init__(self, paper: PlainPaper, target: str) -> None:
        super().__init__(paper, [target])

    def answer(self, target: str) -> Answer | None:
        """Redirect robots.txt."""
        if target == "/robots.txt":
            return redirect_raw(self.forms[0])
        return self.paper.answer(target)


# -- bombs and traps ------------------------------------------------------------------------------


def check_taken(vault: Vault, paper: PlainPaper, share: float) -> None:
    """At least this share of the paper's articles is in the index, with its text."""
    texts = {text for (text,) in vault.query("SELECT body FROM articles")}
    wanted = [told["text"] for told in paper.truth()]
    missing = [text[:40] for text in wanted if text not in texts]
    assert len(missing) <= (1 - share) * len(wanted), missing


@contextmanager
def serve(
    tmp_path: Path, dangers: tuple[str, ...], words: str = ONE_READER, articles: int = 24
) -> Iterator[tuple[Server, Vault, HostilePaper]]:
    """Serve a hostile paper; its profile walks the category-like traps too."""
    paper = HostilePaper(plain.paper(seed=7, articles=articles), dangers)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=words)
        extra = ["/chuyen-muc-1", "/lich-viec-1", "/kho/", "/loc?sort=a"]
        named = ", ".join(f'"{server.url}{path}"' for path in extra)
        profile = paper.paper.profile().replace("categories = [", f"categories = [{named}, ")
        patterns = "category = ['/chuyen-muc-', '/lich-viec-', '/kho/', '/loc']\n"
        vault.add_site("paper", profile.replace("pager =", f"{patterns}pager ="))
        yield server, vault, paper


def crawl(vault: Vault, *words: str) -> tuple[dict[str, Any], int]:
    """Crawl; return the report and the peak of the main process's memory in MiB (VmHWM)."""
    process = vault.start("crawl", "paper", "--json", *words)
    peak = 0
    ended = threading.Event()
    timer = threading.Thread(target=lambda: (process.wait(), ended.set()))
    timer.start()
    while not ended.wait(0.1):
        peak = max(peak, read_peak(process.pid))
    timer.join()
    out, err = process.communicate()
    assert process.returncode in (0, 3), (process.returncode, out, err)
    assert "Traceback" not in err
    return json.loads(out.splitlines()[0]), peak


def read_peak(process: int) -> int:
    """Return the most memory that a process ever held, in MiB; 0 when it has gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) // 1024 if found else 0


BOMBS = ("gzip", "attributes", "paragraphs", "huge", "surrogate")
TRAPS = (
    *("redirect-article", "redirect-category", "calendar", "calendar-category"),
    *("relative", "soup", "session"),
)


@pytest.mark.slow
def test_the_bomb_is_one() -> None:
    """The gzip bomb is under 1 MB and a true gzip file of 900 MiB."""
    bomb = make_gzip_bomb()
    reader, total = zlib.decompressobj(31), 0
    data = bomb
    while data and not reader.eof:
        total += len(reader.decompress(data, 2**24))
        data = reader.unconsumed_tail
    assert len(bomb) < 2**20 and total == 900 // 16 * 16 * 2**20


def test_bombs_do_not_stop_a_crawl(tmp_path: Path) -> None:
    """Bombs among the articles: each is kept and given up in time, all articles are read, the
    main process stays under 512 MB, and a rebuild gets over them too."""
    words = "[crawl]\nread_seconds = 2.0\nbody_mb = 20\n"
    with serve(tmp_path, BOMBS, words) as (_, vault, paper):
        report, peak = crawl(vault)
        assert report["outcome"] == "finished", report
        assert report["counts"]["bugs"] == 0, report
        assert set(BOMBS) <= paper.asked.keys()
        assert peak < 512, peak
        check_taken(vault, paper.paper, 1.0)
        cut = vault.query("SELECT truncated FROM captures WHERE url LIKE '%bom-lon%'")
        assert cut == [("length",)]
        check_whole(vault)
        check_rebuild(vault)


def test_a_dripping_server_is_given_up(tmp_path: Path) -> None:
    """A page that comes a byte at a time ends at its deadline; what came is kept as cut."""
    words = "[crawl]\ntotal_seconds = 3.0\n"
    with serve(tmp_path, (), words, articles=12) as (server, vault, paper):
        story = paper.paper.newsroom.find(paper.paper.newsroom.visible()[3])
        assert story is not None
        slow = paper.paper.path(story)
        server.faults.put(slow, Fault("slow", seconds=600.0))
        report, _ = crawl(vault)
        assert report["outcome"] == "finished"
        rows = vault.query("SELECT truncated FROM captures WHERE url = ?", server.url + slow)
        assert rows and set(rows) == {("time",)}
        check_taken(vault, paper.paper, 0.9)
        check_whole(vault)


def test_traps_end_by_themselves(tmp_path: Path) -> None:
    """Endless redirects, calendars, session ids, relative links, filters: the crawl ends far
    below its cap, every article is taken, the ledger says why addresses were left."""
    with serve(tmp_path, TRAPS) as (server, vault, paper):
        report, _ = crawl(vault, "--max-pages", "2000")
        assert report["outcome"] == "finished", report
        assert report["counts"]["bugs"] == 0
        assert server.count < 600, paper.asked
        check_taken(vault, paper.paper, 1.0)
        reasons = dict(
            vault.query(
                "SELECT reason, count(*) FROM addresses WHERE state = 'skipped' "
                "AND reason LIKE 'trap: %' GROUP BY reason"
            )
        )
        words = ("brought no new article", "were one article", "redirects in a row")
        assert all(any(word in reason for reason in reasons) for word in words), reasons
        before = server.count
        second, _ = crawl(vault, "--max-pages", "2000")
        assert second["outcome"] == "finished"
        assert server.count - before < 250, paper.asked
        check_whole(vault)
        check_rebuild(vault)


def test_a_paper_with_ids_in_queries_is_no_trap(tmp_path: Path) -> None:
    """Forty articles of one path, told apart by their query alone, are all taken."""
    paper = _Asking(plain.paper(seed=7, articles=40))
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        profile = paper.paper.profile()
        start = profile.index("article = [")
        end = profile.index("\n", start)
        place = f"^{server.url}/bai\\?so=(?P<id>\\d+)$"
        vault.add_site("paper", f"{profile[:start]}article = ['{place}']{profile[end:]}")
        report, _ = crawl(vault)
    assert report["counts"]["trapped"] == 0
    check_taken(vault, paper.paper, 1.0)


class _Asking(InwardPaper):
    """A paper whose articles are all at /bai?so=<id>."""

    def __init__(self, paper: PlainPaper) -> None:
        super().__init__(paper, [])

    def answer(self, target: str) -> Answer | None:
        """Translate addresses on the way in and out."""
        if match := re.fullmatch(r"/bai\?so=(\d+)", target):
            story = self.paper.newsroom.find(int(match[1]))
            target = self.paper.path(story) if story else "/khong-co"
        found = self.paper.answer(target)
        if found is None or not found.body:
            return found
        path = rb"/[a-z-]+/\d{4}/\d\d/[^\"<>]+-(\d+)\.html"
        return replace(found, body=re.sub(path, rb"/bai?so=\1", found.body))


@pytest.mark.parametrize(
    ("url", "is_trap"),
    [
        ("http://x.test/a/a/a/tin.html", True),
        ("http://x.test/a/b/a/b/tin.html", True),
        ("http://x.test/tin/a/b/c/a/b/c/", True),
        ("http://x.test/" + "/".join(map(str, range(13))), True),
        ("http://x.test/xa-hoi/xa-hoi/tin-123.html", False),
        ("http://x.test/2026/02/02/tin.html", False),
        ("http://x.test/vn/vn-kinh-te/tin.html", False),
        ("http://x.test/a/tin-a-a-a.html", False),
    ],
)
def test_circles_are_told_from_sections(url: str, is_trap: bool) -> None:
    """A path that goes round is a trap; a repeated section or date is not."""
    assert repeats(url) is is_trap


def test_shapes_keep_what_tells_articles_apart() -> None:
    """Slugs stay, numbers and values of queries go."""
    assert shape("http://x.test/a/lich-2026-01.html") == shape("http://x.test/a/lich-1999-12.html")
    assert shape("http://x.test/a?b=1&c=2") == shape("http://x.test/d?c=9&b=8")
    assert shape("http://x.test/a-1.html") != shape("http://x.test/b-1.html")

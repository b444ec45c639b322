"""Papers that mean harm: bombs, and traps without an end."""

from __future__ import annotations

import json
import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.walk.traps import find_stem, repeats, shape
from tests.gazette import plain
from tests.gazette.fault import Fault
from tests.gazette.paper import Answer
from tests.gazette.plain import PlainPaper
from tests.gazette.server import Server
from tests.read.bombs import BOMBS as PARSER_BOMBS
from tests.scorecard.plugin import Tally

from .hostile import ENTRIES, HostilePaper, make_gzip_bomb
from .remains import ONE_READER, check_rebuild, check_whole
from .vault import Vault


def check_taken(vault: Vault, paper: PlainPaper, share: float) -> None:
    """At least this share of the paper's articles is in the index, with its text."""
    texts = {text for (text,) in vault.query("SELECT body FROM articles")}
    wanted = [told["text"] for told in paper.truth()]
    missing = [text[:40] for text in wanted if text not in texts]
    assert len(missing) <= (1 - share) * len(wanted), missing


@contextmanager
def serve(
    tmp_path: Path,
    dangers: tuple[str, ...],
    words: str = ONE_READER,
    articles: int = 24,
    *,
    loose: bool = False,
) -> Iterator[tuple[Server, Vault, HostilePaper]]:
    """Serve a hostile paper; its profile walks the category-like traps too."""
    paper = HostilePaper(plain.paper(seed=7, articles=articles), dangers)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=words)
        lists = ("redirect-category", "calendar-category", "relative", "soup")
        lists += ("tags", "search", "last-page", "same-page")
        extra = [ENTRIES[name] for name in lists if name in paper.dangers]
        named = "".join(f'"{server.url}{path}", ' for path in extra)
        profile = paper.paper.profile().replace("categories = [", f"categories = [{named}")
        patterns = "category = ['/chuyen-muc-', '/lich-viec-', '/kho/', '/loc']\n"
        if loose:
            vault.add_site("paper", loosen(profile))
        else:
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
    *("session-path", "soft-404", "comments", "counter", "refresh", "tags", "search"),
    *("last-page", "same-page", "print", "amp", "capitals", "slash"),
)
GROUPS = (
    ("calendar", "redirect-article", "counter", "refresh", "session", "soup", "tags", "same-page"),
    ("session-path", "comments", "print", "amp", "capitals", "slash", "soft-404"),
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


@pytest.mark.row(14)
def test_bombs_do_not_stop_a_crawl(tmp_path: Path, tally: Tally) -> None:
    """Bombs among the articles: each is kept and given up in time, all articles are read, the
    main process stays under 512 MB, and a rebuild gets over them too."""
    words = "[crawl]\nread_seconds = 2.0\nbody_mb = 20\n"
    with serve(tmp_path, BOMBS, words) as (_, vault, paper):
        report, peak = crawl(vault)
        met = set(BOMBS) & paper.asked.keys()
        tally(bombs=len(met), stopped=report["outcome"] != "finished", peak_mb_max=peak)
        assert report["outcome"] == "finished", report
        assert report["counts"]["bugs"] == 0, report
        assert met == set(BOMBS)
        assert peak < 512, peak
        check_taken(vault, paper.paper, 1.0)
        cut = vault.query("SELECT truncated FROM captures WHERE url LIKE '%bom-lon%'")
        assert cut == [("length",)]
        check_whole(vault)
        check_rebuild(vault)


@pytest.mark.slow
@pytest.mark.row(14)
@pytest.mark.timeout(600)
def test_parser_bombs_do_not_stop_a_crawl(tmp_path: Path, tally: Tally) -> None:
    """Every bomb for parsers, in full, among the articles of one crawl."""
    words = "[crawl]\nread_seconds = 2.0\nbody_mb = 20\n"
    with serve(tmp_path, ("parsers",), words) as (_, vault, paper):
        report, peak = crawl(vault)
        tally(bombs=paper.asked["parsers"], stopped=report["outcome"] != "finished")
        tally(peak_mb_max=peak)
        assert report["outcome"] == "finished", report
        assert report["counts"]["bugs"] == 0, report
        assert paper.asked["parsers"] >= len(PARSER_BOMBS)
        assert peak < 512, peak
        check_taken(vault, paper.paper, 1.0)
        check_whole(vault)


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


LOOSE = """
article = ['-(?P<id>\\d+)\\.html(?:[?/]|$)', '(?i)-(?P<id2>\\d+)\\.html$']
category = ['/chuyen-muc-', '/lich-viec-', '/kho/', '/loc', '/the-', '/tim', '/cu', '/mai']
"""
MOST = 320  # requests a trap may cost: 200 without a new article, and what lists named beside


def loosen(profile: str) -> str:
    """Return a profile that takes twins and traps for articles and categories."""
    start = profile.index("article = [")
    return profile[:start] + LOOSE.strip() + profile[profile.index("\n", start) :]


def check_trap(tmp_path: Path, traps: tuple[str, ...], tally: Tally) -> None:
    """Crawl a paper with traps: it ends, most articles are there, no trap cost more than MOST."""
    with serve(tmp_path, traps, loose=True) as (_, vault, paper):
        report, _ = crawl(vault, "--max-pages", "4000")
        titles = {title for (title,) in vault.query("SELECT title FROM articles")}
        wanted = [told["title"] for told in paper.paper.truth()]
        found = sum(title in titles for title in wanted)
        beyond = [name for name in traps if paper.asked.get(name, 0) > MOST]
        tally(traps=len(traps), beyond=len(beyond), articles=len(wanted), found=found)
        assert report["outcome"] == "finished", report
        assert report["counts"]["bugs"] == 0, report
        assert beyond == [], paper.asked
        assert found >= 0.95 * len(wanted), (found, len(wanted))
        for name in traps:  # where a trap was walked into, the ledger says why it was left
            if paper.asked.get(name, 0) > MOST // 2:
                assert vault.query(
                    "SELECT count(*) FROM addresses WHERE state = 'skipped' AND reason LIKE 'trap%'"
                ) > [(0,)], paper.asked
        check_whole(vault)


@pytest.mark.row(16)
@pytest.mark.parametrize("traps", GROUPS, ids="+".join)
def test_traps_end_by_themselves(tmp_path: Path, traps: tuple[str, ...], tally: Tally) -> None:
    """Endless lists, twins, sessions, redirects: the crawl ends far below its cap, 95 % of the
    articles and more are taken, and the ledger says why addresses were left."""
    check_trap(tmp_path, traps, tally)


@pytest.mark.slow
@pytest.mark.row(16)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("trap", TRAPS)
def test_each_trap_ends_by_itself(tmp_path: Path, trap: str, tally: Tally) -> None:
    """The same, one trap at a time: none hides behind another."""
    check_trap(tmp_path, (trap,), tally)


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


class _Asking(HostilePaper):
    """A paper whose articles are all at /bai?so=<id>."""

    def __init__(self, paper: PlainPaper) -> None:
        super().__init__(paper, ())

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


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        (
            "http://x.test/(S(00000000000000000001ef7a))/tin-1.html",
            "http://x.test/(S(#))/tin-1.html",
        ),
        ("http://x.test/s/9f3a81c2/tin-1.html", "http://x.test/s/#/tin-1.html"),
        ("http://x.test/tin-1.html;jsessionid=A81F00C3", "http://x.test/tin-1.html;jsessionid=#"),
        ("http://x.test/tin-1.html?sid=4&sort=up", "http://x.test/tin-1.html"),
        ("http://x.test/2026/02/02/tin.html", "http://x.test/2026/02/02/tin.html"),
        (
            "http://x.test/covid19-o-xa-post123456.html",
            "http://x.test/covid19-o-xa-post123456.html",
        ),
        ("http://x.test/20261122/tin-1.html", "http://x.test/20261122/tin-1.html"),
    ],
)
def test_a_session_is_no_part_of_the_stem(url: str, stem: str) -> None:
    """Queries and segments like session ids go; dates, ids and slugs stay."""
    assert find_stem(url) == stem


def test_a_second_night_with_traps_stays_cheap(tmp_path: Path) -> None:
    """What the first night learned of sessions in paths is known in the second, which asks for
    less; a rebuild of both comes out the same."""
    with serve(tmp_path, ("session-path",), articles=12, loose=True) as (_, vault, paper):
        crawl(vault, "--max-pages", "2000")
        first = paper.asked["session-path"]
        second, _ = crawl(vault, "--max-pages", "2000")
        assert second["outcome"] == "finished"
        assert paper.asked["session-path"] - first < first
        check_rebuild(vault)


def test_shapes_keep_what_tells_articles_apart() -> None:
    """Slugs stay, numbers and values of queries go."""
    assert shape("http://x.test/a/lich-2026-01.html") == shape("http://x.test/a/lich-1999-12.html")
    assert shape("http://x.test/a?b=1&c=2") == shape("http://x.test/d?c=9&b=8")
    assert shape("http://x.test/a-1.html") != shape("http://x.test/b-1.html")

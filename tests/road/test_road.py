"""From category pages to a dataset row: papers that the repository never saw, on loopback."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archive.dump import digest
from archive.store import connect
from tests.gazette import epi, onecms, plain
from tests.gazette.fault import Fault
from tests.gazette.paper import Paper
from tests.gazette.server import Server

from .compare import find_differences
from .vault import ROOT, Vault, clean_environment

CLOSED = ("/in-bai/", "/tim-kiem/")


@contextmanager
def serve(tmp_path: Path, paper: Paper, words: str = "") -> Iterator[tuple[Server, Vault]]:
    """Serve a paper and give an archive that may dial it, with its profile as site ``paper``."""
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=words)
        vault.add_site("paper", paper.profile())
        yield server, vault


PAPERS = {
    "epi": lambda: epi.paper(seed=7, articles=36, without=["ghosts"]),
    "epi-bare": lambda: epi.paper(seed=8, articles=24, structured=False, old_pager=True),
    "onecms": lambda: onecms.paper(seed=7, articles=24),
    "plain": lambda: plain.paper(seed=7, articles=24),
    "german": lambda: plain.paper(seed=3, articles=24, lang="de"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_article_is_found_and_read(tmp_path: Path, name: str) -> None:
    """All articles are archived once, none is invented, and title, lead, text, date are exact."""
    with serve(tmp_path, PAPERS[name]()) as (server, vault):
        report = vault.crawl("paper")[0]
        records = vault.export()
        differences = find_differences(server.paper.truth(), records)
        asked = [path for path in server.paths() if path.endswith(".html")]
    assert report["outcome"] == "finished" and report["problems"] == []
    ghosts = [url for url, _, _ in differences.pop("extra", []) if "9990" in url]
    assert len(ghosts) <= 1, "a soft 404 is the one page that passes for an article"
    exact = ("missing", "title", "description", "text", "authors", "date_published", "images")
    assert {field: differences.get(field, []) for field in exact} == {field: [] for field in exact}
    assert len(asked) == len(set(asked)), "an address was asked for twice"
    assert not [path for path in server.paths() if path.startswith(CLOSED)]


def test_a_second_crawl_asks_for_no_article_again(tmp_path: Path) -> None:
    """Front page, category pages, feeds and sitemaps only; with validators, so 304 or revisits."""
    with serve(tmp_path, epi.paper(seed=7, articles=24)) as (server, vault):
        vault.crawl("paper")
        first = len(server.log)
        report = vault.crawl("paper")[0]
        again = server.paths()[first:]
        conditional = [r for r in server.log[first:] if "if-none-match" in _lower(r.headers)]
    assert not [path for path in again if "-post" in path]
    assert report["counts"]["articles_new"] == 0
    assert conditional, "no request carried If-None-Match"
    kinds = dict(vault.query("SELECT kind, count(*) FROM captures GROUP BY kind"))
    assert kinds["revisit"] >= len(conditional)
    copies = vault.query(
        "SELECT count(*) FROM captures WHERE kind = 'response' AND status = 200 "
        "GROUP BY url, payload_digest HAVING count(*) > 1"
    )
    assert copies == []


def _lower(headers: object) -> set[str]:
    names = headers if isinstance(headers, dict) else dict(headers)  # type: ignore[call-overload]
    return {str(name).lower() for name in names}


def test_an_edited_article_becomes_version_2(tmp_path: Path) -> None:
    """An edit that the sitemap or a feed tells of is fetched the same night; both texts stay."""
    paper = epi.paper(seed=7, articles=24)
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        story = paper.newsroom.find(paper.newsroom.visible()[0])
        at = paper.newsroom.now.replace(hour=23)
        paper.newsroom.move(at)
        paper.newsroom.edit(story.id, at=at, paragraphs=("Đoạn đã sửa, đủ dài để là một đoạn.",))
        report = vault.crawl("paper")[0]
        url = paper.url(story)
        latest = vault.run("show", url, "--text")
        earlier = vault.run("show", url, "--version", "1", "--text")
    assert report["counts"]["articles_changed"] == 1
    assert "Đoạn đã sửa" in latest and "Đoạn đã sửa" not in earlier


def test_recheck_finds_silent_edits_and_removals(tmp_path: Path) -> None:
    """--recheck asks for every recent article: what no list tells of shows as changed and gone."""
    paper = plain.paper(seed=7, articles=24, structured=False)
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        stories = [paper.newsroom.find(number) for number in paper.newsroom.visible()]
        at = paper.newsroom.now
        paper.newsroom.delete(stories[1].id, at=at, departure="gone")
        report = vault.crawl("paper", "--recheck", "1")[0]
        gone = vault.query("SELECT url FROM articles WHERE gone_at IS NOT NULL")
    assert gone == [(paper.url(stories[1]),)]
    assert report["counts"]["unchanged"] >= len(stories) - 1


def test_exports_are_the_same_bytes_and_cite_readable_records(tmp_path: Path) -> None:
    """Exporting twice gives the same bytes; each row's file and offset hold the page it cites."""
    with serve(tmp_path, epi.paper(seed=7, articles=24)) as (_, vault):
        vault.crawl("paper")
        outputs = []
        for number in range(2):
            path = tmp_path / f"{number}.jsonl.gz"
            vault.run("export", "jsonl.gz", "-o", str(path))
            outputs.append(path.read_bytes())
        for record in vault.export()[:5]:
            file = (vault.root / record["warc_file"]).read_bytes()
            member = file[record["warc_offset"] :][: record["warc_length"]]
            assert record["warc_record_id"].encode() in gzip.decompress(member)
    assert outputs[0] == outputs[1]
    assert "0 problems" not in vault.run("verify")


def test_rebuild_of_a_crawled_archive_is_the_same(tmp_path: Path) -> None:
    """Two crawls, then the index deleted and made again: the same logical content."""
    with serve(tmp_path, onecms.paper(seed=7, articles=24)) as (_, vault):
        vault.crawl("paper")
        vault.crawl("paper")
    before = digest(connect(vault.root / "index.db"))
    for path in vault.root.glob("index.db*"):
        path.unlink()
    vault.run("rebuild")
    assert digest(connect(vault.root / "index.db")) == before


def test_search_finds_with_and_without_accents(tmp_path: Path) -> None:
    """A headline typed with or without its marks finds its article; --json is one object a line."""
    with serve(tmp_path, epi.paper(seed=7, articles=24)) as (server, vault):
        vault.crawl("paper")
        title = server.paper.truth()[0]["title"]
    import unicodedata

    bare = unicodedata.normalize("NFD", title.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    for query in (title, bare):
        hits = [json.loads(line) for line in vault.run("search", query, "--json").splitlines()]
        assert hits[0]["title"] == title
        assert {"id", "url", "site", "title", "date_published", "snippet"} <= hits[0].keys()


def test_robots_are_kept_and_obeyed(tmp_path: Path) -> None:
    """robots.txt is a capture; what it forbids is in the ledger with the reason, never asked."""
    with serve(tmp_path, epi.paper(seed=7, articles=24)) as (server, vault):
        vault.crawl("paper")
    robots = vault.query("SELECT status FROM captures WHERE url LIKE '%/robots.txt'")
    assert robots == [(200,)]
    assert not [path for path in server.paths() if path.startswith(CLOSED)]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault("status", status=503), "unreachable"),
        (Fault("status", status=403), "blocked"),
    ],
)
def test_a_site_that_can_not_be_crawled_is_exit_4(
    tmp_path: Path, fault: Fault, outcome: str
) -> None:
    """A paper that refuses everything ends with 4 and says how."""
    with serve(tmp_path, plain.paper(seed=7, articles=12)) as (server, vault):
        server.faults.put("*", fault)
        report = vault.crawl("paper", code=4)[0]
    assert report["outcome"] == outcome


def test_robots_that_fail_forbid_everything(tmp_path: Path) -> None:
    """RFC 9309, 2.3.1.4: a robots.txt that answers 5xx means that nothing is asked this run."""
    with serve(tmp_path, plain.paper(seed=7, articles=12)) as (server, vault):
        server.faults.put("/robots.txt", Fault("status", status=500))
        vault.crawl("paper", code=4)
        assert set(server.paths()) == {"/robots.txt"}


def test_one_failing_site_does_not_stop_the_others(tmp_path: Path) -> None:
    """Two sites, one dead: the other is crawled, the gravest code is the exit code."""
    with serve(tmp_path, plain.paper(seed=7, articles=12)) as (server, vault):
        dead = server.paper.profile().replace(str(server.port), "1")
        vault.add_site("dead", dead)
        config = (vault.root / "khobao.toml").read_text(encoding="utf-8")
        (vault.root / "khobao.toml").write_text(
            config.replace("[", "[1, ", 2).replace("[1, n", "[n")
        )
        (vault.root / "khobao.toml").write_text(
            f'[network]\nallow_addresses = ["127.0.0.1"]\nallow_ports = [1, {server.port}]\n',
            encoding="utf-8",
        )
        reports = {r["site"]: r for r in vault.crawl("dead", "paper", code=4)}
    assert reports["paper"]["outcome"] == "finished"
    assert reports["dead"]["outcome"] == "unreachable"


def test_caps_end_a_run_and_the_next_goes_on(tmp_path: Path) -> None:
    """--max-pages ends the run in order; further runs fetch the rest and nothing twice."""
    with serve(tmp_path, plain.paper(seed=7, articles=24)) as (server, vault):
        report = vault.crawl("paper", "--max-pages", "8")[0]
        assert report["outcome"] == "capped"
        assert report["counts"]["requests"] <= 8 + 1
        vault.crawl("paper")
        asked = [path for path in server.paths() if path.endswith(".html")]
        wanted = {told["url"].removeprefix(server.url) for told in server.paper.truth()}
    assert wanted <= set(asked) and len(asked) == len(set(asked))


def test_a_wrong_profile_lists_all_its_errors(tmp_path: Path) -> None:
    """Several wrong words are reported at once, with file, key and nearest known key."""
    vault = Vault(tmp_path / "archive")
    vault.add_site("paper", 'home = "https://x.test/"\n[walk]\ncategoris = []\npages = "three"\n')
    said = vault.run("crawl", "paper", code=2)
    assert "paper.toml" in said and "categories" in said and "walk.pages" in said


def test_public_papers_need_an_operator(tmp_path: Path) -> None:
    """Without name and contact a public paper is not crawled: exit 2, with the remedy."""
    vault = Vault(tmp_path / "archive")
    assert "[operator]" in vault.run("crawl", "baolaocai", code=2)


def test_scrapy_users_find_their_commands(tmp_path: Path) -> None:
    """`scrapy list` names the sites, `scrapy crawl` fills the same archive."""
    with serve(tmp_path, plain.paper(seed=7, articles=12)) as (server, vault):
        environment = {**clean_environment(), "KHOBAO_ARCHIVE": str(vault.root)}

        def scrapy(*words: str) -> str:
            done = subprocess.run(
                [sys.executable, "-m", "scrapy", *words],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            return str(done.stdout)

        assert {"baolaocai", "paper"} <= set(scrapy("list").split())
        scrapy("crawl", "paper")
        assert len(vault.export()) == len(server.paper.truth())
    assert vault.query("SELECT outcome FROM crawls") == [("finished",)]

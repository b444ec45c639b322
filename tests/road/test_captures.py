"""Sites that exist, as others captured them: crawled through a replay, crawled again, imported."""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.cli import main as archive_main
from archive.dump import digest
from archive.store import connect
from archive.warc.http import http_of
from archive.warc.reader import Found, iterate

from .captured import (
    SHARED,
    Capture,
    Expected,
    Links,
    Replay,
    expect,
    fold,
    load_profile,
    needs_shared,
)
from .vault import Vault

pytestmark = needs_shared

OPERATOR = '[operator]\nname = "Prov"\ncontact = "https://example.org/crawl"\n'
CAPTURES = SHARED / "captures"
WARCS = SHARED / "warcs"
FILES = {
    "trainee": CAPTURES / "helsingborg_traineeprogrammet.se_2025-10-10.warc.gz",
    "bitch": CAPTURES / "bitchmagazine.org.warc.gz",
    "dunkers": CAPTURES / "helsingborg_dunkerskulturhus.se_2025-10-10.warc.gz",
}
LATER = CAPTURES / "helsingborg_dunkerskulturhus.se_2025-11-07.warc.gz"
SITEMAP = ("--sitemap",)


def crawl(vault: Vault, name: str, file: Path, *options: str, words: tuple[str, ...] = ()) -> Any:
    """Crawl a site out of a replay and return the report."""
    with Replay(file, words=words) as replay:
        return vault.crawl(name, *options, http_proxy=replay.proxy)[0]


def open_vault(tmp_path: Path, name: str) -> tuple[Vault, dict[str, Any]]:
    """Return an archive that holds the site's profile, and the profile's words."""
    vault = Vault(tmp_path / "archive", words=OPERATOR)
    text, words = load_profile(name)
    vault.add_site(name, text)
    return vault, words


def find_lost(vault: Vault, wanted: set[str]) -> dict[str, set[str]]:
    """Return the pages of ``wanted`` that are not archived, not read, or not found by title."""
    kept = {fold(url) for (url,) in vault.query("SELECT url FROM captures WHERE status = 200")}
    records = {fold(record["url"]): record for record in vault.export()}
    read = {key for key in wanted & records.keys() if records[key]["text"]}
    titled = {key for key in read if records[key]["title"]}
    lost = {key for key in titled if key not in search(vault, records[key]["title"])}
    return {"archived": wanted - kept, "read": wanted - titled, "found": lost}


def search(vault: Vault, title: str) -> set[str]:
    """Return the folded addresses that `khobao search` finds for a headline."""
    words = ["--archive", str(vault.root), "search", title, "--json", "--limit", "100"]
    lines = CliRunner().invoke(archive_main, words).output.splitlines()
    return {fold(json.loads(line)["url"]) for line in lines if line.startswith("{")}


NOTHING: dict[str, set[str]] = {"archived": set(), "read": set(), "found": set()}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("name", "articles"),
    [("trainee", 45), ("bitch", 10), pytest.param("dunkers", 173, marks=pytest.mark.slow)],
)
def test_what_lists_announce_is_archived_read_and_found(
    tmp_path: Path, name: str, articles: int
) -> None:
    """Every captured article that home, category pages or feeds link to, counted by other means."""
    vault, words = open_vault(tmp_path, name)
    announced = expect(Capture.load(FILES[name]), words).announced
    report = crawl(vault, name, FILES[name])
    assert len(announced) == articles
    assert (report["outcome"], report["problems"]) == ("finished", [])
    assert find_lost(vault, announced) == NOTHING
    assert report["counts"]["readings"] == {"ok": report["counts"]["pages_read"]}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("name", "articles"),
    [
        pytest.param("trainee", 98, marks=pytest.mark.slow),
        pytest.param("dunkers", 326, marks=pytest.mark.slow),
    ],
)
def test_with_a_sitemap_every_captured_article_comes_in(
    tmp_path: Path, name: str, articles: int
) -> None:
    """A sitemap named by robots.txt brings in all captured articles, in the mirror's spelling."""
    vault, words = open_vault(tmp_path, name)
    wanted = expect(Capture.load(FILES[name]), words).articles
    crawl(vault, name, FILES[name], words=SITEMAP)
    assert len(wanted) == articles
    assert find_lost(vault, wanted) == NOTHING
    assert vault.query("SELECT count(*) FROM articles") == [(articles,)], "an article twice"


@dataclass(frozen=True)
class Difference:
    """What became of a site between two captures, by comparing them directly."""

    new: set[str]
    gone: set[str]
    changed: set[str]


def compare(before: Capture, then: Expected, after: Capture, now: Expected) -> Difference:
    """Compare two captures; changed is what lost or gained a visible word (blocks that only
    moved, as the page's foot did, keep the words)."""
    changed = {
        key
        for key in then.articles & now.articles
        if _count_words(before.pages[key]) != _count_words(after.pages[key])
    }
    return Difference(now.articles - then.articles, then.articles - after.pages.keys(), changed)


def _count_words(html: bytes) -> Counter[str]:
    return Counter(Links(html).words)


# Changed beside the article only: dates of the next showings, a comment count, a list of films.
BESIDE = {
    "dunkerskulturhus.se/" + path
    for path in (
        "event/babymusik",
        "event/specialvisningar-i-tidens-tradar",
        "event/visning-i-om-helsingborg",
        "pa-scen/foredrag-och-samtal/samtal-pa-dunkers/fran-scenen",
        "utstallning/forankrad-100-ar-av-sjofart-i-helsingborg",
        "utstallning/om-helsingborg-en-utstallning-fran-nu-till-da",
        "utstallningar/normativa-kroppsideal-digital-miniutstallning-ur-samlingarna/"
        "att-passa-in-i-mallen/kommentera-bilden-pa-korsetter",
    )
}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_four_weeks_later_new_changed_and_gone_show(tmp_path: Path) -> None:
    """The second capture over the first: with --recheck exactly what went is gone, what came is
    new, and the changed ones are those of a direct comparison."""
    vault, words = open_vault(tmp_path, "dunkers")
    before, after = Capture.load(FILES["dunkers"]), Capture.load(LATER)
    told = compare(before, expect(before, words), after, expect(after, words))
    crawl(vault, "dunkers", FILES["dunkers"], words=SITEMAP)
    known = {fold(url) for (url,) in vault.query("SELECT url FROM articles")}
    plain = Vault.__new__(Vault)
    plain.root = Path(shutil.copytree(vault.root, tmp_path / "plain"))
    crawl(plain, "dunkers", LATER, words=SITEMAP)
    crawl(vault, "dunkers", LATER, "--recheck", "2", words=SITEMAP)
    for held, gone in ((plain, set()), (vault, told.gone)):
        articles = held.query("SELECT url, version, gone_at FROM articles")
        assert {fold(url) for url, _, _ in articles} - known == told.new
        assert {fold(url) for url, _, at in articles if at} == gone
        changed = {fold(url) for url, version, _ in articles if version > 1}
        assert changed == told.changed - BESIDE


def check_import(vault: Vault, files: list[Path], code: int = 0) -> list[dict[str, Any]]:
    """Import files; the archive must verify, and rebuild to the same content."""
    out = vault.run("import", "--json", *map(str, files), code=code)
    told = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    before = digest(connect(vault.root / "index.db"))
    for path in vault.root.glob("index.db*"):
        path.unlink()
    vault.run("rebuild")
    assert digest(connect(vault.root / "index.db")) == before
    return told


def show_html(vault: Vault, url: str) -> bytes:
    """Return what `khobao show --html` prints, as bytes."""
    words = ["--archive", str(vault.root), "show", url, "--html"]
    return CliRunner().invoke(archive_main, words).stdout_bytes


def test_foreign_files_are_indexed_in_place(tmp_path: Path) -> None:
    """Counts are warcio's, pages come back byte for byte, verify is clean, rebuild the same."""
    vault = Vault(tmp_path / "archive")
    heritrix = WARCS / "IAH-20080430204825-00000-blackbook-truncated.warc"
    paper = CAPTURES / "connectionnewspapers_2024-12-18.warc.gz"
    told = check_import(vault, [heritrix, paper])
    assert [(item["records"], item["captures"]) for item in told] == [(23, 8), (7, 6)]
    assert [item["damage"] for item in told] == [[], []]
    assert told[1]["statuses"] == {"ok": 6} and told[1]["articles"] == 4
    vault.run("verify")
    shown = 0
    for item in iterate(paper):
        http = http_of(item.record) if isinstance(item, Found) else None
        if (
            http
            and item.record.type == "response"
            and "html" in (http.header("Content-Type") or "")
        ):
            assert show_html(vault, item.record.url or "") == http.payload
            shown += 1
            if shown == 3:
                break
    assert shown == 3


def test_damaged_files_are_told_and_others_refused(tmp_path: Path) -> None:
    """What is cut or hurt is read as far as it goes, with offsets; what is no WARC is left out."""
    whole = (WARCS / "frontpages.warc.gz").read_bytes()
    hurt = bytearray(whole)
    hurt[len(whole) // 2] ^= 0x5A
    made = {
        "cut.warc.gz": whole[: len(whole) * 2 // 3],
        "hurt.warc.gz": bytes(hurt),
        "letter.warc.gz": gzip.compress(b"no archive, a letter\n" * 20),
        "plain.warc": b"This is no WARC file.\n" * 50,
        "empty.warc.gz": b"",
    }
    for name, data in made.items():
        (tmp_path / name).write_bytes(data)
    vault = Vault(tmp_path / "archive")
    told = check_import(vault, [tmp_path / name for name in made], code=3)
    assert [item["records"] for item in told] == [4, 9, 0, 0, 0]
    assert [item["damage"][0]["offset"] for item in told] == [2144, 2144, 0, 0, 0]
    assert all("not taken in" in item["damage"][0]["reason"] for item in told[2:])
    held = sorted(path.name for path in (vault.root / "warc/foreign").iterdir())
    assert held == ["cut.warc.gz", "hurt.warc.gz"]
    files = {name for (name,) in vault.query("SELECT DISTINCT warc_file FROM captures")}
    assert files == {"warc/foreign/cut.warc.gz", "warc/foreign/hurt.warc.gz"}


def test_a_folder_among_the_files_stops_before_the_first(tmp_path: Path) -> None:
    """A folder or a missing file is wrong usage: exit 2, and nothing was taken in."""
    vault = Vault(tmp_path / "archive")
    said = vault.run("import", str(WARCS / "frontpages.warc.gz"), str(tmp_path), code=2)
    assert "is a folder: name the WARC files in it" in said
    assert not (vault.root / "warc/foreign").exists()


def test_an_interrupted_import_goes_on(tmp_path: Path) -> None:
    """A file that was copied and not indexed (a kill in between) is indexed by the next import;
    after that it is known."""
    vault = Vault(tmp_path / "archive")
    file = CAPTURES / "connectionnewspapers_2024-12-18.warc.gz"
    (vault.root / "warc/foreign").mkdir()
    shutil.copyfile(file, vault.root / "warc/foreign" / file.name)
    first, second = (json.loads(vault.run("import", "--json", str(file))) for _ in range(2))
    assert (first["known"], first["captures"], first["articles"]) == (False, 6, 4)
    assert (second["known"], second["statuses"]) == (True, {})


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_everything_shared_is_taken_in(tmp_path: Path) -> None:
    """All captures and foreign files, one by one: no damage, nothing unread, verify is clean."""
    vault = Vault(tmp_path / "archive")
    for path in (*sorted(WARCS.glob("*.warc*")), *sorted(CAPTURES.glob("*.warc*"))):
        process = vault.start("import", "--json", str(path))  # minutes: run() waits for two
        out, _ = process.communicate()
        told = json.loads(out)
        assert process.returncode == 0, path
        assert (told["damage"], set(told["statuses"])) == ([], {"ok"}), path
    vault.run("verify")

"""Clusters in the index: a function of the latest texts alone, bounded, kept by a rebuild."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from archive.digests import text_digest
from archive.dump import dump
from archive.index import clusters
from archive.index.clusters import note_article
from archive.rebuild import rebuild
from archive.schema import run_script
from archive.store import INDEX, connect
from archive.tables import TABLES
from archive.warc.verify import verify_archive
from tests.archive import agency
from tests.archive.agency import Text
from tests.archive.forms import FORMS

from .makers import CRAWL, SITE, Clock, make_exchange, make_reading, open_archive

OURS = ("fingerprints", "texts", "marks", "pairs")
Row = tuple[int, Text]


def write_wire(seed: int, stories: int) -> list[Text]:
    """Stories with four copies each, and forms; in no order."""
    chance = Random(seed)
    edits = list(agency.EDITS.values())
    texts = [make(chance) for make in FORMS.values() for _ in range(3)]
    for _ in range(stories):
        story = agency.tell(chance, "vi")
        texts += [story, *(edit(chance, "vi", story) for edit in chance.sample(edits, 4))]
    chance.shuffle(texts)
    return texts


def open_index() -> sqlite3.Connection:
    """An index without search, to which articles can be given one by one."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    run_script(db, TABLES)
    return db


def store(rows: Iterable[Row], db: sqlite3.Connection | None = None) -> sqlite3.Connection:
    """An index of articles with these ids, taken in in this order; an id again is a version."""
    db = db or open_index()
    for article, text in rows:
        values = {"id": article, "title": text.title, "lead": text.lead, "body": text.body}
        words = text_digest(f"{text.title}\n{text.lead}\n{text.body}")
        db.execute(
            "INSERT INTO articles (id, site, url, version, versions, title, lead, body, word_count,"
            " text_sha256, words_sha256, extractor, profile, capture_id, first_seen_at, "
            "last_seen_at) VALUES (:id, 'bao', :id, 1, 1, :title, :lead, :body, 9, '', :words, "
            "'', '', 1, '', '') ON CONFLICT (id) DO UPDATE SET title = :title, lead = :lead, "
            "body = :body, words_sha256 = :words",
            {**values, "words": words},
        )
        note_article(db, article)
    return db


def read(db: sqlite3.Connection) -> list[list[object]]:
    """All rows of the tables of clusters."""
    return [sorted(db.execute(f"SELECT * FROM {table}")) for table in OURS]


def groups(db: sqlite3.Connection) -> dict[int, list[int]]:
    """Articles by cluster, where there are several."""
    found: dict[int, list[int]] = {}
    for cluster, article in db.execute(
        "SELECT cluster, article_id FROM fingerprints JOIN texts USING (text) ORDER BY 1, 2"
    ):
        found.setdefault(cluster, []).append(article)
    return {name: articles for name, articles in found.items() if len(articles) > 1}


def test_copies_are_found_through_the_index() -> None:
    """Of 20 stories with four copies each all is found, but at most two; nothing else is joined."""
    chance, rows, wanted = Random(5), [], []
    for number in range(20):
        story = agency.tell(chance, "en" if number % 3 else "vi")
        copies = [edit(chance, "vi", story) for edit in (agency.halve, agency.localise)]
        copies += [agency.adopt(chance, "vi", story), agency.reorder(chance, "vi", story)]
        wanted.append([number * 5 + i for i in range(1, 6)])
        rows += list(zip(wanted[-1], (story, *copies), strict=True))
    rows += [(200 + i, form(chance)) for i, form in enumerate([*FORMS.values()] * 3)]
    found = list(groups(store(rows)).values())
    missed = sum(map(len, wanted)) - sum(map(len, found))
    assert missed <= 2
    assert all(any(set(some) <= set(story) for story in wanted) for some in found)


@pytest.mark.parametrize("crowd", [64, 4])
def test_the_order_of_articles_is_nothing(monkeypatch: pytest.MonkeyPatch, crowd: int) -> None:
    """Whoever comes first, also where marks are crowded: the same rows, the same names."""
    monkeypatch.setattr(clusters, "CROWD", crowd)
    rows = list(enumerate(write_wire(8, 8), start=1))
    first = store(rows)
    assert groups(first)
    for seed in range(3):
        shuffled = Random(seed).sample(rows, len(rows))
        assert read(store(shuffled)) == read(first)


@pytest.mark.parametrize("crowd", [64, 4])
def test_versions_leave_no_trace(monkeypatch: pytest.MonkeyPatch, crowd: int) -> None:
    """Articles that went through other texts end as if they had never had them."""
    monkeypatch.setattr(clusters, "CROWD", crowd)
    texts = write_wire(9, 6)
    chance = Random(9)
    rows = list(enumerate(texts, start=1))
    detours = [(article, chance.choice(texts)) for article, _ in rows for _ in range(2)]
    chance.shuffle(detours)
    assert read(store([*detours, *rows])) == read(store(rows))


def test_a_rewritten_article_leaves_and_the_name_moves() -> None:
    """The first article's text changes: the others keep their story, under the next id."""
    chance = Random(1)
    story, other = agency.tell(chance, "vi"), agency.tell(chance, "vi")
    db = store([(1, story), (2, agency.halve(chance, "vi", story)), (3, story)])
    assert groups(db) == {1: [1, 2, 3]}
    store([(1, other)], db)
    assert groups(db) == {2: [2, 3]}
    store([(1, story)], db)
    assert groups(db) == {1: [1, 2, 3]}


def test_a_bridge_that_goes_parts_what_it_joined() -> None:
    """Two halves are one story only as long as the whole stands somewhere."""
    chance = Random(2)
    story = agency.tell(chance, "vi", 8)
    first, second = story.paragraphs[:4], story.paragraphs[4:]
    halves = [Text("Nửa đầu", "", first), Text("Nửa sau", "", second)]
    db = store([(5, halves[0]), (6, halves[1]), (7, story)])
    assert groups(db) == {5: [5, 6, 7]}
    store([(7, agency.tell(chance, "vi"))], db)
    assert groups(db) == {}


def test_forms_do_not_chain() -> None:
    """300 weather reports, draws, listings, prices and notices of other days are no stories."""
    chance = Random(3)
    forms = [make(chance) for make in FORMS.values() for _ in range(50)]
    found = groups(store(enumerate(forms, start=1)))
    assert sum(map(len, found.values())) <= 6, found  # two notices of one court and day


def test_thousands_of_copies_are_one_text_and_cheap() -> None:
    """One row of texts, sixteen marks, no pairs; the last copy costs what the first did."""
    text = agency.tell(Random(4), "vi")
    db, spent = open_index(), []
    for part in range(4):
        started = time.process_time()
        store(((number, text) for number in range(part * 250 + 1, part * 250 + 251)), db)
        spent.append(time.process_time() - started)
    assert [len(rows) for rows in read(db)] == [1000, 1, 16, 0]
    assert list(groups(db)) == [1]
    assert spent[-1] < 3 * spent[0]


def test_a_crowd_of_variants_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """60 variants of one text: pairs stay within what a crowd can have, and time with them."""
    monkeypatch.setattr(clusters, "CROWD", 12)
    chance = Random(6)
    story = agency.tell(chance, "vi", 9)
    rows = [
        (number, replace(story, title=f"{story.title} {agency.say(chance, 'vi', 1)}"))
        for number in range(1, 61)
    ]
    db = store(rows)
    (pairs,) = db.execute("SELECT count(*) FROM pairs").fetchone()
    assert 0 < pairs <= 2 * clusters.CROWD**2
    assert read(store(reversed(rows))) == read(db)


def test_an_article_with_500_versions() -> None:
    """Each version takes the last one's rows away."""
    chance = Random(7)
    story = agency.tell(chance, "vi")
    rows = [(2, agency.retitle(chance, "vi", story)) for _ in range(500)]
    db = store([(1, story), *rows])
    assert groups(db) == {1: [1, 2]}
    assert [len(rows) for rows in read(db)[:2]] == [2, 2]


def test_a_page_with_the_words_of_all_joins_nothing() -> None:
    """Who prints the sentences of every story is a round-up, and no bridge."""
    chance = Random(8)
    stories = [agency.tell(chance, "vi") for _ in range(12)]
    everything = tuple(line for story in stories for line in story.paragraphs)
    thief = Text("Tổng hợp", "", everything)
    shuffled = " ".join(chance.sample(" ".join(everything).split(), 4000))
    texts = [*stories, thief, Text("Từ khóa", "", (shuffled,))]
    assert groups(store(enumerate(texts, start=1))) == {}


def two_papers(root: Path, order: str, *, edit: bool = False) -> None:
    """Crawl two papers with one agency's stories, their pages interleaved as ``order`` says."""
    clock, chance = Clock(), Random(11)
    wire = [agency.tell(chance, "vi") for _ in range(8)]
    urls: dict[str, list[str]] = {"suoi": [], "nui": []}
    with open_archive(root, clock) as archive:
        archive.open_site({**SITE, "site": "nui"}, crawl_id=f"nui-{CRAWL[5:]}", info={})
        for site in order.split():
            number = len(urls[site])
            story = wire[number] if site == "suoi" else agency.halve(chance, "vi", wire[number])
            urls[site].append(f"https://{site}.test/tin-{number}.html")
            capture = archive.keep(
                site, make_exchange(urls[site][-1], urls[site][-1].encode(), at=clock())
            )
            reading = make_reading(story.title, story.body, lead=story.lead)
            archive.add(capture, reading, address=urls[site][-1])
        if edit:  # one of them is written anew
            capture = archive.keep("nui", make_exchange(urls["nui"][0], b"new", at=clock()))
            reading = make_reading("Tin khác", wire[7].body, lead=None)
            archive.add(capture, reading, address=urls["nui"][0])


@pytest.mark.parametrize("order", ["suoi nui " * 4, "nui " * 4 + "suoi " * 4, "nui nui suoi " * 2])
def test_a_rebuild_makes_the_same_clusters(tmp_path: Path, order: str) -> None:
    """It reads one paper after the other; the run had read them together. verify agrees."""
    two_papers(tmp_path, order, edit=True)
    db = connect(tmp_path / INDEX)
    before, stories = list(dump(db)), groups(db)
    db.close()
    assert stories and any(line.startswith("marks ") for line in before)
    rebuild(tmp_path)
    assert list(dump(connect(tmp_path / INDEX))) == before
    assert [str(one) for one in verify_archive(tmp_path, tmp_path / INDEX)] == []


def test_the_stories_do_not_hang_on_who_was_crawled_first(tmp_path: Path) -> None:
    """Ids, and so names, are given in the order of a crawl; who belongs together is not."""
    found = []
    for name, order in (("a", "suoi nui " * 4), ("b", "nui " * 4 + "suoi " * 4)):
        two_papers(tmp_path / name, order)
        db = connect(tmp_path / name / INDEX)
        urls = dict(db.execute("SELECT id, url FROM articles"))
        found.append({frozenset(urls[one] for one in some) for some in groups(db).values()})
    assert found[0] == found[1] and len(found[0]) == 4

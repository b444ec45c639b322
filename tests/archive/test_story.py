"""Stories across papers: who was first, or that it can not be said; what each changed; the CLI."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from archive.cli import main
from archive.connection import connect
from archive.contrast import contrast, print_contrast
from archive.precedence import find_first
from archive.records import Date
from archive.store import INDEX
from tests.archive import agency

from .makers import CRAWL, SITE, Clock, make_exchange, make_reading, open_archive

SEEN = "2026-02-05T00:00:00.000000Z"
HANOI = "Asia/Ho_Chi_Minh"


def member(number: int, date: str | None, precision: str, **more: str | None) -> dict[str, object]:
    """An article with a date."""
    given = {"date_published": date, "date_precision": precision, "first_seen_at": SEEN}
    return {"id": number, "timezone": HANOI, **given, **more}


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        ([("2026-02-04T08:15:00+07:00", "minute"), ("2026-02-04T01:14:59Z", "second")], (2,)),
        ([("2026-02-04T08:15:00+07:00", "minute"), ("2026-02-04T01:15:30Z", "second")], (1, 2)),
        ([("2026-02-04", "day"), ("2026-02-04T23:15:00+07:00", "minute")], (1, 2)),
        ([("2026-02-04", "day"), ("2026-02-03T23:59:00+07:00", "minute")], (2,)),
        ([("2026-02-03", "day"), ("2026-02-04T00:00:00+07:00", "minute")], (1,)),
        ([("2026-02-04", "day"), (None, "day"), ("2026-02-05", "day")], (1,)),
        ([("2026-02-04T10:00:00", "minute"), ("2026-02-04T09:00:00+07:00", "minute")], (2,)),
        ([(None, "day"), ("gibberish", "second")], ()),
        ([("0001-01-01", "day"), ("9999-12-31", "day")], (2,)),
    ],
)
def test_who_was_first(dates: list[tuple[str | None, str]], first: tuple[int, ...]) -> None:
    """Spans decide: a day is the paper's whole day; who can not be told apart are all named."""
    members = [member(number, *date) for number, date in enumerate(dates, start=1)]
    found = find_first(members)
    assert found.first == first
    assert sorted((*found.order, *found.undated)) == [one["id"] for one in members]


def test_a_day_ends_when_the_article_was_seen() -> None:
    """Seen at nine, it was not printed at ten: the other paper came later."""
    early = member(1, "2026-02-04", "day", first_seen_at="2026-02-04T02:00:00.000000Z")
    assert find_first([early, member(2, "2026-02-04T10:00:00+07:00", "minute")]).first == (1,)


def test_a_day_without_a_zone_is_wide() -> None:
    """Nobody knows where the paper's day begins: it may be 14 hours east of Greenwich."""
    unknown = member(1, "2026-02-04", "day", timezone=None)
    assert find_first([unknown, member(2, "2026-02-03T18:00:00Z", "minute")]).first == (1, 2)
    assert find_first([unknown, member(2, "2026-02-03T09:00:00Z", "minute")]).first == (2,)


def words(title: str, body: str, agency: str | None = None) -> dict[str, object]:
    """An article as it is compared."""
    return {"title": title, "lead": None, "body": body, "agency": agency, "words_sha256": body}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (words("Tin", "Một câu. Hai câu.\nBa câu."), "the same words"),
        (words("Tin", "MỘT CÂU. Hai câu.\nBa cau."), "the same words in another spelling"),
        (words("Báo", "Một câu. Hai câu."), "other headline, 2 of 3 sentences"),
        (words("Tin", "Ba câu.\nMột câu. Hai câu."), "in another order"),
        (words("Tin", "Bốn câu.\nMột câu. Ba câu. Ba câu."), "2 of 3 sentences, 2 of its own"),
        (words("Tin", "", "TTX"), "0 of 3 sentences, credits TTX, not no agency"),
    ],
)
def test_what_a_paper_changed(other: dict[str, object], said: str) -> None:
    """Headline, sentences left out and added, order, spelling, credit: in words."""
    one = words("Tin", "Một câu. Hai câu.\nBa câu.")
    assert print_contrast(contrast(one, other)) == said


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers: an agency's story in both, a story at two addresses of one, a lone story."""
    folder = tmp_path_factory.mktemp("stories")
    clock, chance = Clock(), Random(12)
    wire, twice, alone = (agency.tell(chance, "vi") for _ in range(3))
    local = agency.localise(chance, "vi", wire)
    minute = Date("2026-02-04T07:30:00+07:00", "minute", "", "test")
    day = Date("2026-02-05", "day", "", "test")
    pages = [
        ("suoi", "wire", wire, {"agency": "TTX Núi", "published": minute}),
        ("nui", "wire", local, {"agency": "TTX Núi", "published": day}),
        ("suoi", "twice-a", twice, {"published": day}),
        ("suoi", "twice-b", twice, {"published": None}),
        ("nui", "alone", alone, {"published": minute}),
    ]
    with open_archive(folder, clock) as archive:
        archive.open_site({**SITE, "site": "nui"}, crawl_id=f"nui-{CRAWL[5:]}", info={})
        archive.note("nui", "site", {"site": {**SITE, "site": "nui", "title": "Báo Núi"}})
        for site, name, story, fields in pages:
            url = f"https://{site}.test/{name}.html"
            capture = archive.keep(site, make_exchange(url, url.encode(), at=clock()))
            reading = make_reading(story.title, story.body, lead=story.lead, **fields)
            archive.add(capture, reading, address=url)
    return folder


def run(root: Path, *given: str) -> str:
    """The output of the command, which must succeed."""
    result = CliRunner().invoke(main, [*given, "--archive", str(root)])
    assert result.exit_code == 0, result.output
    return result.output


def test_clusters_are_listed_for_people(root: Path) -> None:
    """Each story with its papers, who was first, the credit, what each changed."""
    said = run(root, "clusters")
    for line in (
        "2 articles in 2 papers; first: suoi 2026-02-04T07:30:00+07:00",
        "credited: TTX Núi (2)",
        "2026-02-05 (only the day)  https://nui.test/wire.html",
        "2 articles in one paper, suoi; first: suoi 2026-02-05 (only the day); 1 without a date",
        "        the same words",
    ):
        assert line in said
    assert "of its own" in said and "alone" not in said


def test_clusters_are_chosen(root: Path) -> None:
    """By paper and by day; nothing found is said; --json has an object a line, or nothing."""
    assert len(run(root, "clusters", "--json").splitlines()) == 2
    (line,) = run(root, "clusters", "--site", "nui", "--json").splitlines()
    assert json.loads(line)["papers"] == {"nui": 1, "suoi": 1}
    assert run(root, "clusters", "--since", "2027") == "no story stands at two addresses\n"
    assert run(root, "clusters", "--since", "2027", "--json") == ""
    result = CliRunner().invoke(main, ["clusters", "--site", "x", "--archive", str(root)])
    assert result.exit_code == 2 and "held are: nui, suoi" in result.output


def test_show_names_the_story(root: Path) -> None:
    """An article says where else it stands; one that stands alone says nothing."""
    said = run(root, "show", "https://nui.test/wire.html")
    assert "one story with others" in said and "https://suoi.test/wire.html" in said
    assert "one story with others" not in run(root, "show", "https://nui.test/alone.html")
    told = json.loads(run(root, "show", "https://suoi.test/twice-b.html", "--json"))
    assert told["cluster"] == 3 and told["story"]["papers"] == {"suoi": 2}
    assert told["story"]["first"] == [3] and told["story"]["undated"] == 1


def test_exports_and_sql_name_the_cluster(root: Path) -> None:
    """duplicate_cluster groups what belongs together and is null for what stands alone."""
    records = [
        json.loads(line) for line in run(root, "export", "jsonl").splitlines() if "{" in line
    ]
    found = {record["url"]: record["duplicate_cluster"] for record in records}
    assert found == {
        "https://nui.test/alone.html": None,
        "https://nui.test/wire.html": "1",
        "https://suoi.test/twice-a.html": "3",
        "https://suoi.test/twice-b.html": "3",
        "https://suoi.test/wire.html": "1",
    }
    db = connect(root / INDEX)
    rows = db.execute("SELECT cast(cluster AS TEXT), url FROM syndicated").fetchall()
    assert {url: cluster for cluster, url in rows} == {u: c for u, c in found.items() if c}

"""The documentation is true: generated parts, transcripts, SQL, links, crontab line, the demo."""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive import cli as archive_cli
from archive.door import EXITS
from archive.plugins import register
from archive.store import connect
from crawler import cli
from spiders import tables
from tests.docs import BLOCKS, READMES, WIDTH
from tests.road.vault import ROOT, clean_environment
from tests.transcript import ARCHIVE, PORTS, Desk, Step, normalise, read_steps

NAMES = [path.relative_to(ROOT).as_posix() for path in READMES]
TEXTS = {name: path.read_text(encoding="utf-8") for name, path in zip(NAMES, READMES, strict=True)}
STEPS = {name: read_steps(text) for name, text in TEXTS.items()}
COOKBOOK = re.findall(
    r"^```sql\n-- (.+)\n((?:.+\n)+?)```$", TEXTS["archive/README.md"], re.MULTILINE
)
pytestmark = pytest.mark.timeout(900)  # transcripts and demo: 150 s of CPU, on a busy machine
LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass
class Typed:
    """What a reader has on the desk who typed every transcript, in order."""

    folder: Path
    said: dict[str, list[str]] = field(default_factory=dict)


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Typed]:
    """One archive for the module: crawled by README.md, a day later again by crawler/README.md."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    typed = Typed(desk.folder)
    try:
        for name in NAMES:
            if name == "crawler/README.md":
                desk.live_on()
            typed.said[name] = [try_step(desk, step) for step in STEPS[name]]
        yield typed
    finally:
        desk.close()


def try_step(desk: Desk, step: Step) -> str:
    """Return what a step prints, or how it failed: only its own README's test is to fail."""
    try:
        return desk.type(step.command)
    except AssertionError as error:
        return str(error)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """`python -m tests.demo` with an empty HOME; runs beside the transcripts, to save time."""
    home = tmp_path_factory.mktemp("home")
    named = {"HOME": str(home), "KHOBAO_DEMO": str(home / "khobao-demo")}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.demo"],
        cwd=ROOT,
        env={**clean_environment(), **named},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait()


@pytest.mark.parametrize("name", NAMES)
def test_generated_blocks_are_current(name: str) -> None:
    """Help, schema, views, words, papers and exit codes are what the code says."""
    assert tables.fill(TEXTS[name], BLOCKS) == TEXTS[name], "run: make docs"


def test_every_command_is_documented() -> None:
    """Each command's help stands in a README, and so do the tables of the schema and the words."""
    text = "".join(TEXTS.values())
    assert [name for name in BLOCKS if f"<!-- generated: {name} -->" not in text] == []


def test_what_the_readmes_show(
    demo: subprocess.Popen[str],  # noqa: ARG001 - started first, so that it runs meanwhile
    typed: Typed,
    subtests: pytest.Subtests,
) -> None:
    """What a README says a command prints is what it prints; its SQL and its Python run there.

    One test, since the desk takes 90 s: each of two workers would lay it anew.
    """
    for name in NAMES:
        with subtests.test("transcripts", name=name):
            shown = [print_step(step, step.says) for step in STEPS[name]]
            said = [print_step(*pair) for pair in zip(STEPS[name], typed.said[name], strict=True)]
            assert shown == said, "run: make docs"
    for columns, query in COOKBOOK:
        with subtests.test("cookbook", columns=columns):
            check_query(typed.folder, columns, query)
    with subtests.test("python"):
        check_python(typed.folder)


def print_step(step: Step, said: str) -> str:
    """Return a step as it is compared."""
    return f"$ {step.command}\n{normalise(said)}"


def test_normalising_is_narrow() -> None:
    """Papers' dates, counts of articles and words of messages are compared as they are."""
    text = "a: finished; 61 new articles, 1 changed\n12  2026-02-01T08:09:18+07:00  suoibac\n"
    assert normalise(text) == text.replace("12  2026", "<id>  2026")
    assert normalise("at 2026-02-01T08:09:18.123Z, 12 bytes") == "at <instant>, <number> bytes\n"


def check_query(folder: Path, columns: str, query: str) -> None:
    """A query of the cookbook runs, has the columns its comment names, and answers something."""
    db = connect(folder / ARCHIVE / "index.db")
    register(db)
    urls = [url for (url,) in db.execute("SELECT url FROM articles ORDER BY versions DESC, id")]
    (crawl_id,) = db.execute("SELECT crawl_id FROM crawls ORDER BY started_at").fetchone()
    words = {"site": "suoibac", "crawl_id": crawl_id, "words": "nghi quyet dang bo"}
    rows: list[sqlite3.Row] = []
    for url in urls if ":url" in query else [""]:
        cursor = db.execute(query, {**words, "url": url})
        assert [column[0] for column in cursor.description] == columns.split(", ")
        rows += cursor.fetchall()
    assert rows, "nobody would learn anything from it"
    db.close()


def test_cookbook_answers_every_question() -> None:
    """There is a query on each view, and one for each table of what a version holds."""
    text = "".join(query for _, query in COOKBOOK)
    views = re.findall(r"^\| `(\w+)` \|", BLOCKS["views"](), re.MULTILINE)
    missing = [
        name for name in (*views, "captures", "images") if not re.search(rf"\b{name}\b", text)
    ]
    assert missing == []


def check_python(folder: Path) -> None:
    """The Python of archive/README.md reads the record of robots.txt with warcio alone."""
    (code,) = re.findall(r"^```python\n(.*?)^```$", TEXTS["archive/README.md"], re.S | re.M)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "/robots.txt\nUser-agent: *\n" in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    """Every relative link of a README names a file, and a heading if it names one."""
    for link in LINK.findall(TEXTS[name]):
        path, _, heading = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        target = (ROOT / name).parent / path
        assert target.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [slug(text) for text in headings], link


def slug(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_crontab_line() -> None:
    """The line has five fields within their ranges, and a command that `khobao` understands."""
    (line,) = re.findall(r"^```crontab\n(.+)\n```$", TEXTS["crawler/README.md"], re.MULTILINE)
    *fields, command = line.split(maxsplit=5)
    limits = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
    for text, (lowest, highest) in zip(fields, limits, strict=True):
        assert text == "*" or lowest <= int(text) <= highest
    assert "%" not in command, "cron takes % for a line's end"
    setting, program, name, *options = shlex.split(command)
    assert setting.startswith("KHOBAO_ARCHIVE=/") and program.endswith("/bin/khobao")
    assert cli.main.commands[name].make_context(name, options).params["minutes"] < 24 * 60


@pytest.mark.parametrize("door", [cli.main, archive_cli.main], ids=["khobao", "archive"])
def test_help_lists_the_exit_codes(door: object) -> None:
    """The help of either door names every exit code with its meaning."""
    module = "crawler" if door is cli.main else "archive"
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": str(WIDTH)},
        capture_output=True,
        text=True,
        check=True,
    )
    for code, words in EXITS.items():
        assert re.search(rf"^ +{code}  {re.escape(words)}$", done.stdout, re.MULTILINE)


def test_ports_of_the_transcripts() -> None:
    """No other address of this machine stands in a transcript: nobody could type it."""
    shown = {f"127.0.0.1:{port}" for port in PORTS.values()}
    for name, steps in STEPS.items():
        for step in steps:
            found = set(re.findall(r"127\.0\.0\.1:\d+", step.command + step.says))
            assert found <= shown, name


def test_demo(demo: subprocess.Popen[str]) -> None:
    """`make demo` ends with 0 and says what was done and what lies where."""
    said, _ = demo.communicate(timeout=90)
    assert demo.returncode == 0, said
    assert "new articles" in said and "is as it was written" in said
    account = said.rpartition("WARC files")[2]
    places = re.findall(r"/\S+", account)
    assert len(places) >= 4 and all(Path(place).exists() for place in places), account

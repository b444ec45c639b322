"""Runs the shell transcripts of the READMEs against fictional papers, so that they stay true.

    ```console
    $ khobao search "nghị quyết" --limit 1
    ...what it prints...
    ```

A line that begins with ``$ `` is a command for bash, run in one folder after the others; the lines
below it are what it prints, errors among it. Compared is what ``normalise`` leaves. Blocks of other
languages (``sh``) are not run.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.gazette import epi
from tests.gazette.paper import Answer, Paper
from tests.gazette.server import Server
from tests.gazette.story import Story
from tests.road.vault import clean_environment

ARCHIVE = "khobao-archive"
SEED = 7
PORTS = {"suoibac": 8123, "dongngan": 8124}  # as printed in the READMEs
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)

# What differs from run to run, and nothing else: our own instants (a paper's keep their offset),
# names of WARC files, sizes and offsets of compressed records. Ids of articles follow the order in
# which two worker processes finish their pages; so does whether a category's next page is known
# to bring nothing before it is asked for, hence a request more or less (85 to 87 for 60 articles).
RULES = (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", "<instant>"),
    (r"-\d{14}-(\d{5})-[\w.-]+?\.warc\.gz", r"-<stamp>-\1-<host>.warc.gz"),
    (r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b", "<minute>"),  # ours, in the paper's zone
    (r"\d+ requests", "<number> requests"),
    (r"at byte \d+", "at byte <number>"),
    (r"\d+ bytes", "<number> bytes"),
    (r"(?m)^(\w+_bytes +)\d+$", r"\1<number>"),
    (r'("?warc_(?:offset|length)"?:? +)\d+', r"\1<number>"),
    (r"(?m)^\d+(?=  \d{4}-\d\d-\d\dT)", "<id>"),
)


@dataclass(frozen=True)
class Step:
    """A command of a transcript and what the README says it prints."""

    command: str
    says: str


def normalise(text: str) -> str:
    """Return a command's output without what differs from run to run."""
    for pattern, instead in RULES:
        text = re.sub(pattern, instead, text)
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def read_steps(text: str) -> list[Step]:
    """Return the steps of all transcripts of a README, in order."""
    return [step for block in _BLOCK.findall(text) for step in _split(block)]


def rewrite(text: str, says: Callable[[Step], str]) -> str:
    """Return a README with what ``says`` gives below each command."""

    def print_block(found: re.Match[str]) -> str:
        return "".join(f"$ {step.command}\n{says(step)}" for step in _split(found[0]))

    return _BLOCK.sub(print_block, text)


def _split(block: str) -> Iterator[Step]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, says = part.partition("\n")
        while command.endswith("\\"):
            more, _, says = says.partition("\n")
            command += "\n" + more
        yield Step(command, says)


class Desk:
    """A folder at which a reader types: two fictional papers answer, nothing is crawled yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.papers = {
            "suoibac": epi.paper(SEED, articles=36),
            "dongngan": epi.paper(SEED, articles=12, name="Báo Đông Ngàn"),
        }
        self.servers = {key: Server(paper) for key, paper in self.papers.items()}
        ports = [server.port for server in self.servers.values()]
        rules = f'[network]\nallow_addresses = ["127.0.0.1"]\nallow_ports = {ports}\n'
        (folder / "loopback.toml").write_text(rules, encoding="utf-8")
        for key, server in self.servers.items():
            profile = self.papers[key].profile(server.url)
            (folder / f"{key}.toml").write_text(profile, encoding="utf-8")
            server.open()

    def close(self) -> None:
        """Stop the papers."""
        for server in self.servers.values():
            server.close()

    def type(self, command: str) -> str:
        """Run a command and return what it prints; it must succeed."""
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        done = subprocess.run(
            ["bash", "-c", self._swap(command, to_shown=False)],
            cwd=self.folder,
            env={**clean_environment(), "PATH": path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=100,
            check=False,
        )
        said = self._swap(done.stdout, to_shown=True)
        assert done.returncode == 0, f"$ {command}\n{said}exit code {done.returncode}"
        return said

    def _swap(self, text: str, *, to_shown: bool) -> str:
        """Exchange the ports printed in the READMEs and those the papers have."""
        for key, shown in PORTS.items():
            real = self.servers[key].port
            old, new = (real, shown) if to_shown else (shown, real)
            text = text.replace(f"127.0.0.1:{old}", f"127.0.0.1:{new}")
        return text

    def live_on(self) -> None:
        """A day at the papers: an article is edited, another removed; a second paper is found."""
        self.type(f"cp dongngan.toml {ARCHIVE}/sites/")
        newsroom = self.papers["suoibac"].newsroom
        edited, removed = newsroom.visible()[:2]
        newsroom.move(newsroom.now.replace(hour=23))
        newsroom.edit(edited, at=newsroom.now)
        newsroom.delete(removed, at=newsroom.now, departure="gone")
        self._write_foreign(self.folder / "old-crawl.warc.gz")

    def _write_foreign(self, path: Path) -> None:
        """Write a WARC file as another crawler would have, years ago: two articles, a page of
        pictures at an article's address, and a record whose end is missing."""
        paper = epi.paper(99, 12, base=self.papers["suoibac"].base)
        stories = paper.show(paper.newsroom.visible()[:3])
        pages = {paper.url(story): answer_of(paper, story).body for story in stories}
        gallery = f"{paper.base}/anh-dep-trong-tuan-qua-post1.html"
        first, second, cut = pages.items()
        members = [
            pack(*page) for page in (first, second, (gallery, b"<h1>\xe1\xba\xa2nh</h1>"), cut)
        ]
        path.write_bytes(b"".join(members[:-1]) + members[-1][:400])


def answer_of(paper: Paper, story: Story) -> Answer:
    """Return a story's page."""
    answer = paper.answer(paper.path(story))
    assert answer is not None
    return answer


def pack(url: str, page: bytes) -> bytes:
    """Return the WARC record of a page as warcio writes it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    record = writer.create_warc_record(
        url,
        "response",
        payload=BytesIO(page),
        http_headers=StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1"
        ),
        warc_headers_dict={"WARC-Date": "2019-05-04T03:02:01Z"},
    )
    writer.write_record(record)
    return out.getvalue()

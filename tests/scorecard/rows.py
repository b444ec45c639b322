"""The rows of the scorecard: what is tested, what passes, and how the figures are told.

Decision: a row is not a program of its own but the tests marked `@pytest.mark.row(N)`, which say
what they counted through the fixture `tally` (tests/scorecard/plugin.py). A second program that
does what the tests do was rejected: the two would drift apart, and the table would prove nothing
about the suite. What a test counts is counted, never a constant: a row whose tests did not run
has no figures and has not passed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `reached` is filled in with the sums of what its tests counted."""

    number: int
    what: str
    passes: str
    reached: str


ROWS = (
    Row(
        1,
        "kill -9 of the real crawl at random times and at every named step",
        "0 rows without a readable, digest-true record; 0 WARC files failing after recovery",
        "{kills} random kills, {step_kills} at {steps} named steps, {call_kills} after any call of "
        "crawl, recovery, import, rebuild and repair; {captures} rows read back, "
        "{orphans} without their record; {files} WARC files checked, {failing} failing",
    ),
    Row(
        2,
        "the same, then one clean run",
        "every article there; at most one batch repeated per kill",
        "{articles} articles, {missing} missing; {repeats} requests repeated, "
        "{allowed} allowed (one batch a kill)",
    ),
    Row(
        3,
        "the index deleted and rebuilt from the WARC files, three times",
        "logical dump identical",
        "{rebuilds} rebuilds of {archives} archives; {lines} lines of dump, {different} different",
    ),
    Row(
        4,
        "the last two members cut at every byte; zero, garbage, fake-gzip tails",
        "0 wrong recoveries",
        "{cuts} cuts and {tails} tails; {wrong} wrong recoveries",
    ),
    Row(
        5,
        "power cuts, from a recorded log of the crawl's writes and syncs",
        "bytes before rows in every state",
        "{states} states of {writes} writes and {syncs} syncs; {broken} break the law",
    ),
    Row(
        6,
        "disk full; EIO and short writes injected",
        "clean exit code, nothing torn, the next run goes on",
        "{full} full disks ({real} of them real file systems), {injected} injected errors; "
        "{unclean} unclean exits, {torn} torn, {stuck} next runs that did not go on",
    ),
    Row(
        7,
        "pairs of crawls started together",
        "exactly one runs, the other ends in under 1 s with 75",
        "{pairs} pairs; {wrong} without one winner; loser's own CPU {loser_ms_max} ms at most "
        "(`--help`: {help_ms_max} ms)",
    ),
    Row(
        8,
        "a crawl, four readers and an exporter at once",
        '0 "database is locked"',
        "{seconds} s; {queries} queries and {exports} exports beside {pages} pages; "
        "{locked} locked",
    ),
    Row(
        9,
        "raw responses over http and TLS, first and later on a connection",
        "blocks byte-identical or marked truncated",
        "{responses} responses in {exchanges} exchanges; {differing} differ",
    ),
    Row(
        10,
        "foreign validators and pywb on every WARC",
        "all pass",
        "{files} files through {validators} checks, {failing} failures; "
        "{replayed} captures replayed by pywb, {unreplayed} not",
    ),
    Row(
        11,
        "mutations of an archive",
        "100 % noticed by `khobao verify`",
        "{mutations} mutations, {noticed} noticed",
    ),
    Row(
        12,
        "the same site crawled ten times unchanged",
        "0 second full copies; every revisit resolves",
        "{crawls} crawls; {copies} second copies; {revisits} revisits, {unresolved} unresolved",
    ),
    Row(
        13,
        "SSRF forms by redirect, link, feed, sitemap, robots.txt, changing DNS",
        "0 connections, 0 file reads",
        "{forms} forms in {channels} channels, {tries} tries; {connections} connections, "
        "{reads} file reads",
    ),
    Row(
        14,
        "bombs for the wire and for parsers",
        "the crawl goes on; each ended in 15 s of CPU; main process under 512 MB",
        "{bombs} bombs, {stopped} stopped the crawl; slowest {cpu_s_max} s of CPU; "
        "main process {peak_mb_max} MB at most",
    ),
    Row(
        15,
        "encodings of Vietnamese text",
        "exact after NFC, or flagged; 0 silent garbage",
        "{forms} forms: {exact} exact, {flagged} flagged, {garbage} silent garbage",
    ),
    Row(
        16,
        "traps: calendar, session id, relative path, sort and filter",
        "stops within caps; at least 95 % of the real articles",
        "{traps} traps; {beyond} beyond the caps; {found} of {articles} articles",
    ),
)


@dataclass(slots=True)
class Result:
    """What the tests of one row have shown so far."""

    counts: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    passed: int = 0
    failed: list[str] = field(default_factory=list)  # names of tests
    skipped: list[str] = field(default_factory=list)  # reasons
    seconds: float = 0.0

    def add(self, counts: dict[str, float]) -> None:
        """Add what one test counted: sums, and the largest of what is named ``*_max``."""
        for name, number in counts.items():
            if name.endswith("_max"):
                self.counts[name] = max(self.counts[name], number)
            else:
                self.counts[name] += number

    @property
    def verdict(self) -> str:
        """One word: a row none of whose tests ran has not passed."""
        if self.failed:
            return "FAILED"
        return "passed" if self.passed else "not run"


class _Figures(dict[str, str]):
    """What a row's text is filled in with; what nothing counted shows as a question mark."""

    def __missing__(self, key: str) -> str:
        return "?"


def tell(row: Row, result: Result) -> str:
    """Return the row's figures in words, with the tests that failed or did not run."""
    figures = _Figures({name: f"{number:,.10g}" for name, number in result.counts.items()})
    parts = [row.reached.format_map(figures)]
    parts += [f"failed: {name}" for name in result.failed]
    parts += [f"skipped: {reason}" for reason in sorted(set(result.skipped))]
    return "; ".join(parts)


def lines(results: dict[int, Result]) -> Iterable[tuple[str, ...]]:
    """Return the table's rows: number, test, what passes, figures, verdict, minutes, command."""
    for row in ROWS:
        result = results.get(row.number, Result())
        yield (
            str(row.number),
            row.what,
            row.passes,
            tell(row, result),
            result.verdict,
            f"{result.seconds:,.0f}",
            f"`make scorecard ROW={row.number}`",
        )

"""How well papers were read: many papers crawled in one run, each scored field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.gazette.paper import Paper
from tests.gazette.server import Server

from .compare import find_differences
from .vault import Vault

FIELDS = {
    "title": "title",
    "lead": "description",
    "text": "text",
    "date": "date_published",
    "author": "authors",
    "pictures": "images",
}
"""What is scored, with the export's name for it."""


@dataclass(frozen=True)
class Score:
    """One paper's: ``right`` counts articles by field, ``extra`` are addresses that no article
    has, ``examples`` the first (address, expected, exported) of each field that differs."""

    articles: int
    found: int
    right: dict[str, int]
    extra: tuple[str, ...]
    examples: dict[str, tuple[str, Any, Any]]
    problems: tuple[str, ...]

    def share(self, name: str) -> float:
        """Return the share of articles found, or of those found the share right in a field."""
        if name == "found":
            return self.found / self.articles
        return self.right[name] / max(self.found, 1)


def crawl_papers(
    root: Path, papers: dict[str, Paper], profiles: dict[str, str], seconds: float = 110
) -> dict[str, Score]:
    """Crawl every paper in one run of `khobao crawl` and return their scores. Raises
    TimeoutExpired when the run takes more than ``seconds``.

    In a profile ``{base}`` and ``{host}`` stand for where its paper is served.
    """
    with ExitStack() as stack:
        servers = {key: stack.enter_context(Server(paper)) for key, paper in papers.items()}
        vault = Vault(root / "archive", *(one.port for one in servers.values()))
        for key, server in servers.items():
            host = f"127.0.0.1:{server.port}"
            profile = profiles[key].replace("{base}", server.url).replace("{host}", host)
            vault.add_site(key, profile)
        process = vault.start("crawl", *papers, "--json")
        try:
            out, err = process.communicate(timeout=seconds)
        finally:
            process.kill()  # a crawl that hangs must not outlive its test
        assert process.returncode in (0, 3), f"{process.returncode}\n{out}\n{err}"
        reports = {one["site"]: one for one in map(_parse, out.splitlines()) if one}
        records = vault.export()
        return {key: score(papers[key], key, records, reports[key]) for key in papers}


def _parse(line: str) -> dict[str, Any]:
    return json.loads(line) if line.startswith("{") else {}


def score(
    paper: Paper,
    key: str,
    records: list[dict[str, Any]],
    report: dict[str, Any],
    fields: Mapping[str, str] = FIELDS,
) -> Score:
    """Return one paper's score in ``fields``. Dates are right when they are the same instant, or in
    the minute that the page shows: some papers have the second in their head."""
    truth = paper.truth()
    own = [one for one in records if one["site"] == key]
    found = find_differences(truth, own)
    found["date_published"] = [
        one for one in found.get("date_published", []) if not _is_same(one[1], one[2])
    ]
    missing = found.get("missing", [])
    count = len(truth) - len(missing)
    right = {name: count - len(found.get(field, [])) for name, field in fields.items()}
    examples = {name: found[field][0] for name, field in fields.items() if found.get(field)}
    if missing:
        examples["found"] = missing[0]
    extra = tuple(one[0] for one in found.get("extra", []))
    return Score(len(truth), count, right, extra, examples, tuple(report["problems"]))


def _is_same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    here, there = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if there.tzinfo is None:
        return False
    seconds = (there - here).total_seconds()
    return seconds == 0 or (here.second == 0 and 0 <= seconds < 60)


def tabulate(scores: dict[str, Score]) -> str:
    """Return the scores as a table in Markdown."""
    names = ("found", *FIELDS)
    rows = [f"| platform | articles | {' | '.join(names)} | extra |"]
    rows.append("|---" * (len(names) + 3) + "|")
    for key, one in scores.items():
        shares = " | ".join(f"{one.share(name):.2f}".replace("1.00", "1") for name in names)
        rows.append(f"| {key} | {one.articles} | {shares} | {len(one.extra)} |")
    return "\n".join(rows)


def explain(scores: dict[str, Score]) -> str:
    """Return an example of everything that is not right."""
    lines = []
    for key, one in scores.items():
        lines += [f"{key}: extra {url}" for url in one.extra]
        lines += [f"{key}: {problem}" for problem in one.problems]
        for name, (url, wanted, got) in one.examples.items():
            lines.append(f"{key}.{name} {url}\n{_contrast(wanted, got)}")
    return "\n".join(lines)


def _contrast(wanted: Any, got: Any) -> str:
    """What only one side has: lines of texts, items of lists, else both whole."""
    parts = [_split(one) for one in (wanted, got)]
    missing = [one for one in parts[0] if one not in parts[1]]
    added = [one for one in parts[1] if one not in parts[0]]
    rows = [f"    - {one}" for one in missing] + [f"    + {one}" for one in added]
    return "\n".join(rows) or f"    the same in another order: {got!r}"


def _split(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value).splitlines()

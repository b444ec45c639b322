"""Runs `khobao new` and then `khobao crawl` against fictional papers, each a process of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.gazette.paper import Paper
from tests.gazette.server import Server
from tests.road.scores import FIELDS, Score, score
from tests.road.vault import Vault

MANNERS = "[manners]\ndelay = 0.0\n"


@dataclass(frozen=True)
class Trial:
    """What came of one paper: the survey's own words, the profile, and the score of the crawl."""

    told: dict[str, Any]
    profile: str
    requests: int  # that the server saw
    score: Score


def try_papers(
    root: Path,
    papers: dict[str, Paper],
    *,
    joined: bool = False,
    fields: Mapping[str, str] = FIELDS,
) -> dict[str, Trial]:
    """Write a profile of every paper, crawl all of them in one run, and score that.

    ``joined``: lead and text count as one, as where nothing on a page tells its lead apart;
    ``fields``: what is scored.
    """
    with ExitStack() as stack:
        servers = {key: stack.enter_context(Server(paper)) for key, paper in papers.items()}
        vault = Vault(root / "archive", *(one.port for one in servers.values()))
        told, texts, counts = {}, {}, {}
        for key, server in servers.items():
            told[key] = write_profile(vault, server.url, key)
            texts[key] = (vault.root / "sites" / f"{key}.toml").read_text("utf-8")
            counts[key] = len(server.log)
            vault.add_site(key, hurry(texts[key]))
        process = vault.start("crawl", *papers, "--json")
        out, err = process.communicate(timeout=900)
        assert process.returncode in (0, 3), f"{process.returncode}\n{out}\n{err}"
        reports = {
            one["site"]: one for one in map(json.loads, filter(_is_object, out.splitlines()))
        }
        records = [join_lead(record) for record in vault.export()] if joined else vault.export()
        return {
            key: Trial(
                told[key], texts[key], counts[key], score(paper, key, records, reports[key], fields)
            )
            for key, paper in papers.items()
        }


def write_profile(vault: Vault, url: str, key: str, *words: str) -> dict[str, Any]:
    """Run `khobao new` and return what it says with --json."""
    said = vault.run("new", url, "--key", key, "--delay", "0", "--json", *words)
    found: dict[str, Any] = json.loads(said)
    return found


def follow(root: Path, server: Server) -> Vault:
    """Learn the one paper of a server, crawl it, and find nothing wrong with it; then let twelve
    articles and a day come."""
    vault = Vault(root / "archive", server.port)
    write_profile(vault, server.url, "paper")
    file = vault.root / "sites" / "paper.toml"
    file.write_text(hurry(file.read_text("utf-8")), "utf-8")
    assert vault.crawl("paper")[0]["problems"] == []
    room = server.paper.newsroom
    room.publish(room.now.date(), 12)
    room.move(room.now + timedelta(days=1))
    return vault


def join_lead(record: dict[str, Any]) -> dict[str, Any]:
    """An exported record whose text begins with its lead, whether that was told apart or not."""
    lead, text = record["description"], record["text"]
    apart = lead and not text.startswith(lead)
    return {**record, "text": f"{lead}\n{text}".rstrip() if apart else text, "description": None}


def hurry(profile: str) -> str:
    """The profile for a crawl without pauses: politeness to a loopback server tests nothing."""
    return re.sub(r"(?m)^\[trust\]$", f"{MANNERS}[trust]", profile, count=1)


def _is_object(line: str) -> bool:
    return line.startswith("{")


def tabulate(trials: dict[str, Trial]) -> str:
    """The table of a report: paper, system, share found, wrong pages, shares right."""
    rows = ["| paper | recognised | requests | found | wrong pages | title | date | text |"]
    rows.append("|---" * 8 + "|")
    for key, one in trials.items():
        shares = " | ".join(
            f"{100 * one.score.share(name):.0f}" for name in ("title", "date", "text")
        )
        found = f"{100 * one.score.share('found'):.0f}"
        system = one.told["platform"] or "-"
        rows.append(
            f"| {key} | {system} | {one.requests} | {found} | {len(one.score.extra)} | {shares} |"
        )
    return "\n".join(rows)


__all__ = ["FIELDS", "Trial", "follow", "hurry", "tabulate", "try_papers", "write_profile"]

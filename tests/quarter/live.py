"""Lives through the quarter: a night is a `khobao run` of its own, its clock handed in."""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.road.vault import Vault

from .dawn import Dawn
from .estuary import Estuary
from .harbour import Harbour
from .paper import Paper
from .plot import DAY, Span, write_paper
from .troubles import Spell, make_trouble
from .valley import Valley
from .web import Web, wait_until

LIVED = "lived.pickle"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HIDING = frozenset({"shut", "guarded"})  # the lists name pieces that nobody can see
WORDS = "[crawl]\nworkers = 1\ntotal_seconds = 2.0\nconnect_seconds = 2.0\n"


@dataclass(frozen=True)
class Deed:
    """What the operator does before a night: writes profiles anew, and runs commands."""

    night: int
    profiles: tuple[str, ...] = ()
    commands: tuple[tuple[str, ...], ...] = ()


@dataclass
class Plan:
    """A quarter as it is to be."""

    span: Span
    seed: int = 7
    papers: tuple[str, ...] = ("banmai", "harbour", "lembah", "cuabien")
    spells: tuple[Spell, ...] = ()
    deeds: tuple[Deed, ...] = ()
    relaunch: int | None = None  # nights
    rebuild: int | None = None
    merge: int | None = None
    kills: tuple[int, ...] = ()


@dataclass
class Said:
    """What a night's `khobao run` said."""

    night: int
    at: datetime
    code: int
    problems: dict[str, list[str]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    hasty: int = 0  # requests while a paper had asked for time
    kept: dict[str, Any] = field(default_factory=dict)  # `completeness`, of nights that hid pieces
    report: str = ""  # its first lines, on nights with trouble and after
    error: str = ""


@dataclass
class Lived:
    """What is left of a quarter."""

    plan: Plan
    papers: dict[str, Paper]
    vault: Vault
    nights: list[Said]
    deeds: list[tuple[int, int, str]] = field(default_factory=list)  # night, exit code, output

    def now(self, night: int) -> datetime:
        """Return the instant of a night."""
        return find_night(self.plan.span, night)


def find_night(span: Span, night: int) -> datetime:
    """Return the instant a night's run begins."""
    return datetime.combine(span.first + night * DAY, time(3, 15), ZONE)


def make_papers(plan: Plan) -> dict[str, Paper]:
    """Return the papers with all that will happen to them."""
    start = find_night(plan.span, 0)
    dawn, estuary, valley = Dawn(start), Estuary(start), Valley(start)
    found: list[Paper] = [dawn, Harbour(start), valley, estuary]
    if plan.relaunch is not None:
        dawn.relaunched = find_night(plan.span, plan.relaunch) - timedelta(hours=9)
    if plan.rebuild is not None:
        valley.rebuilt = find_night(plan.span, plan.rebuild) - timedelta(hours=9)
    until = None
    if plan.merge is not None:
        estuary.merged = find_night(plan.span, plan.merge) - timedelta(hours=9)
        estuary.host, until = dawn, estuary.merged.date()
    for paper in found:
        ends = until if paper is estuary else None
        if paper.key in plan.papers:
            write_paper(paper, plan.span, plan.seed, until=ends)
    return {paper.key: paper for paper in found if paper.key in plan.papers}


def live(folder: Path, plan: Plan) -> Lived:
    """Live through a quarter and return what is left."""
    papers = make_papers(plan)
    with ExitStack() as stack:
        webs = {key: stack.enter_context(Web(paper)) for key, paper in papers.items()}
        vault = Vault(folder, *(web.port for web in webs.values()), words=WORDS)
        for key, paper in papers.items():
            vault.add_site(key, paper.profile())
        lived = Lived(plan, papers, vault, [])
        for night in range(plan.span.nights):
            _open_night(lived, webs, night)
            lived.nights.append(_run(lived, webs, night))
            save(lived, folder.parent / LIVED)
    return lived


def save(lived: Lived, path: Path) -> None:
    """Write what is left so far, for judges of another day."""
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(lived))
    part.replace(path)


def load(path: Path) -> Lived:
    """Return what was left by ``save``; of a quarter that was broken off the nights that were."""
    lived: Lived = pickle.loads(path.read_bytes())
    lived.plan.span = replace(lived.plan.span, nights=len(lived.nights))
    return lived


def _open_night(lived: Lived, webs: dict[str, Web], night: int) -> None:
    plan, now = lived.plan, lived.now(night)
    for key, web in webs.items():
        web.paper.now = now
        names = [s.name for s in plan.spells if s.paper == key and s.first <= night <= s.last]
        web.trouble = [trouble for name in names for trouble in make_trouble(name)]
    dawn, estuary = lived.papers.get("banmai"), lived.papers.get("cuabien")
    if isinstance(dawn, Dawn) and isinstance(estuary, Estuary) and estuary.is_merged:
        dawn.guests = [(estuary, piece) for piece in estuary.pieces]
    for deed in plan.deeds:
        if deed.night == night:
            for key in deed.profiles:
                lived.vault.add_site(key, lived.papers[key].profile())
            for words in deed.commands:
                at = now - timedelta(hours=3)  # two runs in one minute would write over each other
                process = lived.vault.start(*words, KHOBAO_NOW=at.isoformat())
                said = "".join(process.communicate(timeout=600))
                lived.deeds.append((night, process.returncode, said))


def _run(lived: Lived, webs: dict[str, Web], night: int) -> Said:
    now = lived.now(night)
    before = sum(len(web.asked) for web in webs.values())
    hasty = sum(web.hasty for web in webs.values())
    process = lived.vault.start("run", "--json", KHOBAO_NOW=now.isoformat())
    if night in lived.plan.kills:
        wait_until(
            lambda: (
                sum(len(w.asked) for w in webs.values()) >= before + 40
                or process.poll() is not None
            )
        )
        process.kill()
    out, err = process.communicate(timeout=900)
    said = Said(night, now, process.returncode, error=err if process.returncode else "")
    for line in out.splitlines():
        if line.startswith("{"):
            _note(said, json.loads(line))
    said.asked = sum(len(web.asked) for web in webs.values()) - before
    said.hasty = sum(web.hasty for web in webs.values()) - hasty
    names = {s.name for s in lived.plan.spells if s.first <= night <= s.last}
    if names & HIDING:
        since = (now - 2 * DAY).date().isoformat()
        kept = lived.vault.run("completeness", "--json", "--since", since)
        said.kept = {row["site"]: row for row in map(json.loads, kept.splitlines())}
    if process.returncode > 0:
        later = (now + timedelta(hours=1)).isoformat()
        said.report = lived.vault.run("report", "--text", KHOBAO_NOW=later)
    return said


def _note(said: Said, row: dict[str, Any]) -> None:
    said.problems[row["site"]] = list(row.get("problems", ()))
    said.outcomes[row["site"]] = row["outcome"]


def list_spells(spells: Sequence[Spell], paper: str, night: int) -> list[Spell]:
    """Return what is wrong with a paper on a night."""
    return [s for s in spells if s.paper == paper and s.first <= night <= s.last]

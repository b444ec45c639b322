"""Holds `khobao changes --since D [--to D]` against all rows, the report against what happened."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from archive.instants import from_text
from archive.paperday import name_zone

from .live import Lived


def judge_ranges(lived: Lived) -> list[str]:
    """Return the ranges of days for which `khobao changes` gives other rows than those of them."""
    rows, wrong = _list(lived, "--since", "2025"), []
    nights = lived.plan.span.nights
    for start, end in ((0, 4), (nights // 3, nights // 2), (nights - 3, nights)):
        since, until = (lived.plan.span.first + timedelta(days=n) for n in (start, end))
        wanted = _name(row for row in rows if _is_within(row, since, date.max))
        if _name(_list(lived, "--since", str(since))) != wanted:
            wrong.append(f"since {since}")
        wanted = _name(row for row in rows if _is_within(row, since, until))
        if _name(_list(lived, "--since", str(since), "--to", str(until))) != wanted:
            wrong.append(f"since {since} to {until}")
    return wrong


def _list(lived: Lived, *words: str) -> list[dict[str, Any]]:
    said = lived.vault.run("changes", *words, "--json")
    return [json.loads(line) for line in said.splitlines()]


def _name(rows: Any) -> Counter[tuple[str, str, str]]:
    return Counter((row["at"], row["kind"], row["url"]) for row in rows)


def _is_within(row: dict[str, Any], since: date, until: date) -> bool:
    """A removal is news again on the day on which it is believed."""
    instants = {row["at"], row["detail"].get("believed_at", row["at"])}
    zone = name_zone(row["timezone"])
    return any(since <= from_text(at).astimezone(zone).date() <= until for at in instants)


def judge_report(lived: Lived, path: Path) -> Iterator[str]:
    """Yield what the report's page (in English, since the first day) does not tell: a trouble on
    the day of its first night, a crawl that was killed, a change."""
    text = path.read_text(encoding="utf-8").removeprefix("<!DOCTYPE html>\n")
    tree = ET.fromstring(text)
    spells = [_say(row) for row in tree.findall(".//table[@class='wide spells']/tbody/tr")]
    for spell in lived.plan.spells:
        paper = lived.papers[spell.paper]
        at = paper.local(lived.now(spell.first))
        day = f"{at.day} {at:%b} {at.year}"
        own = [row for row in spells if paper.name in row and day in row]
        if spell.kinds and not any(kind in row for row in own for kind in spell.kinds):
            yield f"{spell.paper}: {spell.name} of {day} is not told: {own}"
    for night in lived.plan.kills:
        day = f"{lived.now(night).day} {lived.now(night):%b %Y}"
        if not any("killed" in row and day in row for row in spells):
            yield f"no crawl is told to have been killed on {day}"
    lines = tree.findall(".//table[@class='lines']/tbody/tr")
    changes = _list(lived, "--since", str(lived.plan.span.first))
    if len(lines) != len(changes):
        yield f"{len(lines)} changes are listed of {len(changes)}"


def _say(row: ET.Element) -> str:
    return " ".join("".join(row.itertext()).split())

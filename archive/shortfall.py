"""`khobao completeness`: what is held of what a paper announced, in words and tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from archive.backlog import Backlog, list_backlog
from archive.completeness import (
    CHANNELS,
    Day,
    Ledger,
    describe,
    keep_ledger,
    list_sites,
)
from archive.connection import INDEX, connect
from archive.days import parse
from archive.door import archive_option, console, find_archive, table
from archive.find import check_site
from archive.sequences import Numbering, find_sequences
from archive.unseen import Estimate

SHOWN = 10  # lines of a list; --json has all
WORDS = {
    "read": "held as articles",
    "unread": "answered, but no article came of it",
    "gone": "gone when first asked for",
    "failed": "no answer but errors",
    "refused": "not to be asked for",
    "missing": "announced and never asked for",
}


@click.command("completeness")
@click.argument("site", required=False)
@click.option("--since", metavar="D", help="From this day on: YYYY[-MM[-DD]].  [default: 30 days]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a paper.")
@archive_option
def completeness_command(
    site: str | None, since: str | None, as_json: bool, folder: Path | None
) -> None:
    """What a paper announced, what came of it, and what is probably missing.

    Days are the paper's own. "Unannounced" is estimated from how far feeds, sitemaps and category
    pages overlap; where they do not tell, it says why. `khobao backfill` fetches what is listed.
    """
    db = connect(find_archive(folder) / INDEX)
    sites = list_sites(db)
    check_site(db, site)
    first = parse(since).first if since else None
    out = console()
    for key in [site] if site else sites:
        ledger = keep_ledger(db, key, first)
        backlog, numberings = list_backlog(db, key), find_sequences(db, key)
        if as_json:
            told = describe_all(ledger, backlog, numberings)
            click.echo(json.dumps(told, ensure_ascii=False))
            continue
        out.print(print_head(ledger), markup=False)
        if site:
            out.print(draw_days(ledger))
        for line in print_rest(ledger, backlog, numberings):
            out.print(line, markup=False)
    db.close()


def describe_all(
    ledger: Ledger, backlog: Backlog, numberings: Sequence[Numbering]
) -> dict[str, Any]:
    """Return everything as plain data."""
    plain: dict[str, Any] = {
        "site": ledger.site,
        "since": ledger.since.isoformat(),
        "until": ledger.until.isoformat(),
        "total": describe(ledger.total),
        "days": [describe(day) for day in ledger.days],
        "ids": [asdict(one) for one in numberings],
        "backlog": {
            "waiting": [
                {
                    "url": i.url,
                    "day": i.day,
                    "day_from": i.day_from,
                    "fate": i.fate,
                    "why": i.reason,
                }
                for i in backlog.waiting
            ],
            "thin_days": [asdict(day) for day in backlog.thin],
            "months_never_walked": [asdict(month) for month in backlog.months],
        },
    }
    found: dict[str, Any] = json.loads(json.dumps(plain, default=_plain))
    return found


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def print_head(ledger: Ledger) -> str:
    """Return a paper's sum as a line."""
    total = ledger.total
    share = f" ({total.fates['read'] / total.announced:.1%})" if total.announced else ""
    return (
        f"{ledger.site}, {ledger.since} to {ledger.until}: {total.announced} articles announced, "
        f"{total.fates['read']} held{share}"
    )


def draw_days(ledger: Ledger) -> Any:
    """Return the table of days, newest first."""
    by = [name for name in CHANNELS if ledger.total.by[name]]
    grid = table(
        "day", "announced", *by, "held", "unread", "gone", "failed", "refused", "missing",
        "unannounced",
    )  # fmt: skip
    for day, last in _fold(ledger.days):
        if last is not day:
            grid.add_row(f"{last.day} to {day.day}", *("-" * (len(by) + 8)))
            continue
        counts = (day.announced, *(day.by[name] for name in by), *_fates(day))
        name = f"{day.day}{'*' if day.undated else ''}"
        grid.add_row(name, *(str(count or "-") for count in counts), print_short(day.unseen))
    return grid


def _fold(days: Sequence[Day]) -> Iterator[tuple[Day, Day]]:
    """Yield days as (newest, oldest): themselves, but stretches of which nothing is known."""
    for empty, group in groupby(days, key=lambda day: day.announced == 0):
        stretch = list(group)
        if empty and len(stretch) > 1:
            yield stretch[0], stretch[-1]
        else:
            yield from ((day, day) for day in stretch)


def _fates(day: Day) -> list[int]:
    return [day.fates[fate] for fate in ("read", "unread", "gone", "failed", "refused", "missing")]


def print_short(found: Estimate | None) -> str:
    """Return an estimate as it fits into a table: "2 (0-7)", "-" where there is none."""
    if found is None or found.unseen is None or found.high is None:
        return "-"
    return f"{found.unseen:.0f} ({found.low:.0f}-{found.high:.0f})"


def print_rest(ledger: Ledger, backlog: Backlog, numberings: Sequence[Numbering]) -> Iterator[str]:
    """Yield the lines below the table: reasons, the estimate, ids, what to backfill."""
    total = ledger.total
    if total.undated:
        yield (
            f"* {total.undated} of them have no day of their own; they count on the day that a "
            "feed or sitemap gave them, else when they were first seen"
        )
    for fate, words in WORDS.items():
        kinds = [(kind, n) for (f, kind), n in total.kinds.most_common() if f == fate]
        if total.fates[fate] and fate != "read":  # type: ignore[index]
            why = ", ".join(f"{n} {kind}" for kind, n in kinds)
            count = total.fates[fate]  # type: ignore[index]
            yield f"  {fate:<9}{count}: {words}{f' ({why})' if why else ''}"
    yield from _print_unseen(total.unseen)
    for one in numberings:
        yield from _print_numbering(one, ledger)
    yield from _print_backlog(ledger.site, backlog)


def _print_unseen(found: Estimate | None) -> Iterator[str]:
    if found is None or found.unseen is None:
        why = found.words if found else "no article"
        yield f"  unannounced: can not be estimated: {why}"
        return
    yield (
        f"  unannounced: about {found.unseen:.0f} articles more at the least, {found.low:.0f} to "
        f"{found.high:.0f} if every list may name any article (from {', '.join(found.channels)})"
    )
    if found.words:
        yield f"    {found.words}"


def _print_numbering(one: Numbering, ledger: Ledger) -> Iterator[str]:
    if one.words:
        yield f"  ids of {one.numbering}: nothing can be told: {one.words}"
        return
    inside = [day for day in one.days if ledger.since <= day.day <= ledger.until]
    if not inside:
        return
    yield (
        f"  ids of {one.numbering}: {inside[0].usual:.0%} of a day's range are usually articles "
        "that are held; the others may be other content"
    )
    thin = [day for day in inside if day.is_thin]
    yield from _cut(
        f"    {day.day}: {day.held} of {day.last - day.first + 1} ids from {day.first} to "
        f"{day.last} ({day.density:.0%})"
        for day in thin
    )
    yield from _cut(
        f"    {gap.first} to {gap.last}, {gap.after} to {gap.before}: none held; as many ids are "
        f"usually about {gap.expected:.0f} articles, {gap.announced} were announced"
        for gap in one.gaps
        if ledger.since <= gap.before and gap.after <= ledger.until
    )


def _print_backlog(site: str, backlog: Backlog) -> Iterator[str]:
    if not (backlog.waiting or backlog.thin or backlog.months):
        yield "  to backfill: nothing that is known"
        return
    if backlog.waiting:
        yield f"  to fetch: {len(backlog.waiting)} announced articles"
        yield from _cut(f"    {item.url}  {item.reason}" for item in backlog.waiting)
    if backlog.thin:
        yield f"  thin days: {len(backlog.thin)}"
        yield from _cut(
            f"    {day.day}: {day.held} articles, usually {day.usual:.0f}" for day in backlog.thin
        )
    if backlog.months:
        first, last = backlog.months[0], backlog.months[-1]
        yield (
            f"  months whose lists were never walked: {len(backlog.months)}, {first.month} to "
            f"{last.month}, {sum(month.held for month in backlog.months)} articles held"
        )
    days = backlog.span()
    yield f"  to fill them in: khobao backfill {site} --from {days.first} --to {days.last}"


def _cut(lines: Iterable[str]) -> Iterator[str]:
    """Yield the first lines, and how many more there are."""
    every = list(lines)
    yield from every[:SHOWN]
    if len(every) > SHOWN:
        yield f"    and {len(every) - SHOWN} more: --json names them"

"""One `khobao run`: what is due is crawled within its time, and who has to know is told.

    lock -> log -> ping /start -> what is due -> crawl -> log -> ping, webhook, mail

The lock comes first: a run that finds another one at work leaves with 75 and tells nobody, since
the other one will. Rejected: a process that stays and keeps time itself (cron and systemd do that
better, and what does not run cannot leak).
"""

from __future__ import annotations

import logging
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.errors import TROUBLE
from archive.instants import to_text
from archive.lock import Lock
from crawler import notify
from crawler.budget import make_budget
from crawler.config import Config
from crawler.log import close_log, open_log
from crawler.papers import plan_run, read_sites
from crawler.rhythm import name_log
from crawler.run import AT_ONCE, crawl, exit_of, judge
from crawler.session import Report, Session
from spiders.catalog import Catalog

logger = logging.getLogger(__name__)

COUNTED = ("requests", "articles_new", "articles_changed", "bytes")
HASTE = 2.0  # seconds for a ping when the machine wants us gone: SIGKILL comes after ten


@dataclass
class Night:
    """What a run was asked to do and what came of it."""

    root: Path
    config: Config
    now: Callable[[], datetime]
    simulated: datetime | None
    minutes: float
    say: Callable[[Report], None]
    reports: list[Report] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)


def keep_night(night: Night, catalog: Catalog, keys: Sequence[str], lock: Lock) -> int:
    """Make the visits that are due; return the exit code. What ends a run is told, then raised."""
    notices = night.config.notify
    handler = open_log(night.root / "logs", name_log(night.now()), keep=night.config.run.logs)
    code = 1  # a bug, unless something is known
    try:
        notify.tell_start(notices)
        code = _visit(night, catalog, keys, lock)
    except KeyboardInterrupt:
        code = 130
        raise
    except (*TROUBLE, OSError) as error:
        code = 5
        night.reports.append(Report("-", "storage", problems=(str(error),)))
        raise
    finally:
        if code == 130:
            notices = notices.model_copy(update={"seconds": HASTE, "webhook": None, "mail_to": ()})
        text = write_report(night)
        data = describe(night, code)
        logger.info("the run ended with %s", code, extra={"data": {"exit_code": code}})
        notify.tell_end(notices, code, text, data)
        close_log(handler)
    return code


def _visit(night: Night, catalog: Catalog, keys: Sequence[str], lock: Lock) -> int:
    sites, broken = read_sites(catalog, keys)
    for key, error in broken:
        report = Report(key, "misconfigured", problems=(str(error),))
        night.reports.append(report)
        night.say(report)
    budget = make_budget(night.minutes, AT_ONCE, time.monotonic, night.begun)
    closings: dict[str, datetime] = {}
    session = Session(
        night.root,
        night.config,
        lock=lock,
        simulated=night.simulated,
        budget=budget,
        closings=closings,
        max_minutes=min(night.minutes, night.config.crawl.minutes),
    )
    for name, damage in session.archive.damage:
        where = f"{name} at byte {damage.offset}"
        sys.stderr.write(f"{where}: {damage.reason}; run `khobao verify`\n")
    now = session.now()
    _, due = plan_run(session.archive.db, night.root, night.config, sites, now)
    closings.update({visit.key: visit.until for visit in due if visit.until is not None})
    keys = [visit.key for visit in due]
    logger.info("%d of %d papers are due", len(due), len(sites), extra={"data": {"due": keys}})
    try:
        crawl(session, catalog, keys, night.say, has_log=True)
    finally:
        night.reports += session.reports
    return judge(night.reports)


def write_report(night: Night) -> str:
    """Return the short report: what is wrong first, then a line a paper."""
    counts = {name: sum(one.counts.get(name, 0) for one in night.reports) for name in COUNTED}
    minutes = (time.monotonic() - night.begun) / 60
    lines = [
        f"{len(night.reports)} papers, {counts['articles_new']} new articles, "
        f"{counts['articles_changed']} changed, {counts['requests']} requests, "
        f"{minutes:.0f} minutes"
    ]
    worst = sorted(night.reports, key=lambda one: exit_of(one) == 0)
    for report in worst:
        lines.append(f"{report.site}: {report.outcome}, {report.counts.get('articles_new', 0)} new")
        lines += [f"  ! {problem}" for problem in report.problems]
    return "\n".join(lines) + "\n"


def describe(night: Night, code: int) -> dict[str, Any]:
    """Return what happened as plain data, for the webhook."""
    return {
        "event": "fail" if code else "success",
        "command": "khobao run",
        "host": socket.gethostname(),
        "archive": str(night.root.resolve()),
        "ended_at": to_text(night.now()),
        "sites": [
            {
                "site": one.site,
                "outcome": one.outcome,
                "exit_code": exit_of(one),
                "problems": list(one.problems),
                **{name: one.counts.get(name, 0) for name in COUNTED},
            }
            for one in night.reports
        ],
    }

"""Says whether a paper broke silently: its last crawl beside what it brought before.

    at once, the first night too     walls (captcha, login, ...), categories without articles,
                                     article pages that could not be read or did not come whole,
                                     answers that failed
    from the second night on         front page and lists of the profile that gave no page, or
                                     that lead to another host or the front page (entrances.py)
    once enough was seen             share of each field, length of texts, the same text twice,
                                     a template never seen, links of a category, what a feed names,
                                     quarantined pages, articles a day and the longest pause

Learned from the archive itself, from nights read with the profile in force (a mended profile, or
`khobao reread`, starts anew or mends the past) and by medians of blocks of nights (habits.py), so
that a new habit is believed after two weeks. What was not seen is not judged: a crawl that was
capped or interrupted says nothing of numbers, a category that was not asked for nothing of links.
Measured on simulated quiet years and breakages: tests/archive/test_alarms.py. Rejected: storing
expectations (a second truth beside the WARC), thresholds in khobao.toml (a rebuild has none).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from archive.crawled import list_told
from archive.dressed import tell_dressed
from archive.emptied import DORMANT, EMPTY, Emptied
from archive.entrances import find_entrances, tell_entrances
from archive.finding import Finding, Health
from archive.habits import Counts, Share, find_band, find_odd, is_odd, learn_share
from archive.index.shut import is_shut
from archive.instants import from_text, to_text
from archive.lists import find_lists
from archive.moves import tell_moved
from archive.nights import WHOLE, Night, list_crawls, list_nights
from archive.passed import tell_passed
from archive.records import UNHEARD, WALLS
from archive.spoilt import REMEDY as SPOILT
from archive.spoilt import tell_escaped, tell_halves
from archive.traits import judge_pieces
from archive.volume import Days, count_days, is_quiet_everywhere, judge_days, judge_pause

MOST_UNREAD, LEAST_UNREAD = 0.25, 10  # a page or two without an article (a quiz) is normal
MOST_WALLS, LEAST_WALLS = 0.05, 3  # a wall is no matter of chance: a few are told
MOST_FAILED = 0.5
UNCRAWLED = ("refused", "unreachable", "blocked", "misconfigured", "storage")
BROKEN_OFF = timedelta(hours=26)  # nothing runs longer than the night after
SHRUNK = {"home": "front page", "feed": "feed", "sitemap": "sitemap"}
KEYS = {
    "home": "home or read.listing",
    "category": "walk.categories or read.listing",
    "feed": "walk.feeds",
    "sitemap": "walk.sitemaps",
}

SOFT = "soft-404"
REMEDIES = {
    "parked-domain": "look at the paper in a browser: its domain was given up or sold; if the "
    "paper moved, correct home and domains, else leave it out of [run]",
    "login": "look at the paper in a browser: it lets nobody read without an account; ask the "
    "paper for permission, or leave it out of [run]",
    "maintenance": "look at the paper in a browser: it is closed for now; what was refused is "
    "asked for again by itself",
    "consent-wall": "look at the paper in a browser: it wants consent before it shows a page, "
    "however seldom it is asked; ask it to let the crawler in, or leave it out of [run]",
    "captcha": "ask less often ([manners] delay) or write to the paper; what was refused is asked "
    "for again by itself",
    "wall": "look at the paper in a browser: it shows this page in place of its own; what was "
    "refused is asked for again by itself",
    "broken": SPOILT,
    "soft-404": "look at one with `khobao show --html`; if the pages moved, correct [walk]",
    "paywall-stub": "the rest is sold: deny such addresses (walk.deny), or leave them quarantined",
    "list-page": "correct walk.article in the profile, then `khobao reread {site}`",
    "other-page": "look at one with `khobao show --html`; if the article stands there, correct "
    "[read] in the profile, then `khobao reread {site}`",
}


def find_problems(
    db: sqlite3.Connection, site: str, now: datetime, *, outcome: str | None = None
) -> list[Finding]:
    """Return what is wrong with a paper, the gravest first; the same index gives the same list.

    ``outcome``: how the crawl ends that is running (its row does not say yet).
    """
    return examine(db, site, now, outcome=outcome).findings


def examine(
    db: sqlite3.Connection, site: str, now: datetime, *, outcome: str | None = None
) -> Health:
    """Judge the last crawl begun up to ``now`` of a paper; ``outcome`` as in `find_problems`."""
    nights = list_nights(db, site, to_text(now))
    health = Health(site)
    if not nights:
        health.unjudged.append("nothing: it was never crawled")
        return health
    if outcome is not None:
        nights[0].outcome = outcome
    health.crawl_id = nights[0].crawl_id
    if told := _tell_uncrawled(db, nights[0], now):
        health.findings.append(told)
        health.unjudged.append("all else: the last crawl brought nothing to judge")
        return health
    doors = find_entrances(db, site, nights[0].judged)
    if doors.is_left and (into := _read_successor(db, site)):
        health.usual["lists"] = f"lead elsewhere, since {into} took the paper over"
        return health
    is_shut_out = _judge_pages(db, nights, health)
    health.findings += [Finding(*told) for told in tell_entrances(doors)]
    judges = (_judge_answers, _judge_lists, judge_pieces, _judge_days)
    for judge in judges[:1] if is_shut_out else judges:
        judge(db, nights, health)
    if is_shut_out:
        health.unjudged.append("lists, articles and days: a wall stood before all of them")
    health.notes += tell_moved(db, nights[0].judged)
    health.notes += tell_passed(db, site, nights[0].judged)
    health.notes += tell_escaped(db, nights[0].judged)
    health.notes += tell_dressed(db, site, nights[0].judged)
    if outcome is None:
        known = (*health.findings, *health.notes)
        health.findings += list_told(db, health.crawl_id, known)
    return health


def _tell_uncrawled(db: sqlite3.Connection, last: Night, now: datetime) -> Finding | None:
    """Say that no page came of the last crawl, as it told itself, or that it was killed."""
    if last.outcome is None and now - from_text(last.started_at) > BROKEN_OFF:
        words = "its last crawl was killed before it could say how it ended"
        return Finding(
            "killed", words, "look at the newest log; the next crawl takes up what is left"
        )
    if last.outcome not in UNCRAWLED:
        return None
    row = db.execute("SELECT problems FROM crawls WHERE crawl_id = ?", (last.crawl_id,)).fetchone()
    for problem in json.loads(row[0]):
        words, _, remedy = str(problem).rpartition(": ")
        if words:
            return Finding("uncrawled", words, remedy)
    words = f"its last crawl ended as {last.outcome}"
    return Finding("uncrawled", words, "look at the newest log")


def _read_successor(db: sqlite3.Connection, site: str) -> str | None:
    """Return the paper that took this one over, as its profile says."""
    row = db.execute("SELECT merged_into FROM sites WHERE site = ?", (site,)).fetchone()
    return row[0] if row else None


# -- pages and answers ----------------------------------------------------------------------------


def _judge_pages(db: sqlite3.Connection, nights: list[Night], health: Health) -> bool:
    """Impostors and pages without an article. Return whether one wall stood before all of them,
    lists too: the rest of the night lacks what is behind it."""
    last, before = nights[0], [n for n in nights[1:] if n.profile == nights[0].profile]
    walls = _list_walled(db, last)
    shut = is_shut(db, last.crawl_id)  # "not available in your region", on all pages
    names = {*WALLS, SOFT} if shut else WALLS
    hits = sum(n for kind, n in last.impostors.items() if kind in names)
    if walls or _is_told(hits, last.read):
        kinds = sorted({k for k in last.impostors if k in names} | {k for _, k in walls})
        lists = f"{len(walls)} lists ({walls[0][0]})" if walls else ""
        pages = f"{hits} of {last.read} article pages" if hits or not lists else ""
        where = " and ".join(filter(None, (pages, lists)))
        words = f"{where} came back as {', '.join(kinds)}: nothing on them was read or followed"
        remedy = REMEDIES[kinds[0] if len(kinds) == 1 and kinds[0] in WALLS else "wall"]
        health.findings.append(Finding("wall", words, remedy))
    for kind in ("paywall-stub", "list-page", "other-page", *([] if shut else [SOFT])):
        counts = (last.impostors[kind], last.read)
        share = learn_share([(n.impostors[kind], n.read) for n in before])
        if _is_much(counts, share):
            words = f"{counts[0]} of {counts[1]} article pages were quarantined as {kind}"
            remedy = REMEDIES[kind].format(site=health.site)
            health.findings.append(Finding("quarantine", words, remedy))
    broken = _count_broken(db, last)
    if _is_told(broken, last.read):
        words = f"{broken} of {last.read} article pages broke off, were empty or damaged"
        health.findings.append(Finding("broken", words, REMEDIES["broken"]))
    health.findings += tell_halves(db, last.judged)
    counts = (last.unread, last.read)
    if _is_much(counts, learn_share([(n.unread, n.read) for n in before])):
        words = f"{counts[0]} of {counts[1]} article pages had no article that could be read"
        remedy = (
            "look at one with `khobao show`, then correct [read] or walk.article in the profile"
        )
        health.findings.append(Finding("unread", words, remedy))
    return shut and bool(walls)


def _is_told(hits: int, read: int) -> bool:
    return hits >= max(LEAST_WALLS, MOST_WALLS * read) or 2 * hits >= read > 0


def _count_broken(db: sqlite3.Connection, night: Night) -> int:
    """Count the articles' addresses whose last answer in a crawl did not come whole."""
    (count,) = db.execute(
        "SELECT count(*) FROM (SELECT r.status, max(c.id) FROM captures c "
        "JOIN readings r ON r.capture_id = c.id WHERE r.role = 'article' "
        "AND c.crawl_id IN (SELECT value FROM json_each(?)) "
        f"GROUP BY c.url) WHERE status IN ({','.join('?' * len(UNHEARD))})",
        (json.dumps(night.judged), *sorted(UNHEARD)),
    ).fetchone()
    return int(count)


def _is_much(counts: Counts, share: Share | None) -> bool:
    """Whether a share is too high: by what is usual, or without that by plain numbers."""
    if share is not None:
        return is_odd(counts, share)
    return counts[1] >= LEAST_UNREAD and counts[0] >= MOST_UNREAD * counts[1]


def _list_walled(db: sqlite3.Connection, night: Night) -> list[tuple[str, str]]:
    """Return (address, kind) of the home page, lists and feeds that came back as a wall."""
    rows: list[tuple[str, str]] = db.execute(
        "SELECT c.url, r.impostor FROM captures c JOIN readings r ON r.capture_id = c.id "
        "WHERE c.crawl_id IN (SELECT value FROM json_each(?)) AND r.impostor IS NOT NULL "
        "AND r.role NOT IN ('article', 'other') ORDER BY c.id",
        (json.dumps(night.judged),),
    ).fetchall()
    return rows


def _judge_answers(_: sqlite3.Connection, nights: list[Night], health: Health) -> None:
    """The mix of answers: what failed, what is gone, what moved."""
    last = nights[0]
    words = {
        "failed": "failed (no answer, 5xx, or refused)",
        "gone": "were 404 or 410",
        "moved": "were redirects",
    }
    for kind, said in words.items():
        counts = (last.answers[kind], last.asked)
        share = health.learn(
            f"answers {kind}",
            [(n.answers[kind], n.asked) for n in nights[1:]],
            lambda share: f"{share.usual:.0%}",
        )
        at_once = kind == "failed" and counts[1] >= LEAST_UNREAD
        if (share and is_odd(counts, share)) or (at_once and counts[0] > MOST_FAILED * counts[1]):
            usual = f", usually {share.usual:.0%}" if share else ""
            health.findings.append(
                Finding(
                    "answers",
                    f"{counts[0]} of {counts[1]} answers {said}{usual}",
                    "open the paper in a browser; if it moved, correct home and [walk]",
                )
            )


def _tell_empty(page: Emptied) -> Finding:
    words = f"no article links on the category page {page.url}"
    if page.is_dormant:
        words += f", and nothing new of it for {DORMANT.days} days"
        remedy = "if its season is over, leave it; else correct walk.categories in the profile"
        return Finding("category", words, remedy)
    if page.why == "every page":
        words += " but those of every page"
    elif page.why:
        said = "is empty" if page.why == EMPTY else f"answered {page.why}"
        words += f", and what fills it {said}"
        remedy = "look at it in a browser, then correct walk.api or walk.pager in the profile"
        return Finding("category", words, remedy)
    remedy = "look whether it moved, then correct walk.categories or read.listing in the profile"
    return Finding("category", words, remedy)


def _judge_lists(db: sqlite3.Connection, nights: list[Night], health: Health) -> None:
    """Category pages that lost their articles, feeds that name nothing new."""
    alike = [night.crawl_id for night in nights if night.profile == nights[0].profile]
    crawls = [night.crawl_id for night in nights]
    found = find_lists(db, health.site, crawls, alike, nights[0].unchecked)
    for page in found.empty:
        (health.notes if page.is_dormant else health.findings).append(_tell_empty(page))
    for one in found.shrunk:
        name = SHRUNK[one.role]
        words = f"{one.now or 'no'} article links on the {name} {one.url}, usually {one.usual:g}"
        remedy = f"look at it in a browser, then correct {KEYS[one.role]} in the profile"
        health.findings.append(Finding("list", words, remedy))
    for url, now, usual in found.thin:
        words = f"{now} article links on the category page {url}, usually {usual:g}"
        remedy = "look whether its layout changed, then correct read.listing in the profile"
        health.findings.append(Finding("category", words, remedy))
    told = {one.url for one in found.shrunk}
    for feed, counts in found.feeds.items():
        if feed not in told and (odd := find_odd(counts)) is not None:
            (silent, new), share = odd
            words = (
                f"{feed} named {new - silent} of the {new} newest articles, "
                f"usually {1 - share.usual:.0%}"
            )
            key = KEYS[found.roles[feed]]
            remedy = f"look whether it stands still, then correct {key} in the profile"
            health.findings.append(Finding("feed", words, remedy))
            told.add(feed)
    told.update(page.url for page in found.empty)
    for still in found.still:
        if still.url not in told:
            words = (
                f"{still.url} named 0 of the {still.missing} newest articles, "
                f"usually {still.share:.0%}"
            )
            remedy = f"look whether it stands still, then correct {KEYS[still.role]} in the profile"
            health.findings.append(Finding("feed", words, remedy))


# -- days -----------------------------------------------------------------------------------------


def _judge_days(db: sqlite3.Connection, nights: list[Night], health: Health) -> None:
    """Articles a day beside the weekday's usual number, and the longest pause.

    One day that brought few is a note: its lists were sound, else they are told. Three are not.
    """
    at = from_text(nights[0].started_at)
    days = count_days(db, health.site, nights, at)
    rate = days.learn([days.last_on])
    if rate is not None:
        low, high = find_band(rate)
        health.usual["articles a day"] = f"{low} to {high} on a {days.last_on:%A}"
    if nights[0].outcome != WHOLE:
        ended = f"ended {nights[0].outcome}" if nights[0].outcome else "runs, or was killed"
        health.unjudged.append(f"articles a day: the last crawl {ended}")
        return
    verdict, could = judge_days(days)
    if verdict is not None and (
        verdict.is_flood or not is_quiet_everywhere(verdict.length, _list_others(db, health, at))
    ):
        span = "of" if verdict.length == 1 else f"of the {verdict.length} days up to"
        words = (
            f"{verdict.number} articles {span} {verdict.last_on}, usually {verdict.rate.usual:g}"
        )
        remedy = "look at the paper's category pages; if this is its habit, say so in [expect]"
        (health.notes if verdict.is_quiet else health.findings).append(
            Finding("volume", words, remedy)
        )
    elif (pause := judge_pause(days)) is not None:
        words = f"no article for {pause[0]} days, the longest pause so far had {pause[1]}"
        remedy = "look at the paper's front page; if it rests, this ends with its next article"
        health.findings.append(Finding("silence", words, remedy))
    elif not could:
        health.unjudged.append("articles a day: three weeks of whole crawls are needed")


def _list_others(db: sqlite3.Connection, health: Health, at: datetime) -> Iterator[Days]:
    """Yield the days of the other papers, for the question whether all fell silent."""
    for (site,) in db.execute("SELECT site FROM sites WHERE site <> ?", (health.site,)).fetchall():
        if nights := list_crawls(db, site, to_text(at)):
            yield count_days(db, site, nights, at)

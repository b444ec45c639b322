"""Judges what the new articles of a night are like, beside those of the nights before.

    field      the share without text, author, section, picture; without a lead of its own (one
               that several have is the paper's); without a date on the page (one that was guessed,
               or that the address alone tells, is none); dated long ago, or ahead
               A byline that names a desk is there: a note, no selector that broke
    place      headline, date or text stand in a less sure place than they did: the element the
               profile names, what a page declares, what a reader sees
    same       the text, or the headline, of another article
    length     shorter, or longer, than three quarters were
    template   in a layout never seen

All from the second night on (habits.find_odd). A place that is surer than before is no finding: a
paper that begins to declare its dates is not broken.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import median, quantiles

from archive.dating import judge_dates
from archive.finding import Finding, Health
from archive.fold import squeeze
from archive.habits import find_odd
from archive.nights import FIELDS, PLACES, Night, Piece
from archive.redrawn import find_own, find_redrawn

LEAST_LONG = 10  # texts, before their lengths are judged
NAMED, DECLARED, SEEN, GUESSED = 3, 2, 1, 0  # how sure a place is
MOST = 5  # all but one of so many earlier articles had a place as sure, or surer
WORDS = {"title": "headline", "published": "date", "text": "text"}
SAID = {
    "lead": "lead of their own",
    "date": "date on their pages",
    "time": "time of day in their dates",
}
KEYS = {"text": "body", "picture": "caption", "published": "date", "time": "date"}  # of [read]
MANY = 0.75  # of tonight's articles without an author have the byline of a desk
DESK = Finding(
    "field",
    "had a byline that names a desk, or the paper, and nobody",
    "nothing to do, if the paper names its authors so now; it is usual after two to three weeks",
)

Test = Callable[[Piece], bool]


def judge_pieces(db: sqlite3.Connection, nights: list[Night], health: Health) -> None:
    """Judge the last night's new articles; ``nights``: newest first."""
    read = [_keep_profile(night, nights[0].profile) for night in nights]
    since = nights[0].started_at
    lacking: dict[str, Finding] = {}
    for name in FIELDS:
        finding = Finding("field", f"had no {SAID.get(name, name)}", _remedy(health, since, name))
        is_habit = name == "author" and _names_desks(read[0])
        finding = DESK if is_habit else finding
        seen = _drop_again(read) if name == "picture" else read
        if _judge_share(health, seen, f"without {name}", finding, _make_test(name, read)):
            if is_habit:
                health.notes.append(health.findings.pop())
            else:
                lacking[name] = health.findings[-1]
    far = Finding(
        "field", "had a date of long ago, or of days to come", _remedy(health, since, "date")
    )
    _judge_share(health, read, "far date", far, lambda piece: piece.is_far and not piece.ahead)
    _judge_share(health, read, "date ahead", _tell_ahead(read[0]), lambda piece: piece.ahead > 0)
    judge_dates(read, health)
    _judge_same(db, health, read, since)
    _judge_lengths(health, read, _remedy(health, since, "text"))
    if _judge_layouts(db, health, nights, read):
        _join_causes(health, lacking)
    else:
        _judge_places(health, read, since)


def _join_causes(health: Health, lacking: Mapping[str, Finding]) -> None:
    """Tell a changed layout and the fields that are not found in it as the one thing they are."""
    anew = health.findings[-1]
    if not lacking:
        return
    keys = dict.fromkeys(f"read.{KEYS.get(name, name)}" for name in ("text", *lacking))
    health.findings = [one for one in health.findings[:-1] if one not in lacking.values()]
    words = f"{anew.words}; new articles lack {', '.join(lacking)}"
    remedy = anew.remedy.replace("read.body", ", ".join(keys))
    health.findings.append(Finding(anew.kind, words, remedy))


def _tell_ahead(night: Night) -> Finding:
    """Articles that their own pages date after the night on which they were read."""
    days = median([piece.ahead for piece in night.pieces if piece.ahead] or [0])
    remedy = (
        "look at one with `khobao show --explain`: if the paper's clock is wrong, it mends that "
        "itself; if day and month are taken for each other, correct date_order in the profile"
    )
    return Finding("field", f"were dated {days:.0f} days ahead on their pages", remedy)


def _names_desks(night: Night) -> bool:
    """Whether the articles without an author have a byline all the same: of the newsroom's making,
    where a selector that broke finds none."""
    lacking = [piece for piece in night.pieces if piece.lacks["author"]]
    return sum(piece.is_desk for piece in lacking) >= MANY * len(lacking) > 0


def _drop_again(read: Sequence[Night]) -> list[Night]:
    """The nights without earlier articles that were read again in the last one: the index has the
    pictures of their latest reading, those that tonight's fault took away."""
    before = (replace(n, pieces=[p for p in n.pieces if not p.is_again]) for n in read[1:])
    return [*read[:1], *before]


def _make_test(name: str, read: Sequence[Night]) -> Test:
    if name == "lead":
        leads = Counter(_fold(piece.lead) for night in read for piece in night.pieces)
        return lambda piece: piece.lacks["lead"] or leads[_fold(piece.lead)] > 1
    if name == "date":
        return lambda piece: (
            not piece.ahead and (piece.lacks["date"] or not rank(piece.places["published"]))
        )
    return lambda piece: piece.lacks[name]


def _remedy(health: Health, at: str, name: str) -> str:
    key = f"read.{KEYS.get(name, name)}"
    return f"correct {key} in the profile, then `khobao reread {health.site} --since {at[:10]}`"


def _keep_profile(night: Night, profile: str) -> Night:
    """A night with the articles alone that the profile in force has read."""
    return replace(night, pieces=[piece for piece in night.pieces if piece.profile == profile])


def _judge_share(
    health: Health, nights: Sequence[Night], name: str, finding: Finding, is_bad: Test
) -> bool:
    """Judge the last night's new articles; few of them together with the nights before. Return
    whether they are odd."""
    counts = [(sum(map(is_bad, night.pieces)), len(night.pieces)) for night in nights]
    if (odd := find_odd(counts, early=True)) is not None:
        span, share = odd
        now = counts[0]  # tonight's own, where they say it as well: a span counts several nights
        bad, seen = now if now[0] >= (share.usual + share.effect) * now[1] else span
        words = f"{bad} of {seen} new articles {finding.words}, usually {share.usual:.0%}"
        health.findings.append(replace(finding, words=words))
        return True
    health.learn(name, counts[1:], lambda share: f"{share.usual:.0%}")
    return False


def _judge_same(db: sqlite3.Connection, health: Health, read: Sequence[Night], since: str) -> None:
    """Texts and headlines that are another article's, or the paper's own name."""
    remedy = (
        "look at two of them: where the paper's addresses changed, correct walk.article in the "
        f"profile; else {_remedy(health, since, 'text')}"
    )
    text = Finding("same-text", "had the text of an earlier article", remedy)
    _judge_share(health, read, "same text", text, lambda piece: piece.is_double)
    titles = Counter(_fold(piece.title) for night in read for piece in night.pieces)
    row = db.execute("SELECT title FROM sites WHERE site = ?", (health.site,)).fetchone()
    titles[_fold(row[0]) if row else ""] += 2
    words = "had the headline of another article, or the paper's name"
    same = Finding("same-title", words, _remedy(health, since, "title"))
    _judge_share(health, read, "same headline", same, lambda piece: titles[_fold(piece.title)] > 1)


def _fold(text: str) -> str:
    """A text without case and blanks that differ."""
    return squeeze(text).casefold()


def _judge_lengths(health: Health, nights: Sequence[Night], remedy: str) -> None:
    """Shorter, or longer, than three quarters of the articles were before."""
    words = [piece.words for night in nights[1:] for piece in night.pieces]
    if len(words) < LEAST_LONG:
        health.unjudged.append(f"length of texts: {len(words)} articles so far with this profile")
        return
    low, middle, high = quantiles(words, n=4)
    health.usual["length of texts"] = f"{low:.0f} to {high:.0f} words, median {middle:.0f}"
    now = [piece.words for piece in nights[0].pieces]
    tests: tuple[tuple[str, Test], ...] = (
        ("short", lambda piece: piece.words < low),
        ("long", lambda piece: piece.words > high),
        ("stub", lambda piece: piece.words < 0.4 * low),
    )
    for name, is_bad in tests:
        said = f"were {name} (median {median(now or [0]):.0f} words, usually {middle:.0f})"
        finding = Finding("length", said, remedy)
        if _judge_share(health, nights, f"{name} texts", finding, is_bad):
            return


def _judge_layouts(
    db: sqlite3.Connection, health: Health, nights: Sequence[Night], read: Sequence[Night]
) -> bool:
    """Whether the pages stand in layouts that the paper did not have."""
    look = "look at one with `khobao show --explain`; if it reads well, nothing; else "
    if redrawn := find_redrawn(db, health.site, nights):
        words = (
            f"{redrawn.new} of {redrawn.read} article pages stood in a layout never seen before: "
            "the paper was made anew"
        )
        remedy = look + _remedy(health, redrawn.since, "text")
        health.findings.append(Finding("template", words, remedy))
        return True
    profile = nights[0].profile
    before = [night for night in read[1:] if night.crawl_id not in nights[0].unchecked]
    if not any(night.profile == profile and night.pieces for night in before):
        return False  # what a new profile was made for
    own = find_own(before, profile)
    words = "stood in a template that was hardly ever seen: the paper may have been made anew"
    remedy = look + _remedy(health, nights[0].started_at, "text")
    return _judge_share(
        health,
        read,
        "new template",
        Finding("template", words, remedy),
        lambda piece: piece.layout is not None and piece.layout not in own,
    )


# -- places ---------------------------------------------------------------------------------------


def rank(place: str) -> int:
    """How sure a place is by its name, as readings name it (``versions.sources``)."""
    if not place or place in ("url", "htmldate"):
        return GUESSED
    if place.startswith("profile:"):
        return NAMED
    declared = ("json-ld", "meta:", "itemprop:", "script", "time")
    return DECLARED if place.startswith(declared) else SEEN


def _judge_places(health: Health, nights: Sequence[Night], since: str) -> None:
    """Headlines, dates and texts that were found in a less sure place than before: what the reader
    falls back on may be wrong on the next page."""
    for name in PLACES:
        before = [piece.places[name] for night in nights[1:] for piece in night.pieces]
        usual = find_usual(rank(place) for place in before)
        last = Counter(piece.places[name] for piece in nights[0].pieces).most_common(1)
        if usual is None or not last:
            continue
        known = Counter(place for place in before if rank(place) >= usual).most_common(1)
        said = f"had their {WORDS[name]} from another place than before"
        finding = Finding(
            "place",
            f"{said} ({_name(last[0][0])}, not {_name(known[0][0])})",
            f"look at one with `khobao show --explain`; {_remedy(health, since, name)}",
        )
        _judge_share(health, nights, f"{WORDS[name]} elsewhere", finding, _make_lower(name, usual))


def _name(place: str) -> str:
    """A place in one word, as the report's sentences know values."""
    return "-".join(place.split()) or "none"


def _make_lower(name: str, usual: int) -> Test:
    least = SEEN if name == "published" else GUESSED  # no date at all has words of its own
    return lambda piece: least <= rank(piece.places[name]) < usual


def find_usual(ranks: Iterable[int]) -> int | None:
    """The surest rank that all but one of MOST articles reach; None without articles."""
    found = sorted(ranks)
    return found[len(found) // MOST] if found else None

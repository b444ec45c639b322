"""One paper's part of the page: its faults, its days, then a line for each thing that is kept."""

from __future__ import annotations

from datetime import date, datetime

from archive.instants import from_text
from archive.records import CHANGES
from archive.report.chart import draw_volume, list_weeks
from archive.report.facts import Facts, PaperFacts
from archive.report.ledger import tell_ledger
from archive.report.listing import draw_lines
from archive.report.manners import Asked, Manners
from archive.report.markup import Html, Part, clip, link, mark_code, name, tag
from archive.report.tongue import Tongue
from archive.report.verdict import translate
from archive.report.volume import Volume

LONG = 92  # days; of more the table has a line a week


def draw_paper(facts: Facts, paper: PaperFacts, tongue: Tongue) -> Html:
    """Draw a paper's section."""
    lines: list[tuple[str, Part]] = [
        (tongue.say("completeness"), tell_ledger(paper.ledger, tongue)),
        (tongue.say("freshness"), _tell_freshness(paper, tongue)),
        (tongue.say("changes"), _tell_changes(facts, paper, tongue)),
        (tongue.say("crawls"), _tell_crawls(paper, tongue)),
        (tongue.say("politeness"), _tell_manners(paper, tongue)),
        (tongue.say("disk"), _tell_disk(facts, paper, tongue)),
    ]
    return tag(
        "section",
        tag("h3", link(paper.paper.home, name(paper.paper.name)), id=paper.paper.site),
        _list_faults(paper, tongue),
        _list_notes(paper, tongue),
        _draw_days(facts, paper, tongue),
        tag("dl", [(tag("dt", term), tag("dd", words)) for term, words in lines if words]),
        cls="paper",
    )


def _list_faults(paper: PaperFacts, tongue: Tongue) -> Html | None:
    if not paper.faults:
        return None
    items = []
    for fault in paper.faults:
        words, remedy = translate(fault, tongue)
        said = tag("bdi", mark_code(clip(words, 600)))
        todo = mark_code(tongue.say("what_to_do", remedy=clip(remedy, 600)))
        after: Part = (". ", todo, ".") if remedy else "."
        items.append(tag("li", tag("span", said, cls="bad"), after))
    return tag("ul", items, cls="faults")


def _list_notes(paper: PaperFacts, tongue: Tongue) -> Html | None:
    """What the last crawl found worth a look: a quiet day, a season's category."""
    if not paper.notes:
        return None
    items = []
    for note in paper.notes:
        words, remedy = translate(note, tongue)
        todo = mark_code(tongue.say("what_to_do", remedy=clip(remedy, 600)))
        said = tag("bdi", mark_code(clip(words, 600)))
        items.append(tag("li", said, (". ", todo, ".") if remedy else "."))
    head = tag("p", tongue.say("notes"), cls="note")
    return tag("div", head, tag("ul", items, cls="faults note"))


# -- days -----------------------------------------------------------------------------------------


def _draw_days(facts: Facts, paper: PaperFacts, tongue: Tongue) -> Html:
    span, volume = facts.span, paper.volume
    title = tongue.say(
        "chart",
        paper=paper.paper.name,
        since=tongue.day(span.since),
        until=tongue.day(span.until),
    )
    undated = tongue.say("legend_undated", n=volume.undated) if volume.undated else None
    caption = (_tell_days(volume, tongue), " " if undated else None, undated)
    return tag(
        "figure",
        draw_volume(volume, title, tongue),
        tag("figcaption", caption),
        tag("details", tag("summary", tongue.say("figures")), _draw_table(volume, title, tongue)),
    )


def _tell_days(volume: Volume, tongue: Tongue) -> str:
    def name_days(side: str) -> str:
        days = [tongue.short_day(day.day) for day in volume.days if day.verdict == side]
        return ", ".join(days) or tongue.say("chart_none")

    mean = volume.mean
    return tongue.say(
        "chart_words",
        articles=tongue.say("articles", n=volume.total),
        days=tongue.say("days", n=len(volume.days)),
        mean="–" if mean is None else tongue.short(mean),
        below=name_days("below"),
        above=name_days("above"),
    )


def _draw_table(volume: Volume, title: str, tongue: Tongue) -> Html:
    if len(volume.days) > LONG:
        heads = ["week", "count"]
        rows: list[list[Part]] = [
            [f"{tongue.day(first)} – {tongue.day(last)}", tongue.number(number)]
            for first, last, number in list_weeks(volume.days)
        ]
    else:
        heads = ["day", "count", "band", "remark"]
        rows = [
            [
                f"{tongue.weekday(day.day)} {tongue.short_day(day.day)}",
                tongue.number(day.articles) if day.articles or day.state != "unknown" else "–",
                tongue.say("range", low=day.low, high=day.high) if day.low is not None else "",
                tongue.say(day.verdict or day.state) if day.verdict or day.state != "whole" else "",
            ]
            for day in volume.days
        ]
    return draw_table(title, [tongue.say(head) for head in heads], rows, numbers={1, 2})


def draw_table(
    title: str, heads: list[str], rows: list[list[Part]], *, numbers: set[int], cls: str = "narrow"
) -> Html:
    """Draw a plain table; ``numbers``: the columns that are aligned to the right."""

    def style(place: int) -> str | None:
        return "n" if place in numbers else None

    head = [tag("th", words, scope="col", cls=style(n)) for n, words in enumerate(heads)]
    body = [tag("tr", [tag("td", c, cls=style(n)) for n, c in enumerate(row)]) for row in rows]
    return tag(
        "table",
        tag("caption", title, cls="soft"),
        tag("thead", tag("tr", head)),
        tag("tbody", body),
        cls=cls,
    )


# -- lines ----------------------------------------------------------------------------------------


def _tell_freshness(paper: PaperFacts, tongue: Tongue) -> Part:
    fresh = paper.freshness
    if fresh.published is None or fresh.title is None:
        return tongue.say("fresh_none")
    said: list[Part] = [
        tongue.say("fresh_newest", published=_write_published(fresh.published, tongue)),
        link(fresh.url, name(fresh.title, 120)),
        ". ",
    ]
    if fresh.delay is not None and fresh.late is not None:
        delay, late = tongue.span(fresh.delay), tongue.span(fresh.late)
        said.append(tongue.say("fresh_delay", n=fresh.timed, delay=delay, late=late))
    return said


def _write_published(text: str, tongue: Tongue) -> str:
    """A paper's own date: to the minute as its clock shows it, or the day alone."""
    try:
        if "T" not in text:
            return tongue.day(date.fromisoformat(text[:10]))
        instant: datetime = from_text(text)
    except ValueError:
        return clip(text, 40)  # as it is: nobody knows what it means
    return f"{tongue.day(instant.date())}, {instant:%H:%M}"


def _tell_changes(facts: Facts, paper: PaperFacts, tongue: Tongue) -> Part:
    site = paper.paper.site
    words = [
        tongue.say(f"changed_{kind}", n=number)
        for kind in CHANGES
        if (number := facts.changes.count(site, kind))
    ]
    lines = facts.changes.lines.get(site, ())
    total = facts.changes.count(site, *CHANGES)
    return (
        f"{', '.join(words) or tongue.say('changes_none')}.",
        draw_lines(lines, total, paper.paper, facts.span, tongue),
    )


def _tell_crawls(paper: PaperFacts, tongue: Tongue) -> Part:
    last = paper.nights.last
    if last is None:
        return tongue.say("crawl_none")
    outcomes = ", ".join(
        f"{tongue.number(number)} {tongue.find(f'outcome_{outcome}', outcome)}"
        for outcome, number in paper.nights.outcomes.items()
    )
    return tongue.say(
        "crawl_line" if last.outcome else "crawl_running",
        at=tongue.clock(last.started_at, paper.paper.zone),
        outcome=tongue.find(f"outcome_{last.outcome}", str(last.outcome)),
        outcomes=outcomes or tongue.say("none"),
    )


def _tell_manners(paper: PaperFacts, tongue: Tongue) -> Part:
    manners = paper.manners
    said = [tongue.say("polite_requests", n=manners.requests, size=tongue.size(manners.bytes))]
    if manners.usual is not None and manners.shortest is not None:
        said.append(
            tongue.say(
                "polite_interval",
                usual=tongue.number(manners.usual, 1),
                shortest=tongue.number(manners.shortest, 1),
            )
        )
    said.append(tongue.say("polite_robots", n=manners.refused))
    return (" ".join(said), *_tell_busy(paper, manners, tongue))


def _tell_busy(paper: PaperFacts, manners: Manners, tongue: Tongue) -> list[Part]:
    if not manners.busy:
        return []
    soon = sum(not asked.kept for asked in manners.asked)
    end = tongue.say("polite_broken", n=soon) if soon else tongue.say("polite_kept")
    words = f" {tongue.say('polite_busy', n=manners.busy)}{end}."
    heads = ["asked_at", "asked_host", "asked_status", "asked_wait", "asked_waited"]
    rows = [_list_asked(asked, paper, tongue) for asked in manners.asked[:20]]
    table = draw_table(
        tongue.say("polite_busy", n=manners.busy),
        [tongue.say(head) for head in heads],
        rows,
        numbers=set(),
    )
    return [words, tag("details", tag("summary", tongue.say("figures")), table)]


def _list_asked(asked: Asked, paper: PaperFacts, tongue: Tongue) -> list[Part]:
    waited = asked.waited
    return [
        tongue.clock(asked.at, paper.paper.zone),
        name(asked.host, 60),
        str(asked.status),
        tongue.span(asked.wait) if asked.wait is not None else tongue.say("asked_nothing"),
        tongue.span(waited) if waited is not None else tongue.say("asked_never"),
    ]


def _tell_disk(facts: Facts, paper: PaperFacts, tongue: Tongue) -> Part:
    return tongue.say("disk_paper", size=tongue.size(facts.room.by_site.get(paper.paper.site, 0)))

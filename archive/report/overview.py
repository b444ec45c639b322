"""The table of all papers: a line of days each, and the figures that are compared."""

from __future__ import annotations

from archive.report.chart import draw_spark
from archive.report.facts import Facts, PaperFacts
from archive.report.markup import Html, Part, name, tag
from archive.report.span import Span
from archive.report.tongue import Tongue


def draw_overview(facts: Facts, tongue: Tongue) -> Html:
    """Draw the table, broken papers first."""
    span = facts.span
    note = tongue.say("overview_note", since=tongue.day(span.since), until=tongue.day(span.until))
    heads = [("paper", None), ("a_day", None), ("mean", "n"), ("last_day", "n")]
    heads += [("missing", "n"), ("changed", "n"), ("removed", "n")]
    heads += [("newest", "n"), ("last_crawl", None)]
    cells = [
        tag("th", tongue.say(key), scope="col", role="columnheader", cls=c) for key, c in heads
    ]
    rows = [_draw_row(facts, paper, tongue) for paper in facts.papers]
    return tag(
        "section",
        tag("h2", tongue.say("overview"), id="papers"),
        tag("p", note, cls="note"),
        tag(
            "table",
            tag("thead", tag("tr", cells, role="row"), role="rowgroup"),
            tag("tbody", rows, role="rowgroup"),
            cls="wide",
            role="table",
        ),
    )


def _draw_row(whole: Facts, facts: PaperFacts, tongue: Tongue) -> Html:
    span, site = whole.span, facts.paper.site
    changed = whole.changes.count(site, "headline", "text", "correction")
    title = tag("a", name(facts.paper.name, 60), href=f"#{facts.paper.site}")
    mark: Part = None
    if facts.broken:
        mark = (" ", tag("span", tongue.say("state_broken"), cls="state bad"))
    mean = facts.volume.mean

    def cell(key: str, words: Part, cls: str | None = "n") -> Html:
        return tag("td", tag("span", words), cls=cls, data_label=tongue.say(key), role="cell")

    return tag(
        "tr",
        tag("th", title, mark, scope="row", role="rowheader"),
        tag(
            "td", draw_spark(facts.volume, describe_days(facts, tongue)), cls="spread", role="cell"
        ),
        cell("mean", "–" if mean is None else tongue.short(mean)),
        cell("last_day", _tell_last(facts, tongue)),
        cell("missing", _tell_missing(facts, tongue)),
        cell("changed", _write(changed, tongue)),
        cell("removed", _write(whole.changes.count(site, "removed"), tongue)),
        cell("newest", _tell_newest(facts, span, tongue)),
        cell("last_crawl", _tell_crawl(facts, span, tongue), None),
        role="row",
    )


def _write(number: int, tongue: Tongue) -> str:
    """A number, and a dash for nothing: what is there stands out."""
    return tongue.number(number) if number else "–"


def _tell_missing(facts: PaperFacts, tongue: Tongue) -> str:
    """What may still be had, and what was asked for and made no article: neither is held."""
    later, unread = facts.ledger.later, dict(facts.ledger.fates).get("unread", 0)
    said = [tongue.number(later)] if later else []
    return ", ".join([*said, *([tongue.say("not_read", n=unread)] if unread else [])]) or "–"


def describe_days(facts: PaperFacts, tongue: Tongue) -> str:
    """Return what a paper's drawing shows, in words."""
    volume, title = facts.volume, facts.paper.name
    if volume.mean is None:
        return tongue.say("no_days", paper=title)
    sides = [day.verdict for day in volume.days]
    return tongue.say(
        "spark",
        paper=title,
        articles=tongue.say("articles", n=volume.total),
        days=tongue.say("days", n=len(volume.days)),
        mean=tongue.short(volume.mean),
        below=sides.count("below"),
        above=sides.count("above"),
    )


def _tell_last(facts: PaperFacts, tongue: Tongue) -> Part:
    last = facts.volume.last
    if last is None:
        return "–"
    band = None
    if last.low is not None and last.high is not None:
        words = tongue.say("range", low=last.low, high=last.high)
        band = (" ", tag("span", f"({words})", cls="soft"))
    cls = "state bad" if last.verdict else None
    return (tag("span", tongue.number(last.articles), cls=cls), band)


def _tell_newest(facts: PaperFacts, span: Span, tongue: Tongue) -> str:
    seen = facts.freshness.seen_at
    return tongue.span(span.now - seen) if seen else "–"


def _tell_crawl(facts: PaperFacts, span: Span, tongue: Tongue) -> str:
    last = facts.nights.last
    if last is None:
        return tongue.say("never")
    ago = tongue.say("ago", span=tongue.span(span.now - last.started_at))
    if last.outcome == "finished":
        return ago
    outcome = last.outcome or "broken off"
    return f"{tongue.find(f'outcome_{outcome}', outcome)}, {ago}"

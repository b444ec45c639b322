"""The report as one page: no scripts, nothing from elsewhere, drawn by our own code.

    what is broken, in words    what to do next    the papers as a table
    what broke, and when        what changed       the disk                 each paper

A pure function of the facts and the language, so the same archive and instant give the same bytes.
Reads on a telephone and prints on A4. Rejected: a charting library (a script, or 3 MB of Python
for lines and grounds), tabs and filters (a page that is printed and mailed has none).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from archive.report.advice import Step, advise
from archive.report.changes import draw_changes
from archive.report.detail import draw_paper
from archive.report.facts import Facts
from archive.report.markup import Html, Part, clip, code, mark_code, name, tag
from archive.report.overview import draw_overview
from archive.report.spells import draw_spells
from archive.report.storage import draw_room
from archive.report.tongue import Language, Tongue
from archive.report.verdict import judge


def write_page(facts: Facts, language: Language = "en") -> str:
    """Return the report as an HTML document."""
    tongue = Tongue(language)
    steps = advise(facts, tongue)
    body = [
        tag("header", _draw_verdict(facts, steps, tongue)),
        tag("main", _draw_main(facts, steps, tongue)),
        tag("footer", tag("p", tongue.say("footer"))),
    ]
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", tongue.say("title", day=tongue.day(facts.span.until))),
        tag("style", load_style()),
    ]
    page = tag("html", tag("head", head), tag("body", body), lang=language)
    return f"<!DOCTYPE html>\n{page}\n"


@cache
def load_style() -> Html:
    """Return style.css, as it stands in the page."""
    return Html(Path(__file__).with_name("style.css").read_text(encoding="utf-8"))


def _draw_verdict(facts: Facts, steps: tuple[Step, ...], tongue: Tongue) -> list[Part]:
    verdict = judge(facts, steps, tongue)
    remedy = tongue.say("what_to_do", remedy=verdict.remedy)
    cls = None if verdict.well else "bad"
    return [
        tag("h1", tag("bdi", mark_code(clip(verdict.head, 500))), cls=cls),
        tag("p", mark_code(clip(remedy, 600)), ".", cls="remedy") if verdict.remedy else None,
        tag("p", tell_span(facts, tongue), cls="soft"),
    ]


def tell_span(facts: Facts, tongue: Tongue) -> str:
    """Return what a report is of: days, papers, articles, and when it was made."""
    zones = [paper.paper.zone for paper in facts.papers]
    now = facts.span.now
    made = tongue.clock(now, zones[0]) if zones else f"{tongue.day(now.date())}, {now:%H:%M} UTC"
    return tongue.say(
        "subtitle",
        since=tongue.day(facts.span.since),
        until=tongue.day(facts.span.until),
        papers=tongue.say("papers", n=len(facts.papers)),
        articles=tongue.say("articles", n=sum(paper.volume.total for paper in facts.papers)),
        now=made,
    )


def _draw_main(facts: Facts, steps: tuple[Step, ...], tongue: Tongue) -> list[Part]:
    papers = [paper.paper for paper in facts.papers]
    return [
        _draw_steps(steps, tongue),
        draw_overview(facts, tongue) if facts.papers else None,
        draw_spells(facts.spells, tongue),
        draw_changes(facts.changes, papers, facts.span, tongue) if papers else None,
        draw_room(facts, tongue),
        tag("h2", tongue.say("each")) if facts.papers else None,
        [draw_paper(facts, paper, tongue) for paper in facts.papers],
    ]


def _draw_steps(steps: tuple[Step, ...], tongue: Tongue) -> Html:
    items = [tag("li", _draw_step(step)) for step in steps]
    words = tag("ol", items, cls="next") if items else tag("p", tongue.say("next_none"))
    return tag("section", tag("h2", tongue.say("next")), words)


def _draw_step(step: Step) -> list[Part]:
    return [
        (tag("a", name(step.paper, 60), href=f"#{step.site}"), ": ") if step.site else None,
        tag("bdi", mark_code(clip(step.words, 900))),
        (" ", code(step.command)) if step.command else None,
    ]

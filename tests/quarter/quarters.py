"""The quarters that are lived through: a short one, and the one that issue 6 names.

The short one, seed 5, 2026-11-23: 65 turns and 72 moves, none wrong, missed or invented; twelve
nights of trouble told in their night, 59 sound ones without an alarm; 2,000 requests, 141 s of CPU.
What is late or unasked fell on pieces older than two days. The full one, seed 7, the same day: 566
turns and 272 moves in ninety nights, none wrong, missed or invented once a layout in which the old
words had stood was taken for known (two missed, one wrong before); 23 nights of trouble told in
their night, 328 sound ones without an alarm; 10,429 requests, 461 s of CPU. The dense one, seed 13,
the same evening: 145 turns and 65 moves, none wrong or invented, one missed (a caption that changed
across a relaunch); 22 troubles told in their night, 90 sound nights without an alarm.
"""

from __future__ import annotations

from datetime import date

from .live import Deed, Plan
from .plot import Span
from .troubles import Spell

FIRST = date(2026, 3, 2)  # a Monday
WALL = ("came back as",)
FAILED = ("answers failed", "unreachable", "blocked", "not crawled")
FRONT = (*FAILED, "gave no page")  # many lists that answer make a finished crawl of it
LAYOUT = ("category", "read.body", "template", "article pages", "new articles", "listing")


def make_sound(nights: int, papers: tuple[str, ...], seed: int = 7) -> Plan:
    """Return some nights on which nothing is wrong with any paper."""
    return Plan(Span(FIRST, nights), seed, papers)


def make_full(seed: int = 7) -> Plan:
    """Return ninety nights of four papers with all that issue 6 names."""
    spells = (
        Spell("harbour", "errors", 9, 9, FAILED),
        Spell("banmai", "refused", 14, 14, FAILED),
        Spell("lembah", "silent", 18, 18, FAILED),
        Spell("cuabien", "shut", 23, 23, FAILED),
        Spell("harbour", "frontless", 27, 27, FRONT),
        Spell("lembah", "busy", 31, 31, FAILED),
        Spell("banmai", "throttled", 33, 33, ()),
        Spell("cuabien", "throttled", 37, 37, ()),
        Spell("banmai", "relaunched", 40, 42, LAYOUT),
        Spell("lembah", "rebuilt", 48, 49, (*LAYOUT, "redirects")),
        Spell("harbour", "walled", 55, 58, WALL),
        Spell("harbour", "guarded", 59, 61, WALL),
        Spell("cuabien", "merged", 70, 71, ("redirects", "lead elsewhere")),
        Spell("banmai", "errors", 77, 77, FAILED),
        Spell("banmai", "shut", 82, 82, FAILED),
    )
    deeds = (
        Deed(43, ("banmai",), (("reread", "banmai", "--since", "2026-04-10"),)),
        Deed(50, ("lembah",)),
        Deed(72, ("banmai", "cuabien")),
    )
    return Plan(
        Span(FIRST, 90), seed, spells=spells, deeds=deeds, relaunch=40, rebuild=48, merge=70,
        kills=(35, 66),
    )  # fmt: skip


def make_dense(seed: int = 7) -> Plan:
    """Return the same troubles in thirty nights."""
    spells = (
        Spell("harbour", "errors", 6, 6, FAILED),
        Spell("cuabien", "shut", 7, 7, FAILED),
        Spell("banmai", "refused", 8, 8, FAILED),
        Spell("lembah", "silent", 9, 9, FAILED),
        Spell("harbour", "frontless", 10, 10, FRONT),
        Spell("lembah", "busy", 12, 12, FAILED),
        Spell("banmai", "throttled", 5, 5, ()),
        Spell("banmai", "relaunched", 14, 16, LAYOUT),
        Spell("harbour", "walled", 15, 18, WALL),
        Spell("lembah", "rebuilt", 16, 17, (*LAYOUT, "redirects")),
        Spell("harbour", "guarded", 19, 21, WALL),
        Spell("banmai", "errors", 21, 21, FAILED),
        Spell("cuabien", "merged", 23, 24, ("redirects", "lead elsewhere")),
    )
    deeds = (
        Deed(17, ("banmai",), (("reread", "banmai", "--since", "2026-03-15"),)),
        Deed(18, ("lembah",)),
        Deed(25, ("banmai", "cuabien")),
    )
    return Plan(
        Span(FIRST, 30), seed, spells=spells, deeds=deeds, relaunch=14, rebuild=16, merge=23,
        kills=(11, 26),
    )  # fmt: skip


def make_brief(seed: int = 7) -> Plan:
    """Return what changes a paper for good, a captcha week and a crash, in nineteen nights."""
    spells = (
        Spell("banmai", "relaunched", 8, 10, LAYOUT),
        Spell("banmai", "throttled", 6, 6, ()),
        Spell("lembah", "shut", 7, 7, FAILED),
        Spell("harbour", "walled", 9, 10, WALL),
        Spell("harbour", "guarded", 11, 12, WALL),
        Spell("lembah", "rebuilt", 10, 11, (*LAYOUT, "redirects")),
        Spell("cuabien", "merged", 13, 14, ("redirects", "lead elsewhere")),
    )
    deeds = (
        Deed(11, ("banmai",), (("reread", "banmai", "--since", "2026-03-09"),)),
        Deed(12, ("lembah",)),
        Deed(15, ("banmai", "cuabien")),
    )
    return Plan(
        Span(FIRST, 19), seed, spells=spells, deeds=deeds, relaunch=8, rebuild=10, merge=13,
        kills=(16,),
    )  # fmt: skip

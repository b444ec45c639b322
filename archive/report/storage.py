"""The disk's part of a report, in words and as a bar."""

from __future__ import annotations

from archive.report.chart import draw_bar
from archive.report.facts import Facts
from archive.report.markup import Html, tag
from archive.report.tongue import Tongue


def tell_room(facts: Facts, tongue: Tongue) -> str:
    """Return what the archive takes, how it grows, and when the disk is full."""
    room = facts.room
    said = tongue.say(
        "disk_line",
        n=room.warc_files,
        warc=tongue.size(room.warc_bytes),
        index=tongue.size(room.index_bytes),
        free=tongue.size(room.free_bytes),
    )
    if room.a_day is None:
        return f"{said} {tongue.say('disk_growth_none')}"
    end = room.find_end(facts.span.until)
    size = tongue.size(room.a_day)
    if end is None:
        return f"{said} {tongue.say('disk_growth_far', size=size)}"
    return f"{said} {tongue.say('disk_growth', size=size, day=tongue.day(end))}"


def draw_room(facts: Facts, tongue: Tongue) -> Html:
    """Draw the archive's share of what it has and what is free."""
    room = facts.room
    used = room.warc_bytes + room.index_bytes
    words = tongue.say("disk_bar", used=tongue.size(used), free=tongue.size(room.free_bytes))
    return tag(
        "section",
        tag("h2", tongue.say("disk")),
        tag("p", tell_room(facts, tongue)),
        draw_bar([("s-read", used), ("s-gone", room.free_bytes)], words),
    )

"""Draws articles a day as SVG: a line a day, the band as a grey ground, odd days in words too.

No colour says anything alone: days under their band carry a triangle that points down, over it one
that points up, days nobody looked at are dots on the line, open days are thin.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, log10

from archive.report.markup import Html, Part, tag
from archive.report.tongue import Tongue
from archive.report.volume import Day, Volume


def _fix(value: float) -> str:
    """A coordinate: the same text on every machine, and no longer than it has to be."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def find_top(days: Sequence[Day]) -> int:
    """Return the upper end of the scale: a round number that no day and no band exceeds, but a
    day that is ten times the rest does not press the others flat."""
    highs = [max(day.articles, day.high or 0) for day in days]
    usual = sorted(highs)[int(0.9 * (len(highs) - 1))] if highs else 1
    return round_up(max(1, min(max(highs, default=1), 4 * max(usual, 1))))


def round_up(number: int) -> int:
    """Return an even number of two digits at most, and zeros: 2, 4, 6, 8, 10, 20, 30, 40 ..."""
    step = max(2, int(10 ** int(log10(number))))
    return ceil(number / step) * step


class Frame:
    """Where days and numbers lie in a drawing."""

    def __init__(self, days: Sequence[Day], left: float, width: float, top: float, height: float):
        self.days, self.left, self.top, self.height = days, left, top, height
        self.pitch = width / max(len(days), 1)
        self.most = find_top(days)

    def x(self, place: float) -> float:
        """The middle of a day."""
        return self.left + (place + 0.5) * self.pitch

    def y(self, number: float) -> float:
        """The height of a number; beyond the scale it is the upper edge."""
        return self.top + self.height * (1 - min(number / self.most, 1))

    @property
    def floor(self) -> float:
        """Where zero lies."""
        return self.top + self.height


def draw_band(frame: Frame) -> Html:
    """Draw the bands of neighbouring days as one ground a run."""
    paths = []
    run: list[tuple[int, Day]] = []
    for place, day in [*enumerate(frame.days), (-1, None)]:
        if day is not None and day.low is not None and day.high is not None:
            run.append((place, day))
        elif run:
            paths.append(_outline(frame, run))
            run = []
    return tag("path", d="".join(paths), cls="band") if paths else Html("")


def _outline(frame: Frame, run: Sequence[tuple[int, Day]]) -> str:
    up, down = [], []
    for place, day in run:
        left, right = (_fix(frame.x(place) + side * frame.pitch / 2) for side in (-1, 1))
        up.append(f"L{left} {_fix(frame.y(day.high or 0))}H{right}")
        down.append(f"L{right} {_fix(frame.y(day.low or 0))}H{left}")
    return f"M{up[0][1:]}{''.join(up[1:])}{''.join(reversed(down))}Z"


def draw_days(frame: Frame) -> list[Html]:
    """Draw a line a day, whole days, odd ones and open ones each as one path."""
    strokes: dict[str, list[str]] = {"day": [], "odd": [], "open": []}
    dots = []
    for place, day in enumerate(frame.days):
        x = _fix(frame.x(place))
        if day.state == "unknown" and not day.articles:
            dots.append(f"M{x} {_fix(frame.floor)}h0")
            continue
        kind = "odd" if day.verdict else "day" if day.state == "whole" else "open"
        if day.articles:
            strokes[kind].append(f"M{x} {_fix(frame.floor)}V{_fix(frame.y(day.articles))}")
    width = _fix(max(0.8, min(frame.pitch * 0.45, 7)))
    drawn = [
        tag("path", d="".join(path), cls=kind, stroke_width=width)
        for kind, path in strokes.items()
        if path
    ]
    return drawn + ([tag("path", d="".join(dots), cls="dots")] if dots else [])


def draw_marks(frame: Frame, size: float) -> Html:
    """Draw triangles at the days outside their band, just above what is drawn of them."""
    marks = []
    for place, day in enumerate(frame.days):
        if day.verdict:
            x, sign = frame.x(place), 1 if day.verdict == "below" else -1
            y = min(frame.y(day.articles), frame.floor - size) - size
            base, tip = y - sign * size / 2, y + sign * size / 2
            left, right = _fix(x - size / 2), _fix(x + size / 2)
            marks.append(f"M{left} {_fix(base)}H{right}L{_fix(x)} {_fix(tip)}Z")
    return tag("path", d="".join(marks), cls="mark") if marks else Html("")


def draw_spark(volume: Volume, words: str) -> Html:
    """Draw a paper's days in a table's cell; ``words`` say the same."""
    frame = Frame(volume.days, 0, 132, 5, 22)
    return _wrap(132, 28, words, "spark", draw_band(frame), draw_days(frame), draw_marks(frame, 4))


def draw_volume(volume: Volume, title: str, tongue: Tongue) -> Html:
    """Draw a paper's days with their scale."""
    wide, high, left, right = 720, 132, 34, 6
    frame = Frame(volume.days, left, wide - left - right, 12, 92)
    scale = []
    for number in _ticks(frame.most):
        y = _fix(frame.y(number))
        scale.append(tag("line", x1=left, x2=wide - right, y1=y, y2=y, cls="grid"))
        label = tongue.number(number)
        scale.append(tag("text", label, x=left - 6, y=y, dy="0.32em", text_anchor="end"))
    band, days, marks = draw_band(frame), draw_days(frame), draw_marks(frame, 7)
    dates = _write_dates(frame, tongue)
    return _wrap(wide, high, title, "days", band, scale, days, marks, dates)


def _ticks(most: int) -> list[int]:
    return [0, most // 2, most] if most % 2 == 0 and most > 1 else [0, most]


def _write_dates(frame: Frame, tongue: Tongue) -> list[Html]:
    """Write a date below each Monday, or below each first of a month where there are too many."""
    days = [day.day for day in frame.days]
    starts = [place for place, day in enumerate(days) if day.weekday() == 0]
    if len(starts) > 12:
        starts = [place for place, day in enumerate(days) if day.day == 1]
    every = ceil(len(starts) / 12) or 1
    found = []
    for place in starts[::every]:
        x = _fix(frame.x(place))
        y = _fix(frame.floor)
        found.append(tag("path", d=f"M{x} {y}v4", cls="tick"))
        words = tongue.short_day(days[place])
        near_end = place > len(days) - max(2, 24 / frame.pitch)
        anchor = "end" if near_end else "middle"
        found.append(tag("text", words, x=x, y=_fix(frame.floor + 16), text_anchor=anchor))
    return found


def _wrap(wide: int, high: int, words: str, cls: str, *parts: Part) -> Html:
    return tag(
        "svg",
        tag("title", words),
        parts,
        viewBox=f"0 0 {wide} {high}",
        role="img",
        aria_label=words,
        cls=cls,
        preserveAspectRatio=None if cls == "days" else "none" if cls == "bar" else "xMinYMid",
    )


def draw_bar(parts: Sequence[tuple[str, int]], words: str) -> Html:
    """Draw shares of a whole as one bar: (class, number) from left to right."""
    total = sum(number for _, number in parts) or 1
    x = 0.0
    drawn = []
    for cls, number in parts:
        width = 720 * number / total
        if number:
            shown = max(width - 1, 1)
            drawn.append(tag("rect", x=_fix(x), y=0, width=_fix(shown), height=10, cls=cls))
        x += width
    return _wrap(720, 10, words, "bar", drawn)


def list_weeks(days: Sequence[Day]) -> list[tuple[date, date, int]]:
    """Return (first, last, articles) of each week that begins on a Monday, oldest first."""
    weeks: dict[date, list[Day]] = {}
    for day in days:
        weeks.setdefault(day.day - timedelta(days=day.day.weekday()), []).append(day)
    return [(w[0].day, w[-1].day, sum(day.articles for day in w)) for w in weeks.values()]

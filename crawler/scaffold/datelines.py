"""Learns the marker that a paper puts before its first paragraph, from several articles.

    BUKIT SENJA - Setelah menunggu ...     the same on most articles: this one
    CASTEL ROVETO. Nella sala ...          capitals and a stop on most: any capitals with a stop
    TENNICK (AP) — People in ...           capitals, a word in brackets, a dash
    (BLC) - Sau 3 tháng ...                a word in brackets, a dash

The group ``caps`` of a regex has to be in capitals (crawler/read/lead.py); regexes know no letter
that is a capital in every alphabet. Rejected: capitals alone ("COVID-19 cases rise"), a form on one
or two articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from crawler.read.lead import split_dateline

LEAST, MOST = 3, 0.6  # articles, and share of them, whose text begins with one form
ONE = 0.8  # share of the markers of one form that are the same
_CAPS = r"(?P<caps>[^\W\d_][^\d.():;!?]{1,38}?)"
_FORMS = (
    rf"^{_CAPS}\s*\([^()\d]{{2,16}}\)\s*[-–—:.]+\s+",
    r"^\([^()\d]{2,24}\)\s*[-–—:.]+\s*",
    rf"^{_CAPS}\s*[-–—]+\s+",
    rf"^{_CAPS}\.\s+[-–—]*\s*",
    rf"^{_CAPS}:\s+",
    r"^[^\d.():;!?]{2,24}?\s+[-–—]+\s+",
)
_CASED = len(_FORMS) - 1  # the last form has to be one marker


def learn_dateline(lines: Sequence[str]) -> str | None:
    """The regex of the marker before most of these first paragraphs, None where there is none."""
    for number, form in enumerate(_FORMS):
        pattern = re.compile(form)
        cuts = [line[: len(line) - len(rest)] for line in lines
                for marker, rest in (split_dateline(line, pattern),) if marker]  # fmt: skip
        if len(cuts) < max(LEAST, MOST * len(lines)):
            continue
        (usual, count), *_ = Counter(map(_bare, cuts)).most_common(1)
        if count >= ONE * len(cuts):
            return _spell(usual)
        if number != _CASED:
            return form
    return None


def _bare(cut: str) -> str:
    """A marker with one kind of dash and blank."""
    return re.sub(r"\s*[-–—]+\s*$", " -", " ".join(cut.split()))


def _spell(marker: str) -> str:
    """The regex of one marker, whatever its dash is."""
    words, dash, _ = marker.partition(" -")
    spelled = r"\s+".join(re.escape(word).replace(r"\-", "-") for word in words.split())
    return rf"^{spelled}\s*[-–—]+\s*" if dash else rf"^{spelled}\s+"

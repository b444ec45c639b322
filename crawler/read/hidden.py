"""Find the dates that stand in the attributes of an element beside words such as "2 hours ago".

    <abbr class="published" title="2026-11-20T14:05:00+07:00">2 giờ trước</abbr>
    <span data-timestamp="1788574728">yesterday</span> · <time title="Nov 20, 2026 2:05 PM">

Only whole dates with a clock: a `title` that is mostly a date, a data attribute whose name says so
(a number of ten figures may be anybody's id).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.read.changed import is_change
from crawler.read.dates import parse_date
from crawler.read.words import read_words

_NAME = re.compile(r"data-.*(?:time|date|stamp|publish|epoch|utc)", re.I)
_CHANGED = re.compile(r"update|modif|change|edit", re.I)
_LONGEST, _LETTERS = 60, 30  # letters of such an attribute; those that are no figures
_MOST = 30  # elements of a line
_SHORT = 60  # letters of the words beside it


def list_hidden(element: HtmlElement) -> Iterator[str]:
    """The dates with a time in the attributes of an element and of those in it, no changes'."""
    for one in islice(element.iter(), _MOST):
        if not isinstance(one.tag, str) or one.tag == "a" or len(one.attrib) == 0:
            continue
        for name, value in one.attrib.items():
            if _may_be_date(str(name), str(value)) and len(read_words(one, _SHORT)) <= _SHORT:
                moment = parse_date(str(value))
                if moment is not None and moment.clock is not None and not is_change(one):
                    yield str(value)


def _may_be_date(name: str, value: str) -> bool:
    named = name in ("title", "datetime") or (_NAME.match(name) and not _CHANGED.search(name))
    if not named or len(value) > _LONGEST or sum(map(str.isdigit, value)) < 6:
        return False
    return sum(map(str.isalpha, value)) <= _LETTERS and (name != "title" or not value.isdigit())

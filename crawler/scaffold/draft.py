"""Writes the answers of a survey as the TOML of a paper, in at most 25 lines, each with its trust.

What does not fit is left out from the end of LEAST: general ways of reading find it too. A literal
string ('...') holds regexes; TOML has no escapes in it, so a regex with an apostrophe is written in
the other kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from crawler.scaffold.findings import Findings, count_marks

MOST_LINES = 25
WIDTH = 100
ORDER = {
    "": ("title", "home", "domains", "language", "region", "timezone", "platform"),
    "walk": ("categories", "category", "feeds", "sitemaps", "article", "deny", "pager", "pages"),
    "read": (
        "title",
        "lead",
        "body",
        "author",
        "date",
        "section",
        "breadcrumbs",
        "tags",
        "related",
        "caption",
        "dateline",
        "labels",
        "prompts",
        "date_order",
        "local_stamps",
    ),
}
LEAST = ("read.labels", "read.author", "read.date", "read.lead", "read.title", "walk.pages")
"""Answers that may be left out where the file would be too long, the least useful first."""


def write_profile(found: Findings) -> str:
    """The text of the profile. Every answer that is written has a mark, but ``walk.pages``."""
    left_out: set[str] = set()
    text = _write(found, left_out)
    for word in LEAST:
        if text.count("\n") <= MOST_LINES:
            break
        if word in found.needed:
            continue
        left_out.add(word)
        text = _write(found, left_out)
    return text


def _write(found: Findings, left_out: set[str]) -> str:
    lines: list[str] = []
    written: set[str] = set()
    for table, names in ORDER.items():
        words: Mapping[str, Any] = found.words.get(table, {}) if table else found.words
        rows = []
        for name in names:
            word = f"{table}.{name}" if table else name
            if name in words and word not in left_out:
                rows.append(f"{name} = {write_value(words[name])}")
                written.add(word)
        if rows:
            lines += ["", f"[{table}]", *rows] if table else rows
    lines += ["", "[trust]", *_write_trust(found, written)]
    if len(lines) > MOST_LINES:
        lines = [line for line in lines if line]
    return "\n".join(lines) + "\n"


def _write_trust(found: Findings, written: set[str]) -> list[str]:
    """The marks: of what is written, and of the platform's answers that were seen to hold."""
    held = {word for word in found.trust if word not in written and found.get(word) is None}
    rows = []
    for mark in ("seen", "guess"):
        marked = count_marks(found.trust, mark)
        words = sorted((w for w in marked if w in written or w in held), key=_rank_word)
        if words:
            rows.append(f"{mark} = {write_value(words)}")
    return rows


def _rank_word(word: str) -> tuple[bool, str]:
    """The paper's own words first, then those of tables."""
    return "." in word, word


def write_value(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(write_value, value))}]"
    text = str(value)
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False)  # JSON's escapes are TOML's

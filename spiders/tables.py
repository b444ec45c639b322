"""Writes the tables of README.md, words, papers and systems, from what the code knows.

A block ``<!-- generated: words -->`` ... ``<!-- end -->`` holds what ``words_table`` says; a test
compares, so that the documentation cannot be out of date. ``make docs`` writes the blocks of all
READMEs (tests/docs.py, by ``fill`` of this file); for this room's alone:
``python -c "from spiders import tables; tables.renew()"``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import get_args

from spiders.catalog import Catalog
from spiders.platform import load_platform, platform_names
from spiders.profile import Trust, words
from spiders.site import Site

README = Path(__file__).parent / "README.md"

_BLOCK = re.compile(r"(<!-- generated: ([\w -]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def words_table() -> str:
    """Every word a profile may use: word, kind, default, meaning."""
    return print_words(words())


def sites_table() -> str:
    """Every shipped paper that can be used: key, paper, province, platform, trust."""
    rows = []
    for site in Catalog().all()[0]:
        place = site.profile.province or site.profile.region or ""
        paper = f"[{site.title}]({site.profile.home})"
        rows.append((f"`{site.key}`", paper, place, site.platform or "", describe_trust(site)))
    return print_table(("key", "paper", "province", "platform", "answers"), rows)


def platforms_table() -> str:
    """Every publishing system: name, what it is, pager, its papers here, a sign of its pages."""
    used = Counter(site.platform for site in Catalog().all()[0])
    rows = []
    for platform in map(load_platform, platform_names()):
        pager = str(platform.answers.get("walk", {}).get("pager", "next-link"))
        signs = [f"`{sign}`" for sign in platform.fingerprint["html"][:2]]
        papers = str(used[platform.name] or "-")
        rows.append((f"`{platform.name}`", platform.title, f"`{pager}`", papers, ", ".join(signs)))
    return print_table(("name", "system", "pager", "papers", "recognised by, among others"), rows)


def describe_trust(site: Site) -> str:
    """How a site's answers are known: "9 seen, 20 family, 2 guess"."""
    return ", ".join(f"{count} {mark}" for mark, count in count_trust(site).items())


def count_trust(site: Site) -> dict[Trust, int]:
    """How many of a site's answers are known in which way, best first; without noughts."""
    counts = Counter(site.trusted(answer) for answer in site.profile.answers)
    return {mark: counts[mark] for mark in get_args(Trust) if counts[mark]}


BLOCKS: Mapping[str, Callable[[], str]] = {
    "words": words_table,
    "sites": sites_table,
    "platforms": platforms_table,
}
"""What may be generated in this room's README, by the name in the marker."""


def fill(text: str, blocks: Mapping[str, Callable[[], str]] = BLOCKS) -> str:
    """The text with its generated blocks as they should be. Raises KeyError for a strange one."""
    return _BLOCK.sub(lambda found: found[1] + blocks[found[2]]() + found[3], text)


def renew() -> None:
    """Writes README.md anew with its tables filled."""
    README.write_text(fill(README.read_text(encoding="utf-8")), encoding="utf-8")


def print_words(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """A table of words as ``spiders.strict.describe`` lists them."""
    cells = [(f"`{key}`", kind, _code(default), said) for key, kind, default, said in rows]
    return print_table(("word", "kind", "default", "meaning"), cells)


def print_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [head, ("---",) * len(head), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def _code(default: str) -> str:
    return default if default in ("-", "required") else f"`{default}`"

"""The gate's scores as a Markdown table, a reader a line, and its place in the README."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tests.gate.rate import Score

README = Path(__file__).with_name("README.md")
_BLOCK = re.compile(r"(<!-- gate -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD = (
    *("corpus (pages)", "reader", "P", "R", "F1", "half A", "half B", "< .8"),
    *("title", "date", "authors", "invented", "CPU ms", "ratio"),
)
_TOOLS = ("trafilatura", "htmldate", "dateparser", "lxml")


def print_table(scores: Sequence[Score]) -> str:
    """The scores as Markdown; the corpus is named once."""
    lines = [f"| {' | '.join(_HEAD)} |", f"|{'---|' * len(_HEAD)}"]
    before, whole = "", 0
    for score in scores:
        name = f"{score.corpus} ({score.pages})" if score.corpus != before else ""
        if score.corpus != before:
            whole = score.pages
        reader = score.reader if score.pages == whole else f"{score.reader} ({score.pages})"
        before = score.corpus
        texts = (score.precision, score.recall, score.text, score.worked, score.aside, score.low)
        cells = (*texts, score.title, score.date, score.authors, score.invented)
        shown = [f"{value:.3f}".removeprefix("0") if value is not None else "" for value in cells]
        ratio = f"{score.seconds / score.beside:.2f}" if score.beside else ""
        lines.append(
            "| " + " | ".join([name, reader, *shown, f"{1000 * score.seconds:.1f}", ratio]) + " |"
        )
    return "\n".join(lines) + "\n"


def tell_run(form: str, day: date) -> str:
    """One line that says when and with what the table was made."""
    tools = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _TOOLS)
    return f"{form.capitalize()} form, {day}, Python {platform.python_version()}, {tools}.\n"


def write_block(text: str, readme: Path = README) -> None:
    """Put the text into the README's block; raises ValueError where there is none."""
    old = readme.read_text("utf-8")
    if not _BLOCK.search(old):
        raise ValueError(f"{readme} has no block <!-- gate --> ... <!-- end -->: put one in")
    readme.write_text(_BLOCK.sub(lambda m: f"{m[1]}{text}{m[2]}", old), "utf-8")

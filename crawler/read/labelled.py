"""Finds authors behind a word that says so, in any of the languages known (names.toml, labels).

    <span>Γράφει: A B</span> <span>20 Νοεμβρίου 2026</span>      an element near the headline
    Eklenme: 20.11.2026 14:05 | Muhabir: A B | Okunma: 31         a part of a line there
    <dt>द्वारा</dt><dd>A B</dd>                                    a cell, and the next
    Autorin/Autor A B                                             the page's only such line

A label needs its colon, or a cell to itself: "de", "text" and "haber" are words of any line. What
follows has to look like names: no figures, no further label, a capital where the script has any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.facts import Facts, Said
from crawler.read.people import has_stranger, join_names, load_names
from crawler.read.signs import Sign
from crawler.read.visible import MAX_LINE, Names, list_around
from crawler.read.words import read_words

_BARRED = Sign.COMMENT | Sign.RELATED | Sign.CAPTION | Sign.FIGURE | Sign.AD
_ELSEWHERE = _BARRED | Sign.FRAME | Sign.ASIDE
_LINE, _NAME, _WORDS = 200, 80, 10  # letters of a line, of names; words of names
_PARAGRAPH, _LINKED = 120, 0.5  # letters of a paragraph: before the second labels are looked for
_INNER = ("span", "a", "b", "strong", "em", "i", "small", "font", "td", "label")
_CELLS = frozenset(("dt", "th", "td", "span", "div", "b", "strong", "label"))
_COLON = re.compile(r"\s*[:：៖]\s*$")
_ONLY = re.compile(
    r"(?:autorin/autor|autor/in|autorin|autore?|authors?|written by|story by|reported by|auteur|"
    r"reportage|penulis|yazan|tác giả|người viết|автор)(?:\s*[:：៖]\s*|\s+)(?=[^\W\d_])",
    re.I,
)


def list_told(facts: Facts, said: Said) -> Names:
    """The names behind the first label below the headline; one paragraph may be the standfirst."""
    barred = _ELSEWHERE & ~said.sheet.wrapped
    around = [b for b in list_around(facts, said) if not b.signs & barred]
    told = [at for at, b in enumerate(around) if len(b.text) > _PARAGRAPH and b.links < _LINKED]
    near = [b for b in around[: (*told[1:2], len(around))[0]] if len(b.text) <= _LINE]
    for at, block in enumerate(near):
        names = next(iter(_list_parts(block)), None)
        if names is None and _is_label(block.text, cell=_is_cell(block)):
            names = next((b.text for b in near[at + 1 : at + 2] if _looks_named(b.text)), None)
        if names is not None:
            return [(names, "")]
    return []


def list_only(said: Said) -> Names:
    """The names of the only lines of the page that say "Author: A B"."""
    barred = _BARRED & ~said.sheet.wrapped
    lines = (b for b in said.sheet.lines if len(b.text) < MAX_LINE)
    found = [b.text for b in lines if not b.signs & barred and is_labelled(b.text)]
    unique = dict.fromkeys(found)
    return [(line, "") for line in unique] if len(unique) == 1 else []


def read_told(line: str) -> str | None:
    """The names of a line that is a label, its colon and names."""
    match = _labelled().match(line)
    return match[1] if match and _looks_named(match[1]) else None


def is_labelled(line: str) -> bool:
    """Whether a line begins with a word for an author and goes on with few words."""
    match = _ONLY.match(line)
    return match is not None and 1 < len(line[match.end() :].split()) <= 8


def cut_label(line: str) -> str:
    """A line of names without the word and the colon before it, whatever language it is of."""
    label, colon, names = line.replace("：", ":").replace("៖", ":").partition(":")
    short = len(label) <= _LABEL and not any(letter.isdigit() for letter in label)
    return names.strip() if colon and short and names.strip() else line


_LABEL = 24  # letters of such a word


def _list_parts(block: Block) -> Iterator[str]:
    """The names behind labels: of an element within a line, then of a part of the line."""
    inner = block.element.iter(*_INNER) if block.element is not None else ()
    for element in _take(inner):
        words = read_words(element, _LINE)
        if (match := _labelled().match(words)) and _looks_named(match[1]):
            yield match[1]
        elif _is_label(words, cell=False) and (names := _read_behind(element)):
            yield names
    for match in _within().finditer(block.text):
        if _looks_named(match[1]):
            yield match[1]


def _take(elements: Iterator[HtmlElement] | tuple[()], most: int = 20) -> Iterator[HtmlElement]:
    for _, element in zip(range(most), elements, strict=False):
        yield element


def _read_behind(element: HtmlElement) -> str | None:
    """The names right behind an element: the text there, else the next element's."""
    after = element.getnext()
    behind = " ".join((element.tail or "").split()).strip(" :：")
    if not behind and after is not None:
        behind = read_words(after, _LINE)
    return behind if _looks_named(behind) else None


def _is_label(words: str, *, cell: bool) -> bool:
    """Whether words are a label and nothing else; without a colon only in a cell."""
    bare = _COLON.sub("", words)
    return (cell or bare != words) and key(bare) in _fold_labels()


def _is_cell(block: Block) -> bool:
    """Whether a line stands where labels do: Drupal writes "field__label" and no colon."""
    named = block.element is not None and "label" in (block.element.get("class") or "")
    return named or block.tag in ("dt", "th")


def _looks_named(words: str) -> bool:
    if not words or len(words) > _NAME or len(words.split()) > _WORDS or has_stranger(words):
        return False
    if any(letter.isdigit() or letter in ":：៖?!" for letter in words):
        return False
    first = words.lstrip('(“"').partition(" ")[0]
    cased = first.lower() != first.upper()
    return (first[:1].isupper() and " " in words.strip()) if cased else True


@cache
def _fold_labels() -> frozenset[str]:
    return frozenset(map(key, load_names("labels")))


@cache
def _labelled() -> re.Pattern[str]:
    return re.compile(rf"(?:{join_names('labels')})\s*[:：៖]\s*(.+)$", re.I)


@cache
def _within() -> re.Pattern[str]:
    """A label, its colon, and what follows up to the next sign or the next label."""
    return re.compile(
        rf"(?:^|[|·•;,–—]\s*|\s[-/]\s|\d\s+)(?:{join_names('labels')})\s*[:：៖]\s*"
        r"([^|·•;:：៖\d]{2,80}?)\s*(?=$|[|·•;]|\s[-–—/]\s)",
        re.I,
    )

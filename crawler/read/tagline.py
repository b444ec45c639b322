"""Finds the tags that stand behind a word for them, where no class says what they are.

    Từ khóa: cầu mới, đường ven sông          words behind a label and its colon
    <b>Topics</b> <ul><li><a>Bridges</a>      lines that are links behind a line that is a label
    <b>Topics</b><a>Bridges</a><a>Rivers</a>  links behind a label within one line

The labels are those of labels.toml. Believed are short items without a full stop only: "Topics: the
council met, and nobody came." is a sentence. Rejected: labels without a colon on the line of their
tags ("Tags a b"), where a tag's end is not to be seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.read.blocks import Block
from crawler.read.labels import load_phrases
from crawler.read.words import read_words

_LINE, _ITEM, _WORDS = 400, 60, 8  # letters of a line, of a tag; words of a tag
_LABEL = 30  # letters
_MOST = 20  # tags: more are a cloud
_LINKED = 0.9  # share of letters in links of a line that is a tag
_SPLIT = re.compile(r"\s*[,;،؛、，|•·]\s*|\s+#")
_STOP = re.compile(r"[.!?…।。]\s|[^\W\d_]{3,}[.!?…।。]$")


def read_tagline(text: str) -> list[str]:
    """The tags of a line that is a label, its colon and tags; none where it is anything else."""
    if len(text) > _LINE:
        return []
    label, colon, rest = text.replace("：", ":").partition(":")
    if not colon or len(label) > _LABEL or not load_phrases("tags").match(label):
        return []
    items = [item.strip(" #.") for item in _SPLIT.split(rest.strip(" #"))]
    return [] if _STOP.search(rest) else _keep(items)


def read_linked(line: Block) -> list[str]:
    """The tags of a line that is a label and links and nothing else."""
    element = line.element
    if element is None or not line.links or len(line.text) > _LINE:
        return []
    links = [words for link in element.iter("a") if (words := read_words(link))]
    rest = line.text
    for words in links:
        rest = rest.replace(words, " ", 1) if rest.find(words) > 0 else rest
    label = rest.strip(" ,;:：|·•#")
    return _keep([w.strip(" #") for w in links]) if load_phrases("tags").match(label) else []


def list_behind(lines: Sequence[Block], at: int) -> list[str]:
    """The tags in the lines right behind the one at ``at``, where that is a label alone."""
    if len(lines[at].text) > _LABEL or not load_phrases("tags").match(lines[at].text):
        return []
    items: list[str] = []
    for line in lines[at + 1 : at + 2 + _MOST]:
        alike = _name(line) == _name(lines[at + 1])  # the foot of the page is links, too
        if line.links < _LINKED or line.is_heading or not alike:
            break
        items += [item.strip(" #") for item in _SPLIT.split(line.text)]
    return _keep(items)


def _name(line: Block) -> tuple[object, ...]:
    """What a line and the element around it are called."""
    around = None if line.element is None else line.element.getparent()
    named = [e for e in (line.element, around) if e is not None]
    return tuple((e.tag, (e.get("class") or "").split()[:1]) for e in named)


def _keep(items: Sequence[str]) -> list[str]:
    """The items if all of them may be tags."""
    tags = [item for item in items if item]
    fit = all(len(tag) <= _ITEM and len(tag.split()) <= _WORDS for tag in tags)
    return tags if fit and len(tags) <= _MOST else []

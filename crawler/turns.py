"""Learns the slots of a paper's articles whose lines turn: an advertisement, another at each look.

    survey   the latest articles that were asked again, as they are held: did lines give way to
             others, on TURNED of them, with nothing else edited
    look     the pages of eight of them and of eight that stayed are read again: in which slots
             (crawler/read/template.py: tags and classes) did all that stood there give way
    keep     lines of the template, cut whatever they say; once learned they stay learned

A slot is the paper's where it turned on TURNED articles and on half of those that have it and were
looked at twice, and where its words are nobody's: several stand on other articles, too, or every
article showed three others at three looks. So a summary that was written anew is the article's
(its words stand on no other, and they stay), and so are the first line of a live ticker (its page
changed beside it), figures (a price that is another each morning; tables are no slots), and what
stands in a slot where lines stay: nothing tells paragraphs without a class of their own apart.
There the ledger alone knows what turns (archive/index/dress.py). Rejected: places counted from the
start (on a page without the advertisement a paragraph stands there), words of a pool (each that
was not seen yet would come as an edit, where now it gives way to its like).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from archive.index.templates import Learned
from crawler.read.clean import key
from crawler.read.template import Line

LATEST = 200  # articles of which versions are compared: 80 ms of a paper of 50,000
LOOKS = 3  # versions of one
TURNED = 3  # articles on which a slot turned
OTHERS = 2  # different words of a slot that stand on two articles
HALF = 0.5  # share of the articles with a slot, on which it turned
EACH = 8  # articles that turned, and that stayed, whose pages are read again
SHOWN = "by turns: "
_SLOT = "t"  # begins the signature of a slot; those of lines are hexadecimal
_FIGURES = re.compile(r"\d+")

Found = tuple[str, int, str]  # signature, articles, words: a line of a template


@dataclass(slots=True)
class Seen:
    """An article at its latest looks, oldest first: captures, lines as held, lines of the pages."""

    captures: list[int] = field(default_factory=list)
    texts: list[frozenset[str]] = field(default_factory=list)
    pages: list[Mapping[str, frozenset[str]]] = field(default_factory=list)  # by slot

    def turns(self) -> bool:
        """Say whether lines gave way to others at the last look, and most stayed."""
        return len(self.texts) > 1 and _gives_way(*self.texts[-2:])


def list_seen(db: sqlite3.Connection, site: str) -> list[Seen]:
    """The latest articles of a site that were looked at again, as one reader read them."""
    found: dict[int, Seen] = {}
    for article_id, capture_id, body in db.execute(
        "SELECT a.id, v.capture_id, v.body "
        "FROM (SELECT id, version FROM articles WHERE site = ? "
        "ORDER BY last_seen_at DESC, id DESC LIMIT ?) a "
        "CROSS JOIN versions n ON n.article_id = a.id AND n.version = a.version "
        "CROSS JOIN versions v ON v.article_id = a.id "
        "AND v.extractor = n.extractor AND v.profile = n.profile AND v.template IS n.template "
        "WHERE (SELECT count(*) FROM readings r WHERE r.article_id = a.id) > 1 "
        "ORDER BY a.id DESC, v.version",
        (site, LATEST),
    ):
        seen = found.setdefault(article_id, Seen())
        seen.captures = [*seen.captures, capture_id][-LOOKS:]
        seen.texts = [*seen.texts, frozenset(map(key, body.split("\n")))][-LOOKS:]
    return list(found.values())


def choose_seen(articles: Sequence[Seen]) -> list[Seen]:
    """Those whose pages are to be read again; none where nothing shows that anything turns."""
    turned = [one for one in articles if one.turns()]
    often = [one for one in turned if len(one.texts) == LOOKS and _gives_way(*one.texts[:2])]
    came = {name for one in turned for name in one.texts[-2] ^ one.texts[-1]}
    others = _count_others((set().union(*one.texts) for one in articles), came)
    if len(turned) < TURNED or (others < OTHERS and len(often) < TURNED):
        return []
    stayed = [one for one in articles if len(one.captures) == 1]
    return [*sorted(turned, key=lambda one: -len(one.texts))[:EACH], *stayed[:EACH]]


def sort_lines(lines: Sequence[Line]) -> dict[str, frozenset[str]]:
    """The lines of a page by slot, folded; what is in no slot under ""."""
    found: dict[str, set[str]] = {}
    for line in lines:
        found.setdefault(line.slot, set()).add(key(line.words))
    return {slot: frozenset(names) for slot, names in found.items()}


def pick_slots(articles: Sequence[Seen]) -> list[Found]:
    """The slots whose lines turn, of articles whose pages were read again."""
    slots = {slot for one in articles for page in one.pages for slot in page} - {""}
    likely = {slot for slot in slots if _turns_mostly(articles, slot)}
    found: list[Found] = []
    for slot in sorted(likely):
        turned = [one for one in articles if _turns_in(one, slot)]
        clean = [one for one in turned if _is_clean(one, likely)]
        always = [one for one in turned if len(one.pages) == LOOKS and _turns_always(one, slot)]
        words = [set().union(*(page.get(slot, ()) for page in one.pages)) for one in articles]
        others = _count_others(words, set().union(*words))
        if len(clean) >= TURNED and (others >= OTHERS or len(always) >= TURNED):
            shown = min(turned[0].pages[-1][slot])
            found.append((slot, len(turned), f"{SHOWN}{shown}"))
    return found


def list_slots(learned: Learned | None) -> list[Found]:
    """The slots among the lines of a template."""
    return [line for line in learned.lines if line[0].startswith(_SLOT)] if learned else []


def list_unread(
    db: sqlite3.Connection, site: str, slots: set[str], elsewhere: str
) -> Iterator[int]:
    """Yield the captures of a site's versions that were read without one of some slots, but those
    whose warnings have ``elsewhere``."""
    rows = db.execute("SELECT digest, lines FROM templates WHERE site = ?", (site,)).fetchall()
    whole = {digest for digest, lines in rows if all(f'"{slot}"' in lines for slot in slots)}
    for capture_id, template in db.execute(
        "SELECT v.capture_id, v.template FROM articles a JOIN versions v ON v.article_id = a.id "
        "JOIN readings r ON r.capture_id = v.capture_id "
        "WHERE a.site = ? AND instr(r.warnings, ?) = 0 ORDER BY v.capture_id",
        (site, elsewhere),
    ):
        if slots and template not in whole:
            yield capture_id


def _gives_way(before: frozenset[str], after: frozenset[str]) -> bool:
    lost, gained = before - after, after - before
    return bool(lost and gained) and 2 * len(before & after) >= len(lost) + len(gained)


def _count_others(articles: Iterator[set[str]] | Sequence[set[str]], words: set[str]) -> int:
    """How many of some words stand on two articles."""
    counts = Counter(name for one in articles for name in one & words)
    return sum(number > 1 for number in counts.values())


def _turns_mostly(articles: Sequence[Seen], slot: str) -> bool:
    having = [one for one in articles if any(slot in page for page in one.pages)]
    turned = sum(_turns_in(one, slot) for one in having)
    return turned >= max(TURNED, HALF * len(having))


def _turns_in(one: Seen, slot: str) -> bool:
    return len(one.pages) > 1 and _is_other(one.pages[-2], one.pages[-1], slot)


def _turns_always(one: Seen, slot: str) -> bool:
    first, second, third = one.pages
    pairs = ((first, second), (second, third), (first, third))
    return all(_is_other(before, after, slot) for before, after in pairs)


def _is_other(
    before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]], slot: str
) -> bool:
    """Say whether all that stood in a slot gave way, and not in its figures alone."""
    old, new = before.get(slot), after.get(slot)
    if not old or not new:
        return False
    return {_FIGURES.sub("", one) for one in old}.isdisjoint(_FIGURES.sub("", one) for one in new)


def _is_clean(one: Seen, likely: set[str]) -> bool:
    """Say whether nothing changed at the last look but what turns."""
    before, after = (
        {slot: names for slot, names in page.items() if slot not in likely}
        for page in one.pages[-2:]
    )
    return before == after

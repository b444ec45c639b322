"""The quarter's edits without its nights: each page is read before and after, and the two compared.

No crawl, no archive: what remains is the reader and the classes of archive/classify.py. 200 turns
take 8 s where the nights that see them take ten minutes, so many seeds can be looked through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from archive.beside import Beside, compare_beside
from archive.classify import Wording, classify
from archive.records import Article
from crawler.read.page import Page
from crawler.read.reader import read
from spiders.profile import load
from spiders.site import Site

from .judge import merge, name_told
from .paper import Paper
from .piece import BESIDE, WORDS, Piece, Turn
from .plot import DAY

SHOWN = ("byline", "picture", "caption")


def look(paper: Paper, piece: Piece, site: Site, now: datetime) -> Article:
    """Return a piece as it is read on a day."""
    paper.now = now
    url = paper.url(piece)
    answer = paper.answer(url.removeprefix(paper.base))
    headers = (("Content-Type", answer.type),)
    reading = read(Page(url, answer.status, headers, answer.body.encode(), "article", now), site)
    assert reading.article is not None, (url, reading.warnings)
    return reading.article


def show(article: Article) -> Beside:
    """Return what a page shows beside its words."""
    text = "\n".join(filter(None, (article.title, article.lead, article.text)))
    return Beside(article.authors, article.sources.get("authors", ""), article.images, text)


def judge_pages(paper: Paper, *, skip: int = 0) -> Iterator[str]:
    """Yield what is not told as it happened, a line each; of every ``skip + 1``-th turned piece."""
    paper.base = f"https://{paper.key}.test"
    site = Site(paper.key, load(paper.profile()))
    turned = [p for p in paper.pieces if {t.kind for t in p.turns} & {*WORDS, *BESIDE}]
    for piece in turned[:: skip + 1]:
        turns = [turn for turn in piece.turns if turn.kind in (*WORDS, *BESIDE)]
        for some in (turns, turns[:1]) if len(turns) > 1 else (turns,):
            yield from _compare(paper, piece, some, site)


def _compare(paper: Paper, piece: Piece, turns: Sequence[Turn], site: Site) -> Iterator[str]:
    """Compare the day before with the one after some turns in a row."""
    first, last = turns[0].at - timedelta(seconds=1), turns[-1].at
    before, after = (look(paper, piece, site, at) for at in (max(first, piece.at), last))
    said = piece.say(first)
    wanted = merge(said, turns) if turns[0].kind in WORDS else name_told(turns[-1])
    old, new = (Wording(one.title or "", one.lead, one.text) for one in (before, after))
    told = classify(old, new)
    shifts = compare_beside(show(before), show(after))
    if turns[-1].kind == "byline" and piece.paper == "cuabien":  # whose profile strips it
        wanted = None
    if (told[0] if told else "cosmetic" if shifts else None) != wanted:
        kinds = ", ".join(turn.kind for turn in turns)
        yield f"{paper.key} {piece.number} {kinds}: told {told} {shifts}, wanted {wanted}"
    fields = {"byline": "authors", "caption": "captions"}
    if set(shifts) != ({fields.get(t.kind, t.kind) for t in turns if t.kind in SHOWN and wanted}):
        yield f"{paper.key} {piece.number} {turns[-1].kind}: {shifts}"
    signed = turns[-1].kind == "byline" and piece.paper != "cuabien"  # whose profile strips it
    if signed and (turns[-1].author,) != after.authors:
        yield f"{paper.key} {piece.number} byline: {after.authors}, signed {turns[-1].author}"
    later = last + 3 * DAY
    still = piece.say(later) == piece.say(last)
    if still and compare_beside(show(after), show(look(paper, piece, site, later))):
        yield f"{paper.key} {piece.number}: what it shows changes with what stands beside it"
    if still and look(paper, piece, site, later).text != after.text:
        yield f"{paper.key} {piece.number}: its text changes with what stands beside it"

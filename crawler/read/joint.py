"""Joins the pages of one article: which page to read next, and the one text they make.

    page 1 -> the page with the whole article, if one is named -> else page 2, and if that adds
    words, the others; each may name more -> the lines of all in order, what repeats taken out

A page repeats its article's headline, lead, picture, byline and closing lines: lines that begin a
further page and stood before, and those that end two pages that follow each other, are taken once.
A page 2 that adds nothing shows that the numbers turn something else (comments, a list beside):
then the article has one page. Facts are the first page's; authors and agency are often named at the
end, and come from there where the first page has none.

What is missing is told (``article-incomplete``), and never passes for the whole.
Pure: who gives the pages, a crawl (walk/gathering.py) or an archive (walk/joined.py), is not known
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from archive.records import Article, Link, Part, Reading, Trace
from crawler.read.clean import key
from crawler.read.parts import MOST

INCOMPLETE = "article-incomplete"
CUTS = 200  # as in records.Trace
_CUT = 160
_NOT_MORE = "it has no more than the first page, or not its text"
_SEVERAL = 3  # lines of a first page; fewer may be a preface that every page has
_COVERED = 0.8  # share of the first page's letters that a page with the whole article has


@dataclass
class Joint:
    """An article whose pages are being put together; ``first`` names further ones."""

    url: str
    first: Reading
    idle: bool = False  # a further page added nothing
    _wanted: dict[int, Part] = field(default_factory=dict)
    _read: dict[int, tuple[Part, Reading]] = field(default_factory=dict)
    _missed: dict[int, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._want(self.first.parts)

    def list_next(self) -> list[Part]:
        """Return the pages to read now: the whole one alone, then page 2 alone, then all."""
        if self.idle or 0 in self._read:
            return []
        waiting = [
            part
            for number, part in sorted(self._wanted.items())
            if number not in self._read and number not in self._missed
        ]
        return waiting if self._read else waiting[:1]

    def take(self, part: Part, reading: Reading) -> None:
        """Take in what a page was read as; ``part`` says where from."""
        article = reading.article
        if article is None:
            why = next(iter(reading.warnings), reading.status)
            self.miss(part, f"no text was read ({why})"[:200])
        elif part.number == 0 and not self._is_whole(article):
            self.miss(part, _NOT_MORE)
        elif part.number and not self._adds(article):
            self.idle = not self._read
            self._drop(part.number)
        else:
            self._read[part.number] = (part, reading)
            if part.number:
                self._want(p for p in reading.parts if p.number)

    def miss(self, part: Part, why: str) -> None:
        """Note that a page is not to be had."""
        self._missed[part.number] = replace(part, record_id=None, file=None, offset=None, why=why)

    def drop(self, part: Part) -> None:
        """Note that there is no such page: it leads back to the first."""
        self.idle = self.idle or not self._read
        self._drop(part.number)

    @property
    def is_complete(self) -> bool:
        """Whether no page of the article is missing in its text."""
        return not self._list_lacking()

    def finish(self) -> Reading:
        """Return the reading of the first page with the text of all that were read."""
        if self.idle or (not self._read and not self._list_lacking()):
            return replace(self.first, parts=())
        lacking = self._list_lacking()
        pages = [reading for _, (_, reading) in sorted(self._read.items())]
        joined = self._take_whole() if 0 in self._read else join_pages(self.first, pages)
        parts = [part for part, _ in self._read.values()] + lacking
        warnings = [f"{INCOMPLETE}: {_name(p)} is not in the text: {p.why}" for p in lacking]
        return replace(
            joined,
            parts=tuple(sorted(parts, key=lambda part: part.number)),
            warnings=tuple(dict.fromkeys((*self.first.warnings, *warnings))),
        )

    def _want(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.number != 1 and part.number <= MOST and len(self._wanted) < MOST:
                self._wanted.setdefault(part.number, part)

    def _drop(self, number: int) -> None:
        """Let go of a page that adds nothing, and of those behind it."""
        for one in [n for n in self._wanted if n >= number and n not in self._read]:
            del self._wanted[one]

    def _list_lacking(self) -> list[Part]:
        """Return the pages that are not in the text; the whole one is not missed where the
        numbered ones are there."""
        if self.idle or 0 in self._read:
            return []
        numbered = [n for n in self._wanted if n]
        wanted = numbered or list(self._wanted)
        lacking = [
            self._missed.get(n) or replace(self._wanted[n], why="it was not asked for")
            for n in sorted(wanted)
            if n not in self._read
        ]
        return [part for part in lacking if part.why != _NOT_MORE]

    def _adds(self, article: Article) -> bool:
        """Whether a page has a line that none before it has, and not the first page's text again:
        beside that, a new line is a comment's, or a list's that was read by mistake."""
        several = len(_list_lines(self.first.article)) >= _SEVERAL
        if several and self._cover(article) >= _COVERED:
            return False
        known = _fold(self.first.article)
        for _, reading in self._read.values():
            known |= _fold(reading.article)
        return any(name not in known for name in map(key, _list_lines(article)) if name)

    def _is_whole(self, article: Article) -> bool:
        """Whether a page has the first page's text, and more."""
        ours, its = _fold(self.first.article), set(map(key, _list_lines(article))) - {""}
        return self._cover(article) >= _COVERED and bool(its - ours)

    def _cover(self, article: Article) -> float:
        """Return the share of the first page's letters, 0 to 1, that stand on a page too."""
        ours = list(map(key, _list_lines(self.first.article, lead=False)))
        its = set(map(key, _list_lines(article)))
        return sum(len(name) for name in ours if name in its) / max(sum(map(len, ours)), 1)

    def _take_whole(self) -> Reading:
        """Return the first page's reading with the text of the page that has it whole."""
        reading = self._read[0][1]
        ours, its = self.first.article, reading.article
        assert ours is not None and its is not None
        article = replace(
            _add_facts(ours, [its]), text=its.text, lead=its.lead, dateline=its.dateline
        )
        if ours.lead and not its.lead:
            lines = [one for one in its.text.split("\n") if key(one) != key(ours.lead)]
            article = replace(article, lead=ours.lead, text="\n".join(lines))
            article = replace(article, dateline=ours.dateline)
        return replace(self.first, article=article, links=_add_links(self.first, [reading]))


def join_pages(first: Reading, further: Sequence[Reading]) -> Reading:
    """Return ``first`` with the text, pictures and links of the pages that follow it."""
    article = first.article
    assert article is not None
    pages = [_list_lines(article, lead=False)]
    known = _fold(article)
    cuts: list[tuple[str, str]] = []
    for reading in further:
        lines = _list_lines(reading.article)
        while lines and key(lines[0]) in known:
            cuts.append(("repeated", lines.pop(0)))
        cuts += _cut_tail(pages[-1], lines)
        known |= set(map(key, lines))
        pages.append(lines)
    others = [reading.article for reading in further if reading.article is not None]
    joined = replace(
        _add_facts(article, others),
        text="\n".join(line for lines in pages for line in lines),
        trace=_add_cuts(article.trace, cuts),
    )
    return replace(first, article=joined, links=_add_links(first, further))


def _cut_tail(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """Take the lines that end both pages out of the one before, and return them."""
    count = 0
    while count < min(len(before), len(after)) and key(before[-1 - count]) == key(
        after[-1 - count]
    ):
        count += 1
    cut = before[len(before) - count :]
    del before[len(before) - count :]
    return [("repeated", line) for line in cut]


def _list_lines(article: Article | None, *, lead: bool = True) -> list[str]:
    """Return the lines of a page, its lead among them: of a further page that is text."""
    if article is None:
        return []
    text = article.text.split("\n") if article.text else []
    return [article.lead, *text] if lead and article.lead else text


def _fold(article: Article | None) -> set[str]:
    """Return the lines that a page has shown, folded."""
    if article is None:
        return set()
    captions = [image.caption for image in article.images if image.caption]
    return set(map(key, [article.title, *captions, *_list_lines(article)]))


def _add_facts(article: Article, others: Sequence[Article]) -> Article:
    """Return the article with the pictures of the others, and with who is named only there."""
    images = {image.url: image for one in reversed((article, *others)) for image in one.images}
    order = dict.fromkeys(image.url for one in (article, *others) for image in one.images)
    authors = article.authors or next((o.authors for o in reversed(others) if o.authors), ())
    agency = article.agency or next((o.agency for o in reversed(others) if o.agency), None)
    tags = article.tags or next((o.tags for o in others if o.tags), ())
    return replace(
        article,
        images=tuple(images[url] for url in order),
        authors=authors,
        agency=agency,
        tags=tags,
    )


def _add_links(first: Reading, further: Sequence[Reading]) -> tuple[Link, ...]:
    """Return the links of all pages, each once; those of a further page come behind."""
    found = {(link.url, link.channel): link for link in first.links}
    counts: dict[str, int] = {}
    for link in first.links:
        counts[link.channel] = max(counts.get(link.channel, 0), link.position + 1)
    for link in (link for reading in further for link in reading.links):
        if (link.url, link.channel) not in found:
            place = counts.get(link.channel, 0)
            found[link.url, link.channel] = replace(link, position=place)
            counts[link.channel] = place + 1
    return tuple(found.values())


def _add_cuts(trace: Trace | None, cuts: Sequence[tuple[str, str]]) -> Trace | None:
    if trace is None or not cuts:
        return trace
    room = max(CUTS - len(trace.cuts), 0)
    short = tuple((step, text[:_CUT]) for step, text in cuts)
    return replace(trace, cuts=(*trace.cuts, *short[:room]), more=trace.more + len(short[room:]))


def _name(part: Part) -> str:
    return f"page {part.number}" if part.number else "the page with the whole article"

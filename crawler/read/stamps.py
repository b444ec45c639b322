"""Find the dates a page gives its article, in the order in which they are to be trusted.

    profile · JSON-LD · meta · itemprop · time elements of the article · lines near the headline
    · the address · what the capture makes a date of, htmldate with a warning: undated.py

A line counts as a date only near the headline and below it, or right above it in one part of the
page: a header clock is the visitor's time.
What the page shows is asked when its metadata says nothing, no time or cannot be decided; it is
written in the order of day and month of its language, which its metadata need not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.changed import is_change, is_figured, part_line, tell_kind
from crawler.read.clocks import find_clock, judge_zone
from crawler.read.dates import Order, find_order, parse_date
from crawler.read.facts import Facts, Said, take_first
from crawler.read.hidden import list_hidden
from crawler.read.imprint import find_imprint, find_posted
from crawler.read.jsonld import read_text
from crawler.read.offsets import free_stamps
from crawler.read.published import Candidate, choose_date, find_spelled
from crawler.read.select import select
from crawler.read.signs import Sign, read_signs
from crawler.read.undated import find_undated
from crawler.read.values import read_value, read_values

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "published_date",
    "og:published_time",
    "date.created",
    "content:publishdate",
    "cxenseparse:publishtime",
    "displaydate",
    "publication_date",
    "og:pubdate",
    "rnews:datepublished",
    "originalpublicationdate",
    "vr:published_time",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "date.modified",
    "article:updated_time",
    "article.updated",
    "revised",
)
_ORDERS: Mapping[str, Order] = {"DMY": "DMY", "MDY": "MDY"}
_STORY = frozenset(("article", "main"))  # whose time elements are believed
_NEAR, _MAX_LINE = 25, 70  # lines below the headline; letters of a line that is a date
_MAX_PIECES = 200  # letters of a line whose parts are looked at one by one
_WHOLE_PAGE = frozenset(("html", "body", "main"))  # "comments-open", say of the system
_POSTED = 3  # lines below the headline in which "posted by A on ..." may stand
_ABOVE = 2  # lines above the headline
_WHOLE = frozenset(("html", "body", "header"))  # parts of a page that hold more than an article
_INLINE = ("span", "time", "font", "small", "em", "i", "b", "strong", "abbr", "a")
_POINTED, _HEADLINE = 0.3, 25  # share of letters in links; letters of a linked headline
_PARAGRAPH = 80  # letters of a paragraph
_MAX_WORDS = 40  # letters beside the figures of a date line that is not marked up as one
_LABEL = re.compile(
    r"(?:datum|date|fecha|data|published|posted|veröffentlicht|erstellt|publié|pubblicato|publicado"
    r"|publicerad|publisert|udgivet|julkaistu|opublikowano|yayınlanma|ngày đăng|đăng lúc|đăng ngày"
    r"|xuất bản|eklenme|giriş|tayang|diterbitkan|dipublikasikan|дата|опубликовано|опубліковано)\b"
    r"[^\d]{0,24}\d",
    re.I,
)
_BARRED = Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.ASIDE | Sign.AD

Told = tuple[str, bool]  # a date as written, and whether it is that of a change


def read_dates(facts: Facts, said: Said) -> None:
    """Set the dates of publication and change, and the doubts there are."""
    site, read = said.sheet.site, said.sheet.site.profile.read
    language = site.profile.language or said.meta.language
    made = _list_named(said, read.date, "profile:date")
    made += _list_declared(said, "datePublished", _PUBLISHED)
    shown = cache(lambda: tuple(_list_seen(facts, said)))
    paper = find_clock(facts, said, made, shown)
    local = judge_zone(facts, said, made, shown, paper)
    made = free_stamps(made, local)

    def seen() -> list[Candidate]:
        return free_stamps(shown(), local)

    spelled = find_spelled(said.sheet.url)
    if not any(parse_date(candidate.raw) for candidate in made):
        made += seen()
    facts.published, doubts = choose_date([*made, *spelled], paper, language)
    if any(words.startswith("date-ambiguous") for words in doubts):
        made += seen()
        facts.published, doubts = choose_date([*made, *spelled], paper, language)
    elif facts.published is not None and facts.published.precision == "day":
        made += _list_timed(seen(), facts.published.value)
        facts.published, doubts = choose_date([*made, *spelled], paper, language)
    if facts.published is None:
        lines = _list_story(facts, said)
        facts.published, doubts = find_undated(said, [*made, *spelled], lines, paper)
    changed = _list_named(said, read.modified, "profile:modified")
    changed = free_stamps([*changed, *_list_declared(said, "dateModified", _MODIFIED)], local)
    facts.modified, more = choose_date(changed, paper, language)
    facts.warnings += [*doubts, *(f"{words} (modified)" for words in more)]
    for name, date in (("published", facts.published), ("modified", facts.modified)):
        if date is not None:
            facts.sources[name] = date.source
    facts.claims["published"] = [(c.source, c.raw) for c in (*made, *spelled)]
    facts.claims["modified"] = [(c.source, c.raw) for c in changed]


def _list_named(said: Said, selectors: Iterable[str], source: str) -> list[Candidate]:
    """What the profile's selector finds, in the order of day and month it knows."""
    read = said.sheet.site.profile.read
    order = _ORDERS.get(read.date_order or "")
    values = read_values(said.sheet.tree, selectors)[:1]
    made = [Candidate(source, raw, order, read.date_formats) for raw in values]
    if any((moment := one.read()) and moment.clock is not None for one in made):
        return made
    elements = islice(select(said.sheet.tree, tuple(selectors)), 1)
    hidden = (raw for element in elements for raw in list_hidden(element))
    return [*(Candidate(source, raw, order) for raw in islice(hidden, 1)), *made]


def _list_declared(said: Said, name: str, names: Iterable[str]) -> list[Candidate]:
    """What JSON-LD and meta declare; their order of day and month may not be the page's."""
    made = []
    if raw := said.structured.text(name):
        made.append(Candidate("json-ld", raw))
    elif raw := read_text(said.structured.page.get(name)):
        made.append(Candidate("json-ld:WebPage", raw))
    values = said.meta.values
    return made + [Candidate(f"meta:{n}", values[n][0]) for n in names if values.get(n)]


def _list_seen(facts: Facts, said: Said) -> Iterator[Candidate]:
    """Dates as a reader sees them: marked up, near the headline, in the address."""
    profile = said.sheet.site.profile
    named = _ORDERS.get(profile.read.date_order or "")
    order = named or find_order(profile.language or said.meta.language)
    spoken = named is None
    for element in said.find_marked(_is_published, 3):
        yield Candidate("itemprop:datePublished", read_value(element), order, spoken=spoken)
    times = sorted(take_first(filter(_is_time, said.sheet.tree.iter("time")), 2), key=is_change)
    for element in times:
        yield Candidate("time", read_value(element), order, spoken=spoken)
    near = _list_story(facts, said)
    pictures = (Sign.CAPTION | Sign.FIGURE | Sign.COMMENT) & ~said.sheet.wrapped
    frame = Sign.FRAME & ~said.sheet.wrapped
    asked = False
    for part in _part_near(near):
        told = list(_list_lines(part, pictures, frame))
        for text in (text for text, late in told if not late):
            yield Candidate("seen", text, order, spoken=spoken)
        for text in take_first(_list_hidden(part, pictures), 2):
            yield Candidate("time[title]", text, order, spoken=spoken)
        changes = [text for text, late in told if late]
        if changes and not asked:  # before them every other date near the headline
            asked = True
            yield from _list_apart(facts, said, pictures, order, spoken=spoken)
        for text in changes:
            yield Candidate("seen", text, order, spoken=spoken)
    if not asked:
        yield from _list_apart(facts, said, pictures, order, spoken=spoken)


def _list_story(facts: Facts, said: Said) -> list[Block]:
    """The lines below the headline that are neither the page's foot nor another article's."""
    near = (b for b in said.list_near(facts.titles, _NEAR) if not _is_foot(b))
    return [block for block in near if not _points_away(block)]


def _list_hidden(part: Iterable[Block], barred: Sign) -> Iterator[str]:
    """The dates in attributes of short lines that no change is told of."""
    for block in part:
        element = block.element
        if element is None or block.signs & barred or len(block.text) > _MAX_LINE:
            continue
        hidden = list(list_hidden(element))  # asked first: few have any, and words cost more
        if hidden and not is_change(element) and tell_kind(block.text) != "changed":
            yield from hidden


def _list_lines(part: Sequence[Block], pictures: Sign, frame: Sign) -> Iterator[Told]:
    """The dates of one part of the page, lines that are dates before those within lines, and
    whether each is that of a change."""
    short = (b for b in part if len(b.text) < _MAX_LINE and not b.signs & pictures)
    dated = sorted(filter(_is_dated, short), key=lambda block: _rank(block, frame))
    for block in dated[:10]:
        told = part_line(block.text)
        yield told[0][1] if len(told) > 1 else block.text, told[0][0] == "changed"
    yield from take_first(_list_pieces(part, pictures), 3)


def _list_apart(
    facts: Facts, said: Said, pictures: Sign, order: Order | None, *, spoken: bool
) -> Iterator[Candidate]:
    """Dates right above the headline, then the first anywhere behind a word for publication."""
    for text in _list_above(facts, said):
        yield Candidate("above the headline", text, order, spoken=spoken)
    barred = (_BARRED | pictures) & ~said.sheet.wrapped
    for block in said.sheet.lines:
        if len(block.text) < _MAX_LINE and _LABEL.match(block.text) and not block.signs & barred:
            yield Candidate("labelled", block.text, order, spoken=spoken)
            return


def _list_pieces(near: Iterable[Block], barred: Sign) -> Iterator[Told]:
    """Dates with a time on a line of other words, as behind the authors' names: in an element of
    their own, else beside nothing but names and buttons."""
    near = list(near)
    for block in near[:_POSTED]:
        if (posted := find_posted(block.text)) and not block.signs & barred:
            yield posted[1], False
    for block in near:
        if block.element is None or len(block.text) > _MAX_PIECES or block.signs & barred:
            continue
        told = part_line(block.text)
        mixed = len({kind for kind, _ in told}) > 1  # "Published: ... Updated: ..."
        yield from ((text, False) for kind, text in told if mixed and kind != "changed")
        for element in block.element.iter(*_INLINE):
            text = " ".join((element.text or "").split()) if len(element) == 0 else ""
            if text and len(text) < _MAX_LINE and _is_mostly_date(text):
                moment = parse_date(text)
                if moment is not None and moment.clock is not None:
                    yield text, is_change(element)
        if stamp := find_imprint(block.text):
            yield stamp, tell_kind(block.text) == "changed"


def _list_above(facts: Facts, said: Said) -> Iterator[str]:
    """The line of a date with its time right above the headline, in the same small part of the
    page: on 5 of 16 Vietnamese pages. A header's clock stands in another part."""
    lines, start = said.sheet.lines, said.sheet.find_start(facts.titles)
    head = lines[start].element if 0 < start < len(lines) else None
    holders = (
        [a for a in head.iterancestors() if a.tag not in _WHOLE][:2] if head is not None else []
    )
    for line in reversed(lines[max(0, start - _ABOVE) : start]):
        around = [] if line.element is None else [line.element, *line.element.iterancestors()]
        beside = any(element in holders for element in around)
        barred = _BARRED & ~said.sheet.wrapped
        if holders and line.element is not None and line.element.getparent() is holders[0]:
            barred &= ~Sign.FRAME  # right beside the headline "news_nav" is no menu
        if not beside or line.signs & barred or not _is_dated(line):
            continue
        stamp = parse_date(line.text) if len(line.text) < _MAX_LINE else None
        if stamp is not None and stamp.clock is not None:
            yield line.text
            return


def _part_near(near: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The lines from the headline to the first paragraph, which may be a standfirst, those from
    there to the second, and the rest: a date of an earlier part counts first, on whatever line."""
    long = [
        n
        for n, b in enumerate(near)
        if len(b.text) >= _PARAGRAPH and b.links < _POINTED and not is_figured(b.text)
    ]
    first, second = (*long[:2], len(near), len(near))[:2]
    yield from (near[:first], near[first:second], near[second:])


def _points_away(block: Block) -> bool:
    """Whether a line is another article's: its headline in a link, its date beside it. Lines that
    only a BR parts share their element, and with it the links of the whole page."""
    if block.links < _POINTED or block.element is None:
        return False
    texts = (" ".join("".join(link.itertext()).split()) for link in block.element.iter("a"))
    return any(len(text) >= _HEADLINE and text in block.text for text in texts)


def _list_timed(candidates: Iterable[Candidate], day: str) -> list[Candidate]:
    """The dates a reader sees that give this day (ISO 8601) a time."""
    seen = ((c, m) for c in candidates if (m := c.read()) and m.clock is not None)
    return [c for c, m in seen if day in (m.day.isoformat(), str(m.other))]


def _is_published(element: HtmlElement) -> bool:
    return bool(element.get("itemprop") == "datePublished" and element.tag != "meta")


def _is_time(element: HtmlElement) -> bool:
    """Whether a time element is an article's: so marked, or inside of one."""
    if element.get("pubdate") is not None:
        return True
    if element.get("datetime") is None:
        return False
    above = list(element.iterancestors())
    return any(a.tag in _STORY for a in above) and not any(
        read_signs(a) & Sign.COMMENT for a in above if a.tag not in _WHOLE_PAGE
    )


def _is_foot(block: Block) -> bool:
    """Whether a line stands in the page's foot: a date there is the paper's registration."""
    above = [] if block.element is None else [block.element, *block.element.iterancestors()]
    tags = [element.tag for element in above]
    return "footer" in tags and not any(tag in _STORY for tag in tags)


def _rank(block: Block, frame: Sign) -> tuple[bool, bool, bool]:
    """Lines that are marked up as dates come first, those that say "updated" last, and behind
    them those of the page's frame: a clock is no date of publication."""
    framed = bool(block.signs & frame)
    return framed, tell_kind(block.text) == "changed", Sign.DATE not in block.signs


def _is_dated(block: Block) -> bool:
    """Whether a line is mostly a date, and no sentence or caption that mentions one."""
    marked = bool(block.signs & (Sign.DATE | Sign.BYLINE))
    return _is_mostly_date(block.text, marked=marked)


def _is_mostly_date(text: str, *, marked: bool = False) -> bool:
    if not is_figured(text):
        return False
    letters = sum((char > "\u2e80") + 1 for char in text if char.isalpha())
    return letters <= _MAX_WORDS or marked

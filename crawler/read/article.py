"""Read the article of a page: a short chain of small steps over one parsed tree.

    facts        metadata.py   JSON-LD, meta, the profile's selectors, the lines near the headline
    body         body.py       the profile's element, else trafilatura mended by evidence
    pictures     cover.py      captions and credits leave the text for their pictures: told.py
    lines        lines.py      headline, byline, prompts, labels, link lines leave the text
    lead         lead.py       apart from the text, its dateline marker apart from it
    credits      credits.py    the last lines' authors and agency leave the text for their fields
    template     template.py   lines that many pages of the site share leave the text

Decision: evidence from the page first, general rules second, no rule that names a paper. Every
field says in ``sources`` where it came from; what is doubtful is a warning, not a guess.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import HtmlElement

from archive.notice import is_notice
from archive.records import Article, Link
from crawler.read.blocks import Block
from crawler.read.body import find_body, fold_known
from crawler.read.clean import clean, key
from crawler.read.cover import gather_pictures
from crawler.read.credits import take_credits
from crawler.read.facts import Facts
from crawler.read.head import declares_article
from crawler.read.lead import Lead, find_lead, split_dateline
from crawler.read.lines import clear_lines, fold_all
from crawler.read.metadata import read_facts
from crawler.read.notices import add_notices
from crawler.read.pictures import Pictures, pick_images
from crawler.read.select import select
from crawler.read.settle import settle_facts
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.story import Story
from crawler.read.template import NONE, Line, Template, drop_shared, drop_tags, list_lines
from crawler.read.told import drop_captions
from crawler.read.topics import show_tags
from crawler.read.trace import trace_reading
from crawler.read.values import read_values, select_all
from crawler.read.words import read_words
from spiders.site import Site

_TOLD = ("title", "date")  # places whose loss is a sign of another layout
_FRAME = 0.9  # share of a text's letters in links: no article's, a menu's
_FEW = 1_000  # letters: more are no menu
_PARAGRAPH = 80  # letters: below, a line that a caption repeats is one
_TITLE = 15  # letters of a headline that no other line ends with by chance
_HEAD = 3  # lines: two notices of correction and the first paragraph
_SUBTITLE = 80  # letters, blanks not counted
_OPEN_END = frozenset(".!?…:;\"”»)]’'。！？」")


def read_article(
    tree: HtmlElement,
    *,
    url: str,
    site: Site,
    html: str,
    related: Sequence[Link] = (),
    template: Template = NONE,
    captured_at: datetime | None = None,
) -> tuple[Article | None, tuple[str, ...]]:
    """The article of a page and warnings ("code: words"); None where it has no text at all.

    ``html`` is the page as decoded, ``related`` the links it announces as related,
    ``template`` what other articles of the site have in common, ``captured_at`` (aware) what a date
    without a year is read by. The tree is not changed; the same input gives the same article.
    Never raises on a tree that lxml made.
    """
    del html  # the tree holds it all; kept in the signature for readers that need the source
    told = _read_story(Sheet(tree, url, site, captured_at), related)
    facts, story, lead = told.facts, told.story, told.lead
    facts.warnings += _list_lost(tree, site)
    drop_shared(story, facts, template)
    if drop_tags(facts, story, template):
        show_tags(facts, told.sheet)
    text = join_lines(story.blocks)
    facts.sources["text"] = story.source
    if not text and not lead:
        return None, tuple(dict.fromkeys([*facts.warnings, *story.warnings]))
    article = Article(
        title=facts.title or "",
        text=text,
        lead=lead.text if lead else None,
        canonical_url=facts.canonical_url,
        authors=facts.credits.authors,
        agency=facts.credits.agency,
        section=facts.section,
        breadcrumbs=facts.breadcrumbs,
        tags=facts.tags,
        published=facts.published,
        modified=facts.modified,
        language=facts.language,
        images=pick_images(told.pictures.images or story.images, facts.images),
        publisher=facts.publisher,
        dateline=told.dateline,
        is_free=facts.is_free,
        meta_robots=facts.meta_robots,
        tdm_reservation=facts.tdm_reservation,
        license=facts.license,
        sources=dict(sorted(facts.sources.items())),
        trace=trace_reading(told.sheet, facts, story),
    )
    return article, tuple(dict.fromkeys([*facts.warnings, *story.warnings]))


def _list_lost(tree: HtmlElement, site: Site) -> list[str]:
    """What a profile says that was seen and is not on this page, but its body."""
    words = {name: getattr(site.profile.read, name) for name in _TOLD}
    return [
        f"profile-{name}: {', '.join(css)} match nothing: correct read.{name}"
        for name, css in words.items()
        if css and site.trusted(f"read.{name}") == "seen" and not select(tree, css)
    ]


def read_lines(
    tree: HtmlElement,
    *,
    url: str,
    site: Site,
    related: Sequence[Link] = (),
    captured_at: datetime | None = None,
) -> tuple[Line, ...]:
    """The lines of a page's text as a site's template is learned from: read without one."""
    told = _read_story(Sheet(tree, url, site, captured_at), related)
    return list_lines(told.story, told.facts)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the steps found: the story's lines are those of the text."""

    sheet: Sheet
    facts: Facts
    story: Story
    pictures: Pictures
    lead: Lead | None
    dateline: str | None


def _read_story(sheet: Sheet, related: Sequence[Link]) -> _Told:
    """All steps but the last, which needs what other pages say."""
    tree, site = sheet.tree, sheet.site
    facts = read_facts(sheet)
    story = find_body(sheet, facts)
    pictures = gather_pictures(sheet, facts, story)
    read = site.profile.read
    drop_captions(story, pictures, select_all(tree, (*read.caption, *read.credit)))
    clear_lines(story, fold_known(sheet, facts, related, story))
    _drop_named(sheet, facts.titles, story)
    _drop_frame(sheet, story)
    lead, dateline = _take_lead(sheet, facts, story)
    settle_facts(facts, story, sheet, lead.text if lead else "")
    take_credits(story, facts, sheet)
    add_notices(sheet, facts, story)
    return _Told(sheet, facts, story, pictures, lead, dateline)


def _drop_named(sheet: Sheet, titles: tuple[str, ...], story: Story) -> None:
    """Leave out the lines that are made of what the profile reads as trail and tags, and short ones
    above the headline: that body holds more of the page than the story."""
    read, start = sheet.site.profile.read, sheet.find_start(titles)
    if read.body and start:
        below = {line.element for line in sheet.lines[start:]}
        above = {line.element for line in sheet.lines[:start]} - below - {None}
        out = {id(b) for b in story.blocks if b.element in above and len(b.text) < _PARAGRAPH}
        _cut(story, out, "above the headline")
    holders: dict[HtmlElement, list[str]] = {}
    for element in select_all(sheet.tree, (*read.breadcrumbs, *read.tags)):
        if words := key(read_words(element, _PARAGRAPH)):
            for outer in (element, *element.iterancestors()):
                holders.setdefault(outer, []).append(words)
    if not holders:
        return
    out = {
        id(block)
        for block in story.blocks
        if block.element is not None
        and 2 * sum(len(words) for words in holders.get(block.element, ()) if words in block.folded)
        >= len(block.folded)
    }
    _cut(story, out, "named")


def _cut(story: Story, out: Container[int], step: str) -> None:
    """Take blocks (by identity) out of a story, into its cuts."""
    story.cuts += [(step, block.text) for block in story.blocks if id(block) in out]
    story.blocks = [block for block in story.blocks if id(block) not in out]


def _drop_frame(sheet: Sheet, story: Story) -> None:
    """Leave nothing of a story that is links: the menu of a page that has no text (a gallery).

    Not where the page declares an article: 2 of 297 real pages lost headline and date with it.
    """
    if not story.blocks or story.letters > _FEW or declares_article(sheet.tree):
        return
    words = {key("".join(anchor.itertext())) for anchor in sheet.tree.iter("a")}
    linked = [b for b in story.blocks if b.links > _FRAME or b.folded in words]
    if sum(len(block.text) for block in linked) > _FRAME * story.letters:
        story.warnings.append("links-only: what was found is links, the page's frame")
        story.cuts += [("link", block.text) for block in story.blocks]
        story.blocks = []


def _take_lead(sheet: Sheet, facts: Facts, story: Story) -> tuple[Lead | None, str | None]:
    """The lead and its dateline marker; both leave the body."""
    read = sheet.site.profile.read
    named = read_values(sheet.tree, read.lead)
    lead = Lead(clean(named[0]), "profile:lead") if named else None
    if lead is None and story.lead:
        lead = Lead(story.lead, "script")
    if lead is None:
        lead = find_lead(
            _list_before(sheet, facts, story),
            story.blocks,
            facts.descriptions,
            story.common,
            read.dateline,
        )
    if lead is None:
        return None, _split_first(sheet, facts, story)
    dateline, text = split_dateline(lead.text, read.dateline)
    folded = {key(lead.text), key(text)}
    story.blocks = [b for b in story.blocks if b.folded not in folded]
    facts.sources["lead"] = lead.source
    if dateline:
        facts.sources["dateline"] = "lead"
    return replace(lead, text=text), dateline or _split_first(sheet, facts, story)


def _split_first(sheet: Sheet, facts: Facts, story: Story) -> str | None:
    """The dateline marker of the first paragraph, where no lead has it and the profile has one; a
    notice of correction may stand before that paragraph."""
    pattern = sheet.site.profile.read.dateline
    if pattern is None:
        return None
    for place, block in enumerate(story.blocks[:_HEAD]):
        dateline, text = split_dateline(block.text, pattern)
        if dateline:
            story.blocks[place] = replace(block, text=text)
            facts.sources["dateline"] = "first paragraph"
            return dateline
        if not is_notice(block.text):
            return None
    return None


def _list_before(sheet: Sheet, facts: Facts, story: Story) -> list[Block]:
    """The lines of the page from the headline to the first line of the body."""
    start = sheet.find_start(facts.titles)
    elements = {b.element for b in story.blocks[:1]}
    first = next(
        (b.place for b in sheet.lines[start:] if b.element in elements and elements != {None}), None
    )
    if first is None:
        on_page = any(block.element is not None for block in story.blocks)
        first = start + 1 if on_page else len(sheet.lines)
    others = {element for box in story.boxes for element in box.iter()}
    told = fold_all(facts.descriptions)  # a longer subtitle may be declared as another headline
    titles = (t for t in fold_all(facts.titles) if len(t) < _SUBTITLE or t not in told)
    headlines = tuple(title for title in titles if len(title) >= _TITLE)
    return [
        b
        for b in sheet.lines[start + 1 : first]
        if (not b.signs & Sign.FRAME or b.signs & Sign.LEAD)
        and b.element not in others
        and not b.folded.endswith(headlines)  # the headline behind a kicker
    ]


def join_lines(blocks: Sequence[Block]) -> str:
    """The lines as paragraphs, one a line; a sentence that <br> breaks is made whole again."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        same = before is not None and block.element is not None and block.element is before.element
        if same and lines and lines[-1][-1:] not in _OPEN_END and block.text[:1].islower():
            lines[-1] = f"{lines[-1]} {block.text}"
        elif block.text:
            lines.append(block.text)
        before = block
    return "\n".join(lines)

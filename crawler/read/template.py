"""Tell the lines that many pages of one site share from the story: they are the paper's.

    signature   16 hex digits of SHA-256 over: folded words, tag, tag above, in a box or not
    slot        "t" and 15 such digits over: tags, classes and ids of a line and of up to two that
                it stands in, below what holds the text; what it says is not in it
    template    the signatures that were learned of a site (crawler/learn.py), and its slots whose
                lines turn (crawler/turns.py), and their digest

What is judged are the lines that are left when everything else has been: lead and signature are
fields by then, and no line of the template can take them away. Classes are left out of the
signature, since builds of a page rename them; whether a line stands in a box of its own (another
div, aside ... than most of the text) is in it, since people type sentences among their paragraphs,
and templates set boxes beside them. Decision: a line that the page's description or its JSON-LD
text repeats is the article's, whatever others carry; so is a first line among the paragraphs (the
standing beginning of a series). A list of keywords in the head that half of the pages have is the
paper's as well. A slot is cut whatever it says: an advertisement is another at each look, and its
classes, without figures, are all that stays. Rejected: near matches (a signature that admits
another digit or name takes scores and tables out; but for short lines in boxes of their own, which
are counters of views: 91 edits in nine nights that nobody made), and cutting before the lead is
found.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.facts import Facts
from crawler.read.signs import Sign
from crawler.read.story import Story

REASON = "template"  # the step's name among the cuts of a trace
TURNS = "turning"  # likewise, of what stood in a slot
_MOST = 0.2  # share of the letters: a page of which more is shared tells something by it
_HALF = 0.5  # likewise in slots: an advertisement may be a third of a short notice
_DEPTH = 3  # elements that name a slot
_WORDS = 160  # letters of a line that are shown to people
_COUNTER, _LEAST_WORDS = 40, 4  # letters of a folded counter; letters beside its figures
FIGURE = "#"
_FIGURES = re.compile(r"\d+")
_TAGS = "keywords: "  # before a list of tags among the lines
_DECLARED = ("meta:", "json-ld")  # where such a list stands that no reader sees
_LINKED = 0.9  # share of letters in links: such lines are judged without this
_TEXT = frozenset(
    [
        *(
            "p",
            "li",
            "ul",
            "ol",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "dl",
            "dt",
            "dd",
        ),
        *("table", "tbody", "tr", "td", "th", "thead", "pre", "center"),
    ]
)


@dataclass(frozen=True, slots=True)
class Template:
    """The signatures of the lines that a site's pages share; ``digest`` names the set."""

    digest: str = ""
    signatures: frozenset[str] = frozenset()


NONE = Template()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a story as learning sees it. ``boxed``: it stands in a box of its own."""

    signature: str
    boxed: bool
    words: str
    slot: str = ""


def name_template(signatures: frozenset[str]) -> str:
    """The digest of a set of signatures: 16 hex digits, the same for the same lines."""
    return hashlib.sha256("\n".join(sorted(signatures)).encode()).hexdigest()[:16]


def list_lines(story: Story, facts: Facts) -> tuple[Line, ...]:
    """The lines of a story that might be the paper's, for learning."""
    main = find_main(story.blocks)
    lines = [
        Line(signature, boxed, block.text[:_WORDS], name_slot(block, main))
        for block, signature, boxed in _sign_lines(story, facts)
    ]
    if words := _spell_declared(facts):
        lines.append(Line(_sign("keywords", key(words)), False, words[:_WORDS]))
    return tuple(lines)


def spell_tags(tags: Sequence[str]) -> str:
    """A list of tags as a line of a template: learned like a line among the paragraphs."""
    return f"{_TAGS}{', '.join(tags)}" if tags else ""


def drop_tags(facts: Facts, story: Story, template: Template) -> bool:
    """Take a list of tags away that the page's head declares and the template knows as the
    paper's; say whether it was taken."""
    words = _spell_declared(facts)
    if not words or _sign("keywords", key(words)) not in template.signatures:
        return False
    facts.tags = ()
    facts.sources.pop("tags")
    story.cuts.append((REASON, words[:_WORDS]))
    return True


def _spell_declared(facts: Facts) -> str:
    declared = facts.sources.get("tags", "").startswith(_DECLARED)
    return spell_tags(facts.tags) if declared else ""


def drop_shared(story: Story, facts: Facts, template: Template) -> None:
    """Take the lines of the template out of the story, into its cuts.

    Where they are a fifth of the letters or more (half of them in slots) they stay, with a warning:
    a form letter, a report of the same kind every day, or a page that shows nothing else.
    """
    if not template.signatures:
        return
    main = find_main(story.blocks)
    lines = [(b, sign, name_slot(b, main)) for b, sign, _ in _sign_lines(story, facts)]
    known = template.signatures
    turning = [block for block, _, slot in lines if slot in known]
    shared = [block for block, sign, slot in lines if sign in known and slot not in known]
    _take_out(story, turning, TURNS, _HALF)
    _take_out(story, shared, REASON, _MOST)


def _take_out(story: Story, blocks: Sequence[Block], step: str, most: float) -> None:
    letters = sum(len(block.text) for block in blocks)
    if letters > most * story.letters:
        story.warnings.append(
            f"template-doubtful: {letters} of {story.letters} letters stand on other pages of the "
            "paper, too; they were kept"
        )
        return
    out = {id(block) for block in blocks}
    story.blocks = [block for block in story.blocks if id(block) not in out]
    story.cuts += [(step, block.text) for block in blocks]


def name_slot(block: Block, main: HtmlElement | None) -> str:
    """The slot a line stands in; "" for one that was not found on the page, and for a row of a
    table, which is the article's figures."""
    names: list[str] = []
    element = block.element
    while element is not None and element is not main and len(names) < _DEPTH:
        if element.tag in ("table", "tr"):
            return ""
        names.append(_name_kind(element))
        element = element.getparent()
    return f"t{_sign('slot', *names)[:15]}" if names else ""


def _name_kind(element: HtmlElement) -> str:
    """Tag, classes and id of an element without their figures, which count or name an article."""
    classes = sorted({_FIGURES.sub("", one) for one in (element.get("class") or "").split()})
    return " ".join([str(element.tag), *classes, f"#{_FIGURES.sub('', element.get('id') or '')}"])


def _sign_lines(story: Story, facts: Facts) -> Iterator[tuple[Block, str, bool]]:
    """(line, signature, boxed) of each line that nothing proves to be the article's own."""
    main = find_main(story.blocks)
    told = [key(words) for words in facts.descriptions] + [key(facts.witness or "")]
    for place, block in enumerate(story.blocks):
        home = find_home(block)  # None: a line that was not found on the page again
        boxed = main is not None and home is not None and home is not main
        if not block.folded or block.links >= _LINKED or (place == 0 and not boxed):
            continue
        if Sign.LEAD in block.signs & ~story.common or any(block.folded in one for one in told):
            continue
        yield block, sign_line(block, boxed=boxed and place > 0), boxed and place > 0


def sign_line(block: Block, *, boxed: bool) -> str:
    """The signature of a line: its words, what it stands in, and whether in a box of its own. A
    box's counter ("Views: 2189") is signed without its figures, which are others at each look."""
    element = block.element
    above = element.getparent() if element is not None else None
    words = fold_counter(block.folded) if boxed else block.folded
    return _sign(words, _name(element), _name(above), "box" if boxed else "")


def _sign(*told: str) -> str:
    words = "\n".join(told)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fold_counter(folded: str) -> str:
    """A short folded line with its figures as one sign; any other as it is."""
    if len(folded) > _COUNTER or not _FIGURES.search(folded):
        return folded
    words = _FIGURES.sub(FIGURE, folded)
    return words if len(words) > _LEAST_WORDS else folded


def find_main(blocks: list[Block]) -> HtmlElement | None:
    """The container that holds most of the letters; None where none holds half of them: then
    paragraphs are wrapped one by one, and nothing tells a box from them."""
    letters = Counter[HtmlElement]()
    for block in blocks:
        if (home := find_home(block)) is not None:
            letters[home] += len(block.text)
    if not letters:
        return None
    main, most = max(letters.items(), key=lambda item: item[1])
    return main if 2 * most > sum(len(block.text) for block in blocks) else None


def find_home(block: Block) -> HtmlElement | None:
    """The container a line stands in: paragraphs, lists and tables are text, not containers."""
    element = block.element
    while element is not None and element.tag in _TEXT:
        element = element.getparent()
    return element


def _name(element: HtmlElement | None) -> str:
    return str(element.tag) if element is not None else ""

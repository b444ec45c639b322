"""Mend what the general reader kept: join split bodies, hear JSON-LD, cut what trails behind.

Worth alone, F1 on 135 newspaper pages (general reader .9397; hand-made corpus of 102: .9643):
split bodies joined .9432 (.9676), the article's own text in JSON-LD as a witness .9402, what
stands behind the story's container cut .9417 (.9654); with the judged lines (.9495) and the lead
(.9423) together .9583 (.9751). None of these three made another corpus worse. Rejected: pruning
the page by class names first (it took whole bodies away on some pages).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Sequence

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.story import Story

_LINE = 40  # letters: a paragraph that no other line holds by chance
_ENOUGH = 0.9  # of the general reader's letters JSON-LD must hold to be heard against it
_PARAGRAPH = 80  # letters
_MOST_TAIL = 0.4  # of all letters: more is no tail but another way to build a page
_AWAY, _HOLDERS = 20, 2  # lines behind a headline; elements around it that may hold its story
_LINKS = 0.5  # share of a paragraph's letters in links
_MOST = 0.85  # of the letters of a story stand in its container

Form = tuple[str, str, str]  # an element, the one above, the one above that


def join_split(kept: Sequence[Block], page: Sequence[Block]) -> list[Block]:
    """The kept lines and those paragraphs of the page that are built exactly like them.

    A story is cut where its container ends: the next container's paragraphs have the same tag in
    the same kind of parent as three or more kept ones. It has holes where text stands beside
    elements that were dropped: the same element holds two or more kept lines.
    """
    forms = Counter(read_form(block) for block in kept if block.tag == "p" and len(block.text) > 60)
    common = {form for form, count in forms.items() if count >= 3 and form[1]}
    owners = Counter(block.element for block in kept if block.element is not None)
    places = [block.place for block in kept if block.place >= 0]
    if not places:
        return list(kept)
    bare = _find_bare(kept)
    here, texts, last = set(places), {block.folded for block in kept}, max(places)
    added = [
        block
        for block in page[min(places) :]
        if block.place not in here
        and len(block.text) > 40
        and block.links < 0.5
        and block.folded not in texts
        and (
            (block.tag == "p" and _is_alike(read_form(block), common))
            or (owners[block.element] >= 2 and block.place < last)
            or (block.element is bare and len(block.text) > _PARAGRAPH)
        )
    ]
    added += _find_between([*kept, *added], page, texts)
    if sum(len(b.text) for b in added) > 3 * sum(len(b.text) for b in kept) + 2_000:
        return list(kept)
    return order(kept, added)


def _is_alike(form: Form, common: Collection[Form]) -> bool:
    """Whether a paragraph is built like those of a story; its parent may have a name more or less,
    as the first and the last part of a split body do."""
    if form in common:
        return True
    names = set(form[1].partition(".")[2].split())
    return bool(names) and any(
        form[0] == other[0] and form[2] == other[2] and _is_part(names, other[1])
        for other in common
    )


def _is_part(names: set[str], parent: str) -> bool:
    others = set(parent.partition(".")[2].split())
    return len(names & others) > 1 and (names <= others or others <= names)


def _find_between(
    story: Sequence[Block], page: Sequence[Block], texts: Container[str]
) -> list[Block]:
    """The paragraphs of the page right between two of the story in one parent: a drop cap's."""
    parents = {
        b.place: b.element.getparent()
        for b in story
        if b.place >= 0 and b.element is not None and b.tag == "p"
    }
    return [
        block
        for block in page
        if block.tag == "p"
        and block.place not in parents
        and len(block.text) > _PARAGRAPH
        and block.links < 0.5
        and block.folded not in texts
        and block.element is not None
        and (parent := block.element.getparent()) is not None
        and parents.get(block.place - 1) is parent
        and parents.get(block.place + 1) is parent
    ]


def _find_bare(kept: Sequence[Block]) -> HtmlElement | None:
    """The element in which the most of a story stands that has no elements for its paragraphs."""
    letters = Counter[HtmlElement | None]()
    for block in kept:
        letters[block.element] += len(block.text) if block.tag == "div" else 0
    element, most = letters.most_common(1)[0]
    return element if 2 * most > sum(len(block.text) for block in kept) else None


def cut_tail(
    kept: Sequence[Block], container: HtmlElement | None
) -> tuple[list[Block], list[Block]]:
    """(story, tail): the lines behind the last one inside the story's container are its tail."""
    if container is None:
        return list(kept), []
    inside = set(container.iter())
    last = max((i for i, b in enumerate(kept) if b.element in inside), default=len(kept))
    tail = [b for b in kept[last + 1 :] if b.element is not None]
    if sum(len(b.text) for b in tail) > _MOST_TAIL * sum(len(b.text) for b in kept):
        return list(kept), []
    behind = {id(b) for b in tail}
    return [b for b in kept if id(b) not in behind], tail


def find_container(blocks: Sequence[Block]) -> HtmlElement | None:
    """The deepest element that holds 85 % of the letters of the paragraphs, or None."""
    weights: dict[HtmlElement, int] = {}
    total = 0
    for block in blocks:
        if block.element is None or block.is_heading or len(block.text) < 60:
            continue
        total += len(block.text)
        for element in (block.element, *block.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(block.text)
    best: HtmlElement | None = None
    for element, weight in weights.items():  # a parent comes after its child
        if weight >= _MOST * total and (
            best is None or (weights[best] >= weight and best in element.iterancestors())
        ):
            best = element
    return best


def order(kept: Sequence[Block], added: Sequence[Block]) -> list[Block]:
    """Kept lines with added ones before the first kept line that stands behind them on the page."""
    waiting = iter(sorted(added, key=lambda block: block.place))
    following = next(waiting, None)
    result: list[Block] = []
    for block in kept:
        while following is not None and following.place < block.place:
            result.append(following)
            following = next(waiting, None)
        result.append(block)
    if following is not None:
        result += [following, *waiting]
    return result


def read_form(block: Block) -> Form:
    """How a line is built: tag and class of its element and of the two above."""
    element = block.element
    parent = element.getparent() if element is not None else None
    above = parent.getparent() if parent is not None else None
    return (
        f"{block.tag}.{element.get('class') if element is not None else ''}",
        f"{parent.tag}.{parent.get('class')}" if parent is not None and parent.get("class") else "",
        f"{above.tag}.{above.get('class')}" if above is not None else "",
    )


def hear_witness(
    kept: Sequence[Block], page: Sequence[Block], witness: str | None
) -> tuple[list[Block], list[tuple[str, str]]]:
    """The kept lines as far as JSON-LD articleBody knows them, and the paragraphs it adds.

    Heard only where it holds nearly all of what was kept (it is often a teaser) and is no dump of
    the page. Headings stay: most papers leave them out of it.
    """
    told = key(witness) if witness else ""
    size = sum(len(b.folded) for b in kept)
    known = [b for b in kept if len(b.folded) > 30 and b.folded in told]
    if not told or size == 0 or sum(len(b.folded) for b in known) < _ENOUGH * size:
        return list(kept), []
    first = next(i for i, b in enumerate(kept) if len(b.folded) > 30 and b.folded in told)
    left = [b for i, b in enumerate(kept) if i < first or _is_told(b, told)]
    cuts = [("witness", b.text) for i, b in enumerate(kept) if i > first and not _is_told(b, told)]
    have = {b.folded for b in left}
    start = min((b.place for b in left if b.place >= 0), default=0)
    whole = "".join(b.folded for b in left)
    long = [b.folded for b in left if len(b.folded) > _LINE]
    added = []
    for block in page[start:]:
        if (
            len(block.folded) <= _LINE
            or block.folded in have
            or block.tag not in ("p", "div", "li")
        ):
            continue
        if (
            block.folded in told
            and block.folded not in whole
            and not any(f in block.folded for f in long)
        ):
            have.add(block.folded)
            added.append(block)
    return order(left, added), cuts


def _is_told(block: Block, told: str) -> bool:
    return (
        block.is_heading
        or len(block.folded) < 12
        or block.folded in told
        or block.tag in ("li", "tr")
    )


def come_back(story: Story, lines: Sequence[Block], start: int) -> Story:
    """What stands with the headline (at ``start``), where a few words far behind it were taken for
    the story: such a page has no more than a lead and pictures."""
    places = [block.place for block in story.blocks if block.place >= 0]
    head = lines[start].element if start < len(lines) else None
    if head is None or not places or min(places) < start + _AWAY:
        return story
    for holder in list(head.iterancestors())[:_HOLDERS]:
        inside = set(holder.iter())
        if holder.tag == "body" or any(block.element in inside for block in story.blocks):
            break
        near = [block for block in lines[start + 1 : min(places)] if block.element in inside]
        if any(len(b.text) > _PARAGRAPH and b.links < _LINKS for b in near):
            return Story(near, holder, "beside the headline", warnings=story.warnings)
    return story

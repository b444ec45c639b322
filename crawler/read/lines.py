"""Judge the lines of a body one by one: which are not the story, and why.

Each rule is worth something on newspapers and harms no other corpus (`make read-gate`);
the letters it takes out wrongly and rightly stand beside it. Signs count only where a line has
them and the body as a whole has not: wrappers are named "ad-free" and "premium-content", too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.dates import parse_date
from crawler.read.imprint import find_imprint, find_posted
from crawler.read.pointers import find_pointers
from crawler.read.signs import Sign, find_shared
from crawler.read.story import Story
from crawler.read.tagline import read_tagline
from crawler.read.teasers import find_teasers
from crawler.read.widgets import find_leadins, find_widgets
from crawler.read.wording import is_label, is_prompt

_FILE = re.compile(r"[^\s/]{1,120}\.(?:jpe?g|png|gif|webp|tiff?|mp[34]|heic)", re.I)
_STAMPED = re.compile(r"\d{4}\D{1,12}\d{1,2}\s?[:hH.]\s?\d{2}\D{0,6}$")  # "A B, 3 mai 2024 à 9h05"
_MAIL = re.compile(r"\S+@\S+\.\w+")
# Share of letters in links: rightly out 13,084 letters, wrongly 1,280, on fundus and aeb.
_LINKED = 0.8
# Reasons that are wrong where they take much: the page is a list.
_DOUBTFUL = ("link", "sign")
_MOST, _MANY = 0.2, 8  # share of the letters, lines
_SHORT = 200  # letters: less than a list, and not worth a doubt
_TITLE, _FAR = 15, 80  # letters of a headline, and of what stands before it on its line
_KICKER = re.compile(r"\s?[:|]\s?|\s[-–—]\s")
_NEAR = 6  # lines from the first long paragraph in which the head of an article stands
_BIO = 400  # letters of a line about an author
_BEHIND = 4  # lines behind the heading of the readers' comments that invite to them
_TAGGED = 6  # lines at the end in which tags may stand behind their label
_COMMENTS = re.compile(
    r"(?:comments?|kommentare?|kommentarer|commentaires?|comentarios|comentários|commenti|reacties"
    r"|bình luận|ý kiến(?: bạn đọc)?|komentarze|komentáře|комментарии|yorumlar)\W*\d*\W*",
    re.I,
)
_RIGHTS = re.compile(  # behind a last sentence: "... divano. Ultimo aggiornamento: 22:07 © R. R."
    r"(?<=[.!?»\"”)])\s*(?:ultimo aggiornamento:?[\d\s:/.,]{0,30})?(?:©|\(c\))\s*"
    r"(?:riproduzione riservata|tous droits réservés|all rights reserved|alle rechte vorbehalten"
    r"|todos los derechos reservados|todos os direitos reservados)\W*$",
    re.I,
)
_LONG = 80  # letters: a paragraph rather than a line
_DROPPED = (
    Sign.BYLINE
    | Sign.COMMENT
    | Sign.DATE
    | Sign.FRAME
    | Sign.RELATED
    | Sign.ASIDE
    | Sign.SHARE
    | Sign.TAGS
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the page when its lines are judged."""

    titles: frozenset[str]  # folded spellings of the headline
    names: frozenset[str]  # folded names of authors and agency
    parts: frozenset[str] = frozenset()  # folded kickers of the headline and what is behind them
    owners: frozenset[str] = frozenset()  # folded names of the site and the section
    labels: frozenset[str] = frozenset()  # folded lines that introduce other articles: profile
    prompts: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()  # folded titles of announced articles
    walled: bool = False  # what is hidden in the story is for subscribers
    insets: frozenset[HtmlElement] = frozenset()  # elements of other stories within this one
    leads: Callable[[str], bool] = lambda _: False  # whether a link is another article's


def find_common(blocks: Sequence[Block]) -> Sign:
    """The signs of more than half of the letters: those of the wrapper, which say nothing."""
    letters = Counter[Sign]()
    for block in blocks:
        letters[block.signs] += len(block.text)
    return find_shared(letters, letters.total())


def judge(block: Block, head: bool, common: Sign, known: Known) -> str | None:
    """Why a line is not the story, or None. ``head``: it stands before the first paragraph."""
    text, signs = block.text, block.signs & ~common
    if (head or block.is_heading) and _is_headline(block, head, known):
        return "headline"
    if not block.folded:
        return "no letters"
    if " " not in text and _FILE.fullmatch(text):
        return "file name"
    if block.folded in known.related:
        return "related"
    if block.folded in known.labels or is_label(text):
        return "label"
    if block.element in known.insets:
        return "inset"
    if block.folded in known.prompts or is_prompt(text):
        return "prompt"
    if block.links > _LINKED and len(text) < 300:
        return "link"
    if signs & (Sign.CAPTION | Sign.FIGURE) == Sign.CAPTION | Sign.FIGURE or (
        signs & Sign.CAPTION and len(text) < 300
    ):
        return "caption"
    if signs & _DROPPED:
        return f"sign {(signs & _DROPPED).name}"
    if Sign.EMBED in signs and Sign.QUOTE in block.signs:
        return "embedded post"
    if Sign.HIDDEN in signs and len(text) < 60 and not known.walled:
        return "hidden"
    if (head or len(text) < 40) and _is_byline(block, head, known):
        return "byline"
    if not head and _is_bio(block, known):
        return "bio"
    if head and ((len(text) < 120 and _is_date(block, known)) or find_imprint(text)):
        return "date"
    if head and find_posted(text):
        return "byline"
    return None


def _is_headline(block: Block, head: bool, known: Known) -> bool:
    """Whether a line is the headline or, at the top, a part of it; a kicker may stand before it."""
    if block.folded in known.titles:
        return True
    if not head:
        return False
    if block.folded in known.parts:
        return True
    rest = [key(block.text[kicker.end() :]) for kicker in _KICKER.finditer(block.text[:_FAR])]
    return any(len(words) >= _TITLE and words in known.titles for words in rest)


def find_head(blocks: Sequence[Block], titles: Container[str] = ()) -> int:
    """How many lines at the top stand before the first paragraph of the story; a menu above them
    does not count. ``titles``: the folded spellings of the headline, which may be as long."""
    plain = [(place, block) for place, block in enumerate(blocks) if block.links < 0.5]
    for place, block in plain[: _NEAR + 1]:
        short = len(block.text) < _LONG or block.is_heading or block.folded in titles
        if not short and not _STAMPED.search(block.text) and not _is_imprint(block.text):
            return place
    return plain[_NEAR][0] if len(plain) > _NEAR else len(blocks)


def _is_bio(block: Block, known: Known) -> bool:
    """Whether a line presents an author and says how to reach them."""
    if len(block.text) > _BIO or "@" not in block.text:
        return False
    return any(block.folded.startswith(name) for name in known.names if len(name) > 6)


def _is_imprint(text: str) -> bool:
    return find_imprint(text) is not None or find_posted(text) is not None


def _is_byline(block: Block, head: bool, known: Known) -> bool:
    """Whether a short line is made of the authors' names and little else ("By A B, reporter")."""
    if len(block.text) > 120:
        return False
    if block.folded in known.owners:
        return True
    rest = key(_MAIL.sub(" ", block.text)) if head else block.folded
    return len(_drop_names(rest, known)) <= min(12, len(block.folded) - 1)


def _drop_names(folded: str, known: Known) -> str:
    for name in sorted((n for n in known.names if len(n) > 4), key=len, reverse=True):
        folded = folded.replace(name, "")
    return folded


def _is_date(block: Block, known: Known) -> bool:
    """Whether a line is a date, or the authors' names and a date ("A B Publié le 3 mai 2024")."""
    if parse_date(block.text) is None:
        return False
    rest = _drop_names(block.folded, known)
    if _STAMPED.search(block.text):
        return True
    return sum(char.isalpha() for char in rest) <= 30 and (rest != block.folded or len(rest) < 60)


def fold_all(lines: Sequence[str]) -> frozenset[str]:
    """The folded forms of lines, to be compared with Block.folded."""
    return frozenset(folded for line in lines if (folded := key(line)))


def drop_repeats(blocks: Sequence[Block], seen: Container[str] = ()) -> list[Block]:
    """The blocks without longer lines that stood before word for word."""
    kept: list[Block] = []
    met: set[str] = set()
    for block in blocks:
        if len(block.folded) > 40 and (block.folded in met or block.folded in seen):
            continue
        met.add(block.folded)
        kept.append(block)
    return kept


def clear_lines(story: Story, known: Known) -> None:
    """Take the lines out of the story that are not part of it, the reasons into its cuts."""
    story.common = find_common(story.blocks)
    head = find_head(story.blocks, known.titles)
    judged = [
        (b, judge(b, place < head, story.common, known)) for place, b in enumerate(story.blocks)
    ]
    doubtful = _doubt(story, [(block, reason) for block, reason in judged if reason])
    left: list[Block] = []
    for block, reason in judged:
        if reason and reason not in doubtful:
            story.cuts.append((reason, block.text))
        else:
            left.append(block)
    left = _trim_rights(_drop_tags(_drop_comments(left, story), story))
    teasers = find_teasers(left)
    story.cuts += [(reason, block.text) for block, reason in teasers]
    out = {id(block) for block, _ in teasers}
    # behind the teasers, which are known by such a line before them
    rest = [block for block in left if id(block) not in out]
    pointers = find_pointers(rest, known.leads, known.labels, story.element)
    story.cuts += [("pointer", block.text) for block in pointers]
    out |= {id(block) for block in pointers}
    things = [one for one in find_widgets(left) if id(one[0]) not in out]
    things += [(b, "player") for b in find_leadins(left, story.element) if id(b) not in out]
    story.cuts += [(reason, block.text) for block, reason in things]
    out |= {id(block) for block, _ in things}
    story.blocks = drop_repeats([block for block in left if id(block) not in out])


def _drop_comments(blocks: list[Block], story: Story) -> list[Block]:
    """The lines without the heading of the readers' comments at their end and what is behind it."""
    for place in range(max(1, len(blocks) - _BEHIND), len(blocks)):
        if _COMMENTS.fullmatch(blocks[place].text):
            story.cuts += [("comments", block.text) for block in blocks[place:]]
            return blocks[:place]
    return blocks


def _drop_tags(blocks: list[Block], story: Story) -> list[Block]:
    """The lines without those at their end that are a label and tags ("Từ khóa: a, b")."""
    out = {id(block) for block in blocks[-_TAGGED:] if read_tagline(block.text)}
    story.cuts += [("tags", block.text) for block in blocks if id(block) in out]
    return [block for block in blocks if id(block) not in out]


def _trim_rights(blocks: list[Block]) -> list[Block]:
    """The lines, the last one without the reservation of rights that runs on behind its words."""
    if not blocks or not (match := _RIGHTS.search(blocks[-1].text)) or not match.start():
        return blocks
    text = blocks[-1].text[: match.start()].rstrip()
    return [*blocks[:-1], replace(blocks[-1], text=text, folded=key(text))]


def _doubt(story: Story, cuts: Sequence[tuple[Block, str]]) -> set[str]:
    """The reasons that would take so much that they are wrong: the page is a list, not a story."""
    if story.letters < _SHORT:
        return set()
    lines = Counter(reason for _, reason in cuts)
    letters = Counter[str]()
    for block, reason in cuts:
        letters[reason] += len(block.text)
    return {
        reason
        for reason in lines
        if reason.startswith(_DOUBTFUL)
        and (letters[reason] > _MOST * story.letters or lines[reason] > _MANY)
    }

"""Find what asks something of the reader right behind a text: a link, a button, a field, a gate.

    <p>The last paragraph that is shown.</p>
    <div class="lock"><p>Words that nobody knows.</p><a href="/join">Open the door</a></div>

Most pages have such a thing, a newsletter's box or a poll; so it is only written down (in the
trace's ``shown``), and the archive asks whether it is new where most of an article went
(archive/index/walled.py). It is a ``gate`` where it stands beside the paragraph and has no field,
or is named for those who pay, else an ``offer``. Links to articles, and what stands in the page's
frame, are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.glance import fold, is_message, split_sentences
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign, read_signs
from crawler.read.story import Story

_PARAGRAPH = 80  # letters
_SHORT = 3  # lines at the end of a story that may be the offer
_BEHIND = 24  # elements behind the last paragraph
_LEAST, _LINE = 15, 200  # letters of a line that asks
_SELLS = re.compile(  # looked for before the expressions of whole sentences, which cost more
    r"subscri|abon|\babo|susc?ri|assin|member|sign (?:up|in)|log in|regist|keep reading|lesen"
    r"|leggere|đăng (?:nhập|ký)|trả phí|mua|langgan|okumak|czyta|lezen|läs|lukem|előfizet|подписк"
    r"|会员|會員|订阅|訂閱|有料|구독|회원",
    re.I,
)
_FIELDS = ("button", "input", "textarea")
GATE = re.compile(
    r"paywall|\bpay-?gate|\bgate\b|piano|\block(?:ed|er|-|$|\b)|unlock|premium|subscri|abonn|\babo\b"
    r"|member|\bmur\b|gembok|langgan|khoa-?(?:noi|bai)|tra-?phi|\bvip\b|regwall|metered|barrier",
    re.I,
)
_PASSED = Sign.FRAME | Sign.RELATED | Sign.COMMENT | Sign.SHARE | Sign.TAGS | Sign.BYLINE | Sign.AD


def find_offer(sheet: Sheet, story: Story) -> tuple[str, HtmlElement] | None:
    """("gate" or "offer", the first element behind a story that wants something of the reader)."""
    last = _find_last(story.blocks)
    if last is None:
        return None
    common = story.common | sheet.wrapped
    for element in islice(_follow(last), _BEHIND):
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("aside", "nav", "footer") or read_signs(element) & _PASSED & ~common:
            return None
        if _wants(element, sheet):
            return "gate" if _is_gate(element, last) else "offer", element
    return None


def find_bare(story: Story) -> HtmlElement | None:
    """The element of a story's last line where nothing stands behind it on the page, neither list
    nor foot: a page that was cut in its text, or one of a paper without either."""
    last = next((b.element for b in reversed(story.blocks) if b.element is not None), None)
    if last is None:
        return None
    for node in (last, *last.iterancestors()):
        if (node.tail or "").strip() or any(map(_is_there, node.itersiblings())):
            return None
    return last


def _is_there(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str):
        return bool((element.tail or "").strip())
    if element.tag in ("script", "style", "noscript", "template"):
        return bool((element.tail or "").strip())
    return bool(element.text_content().strip() or (element.tail or "").strip())


def _is_gate(element: HtmlElement, last: HtmlElement) -> bool:
    if GATE.search(_name(element)):
        return True
    around = last.getparent()
    if around is None or around.tag == "body" or around not in element.iterancestors():
        return False
    box = element.getparent() if element.getparent() is not around else element
    return box is not None and not any(map(_is_field, box.iter("input", "textarea")))


def _find_last(blocks: list[Block]) -> HtmlElement | None:
    """The element of the last paragraph, behind which some short lines may stand."""
    for block in reversed(blocks[-_SHORT - 1 :]):
        if block.element is not None and (
            (len(block.text) > _PARAGRAPH and block.links == 0) or block is blocks[0]
        ):
            return block.element
    return None


def _follow(element: HtmlElement) -> Iterator[HtmlElement]:
    """What stands behind an element, in the order of the page."""
    for node in (element, *element.iterancestors()):
        if node.tag in ("body", "html"):
            return
        for sibling in node.itersiblings():
            yield from sibling.iter()


def _wants(element: HtmlElement, sheet: Sheet) -> bool:
    if element.tag in _FIELDS:
        return _is_field(element)
    if GATE.search(_name(element)) or _asks(element):
        return True
    href = element.get("href") if element.tag == "a" else None
    if not href or href.startswith("#"):
        return False
    return sheet.site.role(urljoin(sheet.base, href)) not in ("article", "home")


def _asks(element: HtmlElement) -> bool:
    """Whether a line says in a paywall's words what it wants: some have neither link nor field."""
    words = (element.text or "").strip()
    if not _LEAST <= len(words) <= _LINE or not _SELLS.search(words):
        return False
    return any(is_message("paywall-stub", said) for said in split_sentences(fold(words)))


def _is_field(element: HtmlElement) -> bool:
    return (element.get("type") or "").lower() != "hidden"


def _name(element: HtmlElement) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "role"))

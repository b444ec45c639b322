"""Notices a list of articles where the address promised one article.

Decision: a page is a list when it declares no article and a good part of the text found on it is
headlines and summaries of other articles, or there is hardly a text beside many links: but for a
brief with a date or a headline of its own in the body that the profile names, which a large frame
makes no list. The number of
links alone was rejected: real article pages carry 100 of them around the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element

from archive.records import Article
from crawler.read.anchors import Anchor, Cards, make_links
from crawler.read.clean import key
from crawler.read.head import declares_article
from crawler.read.words import read_words

MANY, FEW = 10, 4  # links to different articles that a list has; a short list at least
SHORT = 250  # characters under which a text is no article's beside MANY links
BRIEF = 80  # ... but such a one: in the profile's body, dated, and not of other articles' teasers
SHARE = 0.3  # of the text's lines that are headlines or summaries of other articles
HEADLINE = 20  # letters of a headline; the names of sections and topics have fewer
WHOLE = 0.8  # the same share of a short list: an article with leaked teasers has less


def is_list(tree: _Element, article: Article | None, anchors: Sequence[Anchor]) -> bool:
    """Whether the page lists articles instead of being one."""
    others = [anchor for anchor in anchors if anchor.role == "article"]
    count = len({anchor.url for anchor in others})
    if count < FEW or declares_article(tree):
        return False
    text = article.text if article is not None else ""
    is_short = len(text) < SHORT and count >= MANY
    if is_short and not (article and _is_own_body(tree, article)):
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    shown = make_links(others, "category", Cards(others))
    words = {link.title for link in shown} | {link.summary for link in shown}
    if is_short:
        return sum(len(line) for line in lines if line not in words) < BRIEF
    least = SHARE if count >= MANY else WHOLE
    return sum(line in words for line in lines) >= max(3, len(lines) * least)


def _is_own_body(tree: _Element, article: Article) -> bool:
    """Whether a page has words where the profile says a story stands, under a headline, and a date
    or an h1 that is the headline and leads the title element too."""
    if not (article.sources.get("text") or "").startswith("profile:") or not article.title:
        return False
    if article.published:
        return True
    title = key(article.title)
    headed = [key(read_words(element)) for element in tree.iter("h1")]
    named = key(next((read_words(element) for element in tree.iter("title")), ""))
    return len(title) >= HEADLINE and headed == [title] and named.startswith(title)

"""Finds lines in texts that are no article's: labels, credits, prompts, bylines at the end.

What the reader knows for certain is cut already, so that its own words (labels.toml, wording.toml)
are asked here more widely: short lines that begin with a label, forms of credits, headlines that
the page links to. A person is to look at them, nothing is cut by this. A line that several of the
texts share is one, whatever its language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from archive.records import Article
from crawler.read.clean import key
from crawler.read.wording import is_label, is_prompt

SHARED = 3  # texts that have a line before it is told
_SHORT = 100  # letters; a longer line is a paragraph
_LABEL = 60  # letters of a line that only begins with a label
_CREDIT = re.compile(
    r"(?:ảnh|ảnh tư liệu|nguồn|video|đồ họa|photos?|picture|source|foto|bild|quelle|sumber|grafis)"
    r"\s*(?:minh họa)?\s*[:：]\s*\S.*",
    re.I,
)

_BEGIN = re.compile(
    r"\W*(?:(?:tin|bài|các tin|các bài)(?: viết)? (?:liên quan|cùng chuyên mục|khác|mới)|xem thêm|"
    r"đọc thêm|đọc tiếp|chia sẻ|bình luận|từ khóa|theo dõi|read (?:more|also|next)|see also|"
    r"related|share|follow us|baca juga|baca selanjutnya|lihat juga|bagikan|lire aussi|à lire|"
    r"mehr zum|lesen sie auch|auch interessant|lea también|leia também|leggi anche)\b[^.!?]*",
    re.I,
)
_HEADLINE = 20  # letters of a linked headline that is known again

Leak = tuple[str, str]
"""(kind, line)."""


def find_leaks(
    articles: Sequence[Article], linked: Sequence[Collection[str]] = ()
) -> list[list[Leak]]:
    """The lines of each text that look like no article's; ``linked`` are the headlines that each
    page links to."""
    heads = [{key(h) for h in some if len(h) >= _HEADLINE} for some in linked]
    heads += [set() for _ in articles[len(heads) :]]
    texts = [_list_lines(article) for article in articles]
    counts = Counter(name for lines in texts for name in {key(line) for line in lines})
    shared = {name for name, count in counts.items() if name and count >= SHARED}
    return [
        [(kind, line) for line in lines if (kind := _judge(line, lines, article, shared, head))]
        for article, lines, head in zip(articles, texts, heads, strict=True)
    ]


def _list_lines(article: Article) -> list[str]:
    return [line for line in article.text.split("\n") if line.strip()]


def _judge(
    line: str, lines: Sequence[str], article: Article, shared: set[str], heads: set[str]
) -> str:
    """What a line is, "" if it is the story's as far as anyone can tell."""
    if key(line) in heads - {key(article.title)}:
        return "headline"
    if len(line) <= _SHORT:
        if is_prompt(line) or is_label(line) or (len(line) <= _LABEL and _BEGIN.fullmatch(line)):
            return "label"
        if _CREDIT.fullmatch(line):
            return "credit"
        if line is lines[-1] and key(line) in {key(name) for name in article.authors}:
            return "byline"
    return "shared" if key(line) in shared else ""

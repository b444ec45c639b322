"""The client's example: a page of the ePi platform made from a naive reader's text.

The text lies outside the repository (``SEED``); ``own_text()`` is one of the same structure in
words of ours. Blocks are apart by empty lines: title, lead, then pictures (a file name, its
caption perhaps on the next line) and paragraphs, two label lines, related items (title from the
picture's alt, title again, summary), and the letters of the share buttons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.shared import SHARED

from .newsroom import Newsroom
from .paper import quote
from .prose import slugify

SEED = SHARED / "seed" / "000_41639ebafbf079b6.txt"
BASE = "http://seed.test"
FILE = re.compile(r"[\w.-]+\.(?:jpe?g|png|webp)", re.ASCII)
LABELS = ("Có thể bạn quan tâm", "Tin cùng chuyên mục")
LETTERS = "fb yt zl tw"
PUBLISHED = "2023-06-28T15:20:00+0700"


@dataclass(frozen=True)
class Example:
    """What the text says, part by part."""

    title: str
    lead: str
    body: tuple[tuple[str, str | None], ...]  # (paragraph, None) or (file name, caption or "")
    related: tuple[tuple[str, str], ...]  # title, summary

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs alone, in order."""
        return [text for text, caption in self.body if caption is None]

    @property
    def pictures(self) -> list[tuple[str, str | None]]:
        """File name and caption of each picture."""
        return [(name, caption or None) for name, caption in self.body if caption is not None]


def read_seed() -> str:
    """Return the client's text; FileNotFoundError, saying where it should be, when it is absent."""
    return SEED.read_text("utf-8")


def parse_seed(text: str) -> Example:
    """Return the parts of ``text``; ValueError where it has another structure."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text.strip())]
    if blocks[-1] != LETTERS or any(blocks.count(label) != 1 for label in LABELS):
        raise ValueError("not the example's structure: label lines or share letters are missing")
    start, end = blocks.index(LABELS[0]), len(blocks) - 1
    items = blocks[start + 2 : end]
    if len(items) % 3 or items[::3] != items[1::3]:
        raise ValueError("not the example's structure: related items are title, title, summary")
    body = tuple(_parse_block(block) for block in blocks[2:start])
    return Example(blocks[0], blocks[1], body, tuple(zip(items[1::3], items[2::3], strict=True)))


def build_seed_page(text: str, base: str = BASE) -> bytes:
    """Return the ePi article page that ``text`` came from, as UTF-8 HTML."""
    example = parse_seed(text)
    body = "".join(_write_part(base, part) for part in example.body)
    rows = "".join(_write_item(base, number, *one) for number, one in enumerate(example.related))
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{quote(example.title)} | Báo Ví Dụ</title>
<meta property="og:type" content="article">
<meta property="og:url" content="{base}/post-370001.html">
<meta property="og:title" content="{quote(example.title)}">
<meta property="article:published_time" content="{PUBLISHED}">
<link rel="canonical" href="{example_url(example, base)}">
<script>var cateId = 12; var contentId = 370001;</script></head>
<body><header><h1 class="logo"><a href="/">Báo Ví Dụ</a></h1></header>
<main><ul class="breadcrumbs"><li class="main-cate"><a href="/chinh-tri/">Chính trị</a></li>
<li class="sub-cate"><a href="/kinh-te/">Kinh tế</a></li></ul>
<article class="article"><h1 class="article__title cms-title">{quote(example.title)}</h1>
<div class="article__meta"><time class="time" datetime="{PUBLISHED}">28/06/2023 15:20</time></div>
<div class="article__sapo cms-desc">{quote(example.lead)}</div>
<div class="article__body cms-body" itemprop="articleBody">
{body}</div></article>
<div class="box-content" data-source="recommendation-box"><h3 class="box-heading">{LABELS[0]}</h3>
</div>
<div class="box-content content-list" data-source="zone-same">
<h3 class="box-heading">{LABELS[1]}</h3>
{rows}</div></main>
<footer><a class="fb" href="https://facebook.test/">fb</a> <a class="yt" href="https://youtube.test/">yt</a>
<a class="zl" href="https://zalo.test/">zl</a> <a class="tw" href="https://x.test/">tw</a></footer>
</body></html>
""".encode()


def tell_seed(text: str, base: str = BASE) -> dict[str, Any]:
    """Return what must be read on ``build_seed_page(text, base)``."""
    example = parse_seed(text)
    return {
        "url": example_url(example, base),
        "title": example.title,
        "lead": example.lead,
        "paragraphs": example.paragraphs,
        "text": "\n".join(example.paragraphs),
        "section": "Chính trị",
        "published": "2023-06-28T15:20:00+07:00",
        "images": [
            {"url": f"{base}/images/{name}", "caption": caption}
            for name, caption in example.pictures
        ],
        "related": [
            {"url": _item_url(base, number, title), "title": title, "summary": summary}
            for number, (title, summary) in enumerate(example.related)
        ],
    }


def own_text(seed: int = 28) -> str:
    """Return a text of the example's structure in words of the newsroom."""
    newsroom = Newsroom(seed, date(2023, 6, 19), 10, 6)
    stories = [story for one in newsroom.visible() if (story := newsroom.find(one))]
    long = next(one for one in stories if len(one.paragraphs) >= 5 and not one.subheads)
    first = f"_DSC{long.id}.jpg\nQuang cảnh buổi làm việc."
    paragraphs = long.paragraphs[:5]
    body = [first, *paragraphs[:3], f"_DSC{long.id + 1}.jpg", *paragraphs[3:]]
    others = [one for one in stories if one.id != long.id][:8]
    items = [text for one in others for text in (one.title, one.title, one.lead)]
    return "\n\n".join([long.title, long.lead, *body, *LABELS, *items, LETTERS])


def example_url(example: Example, base: str = BASE) -> str:
    """Return the canonical address of the example's page."""
    return f"{base}/{slugify(example.title)}-post370001.html"


def _parse_block(block: str) -> tuple[str, str | None]:
    name, _, caption = block.partition("\n")
    return (name, caption) if FILE.fullmatch(name) else (" ".join(block.split("\n")), None)


def _write_part(base: str, part: tuple[str, str | None]) -> str:
    text, caption = part
    if caption is None:
        return f"<p>{quote(text)}</p>\n"
    image = f'<img class="cms-photo" src="{base}/images/{text}" alt="{text}">'
    if not caption:
        return f'<figure class="picture">{image}</figure>\n'
    return (
        f'<table class="picture" align="center"><tbody><tr><td class="pic">{image}</td></tr>'
        f'<tr><td class="caption"><p>{quote(caption)}</p></td></tr></tbody></table>\n'
    )


def _item_url(base: str, number: int, title: str) -> str:
    return f"{base}/{slugify(title)}-post{395000 + number}.html"


def _write_item(base: str, number: int, title: str, summary: str) -> str:
    href, name = _item_url(base, number, title), quote(title)
    image = f'<img src="{base}/images/thumb-{number}.jpg" alt="{name}">'
    return f"""<article class="story" data-id="{395000 + number}">
<figure class="story__thumb"><a class="cms-link" href="{href}">{image}</a></figure>
<h2 class="story__heading"><a class="cms-link" href="{href}">{name}</a></h2>
<div class="story__summary">{quote(summary)}</div></article>
"""

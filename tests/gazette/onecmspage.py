"""The markup of OneCMS pages: class names as the system has them, every word our own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .feed import write_us
from .paper import quote
from .prose import Section, slugify, toss, write_instant
from .story import Picture, Story

if TYPE_CHECKING:
    from .onecms import OnecmsPaper

PLAYER = """<div class="c-audio"><div class="c-audio__bar">0:00 / 0:00</div><select>
<option>Nam miền Bắc</option><option>Nữ miền Nam</option></select></div>
"""
COMMENTS = """<div class="c-comments"><div class="c-comments__title">(0) Bình luận</div>
<span>Xếp theo: Thời gian / Số người thích</span><textarea></textarea>
<button>Gửi bình luận</button></div>
"""


def frame(paper: OnecmsPaper, title: str, head: str, main: str) -> str:
    """Return a whole page."""
    menu = "".join(
        f'<li><a href="/{one.slug}">{quote(one.name)}</a></li>' for one in paper.newsroom.sections
    )
    return f"""<!DOCTYPE html>
<html lang="vi-VN"><head><meta charset="utf-8"><title>{quote(title)}</title>
<link rel="stylesheet" href="https://asset.1cdn.test/onecms/all.css">
{head}</head>
<body><header class="c-header"><a class="logo" href="/">{quote(paper.name)}</a>
<ul class="c-menu">{menu}</ul></header>
<div class="l-content">
{main}</div>
<footer class="c-footer"><p>{quote(paper.name)}. Tổng biên tập: Lê Thế Viễn</p>
<a href="/rss/tin-moi-nhat.rss">RSS</a> <a href="https://tinhdoan.test/">Tỉnh đoàn</a></footer>
</body></html>
"""


def item(paper: OnecmsPaper, place: str, story: Story) -> str:
    """Return a story in a list."""
    href, title = quote(paper.link(story, place)), quote(story.title)
    image = ""
    if story.images:
        picture = f'<img src="{story.images[0].path}" alt="{title}">'
        image = f'<div class="b-grid__img"><a href="{href}">{picture}</a></div>'
    return f"""<div class="b-grid">{image}<div class="b-grid__content">
<h3 class="b-grid__title"><a href="{href}">{title}</a></h3>
<div class="b-grid__desc"><a href="{href}">{quote(story.lead)}</a></div></div></div>
"""


def box(paper: OnecmsPaper, place: str, title: str, stories: Iterable[Story]) -> str:
    """Return a titled box of stories; nothing for none."""
    rows = "".join(item(paper, place, one) for one in stories)
    if not rows:
        return ""
    return f"""<div class="c-box"><div class="c-box__title"><div class="c-box__title__name">\
{quote(title)}</div></div>
<div class="c-box__content"><div class="c-template-list">{rows}</div></div></div>
"""


def home(paper: OnecmsPaper, ids: Sequence[int]) -> str:
    """Return the front page."""
    parts = [box(paper, "home", "Tin mới nhất", paper.show(ids[:10]))]
    for section in paper.newsroom.sections:
        stories = paper.show(paper.newsroom.visible(section)[:4])
        parts.append(box(paper, f"home-{section.slug}", section.name, stories))
    return frame(paper, paper.name, "", "".join(parts))


def category(paper: OnecmsPaper, section: Section, stories: Sequence[Story], links: str) -> str:
    """Return the first page of a section; after the list a box of older stories, as a trap. The
    redesigned paper has ``links`` to its pages.
    """
    place = f"channel-{section.zone}"
    rows = "".join(f'<li pid="{one.id}">{item(paper, place, one)}</li>\n' for one in stories)
    last = stories[-1].id if stories else 0
    action = f"api/getarticlebychannel/{section.zone}&amp;pubid={last}"
    channel = f'<meta property="channel:url" content="{paper.base}/{section.slug}">\n'
    oldest = paper.show(paper.newsroom.visible(section)[-2:]) if "topmost" in paper.active else []
    main = f"""<h1 class="c-list__title">{quote(section.name)}</h1>
<ul class="onecms_load_view" data-action="{action}">
{rows}</ul>{links or '<button class="onecms_more">Xem thêm</button>'}
{box(paper, "topmost", "Nổi bật", oldest)}"""
    return frame(paper, section.name, channel, main)


def listing(paper: OnecmsPaper, title: str, stories: Sequence[Story]) -> str:
    """Return a list page that is no section: a tag."""
    return frame(paper, title, "", box(paper, title, title, stories))


def notice(paper: OnecmsPaper) -> str:
    """Return the page that says a story is not there."""
    return frame(paper, "404", "", f'<div class="c-404"><p>{paper.labels["gone"]}</p></div>')


def article(paper: OnecmsPaper, story: Story) -> str:
    """Return an article page."""
    sapo = quote(story.lead)
    if marker := paper.dateline(story):
        sapo = f"{marker} - {sapo}"
    player = PLAYER if "tts" in paper.active else ""
    tags = "".join(f'<a href="/{slugify(tag)}-ptag.html">{quote(tag)}</a> ' for tag in story.tags)
    section = story.section
    others = paper.show(paper.newsroom.earlier(story.id, 4, same=False))
    kept = "old-template" in paper.active and toss("template", story.id) % 5 == 0
    main = f"""<div class="c-news-detail"><ol class="breadcrumb">
<li class="breadcrumb-item"><a href="/">{paper.labels["home"]}</a></li>
<li class="breadcrumb-item"><a href="/{section.slug}">{quote(section.name)}</a></li></ol>
<div class="c-share-top"><span>Chia sẻ Facebook</span> <span>Theo dõi trên Google News</span></div>
<div class="b-maincontent">{player}<article class="entry" itemprop="articleBody">
<div class="sc-longform-header">{(_open_old if kept else _open_new)(story)}
<p class="sc-longform-header-sapo block-sc-sapo">{sapo}</p></div>
<div class="sc-empty-layer"></div>
{_body(paper, story)}</article></div>
<div class="c-widget-tags onecms__tags"><b>{paper.labels["tags"]}</b> {tags}</div>
{_boxes(paper, story)}{COMMENTS}</div>
<div class="l-sidebar">{box(paper, f"side-{story.id}", "Nổi bật", others)}</div>
"""
    return frame(paper, f"{story.title} - {paper.name}", _head(paper, story), main)


def _open_new(story: Story) -> str:
    return f"""<h1 class="sc-longform-header-title block-sc-title">{quote(story.title)}</h1>
<div class="sc-longform-header-meta">\
<span class="sc-longform-header-author block-sc-author">{quote(", ".join(story.authors))}</span>
<span class="sc-longform-header-date block-sc-publish-time">\
{story.published:%d/%m/%Y %H:%M}</span></div>"""


def _open_old(story: Story) -> str:
    return f"""<div class="c-detail-head"><h1 class="c-detail-head__title">{quote(story.title)}</h1>
<span class="c-detail-head__time">{story.published:%d-%m-%Y %H:%M}</span>
<span class="c-author-page">{quote(", ".join(story.authors))}</span></div>"""


def _head(paper: OnecmsPaper, story: Story) -> str:
    us = "us-date" in paper.active
    published = write_us(story.published) if us else write_instant(story.published)
    names = {
        "description": story.lead,
        "article:published_time": published,
        "article:section": story.section.name,
        "keywords": ",".join(story.tags),
    }
    properties = {
        "og:type": "article",
        "og:url": paper.url(story),
        "og:title": story.title,
        "og:description": story.lead,
        "dable:author": ", ".join(story.authors),
        "channel:url": f"{paper.base}/{story.section.slug}",
    }
    rows = [f'<meta name="{name}" content="{quote(text)}">' for name, text in names.items()]
    rows += [f'<meta property="{key}" content="{quote(text)}">' for key, text in properties.items()]
    if story.images:
        rows.append(f'<meta property="og:image" content="{paper.base}{story.images[0].path}">')
    return "\n".join(rows) + f'\n<link rel="canonical" href="{paper.url(story)}">\n'


def _body(paper: OnecmsPaper, story: Story) -> str:
    inline = paper.inline(story)
    parts = [_picture(paper, one) for one in story.images if one.after < 0]
    if "lead-again" in paper.active and toss("again", story.id) % 3 == 0:
        parts.insert(0, f"<p><strong>{quote(story.lead)}</strong></p>\n")
    for number, text in enumerate(story.paragraphs):
        tag = "h3" if number in story.subheads else "p"
        parts.append(f"<{tag}>{quote(text)}</{tag}>\n")
        if number in inline:
            parts.append(_highlight(paper, inline[number], story))
        parts += [_picture(paper, one) for one in story.images if one.after == number]
    if story.agency and "agency" in paper.active:
        name = quote(f"Theo {story.agency}")
        parts.append(f'<p style="text-align: right"><strong>{name}</strong></p>\n')
    return "".join(parts)


def _highlight(paper: OnecmsPaper, story: Story, host: Story) -> str:
    href = quote(paper.link(story, f"inline-{host.id}"))
    return (
        '<div class="sc-hightlight-box"><p>Xem thêm:</p>'
        f'<p><a href="{href}">{quote(story.title)}</a></p></div>\n'
    )


def _picture(paper: OnecmsPaper, picture: Picture) -> str:
    image = f'<img src="{picture.path}" alt="{quote(paper.alt(picture))}">'
    legend = quote(paper.legend(picture))
    caption = f"<figcaption>{legend}</figcaption>" if legend else ""
    return f'<figure class="sc-image">{image}{caption}</figure>\n'


def _boxes(paper: OnecmsPaper, story: Story) -> str:
    return "".join(
        box(paper, f"box{number}-{story.id}", label, paper.show(ids))
        for number, (label, ids) in enumerate(paper.blocks(story))
    )

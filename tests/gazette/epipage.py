"""The markup of ePi pages: class names as the system has them, every word our own.

Functions take the paper and return HTML text; nothing here decides what is on a page.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from .paper import GHOSTS, quote
from .prose import Section, toss
from .story import Picture, Story

if TYPE_CHECKING:
    from .epi import EpiPaper

CLOCK = "Thứ hai, 15/09/2025 - 12:40"  # a header clock that stands still: no article's date
PLAYER = """<div class="tts-player"><div class="voice-board"><span class="time">0:00</span> /
<span>0:00</span><ul><li>Nam miền Bắc</li><li>Nữ miền Bắc</li><li>Nữ miền Nam</li></ul></div></div>
"""
AD = '<div class="ads_middle"><div id="adsWeb_AdsMid{n}"><span>Quảng cáo</span></div></div>\n'
SHARE = """<div class="article__social"><a class="fb" href="https://facebook.test/share">fb</a>
<a class="yt" href="https://youtube.test/kenh">yt</a> <a class="zl" href="https://zalo.test/oa">zl</a>
<a class="tw" href="https://x.test/intent">tw</a></div>
"""


def stamp(instant: datetime) -> str:
    """Return a date with an offset that has no colon, as the platform writes it."""
    return instant.strftime("%Y-%m-%dT%H:%M:%S%z")


def frame(
    paper: EpiPaper, title: str, head: str, main: str, zone: int = 0, content: int = 0
) -> str:
    """Return a whole page: head, header with navigation, ``main``, footer."""
    logo = f'<a href="/" title="{quote(paper.name)}">{quote(paper.name)} điện tử</a>'
    logo = f'<h1 class="logo">{logo}</h1>' if "logo-h1" in paper.active else f"<div>{logo}</div>"
    menu = "".join(
        f'<li><a href="{paper.base}/{one.slug}/">{quote(one.name)}</a></li>'
        for one in paper.newsroom.sections
    )
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{quote(title)} | {quote(paper.name)}</title>
<link rel="alternate" type="application/rss+xml" href="{paper.base}/rss/home.rss">
{head}<script>var cateId = {zone}; var contentId = {content};</script></head>
<body><header class="site-header">{logo}<div class="clock">{CLOCK}</div>
<nav><ul class="menu">{menu}</ul></nav>
<form action="/tim-kiem/"><input name="q" placeholder="Nhập từ khóa"></form></header>
<main>
{main}</main>
<footer class="site-footer"><p>{quote(paper.name)} - Giấy phép số 00/GP-BTTTT</p>
<p>Tòa soạn: tổ 9, phường Sơn Khê. Hotline: 0214 000 000</p>
<a href="/tim-kiem/?q=moi">Tìm kiếm</a> <a href="https://congthongtin.test/">Cổng thông tin</a>
<a href="mailto:toasoan@paper.test">Mail tòa soạn</a></footer></body></html>
"""


def item(paper: EpiPaper, place: str, story: Story) -> str:
    """Return a story in a list."""
    href, title = quote(paper.link(story, place)), quote(story.title)
    thumb = ""
    if story.images:
        picture = f'<img src="{story.images[0].path}" alt="{title}">'
        thumb = (
            f'<figure class="story__thumb"><a class="cms-link" href="{href}">{picture}</a></figure>'
        )
    return f"""<article class="story" data-id="{story.id}">{thumb}
<h2 class="story__heading"><a class="cms-link" href="{href}" title="{title}">{title}</a></h2>
<div class="story__meta"><time datetime="{stamp(story.published)}">\
{story.published:%d/%m/%Y %H:%M}</time></div>
<div class="story__summary">{quote(story.lead)}</div></article>
"""


def box(paper: EpiPaper, place: str, title: str, stories: Iterable[Story], css: str) -> str:
    """Return a titled box of stories; nothing for none."""
    rows = "".join(item(paper, place, one) for one in stories)
    heading = f'<h3 class="box-heading">{quote(title)}</h3>\n'
    return f"<div {css}>{heading}{rows}</div>\n" if rows else ""


def home(paper: EpiPaper, ids: Sequence[int]) -> str:
    """Return the front page."""
    content = 'class="box-content content-list"'
    top = paper.show(ids[:10])
    parts = [box(paper, "home-top", "Tin mới", top, content)]
    for section in paper.newsroom.sections:
        stories = paper.show(paper.newsroom.visible(section)[:5])
        parts.append(box(paper, f"home-{section.slug}", section.name, stories, content))
    if "ghosts" in paper.active:
        parts.append(_ghosts(paper, top))
    meta = '<meta property="og:type" content="website">\n'
    return frame(paper, "Trang nhất", meta, "".join(parts))


def category(paper: EpiPaper, section: Section, stories: Sequence[Story], links: str) -> str:
    """Return the first page of a section; the pager asks for the rest by ``cateId``, and the
    redesigned paper has ``links`` to its pages.
    """
    css = f'class="box-content content-list" data-source="zone-timeline-{section.zone}"'
    rows = box(paper, f"zone-{section.zone}", section.name, stories, css)
    more = links or '<button class="control__loadmore">Xem thêm</button>\n'
    feeds = f"{paper.base}/rss/{section.slug}-{section.zone}.rss"
    head = f'<link rel="alternate" type="application/rss+xml" href="{feeds}">\n'
    return frame(paper, section.name, head, rows + more, section.zone)


def listing(paper: EpiPaper, title: str, stories: Sequence[Story]) -> str:
    """Return a list page that is no section: a tag."""
    return frame(paper, title, "", box(paper, title, title, stories, 'class="box-content"'))


def notice(paper: EpiPaper) -> str:
    """Return the page that says a story is not there."""
    words = (
        f'<div class="error-page"><h2>{paper.labels["gone"]}</h2><a href="/">Về trang chủ</a></div>'
    )
    return frame(paper, "Không tìm thấy trang", "", words)


def article(paper: EpiPaper, story: Story) -> str:
    """Return an article page."""
    title = quote(story.title)
    if "nfd" in paper.active and toss("nfd", story.id) % 6 == 0:
        title = unicodedata.normalize("NFD", title)
    sapo = quote(story.lead)
    if marker := paper.dateline(story):
        sapo = (f"({marker}) - " if story.id % 2 else f"{marker} - ") + sapo
    player = PLAYER if "tts" in paper.active else ""
    tags = "".join(
        f'<li><a href="{paper.tag_path(tag)}">{quote(tag)}</a></li>' for tag in story.tags
    )
    main = f"""{_breadcrumb(paper, story)}<article class="article" itemscope>
<h1 class="article__title cms-title">{title}</h1>
<div class="article__meta"><meta class="cms-date" itemprop="datePublished" \
content="{stamp(story.published)}">{_byline(story)}
<time class="time" datetime="{stamp(story.published)}">{story.published:%d/%m/%Y %H:%M}</time>
<a class="print" href="/in-bai{paper.path(story)}" rel="nofollow">In bài</a></div>
{player}<div class="article__sapo cms-desc">{sapo}</div>
<div class="article__body cms-body" itemprop="articleBody">
{_body(paper, story)}</div>
<div class="article__tag"><strong>{paper.labels["tags"]}</strong><ul>{tags}</ul></div>
{SHARE}</article>
{_boxes(paper, story)}"""
    zone = story.section.zone
    return frame(paper, story.title, _head(paper, story), main, zone, story.id)


def twin(paper: EpiPaper, story: Story, kind: str) -> str:
    """Return the AMP (``amp``) or print form of an article; canonical names the article."""
    lines = "".join(f"<p>{quote(one)}</p>\n" for one in story.paragraphs)
    mark = " amp" if kind == "amp" else ""
    return f"""<!DOCTYPE html>
<html{mark} lang="vi"><head><meta charset="utf-8"><title>{quote(story.title)}</title>
<link rel="canonical" href="{paper.url(story)}"></head><body>
<h1 class="article__title cms-title">{quote(story.title)}</h1>
<div class="article__sapo cms-desc">{quote(story.lead)}</div>
<div class="article__body cms-body">{lines}</div></body></html>
"""


def _head(paper: EpiPaper, story: Story) -> str:
    url = paper.url(story)
    og_url = f"{paper.base}/post-{story.id}.html" if "short-og-url" in paper.active else url
    rows = {
        "og:type": "article",
        "og:url": og_url,
        "og:title": story.title,
        "og:description": story.lead,
        "og:site_name": paper.name,
        "article:published_time": stamp(story.published),
        "article:modified_time": stamp(story.modified),
        "article:section": story.section.name,
    }
    metas = [f'<meta property="{name}" content="{quote(text)}">' for name, text in rows.items()]
    metas += [f'<meta property="article:tag" content="{quote(tag)}">' for tag in story.tags]
    if story.images:
        metas.append(f'<meta property="og:image" content="{paper.base}{story.images[0].path}">')
    links = (
        f'<link rel="canonical" href="{url}">\n'
        f'<link rel="amphtml" href="{paper.base}/amp{paper.path(story)}">\n'
    )
    about = f'<meta name="description" content="{quote(story.lead)}">\n'
    return (
        about
        + "\n".join(metas)
        + "\n"
        + links
        + (_json_ld(paper, story) if paper.structured else "")
    )


def _json_ld(paper: EpiPaper, story: Story) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": paper.url(story)},
        "headline": story.title,
        "description": story.lead,
        "datePublished": stamp(story.published),
        "dateModified": stamp(story.modified),
        "author": [{"@type": "Person", "name": one} for one in story.authors],
        "publisher": {"@type": "Organization", "name": paper.name},
    }
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _breadcrumb(paper: EpiPaper, story: Story) -> str:
    def link(one: Section) -> str:
        return f'<a href="/{one.slug}/">{quote(one.name)}</a>'

    others = [one for one in paper.newsroom.sections if one != story.section]
    siblings = "".join(f'<li class="sub-cate">{link(one)}</li>' for one in others)
    if "siblings" not in paper.active:
        siblings = ""
    return (
        f'<ul class="breadcrumbs"><li class="main-cate">{link(story.section)}</li>{siblings}</ul>\n'
    )


def _byline(story: Story) -> str:
    """One element a person, or all in one line with a dash, as it happens."""
    if toss("byline", story.id) % 2:
        names = [f'<span class="author cms-author">{quote(one)}</span>' for one in story.authors]
    else:
        names = [f'<span class="author cms-author">{quote(" - ".join(story.authors))}</span>']
    if story.agency:
        names.append(f'<span class="article__source cms-source">{quote(story.agency)}</span>')
    return " ".join(names)


def _body(paper: EpiPaper, story: Story) -> str:
    bare = "no-p" in paper.active and toss("no-p", story.id) % 9 == 0
    inline = paper.inline(story)
    parts = [_picture(paper, story, one) for one in story.images if one.after < 0]
    for number, text in enumerate(story.paragraphs):
        parts.append(_paragraph(story, number, text, bare))
        if number in inline:
            parts.append(_relate(paper, inline[number], story))
        if number == 1 and "ads" in paper.active:
            parts.append(AD.format(n=story.id % 9))
        parts += [_picture(paper, story, one) for one in story.images if one.after == number]
    if "signature" in paper.active and toss("sign", story.id) % 5 == 0:
        name = quote(story.authors[0].upper())
        parts.append(f'<p style="text-align: right;"><strong>{name}</strong></p>\n')
    return "".join(parts)


def _paragraph(story: Story, number: int, text: str, bare: bool) -> str:
    words = quote(text)
    if number in story.subheads:
        words = f"<strong>{words}</strong>"
    if bare:
        return f"{words}<br><br>\n"
    if number == 2 and toss("off-site", story.id) % 4 == 0:
        first, space, rest = words.partition(" ")
        words = f'<a href="https://congbao.test/van-ban?id={story.id}">{first}</a>{space}{rest}'
    return f"<p>{words}</p>\n" + ("<p>&nbsp;</p>\n" if number == 1 and story.id % 4 == 0 else "")


def _relate(paper: EpiPaper, story: Story, host: Story) -> str:
    href = quote(paper.link(story, f"inline-{host.id}"))
    return f'<p><a class="cms-relate" href="{href}">&gt;&gt; {quote(story.title)}</a></p>\n'


def _picture(paper: EpiPaper, story: Story, picture: Picture) -> str:
    """A picture with its legend: a figure, a table of two rows, or two paragraphs."""
    image = f'<img class="cms-photo" src="{picture.path}" alt="{quote(paper.alt(picture))}">'
    legend = quote(paper.legend(picture))
    if "table-picture" in paper.active and toss("table", picture.path) % 2:
        row = f'<tr><td class="caption"><p>{legend}</p></td></tr>' if legend else ""
        return (
            f'<table class="picture" align="center"><tbody><tr><td class="pic">{image}</td></tr>'
            f"{row}</tbody></table>\n"
        )
    if "imgdesc" in paper.active and toss("table", picture.path) % 8 == 4:
        under = f'<p class="imgdesc">{legend}</p>\n' if legend else ""
        return f'<p class="img">{image}</p>\n{under}'
    caption = f"<figcaption>{legend}</figcaption>" if legend else ""
    return f'<figure class="picture-{story.id % 3}">{image}{caption}</figure>\n'


def _boxes(paper: EpiPaper, story: Story) -> str:
    css = (
        'id="related_article__list" class="article__list"',
        'class="box-content" data-source="recommendation-box"',
        'class="box-content content-list" data-source="zone-same"',
    )
    return "".join(
        box(paper, f"{kind[:12]}-{story.id}", label, paper.show(ids), kind)
        for kind, (label, ids) in zip(css, paper.blocks(story), strict=True)
    )


def _ghosts(paper: EpiPaper, stories: Sequence[Story]) -> str:
    """Announced addresses that are dead, soft or moved; the moved one is a real story's."""
    links = [f"{paper.base}/ban-tin-da-go-post{number}.html" for number in GHOSTS]
    for one in stories[:1]:
        old = f"/{one.section.slug}/{one.published:%Y%m}/{one.slug}-0{one.id}/"
        links += [paper.base + old, f"{paper.base}/post-{one.id}.html"]
    rows = "".join(
        f'<li><a href="{href}">Bài được đọc nhiều số {n}</a></li>'
        for n, href in enumerate(links, 1)
    )
    return f'<div class="box-most"><h3>Đọc nhiều</h3><ul>{rows}</ul></div>\n'

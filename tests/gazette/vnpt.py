"""A fictional paper of the VNPT system (shared/sites/sites.md, "vnpt"), traps included.

    /kinh-te/202602/<slug>-<7 hex>/   article       /kinh-te/?paged=2   category, 4 stories
    /rss                              feed          /sitemap.xml        of nothing
    /file/<32 hex>/022026/<name>_<YYYYMMDDhhmmss>.jpg   pictures        /tags/<slug>/   tag page

Traps, each of which ``without=[...]`` turns off: ``other-h1`` (the paper's name and "Tin liên
quan" are h1 too, the first before the headline), ``clock`` (a date in the header that stands
still), ``nested`` (a whole document inside main; the page goes on after ``</html>``), ``dead-og``
(og:url names a host that is no more), ``lead-again`` (first bold paragraph repeats the lead, or
is all there is of it), ``table-caption`` (picture and caption are two rows), ``placeholder``
(author "Bút danh"; the name is then the last, right-aligned paragraph), ``mso`` (Word's markup),
``empty-sitemap``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from . import feed
from .paper import Answer, quote
from .prose import slugify, toss
from .story import Picture, Story
from .system import System, meta

CLOCK = "Thứ 2, 21/10/2024"


class VnptPaper(System):
    """A paper on the VNPT system."""

    key = platform = "vnpt"
    title = "Báo Trà Lĩnh"
    traps = frozenset(
        (
            *("other-h1", "clock", "nested", "dead-og", "lead-again", "table-caption"),
            *("placeholder", "mso", "empty-sitemap"),
        )
    )
    pagers = frozenset(("paged",))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/sitemap\.xml": "sitemap",
        r"/rss": "rss",
        r"/tags/([a-z0-9-]+)/": "tag",
        r"/[a-z-]+/\d{6}/[^/?]+-([0-9a-f]{7})/(?:\?.*)?": "article",
        r"(/file/.+\.jpg)": "picture_answer",
        r"/([a-z-]+)/\?paged=(\d+)": "paged",
        r"/([a-z-]+)/": "category",
    }

    def code(self, story_id: int) -> str:
        """Return the 7 hexadecimal digits that name a story."""
        return f"{toss('code', story_id) & 0xFFFFFFF:07x}"

    def path(self, story: Story) -> str:
        place = f"/{story.section.slug}/{story.published:%Y%m}"
        return f"{place}/{story.slug}-{self.code(story.id)}/"

    def picture_path(self, picture: Picture) -> str:
        year, month, _, name = picture.path.removeprefix("/images/").split("/")
        folder = f"{toss('file', picture.path):08x}" * 4
        stamp = f"{year}{month}{toss(name) % 28 + 1:02}{toss(picture.path) % 24:02}1530"
        return f"/file/{folder}/{month}{year}/{name.removesuffix('.png')}_{stamp}.jpg"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Tin liên quan", story.related)]

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "tags": list(story.tags)}

    def home(self) -> Answer:
        """The front page: the newest three."""
        return self._list(self.name, self._items(self.newsroom.visible()[:3], 1))

    def category(self, slug: str) -> Answer | None:
        """The first page of a section."""
        return self.paged(slug, None)

    def paged(self, slug: str, given: str | None) -> Answer | None:
        """A page of a section; after the last one empty pages."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section, given)
        rows = self._items([one.id for one in stories], 2) + self._numbers(slug, number, last)
        rows += self.turn(f"/{slug}/", number, last)
        return self._list(section.name, f'<h2 class="cate-name">{section.name}</h2>\n{rows}')

    def article(self, code: str) -> Answer | None:
        """An article."""
        ids = {self.code(one): one for one in self.newsroom.ids()}
        return self.answer_story(self.newsroom.recall(ids.get(code, 0)))

    def tag(self, slug: str) -> Answer:
        """The page of a tag."""
        stories = self.show(self.newsroom.visible())
        ids = [one.id for one in stories if slug in map(slugify, one.tags)]
        return self._list(f"Từ khóa: {slug}", self._items(ids, 5))

    def rss(self) -> Answer:
        """The one feed: the newest three."""
        entries = self.entries(self.newsroom.visible()[:3])
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def sitemap(self) -> Answer | None:
        """A sitemap that lists nothing."""
        return feed.urlset([], None) if "empty-sitemap" in self.active else None

    def robots(self) -> Answer:
        text = f"User-agent: *\nDisallow: /search\nSitemap: {self.base}/sitemap.xml\n"
        return Answer(text.encode(), "text/plain; charset=utf-8")

    def _list(self, title: str, rows: str) -> Answer:
        return self.list_answer(self._frame(title, "", rows))

    def _frame(self, title: str, head: str, main: str) -> str:
        tag = "h1" if "other-h1" in self.active else "div"
        clock = f'<div class="date-now">{CLOCK}</div>' if "clock" in self.active else ""
        return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{quote(title)} - {quote(self.name)}</title>
<link rel="stylesheet" href="/common/v2/css/main.css">
<link rel="alternate" type="application/rss+xml" href="/rss">
<meta name="keywords" content="VNPT, {quote(self.name)}">
{head}</head><body><header><div class="contact-block"><{tag}>{quote(self.name)} Online</{tag}>
<p>Hotline: 0206 000 000</p></div>{clock}<nav class="main-menu"><ul>{self.links()}</ul></nav>
</header>
<main>
{main}</main>
<footer><p>Cơ quan chủ quản: Tỉnh ủy Trà Lĩnh. Tổng biên tập: Vàng A Dũng</p></footer>
</body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int], kind: int = 1) -> str:
        rows = []
        for one in self.show(ids):
            href, title = self.path(one), quote(one.title)
            image = f'<img src="{self.picture_path(one.images[0])}">' if one.images else ""
            rows.append(
                f'<div class="item row15"><a href="{href}">{image}</a>'
                f'<a class="title{kind}" href="{href}">{title}</a>'
                f'<div class="date row10">{one.published:%H:%M, %d/%m/%Y}</div>'
                f'<div class="des">{quote(one.lead)}</div></div>\n'
            )
        return "".join(rows)

    def _numbers(self, slug: str, number: int, last: int) -> str:
        if self.varied or last < 2:
            return ""
        links = (
            f'<a class="page-numbers" href="/{slug}/?paged={n}">{n}</a>'
            for n in range(1, last + 1)
            if n != number
        )
        return f'<div class="pages">{" ".join(links)}</div>\n'

    def _write(self, story: Story) -> str:
        section, name = story.section, quote(story.section.name)
        again = toss("again", story.id) % 3 if "lead-again" in self.active else 2
        reply = f'<p class="reply">{quote(story.lead)}</p>' if again else ""
        first = f"<p><strong>{quote(story.lead)}</strong></p>\n" if again < 2 else ""
        author = "Bút danh" if self._is_unsigned(story) else quote(", ".join(story.authors))
        tags = " ".join(f'<a href="/tags/{slugify(t)}/">{quote(t)}</a>' for t in story.tags)
        other = "h1" if "other-h1" in self.active else "h3"
        related = self._items(story.related, 3)
        if related:
            related = f"""<section class="section-post-detail-related"><{other}>Tin liên quan\
</{other}><div class="detail-related-list">{related}</div></section>\n"""
        main = f"""<div id="page_info" style="display:none"><span id="article_title">\
{quote(story.title)}</span><span id="cate_title">{name}</span></div>
<nav class="group-category"><ol class="breadcrumb"><li><a href="/">Trang chủ</a></li>
<li class="active"><a href="/{section.slug}/">{name}</a></li></ol></nav>
<div class="detail-main-title"><h1 class="title">{quote(story.title)}</h1></div>
<div class="group-time"><time class="time">{story.published:%H:%M, %d/%m/%Y}</time></div>
<div class="content-reply">{reply}</div>
<div id="content" class="content-detail"><div class="td-post-content">
{first}{self._body(story)}</div></div>
<div class="after-author"><span class="author">{author}</span></div>
<div class="tags-box"><span>Từ khóa:</span> <div class="tags">{tags}</div></div>
<div class="td-post-sharing"><a href="https://facebook.test/share">Chia sẻ Facebook</a></div>
{related}<section class="section-post-detail-comment"><h3>Ý kiến của bạn</h3>
<textarea placeholder="Vui lòng nhập tiếng Việt có dấu"></textarea><button>Gửi bình luận</button>
</section>
"""
        if "nested" in self.active:
            head = f'<head><meta charset="utf-8"><title>{quote(story.title)}</title></head>'
            main = f"<!DOCTYPE html>\n<html>{head}<body>\n{main}</body>\n</html>\n"
        return main

    def _head(self, story: Story) -> str:
        url = self.url(story)
        if "dead-og" in self.active:
            url = f"http://baotralinh-cu.test/95/{story.id}/{story.slug}/"
        rows = {"og:title": story.title, "og:url": url, "og:image": self.image(story)}
        return meta({"description": story.lead}, "name") + meta({"og:type": "article", **rows})

    def _is_unsigned(self, story: Story) -> bool:
        return "placeholder" in self.active and toss("sign", story.id) % 3 == 0

    def _body(self, story: Story) -> str:
        def write(number: int, words: str) -> str:
            if number in story.subheads:
                words = f"<strong>{words}</strong>"
            if "mso" in self.active and story.id % 2:
                return f'<p class="MsoNormal" style="text-align: justify;">{words}<o:p></o:p></p>\n'
            return f"<p>{words}</p>\n"

        body = self.weave(story, write, self._picture)
        if self._is_unsigned(story):
            name = quote(", ".join(story.authors))
            body += f'<p style="text-align: right;"><strong>{name}</strong></p>\n'
        return body

    def _picture(self, picture: Picture) -> str:
        image = f'<img src="{self.picture_path(picture)}" alt="{quote(self.alt(picture))}">'
        legend = quote(self.legend(picture))
        if "table-caption" not in self.active:
            caption = f"<figcaption>{legend}</figcaption>" if legend else ""
            return f"<figure>{image}{caption}</figure>\n"
        row = f"<tr><td><em>{legend}</em></td></tr>" if legend else ""
        return f'<table align="center"><tbody><tr><td>{image}</td></tr>{row}</tbody></table>\n'


paper = VnptPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)

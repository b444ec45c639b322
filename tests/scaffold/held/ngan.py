"""Held out: a Vietnamese paper of its own system, its classes Vietnamese words without accents.

    /kinh-te/202602/hop-tac-xa-a340001/      article      /kinh-te-c3/  /kinh-te-c3/trang-2/   category
    /chuyen-de/...-d12/ /tag/...-t3/ /video/202602/...-v340002/    look-alikes
    /rss.html names the feed /rss/trang-chu.rss; no page's head does

The head holds a clock in the form of the dates, the first h1 is the section's name, the lead is
bold, a text's last line is its author, TTS and "Đọc thêm" stand in the text.
"""

from __future__ import annotations

from tests.gazette import feed
from tests.gazette.prose import slugify

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


class Ngan(Stranger):
    """Báo Ngàn Thông."""

    key = "ngan"
    language = "vi"
    house = "Báo Ngàn Thông"
    text_css = 'class="noidung-bai"'

    def place(self, story: Story) -> str:
        return f"/{story.section.slug}/{story.published:%Y%m}/{self.slug(story)}-a{story.id}/"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}-c{section.zone}/"

    def list_path(self, section: Section, start: int) -> str:
        tail = f"trang-{start // self.size + 1}/" if start else ""
        return self.section_path(section) + tail

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/rss.html": self._feeds,
            "/rss/trang-chu.rss": self._feed,
            "/gioi-thieu/": lambda: self._about("Giới thiệu"),
            "/toa-soan/": lambda: self._about("Tòa soạn"),
        }
        for story in self.show(self.newsroom.visible()):
            pages[self._video_path(story)] = lambda one=story: self._video(one)
            for tag in story.tags:
                pages[self._tag_path(tag)] = lambda n=tag: self._collect(n)
                pages[self._topic_path(tag)] = lambda n=tag: self._collect(f"Chuyên đề: {n}")
        return pages

    def _tag_path(self, tag: str) -> str:
        return f"/tag/{slugify(tag)}-t{len(tag)}/"

    def _topic_path(self, tag: str) -> str:
        return f"/chuyen-de/{slugify(tag)}-nam-2026-d{len(tag)}/"

    def _video_path(self, story: Story) -> str:
        return f"/video/{story.published:%Y%m}/{self.slug(story)}-v{story.id + 1}/"

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:12])
        videos = "".join(
            f'<div class="o-video"><a href="{self._video_path(one)}">{quote(one.title)}</a></div>'
            for one in shown[:6]
        )
        topics = "".join(
            f'<h3><a href="{self._topic_path(one.tags[0])}">Chuyên đề: {quote(one.tags[0])}</a></h3>'
            for one in shown[:3]
        )
        return self._page(
            self.name, f'{self._boxes(shown)}<div class="khoi-video">{videos}</div>{topics}'
        )

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        url = self.following(section, start)
        turn = f'<div class="sotrang"><a href="{url}">Trang tiếp</a></div>' if url else ""
        head = f'<h1 class="ten-muc">{quote(section.name)}</h1>'
        return self._page(section.name, head + self._boxes(self.show(ids)) + turn)

    def _boxes(self, stories: list[Story]) -> str:
        return "".join(
            f'<div class="o-tin"><h3><a href="{self.path(one)}" title="{quote(one.title)}">'
            f'{quote(one.title)}</a></h3><div class="tomtat">{quote(one.lead)}</div></div>\n'
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{DAYS[at.weekday()]}, {at:%d/%m/%Y} - {at:%H:%M}"
        text = ""
        for number, words in enumerate(story.paragraphs):
            bold = number in story.subheads
            text += f"<div><b>{quote(words)}</b></div>" if bold else f"<div>{quote(words)}</div>"
            for one in story.images:
                if one.after == number:
                    text += (
                        f'<div class="khung-anh"><img src="{one.path}"><div class="chu-thich">'
                        f"{quote(self.legend(one))}</div></div>"
                    )
            if number == 1:
                for one in self.show(self.newsroom.earlier(story.id, 3)[2:]):
                    text += f'<div class="chen">Đọc thêm: <a href="{self.path(one)}">{quote(one.title)}</a></div>'
        text += f'<div class="ky-ten"><b>{quote(", ".join(story.authors))}</b></div>'
        related = "".join(
            f'<div><a href="{self.path(one)}">{quote(one.title)}</a> <i>({one.published:%d/%m})</i></div>'
            for one in self.show(story.related)
        )
        more = f'<div class="cungmuc"><b>{self.labels["related"]}</b>{related}</div>'
        tags = " ".join(f'<a href="{self._tag_path(t)}">{quote(t)}</a>' for t in story.tags)
        main = f"""<h1 class="ten-muc"><a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></h1>
<div class="bai-viet"><div class="tieude-bai">{quote(story.title)}</div>
{self.dated(f'<div class="ngaygio">{shown}</div>')}
<div class="nghe">Nghe đọc bài <span>0:00</span> / <span>2:31</span></div>
<div class="tomtat"><b>{quote(story.lead)}</b></div>
<div class="noidung-bai">{text}</div><div class="tu-khoa">{tags}</div></div>{more if related else ""}"""
        return self._page(story.title, main)

    def _page(self, title: str, main: str) -> Answer:
        now = self.newsroom.now
        menu = "".join(
            f'<li><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        return html(f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{quote(title)}</title></head><body>
<div class="dau-trang"><div class="dong-ho">{DAYS[now.weekday()]}, {now:%d/%m/%Y} - 15:33</div>
<a href="/"><img src="/images/logo.png" alt="{self.name}"></a></div><ul class="thuc-don">{menu}</ul>
<div class="than-trang">{main}</div>
<div class="chan-trang">{self.name} - Giấy phép số 12/GP-BTTTT ngày 03/04/2019. <a href="/rss.html">RSS</a>
<a href="/gioi-thieu/">Giới thiệu</a> <a href="/toa-soan/">Tòa soạn</a></div></body></html>""")

    def _feeds(self) -> Answer:
        return self._page("RSS", '<ul><li><a href="/rss/trang-chu.rss">Trang chủ</a></li></ul>')

    def _feed(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:10])]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed())

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:4]))
        return self._page(title, f'<h1>{title}</h1><div class="noidung">{words}</div>')

    def _collect(self, title: str) -> Answer:
        own = self.show(self.newsroom.visible()[:7])
        main = (
            f'<h1 class="ten-muc">{quote(title)}</h1><div class="tomtat">{quote(own[0].lead)}</div>'
        )
        return self._page(title, main + self._boxes(own))

    def _video(self, story: Story) -> Answer:
        main = f'<div class="tieude-bai">{quote(story.title)}</div><video src="/v{story.id}.mp4"></video>'
        return self._page(story.title, main)

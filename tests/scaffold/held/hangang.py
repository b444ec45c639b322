"""Held out: a Korean paper of the kind that has everything in one folder and its id in the query.

    /news/articleView.html?idxno=340001                       article
    /news/articlePrint.html?idxno=340001  /news/articleViewAmp.html?idxno=...  its twins
    /news/articleList.html?sc_section_code=S1N3&view_type=sm  category, &page=2 its later page
    /news/articleList.html?sc_word=...  /com/com-1.html  /bbs/list.html?table=bbs_2  look-alikes
    /rss/allArticle.xml

No date in the head, "승인 2026.02.02 14:35" in the list of facts under the headline; the reporter's
line stands under the text once more, with an address.
"""

from __future__ import annotations

from tests.gazette import feed
from tests.gazette.prose import toss

from .frame import Answer, Pages, Section, Story, Stranger, html, quote


class Hangang(Stranger):
    """한여울신문."""

    key = "hangang"
    language = "ko"
    house = "한여울신문"
    text_css = 'id="article-view-content-div"'

    def place(self, story: Story) -> str:
        return f"/news/articleView.html?idxno={story.id}"

    def section_path(self, section: Section) -> str:
        return f"/news/articleList.html?sc_section_code=S1N{section.zone}&view_type=sm"

    def list_path(self, section: Section, start: int) -> str:
        if start == 0:
            return self.section_path(section)
        page, total = start // self.size + 1, len(self.newsroom.visible(section))
        return (
            f"/news/articleList.html?page={page}&total={total}"
            f"&sc_section_code=S1N{section.zone}&view_type=sm"
        )

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/rss/allArticle.xml": self._feed,
            "/news/articleList.html?view_type=sm": lambda: self._collect("전체기사"),
            "/com/com-1.html": lambda: self._about("회사소개"),
            "/com/com-2.html": lambda: self._about("구독신청"),
            "/bbs/list.html?table=bbs_2": lambda: self._about("자유게시판"),
        }
        for story in self.show(self.newsroom.visible()):
            number = story.id
            pages[f"/news/articlePrint.html?idxno={number}"] = lambda one=story: self._print(one)
            pages[f"/news/articleViewAmp.html?idxno={number}"] = lambda one=story: self._print(one)
            pages[f"/news/articleList.html?sc_word={toss(story.tags[0]) % 997}"] = (
                lambda one=story: self._collect(one.tags[0])
            )
        return pages

    def _feed(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:10])]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed())

    def write_front(self) -> Answer:
        return self._page(self.name, self._rows(self.show(self.newsroom.visible()[:14])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        count = -(-len(self.newsroom.visible(section)) // self.size)
        turn = "".join(
            f"<li><strong>{n + 1}</strong></li>"
            if n * self.size == start
            else f'<li><a href="{quote(self.list_path(section, n * self.size))}">{n + 1}</a></li>'
            for n in range(count)
        )
        head = f'<h2 class="user-point">{quote(section.name)}</h2>'
        return self._page(
            section.name, f'{head}{self._rows(self.show(ids))}<ul class="pagn">{turn}</ul>'
        )

    def _rows(self, stories: list[Story]) -> str:
        rows = "".join(
            f'<li><div class="vc"><a href="{self.path(one)}" class="thumb"><img src="/images/k{one.id}.png"></a>'
            f'<h4 class="titles"><a href="{self.path(one)}" target="_top">{quote(one.title)}</a></h4>'
            f'<p class="lead"><a href="{self.path(one)}">{quote(one.lead)}</a></p>'
            f'<span class="byline"><em>{quote(one.section.name)}</em><em>{quote(one.authors[0])} 기자</em>'
            f"<em>{one.published:%m.%d %H:%M}</em></span></div></li>\n"
            for one in self.listed(stories)
        )
        return f'<section id="section-list"><ul>{rows}</ul></section>'

    def write_story(self, story: Story) -> Answer:
        at = story.published
        when = self.dated(f'<li><i class="ic"></i> 승인 {at:%Y.%m.%d %H:%M}</li>')
        names = ", ".join(story.authors)
        related = self.show(story.related)
        more = ""
        if related:
            rows = "".join(
                f'<li><a href="{self.path(one)}">{quote(one.title)}</a></li>' for one in related
            )
            more = f'<article class="relation"><h3>{self.labels["related"]}</h3><ul>{rows}</ul></article>'
        words = " ".join(
            f'<a href="/news/articleList.html?sc_word={toss(one) % 997}">#{quote(one)}</a>'
            for one in story.tags[:1]
        )
        main = f"""<header class="avh"><ul class="bread"><li><a href="/">{self.labels["home"]}</a></li><li><a href="{quote(self.section_path(story.section))}">{quote(story.section.name)}</a></li></ul>
<h3 class="heading">{quote(story.title)}</h3>
<ul class="infomation"><li><i class="ic"></i> {quote(names)} 기자</li>{when}<li>댓글 {story.id % 3}</li></ul>
<div class="tools"><a href="/news/articlePrint.html?idxno={story.id}">프린트</a><button>글씨키우기</button></div></header>
<article id="article-view-content-div" class="article-veiw-body">{self._text(story)}</article>
<div class="writer"><strong>{quote(names)} 기자</strong> <a href="mailto:news@hyeoul.test">news@hyeoul.test</a></div>
<div class="tag-group">{words}</div>
<div class="copy">저작권자 © {self.name} 무단전재 및 재배포 금지</div>{more}
<div class="reply"><h5>댓글삭제</h5><p>삭제한 댓글은 다시 복구할 수 없습니다. 그래도 삭제하시겠습니까?</p></div>"""
        head = f'<link rel="canonical" href="{self.base}{self.path(story)}">'
        head += f'<link rel="amphtml" href="{self.base}/news/articleViewAmp.html?idxno={story.id}">'
        return self._page(story.title, main, head)

    def _text(self, story: Story) -> str:
        text = "".join(self._picture(one.path, self.legend(one)) for one in story.images[:1])
        for number, words in enumerate((story.lead, *story.paragraphs)):
            bold = number - 1 in story.subheads
            text += (
                f"<p>{'<strong>' if bold else ''}{quote(words)}{'</strong>' if bold else ''}</p>\n"
            )
        return text

    def _picture(self, path: str, legend: str) -> str:
        said = f"<figcaption>{quote(legend)}</figcaption>" if legend else ""
        return f'<div style="text-align:center"><figure class="photo-layout"><img src="{path}" alt="">{said}</figure></div>'

    def _page(self, title: str, main: str, head: str = "") -> Answer:
        menu = "".join(
            f'<li><a href="{quote(self.section_path(one))}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        popular = "".join(
            f'<li><em>{n}</em> <a href="{self.path(one)}">{quote(one.title)}</a></li>'
            for n, one in enumerate(self.listed(self.show(self.newsroom.visible()[4:9])), 1)
        )
        now = self.newsroom.now
        return html(f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8">
<title>{quote(title)} - {quote(self.name)}</title>
<link rel="alternate" type="application/rss+xml" href="/rss/allArticle.xml">{head}</head><body>
<header id="user-header"><a href="/">{self.name}</a> <span>UPDATED. {now:%Y-%m-%d %H:%M}</span>
<nav id="user-nav"><ul><li><a href="/news/articleList.html?view_type=sm">전체기사</a></li>{menu}</ul></nav></header>
<div id="user-container"><section class="body">{main}</section>
<aside><h4>많이 본 뉴스</h4><ol>{popular}</ol></aside></div>
<footer><a href="/com/com-1.html">회사소개</a> <a href="/com/com-2.html">구독신청</a> <a href="/bbs/list.html?table=bbs_2">자유게시판</a>
<address>{self.name} | 대표전화 : 000-000-0000 | 등록일 : 2009-03-02 | 발행인 : 도하람</address></footer></body></html>""")

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:3]))
        return self._page(title, f'<h3 class="heading">{title}</h3><div>{words}</div>')

    def _collect(self, title: str) -> Answer:
        shown = self._rows(self.show(self.newsroom.visible()[:8]))
        return self._page(title, f'<h2 class="user-point">{quote(title)}</h2>{shown}')

    def _print(self, story: Story) -> Answer:
        return html(f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{quote(story.title)}</title></head>
<body onload="window.print()"><h3>{quote(story.title)}</h3><p>{quote(story.authors[0])} 기자 승인 {story.published:%Y.%m.%d %H:%M}</p>
<div>{self._text(story)}</div></body></html>""")

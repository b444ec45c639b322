"""Held out: a Czech paper of the year 2001, in tables, upper case and windows-1250.

    /clanky/2026/02/art340001.HTM           article: no h1, paragraphs parted by two BR
    /rubrika2.HTM /rubrika2-str3.HTM        category, and a later page of it
    /tisk.asp?art=340001                    print twin        /foto/album340001.HTM  pictures

No feed, no sitemap, no structured data; HTTP names no coding.
"""

from __future__ import annotations

from .frame import Answer, Pages, Section, Story, Stranger, html, quote


class Bohemia(Stranger):
    """Javořické noviny."""

    key = "bohemia"
    language = "cs"
    house = "Javořické noviny"
    text_css = 'CLASS="txt12"'

    def place(self, story: Story) -> str:
        return f"/clanky/{story.published:%Y/%m}/art{story.id}.HTM"

    def section_path(self, section: Section) -> str:
        return f"/rubrika{section.zone}.HTM"

    def list_path(self, section: Section, start: int) -> str:
        tail = f"-str{start // self.size + 1}" if start else ""
        return f"/rubrika{section.zone}{tail}.HTM"

    def add_pages(self) -> Pages:
        pages: Pages = {"/redakce.HTM": self._about, "/inzerce.HTM": self._about}
        for story in self.show(self.newsroom.visible()):
            pages[f"/tisk.asp?art={story.id}"] = lambda one=story: self._print(one)
            pages[f"/foto/album{story.id}.HTM"] = lambda one=story: self._album(one)
        return pages

    def write_front(self) -> Answer:
        return self._page(self.name, self._rows(self.show(self.newsroom.visible()[:14])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        count = -(-len(self.newsroom.visible(section)) // self.size)
        turn = " | ".join(
            f"<B>{n + 1}</B>"
            if n * self.size == start
            else f'<A HREF="{self.list_path(section, n * self.size)}">{n + 1}</A>'
            for n in range(count)
        )
        head = f'<FONT SIZE=4 COLOR="#990000"><B>{quote(section.name)}</B></FONT><HR>'
        return self._page(
            section.name, f"{head}{self._rows(self.show(ids))}<CENTER>{turn}</CENTER>"
        )

    def _rows(self, stories: list[Story]) -> str:
        rows = "".join(
            f'<TR><TD WIDTH=90><IMG SRC="/images/t{one.id}.png"></TD><TD VALIGN=top>'
            f'<A HREF="{self.path(one)}"><B>{quote(one.title)}</B></A><BR>'
            f"<SMALL>{one.published.day}. {one.published.month}.</SMALL> {quote(one.lead)}"
            f' <A HREF="{self.path(one)}">&raquo;&raquo;</A></TD></TR>\n'
            for one in self.listed(stories)
        )
        return f"<TABLE BORDER=0 CELLPADDING=4>{rows}</TABLE>"

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{at.day}. {at.month}. {at.year} {at:%H:%M}"
        related = "".join(
            f'<LI><A HREF="{self.path(one)}">{quote(one.title)}</A>'
            for one in self.show(story.related)
        )
        more = f"<P><B>{self.labels['related']}:</B><UL>{related}</UL>" if related else ""
        main = f"""<FONT SIZE=1><A HREF="/">Úvod</A> &gt; <A HREF="{self.section_path(story.section)}">{quote(story.section.name)}</A></FONT><BR>
<FONT SIZE=5 FACE="Arial"><B>{quote(story.title)}</B></FONT><BR>
<FONT SIZE=1>{self.dated(shown)} | {quote(", ".join(story.authors))} | <A HREF="/tisk.asp?art={story.id}">vytisknout</A> | <A HREF="/foto/album{story.id}.HTM">fotogalerie</A></FONT><BR>
{self._text(story)}{more}"""
        return self._page(story.title, main)

    def _text(self, story: Story) -> str:
        parts = [f"<B>{quote(story.lead)}</B>"]
        for number, words in enumerate(story.paragraphs):
            bold = number in story.subheads
            parts.append(f"<B>{quote(words)}</B>" if bold else quote(words))
        pictures = "".join(
            f'<TABLE ALIGN=right WIDTH=200><TR><TD><IMG SRC="{one.path}"></TD></TR>'
            f"<TR><TD><FONT SIZE=1>{quote(self.legend(one))}</FONT></TD></TR></TABLE>"
            for one in story.images[:1]
        )
        text = "<BR><BR>\n".join(parts)
        return f'<TABLE WIDTH="100%"><TR><TD CLASS="txt12">{pictures}{text}</TD></TR></TABLE>'

    def _page(self, title: str, main: str) -> Answer:
        menu = "<BR>".join(
            f'<A HREF="{self.section_path(one)}">{quote(one.name)}</A>'
            for one in self.newsroom.sections
        )
        now = self.newsroom.now
        return html(
            f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1250">
<TITLE>{quote(self.name)} - {quote(title)}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF">
<TABLE WIDTH=780><TR><TD COLSPAN=3><A HREF="/"><IMG SRC="/images/logo.png" ALT="{self.name}"></A>
<FONT SIZE=1>Dnes je {now.day}. {now.month}. {now.year}</FONT></TD></TR>
<TR><TD WIDTH=120 VALIGN=top>{menu}<HR><A HREF="/redakce.HTM">Redakce</A><BR>
<A HREF="/inzerce.HTM">Inzerce</A></TD>
<TD WIDTH=460 VALIGN=top>{main}</TD>
<TD WIDTH=200 VALIGN=top><FONT SIZE=1>Nejčtenější</FONT>{self._rows(self.show(self.newsroom.visible()[:4]))}</TD></TR></TABLE>
<CENTER><FONT SIZE=1>Copyright {quote(self.name)}. Všechna práva vyhrazena.</FONT></CENTER></BODY></HTML>""",
            "windows-1250",
        )

    def _about(self) -> Answer:
        words = "<BR><BR>".join(quote(s.lead) for s in self.show(self.newsroom.visible()[:4]))
        return self._page("Redakce", f"<FONT SIZE=5><B>Redakce</B></FONT><BR>{words}")

    def _print(self, story: Story) -> Answer:
        return html(
            f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1250">
<TITLE>{quote(story.title)}</TITLE></HEAD><BODY onload="print()"><B>{quote(story.title)}</B><BR>
{self._text(story)}</BODY></HTML>""",
            "windows-1250",
        )

    def _album(self, story: Story) -> Answer:
        shots = "".join(f'<IMG SRC="/images/a{story.id}-{n}.png"><BR>' for n in range(6))
        return self._page(
            story.title, f"<FONT SIZE=5><B>{quote(story.title)}</B></FONT><BR>{shots}"
        )

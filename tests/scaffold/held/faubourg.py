"""Held out: a French paper of tables and fonts, in ISO-8859-1, with everything in the query.

    /viewnews.asp?id=340001          article: relative links, no name but one class
    /printnews.asp?id=340001  /envoyer.asp?id=340001    its twins for printers and friends
    /rubrique.asp?cat=3              category: the newest five and no more
    /archives.asp  /archives.asp?mois=2&an=2026         all others, by month

No feed, no sitemap; date, time and two authors are one line of more than 70 letters.
"""

from __future__ import annotations

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)


class Faubourg(Stranger):
    """L'Écho du Faubourg."""

    key = "faubourg"
    language = "fr"
    house = "L'Écho du Faubourg"
    size = 60  # its categories have no second page
    text_css = "align=justify"

    def place(self, story: Story) -> str:
        return f"/viewnews.asp?id={story.id}"

    def section_path(self, section: Section) -> str:
        return f"/rubrique.asp?cat={section.zone}"

    def list_path(self, section: Section, start: int) -> str:  # noqa: ARG002
        return self.section_path(section)

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/default.asp": self.write_front,
            "/contact.asp": self._contact,
            "/archives.asp": self._index,
            "/archives.asp?mois=2&an=2026": lambda: self._month(2, 2026),
            "/archives.asp?mois=1&an=2026": lambda: self._month(1, 2026),
        }
        for story in self.show(self.newsroom.visible()):
            pages[f"/printnews.asp?id={story.id}"] = lambda one=story: self._print(one)
            pages[f"/envoyer.asp?id={story.id}"] = lambda one=story: self._send(one)
        return pages

    def write_front(self) -> Answer:
        return self._page(self.name, self._rows(self.show(self.newsroom.visible()[:7])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:  # noqa: ARG002
        head = f"<font size=5><b>{quote(section.name)}</b></font>"
        return self._page(section.name, head + self._rows(self.show(ids)[:5]))

    def _rows(self, stories: list[Story]) -> str:
        rows = "".join(
            f'<tr><td width=60><img src="/images/v{one.id}.png" width=50></td>'
            f"<td><font size=1 color=#666666>{one.published:%d/%m/%Y}</font><br>"
            f'<a href="{self.path(one)[1:]}"><b>{quote(one.title)}</b></a><br>'
            f"<font size=2>{quote(one.lead)}</font></td></tr>\n"
            for one in self.listed(stories)
        )
        return f"<table width=100% cellpadding=4>{rows}</table>"

    def _index(self) -> Answer:
        rows = "<br>".join(
            f'<a href="archives.asp?mois={month}&amp;an=2026">{MONTHS[month - 1]} 2026</a>'
            for month in (2, 1)
        )
        return self._page("Archives", f"<font size=5><b>Archives</b></font><br>{rows}")

    def _month(self, month: int, year: int) -> Answer:
        stories = [
            one
            for one in self.show(self.newsroom.visible())
            if (one.published.month, one.published.year) == (month, year)
        ]
        rows = "".join(
            f"<tr><td><font size=1>{one.published:%d/%m}</font></td>"
            f'<td><a href="{self.path(one)[1:]}">{quote(one.title)}</a></td></tr>'
            for one in self.listed(stories)
        )
        title = f"Archives : {MONTHS[month - 1]} {year}"
        main = f"<font size=5><b>{title}</b></font><table>{rows or '<tr><td>Aucun article</td></tr>'}</table>"
        return self._page(title, main)

    def write_story(self, story: Story) -> Answer:
        at = story.published
        when = self.dated(f"Publié le {self._day(story)} à {at:%H}h{at:%M}")
        related = "".join(
            f'- <a href="{self.path(one)[1:]}">{quote(one.title)}</a><br>'
            for one in self.show(story.related)
        )
        more = f"<tr><td bgcolor=#eeeeee><b>Lire aussi</b><br>{related}</td></tr>"
        main = f"""<table width=100% cellpadding=4><tr><td><font size=1><a href="default.asp">Accueil</a> &gt; <a href="rubrique.asp?cat={story.section.zone}">{quote(story.section.name)}</a></font></td></tr>
<tr><td><font size=5 color=#003366><b>{quote(story.title)}</b></font></td></tr>
<tr><td><font size=1 color=#666666>{when} - par {quote(", ".join(story.authors))}</font></td></tr>
<tr><td><font size=3><b>{quote(story.lead)}</b></font></td></tr>
<tr><td align=justify><font size=2 class="texte">{self._text(story)}</font></td></tr>
<tr><td align=right><font size=1><a href="printnews.asp?id={story.id}">Imprimer</a> | <a href="envoyer.asp?id={story.id}">Envoyer à un ami</a></font></td></tr>{more if related else ""}</table>"""
        return self._page(story.title, main)

    def _day(self, story: Story) -> str:
        at = story.published
        return f"{at.day} {MONTHS[at.month - 1]} {at.year}"

    def _text(self, story: Story) -> str:
        text = self._pictures(story, -1)
        for number, words in enumerate(story.paragraphs):
            said = f"<b>{quote(words)}</b>" if number in story.subheads else quote(words)
            text += f"{self._pictures(story, number)}{said}<br><br>\n"
        return text

    def _pictures(self, story: Story, after: int) -> str:
        return "".join(
            f'<table align=right width=210><tr><td><img src="{one.path}" width=200 alt="{quote(self.alt(one))}"></td></tr>'
            f"<tr><td align=center><font size=1><i>{quote(self.legend(one))}</i></font></td></tr></table>"
            for one in story.images
            if one.after == after
        )

    def _page(self, title: str, main: str) -> Answer:
        menu = "".join(
            f'<tr><td bgcolor=#003366><a href="rubrique.asp?cat={one.zone}"><font color=white>{quote(one.name)}</font></a></td></tr>'
            for one in self.newsroom.sections
        )
        return html(
            f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1"><TITLE>{self.name} : {quote(title)}</TITLE></HEAD>
<BODY BGCOLOR=white><TABLE WIDTH=780 ALIGN=center><TR><TD COLSPAN=3><A HREF="/"><IMG SRC="/images/logo.png" ALT="{self.name}"></A></TD></TR>
<TR><TD WIDTH=120 VALIGN=top><TABLE>{menu}<TR><TD><A HREF="archives.asp">Archives</A></TD></TR><TR><TD><A HREF="contact.asp">Contact</A></TD></TR></TABLE></TD><TD VALIGN=top>{main}</TD></TR>
<TR><TD COLSPAN=3 ALIGN=center><FONT SIZE=1>&copy; 2026 {self.name} - Tous droits réservés</FONT></TD></TR></TABLE></BODY></HTML>""",
            "iso-8859-1",
        )

    def _contact(self) -> Answer:
        words = "La rédaction se trouve 3, rue du Lavoir.<br><br>Téléphone : 00 00 00 00 00."
        return self._page("Contact", f"<font size=5><b>Contact</b></font><br>{words}")

    def _print(self, story: Story) -> Answer:
        return html(
            f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=iso-8859-1"><TITLE>{quote(story.title)}</TITLE></HEAD>
<BODY onload="print()"><B>{quote(story.title)}</B><BR>{self._day(story)}<BR><BR>{quote(story.lead)}<BR><BR>{self._text(story)}</BODY></HTML>""",
            "iso-8859-1",
        )

    def _send(self, story: Story) -> Answer:
        main = f"<form><b>Envoyer « {quote(story.title)} »</b><br>Adresse : <input name=a><input type=submit></form>"
        return self._page("Envoyer", main)

"""A fictional paper that is made anew: another markup, and a profile for each of the two.

    before   the text is one cell with <br>, beside a column of what others read, longer than it
    after    paragraphs in an element of another name, the teasers in an aside

No page says in its head what it is: what a reader finds, it finds by the profile's body. Without
one, the column of teasers is what most looks like a text on a page of before.
"""

from __future__ import annotations

from .paper import Answer, quote
from .plain import PlainPaper
from .prose import Section
from .story import Story

BODIES = {"before": "td.than-bai", "after": "div.noi-dung-tin"}
READ = 'date_order = "DMY"\n'


class RemadePaper(PlainPaper):
    """A paper that looks as ``layout`` says."""

    layout = "before"

    def relaunch(self) -> None:
        """Show every page in the layout of after, from now on."""
        with self._lock:
            self.layout = "after"
            self._pages.clear()

    def mended(self, layout: str) -> str:
        """The profile that was made for a layout; its words alone tell it from another's."""
        return self.profile().replace(READ, f'{READ}body = ["{BODIES[layout]}"]\n')

    def article(self, number: str) -> Answer | None:
        story = self.newsroom.find(int(number))
        if story is None:
            return super().article(number)
        write = self._write_before if self.layout == "before" else self._write_after
        return self._page(story.title, "", write(story))

    def _write_before(self, story: Story) -> str:
        text = "<br><br>\n".join(quote(one) for one in story.paragraphs)
        return f"""<table class="trang"><tr><td class="giua"><h1>{quote(story.title)}</h1>
<font class="gio">{story.published:%d/%m/%Y %H:%M}</font></td></tr>
<tr><td class="than-bai">{text}</td></tr></table>
<div class="cot-phai">{self._tease(story, "p")}</div>
"""

    def _write_after(self, story: Story) -> str:
        text = "\n".join(f"<p>{quote(one)}</p>" for one in story.paragraphs)
        return f"""<article class="tin"><h1 class="dau-de">{quote(story.title)}</h1>
<time>{story.published:%d/%m/%Y %H:%M}</time>
<div class="noi-dung-tin">{text}</div></article>
<aside class="doc-nhieu">{self._tease(story, "div")}</aside>
"""

    def _tease(self, story: Story, element: str) -> str:
        """The stories of the same section before this one, at length."""
        section: Section = story.section
        others = [one for one in self.newsroom.visible(section) if one != story.id][:5]
        return "\n".join(
            f"<{element}>{quote(one.title)}. {quote(one.lead)} {quote(one.paragraphs[0])} "
            f"{quote(one.paragraphs[1])}</{element}>"
            for one in self.show(others)
        )

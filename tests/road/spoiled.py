"""An ePi paper that breaks between two crawls, in one way at a time: its pages or its lists.

paper.spoil("title")        # every page's headline is the paper's name
paper.spoil("filler-gone")  # the address that fills its categories by script answers 404
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.gazette import epi, epipage, feed
from tests.gazette.epi import EpiPaper
from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import Answer, dump
from tests.gazette.story import Picture, Story

CONSENT = (
    "Chúng tôi và các đối tác lưu giữ và truy cập thông tin trên thiết bị của bạn, như cookie, để "
    "đo lường lượng đọc và cải thiện trải nghiệm của bạn trên trang này.",
    "Bạn có thể đổi lựa chọn của mình bất cứ lúc nào trong phần cài đặt ở cuối trang. Lựa chọn ấy "
    "chỉ có hiệu lực với trang này và được giữ trong mười hai tháng.",
)
PAGES: dict[str, Callable[[Story, str], Story]] = {
    "title": lambda story, name: replace(story, title=name),
    "lead": lambda story, _: replace(story, lead=""),
    "author": lambda story, _: replace(story, authors=(), agency=None),
    "consent": lambda story, _: replace(story, paragraphs=CONSENT, subheads=frozenset(), images=()),
    "teaser": lambda story, _: replace(
        story, paragraphs=(f"{story.paragraphs[0][:90]}...",), subheads=frozenset(), images=()
    ),
    "pictures": lambda story, _: replace(story, images=()),
}
LISTS = ("home", "feed", "sitemap")
FILLERS = ("filler-gone", "filler-empty")


class Spoiled(EpiPaper):
    """``drawn``: its category pages are empty, a script fills them. Each story has a picture: what
    half of the articles lack anyway is not missed in one night."""

    def __init__(self, newsroom: Newsroom, *, drawn: bool = False) -> None:
        super().__init__(newsroom, without=["ghosts", "signature"])
        self.drawn = drawn
        self.fault = ""

    def spoil(self, fault: str) -> None:
        """Break in one way from now on; "" is sound. ValueError for what is no fault."""
        if fault not in ("", *PAGES, *LISTS, *FILLERS):
            raise ValueError(f"no fault {fault!r}")
        with self._lock:
            self.fault = fault
            self._pages.clear()

    def article(self, number: str) -> Answer:
        story = self.newsroom.find(int(number))
        if story is None:
            return super().article(number)
        if not story.images:
            path = f"/images/{story.published:%Y/%m}/dsc{story.id}-0.png"
            shot = Picture(path, f"Một góc {story.section.name}, ảnh {story.id}.", None, 0)
            story = replace(story, images=(shot,))
        if self.fault in PAGES:
            story = PAGES[self.fault](story, self.name)
        return Answer(epipage.article(self, story).encode())

    def home(self) -> Answer:
        if self.fault == "home":
            return Answer(epipage.frame(self, "Trang nhất", "", "").encode())
        return super().home()

    def category(self, slug: str) -> Answer | None:
        section = next((one for one in self.newsroom.sections if one.slug == slug), None)
        if section is None or not self.drawn:
            return super().category(slug)
        return Answer(epipage.category(self, section, [], "").encode())

    def more(self, zone: str, number: str) -> Answer | None:
        if self.fault == "filler-gone":
            return None
        if self.fault == "filler-empty":
            return dump({"error_code": 0, "data": {"load_more": False, "contents": []}})
        return super().more(zone, number)

    def rss(self, slug: str, zone: str | None) -> Answer | None:
        if self.fault == "feed":
            return feed.rss(self.name, self.base, [], self._date_lists(), feed.write_rfc)
        return super().rss(slug, zone)

    def month(self, year: str, month: str) -> Answer | None:
        if self.fault == "sitemap":
            return feed.pack(feed.urlset([], self._date_lists()), declared=True)
        return super().month(year, month)


def make_spoiled(*, drawn: bool = False) -> Spoiled:
    """A paper of 60 articles in five days, that has not broken yet."""
    return Spoiled(epi.paper(seed=7, articles=60).newsroom, drawn=drawn)

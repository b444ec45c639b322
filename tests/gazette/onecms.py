"""A fictional paper of OneCMS (shared/sites/sites.md, "onecms"), traps included.

    /<slug>-<7 digits>.html    article          /kinh-te          category, 12 stories
    /api/getMoreArticle/channel_empty_<last id>_<channel>_0       the next 12 (keyset, JSON list)
    /rss/kinh-te, /rss/tin-moi-nhat.rss         /<tag>-ptag.html  tag page
    /sitemap.xml -> /sitemap-news.xml (48 hours), /sitemap-article-2026-02-04.xml (one a day)

Traps, each of which ``without=[...]`` turns off: ``us-date`` (the meta date is M/D/Y with a
12-hour clock while the page shows D/M/Y), ``dateline``, ``lead-again`` (first bold paragraph
repeats the lead), ``tts``, ``highlight`` (a box with another story inside the text), ``agency``
(its name is a last right-aligned paragraph; without the trap it is nowhere), ``short-year``
(feed dates), ``topmost`` (a box of other stories after the list, whose ids would lead the keyset
astray), ``spellings``, ``old-template`` (some articles have the headline and date of the system's
older pages: ``c-detail-head``, 15-01-2024 13:04).

No JSON-LD. The page shows minutes: ``truth()`` has seconds 00, and no date of modification.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from . import feed, onecmspage
from .newsroom import Newsroom
from .paper import Answer, Paper, dump
from .prose import slugify, toss, write_instant
from .spelling import spell
from .story import Story

TRAPS = frozenset(
    (
        *("us-date", "dateline", "lead-again", "tts", "highlight", "agency", "short-year"),
        *("topmost", "spellings", "old-template"),
    )
)
SIZE = 12
FIRST_ID = 3_318_001


class OnecmsPaper(Paper):
    """A paper on OneCMS."""

    key = "onecms"
    traps = TRAPS
    pagers = frozenset(("more",))
    routes: ClassVar = {
        r"/(?:\?.*)?": "home",
        r"/robots\.txt": "robots",
        r"/[^/?]+-(\d{7})\.html(?:\?.*)?": "article",
        r"/api/getMoreArticle/channel_empty_(\d+)_(\d+)_0": "more",
        r"/rss/([a-z-]+)(?:\.rss)?": "rss",
        r"/sitemap\.xml": "sitemap",
        r"/sitemap-news\.xml": "news",
        r"/sitemap-article-(\d{4}-\d\d-\d\d)\.xml": "day",
        r"/([^/?]+)-ptag\.html": "tag",
        r"(/images/.+\.png)": "picture_answer",
        r"/([a-z-]+)(?:\?.*)?": "category",
    }

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        name: str = "Báo Đông Ngàn",
        base: str = "http://baodongngan.test",
        without: Iterable[str] = (),
        varied: bool = False,
    ) -> None:
        super().__init__(newsroom, name=name, base=base, without=without, varied=varied)
        self.labels = {**self.labels, "related": "Bài liên quan", "same": "Đọc tiếp"}

    def path(self, story: Story) -> str:
        return f"/{story.slug}-{story.id}.html"

    def dateline(self, story: Story) -> str | None:
        return "ĐNO" if "dateline" in self.active and toss("dateline", story.id) % 2 else None

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [
            (self.labels["related"], story.related),
            (self.labels["same"], self.newsroom.earlier(story.id, 6)),
        ]

    def inline(self, story: Story) -> dict[int, Story]:
        """Return the story in a box inside the text, by the paragraph it follows."""
        if "highlight" not in self.active or toss("highlight", story.id) % 3:
            return {}
        shown = self.show(self.newsroom.earlier(story.id, 9)[8:9])
        return {0: shown[0]} if shown else {}

    def tell(self, story: Story) -> dict[str, Any]:
        return {
            **super().tell(story),
            "published": write_instant(story.published.replace(second=0)),
            "modified": None,
            "agency": story.agency if "agency" in self.active else None,
            "breadcrumbs": [self.labels["home"], story.section.name],
            "inline": [{"url": self.url(s), "title": s.title} for s in self.inline(story).values()],
        }

    def link(self, story: Story, place: str) -> str:
        """Return the href of a story as written at one place."""
        if "spellings" not in self.active:
            return self.path(story)
        return spell(self.base, self.path(story), toss(place, story.id))

    def home(self) -> Answer:
        """The front page."""
        return self._list(onecmspage.home(self, self.newsroom.visible()))

    def category(self, slug: str) -> Answer | None:
        """The first page of a section."""
        section = next((one for one in self.newsroom.sections if one.slug == slug), None)
        if section is None:
            return None
        ids, number = self.newsroom.visible(section), self.turned
        stories = self.show(ids[(number - 1) * SIZE : number * SIZE])
        links = self.turn(f"/{slug}", number, -(-len(ids) // SIZE))
        return self._list(onecmspage.category(self, section, stories, links))

    def more(self, last: str, channel: str) -> Answer | None:
        """The stories of a channel before the one with id ``last`` (0: from the newest)."""
        section = next((one for one in self.newsroom.sections if one.zone == int(channel)), None)
        if section is None:
            return None
        below = int(last) or FIRST_ID * 10
        ids = [one for one in self.newsroom.visible(section) if one < below][:SIZE]
        return dump([self._write_item(story) for story in self.show(ids)])

    def article(self, number: str) -> Answer | None:
        """An article, or what became of it."""
        story_id = int(number)
        story = self.newsroom.find(story_id)
        if story is None:
            return self.miss(story_id, onecmspage.notice(self))
        shown = [story_id, *(one for _, ids in self.blocks(story) for one in ids)]
        shown += [
            *self.newsroom.earlier(story_id, 9),
            *self.newsroom.earlier(story_id, 4, same=False),
        ]
        page = onecmspage.article(self, story)
        return Answer(page.encode(), modified=self.date_page(shown))

    def rss(self, slug: str) -> Answer | None:
        """The feed of a section, or the newest of all."""
        section = next((one for one in self.newsroom.sections if one.slug == slug), None)
        if section is None and slug != "tin-moi-nhat":
            return None
        stories = self.show(self.newsroom.visible(section)[:30])
        entries = [feed.announce(self, one) for one in stories]
        write = feed.write_short if "short-year" in self.active else feed.write_rfc
        return feed.rss(self.name, self.base, entries, self.newsroom.changed(), write)

    def sitemap(self) -> Answer:
        """The index: the news sitemap and one a day, today's (perhaps empty) included."""
        days = [self.newsroom.published(one).date() for one in self.newsroom.visible()]
        wanted = dict.fromkeys([self.newsroom.now.date(), *days])
        urls = [f"{self.base}/sitemap-article-{day}.xml" for day in wanted]
        return feed.sitemap_index([f"{self.base}/sitemap-news.xml", *urls], self.newsroom.changed())

    def news(self) -> Answer:
        """The news sitemap: the last 48 hours."""
        since = self.newsroom.now - timedelta(hours=48)
        ids = [one for one in self.newsroom.visible() if self.newsroom.published(one) >= since]
        entries = [feed.announce(self, one) for one in self.show(ids)]
        return feed.news_urlset(self.name, "vi", entries, self.newsroom.changed())

    def day(self, day: str) -> Answer:
        """The sitemap of one day; days without stories have an empty one."""
        ids = [i for i in self.newsroom.visible() if str(self.newsroom.published(i).date()) == day]
        entries = [feed.announce(self, one) for one in self.show(ids)]
        return feed.urlset(entries, self.newsroom.changed())

    def tag(self, slug: str) -> Answer:
        """The page of a tag: its stories among the newest hundred."""
        newest = self.show(self.newsroom.visible()[:100])
        stories = [one for one in newest if slug in map(slugify, one.tags)]
        return Answer(onecmspage.listing(self, f"#{slug}", stories).encode())

    def robots(self) -> Answer:
        """robots.txt: search closed, two sitemaps."""
        lines = ("User-agent: *", "Disallow: /tim-kiem", "Allow: /", "")
        maps = (f"Sitemap: {self.base}/{name}.xml" for name in ("sitemap", "sitemap-news"))
        return Answer("\n".join([*lines, *maps, ""]).encode(), "text/plain; charset=utf-8")

    def profile(self, base_url: str | None = None) -> str:
        base = base_url or self.base
        host = base.partition("//")[2]
        place = rf"https?://{host}".replace(".", r"\.")
        sections = [f'"{base}/{one.slug}"' for one in self.newsroom.sections]
        longest = max((len(self.newsroom.visible(s)) for s in self.newsroom.sections), default=0)
        return f"""\
title = "{self.name}"
home = "{base}/"
domains = ["{host}"]
language = "vi"
region = "VN"
timezone = "Asia/Ho_Chi_Minh"
platform = "onecms"
[walk]
categories = [{", ".join(sections)}]
feeds = ["{base}/rss/tin-moi-nhat.rss"]
sitemaps = ["{base}/sitemap.xml"]
article = ['^{place}/[^/?#]+-(?P<id>\\d{{7}})\\.html$']
pages = {longest // SIZE + 3}
[manners]
delay = 0.0
"""

    def _list(self, page: str) -> Answer:
        return Answer(page.encode(), modified=self.newsroom.changed())

    def _write_item(self, story: Story) -> dict[str, Any]:
        return {
            "PublisherId": story.id,
            "Title": story.title,
            "Headlines": story.lead,
            "LinktoMe2": self.path(story).removeprefix("/"),
            "LinkToChannel": f"/{story.section.slug}",
            "NameChannel": story.section.name,
            "TimeX2": f"{story.published:%d/%m/%Y %H:%M}",
            "Thumbnail": story.images[0].path if story.images else "",
        }


def paper(
    seed: int = 7,
    articles: int = 60,
    *,
    per_day: int = 12,
    start: date = date(2026, 1, 31),
    sections: Sequence[str] | None = None,
    **options: Any,
) -> OnecmsPaper:
    """Return a paper of about ``articles`` stories; its days are ones that M/D/Y misreads."""
    days = -(-articles // per_day)
    newsroom = Newsroom(seed, start, days, per_day, sections=sections, first_id=FIRST_ID)
    return OnecmsPaper(newsroom, **options)


if __name__ == "__main__":
    from .serve import run

    run(paper)

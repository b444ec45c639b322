"""A fictional paper of the ePi platform (shared/sites/sites.md, "epi"), traps included.

    /                               front page          /kinh-te/            category, 15 stories
    /<slug>-post<id>.html           article             /api/morenews-zone-42-1.html   JSON pager
    /post-<id>.html                 its short form      /rss/kinh-te-42.rss, /rss/home.rss
    /amp/..., /in-bai/...           its twins           /sitemap.xml -> /sitemaps/news-2026-2.xml
    /<category>/<YYYYMM>/<slug>-0<id>/   the address before the move to ePi (301)
    /tu-khoa/<slug>-tag<n>.html     tag page            /robots.txt (/tim-kiem/, /in-bai/ closed)

Traps, each of which ``without=[...]`` turns off: ``logo-h1`` (the first h1 is the paper's name),
``dateline`` before the lead, ``siblings`` in the breadcrumb, ``table-picture``, ``relate`` (link
lines inside the text), ``ads``, ``tts``, ``signature`` (author again as last paragraph), ``no-p``
(bodies of bare text and br), ``nfd`` (decomposed title), ``short-og-url``, ``spellings`` (links
with tracking, fragments, https, no host), ``ghosts`` (announced addresses that are dead, soft or
moved), ``gmt7`` (feed dates), ``bare-gzip`` (every other sitemap is gzip and does not say so),
``imgdesc`` (some captions are a paragraph after the picture's), ``empty-feed`` (the first
section's feed has no item).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar

from . import epipage, feed
from .newsroom import Newsroom
from .paper import Answer, Paper, dump, redirect
from .prose import slugify, toss
from .spelling import spell
from .story import Story

FIRST_PAGE = 15
TRAPS = frozenset(
    (
        *("logo-h1", "dateline", "siblings", "table-picture", "relate", "ads", "tts", "signature"),
        *("no-p", "nfd", "short-og-url", "spellings", "ghosts", "gmt7", "bare-gzip"),
        *("imgdesc", "empty-feed"),
    )
)
CLOSED = ("/tim-kiem/", "/in-bai/")


class EpiPaper(Paper):
    """A paper on ePi. ``structured`` switches JSON-LD; ``old_pager`` the pager's answer to HTML
    in ``data.articles``; ``page_size`` is the pager's (page 1 begins with the newest story).
    """

    key = "epi"
    traps = TRAPS
    pagers = frozenset(("more",))
    turning = "word"
    routes: ClassVar = {
        r"/(?:\?.*)?": "home",
        r"/robots\.txt": "robots",
        r"/[^/?]+-post(\d+)\.html(?:\?.*)?": "article",
        r"/(?:post-|[a-z-]+/\d{6}/[^/?]+-0)(\d+)(?:\.html|/)": "move",
        r"/(amp|in-bai)/[^/?]+-post(\d+)\.html": "twin",
        r"/api/morenews-zone-(\d+)-(\d+)\.html(?:\?.*)?": "more",
        r"/rss/([a-z-]+?)(?:-(\d+))?\.rss": "rss",
        r"/sitemap\.xml": "sitemap",
        r"/sitemaps/news-(\d{4})-(\d{1,2})\.xml": "month",
        r"/sitemaps/(categories|topics)\.xml": "places",
        r"/tu-khoa/([^/?]+)-tag\d+\.html": "tag",
        r"(/images/.+\.png)": "picture_answer",
        r"/([a-z-]+)/(?:\?.*)?": "category",
    }

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        name: str = "Báo Suối Bạc",
        base: str = "http://baosuoibac.test",
        without: Iterable[str] = (),
        structured: bool = True,
        old_pager: bool = False,
        page_size: int = 40,
        varied: bool = False,
    ) -> None:
        super().__init__(newsroom, name=name, base=base, without=without, varied=varied)
        self.structured = structured
        self.old_pager = old_pager
        self.page_size = page_size

    def path(self, story: Story) -> str:
        return f"/{story.slug}-post{story.id}.html"

    def dateline(self, story: Story) -> str | None:
        return "SBO" if "dateline" in self.active and toss("dateline", story.id) % 3 else None

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [
            (self.labels["related"], story.related),
            (self.labels["interest"], self.newsroom.earlier(story.id, 3, same=False)),
            (self.labels["same"], self.newsroom.earlier(story.id, 5)),
        ]

    def inline(self, story: Story) -> dict[int, Story]:
        """Return the stories linked from a line of their own inside the text, by paragraph."""
        if "relate" not in self.active or toss("relate", story.id) % 3:
            return {}
        shown = self.show(self.newsroom.earlier(story.id, 9)[7:8])
        return {1: shown[0]} if shown else {}

    def tell(self, story: Story) -> dict[str, Any]:
        inline = [{"url": self.url(s), "title": s.title} for s in self.inline(story).values()]
        return {**super().tell(story), "breadcrumbs": [story.section.name], "inline": inline}

    def link(self, story: Story, place: str) -> str:
        """Return the href of a story as written at one place: a different spelling at each."""
        if "spellings" not in self.active:
            return self.url(story)
        return spell(self.base, self.path(story), toss(place, story.id))

    def home(self) -> Answer:
        """The front page: the newest of all, five of each section, what was read most."""
        ids = self.newsroom.visible()
        return Answer(epipage.home(self, ids).encode(), modified=self._date_lists())

    def category(self, slug: str) -> Answer | None:
        """The first page of a section."""
        section = next((one for one in self.newsroom.sections if one.slug == slug), None)
        if section is None:
            return None
        ids, number = self.newsroom.visible(section), self.turned
        stories = self.show(ids[(number - 1) * FIRST_PAGE : number * FIRST_PAGE])
        links = self.turn(f"/{slug}/", number, -(-len(ids) // FIRST_PAGE))
        page = epipage.category(self, section, stories, links)
        return Answer(page.encode(), modified=self._date_lists())

    def article(self, number: str) -> Answer:
        """An article, or what became of it."""
        story_id = int(number)
        story = self.newsroom.find(story_id)
        if story is not None:
            shown = [story_id, *(one for _, ids in self.blocks(story) for one in ids)]
            shown += self.newsroom.earlier(story_id, 9)
            page = epipage.article(self, story)
            return Answer(page.encode(), modified=self.date_page(shown))
        return self.miss(story_id, epipage.notice(self))

    def move(self, number: str) -> Answer | None:
        """A short or old address: 301 to the article."""
        story = self.newsroom.find(int(number))
        return redirect(self.url(story)) if story else None

    def twin(self, kind: str, number: str) -> Answer | None:
        """The AMP or print form of an article: the same words, less around them."""
        story = self.newsroom.find(int(number))
        if story is None:
            return None
        return Answer(epipage.twin(self, story, kind).encode(), modified=self.date_page([story.id]))

    def more(self, zone: str, number: str) -> Answer | None:
        """A page of the JSON pager; pages count from 1, empty ones follow the last."""
        section = next((one for one in self.newsroom.sections if one.zone == int(zone)), None)
        if section is None:
            return None
        start = (max(int(number), 1) - 1) * self.page_size
        stories = self.show(self.newsroom.visible(section)[start : start + self.page_size])
        if self.old_pager:
            place = partial(epipage.item, self, f"api-{number}")
            return dump({"error_code": 0, "data": {"articles": "".join(map(place, stories))}})
        contents = [
            {
                "content_id": one.id,
                "title": one.title,
                "description": one.lead,
                "date": int(one.published.timestamp()),
                "update_time": int(one.modified.timestamp()),
                "url": self.path(one),
                "zone": {"zone_id": section.zone, "name": section.name},
                "avatar_url": one.images[0].path if one.images else "",
            }
            for one in stories
        ]
        return dump({"error_code": 0, "data": {"load_more": bool(stories), "contents": contents}})

    def rss(self, slug: str, zone: str | None) -> Answer | None:
        """The feed of a section, or /rss/home.rss: the newest 20, links with tracking."""
        known = {(one.slug, str(one.zone)): one for one in self.newsroom.sections}
        section = known.get((slug, zone or ""))
        if section is None and (slug, zone) != ("home", None):
            return None
        hollow = "empty-feed" in self.active and section == self.newsroom.sections[0]
        stories = [] if hollow else self.show(self.newsroom.visible(section)[:20])
        entries = [feed.announce(self, one, "?utm_source=rss&utm_medium=feed") for one in stories]
        write = feed.write_gmt7 if "gmt7" in self.active else feed.write_rfc
        return feed.rss(self.name, self.base, entries, self._date_lists(), write)

    def sitemap(self) -> Answer:
        """The sitemap index: months newest first, the month not padded."""
        months = [f"news-{year}-{month}" for year, month in self._months()]
        names = [*months, "categories", "topics"]
        urls = [f"{self.base}/sitemaps/{name}.xml" for name in names]
        return feed.sitemap_index(urls, self._date_lists())

    def month(self, year: str, month: str) -> Answer | None:
        """The sitemap of a month, gzipped whatever the client accepts."""
        wanted = (int(year), int(month))
        if month.startswith("0") or wanted not in self._months():
            return None
        stories = self.show(self.newsroom.visible())
        entries = [
            feed.announce(self, one)
            for one in stories
            if (one.published.year, one.published.month) == wanted
        ]
        declared = "bare-gzip" not in self.active or wanted[1] % 2 == 1
        return feed.pack(feed.urlset(entries, self._date_lists()), declared=declared)

    def places(self, kind: str) -> Answer:
        """The sitemaps of what is no article: categories and topics."""
        if kind == "categories":
            return feed.pages(self.base + f"/{one.slug}/" for one in self.newsroom.sections)
        tags = sorted({tag for s in self.show(self.newsroom.visible()[:40]) for tag in s.tags})
        return feed.pages(self.base + self.tag_path(tag) for tag in tags)

    def tag_path(self, tag: str) -> str:
        """Return the path of a tag's page."""
        return f"/tu-khoa/{slugify(tag)}-tag{toss(tag) % 100_000}.html"

    def tag(self, slug: str) -> Answer:
        """The page of a tag: its stories among the newest hundred."""
        newest = self.show(self.newsroom.visible()[:100])
        stories = [one for one in newest if slug in map(slugify, one.tags)]
        return Answer(epipage.listing(self, f"#{slug}", stories).encode())

    def robots(self) -> Answer:
        """robots.txt: search and print pages closed, one sitemap."""
        closed = "".join(f"Disallow: {path}\n" for path in CLOSED)
        text = f"User-agent: *\n{closed}\nSitemap: {self.base}/sitemap.xml\n"
        return Answer(text.encode(), "text/plain; charset=utf-8")

    def profile(self, base_url: str | None = None) -> str:
        base = base_url or self.base
        sections = [f'"{base}/{one.slug}/"' for one in self.newsroom.sections]
        host = base.partition("//")[2]
        place = rf"https?://{host}".replace(".", r"\.")
        longest = max((len(self.newsroom.visible(s)) for s in self.newsroom.sections), default=0)
        return f"""\
title = "{self.name}"
home = "{base}/"
domains = ["{host}"]
language = "vi"
region = "VN"
timezone = "Asia/Ho_Chi_Minh"
platform = "epi"
[walk]
categories = [{", ".join(sections)}]
feeds = ["{base}/rss/home.rss"]
sitemaps = ["{base}/sitemap.xml"]
article = ['^{place}/[^/?#]+-post(?P<id>\\d+)\\.html$']
twins = [['^({place})/(?:amp|in-bai)/', '\\1/']]
pages = {longest // self.page_size + 3}
[manners]
delay = 0.0
"""

    def _months(self) -> list[tuple[int, int]]:
        dates = (self.newsroom.published(one) for one in self.newsroom.visible())
        return list(dict.fromkeys((at.year, at.month) for at in dates))

    def _date_lists(self) -> datetime | None:
        return self.newsroom.changed()


def paper(
    seed: int = 7,
    articles: int = 60,
    *,
    per_day: int = 12,
    start: date = date(2026, 1, 29),
    sections: Sequence[str] | None = None,
    **options: Any,
) -> EpiPaper:
    """Return a paper of about ``articles`` stories, ``per_day`` a day, over the end of a month."""
    days = -(-articles // per_day)
    newsroom = Newsroom(seed, start, days, per_day, sections=sections)
    return EpiPaper(newsroom, **options)


if __name__ == "__main__":
    from .serve import run

    run(paper)

"""A paper of many small pages made on the fly: for what a crawl of 20,000 pages costs.

    /tin-tuc?page=7        100 links and rel=next       /sitemap.xml -> /sitemap-3.xml (1,000 each)
    /tin-tuc/bai-<n>.html  an article, n from 1

Nothing is kept: a page is a few string operations on its number. Its text is unique to the
number, so that no two pages are the same to a deduplicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from .paper import Answer

ICT = timezone(timedelta(hours=7))
START = datetime(2026, 1, 1, tzinfo=ICT)
PER_LIST = 100
PER_MAP = 1000
NUMBER = re.compile(r"/tin-tuc/bai-(\d+)\.html")
LIST = re.compile(r"/tin-tuc(?:\?page=(\d+))?")
MAP = re.compile(r"/sitemap-(\d+)\.xml")
NAMES = ("Nậm Sim", "Tà Lau", "Khe Quế", "Vực Trám", "Đồi Mơ", "Bãi Sậy", "Gò Dẻ")
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class ManyPaper:
    """``articles`` small pages; ``sitemap=False`` leaves the category pages as the only way."""

    def __init__(
        self, articles: int = 20_000, *, base: str = "http://many.test", sitemap: bool = True
    ) -> None:
        self.articles = articles
        self.base = base
        self.sitemap = sitemap

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return datetime(2026, 2, 1, tzinfo=UTC)

    def path(self, number: int) -> str:
        """Return the path of article ``number``, 1 to ``articles``."""
        return f"/tin-tuc/bai-{number}.html"

    def urls(self) -> Iterator[str]:
        """Yield the addresses of all articles."""
        return (self.base + self.path(number) for number in range(1, self.articles + 1))

    def answer(self, target: str) -> Answer | None:
        """Return the answer to a path with its query; None where there is nothing."""
        if match := NUMBER.fullmatch(target):
            number = int(match[1])
            return self.write_article(number) if 1 <= number <= self.articles else None
        if match := LIST.fullmatch(target):
            return self._write_list(int(match[1] or 1))
        if match := MAP.fullmatch(target):
            return self._write_map(int(match[1]))
        if target == "/robots.txt":
            line = f"Sitemap: {self.base}/sitemap.xml\n" if self.sitemap else ""
            return Answer(f"User-agent: *\nDisallow:\n{line}".encode(), "text/plain")
        if target == "/":
            return Answer(
                b'<!DOCTYPE html><title>Bao Nhieu Trang</title><a href="/tin-tuc">Tin</a>'
            )
        return self._write_index() if target == "/sitemap.xml" and self.sitemap else None

    def write_article(self, number: int) -> Answer:
        """Return the page of one article."""
        at = (START + timedelta(minutes=number)).isoformat()
        name, other = NAMES[number % 7], NAMES[number // 7 % 7]
        text = f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Bản tin {number} từ {name}</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="{at}">
</head><body><article><h1>Bản tin {number} từ {name}</h1>
<p>Tổ công tác số {number} đã về {name} và ghi lại {number * 7 % 997} ý kiến của bà con về đường
liên thôn, nước sạch và lớp học mới dựng bên suối.</p>
<p>Theo kế hoạch mang mã M{number}, đoạn từ {name} tới {other} dài {number % 89 + 1} km sẽ được
rải đá trước mùa mưa; {number * 13 % 401} hộ đã góp công.</p></article></body></html>
"""
        return Answer(text.encode())

    def profile(self, base_url: str | None = None) -> str:
        """Return the paper's profile."""
        base = base_url or self.base
        host = base.partition("//")[2]
        place = rf"https?://{host}".replace(".", r"\.")
        maps = f'"{base}/sitemap.xml"' if self.sitemap else ""
        return f"""\
title = "Báo Nhiều Trang"
home = "{base}/"
domains = ["{host}"]
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
[walk]
categories = ["{base}/tin-tuc"]
sitemaps = [{maps}]
article = ['^{place}/tin-tuc/bai-(?P<id>\\d+)\\.html$']
pager = "next-link"
pages = {self.articles // PER_LIST + 1}
[manners]
delay = 0.0
concurrency = 8
"""

    def _write_list(self, page: int) -> Answer | None:
        first = (page - 1) * PER_LIST + 1
        last = min(self.articles, page * PER_LIST)
        if page < 1 or first > self.articles:
            return None
        links = "".join(
            f'<li><a href="{self.path(n)}">Bản tin {n} từ {NAMES[n % 7]}</a></li>\n'
            for n in range(first, last + 1)
        )
        more = (
            f'<a rel="next" href="/tin-tuc?page={page + 1}">sau</a>' if last < self.articles else ""
        )
        return Answer(f"<!DOCTYPE html><title>Tin</title><ul>{links}</ul>{more}".encode())

    def _write_map(self, number: int) -> Answer | None:
        first = (number - 1) * PER_MAP + 1
        last = min(self.articles, number * PER_MAP)
        if number < 1 or first > self.articles:
            return None
        rows = "".join(
            f"<url><loc>{self.base}{self.path(n)}</loc></url>\n" for n in range(first, last + 1)
        )
        return Answer(f"{XML}<urlset {SCHEMA}>{rows}</urlset>".encode(), "application/xml")

    def _write_index(self) -> Answer:
        count = -(-self.articles // PER_MAP)
        rows = "".join(
            f"<sitemap><loc>{self.base}/sitemap-{n}.xml</loc></sitemap>\n"
            for n in range(1, count + 1)
        )
        body = f"{XML}<sitemapindex {SCHEMA}>{rows}</sitemapindex>"
        return Answer(body.encode(), "application/xml")


def paper(seed: int = 7, articles: int = 20_000) -> ManyPaper:  # noqa: ARG001
    """Return a paper of exactly ``articles`` pages; the seed is there for serve.py alone."""
    return ManyPaper(articles)


if __name__ == "__main__":
    from .serve import run

    run(paper, articles=20_000)

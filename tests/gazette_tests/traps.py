"""The table of traps, and for each trap a proof: how it shows on the wire of a paper.

A proof is given a small paper and says whether the trap is there; it looks at bytes
by regular expressions and json, never at how the paper was made.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import tests.gazette
from tests.gazette.paper import Paper, quote

from .browse import fetch, find_links, plain_text, walk

LINE = re.compile(r"^    (\S.*?) {2,}((?:[a-z]+(?::[\w-]+)? ?)+)$", re.M)
Proof = Callable[[Paper], bool]


def read_table() -> dict[str, dict[str, str]]:
    """Return trap -> paper -> the name that turns it off there, or "" where nothing does."""
    table = {}
    for name, holders in LINE.findall(tests.gazette.__doc__ or ""):
        pairs = [one.partition(":") for one in holders.split()]
        table[name] = {paper: switch for paper, _, switch in pairs}
    return table


def read_pages(paper: Paper) -> list[tuple[dict[str, Any], str]]:
    """Return what each story is, with its page."""
    return [(told, fetch(paper, told["url"].removeprefix(paper.base))) for told in paper.truth()]


def match_any(pattern: str) -> Proof:
    """A proof: some article's page has the pattern."""
    return lambda paper: any(re.search(pattern, page, re.S) for _, page in read_pages(paper))


def match_at(pattern: str, *paths: str) -> Proof:
    """A proof: what one of the paper's paths answers has the pattern."""

    def prove(paper: Paper) -> bool:
        found = [path for path in paths if paper.answer(path) is not None]
        return any(re.search(pattern, fetch(paper, path), re.S) for path in found)

    return prove


def hold_all(test: Callable[[Paper, dict[str, Any], str], bool]) -> Proof:
    """A proof: the test holds for every article."""
    return lambda paper: all(test(paper, told, page) for told, page in read_pages(paper))


def hold_any(test: Callable[[Paper, dict[str, Any], str], bool]) -> Proof:
    """A proof: the test holds for some article."""
    return lambda paper: any(test(paper, told, page) for told, page in read_pages(paper))


def read_h1(page: str) -> str:
    """Return the words of the first h1."""
    found = re.search(r"<h1\b[^>]*>(.*?)</h1>", page, re.S)
    return plain_text(found[1]).strip() if found else ""


def _has_clock(_: Paper, told: dict[str, Any], page: str) -> bool:
    header = page.partition(plain_text(told["title"]))[0] + page[: page.find("<main")]
    days = {f"{d}/{m}/{y}" for d, m, y in re.findall(r"(\d\d)/(\d\d)/(\d{4})", header)}
    published = datetime.fromisoformat(told["published"])
    return bool(days - {f"{published:%d/%m/%Y}"})


def _has_lead_in_bold(_: Paper, told: dict[str, Any], page: str) -> bool:
    return f"<p><strong>{told['lead']}</strong></p>" in page


def _hides_body(_: Paper, told: dict[str, Any], page: str) -> bool:
    words = plain_text(page)
    return not any(one in words for one in told["paragraphs"]) and told["title"] in words


def _ends_with_author(_: Paper, told: dict[str, Any], page: str) -> bool:
    name = re.escape(", ".join(told["authors"]))
    rule = rf'<p (?:style="text-align: right;"|align="right")><strong>{name}[^<]*</strong></p>'
    return bool(re.search(rule, page))


def _lacks_p(_: Paper, told: dict[str, Any], page: str) -> bool:
    return not any(f"<p>{one[:20]}" in page for one in told["paragraphs"])


def _has_no_id(_: Paper, told: dict[str, Any], page: str) -> bool:  # noqa: ARG001
    return str(told["id"]) not in told["url"]


def _has_foreign_story(paper: Paper, told: dict[str, Any], page: str) -> bool:
    """Another story's address stands between the first paragraph and the last."""
    if _hides_body(paper, told, page):
        return False
    first, last = quote(told["paragraphs"][0]), quote(told["paragraphs"][-1])[-30:]
    found = re.findall(r'href="([^"]+)"', page[page.index(first) : page.index(last)])
    paths = {paper.path(one) for one in paper.show(paper.newsroom.visible())}
    return any(path in link for link in found for path in paths)


def _is_decomposed(_: Paper, told: dict[str, Any], page: str) -> bool:  # noqa: ARG001
    return any(unicodedata.combining(one) for one in unquote(told["url"]))


def _is_title_decomposed(_: Paper, told: dict[str, Any], page: str) -> bool:
    return unicodedata.normalize("NFD", told["title"]) in page


def _answers_two_spellings(paper: Paper) -> bool:
    slug = paper.newsroom.sections[0].slug
    both = (paper.answer(f"/{slug}"), paper.answer(f"/{slug.capitalize()}"))
    linked = f'href="/{slug.capitalize()}"' in fetch(paper, "/")
    return all(both) and linked


def _lists_days(paper: Paper) -> bool:
    answers = walk(paper)
    days = [path for path in answers if re.fullmatch(r"/\d{4}/\d\d/\d\d/", path)]
    return any(answers[path] == 200 for path in days)


def _is_wide(paper: Paper) -> bool:
    zone = paper.newsroom.sections[0].zone
    answer = paper.answer(f"/rss/{zone}.rss")
    return answer is not None and answer.body[:2] == b"\xff\xfe"


def _names_empty_sitemap(paper: Paper) -> bool:
    paths = find_links(paper, "/robots.txt")
    paths |= {child for one in paths for child in find_links(paper, one)}
    maps = [fetch(paper, one) for one in paths if one.endswith(".xml") and paper.answer(one)]
    return any("<urlset" in one and "<loc>" not in one for one in maps)


def _has_hollow_feed(paper: Paper) -> bool:
    one = paper.newsroom.sections[0]
    paths = (f"/{one.slug}/index.rss", f"/rss/{one.slug}-{one.zone}.rss")
    feeds = [fetch(paper, path) for path in paths if paper.answer(path)]
    return all("<rss" in feed and "<item>" not in feed for feed in feeds)


def _packs_silently(paper: Paper) -> bool:
    answer = paper.answer("/sitemaps/news-2026-2.xml")
    return answer is not None and answer.body[:2] == b"\x1f\x8b" and not answer.headers


def _answers_json(paper: Paper) -> bool:
    zone, slug = paper.newsroom.sections[0].zone, paper.newsroom.sections[0].slug
    paths = (
        f"/api/morenews-zone-{zone}-1.html",
        f"/list-post-by-category?page=1&limit=12&category_id={zone}",
        f"/api/web/article-get-news-by-category-slug?category_slug={slug}&limit=9",
        "/wp-json/wp/v2/posts?page=1&per_page=9",
        f'/pf/api/v3/content/fetch/story-feed?query={{"offset":0,"section":"/{slug}"}}',
    )
    answers = [one for path in paths if (one := paper.answer(path))]
    return len(answers) == 1 and bool(json.loads(answers[0].body))


def _writes_relative(paper: Paper) -> bool:
    zone = paper.newsroom.sections[0].zone
    first = (f"/api/morenews-zone-{zone}-1.html", f"/api/getMoreArticle/channel_empty_0_{zone}_0")
    paths = (*first, f"/list-post-by-category?page=1&limit=12&category_id={zone}")
    text = next(fetch(paper, path) for path in paths if paper.answer(path))
    found = re.findall(r'"(?:url|link|LinktoMe2)": "([^"]+)"', text)
    return bool(found) and not any(one.startswith("http") for one in found)


def _says_parts(paper: Paper) -> bool:
    path = "/api/web/article-get-news-by-category-slug?category_slug=kinh-te&limit=9"
    text = fetch(paper, path)
    return "article_slug" in text and '"url"' not in text


def _has_first_h1(what: str) -> Proof:
    def test(paper: Paper, told: dict[str, Any], page: str) -> bool:
        wanted = paper.name if what == "paper" else told["section"]
        return wanted in read_h1(page) and told["title"] not in read_h1(page)

    return hold_all(test)


PROOFS: dict[str, Proof] = {
    "first h1 is the paper's name": _has_first_h1("paper"),
    "first h1 is the breadcrumb": _has_first_h1("section"),
    "headline is no h1": hold_all(lambda _, told, page: f"{told['title']}</h1>" not in page),
    "header clock": hold_all(_has_clock),
    "meta date is month first": match_any(r'published_time" content="\d+/\d+/2026 [\d:]+ [AP]M"'),
    "day-only date in JSON-LD": match_any(r'"datePublished": "\d{4}-\d\d-\d\d"'),
    "time before date": match_any(r">\d\d:\d\d(?:,| \|) \d\d/\d\d/\d{4}<"),
    "afternoon hours with PM": match_any(r" - (?:1[3-9]|2\d):\d\d PM<"),
    "zone in brackets after the date": match_any(r"\d\d/\d\d/\d{4} \d\d:\d\d \[GMT\+7\]<"),
    "all instants in UTC": match_any(r'datetime="[^"]+Z"'),
    "nested document": match_any(r"<main>\s*<!DOCTYPE html>.*</html>.*</main>.*</html>"),
    "base href to a template folder": match_any(r'<base href="[^"]+/templates/[^"]+">'),
    "og:url of a dead host": hold_all(
        lambda paper, _, page: f'og:url" content="{paper.base}' not in page and "og:url" in page
    ),
    "short og:url": hold_all(lambda _, told, page: f"/post-{told['id']}.html" in page),
    "lead again as bold paragraph": hold_any(_has_lead_in_bold),
    "lead only in the text": hold_all(
        lambda _, told, page: _has_lead_in_bold(_, told, page) and "description" not in page
    ),
    "no lead, junk in its place": match_any(r'name="description" content="\+ [^"]+:"'),
    "dateline before the lead": match_any(r">[A-ZĐ]{3,4} - [^<]{40}"),
    "dateline in brackets": match_any(r">\([A-ZĐ]{3,4}\) - [^<]{40}"),
    "caption in a paragraph of its own": match_any(r'<p class="imgdesc">'),
    "older template beside the new": match_any(r'class="c-detail-head__title"'),
    "caption in a second row": match_any(r"<tr><td[^>]*><img[^>]+></td></tr>\s*<tr><td"),
    "TTS player": match_any("Nam miền Bắc"),
    "placeholder author": match_any('class="author">Bút danh<'),
    "author as last paragraph": hold_any(_ends_with_author),
    "body without p": hold_any(_lacks_p),
    "body in a script alone": hold_any(_hides_body),
    "body behind a wall": match_any(r'"isAccessibleForFree": false.*class="subscriber-only"'),
    "link lines in the text": hold_any(_has_foreign_story),
    "another story in the text": hold_any(_has_foreign_story),
    "prompt in the text": match_any(r"newspack-newsletters-subscribe|subscription-promo"),
    "NFD title": hold_any(_is_title_decomposed),
    "NFD slug": hold_any(_is_decomposed),
    "mixed-case category": _answers_two_spellings,
    "capital in an article's slug": hold_any(
        lambda paper, told, _: told["url"].removeprefix(paper.base)[1].isupper()
    ),
    "address without an id": hold_any(_has_no_id),
    "list that looks like an article": _lists_days,
    "dead, soft and moved addresses": match_at("post999001", "/"),
    "UTF-16 feed": _is_wide,
    "feed date GMT+7": match_at(r"<pubDate>[^<]+ GMT\+7<", "/rss/home.rss"),
    "feed date with two-digit year": match_at(r"<pubDate>\w+, \d\d \w+ \d\d ", "/rss/kinh-te"),
    "feed without items": _has_hollow_feed,
    "feed with an unknown period": match_at(r"updatePeriod>always<", "/xa-hoi/index.rss"),
    "empty sitemap": _names_empty_sitemap,
    "sitemap month not padded": match_at(
        r"-2026-\d\.xml|&amp;month=\d<", "/sitemap.xml", "/tncms/sitemap/editorial.xml"
    ),
    "gzip sitemap that does not say so": _packs_silently,
    "daily sitemaps": match_at(r"sitemap-article-2026-\d\d-\d\d\.xml", "/sitemap.xml"),
    "news sitemap": match_at(
        r"<news:title>",
        "/sitemap-news.xml",
        "/tncms/sitemap/news.xml",
        "/arc/outboundfeeds/news-sitemap/?outputType=xml",
    ),
    "keyset pager": match_at(r'"LinktoMe2"', "/api/getMoreArticle/channel_empty_0_42_0"),
    "JSON pager": _answers_json,
    "relative addresses in JSON": _writes_relative,
    "address in parts in JSON": _says_parts,
}

"""Pages through a section of each paper the way its system does, without HTTP."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import count

from tests.gazette.paper import Paper
from tests.gazette.story import Story

from .browse import fetch, find_links, strip_spelling


def list_section(paper: Paper, slug: str) -> list[int]:
    """Return the ids a section's list pages name, in order, the way its system pages them."""
    return list(dict.fromkeys(_LISTS[paper.key](paper, slug)))


def _list_epi(paper: Paper, slug: str) -> Iterator[int]:
    text = fetch(paper, f"/{slug}/")
    zone = re.search(r"var cateId = (\d+);", text)
    assert zone
    yield from map(int, re.findall(r'data-id="(\d+)"', text))
    for number in range(1, 99):
        data = json.loads(fetch(paper, f"/api/morenews-zone-{zone[1]}-{number}.html"))["data"]
        if "articles" in data:
            ids = [int(one) for one in re.findall(r'data-id="(\d+)"', data["articles"])]
        else:
            ids = [one["content_id"] for one in data["contents"]]
        if not ids:
            return
        yield from ids


def _list_onecms(paper: Paper, slug: str) -> Iterator[int]:
    text = fetch(paper, f"/{slug}")
    ids = [int(one) for one in re.findall(r'<li pid="(\d+)"', text)]
    channel = re.search(r"getarticlebychannel/(\d+)", text)
    assert channel
    while ids:
        yield from ids
        more = fetch(paper, f"/api/getMoreArticle/channel_empty_{ids[-1]}_{channel[1]}_0")
        ids = [one["PublisherId"] for one in json.loads(more)]


def _list_plain(paper: Paper, slug: str) -> Iterator[int]:
    path: str | None = f"/{slug}"
    while path:
        text = fetch(paper, path)
        yield from map(int, re.findall(r'<h2><a href="[^"]*-(\d+)\.html"', text))
        following = re.search(r'<link rel="next" href="([^"]+)"', text)
        path = following and strip_spelling(paper, following[1])


def _list_numbered(paper: Paper, slug: str) -> Iterator[int]:
    """Pages that are asked for by number until one is empty or not there."""
    section = next(one for one in paper.newsroom.sections if one.slug == slug)
    first, following = _PAGES[paper.key]
    for number in count(1):
        form = first if number == 1 else following
        path = form.format(slug=slug, number=number, zone=section.zone)
        if paper.answer(path) is None:
            return
        ids = _find_ids(paper, path)
        yield from ids
        if not ids or not following:
            return


def _find_ids(paper: Paper, path: str) -> list[int]:
    """The ids of the stories whose addresses a list holds, in its order."""
    stories: dict[str, Story] = {
        paper.path(story): story for story in paper.show(paper.newsroom.visible())
    }
    text = fetch(paper, path)
    links = find_links(paper, path) & stories.keys()
    return [stories[one].id for one in sorted(links, key=lambda one: _find_place(text, one))]


def _find_place(text: str, path: str) -> int:
    """Where an address first stands, whole or, in a JSON list, its last part."""
    spot = text.find(path)
    return spot if spot >= 0 else text.find(path.rpartition("/")[2])


def _list_sitemap(paper: Paper, slug: str) -> Iterator[int]:
    """A section of a paper whose lists show the newest only: what its sitemaps have of it."""
    left = [one for one in find_links(paper, "/robots.txt") if "news" not in one]
    while left:
        path = left.pop(0)
        left += sorted((one for one in find_links(paper, path) if "/sitemap/" in one), key=_rank)
        stories = _find_ids(paper, path)
        for one in paper.show(stories):
            if one.section.slug == slug:
                yield one.id


def _rank(path: str) -> tuple[int, str]:
    return len(path), path  # from=6 before from=12


_PAGES = {
    "vnpt": ("/{slug}/", "/{slug}/?paged={number}"),
    "fck": ("/{slug}/", "/{slug}/?p={number}&d="),
    "card": (
        "/list-post-by-category?page=1&limit=12&category_id={zone}",
        "/list-post-by-category?page={number}&limit=12&category_id={zone}",
    ),
    "bbg": ("/{slug}", ""),
    "spa": ("/api/web/article-get-news-by-category-slug?category_slug={slug}&limit=99", ""),
    "dataimages": ("/{slug}/", "/{slug}/?page={number}"),
    "ims": ("/{zone}/{slug}.aspx", "/{zone}/{slug}.aspx?page={number}"),
    "wordpress": ("/category/{slug}/", "/category/{slug}/page/{number}/"),
}
_LISTS: dict[str, Callable[[Paper, str], Iterator[int]]] = {
    **dict.fromkeys(_PAGES, _list_numbered),
    "blox": _list_sitemap,
    "arc": _list_sitemap,
    "epi": _list_epi,
    "onecms": _list_onecms,
    "plain": _list_plain,
}

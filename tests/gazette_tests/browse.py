"""Looks at a paper without HTTP: its pages, their words and links, all that can be reached.

Pages are looked at with regular expressions and json only: what reads them for the archive must
not be what says they are right.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import unicodedata
from typing import Any

from tests.gazette.paper import Paper

CLOSED = ("/tim-kiem", "/in-bai/", "/users/", "/search/")
ASSET = re.compile(r"\.(?:css|js|gif)(?:\?|$)|/(?:logo\.png|wp-json/|static/.*)$")
HIDDEN = {
    "card": ["/list-post-by-category?page=2&limit=12&category_id=42"],
    "spa": [
        f"/api/web/article-get-news-by-category-slug?category_slug={slug}&limit=99"
        for slug in ("kinh-te", "xa-hoi", "the-thao")
    ],
}
"""Lists that a script asks for: no page has a link to them."""


def fetch(paper: Any, path: str) -> str:
    """Return the text of a page without HTTP."""
    answer = paper.answer(path)
    assert answer is not None and answer.status == 200, path
    body = answer.body
    if body[:2] == b"\xff\xfe":
        return body.decode("utf-16")
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode("utf-8")


def plain_text(markup: str) -> str:
    """Return the words of HTML, entities resolved, in NFC, blanks folded."""
    text = re.sub(r"<(script|style).*?</\1>", " ", markup, flags=re.S)
    text = html.unescape(re.sub(r"<[^>]+>", "\0", text)).replace("\0", "")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def strip_spelling(paper: Paper, url: str) -> str | None:
    """Return the path of a link of the paper, None for other places."""
    url = html.unescape(url).partition("#")[0]
    host = paper.base.partition("//")[2]
    path = re.sub(rf"^(?:https?:)?//{re.escape(host)}(?=/)", "", url)
    return path if path.startswith("/") and not path.startswith("//") else None


def find_links(paper: Paper, path: str) -> set[str]:
    """Return the paths that a page, feed, sitemap or JSON list of the paper announces."""
    answer = paper.answer(path)
    if answer is None or answer.status != 200 or answer.type == "image/png":
        return set()
    text = fetch(paper, path)
    rule = r'(?:href|src|content)="([^"]+)"|<(?:loc|link|image:loc)>([^<]+)<|"url": "([^"]+)"'
    found = {next(filter(None, groups)) for groups in re.findall(rule, text)}
    found |= set(_list_entries(path, text))
    if path == "/robots.txt":
        found |= set(re.findall(r"Sitemap: (\S+)", text))
    paths = {one for url in found if (one := strip_spelling(paper, url))}
    return {one for one in paths if not ASSET.search(one)}


def _list_entries(path: str, text: str) -> list[str]:
    """The addresses in a JSON list, which hold them in parts or without their first slash."""
    if "getMoreArticle" in path:
        return [f"/{one['LinktoMe2']}" for one in json.loads(text)]
    if path.startswith("/list-post-by-category"):
        return [f"/{one['link']}" for one in json.loads(text)["data"]]
    if path.startswith("/api/web/article-get"):
        keys = ("article_type_slug", "category_slug", "article_slug")
        entries = json.loads(text)["data"]["list"]
        return ["/" + "/".join(one[key] for key in keys) for one in entries]
    return []


def walk(paper: Paper) -> dict[str, int]:
    """Return every path reachable from the front page and robots.txt with its status."""
    seen: dict[str, int] = {}
    left = ["/", "/robots.txt", *HIDDEN.get(paper.key, ())]
    while left:
        path = left.pop()
        if path in seen or path.startswith(CLOSED):
            continue
        answer = paper.answer(path)
        seen[path] = 404 if answer is None else answer.status
        left += find_links(paper, path)
    return seen

"""Read pages with newspaper4k, news-please and readability-lxml; runs in .venv-gate.

    stdin   a JSON line a page: {"html": ..., "url": ...}
    stdout  a JSON line a page: {reader: {"text", "title", "day", "authors", "seconds"}}

A process of its own, since these readers bring sixty packages that nothing else here needs; it
imports nothing of ours. The three are MIT or Apache-2.0. Not measured, since it is GPL-3:
html2text.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any


def read_newspaper(html: str, url: str) -> dict[str, Any]:
    """newspaper4k's reading."""
    import newspaper

    article = newspaper.Article(url, fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return {
        "text": article.text,
        "title": article.title,
        "day": str(article.publish_date)[:10] if article.publish_date else None,
        "authors": list(article.authors),
    }


def read_newsplease(html: str, url: str) -> dict[str, Any]:
    """news-please's reading."""
    from newsplease import NewsPlease

    article = NewsPlease.from_html(html, url=url, fetch_images=False)
    return {
        "text": article.maintext or "",
        "title": article.title,
        "day": str(article.date_publish)[:10] if article.date_publish else None,
        "authors": list(article.authors or ()),
    }


def read_readability(html: str, url: str) -> dict[str, Any]:
    """readability-lxml's reading; its summary is HTML, whose text is taken block by block."""
    import lxml.html
    from readability import Document

    page = Document(html, url=url)
    parts: list[str] = []
    for element in lxml.html.fromstring(page.summary()).iter():
        if element.tag in ("p", "div", "li", "br", "h1", "h2", "h3", "h4", "tr", "blockquote"):
            parts.append("\n")
        if isinstance(element.tag, str):
            parts.append(element.text or "")
        parts.append(element.tail or "")
    return {"text": "".join(parts), "title": page.short_title(), "day": None, "authors": []}


READERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "newspaper4k": read_newspaper,
    "news-please": read_newsplease,
    "readability-lxml": read_readability,
}


def answer(html: str, url: str) -> dict[str, dict[str, Any]]:
    """Every reader's answer; one that fails on the page has said nothing."""
    said = {}
    for name, read in READERS.items():
        began = time.process_time()
        try:
            told = read(html, url)
        except Exception:  # what they raise is theirs; the score shows it
            told = {"text": "", "title": None, "day": None, "authors": []}
        said[name] = told | {"seconds": time.process_time() - began}
    return said


def main() -> None:
    """Answer a line for a line until there are no more."""
    logging.disable(logging.CRITICAL)
    out, sys.stdout = sys.stdout, sys.stderr  # some of them print
    answer("<html><body><p>warm</p></body></html>", "https://unknown.example/")
    for line in sys.stdin:
        job = json.loads(line)
        out.write(json.dumps(answer(job["html"], job["url"])) + "\n")
        out.flush()


if __name__ == "__main__":
    main()

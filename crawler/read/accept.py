"""Whether what was read of a page is enough to be an article: a headline, and a text or a lead."""

from __future__ import annotations

from archive.records import Article
from crawler.read.escaped import is_markup


def accept(article: Article | None) -> tuple[Article | None, str | None]:
    """The article if it has a title and words, else None; and a warning where anything lacks."""
    if article is None or not (article.text or article.lead):
        return None, "article-without-text: no text was found on the page"
    if is_markup(article.text):
        return None, "article-markup: the text is markup that was escaped twice"
    if not article.title:
        return None, "article-without-title: a text, but no headline"
    return article, None if article.text else "article-without-text: only a lead was found"

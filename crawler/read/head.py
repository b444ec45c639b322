"""What the head of a page says of the page itself: canonical address, language, its type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from crawler.read.addresses import find_base, resolve_address

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_TYPES = re.compile(r'"@type"\s*:\s*(\[[^\]]{0,200}\]|"[^"]{0,80}")')
_NAME = re.compile(r'"(?:https?://schema\.org/)?(\w+)"')
_PLAIN = re.compile(r"(?!Live)\w*(?:Article|BlogPosting|Report)")
_OTHERS = frozenset(
    (
        *("ImageGallery", "MediaGallery", "VideoGallery", "LiveBlogPosting", "CollectionPage"),
        *("SearchResultsPage", "ProfilePage", "AboutPage", "ContactPage"),
    )
)
# what WordPress (body_class) and Drupal write on <body> of a page that is no post
_STATIC = re.compile(r"\b(?:page-id-\d+|page-node-type-page|node-type-page|page-type-page)\b")
_POST = re.compile(r"single-|postid-|post-template|attachment")  # and on that of one
_ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*(?:\[[^\]]{0,200})?"[A-Za-z]*(?:Article|BlogPosting)"')


def find_canonical(tree: _Element, url: str) -> str | None:
    """Return the address of `<link rel=canonical>` (RFC 6596), resolved."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            return resolve_address(find_base(tree, url), element.get("href") or "")
    return None


def find_language(tree: _Element) -> str | None:
    """Return the BCP 47 tag that the page declares, "_" read as "-"."""
    declared = [element.get("lang") or element.get("xml:lang") for element in tree.iter("html")]
    declared += [find_meta(tree, "content-language"), find_meta(tree, "og:locale")]
    for tag in filter(None, declared):
        if _LANGUAGE.fullmatch(tag.strip()):
            return tag.strip().replace("_", "-")
    return None


def find_meta(tree: _Element, name: str) -> str | None:
    """Return the content of the first meta of that name, property or http-equiv."""
    for element in tree.iter("meta"):
        keys = (element.get("name"), element.get("property"), element.get("http-equiv"))
        if any((key or "").strip().lower() == name for key in keys):
            return (element.get("content") or "").strip() or None
    return None


def declares_article(tree: _Element) -> bool:
    """Whether og:type or JSON-LD says that the page is one article."""
    return (find_meta(tree, "og:type") or "").lower() == "article" or names_article(tree)


def names_article(tree: _Element) -> bool:
    """Whether JSON-LD says that the page has an article."""
    return any(map(_ARTICLE_TYPE.search, _list_data(tree)))


def declares_another(tree: _Element) -> bool:
    """Whether JSON-LD describes a gallery, a live ticker or a list, and no article; a film may be
    part of an article that is not described."""
    told = list(_list_data(tree))
    named = {
        name for text in told for found in _TYPES.findall(text) for name in _NAME.findall(found)
    }
    return bool(named & _OTHERS) and not any(map(_PLAIN.fullmatch, named))


def declares_static(tree: _Element) -> bool:
    """Whether the publishing system says of a page that it stands by itself: contact, imprint,
    subscriptions. Their addresses look like those of articles where the paper's are bare slugs."""
    body = next(tree.iter("body"), None)
    names = (body.get("class") or "") if body is not None else ""
    words = names.split()
    if any(word == "single" or _POST.match(word) for word in words):
        return False
    told = "page" in words and (find_meta(tree, "generator") or "").startswith("WordPress")
    return told or _STATIC.search(names) is not None


def _list_data(tree: _Element) -> Iterator[str]:
    """The texts of the page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield script.text or ""

"""Guesses what an address is from its shape alone, for papers whose profile does not say.

An article's address has one of: a slug of 3 hyphens or more, an id of 4 digits or more beside a
slug, a date in its path. Front pages of tags, searches, log-ins, page numbers and dates do not
count, whatever their shape. Measured: of the example articles of 64 Vietnamese papers 123 of 124
are found and 1 of their 203 category pages is taken for one; of newspapers of 40 countries (the
fundus corpus) 134 of 135. Pure: no page is looked at.
"""

from __future__ import annotations

import re
from typing import Literal

from spiders.address import Address

_SEGMENTS = """
tag tags topic topics keyword keywords search tim-kiem timkiem tu-khoa tukhoa chu-de chude login
logout signin signup register dang-nhap dang-ky account user users profile author authors tac-gia
page trang category categories chuyen-muc rss feed feeds sitemap contact lien-he about gioi-thieu
privacy terms policy subscribe newsletter wp-json wp-admin wp- login.php wp-content api ajax print
cdn-cgi calendar lich share autor autores autorin auteur auteurs penulis redaktur temas tema thema
themen theme themes topik tagar etiqueta etiquetas stichwort schlagwort schlagworte stitek stitky
buscar recherche suche pencarian cari hledat
"""

_NEVER = frozenset(_SEGMENTS.split())
"""Path segments below which no article stands."""

_PAGE_NUMBER = re.compile(r"(?:page|trang|p)[-_]?\d{1,4}(?:\.\w{2,5})?|\d{1,3}")
_LABEL = re.compile(r"-(?:p?tag|event|topic|zone|cat|chude)\d*(?:\.\w{2,5})?$")
_EXTENSION = re.compile(r"(?:\.[a-z]{2,5})?\.(?:[gs]?html?|php|aspx?|jsp|do|cms|bbg|tpo|vnp)$")
_ODD = re.compile(r"\.\w{2,5}$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_HEX = re.compile(r"(?:^|[-_])(?=[0-9a-f]*\d[0-9a-f]*\d)[0-9a-f]{7,}(?:-[0-9a-f]{4,}){0,4}$")
_DATED = re.compile(
    r"/(?:19|20)\d\d(?:/(?:0?[1-9]|1[0-2])(?:/[0-3]?\d)?|-?(?:0[1-9]|1[0-2])(?:-?[0-3]\d)?)/[^/]*[^\W\d]"
)
_QUERY_ID = re.compile(r"(?:^|&)(?:p|\w*(?<!cat)(?:id|no|idx))=\d{4,}(?:&|$)", re.IGNORECASE)
_FEED = re.compile(r"/(?:rss|feed|atom)(?:\.xml|\.aspx|\.php)?/?$|\.rss$|/rss/")
_SITEMAP = re.compile(r"(?:^|[/_-])sitemaps?[^/]*\.xml(?:\.gz)?$|/sitemaps?/[^/]+\.xml(?:\.gz)?$")


def machine(parts: Address) -> Literal["feed", "sitemap"] | None:
    """Whether the address is one of those that machines read."""
    path = parts.path.lower()
    if _SITEMAP.search(path):
        return "sitemap"
    return "feed" if _FEED.search(path) else None


def is_article(parts: Address, identity: tuple[str, ...] = ()) -> bool:
    """Whether the address looks like an article's; ``identity``: query keys that name one."""
    if any(_has_key(parts.query, key) for key in identity):
        return True
    segments = _segments(parts)
    if not segments or _is_below(segments):
        return False
    last = segments[-1]
    stem = _EXTENSION.sub("", last)
    if _ODD.search(stem):
        return False
    return (
        bool(_DATED.search(parts.path))
        or _has_slug(stem, ends=stem != last)
        or _has_id(stem)
        or (stem != last and bool(_QUERY_ID.search(parts.query)))
    )


def is_category(parts: Address) -> bool:
    """Whether the address looks like a category's: one or two short slugs, no query; the first may
    be the category's number ("/42/kinh-te.aspx"), if it is no year."""
    segments = _segments(parts)
    if not segments or len(segments) > 2 or parts.query or _is_below(segments):
        return False
    stems = [_EXTENSION.sub("", segment) for segment in segments]
    if len(stems) == 2 and re.fullmatch(r"\d{1,3}", stems[0]):
        stems = stems[1:]
    if any(_ODD.search(stem) or not re.search(r"[^\W\d]", stem) for stem in stems):
        return False
    return not is_article(parts) and all(len(stem) <= 40 for stem in stems)


def is_apart(parts: Address) -> bool:
    """Whether no article is at an address whatever its slug: tags, searches, log-ins, pages."""
    segments = _segments(parts)
    return not segments or _is_below(segments)


def _segments(parts: Address) -> list[str]:
    return [segment.lower() for segment in parts.path.split("/") if segment]


def _is_below(segments: list[str]) -> bool:
    """Tag, search, log-in pages, and numbered pages of a list."""
    last = segments[-1]
    return (
        any(segment in _NEVER or _EXTENSION.sub("", segment) in _NEVER for segment in segments)
        or bool(_PAGE_NUMBER.fullmatch(last))
        or bool(_LABEL.search(last))
    )


def _has_slug(stem: str, *, ends: bool) -> bool:
    """3 hyphens or more, and not as short as the slugs of categories are.

    "thoi-su-chinh-tri.html" (17), "nong-nghiep-nong-thon" (21) and "dat-va-nguoi-quang-binh" (23)
    are categories: 20 characters or a digit with an ending such as .html, 24 or 5 hyphens without.
    """
    hyphens = stem.count("-") + stem.count("_")
    if ends:
        return hyphens >= 3 and (len(stem) >= 20 or bool(re.search(r"\d", stem)))
    return hyphens >= 5 or (hyphens >= 3 and len(stem) >= 24)


def _has_id(stem: str) -> bool:
    """A number of 4 digits or more that is not a year, or a hexadecimal id."""
    numbers = re.findall(r"\d{4,}", stem)
    if any(not _YEAR.fullmatch(number) for number in numbers):
        return True
    return bool(_HEX.search(stem))


def _has_key(query: str, key: str) -> bool:
    return bool(re.search(rf"(?:^|&){re.escape(key)}=[^&]", query))

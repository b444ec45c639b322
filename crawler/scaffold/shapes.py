"""Sorts addresses by their shape: which ones were made by one template of the paper's system.

    /kinh-te/2026/02/bai-viet-hay-340001.html   ->  Shape("slug-#", ".html", (), dated)

A shape is coarse on purpose: pages of it are looked at to tell what it is (kinds.py), and only then
a regex is written (forms.py). Pure: no page is looked at here.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

EXTENSION = re.compile(r"(?:\.[A-Za-z]{2,5})?\.(?:[gsx]?html?|php\d?|aspx?|jsp|do|cms|[a-z]{3,4})$")
END_NUMBER = re.compile(r"^(?:(?P<slug>.*?)(?P<joint>[-_.,]+[A-Za-z]{0,8}?))(?P<id>\d{3,})$")
END_HEX = re.compile(
    r"^.*?(?P<joint>[-_.]+[A-Za-z]{0,4}?)(?P<id>(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{6,40})$"
)
INDEX = re.compile(r"(?:index|default)\.\w{2,5}", re.I)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HEAD_NUMBER = re.compile(r"^(?:\d{4}[-_.]\D|\d{5,}[-_.].)")
BARE_NUMBER = re.compile(r"^[A-Za-z]{0,3}\d{3,}$")
_DATE_PARTS = (
    ("Y", re.compile(r"(?:19|20)\d\d")),
    ("YM", re.compile(r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])")),
    ("YMD", re.compile(r"(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d")),
)
_MARK = re.compile(  # "-a340001", ";art8,340001", "news_340001"; not the last word of a slug
    r"(?:[-_.,;]([A-Za-z]{1,12})|;([A-Za-z]{1,12})\d{0,4}[-_.,]|^([A-Za-z]{1,12})[-_.,]?)(?=\d{3,}$)"
)
NUMBERED = re.compile(r"(?:^|&)([\w.\[\]-]+)=\d{2,}(?=&|$)")
BARE_KEY = re.compile(r"(?:^|&)([A-Za-z_]{2,12})(\d+)(?=&|$)")  # SPIP's "?article12192"
SLUG_HYPHENS, SLUG_LETTERS = 3, 24


@dataclass(frozen=True, slots=True)
class Shape:
    """What addresses of one template have in common."""

    last: str  # "slug-#", "slug-hex", "uuid", "#-slug", "#", "slug", "word", or "" for none
    tail: str  # the extension, "/" or ""
    keys: tuple[str, ...]  # query keys whose values are numbers
    dated: bool  # a year or a date is one of the path's segments
    depth: int  # segments before the last; 0 where an id tells enough
    short: bool = False  # an id of less than five figures: a tag's or category's number, often
    file: str = ""  # where the query has the number: what is asked for it, "viewnews"


@dataclass(frozen=True, slots=True)
class Path:
    """An address in the pieces that regexes are made of."""

    url: str
    folders: tuple[str, ...]  # all segments but the last, as spelled
    stem: str  # the last segment without its extension, as spelled
    tail: str
    query: str

    @property
    def words(self) -> str:
        """The last segment as people read it."""
        return unquote(self.stem)

    @property
    def hyphens(self) -> int:
        """Hyphens and underscores within the last segment."""
        return self.words.count("-") + self.words.count("_")


def take_apart(url: str) -> Path:
    """The pieces of an absolute address; never raises on what resolve_address gave."""
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if not segments:
        return Path(url, (), "", "/", parts.query)
    if len(segments) > 1 and INDEX.fullmatch(segments[-1]):  # "/a-slug/index.html" is "/a-slug/"
        return Path(url, tuple(segments[:-2]), segments[-2], f"/{segments[-1]}", parts.query)
    last = segments[-1]
    extension = EXTENSION.search(last)
    tail = extension[0] if extension else "/" if parts.path.endswith("/") else ""
    stem = last[: extension.start()] if extension else last
    return Path(url, tuple(segments[:-1]), stem, tail, parts.query)


def find_shape(url: str) -> Shape:
    """The shape of one address."""
    path = take_apart(url)
    last = _name_last(path.words)
    numbered = tuple(
        sorted({*NUMBERED.findall(path.query), *(w for w, _ in list_bare(path.query))})
    )
    dated = any(is_date(folder) for folder in path.folders)
    plain = last in ("slug", "word", "") and not numbered and not dated
    depth = len(path.folders) if plain else 0
    short = last == "slug-#" and re.search(r"(?:^|\D)\d{3,4}$", path.words) is not None
    file = path.stem.lower() if numbered and last == "word" else ""
    return Shape(last, path.tail, numbered, dated, depth, short, file)


class Variant(NamedTuple):
    """What addresses of one shape may differ in."""

    folder: str
    mark: str
    keys: tuple[str, ...]
    head: str = ""


def name_variant(url: str, heads: Container[str] = ()) -> Variant:
    """The variant of an address; ``heads``: words before slugs that are the system's."""
    path = take_apart(url)
    first = path.folders[0] if path.folders else ""
    mark = _MARK.search(path.stem)
    keys = tuple(
        sorted([*re.findall(r"(?:^|&)([\w.\[\]-]+)=", path.query), *dict(list_bare(path.query))])
    )
    plain = is_date(first) or first.isdecimal() or UUID.search(first) is not None
    letters = next(filter(None, mark.groups()), "") if mark else ""
    file = path.stem if keys and _name_last(path.words) == "word" else ""
    head = read_head(path)
    if head in heads:  # a gallery is one in every section
        return Variant("", letters, keys, head)
    return Variant("" if plain else first, letters or file, keys)


def read_head(path: Path) -> str:
    """The first word of a slug, "" for what is none."""
    word, joint, rest = path.words.partition("-")
    return word if joint and rest and word.isalpha() else ""


def list_bare(query: str) -> list[tuple[str, str]]:
    """(word, number) of what a query holds without a value: "rubrique2&debut=6" has one."""
    return BARE_KEY.findall(query)


def is_date(segment: str) -> bool:
    """Whether a segment of a path is a year, a month of a year, or a day."""
    return any(form.fullmatch(segment) for _, form in _DATE_PARTS)


def sort_shapes(urls: Iterable[str]) -> dict[Shape, list[str]]:
    """The addresses by shape, in their order."""
    found: dict[Shape, list[str]] = {}
    for url in urls:
        found.setdefault(find_shape(url), []).append(url)
    return found


def _name_last(stem: str) -> str:
    if not stem:
        return ""
    if UUID.search(stem):
        return "uuid"
    if BARE_NUMBER.match(stem):
        return "#"
    if END_NUMBER.match(stem) and not is_date(stem):
        return "slug-#"
    if END_HEX.match(stem):
        return "slug-#"  # hexadecimal ids are all figures now and then: one template
    if HEAD_NUMBER.match(stem):
        return "#-slug"
    hyphens = stem.count("-") + stem.count("_")
    letters = len(stem)
    return "slug" if hyphens >= SLUG_HYPHENS or letters >= SLUG_LETTERS else "word"

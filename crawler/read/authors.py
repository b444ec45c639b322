"""Read credits: which people wrote a piece, and from which agency it came.

    MAI QUẾ · Thanh Sơn - Ngọc Hà (thực hiện) · Theo TTXVN · H.A (Theo Readers Digest)
    Văn Giáp/Bnews · By A. Writer and B. Other, staff · Surname, Name

Lists are split, introductions, roles and remarks in brackets are cut off, what is no person's
name is dropped (people.py). What is left empty stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from crawler.read.clean import clean, key
from crawler.read.people import (
    has_initial,
    is_agency,
    is_doubtful,
    is_person,
    is_source,
    join_names,
    looks_named,
)

_MAX_LINE = 120
_EDGES = " ,;:-–—|()\"'“”*"
_SEPARATOR = re.compile(
    r"\s*(?:[;；|、·•\n]|,(?!\s*(?:Jr|Sr|PhD|MD|M\.D|II|III)\b)|，|&|\s[-–—]\s|\s\+\s|"
    r"\s(?:and|AND|und|UND|et|ET|y|Y|e|en|och|og|ja|i|ve|và|VÀ|dan|и|та|és|a)\s)\s*"
)
_CONJUNCTIONS = frozenset(("e", "i", "a", "y", "en", "ja", "ve", "og"))
_SURNAME_FIRST = re.compile(r"([^\s,;]+), ([^\s,;]+(?: [A-Z]\.)?)")
_MIDDLE = re.compile(r"^.{2,40}\s(?:By|Von|Par|Por|Door|Av|Af)\s+(?=[^\W\d_])")
_NAME_FROM = re.compile(r"^(.{2,60}?)\s*[(/\-–]\s*theo\s+(.{2,50}?)\s*\)?[.]?$", re.I)


@dataclass(frozen=True, slots=True)
class Credits:
    """Who wrote a piece: people in the page's order, and the agency it came from."""

    authors: tuple[str, ...]
    agency: str | None


def read_credits(
    names: Iterable[tuple[str, str]], owners: Iterable[str], *, weak: bool = False
) -> Credits:
    """People and agency among (name, schema.org type or "") pairs.

    ``owners`` are names of the site and its publisher: never authors. A ``weak`` source (a line
    that looks like a byline) gives no one-word names: they are places, months and sections.
    """
    banned = {key(owner) for owner in owners if owner} - {""}
    authors: dict[str, str] = {}
    agency: str | None = None
    for name, kind in names:
        for part, source in _split_names(clean(name)):
            agency = agency or source
            if is_agency(part) or is_source(part, kind, banned):
                agency = agency or part
            elif is_person(part, kind, banned) and not (weak and is_doubtful(part)):
                authors.setdefault(key(part), part)
    return Credits(tuple(authors.values()), agency)


def read_byline(line: str, owners: Iterable[str] = ()) -> Credits | None:
    """The credits that a line of a body gives, or None if it is no such line."""
    line = clean(line).strip("*_ ")
    if not 2 <= len(line) <= _MAX_LINE or line[-1] in "?!…:;":
        return None
    if match := _from().match(line):
        return Credits((), _close(match[1]))
    credits = read_credits([(line, "")], owners)
    bare = _leading().sub("", line)
    looks = bare == bare.upper() or looks_named(bare)
    return credits if (credits.authors or credits.agency) and looks else None


def is_introduced(line: str) -> bool:
    """Whether a line says that names follow: "Tin, ảnh: A B"."""
    match = _leading().match(clean(line))
    return match is not None and match[0].rstrip().endswith((":", "："))


@cache
def _from() -> re.Pattern[str]:
    words = join_names("sources")
    return re.compile(rf"^\(?\s*(?:{words})\s*[:：]?\s+(.{{2,60}}?)\s*\)?[.]?$", re.I)


@cache
def _leading() -> re.Pattern[str]:
    marked, bare = join_names("introductions"), join_names("prepositions")
    return re.compile(rf"^(?:(?:{marked})\s*[:：]\s*|(?:{bare})\s+)", re.I)


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:\([^()]{{1,24}}\)?|\s(?:기자|記者|记者|特派員)|\s*[|•·/].*"
        rf"|\s+(?:updated|published|posted)\b.*|,?\s+(?:{join_names('roles')})\b.*)$",
        re.I,
    )


def _split_names(text: str) -> list[tuple[str, str | None]]:
    """(name, source) pairs: names with source None, a source with name ""."""
    text = _leading().sub("", text).strip()
    if match := _NAME_FROM.match(text):
        return [*((part, None) for part in _split_list(match[1])), ("", match[2].strip())]
    if match := _from().match(text):
        return [("", _close(match[1]))]
    head, _, tail = text.partition("/")
    source = tail.split("/")[0].strip()
    if head.strip() and is_agency(source):
        return [*((part, None) for part in _split_list(head)), ("", source)]
    return [(part, None) for part in _split_list(text)]


def _split_list(text: str) -> list[str]:
    if match := _SURNAME_FIRST.fullmatch(text):
        return [f"{match[2]} {match[1]}"]  # one person
    parts = (part for part in _SEPARATOR.split(text) if part and part.lower() not in _CONJUNCTIONS)
    return [name for part in parts if (name := _trim_name(part))]


def _trim_name(name: str) -> str:
    name = _leading().sub("", _MIDDLE.sub("", name).strip(_EDGES))
    name = _trailing().sub("", name).strip(_EDGES)
    return name if has_initial(name) else name.rstrip(".")


def _close(name: str) -> str:
    """A source without the signs around it, its own brackets whole."""
    name = name.strip(" .")
    return f"{name})" if name.count("(") > name.count(")") else name

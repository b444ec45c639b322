"""Read credits: which people wrote a piece, and from which agency it came.

    MAI QUẾ · Thanh Sơn - Ngọc Hà (thực hiện) · Theo TTXVN · H.A (Theo Readers Digest)
    Văn Giáp/Bnews · By A. Writer and B. Other, staff · Surname, Name · APA/dpa

Lists are split (names.py), what is no person's name is dropped (people.py). What is left empty
stays empty; names that are the house's are told apart, for pages that name nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from crawler.read.clean import clean, key
from crawler.read.names import (
    close_bracket,
    cut_source,
    match_lead,
    match_source,
    split_names,
    trim_line,
)
from crawler.read.people import (
    has_no_case,
    has_stranger,
    is_agency,
    is_doubtful,
    is_house,
    is_person,
    is_source,
    looks_named,
    spell_agency,
)

_MAX_LINE = 120
_MAX_NAMES, _MAX_LETTERS = 100, 1_000  # of one source, of one string: more are no authors


@dataclass(frozen=True, slots=True)
class Credits:
    """Who wrote a piece: people in the page's order, and the agency it came from.

    ``houses`` are names that are nobody's: of the paper, a team, a login.
    """

    authors: tuple[str, ...]
    agency: str | None
    houses: tuple[str, ...] = field(default=(), compare=False)


def read_credits(
    names: Iterable[tuple[str, str]], owners: Iterable[str], *, weak: bool = False
) -> Credits:
    """People and agency among (name, schema.org type or "") pairs.

    ``owners`` are names of the site and its publisher: never people. A ``weak`` source (a line
    that looks like a byline) gives no one-word names: they are places, months and sections.
    """
    said = list(islice(names, _MAX_NAMES))
    if not said:  # most sources of a page: the owners' names need not be folded for them
        return Credits((), None)
    banned = {key(owner) for owner in owners if owner} - {""}
    authors: dict[str, str] = {}
    houses: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for name, kind in said:
        for part, whole, source in split_names(clean(name[:_MAX_LETTERS])):
            if source:
                agencies.setdefault(key(source), spell_agency(source))
            if is_agency(part) or is_source(part, kind, banned):
                agencies.setdefault(key(part), spell_agency(part.lstrip("@ ")))
            elif not _is_short(part) and is_person(part, kind, banned):
                into = houses if weak and is_doubtful(part) else authors
                into.setdefault(key(part), part)
            elif is_house(whole, kind, banned):
                houses.setdefault(key(whole), whole)
    agency = "/".join(agencies.values()) or None
    return Credits(tuple(authors.values()), agency, _drop_doubles(houses))


def find_fuller(credits: Credits, lines: Iterable[str], owners: Iterable[str]) -> Credits | None:
    """The credits of the first line that has every author of ``credits``, and more of them."""
    known = [key(name) for name in credits.authors]
    for line in lines if known else ():
        if len(line) > _MAX_LINE or has_stranger(line) or not all(k in key(line) for k in known):
            continue
        found = read_credits([(line, "")], owners, weak=True).authors
        whole = all(":" not in name and (" " in name or has_no_case(name)) for name in found)
        if len(found) > len(known) and whole and all(k in map(key, found) for k in known):
            return Credits(found, credits.agency)
    return None


def _drop_doubles(houses: dict[str, str]) -> tuple[str, ...]:
    """The names without those that only spell an earlier one with more: "Paper", "paper.com"."""
    kept: dict[str, str] = {}
    for folded, name in houses.items():
        if not any(other in folded or folded in other for other in kept):
            kept[folded] = name
    return tuple(kept.values())


def _is_short(part: str) -> bool:
    """Whether a name is an abbreviation: a paper's, an agency's or a department's."""
    return part.isupper() and part.isalpha() and part.isascii() and len(part) <= 5


def read_byline(line: str, owners: Iterable[str] = ()) -> Credits | None:
    """The credits that a line of a body gives, or None if it is no such line."""
    line = clean(line).strip("*_ ")
    if not 2 <= len(line) <= _MAX_LINE or line[-1] in "?!…:;" or "@" in line:
        return None  # a last line with an address is how some papers end a text
    if source := match_source(line):
        return Credits((), close_bracket(source))
    credits = read_credits([(line, "")], owners)
    names = trim_line(line)
    bare = cut_source(names[match_lead(names) :])
    looks = bare == bare.upper() or looks_named(bare)
    return credits if (credits.authors or credits.agency) and looks else None


def is_introduced(line: str) -> bool:
    """Whether a line says that names follow: "Tin, ảnh: A B", "Reporting by A B"."""
    line = clean(line)
    line = line.lstrip("([（")
    lead = line[: match_lead(line)].rstrip()
    return lead.endswith((":", "：")) or " " in lead

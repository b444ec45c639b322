"""Tell a person's name from what else stands where an author should: papers, roles, logins.

    names.toml   agencies, placeholders, words of organisations, words no name has

Measured on 253 newspaper pages: publisher, role or login given as an author 15 times, publisher
instead of the person 10 times. A wrong author is worse than none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crawler.read.clean import clean, key
from crawler.read.months import is_calendar

_MAX_NAME, _MAX_WORDS = 80, 7
_LOGIN = re.compile(r"^@|^https?://|^www\.|\.(?:com|net|org|vn|de|fr|jpg|png)\b|[<>{}\[\]_=@?!…\d]")
_URL = re.compile(r"^@|^https?://|^www\.|\.(?:jpg|png|webp)\b|[<>{}\[\]=@?!…]")
_TITLE = re.compile(
    r"^(?:ph\.?\s?d|m\.?\s?[da]|b\.?\s?a|mba|msc|rn|esq|dr|prof|by|on|in|and|min)\.?$", re.I
)
_INITIALS = re.compile(r"(?:^|[\s.])[^\W\d_]\.$|\b(?:Jr|Sr)\.$")


@cache
def load_names(name: str) -> tuple[str, ...]:
    """The words of one list of names.toml."""
    data = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
    return tuple(data[name])


@cache
def join_names(name: str) -> str:
    """The words of one list of names.toml as the alternatives of a regular expression."""
    return "|".join(re.escape(word) for word in sorted(load_names(name), key=len, reverse=True))


@cache
def _fold(name: str) -> frozenset[str]:
    return frozenset(key(word) for word in load_names(name))


@cache
def _nobody() -> frozenset[str]:
    return _fold("placeholders") | _fold("desks")


@cache
def _organisation() -> re.Pattern[str]:
    starts, parts = join_names("organisation_starts"), join_names("organisation_parts")
    return re.compile(rf"\b(?:{join_names('organisations')})\b|^(?:{starts})\s|(?:{parts})")


@cache
def _stranger() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{join_names('strangers')})\b|{join_names('role_parts')}", re.I)


def has_stranger(words: str) -> bool:
    """Whether words hold one that no name has: a role, a deed, a thing."""
    return bool(_stranger().search(words))


@cache
def _pictures() -> re.Pattern[str]:
    return re.compile(rf"^\(?(?:{join_names('pictures')})\s*[:：].{{2,80}}$", re.I)


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{join_names('agency_words')})\b", re.I)


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's: one of the known, or "X Nachrichtenagentur"."""
    return key(name) in _fold("agencies") or bool(_agency().search(name))


def spell_agency(name: str) -> str:
    """The name of an agency as it writes itself, where that is known: "Dpa" is dpa."""
    known = load_names("agencies")
    folded = key(name)
    return name if name in known else next((one for one in known if key(one) == folded), name)


def is_house(name: str, kind: str, owners: Iterable[str]) -> bool:
    """Whether a name that is no person's may still be whom a page names as its author.

    The paper itself, another organisation, a team, an abbreviation, a login: who asks for it does
    so where nobody else is named. Placeholders ("admin"), addresses and remarks are nobody.
    """
    folded = key(name)
    if not folded or is_nobody(name) or not 2 <= len(name) <= _MAX_NAME:
        return False
    if len(name.split()) > _MAX_WORDS or _URL.search(name) or _stranger().search(name):
        return False
    named = kind.endswith("Organization") or is_owner(folded, owners)
    login = name.isascii() and name.islower() and name.replace("_", "").isalnum()
    short = name.isupper() and name.isalpha() and len(name) <= 5
    return named or login or short or bool(_organisation().search(name))


def is_nobody(name: str) -> bool:
    """Whether a name is a desk's or a system's, with the small word before it too: "Da Redação"."""
    first, _, rest = name.partition(" ")
    nobody = _nobody()
    return key(name) in nobody or (first.casefold() in load_names("small") and key(rest) in nobody)


def is_placeholder(line: str) -> bool:
    """Whether a line in an author's place names nobody who wrote: "PV", "Ảnh: Thanh Sơn"."""
    return is_nobody(line) or bool(_pictures().match(clean(line)))


def is_desk(line: str) -> bool:
    """Whether a line in an author's place says that the newsroom wrote: "Da Redação"."""
    first, _, rest = line.partition(" ")
    desks = _fold("desks")
    return key(line) in desks or (first.casefold() in load_names("small") and key(rest) in desks)


def is_person(name: str, kind: str, owners: Iterable[str]) -> bool:
    """Whether a name is a person's; ``kind`` is its schema.org type or "".

    ``owners`` are folded names of the site and its publisher: they and parts of them are not.
    """
    folded = key(name)
    if not folded or is_nobody(name) or kind.endswith("Organization"):
        return False
    if not 2 <= len(name) <= _MAX_NAME or len(name.split()) > _MAX_WORDS:
        return False
    if any(pattern.search(name) for pattern in (_LOGIN, _TITLE, _organisation(), _stranger())):
        return False
    if is_owner(folded, owners) or is_calendar(name):
        return False
    return not (name.isascii() and name.islower() and " " not in name)


def is_owner(folded: str, owners: Iterable[str]) -> bool:
    """Whether a folded name is the paper's: equal to one, or the longer holds the shorter."""
    return any(
        folded == owner
        or (min(len(owner), len(folded)) >= 5 and (folded in owner or owner in folded))
        for owner in owners
    )


def is_source(name: str, kind: str, owners: Iterable[str]) -> bool:
    """Whether a name given as an author is another organisation: where the text comes from."""
    folded = key(name)
    other = kind.endswith("Organization") and not is_nobody(name)
    return other and bool(folded) and not is_owner(folded, owners)


def has_no_case(name: str) -> bool:
    """Whether a name is of a script without capitals: Chinese, Hindi, Arabic, Thai."""
    return name.lower() == name.upper()


def is_doubtful(name: str) -> bool:
    """Whether a name from a weak source is one word, or none by its look (CJK has no blanks)."""
    if any(char > "\u2e80" for char in name):
        return False
    if has_no_case(name) and not name.isascii():
        return not 2 <= len(name.split()) <= 4
    first = name.split()[0] if name.split() else ""
    if first.islower() and first not in load_names("small"):
        return True
    return name.isalpha() or not (looks_named(name) or has_initial(name))


def has_initial(name: str) -> bool:
    """Whether a name ends with an initial or "Jr.", whose full stop belongs to it."""
    return bool(_INITIALS.search(name))


def looks_named(line: str) -> bool:
    """Whether every longer word begins with a capital: how a line of names looks."""
    parts = [word.strip("().,;:/-–") for word in line.split()]
    words = [word for word in parts if len(word) > 2 and word[0].isalpha()]
    if not words and len(parts) > 1 and all(part.isalpha() for part in parts):
        words = parts  # "A Sủ": every name is short
    capital = all(word[0].isupper() or word.casefold() in load_names("small") for word in words)
    return bool(words) and len(words) <= 12 and capital

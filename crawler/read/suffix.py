"""Part a title from the site's name and sections around it: "Headline - Section | Paper".

A part is taken off where there is evidence that it is not the headline: it is a name of the site
or a part of the address, or what is left is what a heading of the page says or what the words of
the address spell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.read.clean import key

_SEPARATOR = re.compile(
    r"\s+[-–—|·•»«*ㅣ/~]\s+|\s*[|ㅣ•]\s*|\s+::\s+|\s*[-–—]\s*(?=[^-–—|]{2,30}$)"
)
_HANGING = re.compile(r"\s*[|•ㅣ]\s*$|^\s*[|•ㅣ]\s*")
_TYPE = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms)$", re.I)
_NUMBER = re.compile(r"[-_,.](?:[a-z]{0,5}\d{4,}|[0-9a-f]{8,}).*$", re.I)
_FIRST = re.compile(r"^\d{3,}[-_]")
_MIN_SLUG, _MIN_KEY = 12, 8  # letters
_MAX_TITLE = 600  # letters: what is longer is no title, and its separators are not counted


@dataclass(frozen=True, slots=True)
class Names:
    """What is known of the words around a headline: names of the site, headings, the address."""

    owners: frozenset[str]
    shown: frozenset[str]
    slug: str
    places: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, owners: Iterable[str], headings: Sequence[str], slug: str, places: Iterable[str] = ()
    ) -> Names:
        """The folded forms of all of them."""
        names = frozenset(key(owner) for owner in owners if owner) - {""}
        shown = frozenset(key(heading) for heading in headings) - {""} - names
        return cls(names, shown, slug, frozenset(places))

    def own(self, words: str) -> bool:
        """Whether words are a name of the site, or hold one, or are a part of one, or a section's
        name that the address spells."""
        folded = key(words)
        named = any(folded in owner or owner in folded for owner in self.owners if len(owner) > 2)
        return bool(folded) and (named or fold_accents(words) in self.places)

    def in_slug(self, words: str) -> bool:
        """Whether the address spells these words, no more and no less."""
        return bool(self.slug) and fold_accents(words) == self.slug


def fold_accents(words: str) -> str:
    """The letters and digits of words without accents and blanks: how addresses spell."""
    parts = unicodedata.normalize("NFD", key(words).replace("đ", "d").replace("ß", "ss"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def read_slug(url: str) -> str:
    """The words of an address as `fold_accents` gives them, without its numbers; "" if none."""
    try:
        segments = [segment for segment in unquote(urlsplit(url).path).split("/") if segment]
    except ValueError:
        return ""
    for segment in reversed(segments[-2:]):
        words = _FIRST.sub("", _NUMBER.sub("", _TYPE.sub("", segment[:300])))
        if "-" in words or "_" in words:
            folded = fold_accents(words)
            return folded if len(folded) >= _MIN_SLUG else ""
    return ""


def read_segments(url: str) -> tuple[str, ...]:
    """The parts of an address's path before the last, as `fold_accents` gives them."""
    try:
        segments = [unquote(segment) for segment in urlsplit(url).path.split("/") if segment]
    except ValueError:
        return ()
    return tuple(place for one in segments[:-1] if (place := fold_accents(one[:100])))


def split_title(title: str) -> list[str]:
    """The parts of a title between its separators."""
    return [part for part in _SEPARATOR.split(title[:_MAX_TITLE]) if key(part)]


def strip_site(title: str, names: Names) -> str:
    """A title without the site's name and sections behind it, and a name of the site before it."""
    if len(title) > _MAX_TITLE:
        return title
    title = _HANGING.sub("", title) or title
    for match in _SEPARATOR.finditer(title):
        if names.in_slug(title[: match.start()]):
            return title[: match.start()].strip()
    for _ in range(3):
        parts = list(_SEPARATOR.finditer(title))
        if not parts or key(title) in names.shown:
            break
        last = parts[-1]
        rest = title[: last.start()].strip()
        if not key(rest) or not _is_headline(rest, title[last.end() :], names):
            break
        title = rest
    return title


def strip_name(title: str, declared: Iterable[str | None], owners: Iterable[str]) -> str:
    """A headline as the page shows it, without the paper's name behind or before it: where the
    page declares it without, or a bar stands beside the name. Without what else stands behind a
    bar where two places of the page declare the rest alone. A paper that puts its name there one
    day has changed no headline."""
    parts = list(_SEPARATOR.finditer(title[:_MAX_TITLE]))
    if not parts:
        return title
    names, told = Names.of(owners, (), ""), [key(words) for words in declared if words]
    first, last = parts[0], parts[-1]
    for part, rest, beside in (
        (last, title[: last.start()].strip(), title[last.end() :]),
        (first, title[first.end() :].strip(), title[: first.start()]),
    ):
        bar = any(sign in part[0] for sign in "|•ㅣ")
        alone = bar and len(told) > 1 and set(told) == {key(rest)}
        named = names.own(beside) and (bar or key(rest) in told)
        if key(rest) and (alone or named):
            return rest
    return title


def find_owner(title: str, told: Iterable[str]) -> str | None:
    """Who is no author by the title element alone: its last part, where all before is the headline
    that the page tells elsewhere, too ("Board splits over plant :: Ridge Record"). It is the
    paper, or a section."""
    parts = list(_SEPARATOR.finditer(title[:_MAX_TITLE]))
    rest = key(title[: parts[-1].start()]) if parts else ""
    return title[parts[-1].end() :].strip() if rest and rest in map(key, told) else None


def _is_headline(rest: str, tail: str, names: Names) -> bool:
    """Whether a title is whole without its last part."""
    if names.own(tail) or names.in_slug(rest):
        return True
    folded = key(rest)
    return any(folded.startswith(shown) for shown in names.shown if len(shown) >= _MIN_KEY)

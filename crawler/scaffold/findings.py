"""What a survey brought: the words of a profile, how each is known, and notes for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml.html import HtmlElement

from archive.records import Link
from crawler.read.clean import key
from crawler.scaffold.kinds import Judged
from crawler.scaffold.menus import Menu
from crawler.scaffold.turning import Turned
from spiders import profile
from spiders.profile import Trust
from spiders.recognise import Recognised
from spiders.site import Site

NoteKind = Literal["found", "missing", "look"]


@dataclass(frozen=True, slots=True)
class Note:
    """One thing a person should know: found, not found, or to be looked at."""

    kind: NoteKind
    about: str  # a word of the profile, or "paper"
    says: str


@dataclass(slots=True)
class Findings:
    """The answers so far. ``words`` are the tables of the TOML file, ``trust`` its marks."""

    key: str
    home: str
    words: dict[str, Any] = field(default_factory=dict)
    trust: dict[str, Trust] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    front: HtmlElement | None = None  # the tree of the front page
    recognised: tuple[Recognised, ...] = ()
    articles: list[Judged] = field(default_factory=list)
    menu: Menu = field(default_factory=Menu)
    turned: Turned | None = None
    standing: list[str] = field(default_factory=list)  # pages of the frame that are no articles
    lists: list[str] = field(default_factory=list)  # of its system, that list articles
    announced: list[Link] = field(default_factory=list)
    headlines: dict[str, str] = field(default_factory=dict)  # what links to articles say
    needed: set[str] = field(default_factory=set)  # answers without which less is read
    requests: int = 0

    def set(self, word: str, value: Any, trust: Trust | None = None) -> None:
        """Set an answer ("walk.pager"), with how it is known."""
        table, _, name = word.rpartition(".")
        inner = self.words.setdefault(table, {}) if table else self.words
        inner[name] = value
        if trust is not None:
            self.trust[word] = trust

    def get(self, word: str) -> Any:
        """An answer that was set, or None."""
        table, _, name = word.rpartition(".")
        inner = self.words.get(table, {}) if table else self.words
        return inner.get(name)

    def note(self, kind: NoteKind, about: str, says: str) -> None:
        """Say something to the person."""
        self.notes.append(Note(kind, about, says))

    def fold_headlines(self) -> frozenset[str]:
        """What links to articles say, and the titles of those that were read, folded."""
        titles = [page.reading.article.title for page in self.articles if page.reading.article]
        return frozenset(map(key, (*self.headlines.values(), *titles))) - {""}

    def site(self, more: Mapping[str, Any] | None = None) -> Site:
        """The site as it would be with these answers; ``more`` are words of [walk] on trial."""
        return make_site(self.key, self.words, more)


def make_site(key: str, words: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> Site:
    """The site of a profile's tables. Raises ValueError, which would be a bug of the learner."""
    tables = dict(words)
    if more:
        tables["walk"] = {**tables.get("walk", {}), **more}
    made, problems = profile.build(tables)
    if made is None or problems:
        raise ValueError("; ".join(map(str, problems)))
    return Site(key, made)


def count_marks(trust: Mapping[str, Trust], mark: Trust) -> Sequence[str]:
    """The answers with a mark, in order."""
    return [word for word, said in trust.items() if said == mark]

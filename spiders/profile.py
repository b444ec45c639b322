"""The words a newspaper's TOML file may use, checked when read, and one table of them.

A profile is what one file says once its platform's answers are merged in (resolve.py): the site's
own word wins; ``strip``, ``labels``, ``prompts`` and ``deny`` are appended to the platform's,
because a paper adds blocks to its system's and never takes the system's away. Rejected: free
dictionaries (a typo would be a silent default) and YAML (no types, no errors with a line).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from spiders import resolve, strict
from spiders.answer import (
    Codec,
    DatedUrl,
    Domain,
    Hours,
    Language,
    PagerWord,
    Pattern,
    Region,
    Selectors,
    Slug,
    Twin,
    Url,
    Zone,
)
from spiders.platform import load_platform, platform_names
from spiders.strict import Answer, Problem

Trust = Literal["seen", "family", "guess"]
"""How an answer is known: seen on the paper's pages, its platform's habit, or a guess."""

REMEDY = (
    "correct these words; spiders/README.md lists all a profile may use, and "
    "spiders/generic/example.toml is one to start from"
)


class ProfileError(strict.StrictError):
    """A newspaper's file that cannot be used; lists all that is wrong with it."""


class Words(BaseModel):
    """A table of words: unknown ones are errors, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Walk(Words):
    """[walk]: where the paper announces its articles and how its addresses look."""

    categories: tuple[Url, ...] = Field(default=(), description="category pages to start from")
    feeds: tuple[Url, ...] = Field(default=(), description="RSS or Atom feeds")
    sitemaps: tuple[Url, ...] = Field(default=(), description="sitemaps and sitemap indexes")
    dated: tuple[DatedUrl, ...] = Field(
        default=(),
        description="sitemaps of a day or month, with `{YYYY}`, `{MM}` or `{M}`, `{DD}` or `{D}`",
    )
    article: tuple[Pattern, ...] = Field(
        default=(),
        description="which addresses are articles, one regex per era; the group `id` names the "
        "article, another name for it starts another numbering; without any the shape of the "
        "address decides",
    )
    deny: tuple[Pattern, ...] = Field(default=(), description="addresses never to ask for")
    category: tuple[Pattern, ...] = Field(
        default=(), description="addresses that are category pages too, when a page links to them"
    )
    pager: PagerWord = Field(default="next-link", description="how page 2 of a category is found")
    api: Url | None = Field(
        default=None, description="address of the JSON pages, if not the platform's"
    )
    pages: int = Field(default=3, ge=1, le=10_000, description="pages of a category per crawl")
    related: bool = Field(default=True, description="follow the related-news links of articles")
    home: bool = Field(default=True, description="follow the article links of the home page")
    twins: tuple[Twin, ...] = Field(
        default=(), description="AMP, print and mobile addresses: [regex, replacement]"
    )
    keep_query: tuple[str, ...] | None = Field(
        default=None, description="query keys that are identity; when given, all others are dropped"
    )
    drop_query: tuple[str, ...] = Field(default=(), description="query keys that mean nothing here")


class Manners(Words):
    """[manners]: how politely the paper is asked."""

    delay: float = Field(
        default=1.0, ge=0, le=3600, description="seconds between requests to one host"
    )
    concurrency: int = Field(default=1, ge=1, le=16, description="requests to one host at a time")
    tls: Literal["verify", "legacy", "insecure"] = Field(
        default="verify",
        description="`legacy` admits old ciphers and protocols, `insecure` also a bad certificate",
    )
    hours: tuple[Hours, ...] = Field(
        default=(),
        description='when `khobao run` may ask the paper, by its own clock: `["22:00-05:30"]`',
    )


class Read(Words):
    """[read]: where things stand on an article page; what is not said is found in general ways."""

    title: Selectors = Field(default=(), description="headline")
    lead: Selectors = Field(default=(), description="sapo, standfirst")
    body: Selectors = Field(default=(), description="element that holds the paragraphs")
    author: Selectors = Field(default=(), description="authors")
    agency: Selectors = Field(default=(), description="agency or source the text is taken from")
    date: Selectors = Field(default=(), description="date of publication")
    modified: Selectors = Field(default=(), description="date of the last change")
    section: Selectors = Field(default=(), description="section (chuyên mục) of the article")
    breadcrumbs: Selectors = Field(
        default=(), description="links of the path to the article, in order"
    )
    tags: Selectors = Field(default=(), description="tags, keywords")
    related: Selectors = Field(default=(), description="blocks of related articles: data, not text")
    listing: Selectors = Field(default=(), description="links to articles on category pages")
    strip: Selectors = Field(default=(), description="blocks that are never text")
    caption: Selectors = Field(default=(), description="caption of a picture")
    credit: Selectors = Field(default=(), description="credit of a picture")
    labels: tuple[str, ...] = Field(
        default=(), description="lines that introduce blocks of other articles"
    )
    prompts: tuple[str, ...] = Field(
        default=(),
        description="lines addressed to the reader (share, print), and lists of keywords that the "
        "paper has in the head of all its pages: no text, no tags",
    )
    dateline: Pattern | None = Field(
        default=None,
        description="marker before the lead or the first paragraph, kept apart; what its group "
        "`caps` matches has to be in capitals",
    )
    date_order: Literal["DMY", "MDY", "YMD"] | None = Field(
        default=None, description="order of day and month in the paper's visible dates"
    )
    local_stamps: tuple[Literal["json-ld", "meta", "time"], ...] | None = Field(
        default=None,
        description="places whose dates have the paper's own clock whatever zone they name "
        '("14:05Z" for 14:05 at +07:00); `[]`: their zone is true, though pages show UTC',
    )
    date_formats: tuple[str, ...] = Field(
        default=(), description="strptime forms of the paper's dates"
    )


class Shares(Words):
    """[expect.share]: the least share of articles (0 to 1) that have the field."""

    title: float | None = Field(
        default=None, ge=0, le=1, description="share of articles with a title"
    )
    lead: float | None = Field(default=None, ge=0, le=1, description="... with a lead")
    text: float | None = Field(default=None, ge=0, le=1, description="... with a text")
    date: float | None = Field(
        default=None, ge=0, le=1, description="... with a date of publication"
    )
    author: float | None = Field(default=None, ge=0, le=1, description="... with an author")
    image: float | None = Field(default=None, ge=0, le=1, description="... with a picture")


class Expect(Words):
    """[expect]: what a normal crawl brings; outside is a failed check."""

    articles: Annotated[tuple[int, int], Answer("[lowest, highest]")] | None = Field(
        default=None, description="articles a day"
    )
    share: Shares = Field(default=Shares(), description="table of shares")


class Profile(Words):
    """What one newspaper's file says, its platform's answers merged in. Compared by value."""

    title: str | None = Field(
        default=None, description="name of the paper; without it, the file's name"
    )
    home: Url = Field(description="front page; without it, https:// and the first of `domains`")
    domains: tuple[Domain, ...] = Field(
        default=(),
        description="hosts that are the paper's, with `:port` if unusual; the home's is added",
    )
    language: Language | None = Field(default=None, description="BCP 47")
    region: Region | None = Field(default=None, description="ISO 3166-2, or the country alone")
    province: str | None = Field(default=None, description="province or area in words")
    former: tuple[str, ...] = Field(
        default=(), description="provinces, by their names before the merger, that it now covers"
    )
    timezone: Zone = Field(default="UTC", description="in which the paper's dates are read")
    platform: str | None = Field(
        default=None, description="publishing system whose answers are shared"
    )
    merged_into: Slug | None = Field(default=None, description="site that took this paper over")
    continues: Slug | None = Field(
        default=None,
        description="site whose numbers of articles go on here: the same id is the same article",
    )
    moved_from: tuple[Domain, ...] = Field(
        default=(), description="hosts the paper has left; they stay its own"
    )
    took_over: tuple[Domain, ...] = Field(
        default=(),
        description="hosts of papers merged into this one: articles there are known for articles, "
        "and crawled under that paper's key alone",
    )
    names: tuple[str, ...] = Field(default=(), description="names of the publisher: never authors")
    encoding: Codec | None = Field(default=None, description="when the pages declare a wrong one")
    walk: Walk = Walk()
    manners: Manners = Manners()
    read: Read = Read()
    expect: Expect = Expect()
    trust: dict[str, Trust] = Field(
        default={},
        description='how an answer is known: `seen = ["walk", "read.date"]` or `walk = "seen"`',
    )

    @field_validator("trust", mode="before")
    @classmethod
    def _check_trust(cls, value: Any) -> Any:
        """Marks by answer, each of them a word of this table."""
        if not isinstance(value, Mapping):
            return value
        marks = resolve.flatten(value)
        known = [path for path in strict.paths(cls) if not path.startswith("trust")]
        unknown = [answer for answer in marks if answer not in known]
        if unknown:
            close = strict.nearest(unknown[0], known)
            hint = f"; nearest known word: {close[0]}" if close else ""
            raise ValueError(f"no answer is called {unknown[0]!r}{hint}")
        return marks

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def digest(self) -> str:
        """16 hex digits over the words that differ from their defaults, so that a word added to
        the house later changes no digest; ``trust`` is left out, it changes no result."""
        text = json.dumps(self.said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def said(self) -> dict[str, Any]:
        """What the digest is over, as JSON data: ``recall`` makes the profile of it again."""
        return self.model_dump(mode="json", exclude={"trust"}, exclude_defaults=True)

    @property
    def answers(self) -> tuple[str, ...]:
        """Key paths of the words that were given, by the site or its platform."""
        return tuple(resolve.leaves(self.model_dump(exclude_unset=True, exclude={"trust"})))

    def trusted(self, answer: str) -> Trust:
        """How ``answer`` ("read.date") is known: its own mark, its table's, else a guess."""
        while answer:
            if answer in self.trust:
                return self.trust[answer]
            answer = answer.rpartition(".")[0]
        return "guess"


def load(source: Path | str, name: str = "profile") -> Profile:
    """The profile of a TOML file (``Path``) or text (``str``, called ``name`` in errors).

    Raises ProfileError with every problem found.
    """
    if isinstance(source, Path):
        name = str(source)
        text, problems = strict.read_text(source)
    else:
        text, problems = source, []
    own, found = ({}, []) if problems else strict.parse_toml(text)
    profile, more = (None, []) if problems or found else build(own)
    if profile is None or more:
        raise ProfileError(name, [*problems, *found, *more], REMEDY)
    return profile


def recall(said: Mapping[str, Any]) -> Profile | None:
    """The profile that said this (``Profile.said``), None where a word has another meaning now."""
    profile, problems = strict.check(Profile, said)
    return None if problems else profile


def words() -> list[tuple[str, str, str, str]]:
    """Every word as (key, type, default, meaning), in the order of this file."""
    return strict.describe(Profile)


def build(own: Mapping[str, Any]) -> tuple[Profile | None, list[Problem]]:
    """The profile of a site's own tables over its platform's answers, or what is wrong."""
    family, problems = _share(own.get("platform"))
    tables = resolve.complete(resolve.merge(family, own))
    marks = own.get("trust", {})
    tables["trust"] = resolve.mark(family, own) if isinstance(marks, Mapping) else marks
    profile, found = strict.check(Profile, tables)
    return profile, problems + found


def _share(name: Any) -> tuple[Mapping[str, Any], list[Problem]]:
    """The answers of the platform of that name; none for none."""
    known = platform_names()
    if name in known:
        return load_platform(name).answers, []
    if not isinstance(name, str):
        return {}, []
    close = strict.nearest(name, known)
    hint = f"; nearest: {close[0]}" if close else ""
    return {}, [Problem("platform", f"unknown {name!r}{hint} (known: {', '.join(known)})")]

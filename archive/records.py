"""The nouns of the archive: frozen records that the rooms hand to each other; they do nothing.

Instants (names ending in ``_at``) are aware UTC datetimes. A paper's own dates are RFC 3339
strings that keep the paper's offset, because the offset is evidence. What the wire or the page
did not say is ``None``, never a default (house law 8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Truncation = Literal["length", "time", "disconnect"]
"""WARC-Truncated reasons we write (ISO 28500:2017, 5.13)."""

Failure = Literal[
    "address", "dns", "refused", "unreachable", "timeout", "reset", "tls", "protocol", "proxy"
]
"""Why an exchange has no HTTP response. ``address`` = we refused to dial it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with its response, byte for byte as on the wire.

    ``request`` and ``response`` are whole blocks (start line, fields, blank line, body) with the
    transfer coding still on. ``payload`` is the response body without its transfer coding and
    with its content coding: what WARC-Payload-Digest is computed over (ISO 28500:2017, 5.9).
    """

    url: str  # absolute, as requested, no fragment
    method: str
    started_at: datetime  # when the first byte of the request was (to be) sent
    request: bytes  # b"" when no byte was sent (DNS failure, refused address)
    response: bytes | None  # None when nothing that is HTTP came
    status: int | None
    headers: tuple[tuple[str, str], ...]  # response fields in wire order and case, latin-1
    payload: bytes
    chunked: bool  # the response used a transfer coding
    truncated: Truncation | None
    ip: str | None  # the address that was dialled (the proxy's, behind one)
    protocols: tuple[str, ...]  # WARC-Protocol values: "http/1.1", "tls/1.3"
    failure: Failure | None = None
    failure_detail: str | None = None  # one line for people
    interim: bytes = b""  # 1xx answers before the final one, as on the wire
    trailing: bytes = b""  # after the end of the response; with a failure, what came instead
    tls_downgraded: bool = False  # the profile's TLS downgrade was in force
    seconds: float = 0.0  # wall time from first byte out to last byte in


CaptureKind = Literal["response", "revisit", "failure", "resource"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a WARC record lies: file relative to the archive folder, byte offset and length."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Capture:
    """The receipt of an exchange: where it lies and what the wire said of it."""

    id: int
    site: str
    url: str
    kind: CaptureKind
    captured_at: datetime
    place: Place
    record_id: str  # WARC-Record-ID, with angle brackets
    crawl_id: str | None = None
    method: str = "GET"
    status: int | None = None
    mime: str | None = None  # media type of Content-Type, lower case, without parameters
    payload_digest: str | None = None  # "sha256:<hex>" or as the record says ("sha1:<base32>")
    payload_length: int | None = None
    truncated: str | None = None
    refers_to: int | None = None  # for a revisit: id of the capture that has the bytes
    etag: str | None = None
    last_modified: str | None = None
    location: str | None = None  # absolute target of a redirect
    ip: str | None = None
    failure: str | None = None


Channel = Literal[
    "start",
    "home",
    "category",
    "feed",
    "sitemap",
    "related",
    "body",
    "redirect",
    "robots",
    "import",
    "part",
]
"""By what kind of place an address was announced."""

Role = Literal["home", "category", "article", "feed", "sitemap", "robots", "other", "part"]
"""What kind of place an address is; ``part``: a further page of an article, and no article."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a page announced, where on the page, and with which words."""

    url: str  # absolute, as the page spells it once resolved; no fragment
    channel: Channel
    position: int  # 0-based, in document order within its channel on that page
    role: Role
    title: str | None = None
    summary: str | None = None
    date_raw: str | None = None  # lastmod, pubDate ... as written


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an article with what the page says of it."""

    url: str
    caption: str | None = None
    credit: str | None = None
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date a page names: RFC 3339 with the paper's offset (or a bare day), and its provenance."""

    value: str  # "2026-02-04T08:15:00+07:00", or "2026-02-04" when only the day is known
    precision: Literal["second", "minute", "day"]
    raw: str  # as the page writes it
    source: str  # where: "json-ld", "meta:article:published_time", "css:.article__meta time", ...


@dataclass(frozen=True, slots=True)
class Trace:
    """How a page was read: what was cut from its text, and what each of its places says.

    Bounded (200 cuts of 160 letters), because every reading record of the WARC holds one.
    """

    cuts: tuple[tuple[str, str], ...] = ()  # (step, first words), in the order of the steps
    more: int = 0  # cuts beyond those
    said: tuple[tuple[str, str, str], ...] = ()  # (field, place, value; "" where it agrees)
    shown: tuple[tuple[str, str], ...] = ()  # (field, path of the element that shows it)


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says as a piece of journalism. ``lead`` and ``text`` never overlap."""

    title: str
    text: str  # body paragraphs joined by "\n", NFC; no lead, caption, related block or credit
    lead: str | None = None
    canonical_url: str | None = None  # what the page declares; may name a dead host
    authors: tuple[str, ...] = ()
    agency: str | None = None
    section: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: Date | None = None
    modified: Date | None = None
    language: str | None = None  # BCP 47, as declared
    images: tuple[Image, ...] = ()
    publisher: str | None = None
    dateline: str | None = None  # the marker a paper puts before the lead ("LCĐT")
    is_free: bool | None = None  # schema.org isAccessibleForFree, or a paywall that was seen
    meta_robots: str | None = None
    tdm_reservation: str | None = None  # W3C TDM reservation protocol: "0" or "1"
    license: str | None = None
    sources: dict[str, str] = field(default_factory=dict)  # field -> where it came from
    trace: Trace | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A further page of an article, which its first page names, and where it was read from.

    One without ``record_id`` and ``file`` is not in the text: it was not asked for, or ``why``.
    """

    number: int  # 2 and more; 0 is a page that has the whole article
    url: str
    record_id: str | None = None  # of its capture
    file: str | None = None  # and where that lies, if it is not in a file of our own
    offset: int | None = None
    why: str | None = None  # it could not be had


ReadingStatus = Literal[
    "ok",
    "quarantined",
    "timeout",
    "crashed",
    "too-large",
    "not-text",
    "undecodable",
    "empty",
    "cut",
]

Impostor = Literal[
    "captcha",
    "consent-wall",
    "soft-404",
    "paywall-stub",
    "list-page",
    "other-page",
    "login",
    "parked-domain",
    "maintenance",
]
"""What a page is that claims to be an article and is none."""

WALLS: frozenset[Impostor] = frozenset(
    ("captcha", "consent-wall", "login", "parked-domain", "maintenance")
)
"""Impostors behind which the page may stand all the same: its address is asked for again."""


UNHEARD: frozenset[ReadingStatus] = frozenset(("cut", "empty", "undecodable"))
"""Readings of an article's page that did not come whole: a fault of the server or of the line, so
its address is asked for again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says: its links and, if it is an article, the article.

    ``status`` other than ``ok`` says why there is nothing; the capture stays all the same. One
    that is ``quarantined`` names the ``impostor``: it makes no article, and its links are not
    followed.
    """

    role: Role  # what the page was taken for
    status: ReadingStatus
    extractor: str  # "khobao/1 trafilatura/2.3.1"
    profile: str  # digest of the resolved profile that was used
    links: tuple[Link, ...] = ()
    article: Article | None = None
    next_page: str | None = None  # the following page of a category, if it has one
    warnings: tuple[str, ...] = ()  # "code: words"
    canonical_url: str | None = None
    language: str | None = None
    impostor: Impostor | None = None
    template: str | None = None  # digest of the site's template that was used
    parts: tuple[Part, ...] = ()  # an article's further pages, in their order
    first: str | None = None  # of a further page: the address of the first
    onward: str | None = None  # where a page that tells nothing sends its reader


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search."""

    id: int
    url: str
    site: str
    title: str
    date_published: str | None
    snippet: str
    score: float


CHANGES = ("cosmetic", "headline", "text", "correction", "removed", "moved", "back")
"""What may happen to an article (archive/index/changes.py)."""

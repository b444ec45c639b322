"""One address for many spellings: the canonical form under which an address is known.

What is folded (WHATWG URL, RFC 3986 section 6, and what 64 papers do to their own links):
scheme and host in lower case, IDNA host, default port, empty path, dot segments, percent-encoding
in one spelling, query keys sorted, fragments dropped, tracking keys dropped. What is kept: the
case of the path (some papers' ids depend on it), trailing slashes, every other query key; and the
order of a query that begins with a key without a value, which servers read by its place
(``?rubrique2&debut=6`` of SPIP answers, ``?debut=6&rubrique2`` does not).

Per paper (from its profile): ``home`` decides between http and https and between ``www.`` and the
bare name for hosts of the paper; ``twins`` rewrites AMP, print and mobile addresses; ``keep_query``
names the only query keys that are identity, ``drop_query`` further ones that are not.

w3lib does the escaping (it is what Scrapy sends on the wire: what is stored is what was asked).
Rejected: w3lib's own ``canonicalize_url`` (it turns ``?123`` into ``?123=``, another address to
some servers), courlan (drops language and trailing parts that are identity here).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from w3lib.url import safe_url_string

# Keys that only say where a reader came from. Seen in saved Vietnamese pages and feeds of
# 2012-2026, in Google's, Meta's, Zalo's and Matomo's own documentation.
TRACKING = frozenset(
    {
        *("fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "_ga", "_gl"),
        *("zarsrc", "zalo_id", "gidzl", "igshid", "mc_cid", "mc_eid", "wickedid", "spm"),
        *("cmpid", "ocid", "ito", "vero_id", "oly_anon_id", "oly_enc_id", "__twitter_impression"),
    }
)
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "at_medium", "at_campaign")
UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
DEFAULT_PORTS = {"http": 80, "https": 443}


class AddressError(ValueError):
    """The text is not an address that can be crawled; the message says why."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a paper says of its own addresses. The empty one folds only what holds everywhere."""

    home: str | None = None
    hosts: frozenset[str] = frozenset()  # netlocs of the paper, lower case
    twins: Sequence[tuple[re.Pattern[str], str]] = ()
    keep_query: frozenset[str] | None = None
    drop_query: frozenset[str] = field(default_factory=frozenset)


PLAIN = Spelling()


def canonical(url: str, spelling: Spelling = PLAIN) -> str:
    """Return the one spelling of ``url``; the same input gives the same output, and
    ``canonical(canonical(u)) == canonical(u)``.

    Raises AddressError for what is not an absolute http(s) address.
    """
    for pattern, replacement in spelling.twins:
        url = pattern.sub(replacement, url)
    try:
        parts = urlsplit(safe_url_string(url.strip()))
        port, host = parts.port, parts.hostname or ""
    except (ValueError, UnicodeError) as error:
        raise AddressError(f"not an address: {url[:200]!r} ({error})") from error
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise AddressError(f"not an absolute http(s) address: {url[:200]!r}")
    try:
        scheme, netloc = _place(parts.scheme, host.rstrip("."), port, spelling)
    except UnicodeError as error:
        raise AddressError(f"not a host name: {host[:200]!r} ({error})") from error
    query = _fold_query(parts.query, spelling)
    return urlunsplit((scheme, netloc, _fold_path(parts.path), query, ""))


def key(url: str) -> str:
    """Return ``url`` folded further, for people's lookups: no scheme, ``www.`` or final slash."""
    parts = urlsplit(canonical(url))
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/") + query


def _place(scheme: str, host: str, port: int | None, spelling: Spelling) -> tuple[str, str]:
    if ":" in host:
        host = f"[{host}]"
    host = host.encode("idna").decode() if not host.isascii() else host
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    if spelling.home and netloc in spelling.hosts:
        home = urlsplit(spelling.home)
        usual = port in (None, 80, 443) and home.port in (None, 80, 443)
        if usual and netloc.removeprefix("www.") == home.netloc.removeprefix("www."):
            netloc = home.netloc
        # One port speaks one scheme; on the usual ports a paper's pages are the same on both.
        if usual or netloc == home.netloc:
            scheme = home.scheme
    return scheme, netloc


def _fold_escapes(text: str) -> str:
    """Decode escaped unreserved characters and write the rest in upper case (RFC 3986, 6.2.2)."""

    def fold(match: re.Match[str]) -> str:
        character = chr(int(match[0][1:], 16))
        return character if character in UNRESERVED else match[0].upper()

    return re.sub("%[0-9A-Fa-f]{2}", fold, text)


def _fold_path(path: str) -> str:
    path = _fold_escapes(path)
    if "/." in path or "//" in path:
        tail = "/" if path.endswith(("/", "/.", "/..")) else ""
        folded = posixpath.normpath(re.sub("/{2,}", "/", path))
        path = folded if folded == "/" else folded + tail
    return path or "/"


def _fold_query(query: str, spelling: Spelling) -> str:
    pairs = [p for p in _fold_escapes(query).split("&") if p]
    kept = [p for p in pairs if _is_identity(unquote_plus(p.split("=")[0]), spelling)]
    return "&".join(kept if kept and "=" not in kept[0] else sorted(kept))


def _is_identity(name: str, spelling: Spelling) -> bool:
    if spelling.keep_query is not None:
        return name in spelling.keep_query
    lower = name.lower()
    if lower in TRACKING or lower.startswith(TRACKING_PREFIXES):
        return False
    return name not in spelling.drop_query


def hosts_of(domains: Iterable[str]) -> frozenset[str]:
    """Return the netlocs that a profile's ``domains`` stand for, in lower case."""
    return frozenset(domain.lower().rstrip(".") for domain in domains)

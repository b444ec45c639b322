"""Decides how a new paper is called and where its profile goes, before anything is asked for.

Apart from the survey, so that a wrong address, a key that is no key and a file that is there are
told at once, without loading Scrapy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from archive.door import UsageError
from spiders import address
from spiders.answer import is_slug
from spiders.catalog import Catalog
from spiders.profile import Profile
from spiders.site import Site

_SECOND_LEVEL = frozenset(("com", "co", "org", "net", "gov", "edu", "ac", "or", "info"))


@dataclass(frozen=True, slots=True)
class Place:
    """The address to begin with, the site as far as it is known, the file to be written."""

    url: str
    site: Site
    path: Path


def find_place(url: str, key: str | None, folder: Path, catalog: Catalog, *, force: bool) -> Place:
    """Where the profile of the paper at ``url`` goes. Raises UsageError."""
    scheme = re.match(r"([a-z][a-z0-9+.-]*)://", url, re.I)
    if scheme and scheme[1].lower() not in ("http", "https"):
        raise UsageError(
            f"{url!r} is of {scheme[1]}, and only http and https are asked for; give the front "
            "page's address, as in https://example.org/"
        )
    whole = url if re.match(r"https?://", url, re.I) else f"https://{url}"
    parts = address.split(whole)
    if parts is None or re.search(r"\s", whole):
        raise UsageError(
            f"{url!r} is no address; give the front page's, as in https://example.org/"
        )
    named = key or name_site(whole)
    if not is_slug(named):
        raise UsageError(f"{named!r} can be no key; name one of a-z, 0-9, - and . with --key")
    path = folder / f"{named}.toml"
    if not force:
        _check_unknown(urlsplit(whole).netloc, named, path, catalog)
    return Place(whole, Site(named, Profile(home=whole)), path)


def _check_unknown(host: str, key: str, path: Path, catalog: Catalog) -> None:
    if path.exists():
        raise UsageError(f"{path} is there already; name another with --key, or add --force")
    known = catalog.find(host)
    if known is not None:
        raise UsageError(
            f"{host} is known as {known.key!r}: `khobao crawl {known.key}`; or add --force"
        )
    if key in set(catalog.keys()):
        raise UsageError(
            f"a site is called {key!r} already; name another with --key, or add --force"
        )


def name_site(url: str) -> str:
    """The key for a paper at an address: "www.paper.com.vn" is "paper"."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    try:
        ip_address(host)
        name = parts.netloc
    except ValueError:
        labels = host.removeprefix("www.").split(".")
        cut = 2 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 1
        name = "-".join(labels[:-cut]) or host
    return re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip(".-")[:63] or "paper"

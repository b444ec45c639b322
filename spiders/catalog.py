"""Finds the papers: the files shipped in spiders/<cc>/ and an operator's own, which win.

A key is a file's stem. Files are read when asked for, so that one broken file of an operator
stops neither `khobao sites` nor the crawl of another paper; ``all`` gives what is wrong beside
what is right. Rejected: a list in code (a new paper is one file, not two edits).
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from spiders import address, profile, strict
from spiders.answer import is_slug
from spiders.profile import Profile, ProfileError
from spiders.site import Site
from spiders.strict import Problem

SHIPPED = Path(__file__).parent
EXAMPLE = SHIPPED / "generic" / "example.toml"


class UnknownSite(LookupError):
    """No file has that key; the message names the nearest keys and how to add one."""


class Catalog:
    """The papers that can be crawled: shipped files, over them the ``extra`` folder's, if it is
    there."""

    def __init__(self, extra: Path | None = None) -> None:
        self.extra = extra
        self._read: dict[str, Site] = {}

    def keys(self) -> tuple[str, ...]:
        """All keys in alphabetical order, whether or not their files can be used."""
        return tuple(sorted(self._files))

    def get(self, key: str) -> Site:
        """The site of that key. Raises UnknownSite, or ProfileError when its file is wrong."""
        if key not in self._read:
            path = self._files.get(key)
            if path is None:
                raise UnknownSite(self._explain(key))
            self._read[key] = read_site(path)
        return self._read[key]

    def all(self) -> tuple[tuple[Site, ...], tuple[ProfileError, ...]]:
        """Every site that can be used, by key, and an error for every file that cannot."""
        sites, errors = [], []
        for key in self.keys():
            try:
                sites.append(self.get(key))
            except ProfileError as error:
                errors.append(error)
        return tuple(sites), tuple(errors)

    def find(self, host: str) -> Site | None:
        """The site to which a host belongs ("x.vn", "127.0.0.1:8123"; no port: any usual one).

        Where two papers name it, the one whose front page is there, then an operator's own.
        """
        home = f"http://{host}/"
        sites = [site for site in self.all()[0] if _is_at(site, host)]
        own = [site for site in sites if self._is_own(site.key)]
        for site in (*own, *sites):
            if site.role(home) == "home" or site.role(f"https://{host}/") == "home":
                return site
        return next(iter((*own, *sites)), None)

    def origin(self, key: str) -> Path:
        """The file that a key stands for. Raises UnknownSite."""
        if key not in self._files:
            raise UnknownSite(self._explain(key))
        return self._files[key]

    @cached_property
    def _files(self) -> dict[str, Path]:
        shipped = {path.stem: path for path in sorted(SHIPPED.glob("??/*.toml"))}
        own = sorted(self.extra.glob("*.toml")) if self.extra else []
        return shipped | {path.stem: path for path in own}

    def _is_own(self, key: str) -> bool:
        return self.extra is not None and self._files[key].parent == self.extra

    def _explain(self, key: str) -> str:
        close = strict.nearest(key, self.keys(), 3)
        hint = f" Nearest: {', '.join(close)}." if close else ""
        folder = self.extra or Path("sites")
        return (
            f"no site is called {key!r}.{hint} Remedy: `khobao sites` lists all; to add one, "
            f"write {folder / (key + '.toml')} as spiders/README.md shows"
        )


def read_site(path: Path) -> Site:
    """The site a file describes. Raises ProfileError."""
    if not is_slug(path.stem):
        says = (
            f"the file's name is the site's key and may have a-z, 0-9, - and . only: {path.stem!r}"
        )
        raise ProfileError(str(path), [Problem("", says)], "rename the file")
    return Site(path.stem, profile.load(path))


def generic(host: str) -> Site:
    """A site for a host that no file describes, as when importing others' WARC files.

    Raises ValueError when ``host`` is not a host.
    """
    named = address.domain(host)
    if named is None:
        raise ValueError(f"not a host: {host!r}. Remedy: give it as in x.vn or 127.0.0.1:8123")
    key = re.sub(r"[^a-z0-9.]+", "-", host.lower().removeprefix("www.")).strip(".-")[:63]
    return Site(key, Profile(home=f"https://{host}/", domains=(host,)))


def _is_at(site: Site, host: str) -> bool:
    return any(site.in_scope(f"{scheme}://{host}/") for scheme in address.DEFAULT_PORTS)

"""Takes an address apart for the questions a site asks: which host, which port, is it a page.

Nothing here raises: an address that cannot be taken apart is ``None``, because pages are full of
them. Canonical spelling for the index is archive/urls.py's job; this is only for comparing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}

LONGEST = 8_000
"""Characters of an address: what RFC 9110 (4.1) asks servers to support. Longer ones are traps,
and regexes over them cost time."""

_EXTENSIONS = """
jpg jpeg jpe jfif png gif webp avif heic svg svgz ico bmp tif tiff psd eps ai mp3 m4a aac ogg oga
wav wma flac mp4 m4v webm mov avi wmv flv mkv mpg mpeg 3gp m3u8 ts pdf doc docx xls xlsx ppt pptx
odt ods odp rtf epub mobi zip rar 7z gz tgz bz2 xz tar exe msi dmg apk ipa iso bin css js mjs map
woff woff2 ttf otf eot swf wasm
"""

ASSETS = frozenset(_EXTENSIONS.split())
"""Extensions that are never a page. ``.gz`` is asset unless it is a sitemap's (``.xml.gz``)."""

_CONTROL = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address in parts: host in lower-case ASCII, port always known, no fragment."""

    scheme: str
    host: str
    port: int
    path: str  # at least "/"
    query: str

    @property
    def url(self) -> str:
        """The address without fragment, user or default port, scheme and host in lower case."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if DEFAULT_PORTS[self.scheme] == self.port else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}" + (f"?{self.query}" if self.query else "")

    @property
    def spot(self) -> tuple[str, int, str, str]:
        """For comparing: http and https, "www." and none, "/x/" and "/x" are one spot."""
        port = 0 if self.port in DEFAULT_PORTS.values() else self.port
        return self.host.removeprefix("www."), port, self.path.rstrip("/"), self.query


def split(url: str) -> Address | None:
    """The parts of an absolute http(s) address; ``None`` for anything else (RFC 3986)."""
    if len(url) > LONGEST:
        return None
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        scheme = parts.scheme.lower()
        if scheme not in DEFAULT_PORTS or not host or _CONTROL.search(host):
            return None
        name = ascii_host(host)
    except (ValueError, UnicodeError):
        return None
    if not name:
        return None
    return Address(scheme, name, port or DEFAULT_PORTS[scheme], parts.path or "/", parts.query)


def ascii_host(host: str) -> str:
    """A host name in lower-case ASCII (IDNA, RFC 3490) without its final dot."""
    lowered = host.rstrip(".").lower()
    return lowered if lowered.isascii() else lowered.encode("idna").decode("ascii")


def is_asset(address: Address) -> bool:
    """Whether the path names a picture, film, document, archive or script."""
    name = address.path.rpartition("/")[2].lower()
    _, dot, extension = name.rpartition(".")
    return bool(dot) and extension in ASSETS and not name.endswith(".xml.gz")


def domain(entry: str) -> tuple[str, int | None] | None:
    """Host and port of a profile's ``domains`` entry ("x.vn", "127.0.0.1:8123", "[::1]:80").

    ``None`` when the entry is not a bare host: it has a scheme, a path or a wildcard.
    """
    if not entry or re.search(r"[/?#@*\s\\]", entry):
        return None
    address = split(f"http://{entry}/")
    if address is None:
        return None
    named = re.search(r":(\d+)$", entry) if entry.count(":") == 1 or "]" in entry else None
    return address.host, int(named[1]) if named else None

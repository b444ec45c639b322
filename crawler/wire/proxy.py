"""Read the operator's proxies from the environment, the way urllib and Scrapy do.

``http_proxy``, ``https_proxy`` and ``no_proxy``, lower case before upper case; an upper-case
HTTP_PROXY is ignored in a CGI process, where a client could set it (urllib does the same). They
are read once, when the client is built. A proxy that we cannot speak to is an error at that
moment; rejected: skipping it, which would send the crawl around the proxy it was meant to use.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.wire.address import Target


@dataclass(frozen=True, slots=True)
class Proxy:
    """An HTTP proxy; ``credentials`` is the base64 of user:password (RFC 7617)."""

    host: str
    port: int
    credentials: bytes | None = None


@dataclass(frozen=True, slots=True)
class Proxies:
    """Which proxy serves which scheme, and for which hosts none does."""

    http: Proxy | None = None
    https: Proxy | None = None
    bypass: str = ""  # no_proxy, as written

    def choose(self, target: Target) -> Proxy | None:
        """The proxy for this target, or None to dial it ourselves."""
        proxy = self.https if target.scheme == "https" else self.http
        return None if bypasses(self.bypass, target.host, target.port) else proxy


def bypasses(no_proxy: str, host: str, port: int) -> bool:
    """True when no_proxy names the host, a domain above it, host:port, or "*" (as urllib)."""
    for entry in no_proxy.lower().split(","):
        name = entry.strip().lstrip(".")
        if name == "*":
            return True
        for place in (host, f"{host}:{port}"):
            if name and (place == name or place.endswith(f".{name}")):
                return True
    return False


class ProxyError(ValueError):
    """An environment names a proxy that is none; the message ends with the remedy."""


def read_proxies(environ: Mapping[str, str]) -> Proxies:
    """The proxies that an environment names; raises ProxyError for one that is not http://."""
    lowered = {name.lower(): value for name, value in environ.items() if not name.islower()}
    if "REQUEST_METHOD" in environ:
        lowered.pop("http_proxy", None)
    lowered |= {name: value for name, value in environ.items() if name.islower()}
    return Proxies(
        parse_proxy("http_proxy", lowered.get("http_proxy", "")),
        parse_proxy("https_proxy", lowered.get("https_proxy", "")),
        lowered.get("no_proxy", ""),
    )


def parse_proxy(name: str, text: str) -> Proxy | None:
    """``[http://][user:password@]host[:port]`` -> Proxy; the port is 80 when left out."""
    if not text:
        return None
    wrong = f"{name} is not the address of an http proxy; write it as http://host:port"
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port
    except ValueError:
        raise ProxyError(wrong) from None
    if parts.scheme != "http" or not parts.hostname:
        raise ProxyError(wrong)
    credentials = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        credentials = b64encode(pair.encode("utf-8"))
    return Proxy(parts.hostname, 80 if port is None else port, credentials)

"""Write a request as bytes: what is returned is what is sent, and what is archived.

HTTP/1.1 (RFC 9112, section 3): ``Host`` first, then the caller's fields in their order and
spelling, then what we add. The caller cannot set the fields that say where a request goes and
how long it is: a ``Host`` that differs from the URL would make the archive name the wrong
target. Rejected: repairing values with line breaks; they are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from crawler.wire.address import Target

HeaderPairs = Iterable[tuple[str | bytes, str | bytes]]

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # RFC 9110, 5.6.2
_METHOD = re.compile(r"[A-Z]{3,20}")
_BREAKS = re.compile(rb"[\r\n\0]")
_OURS = frozenset(
    {b"host", b"content-length", b"transfer-encoding", b"proxy-authorization", b"expect"}
)
ACCEPT_ENCODING = b"gzip, deflate"  # warcio beside Scrapy's brotli reads no br, pywb no zstd
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))


@dataclass(frozen=True, slots=True)
class Request:
    """A request ready to be sent. ``block`` is archived; ``wire`` differs only behind a proxy
    that wants a password: the password is sent and never archived."""

    method: str
    block: bytes
    wire: bytes


def compose_request(
    target: Target,
    method: str,
    headers: HeaderPairs,
    body: bytes = b"",
    *,
    proxied: bool = False,
    proxy_credentials: bytes | None = None,
) -> Request:
    """Serialise a request; absolute-form when ``proxied`` (RFC 9112, 3.2.2).

    Raises ValueError when the method, a name or a value could break out of its line.
    """
    if not _METHOD.fullmatch(method) or method == "CONNECT":
        raise ValueError(f"{method!r} is not a method we send; use GET or HEAD")
    path = quote(target.path, safe=_PRINTABLE)
    if proxied:
        path = f"{target.scheme}://{target.authority}{path}"
    lines = [f"{method} {path} HTTP/1.1".encode(), b"Host: " + target.authority.encode()]
    lines += write_fields(headers)
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(b"Content-Length: %d" % len(body))
    block = b"\r\n".join(lines) + b"\r\n\r\n" + body
    if proxy_credentials is None:
        return Request(method, block, block)
    secret = [*lines, b"Proxy-Authorization: Basic " + proxy_credentials]
    return Request(method, block, b"\r\n".join(secret) + b"\r\n\r\n" + body)


def write_fields(headers: HeaderPairs) -> list[bytes]:
    """Field lines without line ends, ours left out, Accept-Encoding added when it is absent."""
    lines = []
    has_coding = False
    for key, text in headers:
        name, value = _to_bytes(key), _to_bytes(text)
        if not _TOKEN.fullmatch(name) or _BREAKS.search(value):
            raise ValueError(
                f"header {name!r}: {value!r} would break the request; remove CR, LF and NUL"
            )
        lowered = name.lower()
        if lowered in _OURS:
            continue
        has_coding = has_coding or lowered == b"accept-encoding"
        lines.append(name + b": " + value)
    if not has_coding:
        lines.append(b"Accept-Encoding: " + ACCEPT_ENCODING)
    return lines


def compose_connect(target: Target, credentials: bytes | None) -> bytes:
    """The CONNECT request to a proxy (RFC 9110, 9.3.6)."""
    place = f"{target.bracketed}:{target.port}".encode()
    head = b"CONNECT " + place + b" HTTP/1.1\r\nHost: " + place + b"\r\n"
    if credentials is not None:
        head += b"Proxy-Authorization: Basic " + credentials + b"\r\n"
    return head + b"\r\n"


def _to_bytes(text: str | bytes) -> bytes:
    """Field text as bytes: UTF-8, the way Scrapy encodes header values."""
    return text if isinstance(text, bytes) else text.encode("utf-8")

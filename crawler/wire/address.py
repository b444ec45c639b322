"""Decide which addresses may be dialled: public ones on web ports, and what the operator names.

A crawler follows what pages say, so a page can send it to the router, the database next door or
the cloud's metadata service. The decision is taken on the number that will be dialled, after the
name was resolved, so neither spelling (``0x7f.1``), redirects nor DNS that changes its mind
matter. Networks come from the IANA special-purpose registries, as a table of our own: Python's
``is_global`` changed its answers within 3.11 and 3.12 and knows nothing of the transition
prefixes that carry an IPv4 address inside (RFC 6052, RFC 4291).

A name with several addresses of which some are private: only the public ones are dialled. It is
as safe as refusing the name, since the very number that was judged is dialled, and small papers
do leak internal records into public DNS.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from crawler.wire.errors import Refusal

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}

# IANA IPv4 special-purpose registry, all of multicast and "reserved", and one address that looks
# public and is not: 168.63.129.16 is Azure's host service, reachable from every machine there.
_SPECIAL_4 = tuple(
    IPv4Network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32"),
        *("169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
    )
)
# Only 2000::/3 is global unicast; of it: protocol assignments with Teredo (2001::/23), 6to4
# (2002::/16, deprecated by RFC 7526), documentation (RFC 3849, RFC 9637).
_GLOBAL_6 = IPv6Network("2000::/3")
_SPECIAL_6 = tuple(
    IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the IPv4 address is in the last 32 bits

ANONYMOUS = (
    "nobody has said who crawls; to crawl public addresses, add [operator] with name and contact"
    " to khobao.toml"
)

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_-])?\.?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_INSIDE_NAMES = ("localhost", "local", "internal", "lan", "home.arpa", "intranet", "corp")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator allows beside the public web: addresses or CIDR networks, and ports.

    Not ``public``: only what is named here is dialled, since the operator has not said who crawls.

    Raises ValueError when an entry is neither an address nor a network.
    """

    allow_addresses: tuple[str, ...] = ()
    allow_ports: tuple[int, ...] = ()
    public: bool = True

    def __post_init__(self) -> None:
        read_networks(self.allow_addresses)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a URL points: ``literal`` is set when the host is an address and not a name."""

    scheme: str
    host: str  # lower case, IDNA, no brackets
    port: int
    path: str  # with query, without fragment; begins with "/"
    literal: Address | None = None

    @property
    def bracketed(self) -> str:
        """The host as a URL writes it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def authority(self) -> str:
        """The value of the Host field (RFC 9110, 7.2): no port when it is the scheme's own."""
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return self.bracketed + port


def parse_target(url: str, policy: Policy) -> Target:
    """Read a URL and judge all that can be judged without DNS; raises Refusal."""
    if _CONTROL.search(url):
        raise Refusal("the address holds a control character; correct the link")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refusal(f"not an address: {error}; correct the link") from None
    if parts.scheme not in DEFAULT_PORTS:
        raise Refusal(f"scheme {parts.scheme!r} is never fetched; use http or https")
    if "@" in parts.netloc:
        raise Refusal("the address holds a user name; remove all up to the @")
    if "[" in parts.netloc and ":" not in (parts.hostname or ""):
        raise Refusal("what stands in brackets is not an IPv6 address; correct the link")
    host, literal = read_host(parts.hostname or "")
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    check_port(port, policy)
    if literal is not None:
        check_address(literal, policy)
    rest = url[url.find("//") + 2 + len(parts.netloc) :].partition("#")[0]
    path = rest if rest.startswith("/") else f"/{rest}"  # as spelt: urlsplit drops an empty "?"
    return Target(parts.scheme, host, port, path, literal)


def read_host(host: str) -> tuple[str, Address | None]:
    """The host in its ASCII form and, when it is an address in any spelling, that address.

    ``127.1``, ``0x7f000001``, ``017700000001`` and ``2130706433`` are what inet_aton makes of
    them, because getaddrinfo would; a last label that is a number makes it an address or an
    error (WHATWG URL, "ends in a number"). Raises Refusal.
    """
    if ":" in host:
        try:
            address = IPv6Address(host)
        except ValueError:
            raise Refusal(f"{host!r} is not an IPv6 address; correct the link") from None
        if address.scope_id is not None:
            raise Refusal(f"{host!r} names a network interface; correct the link")
        return str(address), address
    try:
        name = host.encode("idna").decode("ascii").lower()  # nameprep folds full-width digits
    except UnicodeError:
        raise Refusal(f"{host[:80]!r} is not a host name; correct the link") from None
    if not _HOST.fullmatch(name) or len(name) > 254:
        raise Refusal(f"{host[:80]!r} is not a host name; correct the link")
    bare = name.removesuffix(".")
    if not _NUMBER.fullmatch(bare.rpartition(".")[2]):
        return name, None
    try:
        literal = IPv4Address(socket.inet_aton(bare))
    except OSError:
        raise Refusal(f"{host[:80]!r} is not an IPv4 address; correct the link") from None
    return name, literal


def check_port(port: int, policy: Policy) -> None:
    """Raise Refusal unless the port is a web port or allowed."""
    if port not in (80, 443) and port not in policy.allow_ports:
        raise Refusal(
            f"port {port} is not a web port; to allow it, add it to allow_ports in khobao.toml"
        )


@cache
def read_networks(texts: tuple[str, ...]) -> tuple[Network, ...]:
    """Addresses and CIDR networks as networks; raises ValueError for anything else."""
    try:
        return tuple(ip_network(text) for text in texts)
    except ValueError as error:
        raise ValueError(
            f"{error}; write allow_addresses in khobao.toml as 10.0.0.7 or 10.0.0.0/24"
        ) from error


def check_address(address: Address, policy: Policy) -> None:
    """Raise Refusal unless the address is public or the operator allows it."""
    inner = find_inner(address)
    for network in read_networks(policy.allow_addresses):
        if any(a is not None and a in network for a in (address, inner)):
            return
    if is_public(address) and not policy.public:
        raise Refusal(ANONYMOUS)
    if not is_public(address):
        raise Refusal(
            f"{address} is not a public address; to allow it, add it to allow_addresses"
            " in khobao.toml"
        )


def is_public(address: Address) -> bool:
    """True when the number belongs to a host of the public internet."""
    inner = find_inner(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _SPECIAL_4)
    return address in _GLOBAL_6 and not any(address in network for network in _SPECIAL_6)


def find_inner(address: Address) -> IPv4Address | None:
    """The IPv4 address that a mapped (::ffff:0:0/96) or NAT64 address leads to."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def choose_addresses(host: str, answers: Iterable[str], policy: Policy) -> tuple[str, ...]:
    """Of a resolver's answers those that may be dialled, in order; raises Refusal when none."""
    good: list[str] = []
    refused: Refusal | None = None
    for answer in answers:
        try:
            check_address(ip_address(answer), policy)
        except Refusal as refusal:
            refused = refused or refusal
        else:
            good.append(answer)
    if not good and refused is not None:
        raise Refusal(f"{host} leads nowhere public: {refused.detail}")
    return tuple(dict.fromkeys(good))


def check_name(target: Target, policy: Policy) -> None:
    """Judge a name that a proxy will resolve for us; raises Refusal.

    The number is out of our sight there, so names that mean "inside" by their form are refused.
    """
    if target.literal is None and not policy.public:
        raise Refusal(ANONYMOUS)
    bare = target.host.removesuffix(".")
    inside = any(bare == name or bare.endswith("." + name) for name in _INSIDE_NAMES)
    if target.literal is None and (inside or "." not in bare):
        raise Refusal(
            f"{bare} is a name inside a network and would be resolved by the proxy; to allow it,"
            " add it to no_proxy and its address to allow_addresses in khobao.toml"
        )

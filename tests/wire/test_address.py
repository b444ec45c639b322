"""Row 13 of the scorecard: no form of an address reaches inside."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Exchange
from archive.urls import AddressError, canonical
from crawler.wire.address import (
    Policy,
    check_address,
    check_name,
    is_public,
    parse_target,
    read_host,
)
from crawler.wire.client import Client
from crawler.wire.errors import Refusal

LITERALS = (
    "http://127.0.0.1/",
    "http://127.0.0.1./",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0x7F.1/",
    "http://017700000001/",
    "http://0177.0.0.01/",
    "http://0/",
    "http://0.0.0.0/",
    "http://10.0.0.1/",
    "http://10.1/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://192.168.257/",
    "http://100.64.0.1/",
    "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://203.0.113.7/",
    "http://224.0.0.1/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://１２７.０.０.１/",
    "http://127。0。0。1/",
    "http://①②⑦.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[100::1]/",
    "https://127.0.0.1/",
    "https://[::1]/",
)
FORMS = (
    "http://user@bao.example/",
    "http://bao.example@127.0.0.1/",
    "http://bao.example:pw@127.0.0.1/",
    "http://bao.example\\@127.0.0.1/",
    "http://127.0.0.1\\.bao.example/",
    "http://127.0.0.1%2f.bao.example/",
    "http://127%2e0%2e0%2e1/",
    "http://bao.example%00.example/",
    "http://bao.example\x00/",
    "http://bao.example\r\nHost: x/",
    "http://bao\t.example/",
    "http:// 127.0.0.1/",
    "http://127.0.0.1 /",
    "http://bao..example/",
    "http://.bao.example/",
    "http://1.2.3.4.5/",
    "http://256.256.256.256/",
    "http://0x7f.1.0x/",
    "http://bao.example.0x7f/",
    "http:///etc/passwd",
    "http:127.0.0.1",
    "//127.0.0.1/",
    "/etc/passwd",
    "",
    "http://",
    "http://[::1",
    "http://[bao.example]/",
    "http://[v1.x]/",
    "file:///etc/passwd",
    "ftp://bao.example/",
    "gopher://bao.example:70/_x",
    "data:text/html,x",
    "s3://bucket/key",
    "javascript:alert(1)",
    "http://bao.example:22/",
    "http://bao.example:6379/",
    "http://bao.example:0/",
    "http://bao.example:8080/",
    "http://bao.example:65536/",
    "http://bao.example:-80/",
    "http://bao.example:８０８１/",
    "http://bao.example:80a/",
)


async def refuse_to_dial(ip: str, port: int) -> socket.socket:
    """A connector that must not be reached."""
    raise AssertionError(f"dialled {ip}:{port}")


def answer_with(*addresses: str):
    """A resolver with one answer, which counts."""

    async def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        resolve.asked += 1  # type: ignore[attr-defined]
        return addresses

    resolve.asked = 0  # type: ignore[attr-defined]
    return resolve


def fetch_guarded(url: str, *addresses: str) -> Exchange:
    """The exchange with a client that fails the test when it dials."""
    client = Client(resolve=answer_with(*addresses), connect=refuse_to_dial)
    return asyncio.run(client.fetch(url))


@pytest.mark.parametrize("url", LITERALS)
def test_no_literal_reaches_inside(url: str) -> None:
    """Every spelling of an address inside is refused, with the remedy, and nothing is dialled."""
    exchange = fetch_guarded(url)
    assert exchange.failure == "address"
    assert exchange.failure_detail is not None
    assert exchange.failure_detail.endswith(("allow_addresses in khobao.toml", "correct the link"))
    assert (exchange.request, exchange.response, exchange.ip) == (b"", None, None)


@pytest.mark.parametrize("url", FORMS)
def test_no_form_reaches_inside(url: str) -> None:
    """Odd authorities, schemes and ports are refused before any name is resolved."""
    resolve = answer_with("93.184.215.14")
    exchange = asyncio.run(Client(resolve=resolve, connect=refuse_to_dial).fetch(url))
    assert exchange.failure == "address"
    assert resolve.asked == 0
    assert (exchange.request, exchange.response) == (b"", None)
    assert "\n" not in (exchange.failure_detail or "\n")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "0.0.0.0",
    ],
)
def test_no_name_leads_inside(address: str) -> None:
    """A public-looking name that resolves to the inside is refused at dial time."""
    exchange = fetch_guarded("https://bao.example/", address)
    assert exchange.failure == "address"
    assert "bao.example leads nowhere public" in (exchange.failure_detail or "")


@pytest.mark.parametrize("name", ["localhost", "LOCALHOST.", "a.localhost"])
def test_localhost_resolves_and_is_refused(name: str) -> None:
    """Names of the machine itself, by the system's own resolver."""
    client = Client(connect=refuse_to_dial)
    exchange = asyncio.run(client.fetch(f"http://{name}/"))
    assert exchange.failure in ("address", "dns")


@pytest.mark.parametrize("entry", ["10.0.0.300", "bao.example", "10.0.0.7/8", ""])
def test_a_wrong_policy_is_an_error_at_once(entry: str) -> None:
    """An entry that is no address is refused with the way to write it."""
    with pytest.raises(ValueError, match=r"write allow_addresses in khobao\.toml as"):
        Policy((entry,))


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "1.1.1.1", "123.30.0.1", "2600::1", "2402:800::1", "64:ff9b::101:101"],
)
def test_the_public_internet_is_open(address: str) -> None:
    """Public addresses are public, also through NAT64."""
    assert is_public(ip_address(address))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_never_more_open_than_python(address: IPv4Address | IPv6Address) -> None:
    """What Python does not call global, we do not dial either."""
    assert not is_public(address) or address.is_global


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{}", "0x{:x}", "0{:o}"]))
def test_numbers_are_what_inet_aton_makes_of_them(number: int, form: str) -> None:
    """Decimal, hex and octal spellings are the address that the system would dial."""
    assert read_host(form.format(number))[1] == IPv4Address(number)


@pytest.mark.parametrize("answer", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_need_somebody_who_crawls(answer: str) -> None:
    """Where the operator has not said who crawls, only what khobao.toml names is dialled."""
    nobody = Policy(("127.0.0.1",), public=False)
    with pytest.raises(Refusal, match="operator"):
        check_address(ip_address(answer), nobody)
    check_address(ip_address("127.0.0.1"), nobody)
    with pytest.raises(Refusal, match="operator"):
        check_name(parse_target("http://example.org/", nobody), nobody)


@given(st.one_of(st.text(max_size=30), st.binary(max_size=30).map(lambda b: b.decode("latin-1"))))
def test_any_host_is_an_address_or_none(host: str) -> None:
    """Whatever stands where a host should be: both readers of addresses say their own error."""
    url = f"http://{host}/x"
    with suppress(AddressError):
        canonical(url)
    with suppress(Refusal):
        parse_target(url, Policy())

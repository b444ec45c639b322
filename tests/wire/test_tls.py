"""TLS is verified unless the operator says otherwise, and what was in force is recorded."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from archive.records import Exchange
from crawler.wire.client import Client
from crawler.wire.tls import TlsWord, make_context, name_version

from .server import WARM, Reply, Server, make_certificate, make_server_context


def fetch_over(
    context: ssl.SSLContext, word: TlsWord = "verify", ca_file: Path | None = None
) -> Exchange:
    """One exchange with a TLS server."""

    async def run() -> Exchange:
        async with Server([WARM], context) as server:
            client = Client(server.policy, ca_file=ca_file)
            exchange = await client.fetch(server.url(), tls=word)
            await client.close()
            return exchange

    return asyncio.run(run())


def test_an_unknown_authority_is_refused(pem: Path) -> None:
    """Verified by default: failure "tls", no request was sent, and the remedy is named."""
    exchange = fetch_over(make_server_context(pem))
    assert (exchange.failure, exchange.request, exchange.ip) == ("tls", b"", "127.0.0.1")
    assert (exchange.failure_detail or "").endswith('set tls = "insecure"')
    assert exchange.tls_downgraded is False


@pytest.mark.parametrize(("name", "valid"), [("bao.example", True), ("127.0.0.1", False)])
def test_a_wrong_certificate_is_refused(name: str, valid: bool, tmp_path: Path) -> None:
    """Another host's name or a date that is over: refused, unless verification is off."""
    pem = make_certificate(tmp_path, name, valid=valid)
    assert fetch_over(make_server_context(pem), "verify", pem).failure == "tls"
    assert fetch_over(make_server_context(pem), "legacy", pem).failure == "tls"
    exchange = fetch_over(make_server_context(pem), "insecure", pem)
    assert (exchange.payload, exchange.tls_downgraded) == (b"warm", True)


def test_an_old_server_needs_legacy(pem: Path) -> None:
    """TLS 1.0 is spoken only under a downgrade, which is recorded."""

    def make_old() -> ssl.SSLContext:
        context = make_server_context(pem)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.options |= ssl.OP_NO_TLSv1_3 | ssl.OP_NO_TLSv1_2 | ssl.OP_NO_TLSv1_1
        return context

    with pytest.warns(DeprecationWarning):
        old = make_old()
    refused = fetch_over(old, "verify", pem)
    assert refused.failure == "tls"
    assert (refused.failure_detail or "").endswith('set tls = "legacy"')
    exchange = fetch_over(old, "legacy", pem)
    assert (exchange.payload, exchange.tls_downgraded) == (b"warm", True)
    assert exchange.protocols == ("http/1.1", "tls/1.0")


def test_no_downgrade_without_tls() -> None:
    """The word says nothing over plain http."""

    async def run() -> Exchange:
        async with Server([WARM]) as server:
            client = Client(server.policy)
            exchange = await client.fetch(server.url(), tls="insecure")
            await client.close()
            return exchange

    assert asyncio.run(run()).tls_downgraded is False


def test_a_server_without_tls() -> None:
    """Plain HTTP where TLS was to be: failure "tls"."""

    async def run() -> Exchange:
        async with Server([Reply(b"")], greeting=b"HTTP/1.1 400 Bad\r\n\r\n") as server:
            client = Client(server.policy)
            return await client.fetch(server.url().replace("http:", "https:"))

    assert asyncio.run(run()).failure == "tls"


def test_an_unknown_word_is_an_error() -> None:
    """A policy the house does not know is no policy."""
    with pytest.raises(ValueError, match="use one of verify, legacy, insecure"):
        asyncio.run(Client().fetch("https://bao.example/", tls="none"))  # type: ignore[arg-type]


def test_contexts_verify_unless_told() -> None:
    """Only "insecure" leaves verification out; http/1.1 alone is offered everywhere."""
    modes = {word: make_context(word).verify_mode for word in ("verify", "legacy", "insecure")}
    assert modes == {
        "verify": ssl.CERT_REQUIRED,
        "legacy": ssl.CERT_REQUIRED,
        "insecure": ssl.CERT_NONE,
    }
    assert not make_context("verify").options & 0x4  # OP_LEGACY_SERVER_CONNECT
    assert make_context("legacy").options & 0x4
    assert make_context("verify").minimum_version >= ssl.TLSVersion.TLSv1_2
    assert (name_version("TLSv1.3"), name_version("TLSv9"), name_version(None)) == (
        "tls/1.3",
        None,
        None,
    )

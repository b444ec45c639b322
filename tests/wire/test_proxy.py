"""Proxies of the environment: absolute-form for http, a tunnel for https, vetting all the same."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.records import Exchange
from crawler.cli import main
from crawler.wire.address import Policy, parse_target
from crawler.wire.client import Client
from crawler.wire.proxy import Proxy, bypasses, parse_proxy, read_proxies

from .server import WARM, Reply, Server, make_server_context

SECRET = b64encode("khobao:mật khẩu".encode())
LOGIN = "khobao:m%E1%BA%ADt%20kh%E1%BA%A9u@"


async def resolve_nothing(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
    """A resolver that must only be asked for the proxy."""
    assert host == "127.0.0.1", f"asked for {host}"
    return (host,)


def build_client(port: int, *, login: str = "", **more: object) -> Client:
    """A client whose proxies are on this port."""
    proxy = f"http://{login}127.0.0.1:{port}"
    environ = {"http_proxy": proxy, "https_proxy": proxy}
    return Client(environ=environ, resolve=resolve_nothing, **more)  # type: ignore[arg-type]


def test_http_goes_out_in_absolute_form() -> None:
    """The request block shows the absolute form that was sent; ip is the proxy's."""

    async def run() -> tuple[Exchange, list[bytes], int]:
        async with Server([WARM, WARM]) as server:
            client = build_client(server.port)
            await client.fetch("http://bao.example/a?b")
            exchange = await client.fetch("http://bao.example/a?b")
            await client.close()
            return exchange, server.requests, server.connections

    exchange, requests, connections = asyncio.run(run())
    assert exchange.request == requests[1]
    assert exchange.request.startswith(
        b"GET http://bao.example/a?b HTTP/1.1\r\nHost: bao.example\r\n"
    )
    assert (exchange.payload, exchange.ip, connections) == (b"warm", "127.0.0.1", 1)


def test_the_password_is_sent_and_not_archived() -> None:
    """Proxy-Authorization goes to the proxy and stays out of the request block."""

    async def run() -> tuple[Exchange, bytes]:
        async with Server([WARM]) as server:
            client = build_client(server.port, login=LOGIN)
            exchange = await client.fetch("http://bao.example/")
            await client.close()
            return exchange, server.requests[0]

    exchange, sent = asyncio.run(run())
    line = b"Proxy-Authorization: Basic " + SECRET + b"\r\n"
    assert line in sent
    assert exchange.request == sent.replace(line, b"")


def test_a_proxy_that_wants_a_password_is_no_answer_of_the_site() -> None:
    """407 is the proxy's word: failure "proxy", its bytes kept."""
    raw = b"HTTP/1.1 407 Auth\r\nContent-Length: 2\r\n\r\nno"

    async def run() -> Exchange:
        async with Server([Reply(raw)]) as server:
            client = build_client(server.port)
            exchange = await client.fetch("http://bao.example/")
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    assert (exchange.failure, exchange.response, exchange.trailing) == ("proxy", None, raw)


async def start_tunnel(target_port: int, seen: list[bytes]) -> asyncio.Server:
    """A small proxy that opens every tunnel to one port."""

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", target_port)
        writer.write(b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n")
        await asyncio.gather(pump(reader, inner_writer), pump(inner_reader, writer))

    return await asyncio.start_server(accept, "127.0.0.1", 0)


def test_https_goes_through_a_tunnel(pem: Path) -> None:
    """CONNECT, then TLS to the target by its own name, and the tunnel is used again."""
    seen: list[bytes] = []

    async def run() -> tuple[Exchange, list[bytes]]:
        async with Server([WARM, WARM], make_server_context(pem)) as server:
            tunnel = await start_tunnel(server.port, seen)
            port = tunnel.sockets[0].getsockname()[1]
            client = build_client(port, login=LOGIN, ca_file=pem)
            await client.fetch("https://bao.example/a")
            exchange = await client.fetch("https://bao.example/b")
            await client.close()
            tunnel.close()
            return exchange, server.requests

    exchange, requests = asyncio.run(run())
    assert seen == [
        b"CONNECT bao.example:443 HTTP/1.1\r\nHost: bao.example:443\r\n"
        b"Proxy-Authorization: Basic " + SECRET + b"\r\n\r\n"
    ]
    assert exchange.request == requests[1]
    assert exchange.request.startswith(b"GET /b HTTP/1.1\r\nHost: bao.example\r\n")
    assert (exchange.payload, exchange.protocols) == (b"warm", ("http/1.1", "tls/1.3"))


@pytest.mark.parametrize(
    ("raw", "after"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno", "keep"),
        (b"HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n", "keep"),
        (b"SSH-2.0-x\r\n", "keep"),
        (b"HTTP/1.1 200 OK\r\n\r\nsmuggled", "keep"),
        (b"", "close"),
    ],
)
def test_a_tunnel_that_is_refused(raw: bytes, after: str) -> None:
    """No tunnel is failure "proxy" with the remedy; nothing was asked of the target."""

    async def run() -> Exchange:
        async with Server([Reply(raw, after)]) as server:  # type: ignore[arg-type]
            return await build_client(server.port).fetch("https://bao.example/")

    exchange = asyncio.run(run())
    assert (exchange.failure, exchange.request, exchange.trailing) == ("proxy", b"", raw)
    assert "https_proxy" in (exchange.failure_detail or "")


def test_a_proxy_that_is_not_there() -> None:
    """A proxy that cannot be dialled is failure "proxy", not the site's."""

    async def run() -> Exchange:
        async with Server([]) as server:
            port = server.port
        return await build_client(port).fetch("http://bao.example/")

    assert asyncio.run(run()).failure == "proxy"


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://0x7f.1/", "https://[::1]/", "http://2852039166/"),
        *("http://localhost/", "http://a.localhost/", "https://localhost./", "http://intranet/"),
        *("http://metadata.google.internal/", "http://bao.example:22/", "file:///etc/passwd"),
        *("http://user@bao.example/", "http://printer.local/", "http://localhost6/"),
    ],
)
def test_a_proxy_is_no_way_around_vetting(url: str) -> None:
    """What can be judged without DNS is judged before the proxy is dialled."""

    async def run() -> tuple[Exchange, int]:
        async with Server([WARM]) as server:
            exchange = await build_client(server.port).fetch(url)
            return exchange, server.connections

    exchange, connections = asyncio.run(run())
    assert (exchange.failure, connections) == ("address", 0)


def test_no_proxy_dials_itself_and_vets() -> None:
    """A host in no_proxy is dialled directly, under the address rules."""

    async def run() -> tuple[Exchange, Exchange, int]:
        async with Server([WARM]) as server:
            environ = {"http_proxy": "127.0.0.1:9", "no_proxy": "x.example, 127.0.0.1"}
            client = Client(server.policy, environ=environ)
            exchange = await client.fetch(server.url())
            await client.close()
            refused = await Client(environ=environ).fetch("http://127.0.0.1/")
            return exchange, refused, server.connections

    exchange, refused, connections = asyncio.run(run())
    assert exchange.request.startswith(b"GET / HTTP/1.1\r\n")
    assert (refused.failure, connections) == ("address", 1)


def test_what_the_environment_says() -> None:
    """Lower case wins, CGI's HTTP_PROXY is not believed, others are ignored."""
    upper = read_proxies({"HTTP_PROXY": "a:1", "HTTPS_PROXY": "b:2", "ALL_PROXY": "socks5://c:3"})
    assert (upper.http, upper.https) == (Proxy("a", 1), Proxy("b", 2))
    assert read_proxies({"HTTP_PROXY": "a:1", "REQUEST_METHOD": "GET"}).http is None
    assert read_proxies({"HTTP_PROXY": "a:1", "http_proxy": "b"}).http == Proxy("b", 80)
    assert read_proxies({"HTTP_PROXY": "a:1", "http_proxy": ""}).http is None
    assert read_proxies({}).choose(parse_target("https://bao.example/", Policy())) is None


@pytest.mark.parametrize(
    "text", ["socks5://a:1", "https://a:1", "http://", "http://a:b", "http://[::1"]
)
def test_a_proxy_we_cannot_speak_to_is_an_error(text: str) -> None:
    """Better no client than one that goes around the proxy."""
    with pytest.raises(ValueError, match="write it as http://host:port"):
        parse_proxy("https_proxy", text)


@pytest.mark.parametrize("command", ["crawl", "run", "check"])
def test_a_wrong_proxy_is_the_operators(tmp_path: Path, command: str) -> None:
    """Usage error before anything is asked, with the remedy; the paper is not told to be broken."""
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "suoi.toml").write_text('home = "http://127.0.0.1/"')
    (tmp_path / "khobao.toml").write_text('[network]\nallow_addresses = ["127.0.0.1"]')
    typed = ["--archive", str(tmp_path), command, "suoi"]
    said = CliRunner(env={"http_proxy": "socks5://a:1"}).invoke(main, typed)
    assert said.exit_code == 2 and "write it as http://host:port" in said.output
    assert not (tmp_path / "index.db").exists() and not list(tmp_path.rglob("*.warc.gz*"))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        *(("*", True), ("bao.example", True), (".example", True), ("EXAMPLE", True)),
        *(("bao.example:80", True), ("bao.example:81", False), ("ao.example", False)),
        *(("", False), (" , ,", False), ("x.example,bao.example", True)),
    ],
)
def test_no_proxy_entries(entry: str, expected: bool) -> None:
    """Hosts, domains above, host:port and the star, as urllib reads them."""
    assert bypasses(entry, "bao.example", 80) is expected

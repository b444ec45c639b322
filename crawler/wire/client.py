"""Fetch one address and give back one Exchange, whatever happens on the way.

```
url -> vet -> [idle connection | dial] -> send -> Talk -> Exchange
```

An exchange that failed is an exchange too: the archive records that an address was asked and what
came of it. Only a request that could not be written (a programming error) raises. A connection
that waited and turns out to be dead is replaced once, if not a byte of an answer had come and the
method may be repeated (RFC 9110, 9.2.2); what was tried on the dead one leaves no trace.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from archive.records import Exchange
from crawler.wire.address import Policy, Target, parse_target
from crawler.wire.alarm import Alarm, CallLater
from crawler.wire.attempt import Attempt
from crawler.wire.conduit import Conduit
from crawler.wire.dial import Dialer, Resolve, connect_socket, resolve_host
from crawler.wire.errors import Trouble
from crawler.wire.limits import Limits, Watch
from crawler.wire.pool import Key, Pool
from crawler.wire.proxy import Proxy, read_proxies
from crawler.wire.race import Connect
from crawler.wire.request import HeaderPairs, Request, compose_request
from crawler.wire.talk import Talk
from crawler.wire.tls import TLS_WORDS, TlsWord

_NO_ENVIRONMENT: Mapping[str, str] = MappingProxyType({})
_REPEATABLE = frozenset({"GET", "HEAD", "OPTIONS"})


def read_clock() -> datetime:
    """The wall clock, UTC."""
    return datetime.now(UTC)


class Client:
    """HTTP/1.1 with byte-exact exchanges. One per crawl; close it at the end.

    ``environ`` names the proxies (pass os.environ; the default is none). The clocks, the
    resolver and the connector are handed in by tests.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        limits: Limits | None = None,
        *,
        environ: Mapping[str, str] = _NO_ENVIRONMENT,
        ca_file: Path | None = None,
        now: Callable[[], datetime] = read_clock,
        monotonic: Callable[[], float] = time.monotonic,
        call_later: CallLater | None = None,
        resolve: Resolve = resolve_host,
        connect: Connect = connect_socket,
    ) -> None:
        self._policy = policy or Policy()
        self._limits = limits or Limits()
        self._proxies = read_proxies(environ)
        self._now = now
        self._monotonic = monotonic
        self._call_later = call_later
        self._pool = Pool()
        self._busy: set[Conduit] = set()
        self._dialer = Dialer(
            self._policy, self._limits, ca_file=ca_file, resolve=resolve, connect=connect
        )

    async def fetch(
        self,
        url: str,
        headers: HeaderPairs = (),
        method: str = "GET",
        tls: TlsWord = "verify",
        *,
        body: bytes = b"",
        deadline: float | None = None,
    ) -> Exchange:
        """Ask for ``url`` once; redirects are not followed.

        ``deadline``: seconds, instead of the limits' own. The request block is what was sent, in
        absolute-form behind an http proxy; only the proxy's password is left out of it. Raises
        ValueError when method or headers cannot be written as a request, or ``tls`` is no policy.
        """
        if tls not in TLS_WORDS:
            raise ValueError(f"{tls!r} is no TLS policy; use one of {', '.join(TLS_WORDS)}")
        attempt = Attempt(url, method, tls, self._now())
        try:
            target = parse_target(url, self._policy)
            proxy = self._proxies.choose(target)
            proxied = proxy is not None and target.scheme == "http"
            credentials = proxy.credentials if proxy is not None and proxied else None
            attempt.is_tls = target.scheme == "https"
            request = compose_request(
                target, method, headers, body, proxied=proxied, proxy_credentials=credentials
            )
            watch = Watch(self._limits, self._monotonic(), deadline)
            await self._run(attempt, target, proxy, request, watch)
            if proxied and attempt.status == 407:
                raise Trouble("proxy", "the proxy wants a password; put it into http_proxy")
        except Trouble as trouble:
            return attempt.fail(trouble)
        return attempt.finish()

    async def close(self) -> None:
        """Close all connections, also those in use."""
        self._pool.close()
        for conduit in list(self._busy):
            conduit.close()

    async def _run(
        self,
        attempt: Attempt,
        target: Target,
        proxy: Proxy | None,
        request: Request,
        watch: Watch,
    ) -> None:
        """Speak over an idle connection or a new one, and keep it if it may be used again."""
        key = Key(target.scheme, target.host, target.port, proxy, attempt.tls)
        if request.method in _REPEATABLE:
            conduit = self._pool.take(key, self._monotonic())
            if conduit is not None:
                talk = await self._speak(attempt, conduit, request, watch)
                if not talk.is_stale:
                    self._keep(key, conduit, talk)
                    return
                attempt.forget()
        conduit = await self._dial(target, proxy, attempt.tls, watch)
        talk = await self._speak(attempt, conduit, request, watch)
        self._keep(key, conduit, talk)

    async def _dial(
        self, target: Target, proxy: Proxy | None, tls: TlsWord, watch: Watch
    ) -> Conduit:
        """Open a connection within the deadline, by the injected clock."""
        loop = asyncio.get_running_loop()
        scope = asyncio.timeout(None)
        alarm = self._set_alarm(watch, lambda: 0, lambda: scope.reschedule(loop.time()))
        try:
            async with scope:
                return await self._dialer.dial(target, proxy, tls)
        except TimeoutError:
            raise Trouble("timeout", f"no connection to {target.host} in time") from None
        finally:
            alarm.cancel()

    async def _speak(
        self, attempt: Attempt, conduit: Conduit, request: Request, watch: Watch
    ) -> Talk:
        """One request, one answer; times are taken on the way."""
        talk = Talk(request.method, self._limits)
        attempt.begin(conduit, talk, request, self._now())
        alarm = self._set_alarm(watch, lambda: talk.received, conduit.expire)

        def note_head() -> None:
            watch.begin_body(self._monotonic(), talk.received)
            alarm.reset()

        started = self._monotonic()
        self._busy.add(conduit)
        try:
            if not await conduit.converse(request.wire, talk, note_head):
                attempt.withhold()
        finally:
            alarm.cancel()
            self._busy.discard(conduit)
            if not talk.reusable:
                conduit.close()
        attempt.seconds = self._monotonic() - started
        return talk

    def _set_alarm(
        self, watch: Watch, received: Callable[[], int], ring: Callable[[], None]
    ) -> Alarm:
        call_later = self._call_later or asyncio.get_running_loop().call_later
        return Alarm(watch, self._monotonic, call_later, received, ring)

    def _keep(self, key: Key, conduit: Conduit, talk: Talk) -> None:
        if talk.reusable:
            self._pool.put(key, conduit, self._monotonic())

"""Connections that wait for the next request to the same place.

A TLS handshake for every page is bad manners. The newest idle connection is taken first, since it
is the least likely to have been closed by the server; the oldest goes when there are too many.
Rejected: a cap on open connections here; how many requests run at once is the scheduler's word.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.wire.conduit import Conduit
from crawler.wire.proxy import Proxy
from crawler.wire.tls import TlsWord

MAX_IDLE = 64  # connections, all places together
MAX_AGE = 30.0  # seconds; common servers close after 5 to 75 s, a stale one costs one retry


@dataclass(frozen=True, slots=True)
class Key:
    """What two requests must share to share a connection."""

    scheme: str
    host: str
    port: int
    proxy: Proxy | None
    tls: TlsWord


class Pool:
    """Idle connections in the order in which they became idle."""

    def __init__(self) -> None:
        self._idle: dict[Conduit, Key] = {}

    def __len__(self) -> int:
        return len(self._idle)

    def take(self, key: Key, now: float) -> Conduit | None:
        """The connection that was put here last for ``key``, if it is still open."""
        self._expire(now)
        for conduit, place in reversed(self._idle.items()):
            if place == key:
                del self._idle[conduit]
                conduit.on_lost = None
                return conduit
        return None

    def put(self, key: Key, conduit: Conduit, now: float) -> None:
        """Keep an open connection for later."""
        if not conduit.is_open:
            return
        self._expire(now)
        if len(self._idle) >= MAX_IDLE:
            self._drop(next(iter(self._idle)))
        conduit.idle_since = now
        conduit.on_lost = self._forget
        self._idle[conduit] = key

    def close(self) -> None:
        """Close every idle connection."""
        for conduit in list(self._idle):
            self._drop(conduit)

    def _expire(self, now: float) -> None:
        while self._idle:
            oldest = next(iter(self._idle))
            if now - oldest.idle_since < MAX_AGE:
                return
            self._drop(oldest)

    def _drop(self, conduit: Conduit) -> None:
        self._forget(conduit)
        conduit.close()

    def _forget(self, conduit: Conduit) -> None:
        conduit.on_lost = None
        self._idle.pop(conduit, None)

"""What is known of one exchange while it happens, and the Exchange it becomes.

Everything that was not learnt stays None or empty: no address when none was dialled, no request
bytes when none were sent.
"""

from __future__ import annotations

from datetime import datetime

from archive.records import Exchange
from crawler.wire.conduit import Conduit
from crawler.wire.errors import Trouble
from crawler.wire.request import Request
from crawler.wire.talk import Talk
from crawler.wire.tls import TlsWord, name_version


class Attempt:
    """Grows from an address to an Exchange; ``begin`` when the first byte goes out."""

    def __init__(self, url: str, method: str, tls: TlsWord, started_at: datetime) -> None:
        self.tls: TlsWord = tls
        self.is_tls = False
        self.seconds = 0.0
        self._url = url.partition("#")[0]
        self._method = method
        self._started_at = started_at
        self._conduit: Conduit | None = None
        self._talk: Talk | None = None
        self._request = b""

    def begin(self, conduit: Conduit, talk: Talk, request: Request, now: datetime) -> None:
        """The request goes out over this connection now."""
        self._conduit, self._talk, self._request = conduit, talk, request.block
        self._started_at = now

    def withhold(self) -> None:
        """The connection was closed before the request could be sent."""
        self._request = b""

    def forget(self) -> None:
        """It went out over a dead connection: it never happened."""
        self._conduit = self._talk = None
        self._request = b""
        self.seconds = 0.0

    @property
    def status(self) -> int | None:
        """The status of the answer, if one came."""
        return self._talk.head.status if self._talk and self._talk.head else None

    def finish(self) -> Exchange:
        """The exchange, with its response or with the trouble its talk ended in."""
        talk = self._talk
        assert talk is not None
        if talk.trouble is not None or talk.head is None:
            return self.fail(talk.trouble or Trouble("reset", "the connection was closed"))
        return Exchange(
            url=self._url,
            method=self._method,
            started_at=self._started_at,
            request=self._request,
            response=talk.block,
            status=talk.head.status,
            headers=talk.head.fields,
            payload=talk.payload,
            chunked=talk.coded,
            truncated=talk.truncated,
            ip=self._conduit.ip if self._conduit else None,
            protocols=self._list_protocols(talk.head.version),
            failure_detail=talk.detail,
            interim=talk.interim,
            trailing=talk.trailing,
            tls_downgraded=self._is_downgraded(),
            seconds=self.seconds,
        )

    def fail(self, trouble: Trouble) -> Exchange:
        """The exchange without a response; what came instead is its ``trailing``."""
        talk = self._talk
        return Exchange(
            url=self._url,
            method=self._method,
            started_at=self._started_at,
            request=self._request,
            response=None,
            status=None,
            headers=(),
            payload=b"",
            chunked=False,
            truncated=None,
            ip=self._conduit.ip if self._conduit else trouble.ip,
            protocols=self._list_protocols(None),
            failure=trouble.failure,
            failure_detail=trouble.detail,
            interim=talk.interim if talk else b"",
            trailing=bytes(talk.raw) if talk else trouble.trailing,
            tls_downgraded=self._is_downgraded(),
            seconds=self.seconds,
        )

    def _list_protocols(self, version: str | None) -> tuple[str, ...]:
        """WARC-Protocol values: what was spoken, so far as it is known."""
        http = f"http/{version}" if version in ("1.0", "1.1") else None
        tls = name_version(self._conduit.tls_version) if self._conduit else None
        return tuple(word for word in (http, tls) if word is not None)

    def _is_downgraded(self) -> bool:
        return self.is_tls and self.tls != "verify"

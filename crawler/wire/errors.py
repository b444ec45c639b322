"""Why an exchange ended without a response, carried from the socket up to the client.

Inside the room every expected trouble is one exception with one of the archive's words for it;
rejected: letting OSError, ssl.SSLError and gaierror travel, which makes each caller guess.
"""

from __future__ import annotations

from archive.records import Failure


class Trouble(Exception):
    """An exchange failed; ``failure`` is the archive's word, ``detail`` one line for people."""

    def __init__(
        self, failure: Failure, detail: str, *, ip: str | None = None, trailing: bytes = b""
    ) -> None:
        super().__init__(detail)
        self.failure: Failure = failure
        self.detail = " ".join(detail.split())
        self.ip = ip  # the address that was dialled in vain
        self.trailing = trailing  # what came instead of an answer


class Refusal(Trouble):
    """We will not dial this address; the detail ends with the remedy."""

    def __init__(self, detail: str) -> None:
        super().__init__("address", detail)

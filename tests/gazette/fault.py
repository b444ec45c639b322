"""What can go wrong with a path: errors, slowness, cuts, loops, wrong charsets, floods, captchas.

    server.faults.put("/kinh-te/", Fault("status", status=503, retry_after=2, times=1))

Patterns are those of fnmatch over path and query; the last one put that matches is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from threading import Lock
from typing import Literal

from .paper import Answer, redirect

Kind = Literal["status", "slow", "cut", "loop", "charset", "huge", "captcha"]


@dataclass(frozen=True)
class Request:
    """One line of the log: ``number`` counts from 0; there is no time in it."""

    number: int
    method: str
    path: str  # with its query
    headers: dict[str, str]  # names in lower case


@dataclass(frozen=True)
class Fault:
    """One way to fail; ``times`` is how often, None for ever."""

    kind: Kind
    status: int = 503
    retry_after: int | None = None  # seconds, for "status"
    seconds: float = 1.0  # how long a "slow" answer takes
    size: int = 50_000_000  # bytes of a "huge" body
    charset: str = "windows-1258"  # what a "charset" answer claims of its UTF-8
    times: int | None = None


class Faults:
    """The faults in force, by pattern of path."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._faults: dict[str, Fault] = {}
        self._left: dict[str, int | None] = {}

    def put(self, pattern: str, fault: Fault) -> None:
        """Put a fault on the paths that match ``pattern``."""
        with self._lock:
            self._faults.pop(pattern, None)
            self._faults[pattern] = fault
            self._left[pattern] = fault.times

    def mend(self, pattern: str | None = None) -> None:
        """Take off the fault of ``pattern``, or all."""
        with self._lock:
            for one in [pattern] if pattern is not None else list(self._faults):
                del self._faults[one]

    def take(self, path: str) -> Fault | None:
        """Return the fault for ``path`` and count its use."""
        if not self._faults:
            return None
        with self._lock:
            for pattern in reversed(self._faults):
                left = self._left[pattern]
                if left != 0 and fnmatchcase(path.partition("?vong=")[0], pattern):
                    self._left[pattern] = None if left is None else left - 1
                    return self._faults[pattern]
        return None


CAPTCHA = """<!DOCTYPE html><html lang="vi"><head><title>Xác minh bạn là người</title>
<meta name="robots" content="noindex"></head><body><h1>Xác minh truy cập</h1>
<p>Hệ thống thấy lưu lượng bất thường từ mạng của bạn. Hãy nhập các ký tự trong hình.</p>
<form action="/xac-minh" method="post"><div class="g-recaptcha" data-sitekey="gazette"></div>
<input name="captcha"><button>Tiếp tục</button></form></body></html>"""


def fake(fault: Fault, request: Request) -> Answer | None:
    """Return the answer a fault gives instead of the paper's; None where it spoils the true one
    on its way ("slow", "cut").
    """
    match fault.kind:
        case "status":
            wait = () if fault.retry_after is None else (("Retry-After", str(fault.retry_after)),)
            return Answer(b"<h1>loi may chu</h1>", status=fault.status, headers=wait)
        case "loop":
            path, _, count = request.path.partition("?vong=")
            return redirect(f"{path}?vong={int(count or 0) + 1}", 302)
        case "huge":
            line = "<p>Trang này không có hồi kết.</p>\n".encode()
            return Answer(b"<html><body>" + line * (fault.size // len(line)), coded=True)
        case "captcha":
            return Answer(CAPTCHA.encode())
        case "slow" | "cut" | "charset":
            return None

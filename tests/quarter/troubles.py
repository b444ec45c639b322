"""What goes wrong with a whole paper for a night or longer, and what an operator does about it.

name        what the paper does                          blind: its pieces can not be seen
errors      500 at every address                         x
silent      no answer to a third of the addresses
refused     403 at every address                         x
busy        429 with Retry-After at every address        x
throttled   429 with Retry-After at a sixth of all pieces, when first asked for that night
shut        503 at every piece, the lists answer         x
frontless   500 at the front page alone
walled      a captcha with status 200 at every address   x
guarded     the same at pieces only                      x
killed      khobao is killed in the middle (no trouble of the paper's)
relaunched  new layout; new addresses; merged
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from .web import Trouble

CAPTCHA = """<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title></head><body>
<h2>Checking your browser before accessing the site</h2><p>Please complete the security check to
continue. This process is automatic.</p><div class="cf-turnstile" data-sitekey="0x4A"></div>
<p>Ray ID: 8f2a77c0</p></body></html>"""
BLIND = frozenset({"errors", "refused", "busy", "shut", "walled", "guarded", "rebuilt"})


@dataclass(frozen=True)
class Spell:
    """Nights ``first`` to ``last`` of a paper on which something is wrong."""

    paper: str
    name: str
    first: int
    last: int
    kinds: tuple[str, ...]  # words of a finding that tells it rightly, one is enough


def make_trouble(name: str) -> list[Trouble]:
    """Return what the server does on a night of a spell."""
    match name:
        case "errors":
            return [Trouble("status", 500)]
        case "silent":
            return [Trouble("silent", is_hit=lambda path: path != "/robots.txt" and _draw(path))]
        case "refused":
            return [Trouble("status", 403)]
        case "busy":
            return [Trouble("status", 429, wait=2)]
        case "throttled":
            return [Trouble("status", 429, wait=1, is_hit=Throttle())]
        case "shut":
            return [Trouble("status", 503, is_hit=is_piece)]
        case "frontless":
            return [Trouble("status", 500, is_hit=lambda path: path == "/")]
        case "walled":
            return [Trouble("page", body=CAPTCHA, is_hit=lambda _path: True)]
        case "guarded":
            return [Trouble("page", body=CAPTCHA, is_hit=is_piece)]
    return []


class Throttle:
    """Says which requests are one too many: the first of a night, for some addresses."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __call__(self, path: str) -> bool:
        """Say whether a path is to wait."""
        known = path in self.asked
        self.asked.add(path)
        return not known and is_piece(path) and zlib.crc32(path.encode()) % 6 == 0


def is_piece(path: str) -> bool:
    """Say whether a path is a piece's, of any of the papers."""
    signs = (
        ".html",
        "baca.php",
        "/artikel/",
        "/bai-viet/",
        "/news/20",
        "/business/20",
        "/sport/20",
    )
    return any(sign in path for sign in signs)


def _draw(path: str) -> bool:
    return zlib.crc32(path.encode()) % 3 == 0

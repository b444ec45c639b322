"""Whether all of a page came: by what the wire promised, and by its own markup.

Decision: the reader asks, and not the wire alone, since files of others say less of how an answer
ended, and a proxy may pass half a page on as a whole one.
"""

from __future__ import annotations

from archive.index.opened import CODE as OPEN
from crawler.read.page import Page
from crawler.read.tree import CLOSING

_BOXES = ("div", "article", "section", "main", "table")


def find_shortfall(page: Page) -> str | None:
    """Return a warning where fewer bytes came than the header promised (RFC 9112, 8), or than the
    chunks."""
    came = len(page.payload)
    promised = (page.header("content-length") or "").strip()
    if promised.isdecimal() and int(promised[:18]) > came:
        return f"body-short: {came} of {promised[:18]} bytes came"
    return f"body-short: {came} bytes came, and not the end" if page.is_cut else None


def find_opening(text: str) -> str | None:
    """Return a warning where the markup says that a page is not whole: no </html> or </body>, and
    elements or a tag left open.

    Of 930 real pages four close neither, and of these only one that was cut leaves one open.
    """
    if CLOSING.search(text):
        return None
    low = text.lower()
    left = any(low.count(f"<{name}") > low.count(f"</{name}") for name in _BOXES)
    if not left and low.rfind("<") <= low.rfind(">"):
        return None
    return f"{OPEN}: nothing closes the document"


def is_measured(page: Page) -> bool:
    """Say whether more than the close of the connection said that the page is whole (RFC 9112,
    6.3): half a page that a cache keeps has its honest length, and so has a template that never
    closes what it opens; the archive tells them apart (archive/index/opened.py)."""
    return bool(page.header("content-length") or page.header("transfer-encoding"))

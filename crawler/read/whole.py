"""Whether all of a page came: by what the wire promised, and by its own markup.

Decision: the reader asks, and not the wire alone, since files of others say less of how an answer
ended, and a proxy may pass half a page on as a whole one.
"""

from __future__ import annotations

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


def find_opening(page: Page, text: str) -> str | None:
    """Return a warning where only the close of the connection said that the page is whole (RFC
    9112, 6.3), and its markup says that it is not: no </html> or </body>, and elements or a tag
    left open.

    Of 930 real pages four close neither, and of these only one that was cut leaves one open.
    """
    told = page.header("content-length") or page.header("transfer-encoding")
    if told or CLOSING.search(text):
        return None
    low = text.lower()
    left = any(low.count(f"<{name}") > low.count(f"</{name}") for name in _BOXES)
    if not left and low.rfind("<") <= low.rfind(">"):
        return None
    return "body-open: the connection was closed before the document was"

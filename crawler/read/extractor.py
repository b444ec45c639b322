"""The name under which a reading says what made it: our own number and the libraries' versions.

Decision: our number counts changes of what is read, not releases, so that `reread` knows which
articles an older chain has read. Bump READER with every change that alters a reading.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

READER = 7


@cache
def name_extractor() -> str:
    """Return "khobao-read/<n> trafilatura/<version> lxml/<version>" without importing either."""
    return f"khobao-read/{READER} trafilatura/{version('trafilatura')} lxml/{version('lxml')}"

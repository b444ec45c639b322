"""Each kind of fictional paper, by name, and the fixture that gives them in turn."""

from __future__ import annotations

from collections.abc import Callable

from tests.gazette import arc, epi, plain
from tests.gazette.paper import Paper
from tests.gazette.platforms import PLATFORMS

Maker = Callable[..., Paper]
MAKERS: dict[str, Maker] = {
    **PLATFORMS,
    "arc": lambda *a, **k: arc.paper(*a, **k, without=["script-only"]),  # words on every page
    "epi-old": lambda *a, **k: epi.paper(*a, **k, old_pager=True, structured=False),
    "plain-vi": plain.paper,
    "plain-id": lambda *a, **k: plain.paper(*a, **k, lang="id"),
    "plain-de": lambda *a, **k: plain.paper(*a, **k, lang="de", structured=False),
}

"""Every fictional paper of a publishing system, and the traps of the field with where they stand.

A paper is made by ``PLATFORMS[name](seed, articles, ...)``; ``varied=True`` is the same paper after
a redesign. ``TRAPS`` is what the notes on real papers warn of (shared/sites/sites.md), each with
the papers that hold it, by the names of their traps; "" is what a paper always does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import arc, bbg, blox, card, dataimages, epi, fck, ims, onecms, spa, vnpt, wordpress

PLATFORMS: dict[str, Callable[..., Any]] = {
    "epi": epi.paper,
    "onecms": onecms.paper,
    "vnpt": vnpt.paper,
    "fck": fck.paper,
    "card": card.paper,
    "bbg": bbg.paper,
    "spa": spa.paper,
    "dataimages": dataimages.paper,
    "ims": ims.paper,
    "wordpress": wordpress.paper,
    "blox": blox.paper,
    "arc": arc.paper,
}

"""The held-out papers by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.gazette.paper import Paper

from .andes import Andes
from .balkan import Balkan
from .bohemia import Bohemia
from .cousins import make_cousin
from .faubourg import Faubourg
from .hangang import Hangang
from .hexa import Hexa
from .mekong import Mekong
from .moor import Moor
from .ngan import Ngan
from .ouest import Ouest
from .rhein import Rhein
from .ribera import Ribera
from .rimba import Rimba
from .siam import Siam
from .yayla import Yayla

STRANGERS: dict[str, Callable[[int], Paper]] = {
    one.key: one
    for one in (
        *(Andes, Bohemia, Mekong, Siam, Rhein, Ngan, Ouest, Rimba, Hexa),
        *(Moor, Faubourg, Balkan, Hangang, Yayla, Ribera),
    )
}
COUSINS: dict[str, Callable[[int], Paper]] = {
    f"{name}-cousin": partial(make_cousin, name)
    for name in ("epi", "onecms", "vnpt", "ims", "wordpress")
}
HELD = {**STRANGERS, **COUSINS}

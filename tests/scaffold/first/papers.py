"""The twelve by name."""

from __future__ import annotations

from .frame import Fresh
from .homes import Kiremit, Langque, Oeste, Savanna
from .makers import Bistritsa, Bitacora, Oktober, Vitrine
from .systems import Drava, Ghostly, Jaring, Teich

FIRST: dict[str, type[Fresh]] = {
    one.key: one
    for one in (
        *(Drava, Jaring, Teich, Ghostly, Bitacora, Vitrine),
        *(Bistritsa, Oktober, Kiremit, Langque, Savanna, Oeste),
    )
}

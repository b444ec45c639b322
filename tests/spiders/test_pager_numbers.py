"""What an address tells of itself as a page of a category."""

from __future__ import annotations

import pytest

from spiders.pager import Path, Query, Still

HAL = Query("query:hal", "hal")
START = Query("offset:start:20", "start", 20)
PILE = Path("offset:P{n}:20", "P{n}", 20)
TRANG = Path("path:trang-{n}.html", "trang-{n}.html")


@pytest.mark.parametrize(
    ("pager", "url", "number"),
    [
        (HAL, "https://b.test/indeks.php?hal=4", 4),
        (HAL, "https://b.test/indeks.php?muc=2&hal=12", 12),
        (HAL, "https://b.test/indeks.php", None),
        (HAL, "https://b.test/indeks.php?hal=1", None),
        (HAL, "https://b.test/indeks.php?hal=x", None),
        (HAL, "https://b.test/indeks.php?hal=99999999999", None),
        (START, "https://b.test/tin?start=40", 3),
        (START, "https://b.test/tin?start=0", None),
        (PILE, "https://b.test/deportes/P40", 3),
        (PILE, "https://b.test/deportes/P0", None),
        (TRANG, "https://b.test/tin/trang-7.html", 7),
        (TRANG, "https://b.test/tin.html", None),
        (Still("next-link"), "https://b.test/tin/page/4/", None),
    ],
)
def test_numbers(pager: Query | Path | Still, url: str, number: int | None) -> None:
    """The number of the page, from 2 on; nothing where the address does not say."""
    assert pager.read_number(url) == number

"""Every trap of the table is on the wire of the papers it names, and gone when turned off."""

from __future__ import annotations

import pytest

from tests.gazette.platforms import PLATFORMS

from .browse import walk
from .traps import PROOFS, read_table

TABLE = read_table()
HELD = [(trap, paper, switch) for trap, held in TABLE.items() for paper, switch in held.items()]


def test_every_line_of_the_table_has_its_proof() -> None:
    """Table and proofs name the same traps, and the table only papers that there are."""
    assert set(TABLE) == set(PROOFS) and len(TABLE) > 40
    assert {paper for _, paper, _ in HELD} == set(PLATFORMS)


@pytest.mark.parametrize(("trap", "paper", "switch"), HELD)
def test_trap_is_on_the_wire(trap: str, paper: str, switch: str) -> None:
    """The trap shows where the table says, and not on the same paper with it turned off."""
    prove = PROOFS[trap]
    count = 48 if paper in ("epi", "onecms") else 18  # they write twelve a day
    assert prove(PLATFORMS[paper](7, count))
    if switch:
        assert not prove(PLATFORMS[paper](7, count, without=[switch]))


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_trap_changes_something(name: str) -> None:
    """Turning a trap off changes some page; an unknown trap is refused with the list of traps."""
    count = 60 if name in ("epi", "onecms") else 24
    full = PLATFORMS[name](7, count)
    paths = [path for path, status in walk(full).items() if status == 200]
    paths.append("/api/web/article-get-news-by-category-slug?category_slug=khong-co&limit=9")
    for trap in full.traps:
        tame = PLATFORMS[name](7, count, without=[trap])
        same = all(tame.answer(path) == full.answer(path) for path in paths)
        assert not same, trap
    with pytest.raises(ValueError, match=sorted(full.traps)[0]):
        PLATFORMS[name](7, 12, without=["no such trap"])


@pytest.mark.parametrize("name", PLATFORMS)
def test_redesign_keeps_the_words(name: str) -> None:
    """The redesigned paper tells the same truth at the same addresses, in other markup."""
    usual, varied = PLATFORMS[name](7, 18), PLATFORMS[name](7, 18, varied=True)
    assert usual.truth() == varied.truth()
    for told in usual.truth():
        path = told["url"].removeprefix(usual.base)
        one, other = usual.answer(path), varied.answer(path)
        assert one and other and one.status == other.status == 200 and one.body != other.body
        assert told["title"] in other.body.decode() or name == "epi"  # some titles are NFD there

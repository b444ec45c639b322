"""One wall before all of a paper's pages."""

from __future__ import annotations

import re

import pytest

from archive.records import WALLS
from archive.report.tongue import is_known
from tests.archive.nightly import Night, Paper


def test_one_wall_before_all_pages_is_one_line() -> None:
    """ "Not available in your region" at 200 on every page and list is told once, as a wall; where
    the front page alone shows it, no article page is said to."""
    paper = Paper(rate=30, seed=4)
    paper.run(40)
    paper.db.execute(
        "CREATE TRIGGER shut AFTER INSERT ON readings WHEN new.role <> 'article' BEGIN UPDATE "
        "readings SET status = 'quarantined', impostor = 'soft-404', listed = 0 "
        "WHERE capture_id = new.capture_id; END"
    )
    (found,) = paper.crawl(Night(impostor="soft-404"))
    assert found.kind == "wall" and is_known(found.words) and is_known(found.remedy)
    assert re.match(r"(\d+) of \1 article pages and \d+ lists \S+ came back as soft", found.words)
    first = next(one for one in paper.crawl(Night()) if one.kind == "wall")
    assert "article pages" not in first.words and is_known(first.words)


REMEDIES = {
    "captcha": "ask less often",
    "consent-wall": "wants consent",
    "login": "without an account",
    "parked-domain": "its domain was given up",
    "maintenance": "closed for now",
}


@pytest.mark.parametrize("kind", sorted(WALLS))
def test_each_wall_has_the_remedy_that_fits_it(kind: str) -> None:
    """A slower crawl opens a captcha and nothing else; each wall says what can be done of it."""
    paper = Paper(rate=30, seed=4)
    paper.run(5)
    found = next(one for one in paper.crawl(Night(impostor=kind)) if one.kind == "wall")
    assert REMEDIES[kind] in found.remedy and is_known(found.remedy)

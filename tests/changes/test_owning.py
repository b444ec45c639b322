"""A block that owns to an error, known by evidence: what it names of what gave way in the text."""

from __future__ import annotations

import time

import pytest

from archive.classify import Wording, classify
from archive.weighing import Around, list_evidence, weigh
from tests.changes.owned import load_cases

CASES = list(load_cases())


@pytest.mark.parametrize(("held", "least", "most"), [(False, 0.82, 0), (True, 0.80, 2)])
def test_corrections_and_what_looks_like_one(held: bool, least: float, most: int) -> None:
    """By words alone 5 of 67 and 1 of 57 were found, by evidence 56 and 47; of 112 and 99 other
    blocks none and 2 are taken for one."""
    cases = [case for case in CASES if case.is_held == held]
    own = [case for case in cases if case.is_correction]
    assert len(own) > 50 and len(cases) - len(own) > 90
    assert sum(case.is_taken for case in own) >= least * len(own)
    assert sum(case.is_taken for case in cases if not case.is_correction) <= most


BODY = "Marta Kowal, 38, runs the mill on Canal Row.\nIt was built in 1887 and has 12 looms."
EDITED = BODY.replace("1887", "1878")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"{EDITED}\n* The mill dates from 1878, not 1887.", "correction"),
        (f"* The mill dates from 1878, not 1887.\n{EDITED}", "correction"),
        (f"{EDITED}\nBuilt in 1878 (first published as 1887).", "correction"),
        (f"{EDITED}\nThe mill opens at nine, not at noon, on Sundays.", "text"),
        (f"{EDITED}\nThe mill of 1878 will be open on Sunday.", "text"),
        (f"{EDITED}\n“It dates from 1878, not 1887,” she said.", "text"),
        (f"{BODY}\n* The inn dates from 1878, not 1860.", "text"),
        (f"{BODY.replace('12', '14')}\nUpdate: two looms were added, and 12 became 14.", "text"),
    ],
)
def test_what_a_block_names(body: str, kind: str) -> None:
    """The value that gave way, denied or told as what was printed; not a quotation, the story that
    goes on, or other values."""
    found = classify(Wording("The mill", None, BODY), Wording("The mill", None, body))
    assert found is not None and found[0] == kind
    assert ("evidence" in found[1]) == (kind == "correction")


def test_a_layout_brings_no_notice_by_evidence() -> None:
    """Where the paper was made anew, blocks are the layout's, and words alone tell."""
    body = f"{EDITED}\n* The mill dates from 1878, not 1887."
    found = classify(Wording("T", None, BODY), Wording("T", None, body), redrawn=True)
    assert found is not None and found[0] == "text"


def test_a_page_without_an_end() -> None:
    """Blocks and lines are bounded: a megabyte of new lines takes no longer than its diff."""
    body = "\n".join(f"This article first said {n}, not {n + 1}." for n in range(20_000))
    began = time.process_time()
    classify(Wording("T", None, BODY), Wording("T", None, f"{EDITED}\n{body}"))
    assert time.process_time() - began < 8
    assert weigh(list_evidence("not " * 150, Around(body[:100_000]), [])) < 0

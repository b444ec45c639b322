"""A notice in a box of an unknown class, outside of the body that the profile names."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest

from archive.classify import Wording, classify
from tests.changes.owned import Case, load_cases
from tests.read.test_article import find_article, make_site, wrap

CASES = list(load_cases())
NAMED = make_site('body = ".bai"')
SHAPES = (
    '<div class="xq-7"><p>{}</p></div>',
    '<aside class="k9"><em>{}</em></aside>',
    '<div class="m-b2"><small>{}</small></div>',
)


def _draw(case: Case, *, boxed: bool, shape: str) -> str:
    """A page of a case's story, its block in a box below the body or not there."""
    old, new = case.old.body.split("\n"), case.new.body.split("\n")
    rows = [line for line in new if line != case.block] if boxed else old
    body = "".join(f"<p>{escape(row, quote=False)}</p>" for row in rows)
    box = shape.format(escape(case.block, quote=False)) if boxed else ""
    return wrap(f"<h1>{escape(case.old.title)}</h1><div class=bai>{body}</div>{box}")


def _read(page: str) -> Wording:
    article = find_article(page, NAMED)
    return Wording(article.title, article.lead, article.text)


def _is_taken(case: Case, shape: str) -> bool:
    before, after = (_read(_draw(case, boxed=boxed, shape=shape)) for boxed in (False, True))
    found = classify(before, after)
    return found is not None and found[0] == "correction"


@pytest.mark.parametrize(("held", "least", "most"), [(False, 0.5, 0), (True, 0.5, 2)])
def test_corrections_in_a_box_beside_the_body(held: bool, least: float, most: int) -> None:
    """Read from the page, and told by the ledger: more than half of the corrections."""
    cases = [case for case in CASES if case.is_held == held]
    taken = [
        (case.is_correction, _is_taken(case, SHAPES[n % len(SHAPES)]))
        for n, case in enumerate(cases)
    ]
    own = [found for is_own, found in taken if is_own]
    assert sum(own) >= least * len(own)
    assert sum(found for is_own, found in taken if not is_own) <= most


@pytest.mark.parametrize(
    "line",
    [
        "Ông Pản và Quỹ Nắng Mai trao quà cho 20 hộ nghèo ở xã bên vào sáng 15/3.",
        "Trong bài viết trước, chúng tôi đã đưa tin về con đường này.",
        "Bạn đọc có tin, ảnh về việc này xin gửi về toà soạn.",
        "Quyết định trước đó được thông qua với 97 phiếu thuận, 12 phiếu chống sau cuộc họp.",
        "Trước đó, báo cáo được đăng với 97 phiếu thuận và 12 phiếu chống sau một cuộc họp dài…",
    ],
)
def test_other_boxes_are_no_text(line: str) -> None:
    """Teasers, calls and advertisements beside the body stay outside of it."""
    case = next(case for case in CASES if case.language == "vi")
    page = _draw(replace(case, block=line), boxed=True, shape=SHAPES[0])
    assert line not in _read(page).text

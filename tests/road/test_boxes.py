"""Corrections beside the body, as two crawls over a real server meet them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.gazette import plain
from tests.gazette import server as server_module
from tests.gazette.fault import Request
from tests.gazette.paper import Answer

from .test_broken import check_rebuild, serve

BODY = b'<div class="text">'
LINE = "<p>Chợ phiên sáng nay có {} gian hàng của bà con ba xã vùng cao.</p>"
BOXES = (
    ("above", "Số gian hàng là 21 chứ không phải 12.", "correction"),
    ("below", "Bản đăng lúc 7h nêu 12 gian hàng, con số đúng là 21.", "correction"),
    ("below", "Chiều nay thêm 9 gian hàng, nâng tổng số lên 21.", "text"),
    ("below", "Gọi 0212 385 6104 để đặt báo dài hạn.", "text"),
)


def test_boxes_of_an_unknown_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number gives way on four stories, and a box comes beside each body: two are notices."""
    paper = plain.paper(seed=7, articles=12)
    stories = [urlsplit(told["url"]).path for told in paper.truth()]
    frame, nights = server_module.frame, [1]

    def reframe(
        answer: Answer, request: Request, now: datetime, *, keep: bool
    ) -> tuple[bytes, bytes]:
        for path, (place, words, _) in zip(stories, BOXES, strict=False):
            if request.path == path:
                answer = replace(answer, body=_draw(answer.body, place, words, nights[0] > 1))
        return frame(answer, request, now, keep=keep)

    monkeypatch.setattr(server_module, "frame", reframe)
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        nights.append(nights.pop() + 1)
        vault.crawl("paper", "--recheck", "1")
        rows = {
            urlsplit(url).path: kind
            for url, kind in vault.query(
                "SELECT a.url, c.kind FROM changes c JOIN articles a ON a.id = c.article_id"
            )
        }
        assert rows == {path: kind for path, (_, _, kind) in zip(stories, BOXES, strict=False)}
        check_rebuild(vault)


def _draw(page: bytes, place: str, words: str, is_edited: bool) -> bytes:
    """The page with a line more; edited, with another number in it and a box beside the body."""
    page = page.replace(BODY, BODY + LINE.format(21 if is_edited else 12).encode(), 1)
    box = f'<div class="zq-4"><p><em>{words}</em></p></div>'.encode() if is_edited else b""
    if place == "above":
        return page.replace(BODY, box + BODY, 1)
    return page.replace(b'<p class="tags">', box + b'<p class="tags">', 1)

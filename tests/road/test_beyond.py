"""Stories that were taken away by a redirect, as a crawl over a real server meets them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.gazette import plain
from tests.gazette import server as server_module
from tests.gazette.fault import Request
from tests.gazette.paper import Answer, redirect

from .test_broken import check_rebuild, serve

GONE = "/bai-da-go/1"
REFRESH = b'<html><head><meta http-equiv=refresh content="0;url=%s"></head><body></body></html>'


def test_a_night_of_redirects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To an address that is gone, to the front page by a meta refresh and by a script, to another
    story, to a log-in: those that tell of a removal are a first sign, the target that is no
    article's is asked for once, and the index is what a rebuild makes."""
    paper = plain.paper(seed=7, articles=12)
    frame = server_module.frame
    stories = [urlsplit(told["url"]).path for told in paper.truth()]
    answers: dict[str, Answer] = {}

    def reframe(
        answer: Answer, request: Request, now: datetime, *, keep: bool
    ) -> tuple[bytes, bytes]:
        return frame(answers.get(request.path, answer), request, now, keep=keep)

    monkeypatch.setattr(server_module, "frame", reframe)
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        answers[stories[0]] = answers[stories[1]] = redirect(paper.base + GONE)
        answers[GONE] = Answer(b"<h1>404</h1>", status=404)
        answers[stories[2]] = Answer(REFRESH % b"/")
        answers[stories[3]] = Answer(b"<script>location.replace('/')</script>")
        answers[stories[4]] = Answer(REFRESH % stories[5].encode())
        answers[stories[6]] = redirect(paper.base + "/vao?tu=1", 302)
        form = "<h1>Đăng nhập</h1><form><input type=password><button>Đăng nhập</button></form>"
        answers["/vao?tu=1"] = answers["/vao"] = Answer(form.encode())
        vault.crawl("paper", "--recheck", "1")
        gone = vault.query("SELECT url FROM articles WHERE gone_at IS NOT NULL")
        assert sorted(urlsplit(url).path for (url,) in gone) == sorted(stories[:5])
        asked = vault.query(
            "SELECT count(*), min(status) FROM captures WHERE url LIKE ?", f"%{GONE}"
        )
        assert asked == [(1, 404)]
        assert vault.query("SELECT count(*) FROM changes") == [(0,)]
        check_rebuild(vault)

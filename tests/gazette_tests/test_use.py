"""The papers in use: their profiles, what they cost, one as a program."""

from __future__ import annotations

import html
import json
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from spiders.profile import load
from spiders.site import Site
from tests.gazette import epi, many, onecms, plain
from tests.gazette.server import Server

from .makers import Maker

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("module", [epi, onecms, plain, many])
def test_profiles_are_understood(module: Any) -> None:
    """The profile a paper hands out has no word the house does not know, and knows its articles."""
    paper = module.paper(7, 60)
    with Server(paper) as server:
        site = Site("gazette", load(paper.profile()))
        assert site.role(f"{server.url}/") == "home"
        urls = [one["url"] for one in paper.truth()] if module is not many else list(paper.urls())
        assert {site.role(url) for url in urls} == {"article"}
        assert {site.role(url) for url in site.profile.walk.categories} == {"category"}
        for url in site.profile.walk.categories + site.profile.walk.feeds:
            assert paper.answer(url.removeprefix(server.url)) is not None


@pytest.mark.parametrize("maker", [epi.paper, onecms.paper, plain.paper])
def test_pages_cost_little(maker: Maker) -> None:
    """Writing a story and its page takes under 10 ms of CPU (measured: about 1.2 ms)."""
    paper = maker(7, 240, per_day=40)
    began = time.process_time()
    for number in paper.newsroom.visible():
        story = paper.newsroom.find(number)
        assert story and paper.answer(paper.path(story))
    assert (time.process_time() - began) / 240 < 0.010


def test_paper_as_a_program(tmp_path: Path) -> None:
    """The program prints its address first, follows its state file, and ends at SIGTERM with 0."""
    state = tmp_path / "state.json"
    command = [sys.executable, "-m", "tests.gazette.epi", "--port", "0", "--seed", "7"]
    command += ["--articles", "24", "--state-file", str(state)]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout
        url = program.stdout.readline().strip()
        twin = epi.paper(7, 24)
        twin.base = url
        told = twin.truth()[0]
        page = requests.get(told["url"])
        assert page.status_code == 200 and told["title"] in html.unescape(page.text)
        later = twin.now() + timedelta(days=1)
        events = [
            {"do": "edit", "id": told["id"], "title": "Tiêu đề đã sửa", "at": later.isoformat()},
            {"do": "publish", "day": "2026-02-01", "count": 3},
        ]
        state.write_text(json.dumps({"now": later.isoformat(), "events": events}), "utf-8")
        assert "Tiêu đề đã sửa" in requests.get(told["url"]).text
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(10) == 0
        if program.stdout:
            program.stdout.close()

"""The pages: alike for one seed, all linked, with the truth on them, changed by an edit."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.gazette import epi, onecms, plain
from tests.gazette.paper import GHOSTS

from .browse import fetch, find_links, plain_text, walk
from .makers import Maker


def test_same_seed_same_bytes(make: Maker) -> None:
    """Two papers of one seed give the same bytes at every address; another seed gives others."""
    one, two, other = make(7, 40), make(7, 40), make(8, 40)
    for path in walk(one):
        assert one.answer(path) == two.answer(path), path
    assert one.answer("/") != other.answer("/")


def test_every_announced_link_answers(make: Maker) -> None:
    """Whatever a page, feed, sitemap or list announces answers, but for the ghosts it plants."""
    paper = make(7, 60)
    statuses = walk(paper)
    bad = {path: status for path, status in statuses.items() if status >= 400}
    ghosts = {path for path in statuses if any(str(number) in path for number in GHOSTS)}
    assert set(bad) <= ghosts, sorted(set(bad) - ghosts)
    assert sorted(bad.values()) == ([404, 410] if paper.key == "epi" else [])
    assert all(paper.path(story) in statuses for story in paper.show(paper.newsroom.visible()))


def test_truth_is_on_the_page(make: Maker) -> None:
    """Title, lead, paragraphs in order, authors, captions, credits, tags, related: all visible."""
    paper = make(3, 60)
    for told in paper.truth():
        page = fetch(paper, told["url"].removeprefix(paper.base))
        words = plain_text(page)
        ends = []
        for part in (told["title"], told["lead"] or "", *told["paragraphs"]):
            assert part in words, (told["url"], part)
        for part in told["paragraphs"]:
            ends.append(words.index(part))
        assert ends == sorted(ends)
        for part in (*told["authors"], *told["tags"], told["section"], told["agency"] or ""):
            assert part in words
        for image in told["images"]:
            assert f'{image["url"].removeprefix(paper.base)}"' in page
            assert (image["caption"] or "") in words and (image["credit"] or "") in words
        links = find_links(paper, told["url"].removeprefix(paper.base))
        paths = {link.partition("?")[0] for link in links}
        for related in told["related"]:
            assert related["url"].removeprefix(paper.base) in paths
            assert related["title"] in words and related["summary"] in words


FORMS = {
    "epi": "%d/%m/%Y %H:%M<",
    "onecms": "%d/%m/%Y %H:%M<",
    "plain": "%d/%m/%Y %H:%M<",
    "vnpt": ">%H:%M, %d/%m/%Y<",
    "fck": ">%d/%m/%Y - %H:%M<",
    "card": ">%d/%m/%Y %H:%M [",
    "bbg": ">%H:%M | %d/%m/%Y<",
    "spa": ">%d/%m/%Y %H:%M<",
    "dataimages": ">%d/%m/%Y, %H:%M<",
    "ims": ">%d-%m-%Y - %H:%M ",
    "wordpress": "%Y-%m-%dT%H:%M:%S+07:00",
    "blox": '"%Y-%m-%dT%H:%M:%S-05:00"',
    "arc": '"%Y-%m-%dT%H:%M:%SZ"',
}
OLDER = 'c-detail-head__time">%d-%m-%Y %H:%M<'
"""How the page of each kind of paper writes the date that its truth has."""


def test_truth_has_the_date_of_the_page(make: Maker) -> None:
    """The date in the truth stands on the page in the paper's form, with the paper's offset."""
    paper = make(5, 24)
    offset = paper.newsroom.language.zone.utcoffset(None)
    form = FORMS[paper.key] if paper.newsroom.language.code != "de" else "%d.%m.%Y, %H:%M<"
    for told in paper.truth():
        page = fetch(paper, told["url"].removeprefix(paper.base))
        at = datetime.fromisoformat(told["published"])
        assert at.strftime(form) in page or at.strftime(OLDER) in page
        assert at.utcoffset() == (timedelta(0) if paper.key == "arc" else offset)


def test_structured_data_only_where_promised() -> None:
    """JSON-LD is on pages of structured papers and on no others; OneCMS never has any."""
    for maker, expected in (
        (epi.paper(3, 12), True),
        (epi.paper(3, 12, structured=False), False),
        (onecms.paper(3, 12), False),
        (plain.paper(3, 12), True),
        (plain.paper(3, 12, structured=False), False),
    ):
        page = fetch(maker, maker.truth()[0]["url"].removeprefix(maker.base))
        assert ("application/ld+json" in page) is expected
    bare = plain.paper(3, 12, structured=False)
    page = fetch(bare, bare.truth()[0]["url"].removeprefix(bare.base))
    assert "<meta property" not in page and "datetime=" not in page


def strip_clock(page: str) -> str:
    """Return a page without the clock that some headers show."""
    return re.sub(r'<div class="top-time">[^<]*', "", page)


def test_edit_changes_exactly_that_article(make: Maker) -> None:
    """After an edit of its text one article page has other bytes, and the edit is on it."""
    paper = make(7, 60)
    pages = {one["id"]: paper.answer(one["url"].removeprefix(paper.base)) for one in paper.truth()}
    chosen = paper.newsroom.visible()[7]
    paper.newsroom.move(paper.newsroom.now + timedelta(hours=1))
    after = paper.newsroom.edit(chosen)
    told = {one["id"]: one for one in paper.truth()}
    urls = {number: one["url"].removeprefix(paper.base) for number, one in told.items()}
    changed = {
        number
        for number, page in pages.items()
        if page and strip_clock(page.body.decode()) != strip_clock(fetch(paper, urls[number]))
    }
    assert changed == {chosen}
    assert told[chosen]["paragraphs"][1] == after.paragraphs[1]


@pytest.mark.parametrize("departure", ["gone", "missing", "soft", "front"])
def test_deleted_story_answers_as_said(make: Maker, departure: Any) -> None:
    """A deleted story leaves the lists and answers 410, 404, 200 with a notice, or a redirect."""
    paper = make(7, 36)
    story = paper.show(paper.newsroom.visible())[3]
    paper.newsroom.delete(story.id, departure=departure)
    answer = paper.answer(paper.path(story))
    assert answer is not None
    assert answer.status == {"gone": 410, "missing": 404, "soft": 200, "front": 302}[departure]
    assert story.lead.encode() not in answer.body
    assert paper.path(story) not in walk(paper)


def test_no_paragraph_twice() -> None:
    """Texts are unique: in 600 stories no paragraph and no address occurs twice."""
    paper = epi.paper(7, 600, per_day=30)
    told = paper.truth()
    paragraphs = [text for one in told for text in one["paragraphs"] if len(text) > 60]
    assert len(set(paragraphs)) == len(paragraphs) and len({one["url"] for one in told}) == 600

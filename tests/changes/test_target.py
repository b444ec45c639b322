"""Redirects of an article to an address of its paper that is no article's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.index.addresses import Announced
from archive.index.shut import LEAST
from archive.index.target import OTHER
from archive.index.turned import HEADED
from archive.instants import to_text
from archive.records import Reading
from tests.archive.makers import SITE, make_exchange, make_link
from tests.changes.night import HOST, PROFILE, Night, live

STORY = f"{HOST}/bai-viet/cho-phien-ngay-mua-d50121"


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    made = Night(tmp_path)
    made.announce(STORY)
    yield from live(made)


def lead(night: Night, to: str, status: int = 302, url: str = STORY, **link: Any) -> None:
    """Let an article's address lead to one that is no article's, as the crawl notes it."""
    headers = (("Location", to),)
    at = night.archive.now()
    exchange = make_exchange(url, night.body(), at=at, status=status, fields=headers)
    capture = night.archive.keep("suoi", exchange)
    address = link.get("address", to)
    item = Announced(address, make_link(to, channel="redirect", role="other"))
    night.archive.add(capture, Reading("article", "ok", "test/1", PROFILE), [item], address=url)


def land(night: Night, url: str, headed: str = "", impostor: Any = None) -> None:
    """Let an address that is no article's answer with a page."""
    warnings = (f"{OTHER}: no article's address{HEADED}{headed}",) if headed else ()
    if impostor:
        warnings = (f"impostor: {impostor}: it says so", *warnings)
    status: Any = "quarantined" if impostor else "ok"
    reading = Reading("other", status, "test/1", PROFILE, warnings=warnings, impostor=impostor)
    night.archive.add(night.keep(url), reading, address=url)


GONE = f"{HOST}/bai-da-go/121"
PLACES: list[tuple[int, str, str, Any, list[str]]] = [
    # status, target, what it is headed ("404": gone), impostor, what the ledger has
    (301, GONE, "404", None, ["removed"]),
    (302, f"{HOST}/tim?tu=cho+phien+ngay+mua", "404", None, ["removed"]),
    (302, f"{HOST}/tim?tu=cho+phien+ngay+mua", "tìm: chợ phiên", None, ["removed"]),
    (302, GONE, "bài đã gỡ | suoi", None, ["removed"]),
    (302, GONE, "không còn nữa", "soft-404", ["removed"]),
    (302, GONE, "", None, []),  # nothing is known of it
    (302, f"{HOST}/vao?tu=/bai-viet/cho-phien-ngay-mua", "mời vào", "login", []),
    (302, f"{HOST}/sso/?tu=/bai-viet/cho-phien-ngay-mua", "mời vào", None, []),
    (302, f"{HOST}/dang-nhap", "chào bạn", None, []),
    (302, f"{HOST}/kiem-tra", "are you a robot", "captcha", []),
    (301, f"{HOST}/a/cho-phien-ngay-mua", "chợ phiên | suoi", None, ["moved"]),
    (302, f"{HOST}/a/cho-phien-ngay-mua", "chợ phiên | suoi", None, []),
    (301, f"{HOST}/a/121", "chợ phiên | suoi", None, []),  # made anew, for a profile that knows it
    (301, f"{HOST}/go/50121", "tin đã được thu hồi", None, ["removed"]),
]


@pytest.mark.parametrize(("status", "target", "headed", "impostor", "kinds"), PLACES)
def test_where_a_redirect_leads(
    night: Night, status: int, target: str, headed: str, impostor: Any, kinds: list[str]
) -> None:
    """What is gone, or headed as something else, is a sign of removal; the article's own headline,
    a door and a page that says nothing are none."""
    night.sound(url=STORY)
    for _ in range(3):
        night.pass_time(24)
        lead(night, target, status)
        if headed == "404":
            night.answer(404, target)
        else:
            land(night, target, headed, impostor)
    assert night.kinds() == kinds
    if kinds == ["removed"]:
        (sign,) = night.archive.db.execute("SELECT detail ->> '$.sign' FROM changes").fetchone()
        assert sign.startswith("redirect to ") and target in sign


def test_a_redirect_whose_target_nobody_asked(night: Night) -> None:
    """It says nothing: the address alone may be an article's, a door's, or nobody's."""
    night.sound(url=STORY)
    for _ in range(3):
        night.pass_time(24)
        lead(night, GONE)
    assert night.kinds() == [] and night.article() == (None, None)


def test_a_chain_and_a_spelling(night: Night) -> None:
    """Two hops, of which the second's query is dropped by the profile: what stands there counts."""
    night.sound(url=STORY)
    for _ in range(3):
        night.pass_time(24)
        lead(night, f"{HOST}/r/7")
        lead(night, f"{HOST}/khong-co?bai=7", url=f"{HOST}/r/7", address=f"{HOST}/khong-co")
        night.answer(404, f"{HOST}/khong-co")
    assert night.kinds() == ["removed"]


def send(night: Night, to: str, capture: Any = None) -> Any:
    """Let an article's address answer with a page that sends its reader on."""
    capture = capture or night.keep(STORY)
    reading = Reading("article", "ok", "test/1", PROFILE, onward=to)
    item = Announced(to, make_link(to, channel="redirect", role="article"))
    night.archive.add(capture, reading, [item], address=STORY)
    return capture


def test_a_page_that_sends_its_reader_on(night: Night) -> None:
    """To the front page it is a sign of removal like a redirect, to the article's new address it
    has moved; read again for what it is, it says nothing."""
    night.sound(url=STORY)
    for _ in range(3):
        night.pass_time(24)
        last = send(night, HOST + "/")
    assert night.kinds() == ["removed"]
    state = "SELECT reason FROM addresses WHERE url = ?"
    assert night.archive.db.execute(state, (STORY,)).fetchone() == (f"http 200 to {HOST}/",)
    night.archive.add(last, Reading("article", "ok", "test/2", PROFILE), address=STORY)
    assert night.kinds() == [] and night.archive.db.execute(state, (STORY,)).fetchone() == (None,)
    night.pass_time(24)
    night.sound(url=STORY)
    night.pass_time(24)
    send(night, f"{HOST}/tin/cho-phien-ngay-mua-d50121")
    night.sound(url=f"{HOST}/tin/cho-phien-ngay-mua-d50121")
    assert night.kinds() == ["moved"]


PAGES = [f"{HOST}/tin/bai-so-{n}-d{n + 50000}" for n in range(LEAST + 4)]


def crawl(night: Night, led: int, to: str) -> None:
    """Live one crawl, in which the first pages lead elsewhere and the others are read."""
    at = night.pass_time(24)
    crawl_id = f"suoi-{at:%Y%m%d}"
    night.archive.close_site("suoi")
    night.archive.open_site(SITE, crawl_id=crawl_id, info={"software": "test"})
    start = {"crawl_id": crawl_id, "site": SITE, "started_at": to_text(at), "seeds": []}
    night.archive.note("suoi", "crawl-start", {**start, "software": "test"})
    for n, url in enumerate(PAGES):
        if n < led:
            night.answer(302, url, to)
        else:
            text = f"Bài số {n} kể chuyện chợ phiên."
            night.sound(text, url, title=f"Bài {n}", lead=None, authors=())
    end = {"crawl_id": crawl_id, "ended_at": to_text(at), "outcome": "finished"}
    night.archive.note("suoi", "crawl-end", {**end, "counts": {}, "problems": []})


@pytest.mark.parametrize(("led", "signs"), [(len(PAGES), 0), (LEAST, LEAST), (2, 2)])
def test_all_addresses_lead_to_the_front_page(night: Night, led: int, signs: int) -> None:
    """For however many nights: the paper is shut and has taken nothing away. Some of them do in
    earnest, also where the first that were asked looked like all."""
    night.announce(*PAGES)
    crawl(night, 0, HOST + "/")
    for _ in range(3):
        crawl(night, led, HOST + "/")
    (gone,) = night.archive.db.execute("SELECT count(removed_at) FROM articles").fetchone()
    assert (gone, night.kinds()) == (signs, ["removed"] * signs)

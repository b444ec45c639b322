"""The fictional papers keep their promises: links answer, lists are whole, truth is on the page.

Pages are looked at with regular expressions and json only: what reads them for the archive must
not be what says they are right.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests

from spiders.profile import load
from spiders.site import Site
from tests.gazette import epi, many, onecms, plain, seed
from tests.gazette.fault import Fault
from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import GHOSTS, Paper
from tests.gazette.server import Server

ROOT = Path(__file__).parent.parent
Maker = Callable[..., Paper]
MAKERS: dict[str, Maker] = {
    "epi": epi.paper,
    "epi-old": lambda *a, **k: epi.paper(*a, **k, old_pager=True, structured=False),
    "onecms": onecms.paper,
    "plain-vi": plain.paper,
    "plain-id": lambda *a, **k: plain.paper(*a, **k, lang="id"),
    "plain-de": lambda *a, **k: plain.paper(*a, **k, lang="de", structured=False),
}


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Maker:
    """Each kind of paper in turn."""
    return MAKERS[request.param]


def fetch(paper: Any, path: str) -> str:
    """Return the text of a page without HTTP."""
    answer = paper.answer(path)
    assert answer is not None and answer.status == 200, path
    body = answer.body
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode("utf-8")


def plain_text(markup: str) -> str:
    """Return the words of HTML, entities resolved, in NFC, blanks folded."""
    text = re.sub(r"<(script|style).*?</\1>", " ", markup, flags=re.S)
    text = html.unescape(re.sub(r"<[^>]+>", "\0", text)).replace("\0", "")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))


def strip_spelling(paper: Paper, url: str) -> str | None:
    """Return the path of a link of the paper, None for other places."""
    url = html.unescape(url).partition("#")[0]
    host = paper.base.partition("//")[2]
    path = re.sub(rf"^(?:https?:)?//{re.escape(host)}(?=/)", "", url)
    return path if path.startswith("/") and not path.startswith("//") else None


def find_links(paper: Paper, path: str) -> set[str]:
    """Return the paths that a page, feed, sitemap or JSON list of the paper announces."""
    answer = paper.answer(path)
    if answer is None or answer.status != 200 or answer.type == "image/png":
        return set()
    text = fetch(paper, path)
    rule = r'(?:href|src|content)="([^"]+)"|<(?:loc|link|image:loc)>([^<]+)<|"url": "([^"]+)"'
    found = {next(filter(None, groups)) for groups in re.findall(rule, text)}
    if "getMoreArticle" in path:
        found |= {f"/{one['LinktoMe2']}" for one in json.loads(text)}
    if path == "/robots.txt":
        found |= set(re.findall(r"Sitemap: (\S+)", text))
    return {one for url in found if (one := strip_spelling(paper, url))}


def walk(paper: Paper) -> dict[str, int]:
    """Return every path reachable from the front page and robots.txt with its status."""
    seen: dict[str, int] = {}
    left = ["/", "/robots.txt"]
    while left:
        path = left.pop()
        if path in seen or path.startswith(("/tim-kiem", "/in-bai")):
            continue
        answer = paper.answer(path)
        seen[path] = 404 if answer is None else answer.status
        left += find_links(paper, path)
    return seen


def list_section(paper: Paper, slug: str) -> list[int]:
    """Return the ids a section's list pages name, in order, the way its system pages them."""
    return list(dict.fromkeys(_LISTS[paper.key](paper, slug)))


def _list_epi(paper: Paper, slug: str) -> Iterator[int]:
    text = fetch(paper, f"/{slug}/")
    zone = re.search(r"var cateId = (\d+);", text)
    assert zone
    yield from map(int, re.findall(r'data-id="(\d+)"', text))
    for number in range(1, 99):
        data = json.loads(fetch(paper, f"/api/morenews-zone-{zone[1]}-{number}.html"))["data"]
        if "articles" in data:
            ids = [int(one) for one in re.findall(r'data-id="(\d+)"', data["articles"])]
        else:
            ids = [one["content_id"] for one in data["contents"]]
        if not ids:
            return
        yield from ids


def _list_onecms(paper: Paper, slug: str) -> Iterator[int]:
    text = fetch(paper, f"/{slug}")
    ids = [int(one) for one in re.findall(r'<li pid="(\d+)"', text)]
    channel = re.search(r"getarticlebychannel/(\d+)", text)
    assert channel
    while ids:
        yield from ids
        more = fetch(paper, f"/api/getMoreArticle/channel_empty_{ids[-1]}_{channel[1]}_0")
        ids = [one["PublisherId"] for one in json.loads(more)]


def _list_plain(paper: Paper, slug: str) -> Iterator[int]:
    path: str | None = f"/{slug}"
    while path:
        text = fetch(paper, path)
        yield from map(int, re.findall(r'<h2><a href="[^"]*-(\d+)\.html"', text))
        following = re.search(r'<link rel="next" href="([^"]+)"', text)
        path = following and strip_spelling(paper, following[1])


_LISTS = {"epi": _list_epi, "onecms": _list_onecms, "plain": _list_plain}


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
    assert set(bad) <= ghosts
    assert sorted(bad.values()) == ([404, 410] if paper.key == "epi" else [])
    assert all(paper.path(story) in statuses for story in paper.show(paper.newsroom.visible()))


def test_lists_reach_every_article(make: Maker) -> None:
    """First page and pager of a section name the visible articles, newest first, and no others."""
    paper = make(7, 240)
    paper.newsroom.delete(paper.newsroom.visible()[20])
    for section in paper.newsroom.sections:
        assert list_section(paper, section.slug) == list(paper.newsroom.visible(section))


def test_truth_is_on_the_page(make: Maker) -> None:
    """Title, lead, paragraphs in order, authors, captions, credits, tags, related: all visible."""
    paper = make(3, 60)
    for told in paper.truth():
        page = fetch(paper, told["url"].removeprefix(paper.base))
        words = plain_text(page)
        ends = []
        for part in (told["title"], told["lead"], *told["paragraphs"]):
            assert part in words, (told["url"], part)
        for part in told["paragraphs"]:
            ends.append(words.index(part))
        assert ends == sorted(ends)
        for part in (*told["authors"], *told["tags"], told["section"], told["agency"] or ""):
            assert part in words
        for image in told["images"]:
            assert f'src="{image["url"].removeprefix(paper.base)}"' in page
            assert (image["caption"] or "") in words and (image["credit"] or "") in words
        links = find_links(paper, told["url"].removeprefix(paper.base))
        paths = {link.partition("?")[0] for link in links}
        for related in told["related"]:
            assert related["url"].removeprefix(paper.base) in paths
            assert related["title"] in words and related["summary"] in words


def test_truth_has_the_date_of_the_page(make: Maker) -> None:
    """The visible date, read by hand, is the one in the truth, in the paper's own offset."""
    paper = make(5, 60)
    forms = (r"(\d\d)[/.](\d\d)[/.](\d{4}),? (\d\d):(\d\d)</(?:time|span)>",)
    for told in paper.truth():
        page = fetch(paper, told["url"].removeprefix(paper.base))
        found = re.search(forms[0], page)
        assert found
        day, month, year, hour, minute = map(int, found.groups())
        at = datetime.fromisoformat(told["published"])
        assert (at.day, at.month, at.year, at.hour, at.minute) == (day, month, year, hour, minute)
        assert at.utcoffset() == paper.newsroom.language.zone.utcoffset(None)


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


def test_onecms_meta_date_is_american() -> None:
    """On days up to the 12th the meta date, read as D/M/Y, is a wrong day: the trap is real."""
    paper = onecms.paper(3, 60, start=date(2026, 2, 1))
    told = paper.truth()[0]
    page = fetch(paper, told["url"].removeprefix(paper.base))
    found = re.search(r'"article:published_time" content="(\d+)/(\d+)/2026 [\d:]+ [AP]M"', page)
    assert found
    month, day = map(int, found.groups())
    at = datetime.fromisoformat(told["published"])
    assert (month, day) == (at.month, at.day) and day <= 12 and month != day


def test_every_trap_changes_something() -> None:
    """Turning a trap off changes some page; an unknown trap is refused with the list of traps."""
    for module, cls in ((epi, epi.EpiPaper), (onecms, onecms.OnecmsPaper)):
        full: Paper = module.paper(7, 60)
        paths = [path for path, status in walk(full).items() if status == 200]
        for trap in cls.traps:
            tame: Paper = module.paper(7, 60, without=[trap])
            assert any(tame.answer(path) != full.answer(path) for path in paths), trap
        with pytest.raises(ValueError, match="dateline"):
            module.paper(7, 12, without=["datelines"])


def test_edit_changes_exactly_that_article(make: Maker) -> None:
    """After an edit of its text one article page has other bytes, and the edit is on it."""
    paper = make(7, 60)
    pages = {one["id"]: paper.answer(one["url"].removeprefix(paper.base)) for one in paper.truth()}
    chosen = paper.newsroom.visible()[7]
    paper.newsroom.move(paper.newsroom.now + timedelta(hours=1))
    after = paper.newsroom.edit(chosen)
    told = {one["id"]: one for one in paper.truth()}
    changed = {
        number
        for number, page in pages.items()
        if page and page.body != fetch(paper, told[number]["url"].removeprefix(paper.base)).encode()
    }
    assert changed == {chosen}
    assert told[chosen]["paragraphs"][1] == after.paragraphs[1]


def test_time_travel() -> None:
    """What is not yet published, edited, deleted or restored is not seen; going back undoes it."""
    newsroom = Newsroom(3, date(2026, 2, 1), 2, 5)
    ids = newsroom.ids()
    evening = newsroom.now
    assert newsroom.visible() == ids[::-1]
    newsroom.move(datetime.fromisoformat("2026-02-02T00:00:00+07:00"))
    assert newsroom.visible() == ids[4::-1] and newsroom.find(ids[5]) is None
    newsroom.move(evening)
    before = newsroom.find(ids[0])
    newsroom.edit(ids[0], at=evening + timedelta(hours=2), title="Tiêu đề mới")
    newsroom.delete(ids[1], at=evening + timedelta(hours=3), departure="missing")
    newsroom.restore(ids[1], at=evening + timedelta(hours=4))
    assert newsroom.find(ids[0]) == before and newsroom.departure(ids[1]) is None
    newsroom.move(evening + timedelta(hours=3))
    edited = newsroom.find(ids[0])
    assert edited and edited.title == "Tiêu đề mới" and newsroom.find(ids[1]) is None
    assert newsroom.departure(ids[1]) == "missing"
    newsroom.move(evening + timedelta(hours=4))
    assert newsroom.find(ids[1]) is not None
    newsroom.move(evening)
    assert newsroom.find(ids[0]) == before
    with pytest.raises(ValueError, match="in order"):
        newsroom.publish(date(2026, 1, 1))


def test_publish_adds_a_day() -> None:
    """A day published later has higher ids, later dates, and leaves the earlier stories alone."""
    newsroom = Newsroom(3, date(2026, 2, 1), 2, 5)
    before = [newsroom.find(one) for one in newsroom.ids()]
    new = newsroom.publish(date(2026, 2, 3), 4)
    assert len(new) == 4 and min(new) > max(s.id for s in before if s)
    assert [newsroom.find(one) for one in new] == [None] * 4
    newsroom.move(newsroom.now + timedelta(days=1))
    assert all(newsroom.find(one) for one in new)
    assert [newsroom.find(one.id) for one in before if one] == before


def test_stir_is_repeatable_and_near_its_shares() -> None:
    """Edits and deletions drawn for a month are those of the seed, about 5 and 1 in a hundred."""
    one, two = (Newsroom(3, date(2026, 2, 1), 30, 30) for _ in range(2))
    fates = one.stir()
    assert fates == two.stir()
    kinds = list(fates.values())
    assert 25 <= kinds.count("edit") <= 70 and 2 <= kinds.count("delete") <= 20


def test_no_paragraph_twice() -> None:
    """Texts are unique: in 600 stories no paragraph and no address occurs twice."""
    paper = epi.paper(7, 600, per_day=30)
    told = paper.truth()
    paragraphs = [text for one in told for text in one["paragraphs"] if len(text) > 60]
    assert len(set(paragraphs)) == len(paragraphs) and len({one["url"] for one in told}) == 600


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


def test_conditional_requests(make: Maker) -> None:
    """ETag and Last-Modified bring 304 until an edit, plain and gzipped."""
    paper = make(7, 36)
    story = paper.show(paper.newsroom.visible())[5]
    with Server(paper), requests.Session() as session:
        url = paper.url(story)
        for coding in ("gzip", "identity"):
            first = session.get(url, headers={"Accept-Encoding": coding})
            assert (first.headers.get("Content-Encoding") == "gzip") is (coding == "gzip")
            tags = {"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]}
            since = {"If-Modified-Since": first.headers["Last-Modified"]}
            assert session.get(url, headers=tags).status_code == 304
            assert session.get(url, headers=since).status_code == 304
            assert session.get(url, headers={**tags, **since}).content == b""
            stale = {**since, "If-None-Match": '"other"', "Accept-Encoding": coding}
            assert session.get(url, headers=stale).status_code == 200
        paper.newsroom.move(paper.newsroom.now + timedelta(hours=1))
        paper.newsroom.edit(story.id)
        assert session.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
        assert session.get(url, headers=since).status_code == 200


def test_head_log_and_method() -> None:
    """HEAD has the headers of GET and no body; the log has every request in order; POST is 405."""
    with Server(plain.paper(7, 12)) as server, requests.Session() as session:
        head, get = session.head(f"{server.url}/"), session.get(f"{server.url}/")
        assert head.headers == get.headers and head.content == b"" and get.content
        assert session.post(f"{server.url}/", data="x=1").status_code == 405
        lines = [(one.number, one.method, one.path) for one in server.log]
        assert lines == [(0, "HEAD", "/"), (1, "GET", "/"), (2, "POST", "/")]
        assert server.log[0].headers["user-agent"].startswith("python-requests")


def test_named_host_through_proxy() -> None:
    """With ``base`` the server answers as a proxy and its links name that host."""
    with Server(epi.paper(7, 24), base="http://baosuoibac.test") as server:
        page = requests.get("http://baosuoibac.test/kinh-te/", proxies={"http": server.url})
        assert page.status_code == 200 and "http://baosuoibac.test/" in page.text
        assert server.url not in page.text and server.paths() == ["/kinh-te/"]


def test_faults_by_path() -> None:
    """Each fault shows as what it is named, as often as said, and is gone when mended."""
    with Server(plain.paper(7, 12)) as server, requests.Session() as session:
        url = f"{server.url}/"
        usual = session.get(url).content
        server.faults.put("/", Fault("status", status=503, retry_after=7, times=1))
        failed = session.get(url)
        assert (failed.status_code, failed.headers["Retry-After"]) == (503, "7")
        assert session.get(url).content == usual
        server.faults.put("/", Fault("charset"))
        assert session.get(url).headers["Content-Type"].endswith("charset=windows-1258")
        server.faults.put("/", Fault("huge", size=1_000_000))
        assert len(session.get(url).content) > 900_000
        server.faults.put("/", Fault("captcha"))
        assert "g-recaptcha" in session.get(url).text
        server.faults.put("/", Fault("slow", seconds=0.05))
        assert session.get(url).content == usual
        server.faults.put("/", Fault("loop"))
        with pytest.raises(requests.TooManyRedirects):
            session.get(url)
        server.faults.put("/*", Fault("cut"))
        with pytest.raises(requests.exceptions.RequestException):
            session.get(url, headers={"Connection": "close"})
        server.faults.mend()
        assert session.get(url).content == usual


def test_close_ends_a_slow_answer() -> None:
    """A server with an hour's answer under way closes at once, and the socket with it."""
    with Server(plain.paper(7, 12)) as server:
        server.faults.put("/", Fault("slow", seconds=3600))
        client = socket.create_connection(("127.0.0.1", server.port))
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        client.settimeout(10)
        assert client.recv(1) == b"H"
        began = time.monotonic()
    assert time.monotonic() - began < 5
    client.close()


def test_old_addresses_move() -> None:
    """Short forms and the addresses of the system before redirect to the article; twins name it."""
    paper = epi.paper(7, 36)
    story = paper.show(paper.newsroom.visible())[0]
    old = f"/{story.section.slug}/{story.published:%Y%m}/{story.slug}-0{story.id}/"
    for path in (f"/post-{story.id}.html", old):
        answer = paper.answer(path)
        assert answer and answer.status == 301
        assert dict(answer.headers)["Location"] == paper.url(story)
    for kind in ("amp", "in-bai"):
        page = fetch(paper, f"/{kind}{paper.path(story)}")
        assert f'rel="canonical" href="{paper.url(story)}"' in page


def test_epi_sitemaps() -> None:
    """Months are not padded, gzip always, every article once; edited stories show it in lastmod."""
    paper = epi.paper(7, 120)
    index = re.findall(r"<loc>([^<]+)", fetch(paper, "/sitemap.xml"))
    assert f"{paper.base}/sitemaps/news-2026-2.xml" in index and len(index) == 4
    assert paper.answer("/sitemaps/news-2026-02.xml") is None
    chosen = paper.newsroom.visible()[0]
    paper.newsroom.move(paper.newsroom.now + timedelta(hours=3))
    paper.newsroom.edit(chosen)
    urls: list[str] = []
    for month in (1, 2):
        answer = paper.answer(f"/sitemaps/news-2026-{month}.xml")
        assert answer and answer.body[:2] == b"\x1f\x8b"
        assert bool(answer.headers) is (month == 1)
        text = gzip.decompress(answer.body).decode()
        urls += re.findall(r"<loc>([^<]+)</loc><lastmod>", text)
    assert sorted(urls) == sorted(one["url"] for one in paper.truth())
    assert f"-post{chosen}.html</loc><lastmod>{paper.newsroom.now.isoformat()}" in text


def test_onecms_day_and_news_sitemaps() -> None:
    """The daily sitemaps hold every article once, today's is empty, the news one has 48 hours."""
    paper = onecms.paper(7, 60)
    index = re.findall(r"<loc>([^<]+)", fetch(paper, "/sitemap.xml"))
    days = [strip_spelling(paper, url) or "" for url in index if "article" in url]
    urls = [re.findall(r"<loc>([^<]+)", fetch(paper, day)) for day in days]
    assert urls[0] == [] and sorted(url for day in urls for url in day) == sorted(
        t["url"] for t in paper.truth()
    )
    assert fetch(paper, "/sitemap-news.xml").count("<news:title>") == 24


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


def test_own_example_reads_back() -> None:
    """A text of our own words in the example's structure becomes a page that holds its parts."""
    check_example(seed.own_text())


def test_client_example_reads_back() -> None:
    """The client's text becomes a page with its parts: title to eight links."""
    try:
        text = seed.read_seed()
    except FileNotFoundError:
        pytest.skip(f"the client's text is not on this machine: {seed.SEED}")
    check_example(text)


def check_example(text: str) -> None:
    """Two pictures, one caption, five paragraphs, eight related items, each title twice."""
    page = seed.build_seed_page(text).decode("utf-8")
    told = seed.tell_seed(text)
    words = plain_text(page)
    assert len(told["paragraphs"]) == 5 and len(told["related"]) == 8
    assert [bool(one["caption"]) for one in told["images"]] == [True, False]
    assert f'sapo cms-desc">{html.escape(told["lead"])}<' in page
    for one in told["paragraphs"]:
        assert f"<p>{html.escape(one)}</p>" in page
    for one in told["related"]:
        assert page.count(html.escape(one["title"])) >= 2 and one["summary"] in words
    for line in text.splitlines():
        assert line.strip() in plain_text(html.unescape(page)) or line.strip() in page
    assert seed.build_seed_page(text) == page.encode()


def test_wrong_example_is_refused() -> None:
    """A text without the label lines is an error, not a page with wrong parts."""
    with pytest.raises(ValueError, match="label"):
        seed.parse_seed(seed.own_text().replace("Tin cùng chuyên mục", "Tin khác"))


@pytest.mark.parametrize("sitemap", [True, False])
def test_many_pages_are_all_announced(sitemap: bool) -> None:
    """The 20,000 pages are each in the lists and the sitemap, and no two are the same."""
    paper = many.ManyPaper(20_000, sitemap=sitemap)
    wanted = {paper.path(number) for number in range(1, 20_001)}
    lists = "".join(fetch(paper, f"/tin-tuc?page={number}") for number in range(1, 201))
    assert set(re.findall(r'href="(/tin-tuc/bai-\d+\.html)"', lists)) == wanted
    assert paper.answer("/tin-tuc?page=201") is None
    if not sitemap:
        assert paper.answer("/sitemap.xml") is None
        return
    index = re.findall(r"<loc>http://many.test([^<]+)", fetch(paper, "/sitemap.xml"))
    urls = [url for path in index for url in re.findall(r"<loc>([^<]+)", fetch(paper, path))]
    assert urls == list(paper.urls())
    assert len({fetch(paper, path) for path in list(wanted)[:3000]}) == 3000


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

"""Pages that claim to be articles: those that are none are quarantined, real ones never."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Reading, Role
from crawler.read import glance
from crawler.read.glance import fold, is_message
from crawler.read.reader import read
from spiders.catalog import generic
from tests.gate.corpora import CORPORA, PAGES, UNKNOWN, list_rows, load_page
from tests.read.impostors import CAPTCHA, MISSING, PARKED, SOUND, list_impostors
from tests.read.samples import HOME, make_page, make_site

SITE = make_site()
RECALL = 0.95  # of the labelled set; measured: see crawler/README.md


def test_impostors_are_recognised() -> None:
    """Of the labelled set at least RECALL are quarantined under their own name."""
    right: Counter[bool] = Counter()
    wrong = []
    for kind, name, page in list_impostors():
        reading = read(make_page(page), SITE)
        right[reading.impostor == kind] += 1
        if reading.impostor != kind:
            wrong.append(f"{kind} {name}: {reading.impostor} {reading.warnings[:1]}")
    assert right[True] >= RECALL * right.total(), "\n".join(wrong)


@pytest.mark.parametrize("name", SOUND)
def test_real_articles_pass(name: str) -> None:
    """Articles about such pages, briefs, galleries, videos and tickers are what they claim."""
    reading = read(make_page(SOUND[name]), SITE)
    assert (reading.status, reading.impostor) == ("ok", None), reading.warnings


@pytest.mark.parametrize(
    ("said", "imprint"),
    [
        ("Bài viết không tồn tại hoặc đã bị gỡ bỏ", "Giấy phép số 12/GP-BTTTT. Tổng Biên tập: A."),
        ("Esta noticia ya no está disponible", "Edita Prensa del Valle, calle Mayor 3, bajo."),
    ],
)
def test_a_frame_that_says_the_story_is_gone(said: str, imprint: str) -> None:
    """Headed by the paper's name alone, with its imprint in what is left for a text: the night on
    which a paper's database was away made articles of it. A story under a headline that begins so
    is one."""
    frame = (
        "<html><title>{0}</title><body><h1>{0}</h1><div><p>{1}.</p><p>{2}</p></div></body></html>"
    )
    name = SITE.title
    reading = read(make_page(frame.format(name, said, imprint * 2)), SITE)
    assert (reading.impostor, reading.article) == ("soft-404", None), reading.warnings
    headed = frame.format("Chợ phiên vắng khách sau mưa lũ", said, imprint * 2)
    assert read(make_page(headed), SITE).impostor is None


def test_a_quarantined_page_gives_nothing() -> None:
    """No article, no link, and the kind with its evidence as the first warning."""
    page = next(page for kind, name, page in list_impostors() if name == "vi0-framed")
    reading = read(make_page(page), SITE)
    assert (reading.status, reading.article, reading.links) == ("quarantined", None, ())
    assert reading.warnings[0].startswith("impostor: soft-404: it says ")
    assert reading == read(make_page(page), SITE)


@pytest.mark.parametrize("role", ["home", "category", "feed", "sitemap"])
@pytest.mark.parametrize("words", [CAPTCHA[1], PARKED[0]])
def test_lists_that_come_back_as_walls(role: Role, words: str) -> None:
    """A home page, category page, feed or sitemap that is a wall is quarantined in its role."""
    page = (
        f"<html><title>x</title><body><h1>{words}</h1><a href='/a-post1.html'>x</a></body></html>"
    )
    reading = read(make_page(page, role, url=HOME), SITE)
    assert (reading.status, reading.role, reading.links) == ("quarantined", role, ())


def test_a_list_where_the_profile_says_article() -> None:
    """A page of teasers is an impostor where walk.article names its address; where only the shape
    of the address said article, it is read as the list it is."""
    cards = "".join(
        f'<h3><a href="/tin-moi-so-{n}-post{n}.html">Tin mới số {n} của bản làng</a></h3>'
        for n in range(12)
    )
    page = make_page(f"<html><title>Kinh tế</title><main>{cards}</main></html>")
    reading = read(page, make_site())
    assert reading.impostor == "list-page" and reading.warnings[0].endswith("headed: kinh te")
    bare = read(page, generic("baosuoi.test"))
    assert bare.impostor is None


def test_a_notice_in_a_frame_of_links_is_an_article() -> None:
    """A short notice without a date in the profile's body, whose only h1 is the headline that the
    title element begins with, is an article whatever its frame lists; a section with words of its
    own in that very place is a list."""
    cards = "".join(
        f'<li><a href="/tin-moi-so-{n}-post{n}.html">Tin mới số {n} của bản làng</a></li>'
        for n in range(15)
    )
    words = "Ủy ban thông báo cắt nước vào sáng mai. Người dân cần trữ nước từ tối nay để dùng."

    def read_headed(h1: str) -> Reading:
        body = f"<h1>{h1}</h1><div class='body'><p>{words}</p></div><ul>{cards}</ul>"
        return read(make_page(f"<html><title>{h1} | Báo Suối</title><main>{body}</main>"), noted)

    noted = make_site(read='body = ".body"')
    told = read_headed("Thông báo cắt nước ở ba xã vùng cao")
    assert told.impostor is None and told.article is not None
    assert read_headed("Kinh tế").impostor == "list-page"


def test_a_stub_of_two_paragraphs() -> None:
    """A beginning that ends with the message that the rest is sold is a stub; a story in which
    somebody says so, and which goes on, is none."""
    lines = [f"<p>Warga dusun {n} mulai memperbaiki jembatan yang putus.</p>" for n in range(14)]
    told, more = "".join(lines[:4]), "".join(lines[4:])
    sold = "<div><h4>Konten Premium</h4><p>Artikel ini khusus untuk pelanggan.</p></div>"
    head = "<title>Jembatan</title><h1>Jembatan gantung diperbaiki</h1><time datetime=2026-02-03>"
    stub = read(make_page(f"<html lang=id>{head}<article>{told}{sold}</article></html>"), SITE)
    assert stub.impostor == "paywall-stub"
    whole = read(
        make_page(f"<html lang=id>{head}<article>{told}{sold}{more}</article></html>"), SITE
    )
    assert whole.impostor is None


@given(st.text(max_size=300))
def test_no_sentence_breaks_a_pattern(text: str) -> None:
    """Whatever a sentence holds, it is judged at once and without an error."""
    for kind in ("captcha", "soft-404", "parked-domain", "maintenance", "login", "paywall-stub"):
        assert is_message(kind, fold(text)) in (True, False)


def test_messages_are_known_in_any_spelling() -> None:
    """Accents, composed or not, old and new tone marks, and capitals make no difference."""
    for words in ("Bài viết đã bị xóa", "BÀI VIẾT ĐÃ BỊ XOÁ", "Bai viet da bi xoa"):
        assert is_message("soft-404", fold(words))
    assert is_message("soft-404", fold("Story withdrawn"))
    assert all(
        is_message("soft-404", fold(words)) for words in ("404 - Tin Ban Mai", "Error 404 x")
    )
    assert not is_message("soft-404", fold("404 atlet ikuti lomba perahu di desa"))
    assert not is_message("soft-404", fold("The story of a withdrawn offer"))
    assert not is_message("soft-404", fold("Ông nói bài viết hay đã bị lãng quên từ lâu lắm rồi"))
    assert len(MISSING) == 18 and glance.MOST


@pytest.mark.skipif(not PAGES.is_dir(), reason="needs the real pages of $KHOBAO_SHARED/pages")
@pytest.mark.parametrize("corpus", CORPORA)
def test_no_real_article_is_quarantined(corpus: str) -> None:
    """Of 6 pages of each corpus none; all 907 are read by `pytest -m slow`."""
    assert _find_accused(corpus, 6) == []


@pytest.mark.slow
@pytest.mark.skipif(not PAGES.is_dir(), reason="needs the real pages of $KHOBAO_SHARED/pages")
def test_no_real_article_is_quarantined_of_all() -> None:
    """Of 908 real pages only one is, and that is the wall a crawler of others was given."""
    accused = [item for corpus in CORPORA for item in _find_accused(corpus, None)]
    assert [kind for kind, _ in accused] == ["captcha"]


@pytest.mark.parametrize(
    ("date", "body", "kept"),
    [
        ("08:15 21/11/2026", "story", True),
        ("", "story", False),
        ("08:15 21/11/2026", "gone", False),
        ("08:15 21/11/2026", "teasers", False),
    ],
)
def test_a_brief_in_a_large_frame(date: str, body: str, kept: bool) -> None:
    """Two dated sentences in the body that the profile names are an article whatever stands around
    them; without a date, or without a sentence of its own, the page is the list it looks like."""
    cards = "".join(
        f'<li><a href="/tin-moi-so-{n}-post{n}.html">Tin mới số {n} của bản làng trên núi cao</a>'
        f"<p>Hôm qua ở bản số {n} bà con họp bàn việc đắp mương trước mùa mưa.</p></li>"
        for n in range(12)
    )
    words = {
        "story": "Sáng qua cầu treo bản Lúc được thông xe trở lại sau ba tháng sửa chữa. "
        "Xe trên hai tấn vẫn phải đi đường vòng qua bản Thín.",
        "gone": "Mời đọc tiếp.",
        "teasers": f"<ul>{cards}</ul>",
    }[body]
    page = make_page(
        f"<html><title>Cầu treo</title><h1>Cầu treo bản Lúc thông xe trở lại</h1>"
        f'<span class="gio">{date}</span><div class="noi-dung"><p>{words}</p></div>'
        f"<aside><ul>{cards}</ul></aside></html>"
    )
    site = make_site(read='body = ".noi-dung"\ndate = ".gio"')
    assert (read(page, site).article is not None) is kept


def _find_accused(corpus: str, sample: int | None) -> list[tuple[str, str]]:
    found = []
    for row in list_rows(corpus, sample):
        url = row.get("url") or UNKNOWN
        host = url.split("/")[2]
        page = make_page(load_page(corpus, row), url=url)
        reading = read(page, generic(host))
        if reading.impostor:
            found.append((reading.impostor, url))
    return found


def test_a_number_that_counts_people_is_no_status() -> None:
    """A redirect of an article led to a page headed "404 atlet ikuti lomba": it is the story."""
    page = "<h1>404 atlet ikuti lomba perahu di desa</h1><p>Perahu naga dari lima desa.</p>"
    reading = read(make_page(page, role="other"), SITE)
    assert reading.impostor is None


def test_where_an_articles_redirect_led() -> None:
    """A page that is no article's by its address is no article: what it is headed is told, a
    log-in is known for one, and what it links to is announced to nobody."""
    link = '<a href="/mua-gat-post7.html">Mùa gặt trên nương cao của bản Nậm Lúc</a>'
    page = f"<html><head><title>Tin khác | Bản</title></head><body><h1>Mời xem</h1>{link}</body>"
    reading = read(make_page(page, "other", url=HOME + "da-go/1"), make_site())
    assert (reading.status, reading.article, reading.links) == ("ok", None, ())
    assert reading.warnings[0].endswith("address; headed: moi xem | tin khac | ban")
    door = "<h1>Đăng nhập</h1><form><input type=password><button>Đăng nhập</button></form>"
    assert read(make_page(door, "other", url=HOME + "vao"), make_site()).impostor == "login"

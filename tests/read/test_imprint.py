"""The line of date, authors and buttons under a headline, and sentences with a date in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.dates import find_stamp, parse_date
from crawler.read.imprint import find_imprint, find_posted
from tests.read.test_article import STORY, find_article, wrap

IMPRINTS = {
    "Publié le 2 février 2026 à 06h51 - par Élodie Riverolles, Bastien Chassenac": "06:51",
    "2. 2. 2026 06:51 | Jana Nováková, Petr Dlouhý | vytisknout | fotogalerie": "06:51",
    "02 февруари 2026, понеделник, 14:35 ч. Огнян Дренков, Румен Чавдарски печат": "14:35",
    "02 февруари 2026, понеделник, 14:35 ч. Огнян Дренков печат галерия": "14:35",
    "Tuğba Şenbahar, Ozan Ilgaz Giriş: 2 Şubat 2026 06:51 Güncelleme: 2 Şubat 2026 07:51": "06:51",
    "Von Anna Weidner und Paul Torfstecher, Moorhusen | 02.02.2026, 14:05 Uhr": "14:05",
    "14:05, 02/02/2026 Nguyễn Văn Sông Thương, Trần Thị Đồi Chè": "14:05",
    "승인 2026.02.02 14:35": "14:35",
}
SENTENCES = (
    "Le conseil municipal se réunira le 3 mars 2026 à 18h30 dans la salle des fêtes du village",
    "The fire broke out on 3 March 2026 at 14:30 and was under control two hours later.",
    "Am 2. Februar 2026 um 14:30 Uhr trifft sich der Gemeinderat im Rathaus.",
    "Từ 7 giờ ngày 3/5/2024 đến 14:30 ngày 4/5/2024, tuyến đường tạm dừng lưu thông",
    "주민들은 2026.02.02 14:35 마을회관에 모여 나룻배 운행을 어떻게 이어 갈지 "
    "함께 의논했으며 내년에도 다시 모여서 이야기하기로 했다",
    "2 février 2026 - par Élodie Riverolles",
)


@pytest.mark.parametrize(("line", "clock"), IMPRINTS.items())
def test_a_line_of_date_and_names_is_told(line: str, clock: str) -> None:
    """Whatever its length, wherever the date stands; what is given is the date with its time."""
    moment = parse_date(find_imprint(line) or "", "DMY")
    assert moment is not None and moment.clock is not None
    assert moment.day.isoformat() == "2026-02-02" and f"{moment.clock:%H:%M}" == clock


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_with_a_date_is_none(line: str) -> None:
    """Nor is a line without a time."""
    assert find_imprint(line) is None


def test_an_offset_stays_with_its_time() -> None:
    """What names the zone behind a time is part of what is read."""
    line = "3 mai 2024 à 9h05 GMT+2 - par Élodie Riverolles"
    assert find_stamp(line) == "3 mai 2024 à 9h05 GMT+2"
    assert find_stamp("Ani Wening - Senin, 02 Feb 2026 14:05 WIB") == "02 Feb 2026 14:05 WIB"


@given(st.text(max_size=250))
def test_no_line_makes_it_raise(line: str) -> None:
    """What is found is part of the line."""
    found = find_imprint(line)
    assert found is None or found in line


def test_a_long_headline_and_its_imprint_leave_the_text() -> None:
    """Under a menu, neither marked up as what it is, both longer than 70 letters: the text begins
    with its first paragraph, and the date is the one that the line tells."""
    title = (
        "Die Genossenschaft der Weber nimmt nach drei Jahren ihre alte Halle am Fluss in Betrieb"
    )
    line = "Von Anna Weidner und Paul Torfstecher, Moorhusen | 02.02.2026, 14:05 Uhr"
    menu = "".join(f'<tr><td><a href="/r{n}.html">Rubrik {n}</a></td></tr>' for n in range(8))
    rows = f"<tr><td><b>{title}</b></td></tr><tr><td>{line}</td></tr>"
    page = f"<title>{title}</title><table>{menu}{rows}<tr><td>{STORY}</td></tr></table>"
    article = find_article(wrap(page))
    assert title not in article.text
    assert line not in article.text
    assert article.published is not None and article.published.value[:16] == "2026-02-02T14:05"


POSTED = {
    "Movies post by Kerensa Roe on April 11, 2013 - 1:16pm; tagged Divine, drag, queer artists.": (
        "Kerensa Roe", "April 11, 2013 - 1:16pm"),
    "Updated on Thu, 20/02/2014 - 20:09 Submitted by JaneRoe on Thu, 20/02/2014 - 15:26": (
        "JaneRoe", "20/02/2014 - 15:26"),
    "Von Jana Nováková am 2. Februar 2026 14:05": ("Jana Nováková", "2. Februar 2026 14:05"),
    "Updated on Thu, 20/02/2014 - 20:09": None,
    "The bridge was hit by a ship, and on April 11, 2013 - 1:16pm it fell.": None,
}  # fmt: skip


@pytest.mark.parametrize("line", POSTED)
def test_a_line_that_says_who_posted_and_when_is_told(line: str) -> None:
    """The date behind the name is the article's, whatever stands before and behind."""
    assert find_posted(line) == POSTED[line]


def test_a_posted_line_dates_and_signs_the_article_and_leaves_it() -> None:
    """In the body's element, right below the headline; the changed date is another."""
    line = "Cập nhật 21/02/2014 - 20:09. Submitted by Jane Roe on Thu, 20/02/2014 - 15:26"
    body = f"<div><h1>Khởi công tuyến đường</h1><p>{line}</p>{STORY}</div>"
    article = find_article(wrap(body).replace("lang=vi", "lang=en"))
    assert article.published is not None and article.published.value.startswith("2014-02-20T15:26")
    assert article.authors == ("Jane Roe",) and "Submitted" not in article.text

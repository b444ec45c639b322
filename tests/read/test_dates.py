"""Dates as newspapers write them: the known forms, their order, and what is doubtful."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Article, Date
from crawler.read import dates
from crawler.read.dates import find_order, parse_date, parse_formatted, read_moment
from crawler.read.guesses import guess_date
from crawler.read.published import ADDRESS, Candidate, choose_date, find_future
from crawler.read.zone import find_spoken_zone, find_zone, infer_offset
from tests.read.test_article import STORY, find_article, wrap

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

FORMS = {  # every form seen in shared/sites, and what it says in Hanoi
    "05/09/2026 09:18": "2026-09-05T09:18:00+07:00",
    "14/08/2026 - 21:20": "2026-08-14T21:20:00+07:00",
    "15-01-2024 13:04": "2024-01-15T13:04:00+07:00",
    "21/01/2009 - 21:02": "2009-01-21T21:02:00+07:00",
    "10:30, 15/05/2011": "2011-05-15T10:30:00+07:00",
    "14:33 02/11/2020": "2020-11-02T14:33:00+07:00",
    "18:27 | 14/08/2026": "2026-08-14T18:27:00+07:00",
    "05-09-2026 - 17:09 PM": "2026-09-05T17:09:00+07:00",
    "Thứ hai, 15/09/2025 - 12:40": "2025-09-15T12:40:00+07:00",
    "Thứ 2, 21/10/2024": "2024-10-21",
    "27/09/2023, 10:47": "2023-09-27T10:47:00+07:00",
    "12:49 25/10/2021": "2021-10-25T12:49:00+07:00",
    "15:41:21 07/01/2017": "2017-01-07T15:41:21+07:00",
    "2026-09-05T09:18:48+0700": "2026-09-05T09:18:48+07:00",
    "1788574728": "2026-09-05T09:18:48+07:00",
    "Fri, 04 Sep 2026 18:48:27 GMT+7": "2026-09-04T18:48:27+07:00",
    "Sat, 05 Sep 26 17:09:00 +0700": "2026-09-05T17:09:00+07:00",
    "2024-05-03T18:30:00Z": "2024-05-04T01:30:00+07:00",
    "2024-05-03T10:00:00.123-04:00": "2024-05-03T10:00:00-04:00",
    "วันจันทร์ที่ 2 กุมภาพันธ์ พ.ศ. 2569 เวลา 05:20 น.": "2026-02-02T05:20:00+07:00",
    "الخميس ٩ جمادى الآخرة ١٤٤٨هـ - ١٩ نوفمبر ٢٠٢٦م، ٣:٢٥ مساءً": "2026-11-19T15:25:00+07:00",
    "الخميس ١٩ تشرين الثاني ٢٠٢٦ - ٠٤:٥٢ م": "2026-11-19T16:52:00+07:00",
    "20 ديسمبر 2026م 12:05 صباحاً": "2026-12-20T00:05:00+07:00",
    "19 नवंबर 2026, 11:08 PM": "2026-11-19T23:08:00+07:00",
    "19 नवंबर 2026 शाम 5:30 बजे": "2026-11-19T17:30:00+07:00",
    "20 Νοεμβρίου 2026 3:27 μ.μ.": "2026-11-20T15:27:00+07:00",
    "ថ្ងៃទី២០ ខែវិច្ឆិកា ឆ្នាំ២០២៦ ម៉ោង ១០:៣០": "2026-11-20T10:30:00+07:00",
    "20 ພະຈິກ 2026 10:30": "2026-11-20T10:30:00+07:00",
    "২০ নভেম্বর ২০২৬, ১০:৩০": "2026-11-20T10:30:00+07:00",
    "יום שני, 20 בנובמבר 2026, 14:05": "2026-11-20T14:05:00+07:00",
    "2 มี.ค. 2569 15:30 น.": "2026-03-02T15:30:00+07:00",
    "Senin, 24 November 2026 | 08:15 WIB": "2026-11-24T08:15:00+07:00",
    "3. März 2024, 9.15 Uhr": "2024-03-03T09:15:00+07:00",
    "May 3, 2024 10:02 AM": "2024-05-03T10:02:00+07:00",
    "12 de enero de 2024": "2024-01-12",
    "02 февруари 2026, понеделник, 14:35 ч.": "2026-02-02T14:35:00+07:00",
    "2. фебруар 2026. 14:35": "2026-02-02T14:35:00+07:00",
    "2. februára 2026 14:35": "2026-02-02T14:35:00+07:00",
    "3. veebruar 2026": "2026-02-03",
    "ngày 3 tháng 5 năm 2024": "2024-05-03",
    "2024年5月3日 14時33分": "2024-05-03T14:33:00+07:00",
    "2024. 5. 3. 오후 2:33": "2024-05-03T14:33:00+07:00",
    "20240503T101500": "2024-05-03T10:15:00+07:00",
    "Thu Nov 14 2024 05:00:00 GMT+0000 (UTC)": "2024-11-14T12:00:00+07:00",
    "2567-05-03": "2024-05-03",
    "28.09.19 12:44": "2019-09-28T12:44:00+07:00",
    "Thứ Hai, 24/12/2012, 03:04 AM (GMT+7)": "2012-12-24T03:04:00+07:00",
    "08/01/2026 10:02": "2026-01-08T10:02:00+07:00",
    "16:55, 30/03/2025": "2025-03-30T16:55:00+07:00",
    "Cập nhật thứ hai, ngày 24/12/12 11:05 tối": "2012-12-24T23:05:00+07:00",
    "30/11/2012 04:00 chiều": "2012-11-30T16:00:00+07:00",
    "30/11/2012 16:00 chiều": "2012-11-30T16:00:00+07:00",
    "30/11/2012 11:30 trưa": "2012-11-30T11:30:00+07:00",
    "30/11/2012 1:15 trưa": "2012-11-30T13:15:00+07:00",
    "30/11/2012 6:45 Sáng": "2012-11-30T06:45:00+07:00",
    "30/11/2012 12:10 đêm": "2012-11-30T00:10:00+07:00",
}
AMERICAN = {  # M/D/Y, in meta of one system and in a feed of another
    "1/8/2026 10:02:01 AM": "2026-01-08T10:02:01+07:00",
    "9/5/2026 1:30:00 PM": "2026-09-05T13:30:00+07:00",
}
NO_DATES = ("", "hôm nay", "10:30", "31/02/2024", "13/13/2024", "0000-00-00", "5", "99/99/9999 x")


@pytest.mark.parametrize(("raw", "value"), FORMS.items())
def test_a_known_form_is_read(raw: str, value: str) -> None:
    """Each form gives its instant in the paper's zone, or its day."""
    moment = parse_date(raw, "DMY")
    assert moment is not None and moment.format(HANOI) == value


@pytest.mark.parametrize(("raw", "value"), AMERICAN.items())
def test_american_dates_are_read_in_their_order(raw: str, value: str) -> None:
    """Where the order is known, and by AM and PM where it is not; then the doubt stays."""
    known = parse_date(raw, "MDY")
    assert known is not None and known.format(HANOI) == value and known.other is None
    likely = parse_date(raw)
    assert likely is not None and likely.format(HANOI) == value and likely.other is not None


@pytest.mark.parametrize("raw", NO_DATES)
def test_what_is_no_date_gives_none(raw: str) -> None:
    """A time alone, a day that does not exist and plain words are no dates."""
    assert parse_date(raw) is None


def test_an_undecidable_order_says_so() -> None:
    """Without an order 8/1 has two readings; with one, or with a day over 12, one."""
    moment = parse_date("08/01/2026 10:02")
    assert moment is not None and {moment.day, moment.other} == {date(2026, 1, 8), date(2026, 8, 1)}
    for raw, order in (("08/01/2026", "DMY"), ("08/13/2026", None), ("08.01.2026", None)):
        decided = parse_date(raw, order)  # type: ignore[arg-type]
        assert decided is not None and decided.other is None, raw


def test_precision_is_what_the_page_wrote() -> None:
    """Seconds, minutes and days are told apart."""
    for raw, precision in (("1/2/2024 10:02:09", "second"), ("1/2/2024 10:02", "minute")):
        moment = parse_date(raw, "DMY")
        assert moment is not None and moment.precision == precision
    day = parse_date("2024-02-01")
    assert day is not None and day.precision == "day" and day.clock is None


def test_the_profiles_forms_come_first() -> None:
    """A strptime form of the profile reads what no general rule could."""
    assert parse_date("2024.31.12") is None
    moment = parse_formatted("2024.31.12", ("%Y.%d.%m",))
    assert moment is not None and moment.day == date(2024, 12, 31)


def test_dateparser_is_the_last_resort() -> None:
    """A form the house does not know is still read, in the order of the profile."""
    assert parse_date("3 lis 2026") is None
    moment = guess_date("3 Junie 2024", "af", "DMY")
    assert moment is not None and moment.day == date(2024, 6, 3)
    assert guess_date("no figures at all", "en", None) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2090, 1, 1)), st.integers(-720, 840))
def test_iso_dates_survive_the_way(instant: datetime, minutes: int) -> None:
    """What is written in RFC 3339 is read as the same instant."""
    zone = timezone(timedelta(minutes=minutes))
    stamped = instant.replace(microsecond=0, tzinfo=zone)
    moment = parse_date(stamped.isoformat())
    assert moment is not None
    assert datetime.fromisoformat(moment.format(HANOI)) == stamped


@given(st.text(max_size=80))
def test_no_text_makes_the_parser_raise(raw: str) -> None:
    """Any text is a date or none; what is read can be written down again."""
    moment = parse_date(raw)
    assert moment is None or date.fromisoformat(moment.format(HANOI)[:10])


def choose(*pairs: tuple[str, str]) -> tuple[Date | None, tuple[str, ...]]:
    """The date chosen among (source, raw) pairs."""
    return choose_date([Candidate(source, raw) for source, raw in pairs], HANOI)


def test_the_first_source_wins_and_says_so() -> None:
    """Value, precision, raw string and source are the first candidate's."""
    found, doubts = choose(("json-ld", "2026-02-04T08:15:00+07:00"), ("meta:date", "2026-02-04"))
    assert found == Date(
        "2026-02-04T08:15:00+07:00", "second", "2026-02-04T08:15:00+07:00", "json-ld"
    )
    assert doubts == ()


def test_a_bare_day_takes_its_time_from_a_later_source() -> None:
    """JSON-LD that knows the day only is made precise by meta of the same day."""
    found, _ = choose(("json-ld", "2026-02-04"), ("meta:date", "2026-02-04T08:15+07:00"))
    assert found is not None
    assert (found.value, found.source) == ("2026-02-04T08:15:00+07:00", "meta:date")


def test_another_source_decides_the_order() -> None:
    """M/D/Y in meta is read rightly where the page shows the same day in letters or D/M/Y."""
    for other in ("2026-01-08", "08/01/2026 10:02"):
        found, doubts = choose(("meta:x", "1/8/2026 10:02:01 AM"), ("seen", other))
        assert found is not None and found.value[:10] == "2026-01-08"
        assert doubts == ()


@pytest.mark.parametrize("written", ["11:25 [GMT+7]", "(GMT+7) 11:25", "11:25 | GMT+7 | Tin"])
def test_an_offset_in_any_brackets_is_an_offset(written: str) -> None:
    """Behind the time or before it, "GMT+7" is no UTC."""
    moment = parse_date(f"04/02/2026 {written}", "DMY")
    assert moment is not None and moment.format(HANOI) == "2026-02-04T11:25:00+07:00"


def test_a_language_has_its_order_and_english_none() -> None:
    """Vietnamese is written D/M, and English either way."""
    assert [find_order(one) for one in ("vi-VN", "vi", "fr", "en", None)] == [
        *("DMY", "DMY", "DMY"),
        *(None, None),
    ]


def test_a_language_against_am_and_pm_is_never_silent() -> None:
    """The language decides "05-02-2026 - 08:01 AM"; a warning says so unless a witness agrees."""
    seen = Candidate("seen", "05-02-2026 - 08:01 AM", "DMY", spoken=True)
    found, doubts = choose_date([seen], HANOI)
    assert found is not None and found.value == "2026-02-05T08:01:00+07:00"
    assert doubts and doubts[0].startswith("date-ambiguous") and "date_order" in doubts[0]
    assert choose_date([seen, Candidate(ADDRESS, "2026-02-05")], HANOI)[1] == ()


def test_an_undecided_order_is_a_warning() -> None:
    """Nothing on the page decides: a value, and both readings in the warning."""
    found, doubts = choose(("seen", "08/01/2026"))
    assert found is not None
    assert doubts and "2026-01-08" in doubts[0] and "2026-08-01" in doubts[0]


def test_sources_a_day_apart_agree_and_more_conflict() -> None:
    """UTC against the local day is one day; two days are a conflict that names both sources."""
    near = choose(("json-ld", "2026-02-04T23:30:00Z"), ("meta:date", "2026-02-04"))
    assert near[1] == ()
    _, doubts = choose(("json-ld", "2026-02-04"), ("meta:date", "2026-02-07"))
    assert len(doubts) == 1 and doubts[0].startswith("date-conflict: json-ld")


def test_the_address_is_believed_against_a_later_date() -> None:
    """A relaunch rewrites metadata, never addresses: the earlier day wins, and is a warning."""
    found, doubts = choose(("json-ld", "2019-06-17T18:28:00+0200"), (ADDRESS, "2017-07-12"))
    assert found is not None and (found.value, found.source) == ("2017-07-12", ADDRESS)
    assert doubts and doubts[0].startswith("date-conflict: url says 2017-07-12, json-ld 2019")
    found, doubts = choose(("json-ld", "2017-07-10"), (ADDRESS, "2017-07-12"))
    assert found is not None and found.source == "json-ld" and len(doubts) == 1


def test_a_profiles_date_is_surer_than_the_address() -> None:
    """What the profile names stays, and the difference is said."""
    found, doubts = choose(("profile:date", "2019-06-17"), (ADDRESS, "2017-07-12"))
    assert found is not None and found.source == "profile:date" and len(doubts) == 1


def test_a_date_in_utc_of_an_unknown_clock_is_the_day_of_the_address() -> None:
    """02:18Z on the 18th is the 17th in Florida, says the address; the time is in the warning."""
    pairs = [Candidate("json-ld", "2020-02-18T02:18:11Z"), Candidate(ADDRESS, "2020-02-17")]
    found, doubts = choose_date(pairs, UTC)
    assert found is not None and (found.value, found.precision) == ("2020-02-17", "day")
    assert doubts[0].startswith("date-offset") and "timezone" in doubts[0]
    found, doubts = choose_date(pairs, ZoneInfo("America/New_York"))
    assert found is not None and found.value == "2020-02-17T21:18:11-05:00" and doubts == ()


def test_a_country_of_one_clock_gives_the_zone() -> None:
    """.vn and .at have one clock, .com and .us none or several."""
    assert find_zone("baovidu.vn") == HANOI and find_zone("example.at") == ZoneInfo("Europe/Vienna")
    assert find_zone("example.com") is None and find_zone("") is None


def test_a_language_of_one_country_gives_the_zone() -> None:
    """Vietnamese and Czech are, English and Spanish are not."""
    assert find_spoken_zone("vi-VN") == HANOI and find_spoken_zone("vi") == HANOI
    assert find_spoken_zone("cs_CZ") == ZoneInfo("Europe/Prague")
    assert find_spoken_zone("es") is None and find_spoken_zone(None) is None


def test_a_vietnamese_page_of_an_unknown_paper_keeps_hanois_time() -> None:
    """Its title is Vietnamese, whatever its html says; the source of the offset is told."""
    head = "<title>Đồng bào vùng cao đón năm học mới</title>"
    shown = f"<h1>Đồng bào vùng cao đón năm học mới</h1><p class=date>21/12/2012 15:20</p>{STORY}"
    page = wrap(shown, head).replace("lang=vi", "lang=en-us")
    article = find_article(page, url="https://paper.example/a-123.html")
    assert article.published is not None and article.published.value == "2012-12-21T15:20:00+07:00"
    assert article.sources["offset"] == "the language"


def test_the_page_shows_its_own_clock() -> None:
    """The same minute in local time gives the offset; another minute does not."""
    instant = datetime(2020, 2, 18, 2, 18, 11, tzinfo=UTC)
    for shown, hours in (("February 17, 2020 9:18 pm", -5), ("18.02.2020 09:18", 7)):
        moment = parse_date(shown)
        assert moment is not None
        assert infer_offset(instant, [moment]) == timezone(timedelta(hours=hours))
    for shown in ("February 17, 2020 9:20 pm", "February 17, 2020", "2020-02-18T02:18:11Z"):
        moment = parse_date(shown)
        assert moment is not None and infer_offset(instant, [moment]) is None


def test_a_date_after_the_capture_is_a_warning() -> None:
    """Tomorrow is a time zone, the day after tomorrow is a warning."""
    captured = datetime(2026, 2, 4, 12, tzinfo=UTC)
    for day, count in (("2026-02-05", 0), ("2026-02-06", 1)):
        article = Article("t", "x", published=Date(day, "day", day, "json-ld"))
        assert len(find_future(article, captured)) == count


COMMENTS = (
    '<div class="{}"><div><b>Minh K.</b> <span>22/11/2026 09:15</span><p>Bài hay lắm.</p></div>'
    '<article><time datetime="2026-11-22T09:15:00+07:00">22/11/2026 09:15</time></article></div>'
)


@pytest.mark.parametrize("names", ["binh-luan", "yorumlar", "wp-block-comments", "comentarios"])
@pytest.mark.parametrize(
    "line",
    [
        '<div class="tt">Eklenme : 19.11.2026 13:32 &nbsp; Güncelleme : 20.11.2026 15:32 &nbsp; '
        "Okunma : 3126 kez okundu</div>",
        '<div class="tt">Thứ Năm ngày 19 tháng 11 năm 2026 | 13 giờ 32 phút</div>',
    ],
)
def test_a_readers_comment_dates_nothing(names: str, line: str) -> None:
    """What stands among the comments is its writer's date, in a time element or near the headline;
    the article's own stands before another one on its line, or has its hour in words."""
    page = f"<main><h1>Cầu mới ở bản Hạ</h1>{line}{STORY}{COMMENTS.format(names)}</main>"
    found = find_article(wrap(page)).published
    assert found is not None and found.value.startswith("2026-11-19T13:32")


def test_a_date_beside_another_articles_headline_is_not_the_pages() -> None:
    """A box of what others read may stand near the headline, with dates of its own; an author's
    link in the line of the date says nothing."""
    box = '<div><a href="/khac-post9.html">ฝายชะลอน้ำในอำเภอเวียงสา เปิดใช้</a> <small>{}</small></div>'
    own = '<p><a href="/tac-gia/pan">Lò Văn Pản</a> 20/11/2026 02:28</p>'
    body = f"<h1>Cầu mới ở bản Hạ</h1>{box.format('29/10/2026 02:59')}{own}{STORY}"
    found = find_article(wrap(f"<main>{body}</main>")).published
    assert found is not None and found.value.startswith("2026-11-20T02:28")


def test_lines_that_share_a_cell_are_told_by_their_own_links() -> None:
    """Clock, headline, date line, text and related links in cells, parted by BR alone."""
    links = '<a href="/in?a=9">bản để in ra giấy</a> | <a href="/anh9">ảnh của bài</a>'
    line = f"<br><font size=1>20/11/2026 02:28 | Lò Văn Pản | {links}</font><br>"
    more = '<a href="/khac-post9.html">Đập ngăn nước ở huyện Mường Và đã dùng được</a>'
    text = "<br><br>".join(f"Câu {n} nói về cây cầu mới ở bản Hạ." * 3 for n in range(4))
    cell = f"<font size=5><b>Cầu mới ở bản Hạ</b></font>{line}{text}<br>{more}"
    page = f"<table><tr><td>Hôm nay 23/11/2026</td></tr><tr><td>{cell}</td></tr></table>"
    found = find_article(wrap(page, "<title>Cầu mới ở bản Hạ</title>")).published
    assert found is not None and found.value.startswith("2026-11-20T02:28")


def test_a_line_beside_the_headline_is_no_menu_whatever_its_class() -> None:
    """Number, date and print button right above it in an element called a nav; the page's own
    clock stands in another part."""
    line = '<div class="news_nav"><b>Mã:</b> 219329 <b>Ngày đăng:</b> 13:35 - 20/11/2026</div>'
    clock = '<div class="top"><div class="nav">14:10 - 23/11/2026</div></div>'
    page = f"{clock}<div class=c>{line}<h1>Cầu mới ở bản Hạ</h1>{STORY}</div>"
    found = find_article(wrap(page)).published
    assert found is not None and found.value.startswith("2026-11-20T13:35")


def test_words_that_were_just_read_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a page's fifteen questions half are for words asked before; the order is part of them."""
    read_moment.cache_clear()
    asked: list[str] = []
    find = dates._find_day

    def count(text: str, order: dates.Order | None) -> object:
        asked.append(text)
        return find(text, order)

    monkeypatch.setattr(dates, "_find_day", count)
    first = parse_date("Published 3/4/2026,  10:15", "DMY")
    assert parse_date("Published 3/4/2026, 10:15 ", "DMY") == first and len(asked) == 1
    assert parse_date("Published 3/4/2026, 10:15", "MDY") != first and len(asked) == 2

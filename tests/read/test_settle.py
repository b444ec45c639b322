"""What a text itself shows: its language, and the date line at its head."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read import tongue
from crawler.read.tongue import guess_language
from tests.read.samples import TEXT
from tests.read.test_article import STORY, find_article, read_page, wrap

TEXTS = {
    "vi": TEXT,
    "en": "The bridge was opened for the people of the town, and it is said that with it came "
    "the end of a long wait. It was on this day that the first of the cars and the last of the "
    "boats met at the river, for which the mayor had asked. ",
    "de": "Die Brücke ist nach drei Jahren für den Verkehr geöffnet, und der Bürgermeister sprach "
    "von einem Tag, den die Stadt nicht vergessen werde. Es ist das erste Mal, dass sich die "
    "Orte auf beiden Seiten mit einem Weg von wenigen Minuten erreichen. ",
    "fr": "Le pont est ouvert depuis ce matin pour les habitants de la ville, et le maire a dit "
    "que cette journée est une fête pour tous ceux qui ont attendu. Les deux rives ne sont plus "
    "séparées par des heures de route dans la vallée. ",
    "ja": "橋は今朝から市民に開放されました。市長は長い間待って"
    "いた人々にとって今日は祝いの日だと述べました。" * 8,
    "ko": "다리는 오늘 아침부터 시민들에게 개방되었습니다 시장"
    "은 오랫동안 기다려온 사람들에게 축제의 날이라고 말했습니다" * 6,
    "bg": "Мостът е отворен за жителите на града от тази сутрин и кметът каза, че денят е празник "
    "за всички, които са чакали. Двата бряга вече не са разделени от часове път през долината. "
    * 2,
    "sr": "Мост је од јутрос отворен за становнике града и градоначелник је рекао да је дан "
    "празник за све који су чекали. Две обале више нису раздвојене сатима пута кроз долину њихову. "
    * 2,
    "be": "Мост адкрыты для жыхароў горада з сённяшняй раніцы, і мэр сказаў, што гэты дзень стаў "
    "святам для ўсіх, хто чакаў. Два берагі больш не падзелены гадзінамі шляху па даліне. " * 2,
    "ru": "Мост открыт для жителей города с сегодняшнего утра, и мэр сказал, что этот день стал "
    "праздником для всех, кто ждал. Два берега больше не разделены часами пути по долине. " * 2,
}


@pytest.mark.parametrize("tag", TEXTS)
def test_a_text_shows_its_language(tag: str) -> None:
    """Scripts, syllables and small words tell a text of some length."""
    assert guess_language(TEXTS[tag]) == tag


def test_letters_of_other_scripts_are_told_from_latin_ones() -> None:
    """Every letter that a script or Cyrillic is counted by sends the text to be counted."""
    counted = [*(script for _, script, _ in tongue._SCRIPTS), tongue._CYRILLIC]
    letters = "".join(map(chr, range(0x250, 0xD800)))
    assert all(tongue._OTHER.match(letter) for one in counted for letter in one.findall(letters))
    assert not tongue._OTHER.search("".join(map(chr, range(0x1E00, 0x2100))))  # Vietnamese


def test_a_short_or_mixed_text_shows_none() -> None:
    """Of a headline, of figures and of two languages in halves nothing is said."""
    assert guess_language("Die Brücke ist offen") is None
    assert guess_language("12 345 67,8 " * 90) is None
    assert guess_language("") is None


@given(st.text(max_size=500))
def test_any_text_has_a_language_or_none(text: str) -> None:
    """Nothing raises, and the answer is a bare tag."""
    found = guess_language(text)
    assert found is None or (len(found) == 2 and found.islower())


def test_a_wrongly_declared_language_is_corrected_and_said() -> None:
    """A template's lang=en-us over a Vietnamese text: the text is right."""
    page = wrap(f"<h1>Khởi công tuyến đường</h1>{STORY}").replace("lang=vi", "lang=en-us")
    article, warnings = read_page(page)
    assert article is not None and article.language == "vi"
    assert article.sources["language"] == "text"
    assert "language-differs: html:lang says en-us, the text is vi" in warnings


def test_a_declared_region_is_kept() -> None:
    """vi-VN is Vietnamese: what the page declares stays as it is declared."""
    page = wrap(f"<h1>Khởi công tuyến đường</h1>{STORY}").replace("lang=vi", "lang=vi-VN")
    assert find_article(page).language == "vi-VN"


def test_a_caption_with_a_day_dates_nothing() -> None:
    """A line that is mostly words is no date line, whatever day it mentions."""
    note = "<p>Cảnh xây dựng ở bờ bắc con sông lớn trong buổi sáng ngày 24/04/2023</p>"
    day = "<p>Thứ năm, 27/04/2023 10:18</p>"
    article = find_article(wrap(f"<h1>Khởi công tuyến đường</h1>{note}{day}{STORY}"))
    assert article.published is not None
    assert article.published.value.startswith("2023-04-27T10:18:00")


def test_a_labelled_date_far_below_is_no_guess() -> None:
    """ "Datum 28.04.2023" in a box at the end is a source, and no warning stands."""
    page = wrap(f"<h1>Khởi công tuyến đường</h1>{STORY * 8}<ul><li>Datum 28.04.2023</li></ul>")
    article, warnings = read_page(page)
    assert article is not None and article.published is not None
    assert (article.published.value, article.published.source) == ("2023-04-28", "labelled")
    assert not [words for words in warnings if words.startswith("date-guessed")]

"""Authors behind a label, whatever language it is of, and what stands behind other labels."""

from __future__ import annotations

import pytest

from tests.read.test_article import STORY, find_article, make_site, wrap

HEAD = "<h1>Η γέφυρα άνοιξε χθες το μεσημέρι</h1>"
LABELLED = {
    "<p><span>Γράφει: Ελένη Σαμαρά</span> <span>20 Νοεμβρίου 2026 | 03:27</span></p>": (
        "Ελένη Σαμαρά"),
    "<div><span>เผยแพร่: 20 พ.ย. 2569 02:28 น.</span> <span>โดย: มาลัย จันทร์เพ็ญ</span></div>": (
        "มาลัย จันทร์เพ็ญ"),
    "<p><span>19 نوفمبر 2026</span> <span>كتب: ليلى السنانية</span> <i>المشاهدات: 228</i></p>": (
        "ليلى السنانية"),
    "<dl><dt>द्वारा</dt><dd>अंकित शुक्ला</dd><dt>प्रकाशित</dt><dd>19 नवंबर 2026</dd></dl>": (
        "अंकित शुक्ला"),
    "<p>Автор: <b>Анна Смирнова</b></p>": "Анна Смирнова",
    "<p>Eklenme: 20.11.2026 14:05 | Muhabir: Müge Dağ | Okunma: 312</p>": "Müge Dağ",
    "<p><b>Por:</b> Éder Kaufmann</p>": "Éder Kaufmann",
    "<p>Foto: Éder Kaufmann</p>": "",
    "<p>Text: groß / klein</p>": "",
    "<p>De: 10h às 18h</p>": "",
    "<div class=comment><p>Автор: <b>Анна Смирнова</b></p></div>": "",
}  # fmt: skip


@pytest.mark.parametrize("shown", LABELLED)
def test_names_behind_a_label_are_the_authors(shown: str) -> None:
    """In an element, a part of a line or the next cell; photographers, sizes and hours are none."""
    article = find_article(wrap(f"{HEAD}{shown}{STORY}"))
    assert article.authors == ((LABELLED[shown],) if LABELLED[shown] else ())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mwandishi: Neema Mushi", ("Neema Mushi",)),
        ("Łukasz Kot, Kinga Zięba, środa, 18 listopada 2026 r., godz. 03:18", (
            "Łukasz Kot", "Kinga Zięba")),
        ("Publié le 13 novembre 2026 à 15h18, par Claire Sourdeau", ("Claire Sourdeau",)),
        ("علي الزبيدي، سارة العيداني", ("علي الزبيدي", "سارة العيداني")),
        ("Ảnh: Thanh Sơn", ()),
    ],
)  # fmt: skip
def test_what_a_profile_names_is_read_without_label_and_date(
    line: str, names: tuple[str, ...]
) -> None:
    """A learned selector leads to the line as the paper writes it."""
    page = wrap(f"{HEAD}<p class=who>{line}</p>{STORY}")
    assert find_article(page, make_site('author = ".who"')).authors == names


def test_who_comments_is_no_author() -> None:
    """A short article's comments stand within the lines below its headline."""
    talk = "<div class=comments><p class=comment-author>Fredy Huamán</p><p>Muy bien.</p></div>"
    line = "<p class=byline>Edson Ticona</p>"
    assert find_article(wrap(f"{HEAD}{line}{STORY}{talk}")).authors == ("Edson Ticona",)
    assert find_article(wrap(f"{HEAD}{STORY}{talk}")).authors == ()

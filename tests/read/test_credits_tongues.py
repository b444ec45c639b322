"""Authors, agencies and tags on pages of no known system, in languages with other habits."""

from __future__ import annotations

import pytest

from tests.read.test_article import find_article, make_site, wrap

WORDS = {
    "cs": "Na návsi se sešlo několik desítek obyvatel, kteří se přišli zeptat, kdy bude most.",
    "el": "Οι κάτοικοι του χωριού περιμένουν εδώ και χρόνια να ανοίξει η νέα γέφυρα για όλους.",
    "hi": "गाँव के लोग कई साल से नए पुल का इंतज़ार कर रहे हैं और अब सरपंच ने कहा है कि काम शुरू होगा।",
    "nl": "De bewoners van het dorp wachten al jaren op de nieuwe brug over de brede rivier.",
    "ro": "Locuitorii satului așteaptă de ani de zile noul pod peste râu, iar primarul promite.",
    "km": "អ្នកភូមិរង់ចាំស្ពានថ្មីឆ្លងទន្លេជាច្រើនឆ្នាំមកហើយ ហើយមេឃុំនិយាយថាការងារនឹងចាប់ផ្តើមនៅរដូវក្រោយ។",
}
CARD = (
    '<div><h3><a href="/x/9">Een andere kop van een ander stuk</a></h3><p class="author">Piet Bos'
    "</p></div>"
)
PAGES = [
    ("cs", "<p><time>12. 11. 2026 8:05</time> <span>čtvrtek</span></p>", "<p>Zdroj: ČTK</p>"
     "<div><b>Témata</b><a href=/t/1>most</a><a href=/t/2>řeka</a></div>",
     (), "ČTK", ("most", "řeka")),
    ("cs", "<p>12. 11. 2026 8:05 | Autor: Jana Nová, ČTK</p>", "", ("Jana Nová",), "ČTK", ()),
    ("el", "<p>12 Νοεμβρίου 2026</p>", "<p>ΠΗΓΗ: ΑΠΕ-ΜΠΕ</p>", (), "ΑΠΕ-ΜΠΕ", ()),
    ("hi", "<p>12 नवंबर 2026</p><p>लेखक: अनीता देवी</p>", "<p>विषय: पुल, गाँव</p>",
     ("अनीता देवी",), None, ("पुल", "गाँव")),
    ("hi", "<p>12 नवंबर 2026</p>", "<div>स्रोत: पीटीआई</div>", (), "पीटीआई", ()),
    ("nl", "<p>donderdag 12 november 2026 <span>Redactie</span></p>",
     f'{CARD}<div class="trefwoorden"><a href=/d/1>brug</a><a href=/d/2>dorp</a></div>',
     (), None, ("brug", "dorp")),
    ("ro", "<p class=author>Ioana Rusu</p><p>joi, 12 noiembrie 2026</p>",
     "<p>Etichete: <a href=/e/1>pod</a> <a href=/e/2>sat</a></p>",
     ("Ioana Rusu",), None, ("pod", "sat")),
    ("ro", "<p>joi, 12 noiembrie 2026</p>", "<p><em>Sursa: Agerpres</em></p>", (), "Agerpres", ()),
    ("km", "<p>12 វិច្ឆិកា 2026</p><p>ដោយ៖ សុខ ចាន់ធី</p>", "", ("សុខ ចាន់ធី",), None, ()),
]  # fmt: skip


@pytest.mark.parametrize(("tongue", "above", "below", "authors", "agency", "tags"), PAGES)
def test_credits_of_papers_of_other_habits(
    tongue: str,
    above: str,
    below: str,
    authors: tuple[str, ...],
    agency: str | None,
    tags: tuple[str, ...],
) -> None:
    """Labels with another script's colon, sources in capitals, days and desks beside dates."""
    text = "".join(f"<p>{n}. {WORDS[tongue]}</p>" for n in range(5))
    page = wrap(f"<h1>{WORDS[tongue][:40]}</h1>{above}{text}{below}")
    found = find_article(page.replace("lang=vi", f"lang={tongue}"), make_site("", tongue))
    assert (found.authors, found.agency, found.tags) == (authors, agency, tags)

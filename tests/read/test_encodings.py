"""A page says the same in every form of its bytes, or it is flagged: never garbage in silence."""

from __future__ import annotations

import gzip
from collections import Counter

import pytest

from archive.records import Reading
from crawler.read.decode import decode
from crawler.read.reader import read
from spiders.profile import load
from spiders.site import Site
from tests.read.foreign import foreign
from tests.read.forms import Form, fold, refer, vietnamese, write_page
from tests.read.samples import HOME, make_page
from tests.scorecard.plugin import Tally
from tests.shared import SHARED

VIETNAMESE = vietnamese()
FOREIGN = foreign()
FAMILIES = sorted({name.partition(":")[0] for name in VIETNAMESE})


def read_form(form: Form) -> Reading:
    """Read a form as an article of a paper in its language."""
    profile = f'home = "{HOME}"\ndomains = ["bao.example.vn"]\nlanguage = "{form.language}"\n'
    site = Site("bao", load(profile + "[walk]\narticle = ['-post(?P<id>\\d+)\\.html$']\n"))
    fields = {"content_type": form.content_type} if form.content_type else {}
    return read(make_page(form.data, **fields), site)


def judge(form: Form, reading: Reading) -> str:
    """Return "exact", "flagged" or "garbage"."""
    article = reading.article
    if article is not None and fold(article.title) == fold(form.title):
        lines = [fold(line) for line in f"{article.lead or ''}\n{article.text}".split("\n")]
        wanted = [fold(text) for text in form.paragraphs]
        held = "\n".join(wanted)
        if all(line in held for line in lines) and len("".join(lines)) > len(held) * 0.7:
            return "exact"
    flagged = any(words.startswith("charset-suspect") for words in reading.warnings)
    return "flagged" if flagged or article is None else "garbage"


@pytest.mark.row(15)
@pytest.mark.parametrize("family", FAMILIES)
def test_vietnamese_is_read_or_flagged(family: str, tally: Tally) -> None:
    """Each encoding as bytes, as letters, as references, declared rightly, wrongly and not at
    all, whole and in parts of a page: the title and the text come out exactly, or are flagged."""
    verdicts = {
        name: judge(form, read_form(form))
        for name, form in VIETNAMESE.items()
        if name.startswith(f"{family}:")
    }
    counts = Counter(verdicts.values())
    tally(
        forms=len(verdicts),
        exact=counts["exact"],
        flagged=counts["flagged"],
        garbage=counts["garbage"],
    )
    assert [name for name, verdict in verdicts.items() if verdict == "garbage"] == []
    if family not in ("lost", "tcvn3", "twice", "utf-8"):
        flagged = [name for name, verdict in verdicts.items() if verdict == "flagged"]
        assert flagged == [], "what can be read is read"


@pytest.mark.parametrize("name", [n for n in VIETNAMESE if n.startswith("tcvn3")])
def test_tcvn3_is_exact_but_for_capitals(name: str) -> None:
    """TCVN3 comes out right in every form but for a name's capital, which it cannot write."""
    form = VIETNAMESE[name]
    decoded = decode(form.data, content_type=form.content_type, language="vi")
    text = fold(decoded.text).lower()
    assert all(fold(one).lower() in text for one in (form.title, *form.paragraphs))


def test_fonts_of_capitals_are_read() -> None:
    """What stands in a font of capitals (.VnTimeH) is read in capitals, tags within included."""
    from tests.read.encodings import spell

    title = "đổi mới cách nghĩ"
    page = write_page().replace(
        "<article>", f'<article><p><font face=".VnTimeH" size="3">{title} <b>ở bản</b></font></p>'
    )
    decoded = decode(spell(page, "tcvn3"), content_type="text/html; charset=iso-8859-1")
    assert f">{title.upper()} <b>Ở BẢN</b></font>" in decoded.text


@pytest.mark.row(15)
@pytest.mark.parametrize("language", sorted({name.partition(" ")[0] for name in FOREIGN}))
def test_other_languages_are_read_or_flagged(language: str, tally: Tally) -> None:
    """Other languages in their charsets: exact where declared or named, else exact or flagged."""
    verdicts: dict[str, str] = {}
    wrongly: list[str] = []
    for name, form in FOREIGN.items():
        if not name.startswith(f"{language} "):
            continue
        told = form.language if "no language" not in name and "neither" not in name else None
        decoded = decode(form.data, content_type=form.content_type, language=told)
        text = fold(decoded.text)
        exact = all(fold(one) in text for one in (form.title, *form.paragraphs))
        flags = [words for words in decoded.warnings if words.startswith("charset-suspect")]
        verdict = "exact" if exact else "flagged" if flags else "garbage"
        verdicts[name] = verdict
        if name.endswith((": header", ": meta")) and (flags or not exact):
            wrongly.append(name)
    counts = Counter(verdicts.values())
    tally(
        forms=len(verdicts),
        exact=counts["exact"],
        flagged=counts["flagged"],
        garbage=counts["garbage"],
    )
    assert [name for name, verdict in verdicts.items() if verdict == "garbage"] == []
    assert wrongly == [], "declared, but not believed"


@pytest.mark.skipif(not SHARED.is_dir(), reason="no corpora: set KHOBAO_SHARED")
@pytest.mark.parametrize(
    "step", [12, pytest.param(1, marks=[pytest.mark.slow, pytest.mark.timeout(600)])]
)
def test_sound_pages_are_not_flagged(step: int) -> None:
    """Of 929 pages of eight corpora (a twelfth in the quick form) only those are flagged that are
    damaged themselves: 9, in which every flag was looked at."""
    damaged = ("1_1.html", "blog2_1", "Rzeczpospolita_2026_04_19", "TheSun_2024_04_22")
    damaged += ("1781170231", "mandarinen", "rinderleber", "mandelpl", "schafskunde", "ebay")
    files = sorted(p for p in (SHARED / "pages").rglob("*") if p.suffix in (".gz", ".html"))
    for path in files[::step]:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        flags = [w for w in decode(data).warnings if w.startswith("charset-suspect")]
        assert not flags or any(word in path.name for word in damaged), (path.name, flags)


@pytest.mark.parametrize("kind", ["dec", "hex", "named"])
def test_references_change_nothing_in_sound_text(kind: str) -> None:
    """References to letters are those letters; markup's own stay as they are."""
    text = refer("Bà <b> & \xa0nói", kind).replace("<b>", "&lt;b&gt;").replace(" & ", " &amp; ")
    assert decode(text.encode()).text.startswith("Bà &lt;b&gt; &amp; &")

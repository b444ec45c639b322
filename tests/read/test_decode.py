"""Bytes become the right text, or text with a flag; never wrong text without one."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable
from types import SimpleNamespace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read import pieces, relics, vietnamese
from crawler.read.decode import decode
from tests.read.samples import LOWER, TEXT, to_cp1258, to_single, wrap

LATIN1 = "text/html; charset=iso-8859-1"
PAGE = wrap(TEXT)

EXACT = {
    "utf-8": (PAGE.encode(), None),
    "utf-8 with mark": (b"\xef\xbb\xbf" + PAGE.encode(), None),
    "utf-8, header says latin-1": (PAGE.encode(), LATIN1),
    "utf-8, meta says windows-1258": (
        wrap(TEXT, '<meta charset="windows-1258">').encode(),
        None,
    ),
    "nfd": (unicodedata.normalize("NFD", PAGE).encode(), None),
    "utf-16 little-endian with mark": (b"\xff\xfe" + PAGE.encode("utf-16-le"), None),
    "utf-16 big-endian without mark": (PAGE.encode("utf-16-be"), None),
    "utf-16 declared utf-8": (PAGE.encode("utf-16-le"), "text/html; charset=utf-8"),
    "windows-1258": (to_cp1258(PAGE), "text/html; charset=windows-1258"),
    "windows-1258 declared latin-1": (to_cp1258(PAGE), LATIN1),
    "windows-1258 undeclared": (to_cp1258(PAGE), None),
    "windows-1258 within utf-8": (to_cp1258(PAGE).decode("latin-1").encode(), None),
    "tcvn": (to_single(PAGE, "tcvn"), LATIN1),
    "viscii": (to_single(PAGE, "viscii"), "text/html; charset=viscii"),
    "viscii declared latin-1": (to_single(PAGE, "viscii"), LATIN1),
    "viscii within utf-8": (to_single(PAGE, "viscii").decode("latin-1").encode(), None),
    "vni": (to_single(PAGE, "vni"), LATIN1),
    "vni within utf-8": (vietnamese.latin(to_single(PAGE, "vni")).encode(), None),
    "utf-8 twice by latin-1": (PAGE.encode().decode("latin-1").encode(), None),
    "utf-8 twice by windows-1252": (vietnamese.latin(PAGE.encode()).encode(), None),
    "utf-8 three times": (
        vietnamese.latin(vietnamese.latin(PAGE.encode()).encode()).encode(),
        None,
    ),
}
WARNED = {name for name in EXACT if name not in {"utf-8", "utf-8 with mark", "nfd"}} - {
    "utf-16 little-endian with mark",
    "utf-16 big-endian without mark",
}


@pytest.mark.parametrize("name", EXACT)
def test_encodings_of_one_text(name: str) -> None:
    """The same Vietnamese text comes out of every encoding, character by character."""
    data, content_type = EXACT[name]
    assert TEXT in decode(data, content_type=content_type, language="vi").text


@pytest.mark.parametrize("name", sorted(WARNED))
def test_departures_are_said(name: str) -> None:
    """Reading against a declaration, converting and repairing leave a warning."""
    data, content_type = EXACT[name]
    assert decode(data, content_type=content_type, language="vi").warnings


@pytest.mark.parametrize("within_utf8", [False, True])
def test_tcvn3_comes_out_in_small_letters(within_utf8: bool) -> None:
    """TCVN3 is read exactly but for the capitals that it does not have."""
    data = to_single(wrap(LOWER), "tcvn3")
    data = vietnamese.latin(data).encode() if within_utf8 else data
    decoded = decode(data, content_type=LATIN1 if not within_utf8 else None)
    assert LOWER in decoded.text.lower()  # a sentence's first letter is made a capital
    assert decoded.charset.startswith("tcvn3")


@pytest.mark.parametrize(
    ("convert", "spelled", "meant"),
    [
        (
            vietnamese.from_vni,
            "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
            "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        ),
        (
            vietnamese.from_tcvn3,
            "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc",
            "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        ),
        (
            vietnamese.from_viscii,
            "Cµng hòa xã hµi chü nghîa Vi®t Nam, \u00d0µc l§p - Tñ do - HÕnh phúc",
            "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc",
        ),
        (vietnamese.from_cp1258, "Viêòt Nam, ngýõÌi", "Việt Nam, người"),
    ],
)
def test_tables_against_known_spellings(
    convert: Callable[[str], str], spelled: str, meant: str
) -> None:
    """The tables agree with the national motto as every converter's manual prints it."""
    assert convert(spelled) == meant


SAMPLES = {
    "tcvn3": to_single(LOWER, "tcvn3"),
    "viscii": to_single(TEXT, "viscii"),
    "vni": to_single(TEXT, "vni"),
    "windows-1258": to_cp1258(TEXT),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_syllables_tell_the_tables_apart(name: str) -> None:
    """Under its own table all words of a text are syllables, under another at most 60 %."""
    latin = vietnamese.latin(SAMPLES[name])
    for other, convert in vietnamese.CONVERSIONS.items():
        words = [word for word in re.findall(r"[^\W\d_]+", convert(latin)) if not word.isascii()]
        if other == name or {other, name} == {"tcvn", "tcvn3"}:
            assert vietnamese.score(words) > 0.97
        else:
            assert vietnamese.score(words) <= 0.6


@pytest.mark.parametrize("seed", range(8))
def test_an_encoding_nobody_knows_is_flagged(seed: int) -> None:
    """Letters on codes that no table has are flagged, not turned into other letters."""
    letters = sorted({letter for letter in TEXT if not letter.isascii()})
    codes = random.Random(seed).sample(range(0xA1, 0x100), len(letters))
    table = str.maketrans(dict(zip(letters, map(chr, codes), strict=True)))
    decoded = decode(PAGE.translate(table).encode("latin-1"), content_type=LATIN1, language="vi")
    assert any(words.startswith("charset-suspect") for words in decoded.warnings)


LOST = {
    "question marks": PAGE.encode("ascii", "replace"),
    "latin-1 with question marks": PAGE.encode("latin-1", "replace"),
    "accents stripped": unicodedata.normalize("NFD", PAGE).encode("ascii", "ignore"),
    "utf-7": PAGE.encode("utf-7"),
    "utf-8 with letters cut": PAGE.encode().replace("đ".encode(), b"\xc4"),
    "utf-8 read as windows-1258, written again": PAGE.encode().decode("cp1258", "replace").encode(),
    "no-break spaces of mojibake lost": vietnamese.latin(PAGE.encode())
    .replace("\xa0", " ")
    .encode(),
    "replacement characters": PAGE.replace("ế", "\ufffd").replace("ờ", "\ufffd").encode(),
    "vps": PAGE.encode("cp1258", "replace"),
}


@pytest.mark.parametrize("name", LOST)
def test_lost_text_is_flagged(name: str) -> None:
    """Text that cannot be had back is flagged charset-suspect."""
    decoded = decode(LOST[name], language="vi")
    assert any(words.startswith("charset-suspect") for words in decoded.warnings)


WESTERN, CENTRAL, TURKISH = ("utf-8", "cp1252"), ("utf-8", "cp1250"), ("utf-8", "cp1254")


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        ("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich; schöne Grüße", WESTERN),
        ("L'été où Noël tombe à côté, « déjà vu » près du château, CAFÉ» et À»", WESTERN),
        ("A ação do NÃO» em São João, coração, pão, mães e avós às três", WESTERN),
        ("Příliš žluťoučký kůň úpěl ďábelské ódy", CENTRAL),
        ("Zażółć gęślą jaźń, świętość, łódź, żółw", CENTRAL),
        ("Árvíztűrő tükörfúrógép, őszi gyűjtés", CENTRAL),
        ("Çocuğun gözü ağrıyor; şöyle böyle ısınıyor", TURKISH),
    ],
)
def test_other_languages_are_left_alone(text: str, codecs: tuple[str, ...]) -> None:
    """Nothing is converted or repaired in text of other languages."""
    for codec in codecs:
        decoded = decode(text.encode(codec), content_type=f"text/html; charset={codec}")
        assert decoded.text == text
        assert decoded.warnings == ()


def test_legacy_french_page_declared_wrong_in_header() -> None:
    """Windows-1252 bytes under a header that says UTF-8 are read by their meta."""
    data = wrap("l'été déjà", '<meta charset="iso-8859-1">').encode("cp1252")
    decoded = decode(data, content_type="text/html; charset=utf-8")
    assert "l'été déjà" in decoded.text
    assert any(words.startswith("charset-mismatch: header") for words in decoded.warnings)


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("shift_jis", "地方新聞の記事です。"),
        ("gb18030", "地方报纸的文章。"),
        ("euc_kr", "지방 신문"),
    ],
)
def test_declared_east_asian_charsets(codec: str, text: str) -> None:
    """A declared multi-byte charset is believed where the bytes obey it."""
    decoded = decode(wrap(text).encode(codec), content_type=f"text/html; charset={codec}")
    assert text in decoded.text


def test_addresses_keep_their_spelling() -> None:
    """NFC is for words: an address in NFD is the server's own spelling."""
    slug = unicodedata.normalize("NFD", "/bản-tin.html")
    page = unicodedata.normalize("NFD", f'<a href="{slug}" title="bản tin">bản tin</a>')
    text = decode(page.encode()).text
    assert f'href="{slug}"' in text
    assert 'title="bản tin">bản tin<' in text


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("<a HREF = '/bản-tin'>", True),
        ("<img srcset=/bản-tin>", True),
        ('<img data-lazy-src="/bản-tin">', True),
        ('<form action="/bản-tin">', True),
        ('"url":"https:\\/\\/a.test\\/bản-tin"', True),
        ("HTTP://a.test/bản-tin", True),
        ('<p xhref="/bản-tin">', False),
        ('<p title="/bản-tin">', False),
        ("ttps://a.test/bản-tin", False),
    ],
)
def test_addresses_are_found_in_every_spelling(form: str, kept: bool) -> None:
    """An address is known by its attribute or its scheme, in any case, whole words only; words
    around it are put in order, be they many."""
    apart = unicodedata.normalize("NFD", form)
    many = unicodedata.normalize("NFD", " ".join(f"tiếng{number}" for number in range(20)))
    text = decode(f"<p>{many}</p> {apart} <p>{many}</p>".encode()).text
    assert (apart in text) is kept
    assert (form in text) is not kept
    assert many not in text


def test_a_word_is_put_in_order_where_it_stands_alone() -> None:
    """One odd word is replaced as a whole, never as a part of another."""
    odd = unicodedata.normalize("NFD", "tiếng")
    assert relics.normalise(f"{odd} {odd}x x{odd} {odd}", odd) == f"tiếng {odd}x x{odd} tiếng"


def test_pages_without_utf8_are_not_cut_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a page has letters in UTF-8 at all is asked of its bytes as one."""

    def cut(data: bytes) -> list[bytes]:
        raise AssertionError(data)

    monkeypatch.setattr(pieces, "_EDGE_BYTES", SimpleNamespace(split=cut))
    page = '<meta charset="iso-8859-1"><p>Élève à Évian</p>'
    assert decode(page.encode("cp1252")).text == page


def test_cut_within_a_letter_is_still_utf8() -> None:
    """A body cut in the middle of a letter is UTF-8 up to there."""
    data = PAGE.encode()
    cut = data.index("ử".encode()) + 1
    assert decode(data[:cut]).charset == "utf-8"


def test_profile_encoding_beats_the_header() -> None:
    """What the profile says of a paper's encoding comes before what its server says."""
    data = wrap("Příliš žluťoučký kůň").encode("cp1250")
    decoded = decode(data, content_type=LATIN1, encoding="cp1250")
    assert "Příliš žluťoučký kůň" in decoded.text


def test_nul_bytes_go() -> None:
    """NUL never reaches a parser, and is counted."""
    decoded = decode(b"<p>a\x00b</p>")
    assert decoded.text == "<p>ab</p>"
    assert decoded.warnings == ("nul-bytes: 1 dropped",)


@given(
    st.binary(max_size=400),
    st.sampled_from([None, LATIN1, "text/html; charset=x", "a;charset=utf-16"]),
)
def test_never_raises(data: bytes, content_type: str | None) -> None:
    """Any bytes give text without NUL, whatever the header says."""
    decoded = decode(data, content_type=content_type, language="vi")
    assert "\x00" not in decoded.text
    decoded.text.encode("utf-8", "surrogatepass")


@given(st.text(max_size=300))
def test_utf8_is_only_normalised(text: str) -> None:
    """Text in UTF-8 whose letters are in order comes back as it was, in NFC."""
    clean = text.replace("\x00", "").lstrip("\ufeff")
    if any("\x80" <= c <= "\u24ff" for c in clean):
        clean = clean.encode("ascii", "ignore").decode()
    assert decode(clean.encode()).text == unicodedata.normalize("NFC", clean)


@given(
    st.text(st.characters(max_codepoint=0x2200, exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(["", "a " * 150, "b" * 450, "\tc\n" * 120]),
)
def test_words_beyond_ascii_are_gathered_whole(text: str, between: str) -> None:
    """What ASCII's blanks part and what is not ASCII is gathered, in order, and nothing else."""
    text = f"{text}{between}{text}{between}{text}"
    words = re.split(r"[ \t\n\r\x0b\x0c]+", text)
    assert relics.gather(text) == " ".join(word for word in words if not word.isascii())


@given(st.binary(max_size=40), st.sampled_from(sorted(vietnamese.CONVERSIONS)))
def test_controls_are_read_as_what_windows_1252_has_on_their_codes(data: bytes, name: str) -> None:
    """A page's C1 controls and the signs of windows-1252 convert alike."""
    convert = vietnamese.CONVERSIONS[name]
    assert convert(data.decode("latin-1")) == convert(vietnamese.latin(data))


def test_the_first_look_at_a_word_passes_every_letter_of_a_syllable() -> None:
    """No letter is turned away that becomes one of a syllable's when its tone is taken off."""
    letters = {*"abcdeghiklmnopqrstuvxyăâđêôơư", "\u0302", "\u0306", "\u031b"}
    for code in range(0x3000):
        parts = unicodedata.normalize("NFD", chr(code).lower())
        tones = [mark for mark in parts if mark in vietnamese.TONES]
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        if set(bare) <= letters and len(tones) < 2:
            assert vietnamese._SPELLED.fullmatch(chr(code)), hex(code)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_longest_syllables_pass_the_first_look(form: Literal["NFC", "NFD"]) -> None:
    """Syllables of the most letters and marks are known in every way to write them."""
    for word in ("nghiêng", "nghượng", "khuyếch", "Trường", "NGHIỄM", "thuở"):
        assert vietnamese._SPELLED.fullmatch(unicodedata.normalize(form, word)), word


@given(st.lists(st.sampled_from(["việt", "nam", "für", "đảng", "über"]), max_size=9))
def test_a_share_is_reached_as_it_is_counted(words: list[str]) -> None:
    """Stopping as soon as it is clear says what counting all of them says."""
    for share in (0.3, 0.55, 1.0):
        assert vietnamese.reaches(words, share) == (
            bool(words) and vietnamese.score(words) >= share
        )

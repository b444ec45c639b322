"""Regexes of article addresses: what is learned from examples, and what is not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.scaffold.forms import learn_forms, list_unexplained
from crawler.scaffold.shapes import find_shape

BASE = "https://paper.test"
COUNT = range(12)

CASES = {
    "id at the end, dated folders": (
        [f"/a/2026/02/bai-hay-{n}-x-{340001 + 3 * n}.html" for n in COUNT],
        ["/a", "/2026/02/lien-he.html"],
        ("/b/c/2019/11/tin-cu-34000.html", "34000"),
    ),
    "id after a word": (
        [f"/bai-hay-nhat-nam-{n}-post{3401 + 3 * n}.html" for n in COUNT],
        ["/a", "/thoi-su-chinh-tri-12.html"],
        ("/tin-cu-post7.html", "7"),
    ),
    "hexadecimal id": (
        [f"/x/202602/bai-hay-{n}-{n * 7919 + 0xA1E16D:07x}/" for n in COUNT],
        ["/x/"],
        ("/y/z/201901/tin-cu-00ff1e0/", "00ff1e0"),
    ),
    "id folder": (
        [f"/berita/{12345 + n}/bai-hay" for n in COUNT],
        ["/berita/ekonomi", "/berita"],
        ("/olahraga/99/x", "99"),
    ),
    "id in the query": (
        [f"/xem.aspx?muc={n % 3}&so={12345 + n}" for n in COUNT],
        ["/muc.aspx?ma=2", "/"],
        ("/xem.aspx?so=5&muc=1", "5"),
    ),
    "a word and a number as the query": (
        [f"/spip.php?article{12345 + n}" for n in COUNT],
        ["/spip.php?rubrique2", "/spip.php?article3", "/spip.php?page=imprimer&id_article=12345"],
        ("/spip.php?article9876&lang=fr", "9876"),
    ),
    "number alone": (
        [f"/baca/{340001 + n}" for n in COUNT],
        ["/rubrik/ekonomi", "/baca"],
        ("/baca/99999", "99999"),
    ),
    "a date and a slug": (
        [f"/2026/02/{n + 10}/kata-kata-{'x-' * n}baru/" for n in COUNT],
        ["/category/olahraga/", "/2026/02/11/"],
        ("/2019/12/31/banjir/", None),
    ),
    "category with a number of its own": (
        [f"/bai-hay-{n}-{340001 + n}.html" for n in COUNT],
        ["/lokales-1.html", "/sport-22.html"],
        ("/x-99999.html", "99999"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_regex_is_learned(name: str) -> None:
    """All examples match, no other address does, an older article does too, and gives its id."""
    articles, others, (older, identity) = CASES[name]
    forms = learn_forms([BASE + one for one in articles], [BASE + one for one in others])
    assert len(forms) == 1
    pattern = re.compile(forms[0].pattern)
    assert all(pattern.search(BASE + one) for one in articles)
    assert not any(pattern.search(BASE + one) for one in others)
    found = pattern.search(BASE + older)
    assert found is not None
    assert found.groupdict().get("id") == identity
    assert forms[0].has_id is (identity is not None)


def test_two_eras_are_two_regexes() -> None:
    """Addresses of two systems are explained by a regex each, the larger first."""
    new = [f"{BASE}/bai-hay-{n}-post{340001 + n}.html" for n in range(20)]
    old = [f"{BASE}/channel/50/201112/Tin-cu-{n}-{2141513 + n}/" for n in range(6)]
    forms = learn_forms([*new, *old], [f"{BASE}/kinh-te/"])
    assert [form.count for form in forms] == [20, 6]
    assert list_unexplained(forms, [*new, *old]) == []


def test_short_slugs_are_told_by_their_folders() -> None:
    """Where a slug is as short as a category's, the folders that articles stand in are named."""
    articles = [f"{BASE}/orang/{word}" for word in ("anna-eklind", "karin", "edvin-h", "sofie")]
    (form,) = learn_forms(articles, [f"{BASE}/orang", f"{BASE}/kota/kontak"])
    assert re.search(form.pattern, f"{BASE}/orang/baru")
    assert not re.search(form.pattern, f"{BASE}/kota/baru")


def test_repeated_numbers_are_no_ids() -> None:
    """A number that many articles share (a year, a section) does not name an article."""
    articles = [f"{BASE}/tin/mot-bai-bao-rat-{'hay-' * n}nam-2026.html" for n in COUNT]
    assert not any(form.has_id for form in learn_forms(articles, [f"{BASE}/tin"]))


def test_nothing_is_learned_where_nothing_differs() -> None:
    """Where articles and other pages look alike there is no regex, rather than a wrong one."""
    articles = [f"{BASE}/{word}" for word in ("banjir", "pasar", "panen", "lomba", "jalan")]
    assert (
        learn_forms(articles, [f"{BASE}/{word}" for word in ("kontak", "ekonomi", "iklan")]) == []
    )


@pytest.mark.parametrize("end", ["", "/"])
def test_an_address_has_one_id(end: str) -> None:
    """Where a folder is the id, figures in slugs are the headlines': one group, all articles."""
    words = ("truk-terguling-di-km-{}", "gol-di-menit-ke-{}", "ganti-rugi-tembus-rp-{}")
    urls = [
        f"{BASE}/{('daerah', 'olahraga')[n % 2]}/{31000417 + 7 * n}/"
        f"{words[n % 3].format(40 + n)}{end}"
        for n in range(40)
    ]
    (form,) = learn_forms(urls, [f"{BASE}/daerah", f"{BASE}/daerah/kontak"])
    assert list_unexplained([form], urls) == []
    found = re.search(form.pattern, urls[7])
    assert found is not None and found["id"] == "31000466"


SEGMENTS = st.from_regex(
    r"(?:[a-z]{1,3}|[0-9]{1,8})(?:[-_.](?:[a-z]{1,3}|[0-9]{1,8})){0,3}", fullmatch=True
)
QUERIES = st.sampled_from(["", "/", ".html", "?id=1", "?id=22&p=3", "?article12"])
ADDRESSES = st.builds(
    lambda parts, end: "/".join(parts) + end, st.lists(SEGMENTS, max_size=4), QUERIES
)


@given(st.lists(ADDRESSES, max_size=12))
def test_addresses_of_numbers_and_words_give_regexes_that_compile(paths: list[str]) -> None:
    """Numbers may stand in folders, slugs and queries at once."""
    check_any(paths)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="#?\r\n\t "), max_size=30)))
def test_any_addresses_give_regexes_that_compile(paths: list[str]) -> None:
    """Whatever stands in addresses: no exception, and every regex matches what it counts."""
    check_any(paths)


def check_any(paths: list[str]) -> None:
    """No exception, and every regex matches what it counts."""
    urls = list(dict.fromkeys(f"{BASE}/{path}" for path in paths))
    for form in learn_forms(urls, [f"{BASE}/"]):
        assert sum(bool(re.search(form.pattern, url)) for url in urls) >= form.count
    for url in urls:
        find_shape(url)

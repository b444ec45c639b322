"""Leads, datelines and signatures: what stands around a text and is not it."""

from __future__ import annotations

import re

import pytest

from crawler.read.lead import split_dateline
from tests.read.test_article import PARAGRAPHS, STORY, find_article, make_site, wrap

PROFILE = re.compile(r"^\(?(?:[A-ZĐÂÊÔƠƯ][\wĐđ.&]{1,18}|Báo [^)]{2,20})\)?\s*[-–]\s*")
LEAD = "Sáng 4/2, đoàn kiểm tra làm việc với ba xã vùng cao về công tác chuẩn bị bầu cử."

MARKERS = {
    "LCĐT - Sáng nay, đoàn công tác": "LCĐT",
    "(Baonghean.vn) - Sáng nay, đoàn công tác": "Baonghean.vn",
    "(GLO)- Sáng nay, đoàn công tác": "GLO",
    "GD&TĐ - Sáng nay, đoàn công tác": "GD&TĐ",
    "(Báo Quảng Ngãi)- Sáng nay, đoàn công tác": "Báo Quảng Ngãi",
    "(QBĐT) – Sáng nay, đoàn công tác": "QBĐT",
    "COVID-19 quay lại ở nhiều địa phương": None,
    "Hà Nội rét đậm - rét hại kéo dài": None,
    "Sáng nay, đoàn công tác đã về xã": None,
}


@pytest.mark.parametrize(("written", "marker"), MARKERS.items())
def test_a_dateline_marker_is_parted_from_the_lead(written: str, marker: str | None) -> None:
    """The profile's form finds the marker; a hyphen within a word is none."""
    found, text = split_dateline(written, PROFILE)
    assert found == marker
    assert text == (written if marker is None else "Sáng nay, đoàn công tác")


def test_without_a_profile_only_plain_markers_count() -> None:
    """Capitals and brackets are markers everywhere, a town before a dash is a town."""
    assert split_dateline("TPO - Sáng nay, đoàn công tác", None)[0] == "TPO"
    assert split_dateline("Berlin - Heute hat der Rat getagt", None)[0] is None


def test_the_lead_that_the_body_repeats_is_said_once() -> None:
    """A first bold paragraph that repeats the sapo is not in the text."""
    body = f"<div class=body><p><b>{LEAD}</b></p>{STORY}</div>"
    page = wrap(f"<h1>Bầu cử</h1><div class=sapo>{LEAD}</div>{body}")
    article = find_article(page, make_site('body = ".body"\nlead = ".sapo"'))
    assert article.lead == LEAD
    assert article.text.split("\n") == PARAGRAPHS


def test_a_lead_is_found_where_the_page_describes_it() -> None:
    """Outside of the body and told by the description: a lead, without any profile."""
    head = f'<meta property="og:description" content="{LEAD}">'
    page = wrap(f"<h1>Bầu cử</h1><h2 class=x>{LEAD}</h2><article>{STORY}</article>", head)
    article = find_article(page)
    assert article.lead == LEAD
    assert LEAD not in article.text and article.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize("name", ["", " class=article-teaser"])
def test_a_sentence_under_the_headline_is_a_lead(name: str) -> None:
    """A heading that nobody names or describes; one named as other stories' teasers are only where
    it is described. The headline behind its kicker is none."""
    page = f"<h1>Bầu cử</h1><h2{name}>{LEAD}</h2><article>{STORY}</article>"
    head = f'<meta name="description" content="{LEAD}">'
    assert find_article(wrap(page, head)).lead == LEAD
    assert find_article(wrap(page)).lead == (None if name else LEAD)
    title = "Ba xã vùng cao chuẩn bị xong cho ngày hội của toàn dân tộc"
    again = f"<h2>Bầu cử - {title}</h2>"
    kicked = wrap(
        f"<article>{again}{STORY}</article>", f'<meta property="og:title" content="{title}">'
    )
    article = find_article(kicked)
    assert article.lead is None and article.text.split("\n") == PARAGRAPHS


def test_a_standfirst_that_is_named_as_teasers_are_is_the_lead() -> None:
    """TYPO3 names it "teaser-text" on lists and above the article's own text."""
    page = (
        f'<h1>Cầu mới</h1><div class="teaser-text"><p>{LEAD}</p></div><div class="b">{STORY}</div>'
    )
    assert find_article(wrap(page), make_site('body = ".b"')).lead == LEAD


def test_a_first_paragraph_that_serves_as_description_stays_text() -> None:
    """Description and first paragraph are the same words: there is no lead, nothing is lost."""
    head = f'<meta property="og:description" content="{PARAGRAPHS[0]}">'
    article = find_article(wrap(f"<h1>Khởi công</h1><article>{STORY}</article>", head))
    assert article.lead is None
    assert article.text.split("\n") == PARAGRAPHS


def test_a_described_lead_behind_a_marker_is_found() -> None:
    """The description has no dateline, the line on the page has one."""
    head = f'<meta name="description" content="{LEAD}">'
    page = wrap(f"<h1>Bầu cử</h1><div class=x>(GSĐT) - {LEAD}</div><div>{STORY}</div>", head)
    article = find_article(page)
    assert (article.dateline, article.lead) == ("GSĐT", LEAD)


def test_a_described_first_paragraph_that_is_built_otherwise_is_the_lead() -> None:
    """In the body's own element, under a name that says nothing: description and build say it."""
    head = f'<meta property="og:description" content="{LEAD}">'
    page = wrap(f"<h1>Bầu cử</h1><div class=y><p class=opening>{LEAD}</p>{STORY}</div>", head)
    article = find_article(page)
    assert article.lead == LEAD
    assert article.text.split("\n") == PARAGRAPHS


def test_a_first_paragraph_alone_in_bold_is_the_lead() -> None:
    """Nothing describes it; all other paragraphs are plain."""
    page = wrap(f"<h1>Bầu cử</h1><div class=y><p><b>{LEAD}</b></p>{STORY}</div>")
    article = find_article(page)
    assert article.lead == LEAD
    assert article.text.split("\n") == PARAGRAPHS


def test_the_marker_goes_to_its_own_field() -> None:
    """The lead begins with its first word, the marker is the dateline."""
    page = wrap(f"<h1>Bầu cử</h1><p class=sapo>LCĐT - {LEAD}</p><div class=body>{STORY}</div>")
    read = f'body = ".body"\nlead = ".sapo"\ndateline = \'{PROFILE.pattern}\''
    article = find_article(page, make_site(read))
    assert (article.dateline, article.lead) == ("LCĐT", LEAD)


SIGNED = {
    '<p style="text-align: right"><b>Mai Quế</b></p>': (("Mai Quế",), None),
    "<p><strong>MAI QUẾ</strong></p>": (("Mai Quế",), None),
    "<p>Thanh Sơn - Ngọc Hà (thực hiện)</p>": (("Thanh Sơn", "Ngọc Hà"), None),
    "<p><em>Theo TTXVN</em></p>": ((), "TTXVN"),
    "<p align=right>H.A (Theo Readers Digest)</p>": (("H.A",), "Readers Digest"),
    "<p>PV</p>": ((), None),
}


@pytest.mark.parametrize("line", SIGNED)
def test_a_signature_leaves_the_text_for_its_field(line: str) -> None:
    """The last line's people and agency are fields; the text ends with the last paragraph."""
    page = wrap(f"<h1>Khởi công</h1><div class=body>{STORY}{line}</div>")
    article = find_article(page, make_site('body = ".body"'))
    assert (article.authors, article.agency) == SIGNED[line]
    assert article.text.split("\n") == PARAGRAPHS


def test_a_known_author_is_not_said_again_by_the_text() -> None:
    """JSON-LD names the author: the line that repeats the name leaves, in any language."""
    told = '{"@type":"Article","author":{"name":"Jane Roe"}}'
    head = f'<script type="application/ld+json">{told}</script>'
    page = wrap(f"<h1>Works</h1><div class=body>{STORY}<p>Jane Roe</p></div>", head)
    article = find_article(page.replace("lang=vi", "lang=en"), make_site('body = ".body"', "en"))
    assert article.authors == ("Jane Roe",) and article.text.split("\n") == PARAGRAPHS


def test_the_first_paragraph_under_a_lead_has_a_marker_too() -> None:
    """The lead has none, the text begins with the profile's form: it leaves the text."""
    body = f"<div class=body><p>CASTEL ROVETO. {PARAGRAPHS[0]}</p>{STORY}</div>"
    read = f'body = ".body"\nlead = ".sapo"\ndateline = \'{FORM}\''
    article = find_article(wrap(f"<h1>Lễ</h1><div class=sapo>{LEAD}</div>{body}"), make_site(read))
    assert (article.lead, article.dateline) == (LEAD, "CASTEL ROVETO")
    assert article.text.split("\n")[0] == PARAGRAPHS[0]


FORM = r"^(?P<caps>[^\W\d_][^.()]{1,38}?)(?:\.|\s*\([^()]+\)\s*—)\s+"


@pytest.mark.parametrize(
    ("written", "marker"),
    [("TENNICK (AP) — People in", "TENNICK (AP)"), ("Tennick (AP) — People in", None)],
)
def test_a_group_of_capitals_has_to_be_in_capitals(written: str, marker: str | None) -> None:
    """The group `caps` of a profile's form; a bracket within the marker stays whole."""
    line = f"{written} turned out in numbers to hear what happens next."
    assert split_dateline(line, re.compile(FORM))[0] == marker


@pytest.mark.parametrize(
    "notice", ["", "<p>Correction: an earlier version named the wrong road.</p>"]
)
def test_a_dateline_behind_a_notice_of_correction(notice: str) -> None:
    """The first paragraph is the one behind a notice; behind any other line none is looked for."""
    site = make_site("dateline = '[A-Z]{3,} - '", "en")
    text = [
        f"Crews of the county repair road number {n} until the autumn of next year."
        for n in range(4)
    ]
    paragraphs = "".join(f"<p>{line}</p>" for line in text).replace("<p>", "<p>HANOI - ", 1)
    article = find_article(wrap(f"{notice}{paragraphs}"), site)
    assert article.dateline == "HANOI" and text[0] in article.text.split("\n")
    plain = find_article(
        wrap(f"<p>Nobody has corrected this line of the story yet.</p>{paragraphs}"), site
    )
    assert plain.dateline is None and f"HANOI - {text[0]}" in plain.text

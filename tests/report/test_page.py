"""The page and the text: what stands first, that nothing breaks out, that it is whole by itself."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.report.changes import Changes
from archive.report.facts import Facts, PaperFacts
from archive.report.faults import Fault
from archive.report.markup import link, tag
from archive.report.page import write_page
from archive.report.text import write_text
from archive.report.tongue import LANGUAGES, Language
from tests.report.conftest import Printed

STRANGE = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(
    ["</title><script>x</script>", "\x00\ud800\ufffe", "\u202eمرحبا", "Dài" * 3334, "a&lt;b\r\n]]>"]
)


def read_page(facts: Facts, language: Language = "en") -> ET.Element:
    """Return the page as a tree: it is well-formed XML, too, so no part breaks out of its place."""
    page = write_page(facts, language)
    page.encode("utf-8")
    return ET.fromstring(page.removeprefix("<!DOCTYPE html>\n"))


def words_of(element: ET.Element | None) -> str:
    """Return what an element says."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def rename(facts: Facts, **names: str) -> Facts:
    """Return facts with every paper's title, newest article and fault replaced."""

    def change(paper: PaperFacts) -> PaperFacts:
        return replace(
            paper,
            paper=replace(paper.paper, title=names["title"], home=names["url"]),
            freshness=replace(paper.freshness, title=names["title"], url=names["url"]),
            faults=(Fault(names["fault"], names["title"]),),
        )

    return replace(facts, papers=tuple(map(change, facts.papers)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_paper_is_the_first_line(printed: Printed, language: Language) -> None:
    """The first words of the body name the broken paper and what is wrong, then the remedy."""
    tree = read_page(printed.facts, language)
    first, second = (words_of(part) for part in list(tree.find("body/header") or [])[:2])
    assert "Báo Núi Xanh" in first and "https://nui.test/tin" in first
    assert "walk.categories" in second
    text = write_text(printed.facts, language).splitlines()
    assert "Báo Núi Xanh" in text[0] and "https://nui.test/tin" in text[0]


def test_a_report_without_faults_says_so_first(printed: Printed) -> None:
    """All is well where nothing is wrong, and then nothing is red."""
    papers = tuple(p for p in printed.facts.papers if p.paper.site == "suoi")
    facts = replace(printed.facts, papers=papers, changes=Changes({}, (), {}))
    assert write_text(facts).startswith("The papers are well, but there is something to do.\n")
    quiet = replace(papers[0], ledger=replace(papers[0].ledger, fates=()))
    facts = replace(facts, papers=(quiet,))
    assert write_text(facts).startswith("All is well.\n")
    assert "Nothing has to be done." in words_of(read_page(facts))


def test_nothing_comes_from_elsewhere(printed: Printed) -> None:
    """No scripts, styles, pictures or fonts from another place, and no place for one."""
    page = write_page(printed.facts)
    tags = {element.tag for element in read_page(printed.facts).iter()}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    assert not re.search(r"url\(|@import|javascript:|\son\w+=|src=", page.split("</style>")[0])
    for element in read_page(printed.facts).iter():
        assert not any(name.startswith("on") or name in ("src", "style") for name in element.attrib)


def test_drawings_have_words_and_tables(printed: Printed) -> None:
    """Each drawing says in words what it shows; below each paper's days stands their table."""
    tree = read_page(printed.facts)
    drawings = [svg for svg in tree.iter("svg") if svg.get("aria-hidden") != "true"]
    assert all(svg.get("role") == "img" and svg.get("aria-label") for svg in drawings)
    figures = list(tree.iter("figure"))
    assert len(figures) == len(printed.facts.papers)
    for figure in figures:
        assert len(list(figure.iter("tr"))) == len(printed.facts.span.days) + 1


def test_links_within_the_page_lead_somewhere(printed: Printed) -> None:
    """Each fragment that is linked to exists once; ids are not given twice."""
    tree = read_page(printed.facts)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = {a.get("href", "")[1:] for a in tree.iter("a") if a.get("href", "").startswith("#")}
    assert targets <= set(ids)


def test_every_change_has_a_line(printed: Printed) -> None:
    """Each paper lists all its changes with instant, kind and article, as many as are counted; of
    too many those that are newest, and the command for the others."""
    tree = read_page(printed.facts)
    rows = [words_of(row) for row in tree.findall(".//table[@class='lines']/tbody/tr")]
    changes = printed.facts.changes
    assert len(rows) == sum(sum(numbers.values()) for numbers in changes.numbers.values()) > 0
    kinds = {line.kind for lines in changes.lines.values() for line in lines}
    assert "cosmetic" in kinds and any("Looks only" in row for row in rows)
    removed = next(row for row in rows if "Removed" in row)
    assert "believed" in removed and "2026" in removed
    few = replace(changes, lines={site: lines[:1] for site, lines in changes.lines.items()})
    said = words_of(read_page(replace(printed.facts, changes=few)).find("body"))
    site, total = max(
        ((s, sum(n.values())) for s, n in changes.numbers.items()), key=lambda x: x[1]
    )
    since = printed.facts.span.since
    assert total > 1 and f"{total - 1} more: khobao changes --since {since} --site {site}" in said


def test_headings_are_in_order(printed: Printed) -> None:
    """One h1, and no level is left out: a screen reader's table of contents."""
    levels = [
        int(e.tag[1]) for e in read_page(printed.facts).iter() if re.fullmatch("h[1-6]", e.tag)
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_facts_give_the_same_bytes(printed: Printed, language: Language) -> None:
    """Page and text are pure functions."""
    assert write_page(printed.facts, language) == write_page(printed.facts, language)
    assert write_text(printed.facts, language) == write_text(printed.facts, language)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(title=STRANGE, url=STRANGE, fault=STRANGE)
def test_whatever_papers_write_stays_text(
    printed: Printed, title: str, url: str, fault: str
) -> None:
    """Any title, address and finding: the page is well-formed and has the elements it had."""
    facts = rename(printed.facts, title=title, url=url, fault=fault)
    plain = rename(printed.facts, title="T", url="ftp://x", fault="F")
    known = {element.tag for element in read_page(plain).iter()}
    assert {element.tag for element in read_page(facts).iter()} <= known | {
        "a",
        "code",
        "span",
        "p",
    }
    text = write_text(facts)
    text.encode("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e]", text)
    assert len(text) < 6_000 and len(write_page(facts)) < 200_000


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//x.test", "http://", "https://a b", "", None],
)
def test_only_addresses_of_pages_become_links(url: str | None) -> None:
    """What a browser should not open is no link."""
    assert link(url, "words") == "words"


def test_attributes_are_escaped() -> None:
    """A quote does not end an attribute."""
    assert tag("p", title='a"b<c') == '<p title="a&quot;b&lt;c"></p>'


def test_text_is_as_wide_as_a_mail(printed: Printed) -> None:
    """No line but the first is longer than 78 letters, unless it is one word or a paper's."""
    lines = write_text(printed.facts).splitlines()
    assert all(len(line) <= 90 for line in lines[1:])


@pytest.mark.parametrize(
    ("language", "head", "said"),
    [
        ("en", "Worth a look, and no alarm", "3 articles of 2026-02-10, usually 18"),
        ("vi", "Nên xem, không phải báo động", "3 bài của ngày 10/2/2026, bình thường 18"),
    ],
)
def test_what_is_worth_a_look(printed: Printed, language: Language, head: str, said: str) -> None:
    """A note of the last crawl stands under its paper and in the mail, with what to look at, and
    makes no paper a broken one."""
    page, mail = write_page(printed.facts, language), write_text(printed.facts, language)
    part = page[page.index('id="suoi"') :]
    assert head in part and said in part[: part.index("</section>")]
    assert page.count(said) == 1, "it is no step and no fault"
    assert f"{head}:\n- Báo Suối Bạc: {said}" in mail
    assert "suoi" not in [paper.paper.site for paper in printed.facts.broken]

"""The languages hold against each other, and numbers and dates are written as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive.report.faults import split
from archive.report.tongue import LANGUAGES, Tongue, load_words
from tests.archive.nightly import Night, Paper
from tests.report.press import LOST

REPORT = Path(__file__).parents[2] / "archive" / "report"
EN, VI = Tongue("en"), Tongue("vi")


def marks_of(phrase: Any) -> list[set[str]]:
    """The places of a phrase that are filled in, of each of its forms."""
    forms = phrase if isinstance(phrase, list) else [phrase]
    return [set(re.findall(r"\{(\w+)\}", form)) for form in forms]


def test_languages_say_the_same_things() -> None:
    """Every phrase is in every language, with the same forms and places."""
    words = load_words()
    phrases = [{k: v for k, v in words[name].items() if k != "names"} for name in LANGUAGES]
    assert phrases[0].keys() == phrases[1].keys()
    for key in phrases[0]:
        first, second = (set().union(*marks_of(language[key])) for language in phrases)
        assert first == second, key


def test_every_phrase_is_used_and_known() -> None:
    """No word is left over in words.toml, none is missing: names stand in the code, or begin with
    a name that is finished there (f"fate_{fate}")."""
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(REPORT.glob("*.py")))
    begun = set(re.findall(r'f"(\w+_)\{', code)) | set(re.findall(r"f'(\w+_)\{", code))
    for key in load_words()["en"]:
        if key != "names":
            said = f'"{key}"' in code or f"'{key}'" in code or f'"{key[:-1]}"' in code
            assert said or key.startswith(tuple(begun)), key


def test_sentences_keep_their_values() -> None:
    """Every sentence has the same places in both languages."""
    for sentence in load_words()["sentences"]:
        assert marks_of(sentence["en"]) == marks_of(sentence["vi"]), sentence["en"]


def test_sentences_are_found_with_their_values() -> None:
    """A crawl's problem is said in Vietnamese; one that nobody knows is not."""
    words, _, remedy = LOST.partition(": ")
    said = VI.sentence(words)
    assert said == "trang mục https://nui.test/tin không còn liên kết bài nào"
    assert VI.sentence(remedy) and VI.sentence("the moon is blue") is None
    assert VI.sentence("3 articles of 2026-06-30, expected 5 to 9") == (
        "3 bài của ngày 30/6/2026, mong đợi 5 đến 9"
    )


@pytest.mark.parametrize(
    ("value", "digits", "english", "vietnamese"),
    [
        (1234567, 0, "1,234,567", "1.234.567"),
        (1234.5, 1, "1,234.5", "1.234,5"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers(value: float, digits: int, english: str, vietnamese: str) -> None:
    """Thousands and decimals are marked as each language does."""
    assert EN.number(value, digits) == english
    assert VI.number(value, digits) == vietnamese


def test_days_and_clocks() -> None:
    """4 Feb 2026 and 4/2/2026; an instant by the paper's clock."""
    assert EN.day(date(2026, 2, 4)) == "4\u00a0Feb\u00a02026"
    assert VI.day(date(2026, 2, 4)) == "4/2/2026"
    at = datetime(2026, 2, 3, 19, 30, tzinfo=ZoneInfo("UTC"))
    assert VI.clock(at, ZoneInfo("Asia/Ho_Chi_Minh")) == "4/2/2026, 02:30"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0\u00a0B"), (999, "999\u00a0B"), (999_960, "1.0\u00a0MB"), (12_345_678, "12.3\u00a0MB")],
)
def test_sizes(size: int, words: str) -> None:
    """Decimal units, three digits at most, rounded into the next unit where it comes to that."""
    assert EN.size(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (89, "89 seconds"),
        (3_599, "1 hour"),
        (7_200, "2 hours"),
        (200_000, "2 days"),
    ],
)
def test_spans(seconds: int, words: str) -> None:
    """Lengths of time in the unit in which people think of them."""
    assert EN.span(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    "night",
    [
        Night(lacks={"lead": 1.0}),
        Night(lacks={"author": 1.0, "picture": 1.0}),
        Night(lacks={"article": 1.0}),
        Night(shorter=1.0),
        Night(same=1.0),
        Night(template="new"),
        Night(impostor="captcha"),
        Night(impostor="soft-404"),
        Night(impostor="paywall-stub"),
        Night(impostor="list-page"),
        Night(listed={0: 0}),
        Night(listed={0: 2}),
        Night(frozen=True),
        Night(failed=0.9),
        Night(articles=0.0),
        Night(articles=9.0),
    ],
    ids=lambda night: " ".join(
        f"{k}={v}" for k, v in vars(night).items() if v != getattr(Night(), k)
    ),
)
def test_what_health_finds_is_said_in_vietnamese(night: Night) -> None:
    """Each finding of a broken night, as a crawl writes it, has its words and its remedy."""
    paper = Paper(rate=16)
    paper.run(30)
    found = paper.crawl(night)
    assert found
    for finding in found:
        fault = split(f"{finding.words}: {finding.remedy}")
        assert (fault.words, fault.remedy) == (finding.words, finding.remedy)
        assert VI.sentence(fault.words) is not None, fault.words
        assert VI.sentence(fault.remedy) is not None, fault.remedy

"""The kinds of answer a word may have, each checked when read and named in people's words.

An ``Answer`` in a type's annotation is what the table of words prints for it. Errors are
``ValueError`` with a sentence; strict.py puts the key path before them. CSS is checked by
translating it as lxml will (cssselect, pure Python), so that a selector fails here and not on
the first article.
"""

from __future__ import annotations

import codecs
import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from cssselect import HTMLTranslator
from cssselect.parser import SelectorError
from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from spiders import address, hours
from spiders.platform import pager_names
from spiders.strict import Answer, nearest

DATE_FIELDS = ("{YYYY}", "{MM}", "{M}", "{DD}", "{D}")
"""What stands for a date in an address: year, month, day, with and without a leading nought."""

_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}")
_PAGERS = (
    re.compile(r"none|next-link"),
    re.compile(r"query:[\w.\[\]-]+(?:&[\w.\[\]-]+=[\w.-]*)*"),
    re.compile(r"offset:[\w.\[\]-]+:[1-9]\d*"),
    re.compile(r"offset:[^\s?#]*\{n\}[^\s?#]*:[1-9]\d*"),
    re.compile(r"path:[^\s?#]*\{n\}[^\s?#]*"),
)


def is_slug(key: str) -> bool:
    """Whether a file's stem can be a site's key: lower-case ASCII, digits, ``-`` and ``.``."""
    return bool(_SLUG.fullmatch(key)) and not key.endswith((".", "-"))


def _check_url(url: str) -> str:
    if address.split(url) is None or re.search(r"\s", url):
        raise ValueError(
            f'must be an http(s) address or a path that starts with "/", found {url!r}'
        )
    return url


def _check_dated(url: str) -> str:
    unknown = [field for field in re.findall(r"\{[^{}]*\}?|\}", url) if field not in DATE_FIELDS]
    if unknown or "{YYYY}" not in url:
        known = ", ".join(DATE_FIELDS)
        raise ValueError(f"must have {{YYYY}} and no braces but {known}, found {url!r}")
    return url


def _check_domain(entry: str) -> str:
    if address.domain(entry) is None:
        raise ValueError(f'must be a host alone, as in "x.vn" or "127.0.0.1:8123", found {entry!r}')
    return entry.lower()


def _compile_regex(value: Any) -> re.Pattern[str]:
    if isinstance(value, re.Pattern):
        return value
    if not isinstance(value, str):
        raise ValueError(f"must be a regex in quotes, found {value!r}")
    try:
        return re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"bad regex {value!r}: {error}") from None


def _check_selectors(value: Any) -> Any:
    if not isinstance(value, str | tuple):
        raise ValueError(f"must be a CSS selector or a list of them, found {value!r}")
    found = (value,) if isinstance(value, str) else value
    for selector in found:
        _check_css(selector)
    return found


def _check_css(selector: Any) -> None:
    if not isinstance(selector, str) or not selector.strip():
        raise ValueError(f"must be a CSS selector in quotes, found {selector!r}")
    try:
        HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        raise ValueError(f"bad CSS {selector!r}: {error}") from None


def _check_twin(pair: tuple[re.Pattern[str], str]) -> tuple[re.Pattern[str], str]:
    pattern, replacement = pair
    try:
        pattern.sub(replacement, "")  # the template is compiled before anything is searched
    except (re.error, IndexError) as error:
        raise ValueError(
            f"bad replacement {replacement!r} for {pattern.pattern!r}: {error}"
        ) from None
    return pair


def _check_region(code: str) -> str:
    if not _REGION.fullmatch(code):
        raise ValueError(f'must be ISO 3166-2 as in "VN-02", found {code!r}')
    return code


def _check_language(tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f'must be BCP 47 as in "vi" or "pt-BR", found {tag!r}')
    return tag


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        close = nearest(name, available_timezones())
        hint = f"; nearest: {close[0]}" if close else ""
        raise ValueError(f"unknown time zone {name!r}{hint}") from None
    return name


def _check_codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise ValueError(f"unknown encoding {name!r}") from None


def _check_slug(key: str) -> str:
    if not is_slug(key):
        raise ValueError(f"must be a site's key (a-z, 0-9, - and .), found {key!r}")
    return key


def _check_pager(word: str) -> str:
    known = pager_names()
    if word in known or any(form.fullmatch(word) for form in _PAGERS):
        return word
    close = nearest(word, ["none", "next-link", *known])
    hint = f"; nearest: {close[0]}" if close else ""
    forms = ", ".join(["none", "next-link", "query:page", "offset:start:20", "path:trang-{n}.html"])
    raise ValueError(f"unknown pager {word!r}{hint} (there are {forms}, {', '.join(known)})")


def _check_hours(text: str) -> str:
    hours.read_window(text)
    return text


Url = Annotated[str, AfterValidator(_check_url), Answer("address, or /path on home")]
DatedUrl = Annotated[
    str, AfterValidator(_check_url), AfterValidator(_check_dated), Answer("address with a date")
]
Domain = Annotated[str, AfterValidator(_check_domain), Answer("host or host:port")]
Pattern = Annotated[
    re.Pattern[str],
    BeforeValidator(_compile_regex),
    PlainSerializer(lambda pattern: pattern.pattern, return_type=str),
    Answer("regex"),
]
Selectors = Annotated[
    tuple[str, ...], BeforeValidator(_check_selectors), Answer("CSS, or a list tried in order")
]
Twin = Annotated[tuple[Pattern, str], AfterValidator(_check_twin), Answer("[regex, replacement]")]
Region = Annotated[str, AfterValidator(_check_region), Answer("ISO 3166-2")]
Language = Annotated[str, AfterValidator(_check_language), Answer("BCP 47")]
Zone = Annotated[str, AfterValidator(_check_zone), Answer("IANA time zone")]
Codec = Annotated[str, AfterValidator(_check_codec), Answer("encoding")]
Slug = Annotated[str, AfterValidator(_check_slug), Answer("key of a site")]
PagerWord = Annotated[str, AfterValidator(_check_pager), Answer("pager")]
Hours = Annotated[str, AfterValidator(_check_hours), Answer("hours")]

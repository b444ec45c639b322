"""Tells what a check has seen: a table for a person, one object for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from archive.index.templates import Learned
from archive.records import Article
from crawler.check.count import FIELDS, Counts
from crawler.check.tour import Listing, Looked, Seen
from crawler.check.verdict import Finding

SAMPLES = 3  # articles that are shown
ENDS = 70  # letters of the first and of the last words
EXAMPLES = 3  # of disagreements, leaks, cuts
LABELS = {"author": "authors", "related": "related articles", "picture": "pictures"}


def describe(
    looked: Looked, counts: Counts, findings: list[Finding], template: Learned | None, source: str
) -> dict[str, Any]:
    """The check as data: one object for ``--json``."""
    return {
        "site": looked.site.key,
        "source": source,
        "requests": looked.requests,
        "pages": [_describe_listing(one) for one in looked.listings],
        "pager": name_pager(looked),
        "articles": counts.articles,
        "fields": counts.fields,
        "several_pages": counts.turned,
        "disagreements": [
            {"field": d.field, "url": d.url, "ours": d.ours, "other": d.other, "who": d.who}
            for d in counts.disagreements
        ],
        "leaks": [{"url": url, "kind": kind, "line": line} for url, (kind, line) in counts.leaks],
        "selectors": counts.selectors,
        "missed": looked.missed,
        "template": _describe_template(template, counts),
        "samples": [_describe_sample(one) for one in _choose_samples(looked)],
        "problems": [[one.about, one.says] for one in findings if one.level == "problem"],
        "notes": [[one.about, one.says] for one in findings if one.level == "note"],
    }


def name_pager(looked: Looked) -> str:
    """ "works", "broken", "none found" or "none"."""
    if looked.following is None:
        return "none" if looked.site.profile.walk.pager == "none" else "none found"
    following = looked.following
    return "works" if following.fresh or following.ended else "broken"


def _describe_listing(one: Listing) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": one.kind, "url": one.url, "articles": len(one.articles)}
    if one.kind == "next page":
        told["new"] = one.fresh
    return {**told, "lists": len(one.lists), "why": one.why or None}


def _describe_template(template: Learned | None, counts: Counts) -> dict[str, Any] | None:
    if template is None:
        return None
    return {
        "learned_at": template.learned_at,
        "digest": template.digest,
        "articles": template.pages,
        "first_on": template.first_on,
        "last_on": template.last_on,
        "lines": [[count, words] for _, count, words in template.lines],
        "cuts": [{"url": url, "line": line} for url, line in counts.cuts],
    }


def _choose_samples(looked: Looked) -> list[Seen]:
    """The first articles that have a text, of different categories as the tour chose them."""
    whole = [one for one in looked.articles if one.reading.article is not None]
    return (whole or looked.articles)[:SAMPLES]


def _describe_sample(one: Seen) -> dict[str, Any]:
    article = one.reading.article
    if article is None:
        return {"url": one.url, "read_as": one.reading.role, "warnings": list(one.reading.warnings)}
    first, last = _show_ends(article)
    return {
        "url": one.url,
        "title": article.title,
        "lead": article.lead,
        "first_words": first,
        "last_words": last,
        "date": article.published.value if article.published else None,
        "date_raw": article.published.raw if article.published else None,
        "authors": list(article.authors),
    }


def _show_ends(article: Article) -> tuple[str, str]:
    words = " ".join(article.text.split())
    return _cut(words, ENDS), words if len(words) <= ENDS else f"…{words[1 - ENDS :]}"


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


# -- for a person ---------------------------------------------------------------------------------


def write_report(
    looked: Looked, counts: Counts, findings: list[Finding], template: Learned | None, source: str
) -> str:
    """The check in words, for a person."""
    return "\n".join(
        [
            f"{looked.site.key} ({looked.site.title}), {source}; nothing was kept",
            *_tell_lists(looked),
            *_tell_fields(looked, counts),
            *_tell_disagreements(counts),
            *_tell_leaks(counts),
            *_tell_template(template, counts),
            *_tell_samples(looked),
            *_tell_findings(findings),
        ]
    )


def _tell_lists(looked: Looked) -> Iterator[str]:
    yield from ("", "Pages that list articles")
    for one in looked.listings:
        found = f"{len(one.articles):>4} articles"
        if one.why:
            found = f"not read: {one.why}"
        elif one.kind == "next page":
            found += ", the list ends there" if one.ended else f", {one.fresh} of them new"
        elif one.lists and not one.articles:
            found = f"{len(one.lists):>4} further lists"
        shown = one.fresh or one.ended if one.kind == "next page" else one.articles or one.lists
        good = bool(shown)
        yield f"  {_mark(good)}  {one.kind:<12}{found:<30}{_shorten(one.url, looked)}"
    if looked.following is None and looked.site.profile.walk.pager != "none":
        yield f"   ?  {'next page':<12}none was found"
    if not looked.feeds:
        yield f"      {'feed':<12}the profile has none"


def _tell_fields(looked: Looked, counts: Counts) -> Iterator[str]:
    yield from ("", f"What {counts.articles} articles have")
    for name in FIELDS:
        count = counts.fields[name]
        share = f"{count:>4} of {counts.articles}"
        mark = _mark(count * 2 > counts.articles)
        yield f"  {mark}  {LABELS.get(name, name):<18}{share}"
    if counts.turned:
        told = f"{counts.turned:>4} of {counts.articles}, the first looked at; a crawl joins them"
        yield f"  ok  {'several pages':<18}{told}"
    for url, why in list(looked.missed.items())[:EXAMPLES]:
        yield f"  {_mark(False)}  did not come: {why}  {_shorten(url, looked)}"
    for one in looked.articles:
        if one.reading.article is None:
            why = next(iter(one.reading.warnings), f"read as {one.reading.role}")
            yield f"  {_mark(False)}  no article: {why}  {_shorten(one.url, looked)}"


def _tell_disagreements(counts: Counts) -> Iterator[str]:
    yield from ("", "Where two readers of a page disagree")
    if not counts.disagreements:
        yield "  ok  nowhere"
        return
    kinds = Counter((d.field, d.who) for d in counts.disagreements)
    for (name, who), times in sorted(kinds.items()):
        one = next(d for d in counts.disagreements if (d.field, d.who) == (name, who))
        yield f"   ?  {name} against {who}, {times} of {counts.articles}: {one.url}"
        yield f"        profile      {_cut(one.ours, 90)}"
        yield f"        {who:<13}{_cut(one.other, 90)}"


def _tell_leaks(counts: Counts) -> Iterator[str]:
    yield from ("", "Lines in texts that are no article's")
    if not counts.leaks:
        yield "  ok  none"
        return
    kinds = Counter(leak for _, leak in counts.leaks)
    for (kind, line), times in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))[:8]:
        yield f"   ?  {kind:<8}{times} of {counts.articles}  {_cut(line, 80)}"


def _tell_template(template: Learned | None, counts: Counts) -> Iterator[str]:
    yield from ("", "Lines that many pages share, learned and cut")
    if template is None or not template.lines:
        yield "      none was learned yet" if template is None else "      none is shared"
        return
    days = f"{template.first_on} to {template.last_on}"
    yield f"      learned {template.learned_at[:10]} from {template.pages} articles of {days}"
    for _, times, words in template.lines[:8]:
        yield f"      {times:>4} articles  {_cut(words, 80)}"
    yield f"      {len(counts.cuts)} of them were cut from these texts"


def _tell_samples(looked: Looked) -> Iterator[str]:
    yield from ("", "Samples")
    for one in _choose_samples(looked):
        told = _describe_sample(one)
        yield f"  {_shorten(one.url, looked)}"
        if "title" not in told:
            yield f"      read as {told['read_as']}: {'; '.join(told['warnings'])}"
            continue
        yield f"      title   {told['title']}"
        yield f"      begins  {told['first_words']}"
        yield f"      ends    {told['last_words']}"
        raw = f', written "{_cut(told["date_raw"], 60)}"' if told["date_raw"] else ""
        yield f"      date    {told['date'] or '-'}{raw}"
        yield f"      by      {', '.join(told['authors']) or '-'}"


def _tell_findings(findings: list[Finding]) -> Iterator[str]:
    for level, head in (("problem", "To be mended"), ("note", "To be looked at")):
        found = [one for one in findings if one.level == level]
        if found:
            yield from ("", head)
            yield from (f"  {one.about:<16}{one.says}" for one in found)
    if not any(one.level == "problem" for one in findings):
        yield from ("", "The profile understands its paper.")


def _mark(good: bool) -> str:
    return "ok" if good else " !"


def _shorten(url: str, looked: Looked) -> str:
    """An address on the front page's host without it."""
    home = urlsplit(looked.site.profile.home)
    return url.removeprefix(f"{home.scheme}://{home.netloc}") or "/"

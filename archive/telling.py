"""An article's story, and the list of changes, as text for a person; times are the paper's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Any

from archive.beside import say_shifts
from archive.history import SENTENCES
from archive.instants import from_text
from archive.moves import LEAST, find_rules, say_rules
from archive.paperday import name_zone

Fields = dict[str, Any]
WIDTH = 200  # letters of a sentence
KINDS = {
    "cosmetic": "changed in looks only",
    "headline": "changed its headline",
    "text": "changed its text",
    "correction": "corrected, with a notice",
    "removed": "removed",
    "moved": "moved",
    "back": "back again",
}
ANEW = {
    "layout": "its words, byline or pictures are read otherwise there: a layout's doing, no edit",
    "dress": "a line that turns on all pages of the paper: told once, no edit",
    "reader": "another reader or profile read it: nobody can say what the paper changed",
}
DRESSED = {"gained": "gained", "lost": "lost", "turned": "shows by turns"}
Place = tuple[str, date, str]  # paper, day, what
MARKS = {"kept": "", "added": "+", "removed": "-"}


def print_history(story: Fields) -> Iterator[str]:
    """Yield the lines of what ``history.tell`` returned."""
    zone = name_zone(story["timezone"])
    yield story["title"]
    yield story["url"]
    yield f"  paper {story['site']}, times in {zone}"
    yield ""
    for chapter in story["chapters"]:
        yield from _print_chapter(chapter, zone)
    yield f"{show_instant(story['last_seen_at'], zone)}  {_sum_up(story, zone)}"


def show_instant(text: str, zone: tzinfo) -> str:
    """Return an instant to the minute in a time zone."""
    return from_text(text).astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _sum_up(story: Fields, zone: tzinfo) -> str:
    seen = f"last seen; {story['versions']} version{'s' * (story['versions'] != 1)}"
    if story["removed_at"]:
        return f"{seen}, removed since {show_instant(story['removed_at'], zone)}"
    if story["gone_at"]:
        return f"{seen}, a sign of removal since {show_instant(story['gone_at'], zone)}"
    unseen = [one for one in story["chapters"] if one["what"] == "not seen"]
    if unseen:
        return f"{seen}; since then no answer was the article"
    return f"{seen}, still there"


def _count(answers: Fields) -> str:
    """Return counted things in one line: "list-page (6), http 500"."""
    return ", ".join(f"{name} ({n})" if n > 1 else str(name) for name, n in answers.items())


def _print_chapter(chapter: Fields, zone: tzinfo) -> Iterator[str]:
    yield f"{show_instant(chapter['at'], zone)}  {_name(chapter)}"
    indent = " " * 18
    yield from (f"{indent}{line}" for line in _print_body(chapter, zone))
    if capture := chapter.get("capture"):
        yield f"{indent}capture: {capture['warc_file']} at byte {capture['warc_offset']}"


def _name(chapter: Fields) -> str:
    match chapter["what"]:
        case "announced":
            return f"announced by {chapter['channel']} {chapter['source']}"
        case "first read":
            return f"first read: version {chapter['version']}, {chapter['word_count']} words"
        case "sign":
            return f"seems to be gone: {chapter['sign']}"
        case "still gone":
            times = chapter["times"]
            return f"still gone, asked {times} more time{'s' * (times != 1)}: {chapter['sign']}"
        case "moved here":
            return f"moved here from {chapter['from']} (article {chapter['article_id']})"
        case "not seen":
            times = chapter["times"]
            return f"not seen, asked {times} time{'s' * (times != 1)}: {_count(chapter['answers'])}"
        case "read anew":
            return f"version {chapter['version']}: no change is known"
        case "removed" | "moved":
            return KINDS[chapter["what"]]
        case what:
            number = chapter["version"]
            return f"{KINDS[what]}: version {number}"


def _print_body(chapter: Fields, zone: tzinfo) -> Iterator[str]:
    detail = chapter.get("detail", {})
    match chapter["what"]:
        case "first read":
            yield f"published {chapter['date_published'] or 'without a date'}"
            yield f"“{chapter['title']}”"
        case "removed":
            yield from (
                f"{show_instant(sign['at'], zone)} {sign['sign']}" for sign in detail["signs"]
            )
            yield f"believed since {show_instant(detail['believed_at'], zone)}"
        case "read anew":
            yield ANEW[chapter["why"]]
        case "moved":
            yield f"from {detail['from']} to {detail['to']} ({detail['sign']})"
        case "back":
            yield f"it was gone since {show_instant(detail['removed_at'], zone)}"
        case "cosmetic" | "headline" | "text" | "correction":
            yield from _print_change(chapter, detail, zone)


def _print_change(chapter: Fields, detail: Fields, zone: tzinfo) -> Iterator[str]:
    yield f"after {show_instant(detail['since'], zone)}, when it had the words before"
    if "dress" in detail:
        yield f"of all the paper's pages, no edit: {_hint({'dress': detail['dress']})}"
    if detail.get("notice"):
        yield f"notice: {detail['notice']}"
    for name, before, after in say_shifts(detail):
        yield f"{name}: {_shorten(before) or 'none'} -> {_shorten(after) or 'none'}"
    sentences = chapter["sentences"]
    if sentences is None:
        yield "the versions were read by two readers: `khobao show --version` has either text"
        return
    for sentence in sentences[:SENTENCES]:
        yield _print_sentence(sentence)
    if len(sentences) > SENTENCES:
        yield f"and {len(sentences) - SENTENCES} more sentences"


def _print_sentence(sentence: Fields) -> str:
    match sentence["kind"]:
        case "added":
            return f"+ {_shorten(sentence['after'])}"
        case "removed":
            return f"- {_shorten(sentence['before'])}"
        case _:
            parts = [(kind, text) for edit in sentence["words"] for kind, text in edit.items()]
            return f"~ {_mark(parts)}"


def _mark(parts: list[tuple[str, str]]) -> str:
    """Return a changed sentence: what went in [-...-], what came in [+...+], as `git` marks it."""
    shown = []
    for number, (kind, text) in enumerate(parts):
        if kind == "kept":
            words = text.split()
            ends = (number > 0, number < len(parts) - 1)
            shown.append(_clip(words, *ends))
        else:
            mark = MARKS[kind]
            shown.append(f"[{mark}{_shorten(text)}{mark}]")
    return " ".join(shown)


def _clip(words: list[str], after: bool, before: bool) -> str:
    """Return unchanged words, of a long run only those beside a change."""
    if len(words) <= 12:
        return " ".join(words)
    head, tail = words[:5] if after else [], words[-5:] if before else []
    return " ".join([*head, "…", *tail])


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= WIDTH else f"{words[: WIDTH - 1]}…"


def print_changes(rows: list[Fields], *, fold: bool = True) -> Iterator[str]:
    """Yield a line a change, with its article below, of what ``changelist.list_changes`` gave.

    Times are those of the papers; where they have several clocks, the offset from UTC is told.
    ``fold``: the moves of a paper that moved many articles in one day are one line, and so is the
    dress that it gave its articles.
    """
    times = [from_text(row["at"]).astimezone(name_zone(row["timezone"])) for row in rows]
    form = "%Y-%m-%d %H:%M" + "%z" * (len({time.utcoffset() for time in times}) > 1)
    crowds = _find_crowds(rows, times) if fold else {}
    for row, time in zip(rows, times, strict=True):
        shown, place = time.strftime(form), (row["site"], time.date(), _name_crowd(row))
        if place in crowds:
            if alike := crowds[place]:
                yield from _print_crowd(alike, shown, time.date())
                alike.clear()
            continue
        yield f"{shown}  {row['kind']:<10}  {row['site']}  {row['title']}"
        yield f"{'':<{len(shown) + 2}}{row['url']}"
        if hint := _hint(row["detail"]):
            yield f"{'':<{len(shown) + 2}}{hint}"


def _find_crowds(rows: list[Fields], times: list[datetime]) -> dict[Place, list[Fields]]:
    """Return the moves, and the dresses, of the papers and days that have many."""
    found: dict[Place, list[Fields]] = {}
    for row, time in zip(rows, times, strict=True):
        if name := _name_crowd(row):
            found.setdefault((row["site"], time.date(), name), []).append(row)
    return {place: alike for place, alike in found.items() if len(alike) >= LEAST}


def _name_crowd(row: Fields) -> str:
    """Name what a row may be told with others as; a change beside a dress is told for itself."""
    if row["kind"] == "moved":
        return "moved"
    is_dress = row["kind"] == "cosmetic" and "dress" in row["detail"]
    return "dress" if is_dress and "fields" not in row["detail"] else ""


def _print_crowd(alike: list[Fields], shown: str, day: date) -> Iterator[str]:
    site, kind, indent = alike[0]["site"], alike[0]["kind"], " " * (len(shown) + 2)
    if kind == "moved":
        yield f"{shown}  {kind:<10}  {site}  {len(alike)} articles moved to new addresses"
        if told := say_rules(find_rules((r["detail"]["from"], r["detail"]["to"]) for r in alike)):
            yield f"{indent}{told[0]} by the same rule: {told[1]} -> {told[2]}"
    else:
        yield f"{shown}  {kind:<10}  {site}  {len(alike)} articles changed with all of the paper's"
        yield f"{indent}{_hint(alike[0]['detail'])}"
    command = f"khobao changes --since {day} --to {day} --site {site} --kind {kind}"
    yield f"{indent}`{command}` lists them"


def _hint(detail: Fields) -> str:
    """Return the most telling detail of a change in one line."""
    if "notice" in detail:
        return _shorten(detail["notice"])
    if "to" in detail:
        return f"to {detail['to']}"
    if "sign" in detail:
        return str(detail["sign"])
    told = [f"{old} → {new}" for name in ("numbers", "names") for old, new in detail.get(name, ())]
    if dress := detail.get("dress"):
        deed = DRESSED[dress["kind"]]
        told.append(f"{deed} “{dress['shown']}”, as {dress['articles']} of {dress['asked']}")
    told += [f"{name}: {old or 'none'} → {new or 'none'}" for name, old, new in say_shifts(detail)]
    if "headline" in detail.get("classes", ()) and "title" in detail:
        told.insert(0, f"it was “{_shorten(detail['title'][0])}”")
    if not told and "sentences" in detail:
        counts = detail["sentences"]
        told = [f"{n} {k}" for k, n in counts.items() if n and k != "kept"]
    return _shorten(", ".join(told))

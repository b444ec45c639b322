"""An article, or a paper's health, as lines of text for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.contrast import Contrast, print_contrast

Fields = dict[str, Any]


def print_article(fields: Fields) -> Iterator[str]:
    """Yield the lines of what ``show.describe`` returned."""
    if "title" in fields:
        yield from _print_head(fields)
        yield ""
        yield from (
            line for part in (fields["lead"], fields["body"]) if part for line in (part, "")
        )
        yield from _print_list("pictures", fields["images"], _print_image)
        yield from _print_list("related", fields["related"], _print_link)
        yield from _print_list("further pages", fields["parts"], _print_part)
        yield from _print_list("versions", fields["history"], _print_version)
        yield from _print_list("addresses", fields["addresses"], str)
        if fields["story"]:
            yield "one story with others"
            yield from (f"  {line}" for line in print_story(fields["story"]))
            yield ""
        yield from _print_list("warnings", fields["warnings"], str)
    else:
        yield fields["url"]
        yield "not read as an article"
        yield ""
    yield from _print_list("captures", fields["captures"], _print_capture)
    yield from _print_list("announced by", fields["announced_by"], _print_sighting)


def print_story(story: Fields) -> Iterator[str]:
    """Yield the lines of what ``story.tell_story`` returned."""
    papers = story["papers"]
    in_papers = f"{len(papers)} papers" if len(papers) > 1 else f"one paper, {next(iter(papers))}"
    yield f"{story['cluster']}  {story['title']}"
    yield f"    {story['articles']} articles in {in_papers}; {_print_first(story)}"
    if story["agencies"]:
        credits = ", ".join(f"{name} ({count})" for name, count in story["agencies"].items())
        yield f"    credited: {credits}"
    for member in story["members"]:
        yield f"    {_print_date(member)}  {member['url']}"
        if member["changed"] is not None:
            yield f"        {print_contrast(Contrast(**member['changed']))}"
    if story["articles"] > len(story["members"]):
        yield f"    and {story['articles'] - len(story['members'])} more"


def _print_first(story: Fields) -> str:
    undated = f"; {story['undated']} without a date" if story["undated"] else ""
    if not story["first"]:
        return "no date tells who was first"
    members = {member["id"]: member for member in story["members"]}
    first = [members[number] for number in story["first"]]
    named = ", ".join(f"{member['site']} {_print_date(member)}" for member in first[:5])
    if len(first) == 1:
        return f"first: {named}{undated}"
    more = ", ..." if len(first) > 5 else ""
    return f"who was first the dates do not tell: {named}{more}{undated}"


def _print_date(member: Fields) -> str:
    if member["date_precision"] == "day":
        return f"{member['date_published'][:10]} (only the day)"
    return str(member["date_published"] or "no date")


def _print_head(fields: Fields) -> Iterator[str]:
    yield fields["title"]
    yield fields["url"]
    facts = {
        "published": fields["date_published"],
        "modified": fields["date_modified"],
        "authors": ", ".join(fields["authors"]),
        "agency": fields["agency"],
        "section": fields["section"],
        "tags": ", ".join(fields["tags"]),
        "paper": fields["site"],
        "version": f"{fields['version']} of {fields['versions']}",
        "gone since": fields["gone_at"],
        "removed": fields["removed_at"],
        "read by": f"{fields['extractor']}, profile {fields['profile']}",
    }
    yield from (f"  {name:<11}{value}" for name, value in facts.items() if value)


def _print_list(name: str, items: list[Any], line: Any) -> Iterator[str]:
    if items:
        yield name
        yield from (f"  {line(item)}" for item in items)
        yield ""


def _print_part(part: Fields) -> str:
    name = "whole" if part["number"] == 0 else f"page {part['number']}"
    if part["warc_file"] is None:
        return f"{name}  not in the text: {part['why'] or 'never asked for'}  {part['url']}"
    return f"{name}  {part['url']}  {_print_capture(part)}"


def _print_image(image: Fields) -> str:
    credit = f" ({image['credit']})" if image["credit"] else ""
    return f"{image['caption'] or 'no caption'}{credit}  {image['url']}"


def _print_link(link: Fields) -> str:
    return f"{link['title'] or 'no title'}  {link['url']}"


def _print_version(version: Fields) -> str:
    seen = f"{version['first_seen_at'][:19]}Z to {version['last_seen_at'][:19]}Z"
    return f"{version['version']}  {seen}  {version['word_count']} words  {version['title']}"


def _print_capture(capture: Fields) -> str:
    came = capture["status"] or capture["failure"]
    place = f"{capture['warc_file']} at {capture['warc_offset']}+{capture['warc_length']}"
    digest = capture["payload_digest"] or ""
    return f"{capture['captured_at']}  {came}  {capture['kind']}  {place}  {digest}".rstrip()


def _print_sighting(sighting: Fields) -> str:
    at = sighting["first_seen_at"][:19]
    return f"{at}Z  {sighting['channel']} {sighting['source']}, place {sighting['position'] + 1}"


def print_health(fields: Fields, *, whole: bool) -> Iterator[str]:
    """Yield the lines of a paper's health (health.Health as plain data); ``whole``: also what is
    usual, and what can not be judged."""
    count = len(fields["findings"])
    said = f"{count} problem{'s' * (count > 1)}" if count else "nothing is wrong"
    yield f"{fields['site']}: {said}"
    for finding in fields["findings"]:
        yield f"  ! {finding['words']}: {finding['remedy']}"
    for note in fields["notes"]:
        yield f"  note: {note['words']}: {note['remedy']}"
    if whole:
        yield from (f"  usual {name}: {words}" for name, words in fields["usual"].items())
        yield from (f"  not judged: {words}" for words in fields["unjudged"])

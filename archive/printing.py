"""An article as lines of text for a person at a terminal: what it says, then where it lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
        yield from _print_list("versions", fields["history"], _print_version)
        yield from _print_list("addresses", fields["addresses"], str)
        yield from _print_list("warnings", fields["warnings"], str)
    else:
        yield fields["url"]
        yield "not read as an article"
        yield ""
    yield from _print_list("captures", fields["captures"], _print_capture)
    yield from _print_list("announced by", fields["announced_by"], _print_sighting)


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
        "read by": f"{fields['extractor']}, profile {fields['profile']}",
    }
    yield from (f"  {name:<11}{value}" for name, value in facts.items() if value)


def _print_list(name: str, items: list[Any], line: Any) -> Iterator[str]:
    if items:
        yield name
        yield from (f"  {line(item)}" for item in items)
        yield ""


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

"""A story as a newsroom writes it: from words to title, lead, paragraphs and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .prose import Section, Writer, slugify


@dataclass(frozen=True)
class Picture:
    """A picture after paragraph ``after`` (0-based; -1: before the first)."""

    path: str
    caption: str | None
    credit: str | None
    after: int


@dataclass(frozen=True)
class Story:
    """One article as its paper holds it at one instant."""

    id: int
    slug: str
    section: Section
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    subheads: frozenset[int]  # which paragraphs are headings inside the text
    images: tuple[Picture, ...]
    authors: tuple[str, ...]
    agency: str | None
    tags: tuple[str, ...]
    published: datetime
    modified: datetime
    related: tuple[int, ...]


def write_story(writer: Writer, section: Section, published: datetime) -> Story:
    """Return a new story of ``section``; its id is the writer's serial, nothing related yet."""
    random = writer.random
    writer.bound["theme"] = random.choice(section.themes)
    title = writer.fill(random.choice(section.titles))
    lead = writer.choose("leads")
    authors = _draw_authors(writer)
    paragraphs, subheads = _draw_paragraphs(writer)
    agencies = writer.language.agencies
    return Story(
        id=writer.serial,
        slug=slugify(title),
        section=section,
        title=title,
        lead=lead,
        paragraphs=paragraphs,
        subheads=subheads,
        images=_draw_pictures(writer, authors),
        authors=authors,
        agency=random.choice(agencies) if random.random() < 0.15 else None,
        tags=tuple(dict.fromkeys(writer.fill("{tag}") for _ in range(random.randrange(1, 5)))),
        published=published,
        modified=published,
        related=(),
    )


def _draw_authors(writer: Writer) -> tuple[str, ...]:
    count = writer.random.choices((1, 2), (5, 1))[0]
    return tuple(dict.fromkeys(writer.fill("{author}") for _ in range(count)))


def _draw_paragraphs(writer: Writer) -> tuple[tuple[str, ...], frozenset[int]]:
    """Three to eight paragraphs; no sentence pattern twice in a story while patterns last."""
    sentences = list(writer.language.general["sentences"])
    writer.random.shuffle(sentences)
    paragraphs: list[str] = []
    subheads: set[int] = set()
    for number in range(writer.random.randrange(3, 9)):
        if number == 3 and writer.random.random() < 0.3:
            subheads.add(len(paragraphs))
            paragraphs.append(writer.choose("subheads"))
            continue
        chosen = [sentences[(number * 2 + k) % len(sentences)] for k in range(2)]
        paragraphs.append(" ".join(writer.fill(one) for one in chosen))
    if len(paragraphs) - 1 in subheads:  # a heading with nothing under it is no heading
        subheads.clear()
        paragraphs.pop()
    return tuple(paragraphs), frozenset(subheads)


def _draw_pictures(writer: Writer, authors: tuple[str, ...]) -> tuple[Picture, ...]:
    random, serial = writer.random, writer.serial
    captions = list(writer.language.general["captions"])
    random.shuffle(captions)
    pictures = []
    count = random.choices((0, 1, 2, 3), (1, 4, 3, 1))[0]
    for number in range(min(count, len(captions))):
        caption = writer.fill(captions[number]) if random.random() < 0.75 else None
        credit = random.choice(authors) if caption and random.random() < 0.6 else None
        path = f"/images/{writer.on:%Y/%m}/{serial * 7919 % 0xFFFFFF:06x}/dsc{serial}-{number}.png"
        pictures.append(Picture(path, caption, credit, (-1, 1, 2)[number]))
    return tuple(pictures)

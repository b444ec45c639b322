"""Take the credits that stand in a body's last lines into their fields: who wrote it, whose it is.

    MAI QUẾ · Thanh Sơn - Ngọc Hà (thực hiện) · Theo TTXVN · H.A (Theo Readers Digest)

Evidence is asked for: the line repeats a known author, names its source, ends with its initials in
brackets, or is set apart (right, bold, italic, capitals); in Vietnamese a short last line of
capitalised words is a signature, too.
"""

from __future__ import annotations

import re

from crawler.read.authors import Credits, find_fuller, is_introduced, read_byline, read_credits
from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.facts import Facts
from crawler.read.guesses import guess_names
from crawler.read.labelled import read_told
from crawler.read.names import cut_source, match_source
from crawler.read.people import has_stranger, is_agency, is_owner, is_placeholder
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.story import Story
from crawler.read.strays import drop_stray_names
from crawler.read.words import read_words
from spiders.site import Site

_LAST = 4  # lines from the end in which a signature may stand
_LINE = 100  # letters of such a line
_BEHIND = 2  # lines behind the story in which a signature may stand
_OTHER = Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.AD | Sign.TAGS | Sign.SHARE | Sign.CAPTION
_RIGHT = re.compile(r"text-align:\s*right", re.I)
_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(r"\s\(([^\W\d_](?:\.?\s?[^\W\d_]){1,3}\.?)\)\.?$")


def take_credits(story: Story, facts: Facts, sheet: Sheet) -> Credits:
    """The credits of the article; lines at the end of the body that only give them leave it."""
    authors, agency, site = facts.credits.authors, facts.credits.agency, sheet.site
    known = {key(name) for name in (*authors, agency or "")} - {""}
    language = (facts.language or site.profile.language or "").lower()
    vietnamese = language.startswith("vi")
    for block in reversed(story.blocks[-_LAST:]):
        said = _read_signature(block, known, facts, vietnamese)
        if said is None:
            break
        story.blocks.remove(block)
        story.cuts.append(("signature", block.text))
        declared = facts.sources.get("authors", "").startswith("meta:")
        if said.authors and (not authors or (vietnamese and declared)):
            authors = tuple(_lower_capitals(name) for name in said.authors)
            facts.sources["authors"] = "last line"
        if said.agency and not agency:
            agency, facts.sources["agency"] = said.agency, "last line"
    told = _read_labelled(story, facts, sheet)
    if not authors and not agency and (told.authors or told.agency):
        authors, agency = told.authors, told.agency
        facts.sources["authors" if authors else "agency"] = "line after the text"
    elif authors and len(told.authors) > len(authors) and set(authors) < set(told.authors):
        authors, facts.sources["authors"] = told.authors, "line after the text"
    if vietnamese and not (authors and agency):
        signed = _read_tail(story, facts, sheet)
        if signed.authors and not authors:
            authors, facts.sources["authors"] = signed.authors, "line after the text"
        if signed.agency and not agency:
            agency, facts.sources["agency"] = signed.agency, "line after the text"
    houses = _list_houses(facts, site) if not authors else ()
    if houses:
        authors, facts.sources["authors"] = houses, f"{facts.house_source}, the house"
    if not authors and not agency and (names := guess_names(sheet.tree)):
        owners = facts.list_barred()
        names = drop_stray_names(names, facts, sheet)
        guessed = read_credits([(name, "") for name in names], owners, weak=True)
        guessed = find_fuller(guessed, (block.text for block in sheet.lines), owners) or guessed
        authors, agency = guessed.authors, agency or guessed.agency
        if authors:
            facts.sources["authors"] = "trafilatura"
    if not authors and facts.desk_source:
        facts.sources["authors"] = f"{facts.desk_source}, a desk"
    facts.credits = Credits(authors, agency, facts.credits.houses)
    return facts.credits


def _read_labelled(story: Story, facts: Facts, sheet: Sheet) -> Credits:
    """What a line right behind the story names in whatever language: an agency alone or behind a
    word for a source, names behind a word for an author ("Haber: A B"), all the known authors."""
    tail = [line for step, line in story.cuts if step == "tail"][:2]
    known = {key(name) for name in facts.credits.authors}
    for line in (*tail, *_list_behind(story, sheet)):
        if len(line) > _LINE or line[-1:] in "?!…:;" or "@" in line:
            continue
        names = read_told(line)
        said = read_credits([(names or line, "")], facts.list_barred())
        named = ":" in line and match_source(line)
        agency = said.agency if named or is_agency(said.agency or "") else None
        if agency and not said.authors:
            return Credits((), agency)
        if names and said.authors:
            return Credits(said.authors, None)
        if known and known < set(map(key, said.authors)) and not has_stranger(line):
            return Credits(said.authors, None)
    return Credits((), None)


def _read_tail(story: Story, facts: Facts, sheet: Sheet) -> Credits:
    """What is right behind the story, where some systems put the signature: names, a source."""
    tail = [line for step, line in story.cuts if step == "tail"][:2]
    for line in (*tail, *_list_behind(story, sheet)):
        said = None if is_placeholder(line) else read_byline(line, facts.owners)
        if said and said.agency and match_source(line):
            return Credits((), said.agency)
        if said and said.authors and len(line.split()) <= 5 and not _DIGIT.search(line):
            names = [name for name in said.authors if " " in name or "." in name]
            return Credits(tuple(_lower_capitals(name) for name in names), None)
    return Credits((), None)


def _list_behind(story: Story, sheet: Sheet) -> list[str]:
    """The lines of the page behind the last paragraph of the story, up to a heading or a link: a
    list of links or short lines that were left in the story say nothing of where it ends."""
    told = {block.folded for block in story.blocks}
    whole = [at for at, line in enumerate(sheet.lines) if line.folded in told]
    long = [at for at in whole if len(sheet.lines[at].text) > _LINE and sheet.lines[at].links < 0.5]
    found: list[str] = []
    last = max(long or whole, default=-1)
    for line in sheet.lines[last + 1 : last + 1 + _BEHIND] if last >= 0 else ():
        if line.is_heading or line.links or line.signs & ~sheet.wrapped & _OTHER:
            break
        found.append(line.text)
    return found


def _list_houses(facts: Facts, site: Site) -> tuple[str, ...]:
    """The house where a page names it and nobody else as its author; not if the profile bans it."""
    profile = site.profile
    declared = facts.house_source.startswith(("json-ld", "meta:", "rel:", "class:author"))
    titled = facts.titled if facts.titled and not declared else ""
    known = (profile.title or "", titled, *profile.names)
    banned = {key(name) for name in known} - {""}
    return tuple(name for name in facts.credits.houses if not is_owner(key(name), banned))[:3]


def _read_signature(
    block: Block, known: set[str], facts: Facts, vietnamese: bool
) -> Credits | None:
    text = block.text
    if len(text) > 100 or block.is_heading or block.tag in ("li", "tr") or _DIGIT.search(text):
        return None
    if is_placeholder(text):
        return Credits((), None)
    said = read_byline(text, facts.owners)
    if said is None:
        return None
    if said.agency and not said.authors:
        return said
    names = {key(name) for name in said.authors}
    if names & known or is_introduced(text) or _is_right(block) or _is_initialled(text):
        return said
    if vietnamese and _is_apart(block):
        return said
    short = len(cut_source(text).split()) <= 5 * max(1, len(said.authors)) and text[-1:] not in ".,"
    return said if vietnamese and short else None


def _is_apart(block: Block) -> bool:
    if block.strong > 0.9 or (
        block.text == block.text.upper() and block.text != block.text.lower()
    ):
        return True
    inner = block.element.iter("em", "i") if block.element is not None else ()
    return any(key(read_words(element)) == block.folded for element in inner)


def _is_right(block: Block) -> bool:
    element = block.element
    if element is None:
        return False
    return element.get("align") == "right" or bool(_RIGHT.search(element.get("style") or ""))


def _is_initialled(text: str) -> bool:
    """Whether a line of names ends with the initials of one of them: "A. Writer (AW)"."""
    match = _INITIALS.search(text)
    if match is None:
        return False
    short = [letter.casefold() for letter in match[1] if letter.isalpha()]
    words = [word[0].casefold() for word in text[: match.start()].split()]
    runs = (words[at : at + len(short)] for at in range(len(words)))
    return len(short) > 1 and short in runs


def _lower_capitals(name: str) -> str:
    """A name that a signature sets in capitals as names are written: "MAI QUẾ" is Mai Quế."""
    if " " not in name or name != name.upper() or "." in name:
        return name
    return " ".join(word.capitalize() for word in name.split())

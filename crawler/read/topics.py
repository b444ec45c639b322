"""Find the tags of an article: what its head declares, and the list a reader sees at its end.

Decision: the head first, since lists on pages are clouds and menus, too; but where a reader sees
tags, of several lists in the head the first that shares one with them is the article's: on some
papers the other is the paper's own, the same on every page. A list that is seen answers alone where
the head has none, or none but what the profile's ``prompts`` or a site's template (template.py)
know for the paper's. Last comes what stands behind a word for tags (tagline.py).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.facts import Facts, Said
from crawler.read.jsonld import read_names
from crawler.read.lines import fold_all
from crawler.read.meta import Meta
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.tagline import list_behind, read_linked, read_tagline
from crawler.read.values import read_values
from crawler.read.words import read_words

_TAGS = ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "keywords")
_BLANK = "article:published_time"
_MAX_TAGS, _MAX_TAG = 60, 100
_MOST_SHOWN, _MAX_SHOWN = 20, 60  # tags: more are a cloud; letters: more are a headline
_NEAR, _GAP = 4, 2  # lines below the headline; lines between two tags of one list
_TAG_PAGE = re.compile(r"/(?:tags?|hashtag|tu-khoa|keywords?|etiquetas?|schlagwort)/[^/]", re.I)
_ELSEWHERE = Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.ASIDE | Sign.AD


def read_tags(facts: Facts, said: Said) -> None:
    """Set the tags: the profile's, JSON-LD's, rel=tag, the head's, those that are seen."""
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.tags)
    facts.keep("tags", _split_tags(named), "profile:tags")
    told = read_names(said.structured.article.get("keywords"))
    own = fold_all(said.sheet.site.profile.read.prompts)
    facts.keep("tags", _drop_own(_split_tags(told), own), "json-ld")
    if not facts.tags:
        shown = [read_words(link) for link in said.find_marked(_is_tag, _MAX_TAGS)]
        facts.keep("tags", _split_tags(w for w in shown if len(w) <= _MAX_SHOWN), "rel:tag")
    if not facts.tags:
        _choose_tags(facts, said, own)


def show_tags(facts: Facts, sheet: Sheet) -> None:
    """Set the tags that a reader sees, where there are none."""
    facts.keep("tags", _split_tags(_list_shown(facts, sheet)), "seen")


def _drop_own(tags: tuple[str, ...], own: Container[str]) -> tuple[str, ...]:
    """The tags of a list without the paper's own, none where the whole list is."""
    if key("".join(tags)) in own:
        return ()
    return tuple(tag for tag in tags if key(tag) not in own)


def is_blank(meta: Meta) -> bool:
    """Whether nobody filled in what the head says of its article: the time of publication stands
    there and is empty. Section and tags beside it are the template's own on 3 pages of 3."""
    return _BLANK in meta.empty


def _choose_tags(facts: Facts, said: Said, own: Container[str]) -> None:
    """The tags of the head, of several lists the one that agrees with what is seen."""
    values = said.meta.values
    names = [name for name in _TAGS if values.get(name)]
    if is_blank(said.meta):
        names = [name for name in names if not name.startswith("article:")]
    told = {name: _drop_own(_split_tags(values[name]), own) for name in names}
    lists = {name: tags for name, tags in told.items() if tags}
    shown = _split_tags(_list_shown(facts, said.sheet)) if len(lists) != 1 else ()
    seen = {key(tag) for tag in shown}
    agreed = [name for name in lists if seen & {key(tag) for tag in lists[name]}]
    for name in (*agreed, *lists):
        facts.keep("tags", lists[name], f"meta:{name}")
    facts.keep("tags", shown, "seen")
    if not facts.tags:
        facts.keep("tags", _split_tags(_list_labelled(facts, said.sheet)), "labelled")


def _list_labelled(facts: Facts, sheet: Sheet) -> list[str]:
    """The tags behind the first label for them below the headline."""
    start, barred = sheet.find_start(facts.titles), _ELSEWHERE & ~sheet.wrapped
    for place in range(start + 1, len(sheet.lines)):
        if not sheet.lines[place].signs & barred:
            line = sheet.lines[place]
            tags = read_linked(line) or read_tagline(line.text) or list_behind(sheet.lines, place)
            if tags:
                return tags
    return []


def _is_tag(element: HtmlElement) -> bool:
    """Whether a link is a tag's; WordPress marks those of categories "category tag"."""
    rel = element.get("rel") or ""
    return element.tag == "a" and "tag" in rel and "category" not in rel.split()


def _list_shown(facts: Facts, sheet: Sheet) -> list[str]:
    """The words of the links of the first list of tags below the headline."""
    start, last = sheet.find_start(facts.titles), -1
    barred = _ELSEWHERE & ~sheet.wrapped
    found: list[str] = []
    for block in sheet.lines[start + 1 :]:
        if found and block.place - last > _GAP:
            break
        if not block.links or block.element is None or block.signs & barred:
            continue
        listed = Sign.TAGS in block.signs & ~sheet.wrapped
        if words := list(_read_links(block, listed, near=block.place - start <= _NEAR)):
            found += words
            last = block.place
    return found if len(found) <= _MOST_SHOWN else []


def _read_links(block: Block, listed: bool, *, near: bool) -> Iterator[str]:
    """The links of a line to pages of tags; in a list that is named so all of its links."""
    for anchor in block.element.iter("a") if block.element is not None else ():
        words = read_words(anchor)
        if not words or len(words) > _MAX_SHOWN:
            continue
        tagged = near and _TAG_PAGE.search(anchor.get("href") or "")
        if listed or tagged or (words.startswith("#") and " " not in words):
            yield words


def _split_tags(values: Iterable[str]) -> tuple[str, ...]:
    parts = (part.strip(" #") for value in values for part in re.split(r"[,;،؛、，]", value))
    kept = (part for part in parts if part and len(part) <= _MAX_TAG)
    return tuple(dict.fromkeys(kept))[:_MAX_TAGS]

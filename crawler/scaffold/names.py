"""Names an element by a selector that may lead to the same place on other pages.

    #id · [itemprop=x] · .class · tag.class · custom-element · font[size="5"]
    · the same of an element above

Class names that say a state or a column (active, col-6) or are a page's own number say nothing of
the place; very short ones ("et") say little and come last. Pages without any name have the
attributes of their time: font[size], td[width].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

ABOVE = 3  # elements around one that may name it
_NAME = re.compile(r"-?[A-Za-z_][\w-]{1,40}")
_STATE = re.compile(
    r"^(?:active|current|show|hide|hidden|first|last|odd|even|is-|has-|js-|col-|row$)|\d{5,}"
)
_SHORT = re.compile(r"\w{0,3}")
_ATTRIBUTES = ("role", "size", "width", "align", "valign", "color")
_VALUE = re.compile(r"[\w%#.-]{1,20}")


def list_names(element: HtmlElement, above: int = ABOVE) -> Iterator[str]:
    """Selectors for an element, the most telling first; ``above`` elements around it may help."""
    tag = str(element.tag)
    yield from list_own(element)
    for outer in list(element.iterancestors())[:above]:
        for name in (*list_own(outer), *list_attributes(outer)):
            yield f"{name} > {tag}" if outer is element.getparent() else f"{name} {tag}"
    yield from list_attributes(element)


def list_own(element: HtmlElement) -> Iterator[str]:
    """Selectors by what an element itself is called."""
    identity = (element.get("id") or "").strip()
    if _is_telling(identity):
        yield f"#{identity}"
    prop = (element.get("itemprop") or "").strip()
    if _is_telling(prop):
        yield f"[itemprop={prop}]"
    named = [one for one in (element.get("class") or "").split() if _is_telling(one)]
    classes = [one for one in named if not _SHORT.fullmatch(one)]
    yield from (f".{one}" for one in classes)
    if len(classes) > 1:
        yield f".{classes[0]}.{classes[1]}"
    yield from (f"{element.tag}.{one}" for one in (*classes, *named))
    if "-" in str(element.tag) and _is_telling(str(element.tag)):
        yield str(element.tag)


def list_attributes(element: HtmlElement) -> Iterator[str]:
    """Selectors by the attributes of pages that name nothing."""
    for name in _ATTRIBUTES:
        value = (element.get(name) or "").strip()
        if _VALUE.fullmatch(value):
            yield f'{element.tag}[{name}="{value}"]'


def _is_telling(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _STATE.search(name)

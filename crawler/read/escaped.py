"""Reads text as the markup it plainly is: `&lt;p&gt;...&lt;/p&gt;` where paragraphs should stand.

A template that escapes what is escaped already shows all stories of a night so. A run of text that
begins and ends with tags, or has two paragraphs of its own, is parsed once more as what it was; no
reader sees it, and the same story read on the next night has the same words. Not in code, fields
and scripts, where markup is shown or kept on purpose. What is still markup then (escaped twice) is
no text: the reader holds it back, and it is asked for again. Rejected: taking the tags out of the
words (paragraphs and captions would run together).
"""

from __future__ import annotations

import html
import re

CODE = "markup-escaped"
_BLOCK = "p|div|h[1-6]|ul|ol|li|blockquote|figure|section|table"
_RUN = re.compile(r"<(/?[a-zA-Z][\w:-]*)[^<>]*>([^<]{12,})")
_KEPT = frozenset(("code", "pre", "textarea", "script", "style", "title", "option", "xmp", "kbd"))
_OPEN = re.compile(rf"&(?:lt|#0*60|#x0*3c);(?:{_BLOCK})(?=[\s&>/])", re.I)
_SHUT = re.compile(rf"&(?:lt|#0*60|#x0*3c);/(?:{_BLOCK})\s*(?:&(?:gt|#0*62|#x0*3e);|>)", re.I)
_PLAIN = re.compile(rf"<(?:{_BLOCK}|br|span|strong|em|a|img)(?:\s[^<>]*)?/?>", re.I)
_ENTITY = ("&lt;", "&#60;", "&#060;", "&#x3c;", "&#x3C;")


def unescape(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a page with such runs as markup, and a warning where there were any. Linear."""
    if not any(entity in text for entity in _ENTITY):
        return text, ()
    count = 0

    def mend(found: re.Match[str]) -> str:
        nonlocal count
        tag, run = found[1].lower(), found[2]
        if tag in _KEPT or not _is_markup(run):
            return found[0]
        count += 1
        return found[0][: -len(run)] + html.unescape(run)

    text = _RUN.sub(mend, text)
    said = (f"{CODE}: {count} runs of text were markup, and are read as it",) if count else ()
    return text, said


def is_markup(text: str) -> bool:
    """Say whether an article's text still is markup."""
    if not text.startswith(("<", "&")):
        return False
    plain = html.unescape(html.unescape(text))
    return _PLAIN.match(plain) is not None and len(_PLAIN.findall(plain)) >= 2


def _is_markup(run: str) -> bool:
    run = run.strip()
    opened, shut = _OPEN.findall(run), _SHUT.findall(run)
    if not opened or not shut:
        return False
    if len(opened) >= 2 and len(shut) >= 2:
        return True
    ends = [*_SHUT.finditer(run)][-1].end() == len(run)
    return _OPEN.match(run) is not None and ends

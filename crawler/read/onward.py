"""Where a page that tells nothing sends its reader: a redirect that is not one of HTTP.

    refresh   <meta http-equiv=refresh> within WAIT seconds, on a page without a story
    script    a location that is set or replaced by a literal address, on a page that shows nothing
              and loads nothing

A page that reloads itself, one with a story (a ticker that goes to the front page when it is read),
what stands in <noscript>, and a script that computes where it goes, send nobody anywhere: in doubt
a page is what it shows. Rejected: running the script.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element
from lxml.html import HtmlElement

from archive.records import Article
from crawler.read.addresses import find_base, resolve_address
from crawler.read.glance import Glance

WAIT = 30.0  # seconds: who reads a notice is sent on after five or ten
STORY = 160  # letters of a text that are no notice any more
SHOWN = 40  # letters that a page of nothing but a script shows
SCRIPTS = 2_000  # letters of scripts on such a page
_REFRESH = re.compile(  # HTML Standard, 4.2.5.3; some leave the delay out
    r"(?:(\d[\d.]*|\.\d+)(?:\s*[;,]|\s)\s*(?:url\s*=\s*)?|\d*\s*url\s*=\s*)"
    r"(?:'([^']*)|\"([^\"]*)|(\S+))",
    re.I,
)
_LITERAL = r"(?:\"([^\"\\]+)\"|'([^'\\]+)'|`([^`$\\]+)`)"
_SCRIPT = re.compile(
    rf"\blocation(?:\s*\.\s*href)?\s*=\s*{_LITERAL}|"
    rf"\blocation\s*\.\s*(?:replace|assign)\s*\(\s*{_LITERAL}\s*\)"
)


def find_refresh(tree: _Element, url: str) -> tuple[float, str] | None:
    """Return after how many seconds a meta refresh leads to which other page; None without one."""
    for element in tree.iter("meta"):
        if (element.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        if next(element.iterancestors("noscript"), None) is not None:
            continue
        match = _REFRESH.match((element.get("content") or "").strip(" '\";"))
        words = next(filter(None, match.groups()[1:]), "") if match else ""
        target = _resolve(tree, url, words)
        if match and target:
            return _read_delay(match[1]), target
    return None


def _read_delay(words: str | None) -> float:
    try:
        return float(words or 0)
    except ValueError:  # "1.5.2"
        return 0.0


def find_onward(tree: HtmlElement, url: str, article: Article | None) -> str | None:
    """Return the address to which a page without a story of its own leads; None for others."""
    if article is not None and len(article.text) >= STORY:
        return None
    refresh = find_refresh(tree, url)
    if refresh is not None:
        return refresh[1] if refresh[0] <= WAIT else None
    return _find_scripted(tree, url)


def _find_scripted(tree: HtmlElement, url: str) -> str | None:
    scripts = list(tree.iter("script"))
    said = "\n".join(script.text or "" for script in scripts)
    if not said or len(said) > SCRIPTS or any(script.get("src") for script in scripts):
        return None
    words = {next(filter(None, match.groups())) for match in _SCRIPT.finditer(said)}
    if len(words) != 1 or Glance(tree).letters > SHOWN:
        return None
    return _resolve(tree, url, words.pop())


def _resolve(tree: _Element, url: str, words: str) -> str | None:
    """Return the address that words on a page name, unless it is the page itself, be it with more
    in its query."""
    target = resolve_address(find_base(tree, url), words.strip()) if words.strip() else None
    if target is None:
        return None
    here, there = urlsplit(url), urlsplit(target)
    if (here.netloc, here.path) == (there.netloc, there.path):
        ours, theirs = (set(parse_qsl(one.query)) for one in (here, there))
        return None if ours <= theirs else target
    return target

"""Makes one set of tables of a site's file and its platform's: pure functions on plain data.

Kept apart from the model so that errors are found in what the person wrote, completed, and not
in defaults; and so that the laws of merging can be tested without a profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

Tables = Mapping[str, Any]

APPENDED = frozenset({"walk.deny", "read.strip", "read.labels", "read.prompts"})
"""Lists of which a site's entries follow its platform's: papers add blocks, they remove none."""

TRUST = ("seen", "family", "guess")
"""The marks, best first; each may head a list of answers in [trust]."""

ADDRESSED = ("categories", "feeds", "sitemaps", "dated")
"""Words of [walk] whose entries may be paths on the home page's host."""


def merge(family: Tables, own: Tables, path: str = "") -> dict[str, Any]:
    """``own`` over ``family``: tables word by word, APPENDED lists joined, all else replaced."""
    merged = dict(family)
    for word, value in own.items():
        key = path + word
        shared = merged.get(word)
        if isinstance(shared, Mapping) and isinstance(value, Mapping):
            merged[word] = merge(shared, value, f"{key}.")
        elif key in APPENDED and shared is not None and _listable(value):
            merged[word] = list(dict.fromkeys([*_listed(shared), *_listed(value)]))
        else:
            merged[word] = value
    return merged


def complete(tables: Tables) -> dict[str, Any]:
    """The tables with ``home`` and ``domains`` from each other and paths made addresses.

    Values of a wrong type are left as they are: the model says what is wrong with them.
    """
    done = dict(tables)
    domains, home = done.get("domains"), done.get("home")
    if home is None and isinstance(domains, list) and domains and isinstance(domains[0], str):
        home = done["home"] = f"https://{domains[0]}/"
    if isinstance(home, str) and isinstance(done.get("walk"), Mapping):
        done["walk"] = _anchor(done["walk"], home)
    return done


def flatten(trust: Tables, path: str = "") -> dict[str, Any]:
    """``{"walk": {"pager": "guess"}}`` as ``{"walk.pager": "guess"}``."""
    flat: dict[str, Any] = {}
    for word, value in trust.items():
        if isinstance(value, Mapping):
            flat |= flatten(value, f"{path}{word}.")
        else:
            flat[path + word] = value
    return flat


def spread(trust: Tables) -> dict[str, Any]:
    """``{"seen": ["walk"], "read": {"date": "guess"}}`` as ``{"walk": "seen", "read": ...}``.

    An answer with two marks gets both, which is no mark: the model says so.
    """
    marks = {word: value for word, value in trust.items() if word not in TRUST}
    for mark in TRUST:
        listed = trust.get(mark, [])
        if not isinstance(listed, list) or not all(isinstance(answer, str) for answer in listed):
            marks[mark] = listed
            continue
        for answer in listed:
            marks[answer] = f"{marks[answer]} and {mark}" if answer in marks else mark
    return marks


def leaves(tables: Tables, path: str = "") -> Iterator[str]:
    """The key paths of all values that are not tables."""
    for word, value in tables.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}{word}.")
        else:
            yield path + word


def mark(family: Tables, own: Tables) -> dict[str, Any]:
    """The trust marks of a merged profile: the platform's answers are "family" unless marked, and
    a guess where the platform itself is marked as one.

    A mark of the site for a whole table speaks of what the site itself wrote there.
    """
    given = own.get("trust")
    own_marks = flatten(spread(given)) if isinstance(given, Mapping) else {}
    written = set(leaves({word: own[word] for word in own if word != "trust"}))
    habit = "guess" if own_marks.get("platform") == "guess" else "family"
    marks = {answer: habit for answer in leaves(family) if answer not in written}
    return marks | own_marks


def _anchor(walk: Tables, home: str) -> dict[str, Any]:
    """[walk] with "/paths" of its address lists joined to the home page's address."""
    done = dict(walk)
    for word in ADDRESSED:
        if isinstance(done.get(word), list):
            done[word] = [_join(home, entry) for entry in done[word]]
    if "api" in done:
        done["api"] = _join(home, done["api"])
    return done


def _join(home: str, entry: Any) -> Any:
    """An address for a "/path"; anything else as it is."""
    if not isinstance(entry, str) or not entry.startswith("/"):
        return entry
    try:
        return urljoin(home, entry)
    except ValueError:
        return entry


def _listable(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    )


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)

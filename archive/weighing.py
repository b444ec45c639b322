"""Weighs whether a block that an edit added owns to an error of the paper's, by its evidence.

Words alone lose: each desk has its own (notice.py and amends.py know 6 of the 124 corrections in
tests/changes/owned). What corrections share is evidence, each piece with a weight in WEIGHTS::

    alike     the block names what stood there, and only an error explains what stands there now:
              digits in another order, another year, a name spelled otherwise
    old, new  it names what gave way elsewhere in the text, what stands there now
    not       it denies a value that the text has not, beside one that it has: "1878, not 1887"
    mended    the text was edited a little, and it has a word for an error, a deed or a regret
    owned     such a word, and one for the paper's text or who speaks for it
    past      what a paper does with facts, at another time: first published, earlier reported
    opens     it begins with a regret or a deed, nobody before it: "Apologies to", "Fixed:"
    mark      an asterisk or a bracket stands before it
    near      it has a word that stands beside what gave way
    moved, grown, said, removed   against it: events went on, a number grew, somebody speaks, a part
              was taken out

A block that names neither value, and no word beside them, has only its words: it needs more
(UNLINKED), one for the paper's text and one for an error or a regret, or a regret or an error in
what was told of who speaks for the paper. "An earlier version of the bill was wrong" is news.

The weights are those of a logistic regression on the half of that set that is not held, and on half
of wordings.toml, rounded to halves; ``near``, ``removed`` and ``said`` were set by hand after the
news of notices.toml and test_walled.py. A kind of evidence that alone weighed less than a fourth
counts in pairs only (a regret, a word for an error: others regret and err, too). Rejected: any
small edit as evidence for whatever came with it (papers put names right without a word, and an
advertisement came the same night), another spelling where only the new one is named (the story goes
on with it), the day of publication (news name the same day), a trained model of the words (nobody
could say why a line of the ledger is there).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from archive.fingerprint import IS_UNSPACED
from archive.fold import find_words, fold, fold_word
from archive.notice import fold_line, says_removed, unquote
from archive.typo import measure

WEIGHTS = {
    "owned": 3.0,
    "alike": 2.0,
    "not": 1.5,
    "new": 1.0,
    "mark": 1.0,
    "opens": 1.0,
    "old": 0.5,
    "mended": 0.5,
    "past": 0.5,
    "right": 0.5,
    "voice": 0.5,
    "readers": 0.5,
    "self": 0.5,
    "told": 0.5,
    "near": 0.5,
    "grown": -1.0,
    "said": -3.0,
    "removed": -1.5,
    "moved": -1.5,
}
ENOUGH, UNLINKED = 2.5, 4.0
_FILE = Path(__file__).with_name("weighing.toml")
_SEAMLESS = (
    "th",
    "zh",
    "ja",
    "ko",
    "ar",
    "he",
    "hi",
)  # a word may begin within one, or with a mark
_BEHIND = ("ja", "ko", "hi", "tr")  # what is denied stands before the denial
_AROUND = 30  # letters between a denial and its value
_SAMPLE = 4000  # letters by which a language is known
_OPENING = (("sorry", 12), ("right", 4))  # letters before a word that opens a block
_YEAR = re.compile(r"1\d{3}|20\d\d")
_WORD = re.compile(r"[^\W\d_]+")
_CUT = re.compile(r"(?:…|\.\.\.)\W*$")
_MARKED = re.compile(r"\W*[*†‡※(\[（【]")
_BESIDE, _SHORT = 5, 3  # words between, letters of those that tell nothing
_BOX = 300  # letters of a notice in a box
_SWAPS = 3  # of an edit that mends
_WRONG = {"wrong", "right", "sorry"}

Swap = tuple[Sequence[str], Sequence[str]]  # words that gave way to others, as written


@dataclass(frozen=True, slots=True)
class Value:
    """What gave way to what, folded."""

    old: str
    new: str
    is_alike: bool = False
    has_grown: bool = False


def weigh(evidence: frozenset[str]) -> float:
    """Return by how much some evidence is more than enough for a notice; below 0 it is none."""
    total = sum(WEIGHTS.get(name, 0.0) for name in evidence)
    if evidence & {"old", "new", "not"} or ("near" in evidence and evidence & {"owned", "opens"}):
        return total - ENOUGH
    return total - UNLINKED if _is_whole(evidence) else -UNLINKED


def _is_whole(evidence: frozenset[str]) -> bool:
    """Say whether words alone may be enough: an error or a regret, and the paper's text; or who
    speaks for the paper, with a regret, or an error in what was told or stood there before."""
    if "self" in evidence and evidence & {"wrong", "sorry"}:
        return True
    return "voice" in evidence and (
        "sorry" in evidence or ("wrong" in evidence and bool(evidence & {"earlier", "told"}))
    )


class Around:
    """The text around blocks as it is now, folded once for all of them."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def words(self) -> list[str]:
        """Its folded words."""
        return fold(self._text)

    @cached_property
    def padded(self) -> str:
        """Them in one line, a blank around each."""
        return _join(self.words)

    @cached_property
    def common(self) -> Counter[str]:
        """How often its beginning has the most frequent words of each language."""
        return _count_common(self._text[:_SAMPLE])


def list_evidence(block: str, rest: Around, swaps: Sequence[Swap]) -> frozenset[str]:
    """Return the names of what tells for and against a block being a notice.

    ``rest`` is the text around it, ``swaps`` what gave way there.
    """
    told = unquote(block)
    language = _tell_language(block, rest)
    values = [_compare(old, new) for old, new in swaps]
    found = {*_find_words(fold_line(told), language), *_find_values(told, values)}
    if 0 < len(values) <= _SWAPS and found & _WRONG:
        found.add("mended")
    if _denies(told, rest, values, language):
        found.add("not")
    if _is_near(told, rest, values):
        found.add("near")
    if _MARKED.match(block):
        found.add("mark")
    return frozenset(found)


def may_own(block: str, rest: Around) -> bool:
    """Say whether a block beside a text may be a notice, where nobody knows what it said before.

    Its evidence is enough without that, or it names a number that the text has and one that it has
    not, with a word for an error, a deed, a regret, a denial, or of what was
    told before, and nobody speaks. Not names:
    teasers of other stories name people of this one; nor what a teaser cuts off.
    """
    if len(block) > _BOX or _CUT.search(block) or not _speaks(block, rest):
        return False
    evidence = list_evidence(block, rest, [])
    if weigh(evidence) >= 0:
        return True
    missing, held = _sort_named(unquote(block), rest)
    told = evidence & {*_WRONG, "not", "past"} and not evidence & {"said", "moved"}
    return bool(told) and all(any(v[0].isdigit() for v in side) for side in (missing, held))


def _speaks(block: str, rest: Around) -> bool:
    """Say whether a block has a word without which no evidence is enough: asked first, it spares
    the folding of the text on 9 of 10 lines beside one."""
    text, words = fold_line(unquote(block)), _load()[_tell_language(block, rest)]
    return any(words[name].search(text) for name in (*sorted(_WRONG), "earlier", "not"))


def _find_words(text: str, language: str) -> Iterator[str]:
    """Yield the kinds of words in a folded block, and the pairs of them that weigh more."""
    words = _load()[language]
    found = {name for name in words.keys() - {"not", "common"} if words[name].search(text)}
    yield from found
    if found & {"self", "voice", "readers"} and found & _WRONG:
        yield "owned"
    if {"told", "earlier"} <= found:
        yield "past"
    if any((m := words[name].search(text)) and m.start() <= most for name, most in _OPENING):
        yield "opens"
    if says_removed(text):
        yield "removed"


def _find_values(told: str, values: Sequence[Value]) -> Iterator[str]:
    """Yield what a block names of what gave way in the text."""
    said = _pad(told)
    for value in values:
        has_old, has_new = _holds(said, value.old), _holds(said, value.new)
        if has_old:
            yield "old"
        if has_new:
            yield "new"
        if has_old and value.is_alike:
            yield "alike"
        if (has_old or has_new) and value.has_grown:
            yield "grown"


def _compare(old: Sequence[str], new: Sequence[str]) -> Value:
    """Return two values; of those with numbers, the numbers."""
    sides = [[word for word in side if word[0].isdigit()] for side in (old, new)]
    if all(sides):
        one, other = (" ".join(side) for side in sides)
        ours, theirs = (re.sub(r"\D", "", side) for side in (one, other))
        years = _YEAR.fullmatch(one) and _YEAR.fullmatch(other)
        if years or sorted(ours) == sorted(theirs):
            return Value(one, other, is_alike=True)
        return Value(one, other, has_grown=len(sides[0]) == len(sides[1]) and _rises(ours, theirs))
    one, other = (" ".join(map(fold_word, side)) for side in (old, new))
    named = any(word[0].isupper() for word in (*old, *new)) or IS_UNSPACED.search(one)
    return Value(one, other, is_alike=bool(named) and 0 < measure(one, other) <= 2)


def _rises(ours: str, theirs: str) -> bool:
    return (len(ours), ours) < (len(theirs), theirs)


def _pad(text: str) -> str:
    return _join(fold(text))


def _join(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _holds(padded: str, value: str) -> bool:
    if len(value) < 2 and not value.isdigit():
        return False
    return value in padded if IS_UNSPACED.search(value) else f" {value} " in padded


def _is_near(told: str, rest: Around, values: Sequence[Value]) -> bool:
    """Say whether a block has a word that stands beside what gave way."""
    if not values:
        return False
    said, words = {*fold(told)}, rest.words
    for value in values:
        new = value.new.split()
        for place in (n for n in range(len(words)) if words[n : n + len(new)] == new):
            beside = words[max(0, place - _BESIDE) : place + len(new) + _BESIDE]
            if any(len(word) > _SHORT and word in said for word in beside if word not in new):
                return True
    return False


def _denies(told: str, rest: Around, values: Sequence[Value], language: str) -> bool:
    """Say whether a value that the text has not is denied, beside one that it has."""
    text = fold_line(told)
    denials = list(_load()[language]["not"].finditer(text))
    if not denials:
        return False
    missing, present = _sort_named(told, rest)
    missing |= {value.old for value in values if not _holds(rest.padded, value.old)}
    if not missing or not (present or values):
        return False
    for found in denials:
        before, after = text[max(0, found.start() - _AROUND) : found.start()], text[found.end() :]
        near = _pad(before if language in _BEHIND else after[:_AROUND])
        if any(_holds(near, value) for value in missing):
            return True
    return False


def _sort_named(told: str, rest: Around) -> tuple[set[str], set[str]]:
    """Return the numbers and names of a block that a text has not, and those that it has."""
    held, words = rest.padded, find_words(told)
    named = {fold_word(w) for w in words if w[0].isdigit()}
    named |= {fold_word(w) for w in words[1:] if w[0].isupper()}
    missing = {value for value in named if not _holds(held, value)}
    return missing, named - missing


def _tell_language(block: str, rest: Around) -> str:
    """Return the language whose most frequent words are most frequent in a block and around it."""
    counts = _count_common(block) + rest.common
    return max(_load(), key=lambda name: counts[name])


def _count_common(text: str) -> Counter[str]:
    """Count the most frequent words of each language, by words where it has blanks between them:
    26 expressions over 4,000 letters took 3.7 ms, this takes 0.5."""
    told, counts = fold_line(text), Counter[str]()
    for word, times in Counter(_WORD.findall(told)).items():
        for name in _list_common().get(word, ()):
            counts[name] += times
    if not told.isascii():
        for name in _SEAMLESS:
            counts[name] += len(_load()[name]["common"].findall(told))
    return counts


@lru_cache(maxsize=1)
def _load() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        name: {part: _compile(words, name in _SEAMLESS) for part, words in parts.items()}
        for name, parts in _read().items()
    }


@lru_cache(maxsize=1)
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _list_common() -> dict[str, list[str]]:
    """Return the languages that write blanks, by their most frequent words."""
    found: dict[str, list[str]] = {}
    for name, parts in _read().items():
        for word in () if name in _SEAMLESS else parts["common"].split("|"):
            found.setdefault(word, []).append(name)
    return found


def _compile(words: str, is_seamless: bool) -> re.Pattern[str]:
    return re.compile(f"(?:{words})" if is_seamless else rf"(?<!\w)(?:{words})")

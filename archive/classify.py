"""Says what kind of change lies between two versions of an article: one word, and the details.

The kinds, the weightiest that is true wins, and ``classes`` of the details names all of them::

    correction   a notice of correction appears, whatever else changed: known by its words
                 (archive/notice.py), or by evidence (archive/owning.py)
    text         lead or body say something else
    headline     the title says something else; lead and body do not
    cosmetic     nothing says anything else: white space, punctuation, case, quotes, tone
                 placement, words split or joined, a few one-letter typos

A change of title and text together is ``text``, with ``headline`` among its classes: one edit by
the paper is one line of the ledger. Lead and body are compared as one text, because layouts move
the standfirst. What a typo is, typo.py says; one in a name (a word that has a capital there, and
within a sentence) is another name. Words added or lost are never cosmetic; the mark of a footnote
is no word. Rejected: a row a class (counts of edits would lie).

Where the paper was made anew between two versions (``redrawn``), a reader finds other blocks on the
page, a lead is lost, a prompt is taken for text. Whole sentences that came or went, words at a
sentence's ends and looks are then the layout's; what changed within a sentence, typos too, the
headline and notices are the paper's still. Rejected: no row at all (relaunches are when papers
correct).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from archive.align import align
from archive.diff import Piece, compare
from archive.fingerprint import IS_UNSPACED
from archive.fold import find_words, fold, fold_word, join, squeeze
from archive.notice import is_notice
from archive.owning import find_owned
from archive.sentences import split_sentences
from archive.typo import is_typo

Textual = Literal["cosmetic", "headline", "text", "correction"]

TYPOS, TYPOS_IN = 2, 50  # allowed at most: two, or one word in fifty
LISTED = 10  # numbers and names a row tells at most
NEARBY = 4  # words; in a longer run nobody can say which name gave way to which
QUOTED = 4  # sentences before one that may open the quotation it stands in
CLAUSES = 12  # of a "sentence" of a script without full stops that may begin a notice
SHOWN = 300  # letters of a quoted notice or title
_FOOTNOTE = re.compile(  # "[1]", "¹" behind a word; m² is none
    r"(?<=\S)[ \u00a0]?\[(?:\d{1,3}|[*†‡])\](?=[\s.,;:)]|$)"
    r"|(?:(?<=[^\W\d_]{3})|(?<=[.!?,”]))[¹²³⁴-⁹⁰]{1,3}",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a version says."""

    title: str
    lead: str | None
    body: str

    @property
    def text(self) -> str:
        """Lead and body."""
        return f"{self.lead}\n{self.body}" if self.lead else self.body


@dataclass(frozen=True, slots=True)
class Swap:
    """Words in a row that gave way to others, as written; either may be empty."""

    old: list[str]
    new: list[str]


def classify(
    old: Wording, new: Wording, *, redrawn: bool = False
) -> tuple[Textual, dict[str, Any]] | None:
    """Return the kind of the change and its details, ready for JSON; None where nothing changed.

    ``redrawn``: the page's layout changed between the two.

    Half of what ``diff`` takes on an edited article, and bounded as it is.
    """
    titles = squeeze(old.title) != squeeze(new.title)
    texts = squeeze(old.text) != squeeze(new.text)
    if not titles and not texts:
        return None
    before, after = (split_sentences(_FOOTNOTE.sub("", side.text)) for side in (old, new))
    same, lost, gained = _trim(before, after)
    if redrawn:
        lost, gained = _keep_changed(lost, gained)
        titles = titles and not is_part(old.title, new.title)
    names = cache(lambda: find_names([old.title, new.title, *before, *after]))
    swaps = list(find_swaps("\n".join(lost), "\n".join(gained)))
    heads = list(find_swaps(old.title, new.title)) if titles else []
    pieces = compare(lost, gained)
    notice = _find_notice([old.title, *before], [new.title, *after])
    evidence: list[str] = []
    if not (notice or redrawn):
        swapped = [*_list_swapped(pieces), *((s.old, s.new) for s in heads if s.old and s.new)]
        owned = find_owned(new.title, new.text, before, pieces, swapped)
        notice, evidence = owned or (None, [])
    classes: list[Textual] = []
    if notice:
        classes.append("correction")
    if not _is_cosmetic(swaps, names, old.text):
        classes.append("text")
    if not _is_cosmetic(heads, names, old.title):
        classes.append("headline")
    kind = classes[0] if classes else "cosmetic"
    if redrawn and not (classes or any(join(s.old) != join(s.new) for s in map(_fold_swap, swaps))):
        return None
    details: dict[str, Any] = {"classes": classes or ["cosmetic"]}
    if redrawn:
        details["redrawn"] = True
    if titles:
        details["title"] = [old.title[:SHOWN], new.title[:SHOWN]]
    if texts:
        details["sentences"] = _count(same, pieces)
    if notice:
        details["notice"] = notice[:SHOWN]
    if evidence:
        details["evidence"] = evidence
    return kind, details | _list_facts([*heads, *swaps])


def _trim(old: list[str], new: list[str]) -> tuple[int, list[str], list[str]]:
    """Return how many sentences both begin and end with, and those between them: an edit is
    mostly one sentence, and the work is with what lies between."""
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    most -= start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return start + end, old[start : len(old) - end], new[start : len(new) - end]


def _fold_swap(swap: Swap) -> Swap:
    return Swap([fold_word(word) for word in swap.old], [fold_word(word) for word in swap.new])


def _keep_changed(lost: list[str], gained: list[str]) -> tuple[list[str], list[str]]:
    """Leave out the sentences that have no counterpart, or one with more at an end."""
    pairs = [(piece.before or "", piece.after or "") for piece in compare(lost, gained)]
    kept = [(a, b) for a, b in pairs if a and b and a != b and not is_part(a, b)]
    return [a for a, _ in kept], [b for _, b in kept]


def is_part(one: str, other: str) -> bool:
    """Say whether one is the other with more around it, such as the paper's name.

    One search of text, not of lists: a sentence may be as long as its page.
    """
    short, long = sorted((fold(squeeze(one)), fold(squeeze(other))), key=len)
    return not short or f" {' '.join(short)} " in f" {' '.join(long)} "


def find_swaps(old: str, new: str) -> Iterator[Swap]:
    """Yield the words of two texts that differ, folded, with those in their place."""
    ours, theirs = find_words(old), find_words(new)
    pairs = align([fold_word(word) for word in ours], [fold_word(word) for word in theirs])
    i = j = 0
    for a, b in [*pairs, (len(ours), len(theirs))]:
        if i < a or j < b:
            yield Swap(ours[i:a], theirs[j:b])
        i, j = a + 1, b + 1


def find_names(sentences: Sequence[str]) -> frozenset[str]:
    """Return the words that stand with a capital within a sentence, folded.

    Not of sentences that are mostly capitals: a headline in title case names nobody.
    """
    found: set[str] = set()
    for sentence in sentences:
        words = [word for word in find_words(sentence) if word[0].isalpha()]
        raised = [word for word in words[1:] if word[0].isupper()]
        if 5 * len(raised) <= 3 * len(words) or len(words) < 3:
            found.update(fold_word(word) for word in raised)
    return frozenset(found)


def _is_cosmetic(swaps: Sequence[Swap], names: Callable[[], frozenset[str]], text: str) -> bool:
    typos = 0
    for swap in swaps:
        old, new = ([fold_word(word) for word in side] for side in (swap.old, swap.new))
        if join(old) == join(new) and not _breaks_number(old, new):
            continue
        if len(old) != len(new):
            return False
        for ours, theirs, *written in zip(old, new, swap.old, swap.new, strict=True):
            if ours != theirs:
                typos += 1
                named = {ours, theirs} & names() and any(_is_name(word) for word in written)
                if named or not is_typo(ours, theirs):
                    return False
    return typos <= max(TYPOS, len(text.split()) // TYPOS_IN)


def _breaks_number(old: list[str], new: list[str]) -> bool:
    """Say whether a swap of equal letters may have joined or cut a number at its edge."""
    return [w for w in old if w[0].isdigit()] != [w for w in new if w[0].isdigit()]


def has_notice(sentences: Sequence[str]) -> bool:
    """Say whether one of some sentences is a notice of correction."""
    return any(_is_notice(sentences, n) for n in range(len(sentences)))


def _find_notice(old: Sequence[str], new: Sequence[str]) -> str | None:
    """Return the first notice that was not there before, in these words or nearly so."""
    held = frozenset(old)
    found = [new[n] for n in range(len(new)) if new[n] not in held and _is_notice(new, n)]
    known = [old[n] for n in range(len(old)) if _is_notice(old, n)] if found else []
    fresh = (s for s in found if not any(_is_same(one, s) for one in known))
    return next((squeeze(sentence) for sentence in fresh), None)


def _is_notice(sentences: Sequence[str], place: int) -> bool:
    before = " ".join(sentences[max(0, place - QUOTED) : place])
    if is_notice(sentences[place], before):
        return True
    if not IS_UNSPACED.search(sentences[place]):
        return False
    clauses = sentences[place].split()[: CLAUSES + 1]  # without full stops: a notice may begin at
    return any(is_notice(" ".join(clauses[n:])) for n in range(1, len(clauses)))  # any of them


def _is_same(one: str, other: str) -> bool:
    return _is_cosmetic(list(find_swaps(one, other)), lambda: find_names([one, other]), one)


def _list_swapped(pieces: Sequence[Piece]) -> list[tuple[list[str], list[str]]]:
    """Return what gave way within the sentences that changed, where it was a few words."""
    return [
        (swap.old, swap.new)
        for piece in pieces
        if piece.kind == "changed"
        for swap in find_swaps(piece.before or "", piece.after or "")
        if swap.old and swap.new and max(len(swap.old), len(swap.new)) <= NEARBY
    ]


def _count(same: int, pieces: Sequence[Piece]) -> dict[str, int]:
    counts = dict.fromkeys(("kept", "changed", "added", "removed"), 0)
    counts["kept"] = same
    for piece in pieces:
        counts[piece.kind] += 1
    return counts


def _list_facts(swaps: Sequence[Swap]) -> dict[str, Any]:
    """Return the numbers and the names that gave way to others, as [before, after]."""
    numbers: list[list[str]] = []
    names: list[list[str]] = []
    for swap in swaps:
        if max(len(swap.old), len(swap.new)) > NEARBY:
            continue
        for found, test in ((numbers, _is_number), (names, _is_name)):
            pair = [" ".join(filter(test, side)) for side in (swap.old, swap.new)]
            if all(pair) and pair[0] != pair[1] and pair not in found:
                found.append([part[:SHOWN] for part in pair])
    told = {"numbers": numbers[:LISTED], "names": names[:LISTED]}
    return {name: pairs for name, pairs in told.items() if pairs}


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _is_name(word: str) -> bool:
    return word[0].isupper()

"""What a text gained or lost as a paper's dress would come and go: at an edge, or as whole lines.

    words      at the start or end of a sentence or headline: a dateline, a kicker, a suffix
    sentence   one as a whole, wherever it stands: a warning of a script, a line for subscribers
    lines      whole paragraphs in a row that came, went or gave way to others: a box, a line that
               turns; by place, counted from both ends and from the middle

Nothing is judged here: archive/index/dress.py asks what the changes of one crawl have in common,
and takes that out of each. Words are folded (archive/fold.py), so looks do not hide what is common.
Rejected: the difference of pages (layouts move; readings are what the archive holds).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.align import align
from archive.classify import Wording
from archive.diff import compare
from archive.fold import cut_words, fold, squeeze
from archive.sentences import split_sentences

Field = Literal["title", "text"]
Kind = Literal["gained", "lost", "turned"]
Grain = Literal["words", "sentence", "lines"]
Edge = Literal["start", "end", ""]

LONGEST = 12  # words at an edge: a dateline, a kicker or a name have fewer
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence: its words folded, as it stands, and in which line; ``alone``: it is the line."""

    words: tuple[str, ...]
    text: str
    line: int
    alone: bool

    @property
    def key(self) -> str:
        """What it says, whatever its numbers."""
        return _DIGIT.sub("0", " ".join(self.words))


@dataclass(frozen=True, slots=True)
class Cut:
    """Words of a unit of one side, from the first up to the last (not with it)."""

    is_new: bool
    unit: int
    first: int
    last: int
    line: int = 0  # of whole lines: in which, and what it says
    key: str = ""


@dataclass(frozen=True, slots=True)
class Trim:
    """One thing gained, lost or turned; ``mark`` is the sign between words and the rest."""

    field: Field
    grain: Grain
    kind: Kind
    places: tuple[str, ...]  # words: one of EDGES; lines: "+0" first, "-0" last, "=0" middle
    words: str
    mark: str
    shown: str  # as the page has it
    cuts: tuple[Cut, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What its lines say."""
        return tuple(cut.key for cut in self.cuts)

    def on(self, is_new: bool) -> tuple[Cut, ...]:
        """Return the lines that came, or those that went."""
        return tuple(cut for cut in self.cuts if cut.is_new == is_new)

    def size(self, is_new: bool) -> int:
        """Return how many lines came, or went."""
        return len({cut.line for cut in self.on(is_new)})


@lru_cache(maxsize=600)  # both texts of the articles that a crawl compares: they are asked often
def split(text: str) -> list[Unit]:
    """Return the sentences of a text whose paragraphs are lines."""
    units: list[Unit] = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines()))):
        parts = split_sentences(line)
        units += (Unit(tuple(fold(part)), part, number, len(parts) == 1) for part in parts)
    return units


def list_trims(old: Wording, new: Wording) -> list[Trim]:
    """Return all that a headline and a text gained, lost or had turned; nothing of what changed
    within a sentence."""
    found = list(_trim_unit("title", (_head(old), _head(new)), (0, 0), ("start", "end")))
    ours, theirs = split(old.text), split(new.text)
    return [*found, *_list_pieces(ours, theirs)]


def take_out(old: Wording, new: Wording, trims: Iterable[Trim]) -> tuple[Wording, Wording]:
    """Return both wordings without what some trims of them gained and lost."""
    heads, texts = ([t for t in trims if t.field == f] for f in ("title", "text"))
    titles = _undo([_head(old)], [_head(new)], heads) if heads else (old.title, new.title)
    if not texts:
        return Wording(titles[0], old.lead, old.body), Wording(titles[1], new.lead, new.body)
    bodies = _undo(split(old.text), split(new.text), texts)
    return Wording(titles[0], None, bodies[0]), Wording(titles[1], None, bodies[1])


def _head(wording: Wording) -> Unit:
    title = squeeze(wording.title)
    return Unit(tuple(fold(title)), title, 0, True)


# -- what came and went ---------------------------------------------------------------------------


def _list_pieces(old: list[Unit], new: list[Unit]) -> Iterator[Trim]:
    """Walk through the gaps between sentences that both have."""
    i = j = 0
    gap: tuple[list[int], list[int]] = ([], [])
    for piece in compare([unit.text for unit in old], [unit.text for unit in new]):
        if piece.kind in ("kept", "changed"):
            if piece.kind == "kept" or not _is_turn(old[i], new[j]):
                yield from _trim_gap(old, new, *gap)
                gap = ([], [])
            else:
                gap[0].append(i)
                gap[1].append(j)
            if piece.kind == "changed":
                edges: list[Edge] = ["start", "end"]
                yield from _trim_unit("text", (old[i], new[j]), (i, j), edges, len(old), len(new))
        elif piece.kind == "removed":
            gap[0].append(i)
        else:
            gap[1].append(j)
        i += piece.before is not None
        j += piece.after is not None
    yield from _trim_gap(old, new, *gap)


def _is_turn(old: Unit, new: Unit) -> bool:
    """Say whether a whole line changed within: another of its kind may have taken its place."""
    inside = old.words[:1] == new.words[:1] or old.words[-1:] == new.words[-1:]
    either = _ends_with(old.words, new.words) or _ends_with(new.words, old.words)
    return old.alone and new.alone and inside and not either


def _ends_with(one: Sequence[str], other: Sequence[str]) -> bool:
    most = min(len(one), len(other))
    return one[-most:] == other[-most:] or one[:most] == other[:most]


def _trim_gap(
    old: list[Unit], new: list[Unit], lost: list[int], gained: list[int]
) -> Iterator[Trim]:
    """Yield what stands between two sentences that both have."""
    lost, gained = list(lost), list(gained)
    for i in list(lost):  # a short sentence with a long kicker counts for two
        for j in gained:
            short, long = sorted((old[i].words, new[j].words), key=len)
            if len(short) > 1 and len(short) < len(long) and _ends_with(short, long):
                pair: list[Edge] = ["start", "end"]
                yield from _trim_unit("text", (old[i], new[j]), (i, j), pair, len(old), len(new))
                lost.remove(i)
                gained.remove(j)
                break
    yield from (_take_sentence(old, i, False) for i in lost if old[i].words)
    yield from (_take_sentence(new, j, True) for j in gained if new[j].words)
    ours, theirs = _whole(old, lost), _whole(new, gained)
    if ours is None or theirs is None or not (ours or theirs):
        return
    kind: Kind = "turned" if ours and theirs else "gained" if theirs else "lost"
    side, spots = (new, theirs) if theirs else (old, ours)
    cuts = [*(_cut_line(old, i, False) for i in ours), *(_cut_line(new, j, True) for j in theirs)]
    first, last = side[spots[0]].line, side[spots[-1]].line
    behind = side[-1].line - last
    places = [f"+{first}", f"-{behind}"]
    if abs(first - behind) < 2:
        places.append("=0")
    shown = " ".join(side[spot].text for spot in spots)
    yield Trim("text", "lines", kind, tuple(places), "", "", shown, tuple(cuts))


def _cut_line(units: list[Unit], spot: int, is_new: bool) -> Cut:
    unit = units[spot]
    return Cut(is_new, spot, 0, len(unit.words), unit.line, unit.key)


def _whole(units: list[Unit], spots: list[int]) -> list[int] | None:
    """Return the units of a gap if they are whole lines, None where some share a line with one
    that is not of them."""
    lines = {units[spot].line for spot in spots}
    chosen = set(spots)
    for spot in {n for s in spots for n in (s - 1, s + 1)} - chosen:
        if 0 <= spot < len(units) and units[spot].line in lines:
            return None
    return spots


def _take_sentence(units: list[Unit], spot: int, is_new: bool) -> Trim:
    unit = units[spot]
    cut = Cut(is_new, spot, 0, len(unit.words))
    kind: Kind = "gained" if is_new else "lost"
    return Trim("text", "sentence", kind, (), unit.key, "", unit.text, (cut,))


def _trim_unit(
    field: Field,
    pair: tuple[Unit, Unit],
    spots: tuple[int, int],
    edges: Sequence[Edge],
    *sizes: int,
) -> Iterator[Trim]:
    """Yield what one sentence gained or lost at its edges."""
    old, new = pair
    if old.words == new.words:
        return
    pairs = _align(old.words, new.words)
    if not pairs:
        return
    for edge in edges:
        if edge == "start":
            a, b = pairs[0]
            cuts = (Cut(False, spots[0], 0, a), Cut(True, spots[1], 0, b))
        else:
            a, b = (len(old.words) - 1 - pairs[-1][0], len(new.words) - 1 - pairs[-1][1])
            cuts = (
                Cut(False, spots[0], len(old.words) - a, len(old.words)),
                Cut(True, spots[1], len(new.words) - b, len(new.words)),
            )
        place = _name_edge(field, edge, spots, sizes)
        for unit, cut in zip(pair, cuts, strict=True):
            number = cut.last - cut.first
            if 0 < number <= LONGEST:
                kind: Kind = "gained" if cut.is_new else "lost"
                places = (place, "pure") if 0 in (a, b) else (place,)
                words = " ".join(unit.words[cut.first : cut.last])
                mark, shown = _read_mark(unit, cut, edge)
                yield Trim(field, "words", kind, places, words, mark, shown, (cut,))


def _align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pair the words of two sentences; one that ends or begins with the other has it whole, though
    what it gained has a word of it."""
    short, more = min(len(old), len(new)), len(new) - len(old)
    if more and tuple(old[-short:]) == tuple(new[-short:]):
        return [(max(0, -more) + n, max(0, more) + n) for n in range(short)]
    return align(old, new)


def _name_edge(field: Field, edge: Edge, spots: tuple[int, int], sizes: Sequence[int]) -> str:
    """Name a place: the head and the tail of a text are its own."""
    if field == "text":
        if edge == "start" and 0 in spots:
            return "head"
        if edge == "end" and any(spot == size - 1 for spot, size in zip(spots, sizes, strict=True)):
            return "tail"
    return edge


def _read_mark(unit: Unit, cut: Cut, edge: Edge) -> tuple[str, str]:
    """Return the sign between an edge's words and the rest, and the edge as it is written."""
    whole = len(unit.words)
    kept = (cut.last, whole) if edge == "start" else (0, cut.first)
    rest = cut_words(unit.text, *kept)
    ours = cut_words(unit.text, cut.first, cut.last)
    plain = cut_words(unit.text, 0, whole)
    if edge == "start":
        between = plain[len(ours) : len(plain) - len(rest)]
        return _squash(between), squeeze(ours + between)
    between = plain[len(rest) : len(plain) - len(ours)]
    return _squash(between), squeeze(between + ours)


def _squash(between: str) -> str:
    return "".join(between.split())[:3].strip("\"'“”‘’,")


# -- taking it out --------------------------------------------------------------------------------


def _undo(old: list[Unit], new: list[Unit], trims: Iterable[Trim]) -> tuple[str, str]:
    cuts = [cut for trim in trims for cut in trim.cuts]
    ours = [cut for cut in cuts if not cut.is_new]
    theirs = [cut for cut in cuts if cut.is_new]
    known = {unit.words: unit.text for unit in old}
    left = _leave(old, ours, {unit.words: unit.text for unit in new} if ours else {})
    return left, _leave(new, theirs, known)


def _leave(units: list[Unit], cuts: Sequence[Cut], known: dict[tuple[str, ...], str]) -> str:
    """Return a text without the cuts; what then says what the other side says is written so."""
    lines: dict[int, list[str]] = {}
    for number, unit in enumerate(units):
        first, last = 0, len(unit.words)
        for cut in cuts:
            if cut.unit != number:
                continue
            if cut.first <= first:
                first = max(first, cut.last)
            else:
                last = min(last, cut.first)
        text = unit.text
        if (first, last) != (0, len(unit.words)):
            rest = unit.words[first:last]
            text = known.get(rest) or (cut_words(text, first, last) if rest else "")
        if text:
            lines.setdefault(unit.line, []).append(text)
    return "\n".join(" ".join(parts) for parts in lines.values())

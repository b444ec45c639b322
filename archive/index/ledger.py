"""What happened to an article, from its evidence alone: other words, removed, moved, back.

A pure function of the items of evidence.py in the order of their instants, so a capture that is
imported years later falls into its place. Its decisions::

    home       the address of the latest sound reading, or where a redirect from there leads. Only
               signs at home tell of the article; an old address may die while the article lives
    removed    CONFIRMATIONS signs at home with nothing sound between, the last at least SPAN after
               the first; it happened at the first
    back       a sound reading, at whatever address, after a removal that was believed
    moved      an address where it was sound leads to the article elsewhere, or has the signs of a
               removal while the article is sound elsewhere; it happened at the first of: that
               redirect or sign, the first sound reading elsewhere since the last sound one here;
               with the return, where it was removed and put back elsewhere.
               A redirect of an address that has signs counts once the article was seen there.
               An article that answers at two addresses has not moved
    version    the latest sound reading had another version

Rejected: believing one 404 (an hour's fault of a server would empty an archive), a share of answers
(a page that flickers is not removed), and one state moved on with each capture (an import of older
captures would have to undo it).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from archive.index.evidence import Item, fold_url
from archive.instants import from_text

CONFIRMATIONS = 3  # a nightly crawl believes on the third night
SPAN = timedelta(hours=44)  # two nights, less what runs and their queues shift
TOLD = 3  # signs that a removal's details name: the first two and the one that made it believed


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to an article; ``version`` is yet to be classed by its words."""

    at: str
    kind: Literal["version", "removed", "moved", "back"]
    item: Item  # the capture that shows it
    before: int | None = None  # versions
    after: int | None = None
    signs: tuple[Item, ...] = ()  # of a removal, or of an address that died
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass
class Ledger:
    """What is made of the evidence so far."""

    happened: list[Happening] = field(default_factory=list)
    home: str | None = None
    version: int | None = None
    seen_at: str | None = None  # last sound
    signs: dict[str, list[Item]] = field(default_factory=dict)  # since it was sound there
    removed: Happening | None = None
    first: dict[str, Item] = field(default_factory=dict)  # sound, by address
    last: dict[str, Item] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)  # addresses it moved away from
    waiting: dict[str, Item] = field(default_factory=dict)  # redirects of dead addresses, by target

    @property
    def gone_at(self) -> str | None:
        """First sign at home since the article was last there."""
        signs = self.signs.get(self.home or "")
        return signs[0].at if signs else None

    @property
    def removed_at(self) -> str | None:
        """The same, once it is believed."""
        return self.removed.at if self.removed else None


def judge(items: Iterable[Item]) -> Ledger:
    """Return the ledger of an article's evidence, which is in the order of its instants."""
    ledger = Ledger()
    for item in items:
        match item.kind:
            case "sound":
                _note_sound(ledger, item)
            case "sign":
                _note_sign(ledger, item)
            case "led":
                _note_led(ledger, item)
    ledger.happened.sort(key=lambda happening: happening.at)  # stable: causes stay in front
    return ledger


def is_believed(signs: Sequence[Item]) -> bool:
    """Say whether signs in a row, oldest first, make a removal."""
    if len(signs) < CONFIRMATIONS:
        return False
    return from_text(signs[-1].at) - from_text(signs[0].at) >= SPAN


def _note_sound(ledger: Ledger, item: Item) -> None:
    returned = item if ledger.removed is not None else None
    if ledger.removed is not None:
        told = {"removed_at": ledger.removed.at}
        back = Happening(item.at, "back", item, ledger.version, item.version, (), told)
        ledger.happened.append(back)
        ledger.removed = None
    if ledger.version is not None and item.version != ledger.version:
        detail = {"since": ledger.seen_at}
        change = Happening(item.at, "version", item, ledger.version, item.version, (), detail)
        ledger.happened.append(change)
    ledger.signs.pop(item.address, None)
    ledger.left.discard(item.address)
    ledger.first.setdefault(item.address, item)
    ledger.last[item.address] = item
    ledger.home, ledger.version, ledger.seen_at = item.address, item.version, item.at
    if led := ledger.waiting.pop(item.address, None):
        _note_led(ledger, led)
    for address in list(ledger.signs):
        _try_move(ledger, address, returned)


def _note_sign(ledger: Ledger, item: Item) -> None:
    if item.address not in ledger.last:
        return  # it was never there
    signs = ledger.signs.setdefault(item.address, [])
    signs.append(item)
    if item.address != ledger.home:
        _try_move(ledger, item.address)
    elif ledger.removed is None and is_believed(signs):
        ledger.removed = Happening(
            signs[0].at, "removed", signs[0], ledger.version, None, _pick(signs)
        )
        ledger.happened.append(ledger.removed)


def _note_led(ledger: Ledger, item: Item) -> None:
    target = fold_url(item.words)
    if item.address not in ledger.last:
        return
    if ledger.signs.get(item.address) and target not in ledger.last:
        ledger.waiting[target] = item  # a paper made anew sends its dead addresses on too
        return
    ledger.signs.pop(item.address, None)
    if item.address not in ledger.left:
        _move(ledger, item, item.address, target, item.words, ())
    if ledger.home == item.address:
        ledger.home = target
        ledger.signs.pop(target, None)  # they are older than what was sound here


def _try_move(ledger: Ledger, address: str, returned: Item | None = None) -> None:
    """Note that an article left an address which has the signs, if it lives at another: with
    ``returned``, the reading that took its removal back."""
    signs = ledger.signs[address]
    alive = ledger.home not in (None, address) and not ledger.signs.get(ledger.home or "")
    if alive and ledger.removed is None and is_believed(signs) and address not in ledger.left:
        home = ledger.home or ""
        _move(ledger, returned or signs[0], address, home, home, _pick(signs))


def _move(
    ledger: Ledger, item: Item, address: str, home: str, url: str, signs: tuple[Item, ...]
) -> None:
    """Date the move: what showed it, or the first sight elsewhere if that came after the last
    here and before."""
    ledger.left.add(address)
    elsewhere = ledger.first.get(home)
    at = item.at
    if elsewhere is not None and ledger.last[address].at < elsewhere.at < at:
        at = elsewhere.at
    detail: dict[str, Any] = {
        "from": address,
        "to": url,
        "sign": signs[0].words if signs else "redirect",
    }
    ledger.happened.append(
        Happening(at, "moved", item, ledger.version, ledger.version, signs, detail)
    )


def _pick(signs: Sequence[Item]) -> tuple[Item, ...]:
    return (*signs[: TOLD - 1], signs[-1])

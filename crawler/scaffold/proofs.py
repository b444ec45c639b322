"""Learns whether the zone that a paper's stamps name is true, from all that speaks for or against.

    the clock that readers see        the same minute as the stamp's, or as its instant here
    another stamp of the page         "14:05Z" beside "14:05+07:00"
    the feed's date, Last-Modified    the same instant, or the same clock at the paper's offset
    the capture                       an article from the future has a stamp whose zone is false

Pages that show the paper's clock beside true stamps prove it for those whose stamp has the digits
of the clock they show: some systems write both kinds. What readers see is a doubt where nothing
else speaks; it decides as a guess, for papers that are not at UTC, and only where all pages say the
same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from archive.records import Link
from crawler.read.dates import parse_date
from crawler.read.metadata import read_facts
from crawler.read.offsets import Stamped, Verdict
from crawler.read.sheet import Sheet
from crawler.scaffold.kinds import Judged
from spiders.profile import Trust
from spiders.site import Site

_LEAST = 2  # pages without which a doubt is none
_NEAR = timedelta(minutes=3)  # between a stamp and a feed's date, or the file's
_FRESH = timedelta(minutes=15)  # a Last-Modified so near the capture is the page's making
_SOON = timedelta(minutes=10)  # a server's clock may be ahead of ours


@dataclass(frozen=True, slots=True)
class Proof:
    """What speaks for or against the zone of one page's stamp."""

    url: str
    stamped: Stamped
    at: datetime  # of the capture
    told: tuple[datetime, ...]  # instants that feeds and the server give the article

    def judge(self, paper: tzinfo) -> Verdict | None:
        """As Stamped.judge, with what stands outside of the page."""
        verdict = self.stamped.judge(paper, self.at)
        if verdict in ("true", "false"):
            return verdict
        instant = self.stamped.moment.instant()
        own = replace(self.stamped.moment, zone=paper).instant()
        if instant == own:
            return None
        if any(abs(one - own) <= _NEAR for one in self.told):
            return "false"
        if any(abs(one - instant) <= _NEAR and one.utcoffset() for one in self.told):
            return "true"  # a feed that says "GMT" may be as wrong as the stamp
        return "false" if verdict == "doubt" and instant > self.at + _SOON else verdict

    @property
    def is_ahead(self) -> bool:
        """Whether the article would come out after it was captured."""
        return self.stamped.moment.instant() > self.at + _SOON


@dataclass(frozen=True, slots=True)
class Stamps:
    """The answer for read.local_stamps."""

    places: tuple[str, ...]
    trust: Trust
    evidence: str


def gather_proofs(pages: Iterable[Judged], links: Sequence[Link], site: Site) -> list[Proof]:
    """What each article's page, the feeds and the server say of its stamp, where that has another
    zone than the paper's."""
    found = []
    for page in pages:
        tree, at = page.visit.tree, page.visit.captured_at
        if tree is None:
            continue
        stamped = read_facts(Sheet(tree, page.visit.url, site, at)).stamped
        if stamped is not None:
            urls = {page.visit.asked, page.visit.url}
            told = [link.date_raw or "" for link in links if link.url in urls]
            changed = _read_instants([page.visit.header("last-modified") or ""])
            instants = [*_read_instants(told), *(one for one in changed if at - one > _FRESH)]
            found.append(Proof(page.visit.asked, stamped, at, tuple(instants)))
    return found


def _read_instants(told: Iterable[str]) -> list[datetime]:
    moments = filter(None, map(parse_date, told))
    return [one.instant() for one in moments if one.clock is not None and one.zone is not None]


def list_bare(proofs: Iterable[Proof]) -> Mapping[str, str]:
    """Address -> the stamp's clock without its zone, where readers see that very clock."""
    return {
        one.url: f"{bare.day} {bare.clock:%H:%M:%S}"
        for one in proofs
        if (bare := one.stamped.bare).clock is not None
        and any(
            shown.clock and (shown.day, shown.clock.hour, shown.clock.minute)
            == (bare.day, bare.clock.hour, bare.clock.minute)
            for shown in one.stamped.shown
        )
    }  # fmt: skip


def learn_stamps(proofs: Sequence[Proof], paper: tzinfo, *, is_sure: bool) -> Stamps | None:
    """The places whose stamps name a false zone, none of them where pages show another clock than
    the paper's; None where nothing is wrong or nothing tells. ``is_sure``: more than its language
    speaks for the paper's clock."""
    judged = [(one, one.judge(paper)) for one in proofs]
    votes = Counter(verdict for _, verdict in judged if verdict)
    places = sorted({p for one, said in judged if said != "true" for p in one.stamped.places})
    first = next((one for one, said in judged if said in ("false", "doubt")), None)
    if first is None or not places:
        return None
    said = f"{first.stamped.raw} of {first.stamped.source}"
    doubted = [one for one, verdict in judged if verdict == "doubt"]
    shown = sum(one.stamped.is_shown_at(paper) for one, verdict in judged if verdict == "true")
    if doubted and shown >= _LEAST and not votes["false"]:
        mixed = sorted({place for one in doubted for place in one.stamped.places})
        words = (
            f"{said} is the paper's own clock, which {shown} other pages show beside true stamps"
        )
        return Stamps(tuple(mixed), "seen", words)
    if votes["false"] > 2 * votes["true"]:
        words = f"{said} is the paper's own clock ({votes['false']} articles prove it)"
        return Stamps(tuple(places), "seen", words)
    if votes["true"] > 2 * votes["false"]:
        words = f"{said} is true, the clock that pages show is another than the paper's"
        return Stamps((), "seen", words)
    if not votes["true"] and votes["doubt"] >= _LEAST and is_sure:
        words = f"{said} is what {votes['doubt']} pages show: its zone is false, or they show UTC"
        return Stamps(tuple(places), "guess", words)
    return None

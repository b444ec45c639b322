"""How well near duplicates are found, against two other ways, and what it costs. Run by hand.

    .venv/bin/python tests/bench/bench_clusters.py [ARTICLES]

Quality is measured on pairs of tests/archive/forms.py: stories of a small grammar with known edits,
and texts that only look alike. Thresholds of the other ways are the best on one seed (F1),
all figures are of another one. Costs are shares of the same run: the machine is busy or not.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from archive import fingerprint as fp  # noqa: E402
from archive.fingerprint import Fingerprint, make_fingerprint, measure_overlap  # noqa: E402
from archive.index.clusters import SHARED, note_article  # noqa: E402
from tests.archive import agency  # noqa: E402
from tests.archive.agency import Pair, Text  # noqa: E402
from tests.archive.forms import FORMS, make_pairs  # noqa: E402
from tests.search.corpus import Piece, add, create  # noqa: E402

TUNED, TRIED, EACH = 1, 2, 100


@dataclass(frozen=True)
class Way:
    """A way to tell near duplicates: its sample of a text, how alike two samples are (0 to 1)."""

    name: str
    sample: Callable[[Text], Any]
    compare: Callable[[Any, Any], float]
    size: Callable[[Any], int]  # bytes kept


def main() -> None:
    """Measure and print."""
    articles = int(sys.argv[1]) if sys.argv[1:] else 100_000
    measure_quality()
    measure_scale(articles)


def print_of(text: Text) -> Fingerprint:
    """Return our fingerprint of a text that is long enough."""
    found = make_fingerprint(text.title, text.lead, text.body)
    assert found is not None
    return found


def judge(one: Fingerprint, other: Fingerprint) -> float:
    """Return 1 for one story that the index finds: by its marks, then by our rules."""
    found = len(set(one.marks) & set(other.marks)) >= SHARED
    return float(found and fp.is_same_story(one, other))


def contain(one: Fingerprint, other: Fingerprint) -> float:
    """Return containment without the rules on numbers and round-ups."""
    return measure_overlap(one, other).containment


def bytes_of(print: Fingerprint) -> int:
    """Return what a row of ``texts`` and its ``marks`` hold."""
    return 4 * len(print.shingles) + 4 * len(print.numbers) + 12 * len(print.marks)


def keep_accents(text: Text) -> Fingerprint:
    """Return our fingerprint of words in NFC and lower case, and no more folded."""
    folds = fp.fold_words
    fp.fold_words = lambda words: fp.WORD.findall(unicodedata.normalize("NFC", words.lower()))
    try:
        return print_of(text)
    finally:
        fp.fold_words = folds


def hash_all(text: Text) -> list[int]:
    """Return the hashes of all shingles in their order."""
    return fp.hash_shingles(fp.fold_words(f"{text.title}\n{text.lead}\n{text.body}"))


def simhash(text: Text) -> int:
    """Return Charikar's hash of 32 bits (STOC 2002): each bit as most shingles have it."""
    hashes = hash_all(text)
    return sum(1 << bit for bit in range(32) if 2 * sum(h >> bit & 1 for h in hashes) > len(hashes))


def winnow(text: Text, window: int = 8) -> frozenset[int]:
    """Return the smallest hash of each window (Schleimer, Wilkerson and Aiken 2003)."""
    ahead: deque[tuple[int, int]] = deque()
    kept = set()
    for at, number in enumerate(hash_all(text)):
        while ahead and ahead[-1][0] >= number:
            ahead.pop()
        ahead.append((number, at))
        if ahead[0][1] <= at - window:
            ahead.popleft()
        if at >= window - 1:
            kept.add(ahead[0][0])
    return frozenset(kept)


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the smaller set in the larger one."""
    return len(one & other) / max(1, min(len(one), len(other)))


def winnow_too(text: Text) -> tuple[frozenset[int], Fingerprint]:
    """Return the windows' hashes, with what our rules on length and numbers want."""
    return winnow(text), print_of(text)


def share_by_rules(
    one: tuple[frozenset[int], Fingerprint], other: tuple[frozenset[int], Fingerprint]
) -> float:
    """Return the share of the smaller set, or nothing where length or numbers speak against."""
    sizes = sorted((one[1].size, other[1].size))
    agree = fp.has_same_numbers(measure_overlap(one[1], other[1]))
    if sizes[0] < fp.SHORTEST * sizes[1] or not agree:
        return 0.0
    return share(one[0], other[0])


WAYS = (
    Way("ours", print_of, judge, bytes_of),
    Way("ours, accents kept", keep_accents, judge, bytes_of),
    Way("bottom-k alone", print_of, contain, bytes_of),
    Way("winnowing, window 8", winnow, share, lambda kept: 12 * len(kept)),
    Way("winnowing, our rules", winnow_too, share_by_rules, lambda two: 12 * len(two[0])),
    Way("simhash", simhash, lambda a, b: 1 - (a ^ b).bit_count() / 32, lambda _: 4 * 12),
)


def measure_quality() -> None:
    """Print precision, recall, CPU and bytes of each way, then how often each kind is joined."""
    tuned, tried = make_pairs(TUNED, EACH), make_pairs(TRIED, EACH)
    joined: dict[str, dict[str, list[bool]]] = {}
    print(f"{len(tried)} pairs, {sum(pair.same for pair in tried)} of them one story")
    print(f"{'':24}{'threshold':>10}{'precision':>10}{'recall':>8}{'CPU':>7}{'bytes':>7}")
    cost = 0.0
    for way in WAYS:
        limit = find_threshold(way, tuned)
        started = time.process_time()
        samples = [(way.sample(pair.one), way.sample(pair.other)) for pair in tried]
        seconds = time.process_time() - started
        cost = cost or seconds
        said = [way.compare(*two) >= limit for two in samples]
        precision, recall, _ = score(said, tried)
        kept = sum(way.size(one) for one, _ in samples) / len(samples)
        figures = f"{limit:10.2f}{precision:10.4f}{recall:8.4f}{seconds / cost:7.2f}{kept:7.0f}"
        print(f"{way.name:24}{figures}")
        joined[way.name] = group(said, tried)
    print(f"\n{'pairs taken for one story, of ' + str(EACH):32}", *(f"{w.name:>20}" for w in WAYS))
    for kind in joined["ours"]:
        same = next(pair.same for pair in tried if pair.kind == kind)
        counts = (f"{sum(joined[way.name][kind]):>20}" for way in WAYS)
        print(f"{'= ' if same else '  '}{kind:30}", *counts)


def find_threshold(way: Way, pairs: list[Pair]) -> float:
    """Return the threshold with the best F1."""
    values = [way.compare(way.sample(pair.one), way.sample(pair.other)) for pair in pairs]
    return max(
        sorted(set(values) - {0.0}),
        key=lambda limit: score([value >= limit for value in values], pairs)[2],
    )


def score(said: list[bool], pairs: list[Pair]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    right = sum(say and pair.same for say, pair in zip(said, pairs, strict=True))
    precision = right / max(1, sum(said))
    recall = right / sum(pair.same for pair in pairs)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def group(said: list[bool], pairs: list[Pair]) -> dict[str, list[bool]]:
    """Return what was said by kind of pair."""
    found: dict[str, list[bool]] = {}
    for say, pair in zip(said, pairs, strict=True):
        found.setdefault(pair.kind, []).append(say)
    return found


def write_papers(articles: int) -> Iterator[Text]:
    """Yield what papers print: a third agency stories and their copies, a tenth forms."""
    chance = Random(2026)
    edits = list(agency.EDITS.values())
    wire: deque[Text] = deque(maxlen=400)
    for number in range(articles):
        if number % 10 == 0:
            yield chance.choice(list(FORMS.values()))(chance)
        elif number % 3 == 0 and wire:
            yield chance.choice(edits)(chance, "vi", chance.choice(wire))
        else:
            story = agency.tell(chance, "vi")
            if number % 5 == 0:
                wire.append(story)
            yield story


def measure_scale(articles: int) -> None:
    """Print CPU an article, bytes an article and memory, by tenths of the way."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index.db"
        db = create(path)
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        print(f"\n{articles} articles, into index.db (times are CPU, an article)")
        print(f"{'articles':>9}{'rows ms':>9}{'clusters ms':>12}{'ratio':>7}{'RSS MiB':>9}")
        spent = [0.0, 0.0]
        tenth = max(1, articles // 10)
        for number, text in enumerate(write_papers(articles), start=1):
            spent = [a + b for a, b in zip(spent, store(db, number, text), strict=True)]
            if number % tenth == 0:
                rows, clusters = (1000 * value / tenth for value in spent)
                size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                line = f"{rows:9.3f}{clusters:12.3f}{clusters / rows:7.2f}{size:9.0f}"
                print(f"{number:9}{line}", flush=True)
                db.execute("COMMIT")
                db.execute("BEGIN")
                spent = [0.0, 0.0]
        db.execute("COMMIT")
        print_sizes(db, articles)
        measure_parts()


def store(db: sqlite3.Connection, number: int, text: Text) -> list[float]:
    """Store an article; return CPU seconds of its rows, of its cluster."""
    piece = Piece(text.title, text.lead, text.body, site=f"bao{number % 40}")
    started = time.process_time()
    add(db, piece, number)
    stored = time.process_time()
    note_article(db, number)
    return [stored - started, time.process_time() - stored]


def print_sizes(db: sqlite3.Connection, articles: int) -> None:
    """Print bytes an article of each table with its indexes, and the clusters there are."""
    sizes: dict[str, int] = {}
    try:
        rows = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    except sqlite3.OperationalError:  # an SQLite without dbstat
        rows = []
    for name, size in rows:
        ours = name.split("_")[0] in ("fingerprints", "texts", "marks", "pairs")
        key = name.split("_")[0] if ours else "all else (articles, versions, search)"
        sizes[key] = sizes.get(key, 0) + size
    for key, size in sorted(sizes.items()):
        print(f"{size / articles:9.0f} bytes an article  {key}")
    groups = [
        count
        for (count,) in db.execute(
            "SELECT count(*) FROM texts JOIN fingerprints USING (text) GROUP BY cluster"
        )
    ]
    several = [count for count in groups if count > 1]
    print(f"{len(several)} clusters of {sum(several)} articles, the largest {max(several)}")


def measure_parts() -> None:
    """Print what a fingerprint costs beside reading the page it is made of."""
    from crawler.read.reader import read
    from tests.read.samples import make_page, make_site

    story = agency.tell(Random(1), "vi", 12)
    lines = "".join(f"<p>{line}</p>" for line in story.paragraphs)
    page = make_page(f"<html lang=vi><body><article><h1>{story.title}</h1>{lines}</article></body>")
    site = make_site()
    article = read(page, site).article
    assert article is not None
    reading = clock(lambda: read(page, site))
    printing = clock(lambda: make_fingerprint(article.title, article.lead, article.text))
    print(
        f"reading a page {1000 * reading:.1f} ms, the fingerprint of its {len(article.text)} "
        f"letters {1000 * printing:.2f} ms: {printing / reading:.1%}"
    )


def clock(run: Callable[[], object], rounds: int = 40) -> float:
    """Return the mean CPU seconds of a run."""
    started = time.process_time()
    for _ in range(rounds):
        run()
    return (time.process_time() - started) / rounds


if __name__ == "__main__":
    main()

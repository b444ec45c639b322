"""What a search costs, and what the ranking by the dominant d/đ spelling is worth. Run by hand.

    .venv/bin/python tests/bench/bench_search.py [ARTICLES]

Articles are drawn from two-syllable words of newspaper Vietnamese with Zipf frequencies. Each word
of ORDER that begins with d or đ has a rare twin with the other letter (one use in two hundred), as
names, typing errors and other words make in real papers. A query is the word without its marks;
it is right when 9 of the first 10 hits have the word itself, not its twin.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from archive.match import FOLDED  # noqa: E402
from archive.query import compile  # noqa: E402
from archive.search import count, search  # noqa: E402
from tests.search.corpus import Piece, build  # noqa: E402

ORDER = """
của cho|trong đó|không phải|nhân dân|phát triển|kinh tế|xã hội|tỉnh ủy|ủy ban|lãnh đạo|thực hiện
đảng bộ|đầu tư|đồng bào|dân tộc|doanh nghiệp|nghị quyết|chính quyền|đại hội|đô thị|nông thôn
xây dựng|địa phương|sản xuất|du lịch|đường bộ|đoàn kết|công tác|đất đai|giáo dục|y tế|điểm đến
hòa bình|đổi mới|văn hóa|bảo tồn|di sản|định hướng|điện lực|đà nẵng|lào cai|khuyến nông|mua bán
điều tra|bạn đọc|bàn giao|ban hành|rừng phòng hộ|thiên tai|lũ quét|đê điều|dịch bệnh|thủy lợi
đường sắt|khai thác|mỏ quặng|cửa khẩu|biên phòng|chợ phiên|thổ cẩm|ruộng bậc thang|dược liệu
""".replace("\n", "|")
WORDS = [word for word in ORDER.split("|") if word]
SWAP = str.maketrans("dĐđD", "đDdĐ")
TWINS = {word: word[0].translate(SWAP) + word[1:] for word in WORDS if word[0] in "dđ"}


def main() -> None:
    """Build the index, measure, print."""
    articles = int(sys.argv[1]) if sys.argv[1:] else 20_000
    with TemporaryDirectory() as folder:
        started = time.perf_counter()
        db = build(generate(articles), Path(folder) / "index.db")
        size = (Path(folder) / "index.db").stat().st_size / 2**20
        print(
            f"{articles} articles, {size:.0f} MiB, built in {time.perf_counter() - started:.0f} s"
        )
        measure_times(db)
        measure_scope(db)
        measure_dominant(db)


def generate(articles: int) -> list[Piece]:
    """Return articles of 150 to 450 syllables, the same ones each time."""
    chance = random.Random(2026)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))

    def write(length: int) -> str:
        drawn = chance.choices(WORDS, cum_weights=weights, k=length)
        return " ".join(TWINS[w] if w in TWINS and chance.random() < 0.005 else w for w in drawn)

    return [
        Piece(
            title=write(5).capitalize(),
            lead=write(15),
            body="\n".join(write(chance.randint(15, 45)) for _ in range(5)),
            site=f"bao{number % 5}",
            published=f"{2000 + number % 26}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        )
        for number in range(articles)
    ]


def measure_times(db: sqlite3.Connection) -> None:
    """Print milliseconds a query beside the same words given to FTS5 alone."""
    print(f"{'query':<34}{'hits':>8}{'ms':>8}{'FTS5 ms':>9}{'ratio':>7}")
    queries = ("nhân dân", "nhan dan", "mỏ quặng", "mo quang", "bán", "ban", "da nang", "dang bo")
    queries += ("ruong bac thang", "dau tu duong bo dat dai", "đảng bo", "khuyen*", "d*")
    queries += ("lũ OR hòa", "mua -bán", '"đồng bào dân tộc"', "ban hành đổi mới định hướng")
    plain = f"SELECT rowid FROM {FOLDED} WHERE {FOLDED} MATCH ? ORDER BY rank LIMIT 20"
    for text in queries:
        query = compile(text)
        ours = _time(partial(search, db, text))
        alone = _time(lambda q=query: db.execute(plain, (q.folded,)).fetchall())
        print(f"{text:<34}{count(db, text):>8}{ours:>8.1f}{alone:>9.1f}{ours / alone:>7.1f}")


def measure_scope(db: sqlite3.Connection) -> None:
    """Print what a paper and days cost, and what SQLite does without the plus sign."""
    print(f"nhân dân, one paper: {_time(lambda: search(db, 'nhân dân', site='bao1')):.1f} ms")
    years = _time(lambda: search(db, "nhân dân", since="2010", until="2019"))
    print(f"nhân dân, ten years: {years:.1f} ms")
    inside = "rowid IN (SELECT id FROM articles WHERE site = 'bao1')"
    for sign in ("+", ""):
        sql = f"SELECT rowid, rank FROM {FOLDED} WHERE {FOLDED} MATCH 'nhan' AND {sign}{inside}"
        print(f"  {sign}rowid IN: {_time(lambda s=sql: db.execute(s).fetchall(), 1):.0f} ms")


def measure_dominant(db: sqlite3.Connection) -> None:
    """Print how many of the unaccented d words lead to themselves, by us and by bm25 over OR."""
    words = list(TWINS)
    found = [[hit.id for hit in search(db, strip(word), limit=10)] for word in words]
    ours = sum(_is_right(db, word, ids) for word, ids in zip(words, found, strict=True))
    sql = f"SELECT rowid FROM {FOLDED} WHERE {FOLDED} MATCH ? ORDER BY rank LIMIT 10"
    spelled = (compile(f'"{strip(word)}"').folded for word in words)
    ored = sum(
        _is_right(db, word, [row[0] for row in db.execute(sql, (expression,))])
        for word, expression in zip(words, spelled, strict=True)
    )
    print(f"right of {len(words)}: by the dominant spelling {ours}, by bm25 over OR {ored}")


def strip(word: str) -> str:
    """Return a word as typed without marks."""
    plain = word.replace("đ", "d").replace("Đ", "D")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def _is_right(db: sqlite3.Connection, word: str, ids: list[int]) -> bool:
    sql = "SELECT lower(title || ' ' || lead || ' ' || body) FROM articles WHERE id = ?"
    texts = [db.execute(sql, (article,)).fetchone()[0] for article in ids]
    return sum(word in text for text in texts) >= 9


def _time(run: Callable[[], object], rounds: int = 5) -> float:
    """Return the best of some rounds in milliseconds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


if __name__ == "__main__":
    main()

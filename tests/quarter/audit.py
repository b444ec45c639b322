"""What must be true of an archive after a quarter, asked of the commands alone."""

from __future__ import annotations

import json
from datetime import timedelta

from archive.connection import connect
from archive.dump import dump

from .judge import list_urls, name_piece
from .live import Lived


def check_archive(lived: Lived) -> None:
    """`verify` finds no damage, and `rebuild` makes the same index."""
    vault = lived.vault
    summary = json.loads(vault.run("verify", "--json").splitlines()[-1])["summary"]
    assert summary["whole"] and not summary["problems"], summary
    before = list(dump(connect(vault.root / "index.db")))
    vault.run("rebuild")
    after = list(dump(connect(vault.root / "index.db")))
    gone, come = sorted(set(before) - set(after)), sorted(set(after) - set(before))
    assert before == after, "\n".join(
        [*(f"- {x}" for x in gone[:9]), *(f"+ {x}" for x in come[:9])]
    )


def find_wrong_words(lived: Lived) -> list[str]:
    """Return the articles whose latest words are not the paper's of the night they were seen."""
    wrong = []
    rows = lived.vault.query("SELECT url, title, lead, body, last_seen_at FROM articles")
    for url, title, lead, body, _ in rows:
        key, number = name_piece(lived, url)
        paper = lived.papers.get(key)
        piece = next((p for p in paper.pieces if p.number == number), None) if paper else None
        if piece is None:
            wrong.append(f"{url}: no piece is there")
            continue
        said = [piece.words, *(turn.words for turn in piece.turns if turn.words)]
        told = " ".join(f"{lead or ''} {body}".split())
        known = {" ".join(" ".join((one.lead, *one.paragraphs)).split()) for one in said}
        if told not in known:
            wrong.append(f"{url}: {told[:90]} ... {told[-90:]}")
        elif title not in {one.title for one in said}:
            wrong.append(f"{url}: titled {title}")
    return wrong


def find_silent_histories(lived: Lived, count: int = 6) -> list[str]:
    """Return the articles that were taken down, whose `khobao history` does not say so."""
    silent = []
    taken = [
        piece
        for paper in lived.papers.values()
        for piece in paper.pieces
        if any(turn.kind == "removed" for turn in piece.turns)
    ]
    urls = {row[0] for row in lived.vault.query("SELECT url FROM articles WHERE removed_at > ''")}
    for piece in taken:
        for url in urls.intersection(list_urls(lived, piece)):
            said = lived.vault.run("history", url)
            if "gone" not in said and "removed" not in said and "taken" not in said:
                silent.append(f"{url}: {said}")
        if len(silent) > count:
            break
    return silent


def write_report(lived: Lived, language: str = "en") -> str:
    """Return the path of the quarter's report page, as of the morning after the last night."""
    path = lived.vault.root.parent / f"report-{language}.html"
    now = (lived.now(lived.plan.span.nights - 1) + timedelta(hours=4)).isoformat()
    since = lived.plan.span.first.isoformat()
    words = ("report", "--since", since, "--language", language, "-o", str(path))
    lived.vault.run(*words, KHOBAO_NOW=now)
    return str(path)

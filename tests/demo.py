"""`make demo`: a fictional paper on loopback, crawled, searched, exported and verified, in front of
your eyes. Every command it shows is the one it runs; nothing is left running. The archive is made
anew in khobao-demo/, or where KHOBAO_DEMO says.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOME = Path(os.environ.get("KHOBAO_DEMO") or ROOT / "khobao-demo")
BIN = Path(sys.executable).parent
SEED, ARTICLES = 7, 60


def main() -> int:
    """Run the demo; the exit code is that of the first command that fails."""
    paper = start_paper()
    try:
        base = (paper.stdout.readline() if paper.stdout else "").strip()
        prepare(base)
        return tell(base)
    finally:
        paper.terminate()
        paper.wait()


def start_paper() -> subprocess.Popen[str]:
    """Start the fictional paper; its first line of output is its address."""
    command = [sys.executable, "-m", "tests.gazette.epi", "--port", "0"]
    command += ["--seed", str(SEED), "--articles", str(ARTICLES)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def prepare(base: str) -> None:
    """Make an empty archive that may dial the paper, with the paper's profile."""
    if HOME.exists():
        shutil.rmtree(HOME)
    run("init")
    host, _, port = base.removeprefix("http://").partition(":")
    (HOME / "khobao.toml").write_text(
        f'[network]\nallow_addresses = ["{host}"]\nallow_ports = [{port}]\n', encoding="utf-8"
    )
    from tests.gazette import epi

    profile = epi.paper(SEED, ARTICLES).profile(base)
    (HOME / "sites" / "suoibac.toml").write_text(profile, encoding="utf-8")


def tell(base: str) -> int:
    """Run the commands a newcomer would, and say what lies where."""
    say(f"A fictional paper answers at {base}. Crawling all of it, politely:")
    steps: tuple[tuple[str, ...], ...] = (
        ("crawl", "suoibac"),
        ("crawl", "suoibac"),
        ("search", "nghi quyet dang bo", "--limit", "2"),
        ("search", "nghị quyết", "--limit", "1"),
        ("export", "jsonl", "-o", str(HOME / "suoibac.jsonl")),
        ("verify",),
        ("status",),
    )
    notes = {1: "A second crawl asks only for what is new:", 2: "Without accents:"}
    notes |= {3: "With accents:", 4: "A dataset, each row citing its WARC record:"}
    notes |= {5: "Every record read back and compared with its digests:"}
    for number, step in enumerate(steps):
        if number in notes:
            say(notes[number])
        code = run(*step)
        if code:
            return code
    say(account())
    return 0


def account() -> str:
    """Return where everything lies."""
    warcs = sorted((HOME / "warc").rglob("*.warc.gz"))
    size = sum(path.stat().st_size for path in warcs)
    lines = (HOME / "suoibac.jsonl").read_text(encoding="utf-8").count("\n")
    return (
        f"{len(warcs)} WARC files, {size:,} bytes: {HOME / 'warc'}\n"
        f"the index, one SQLite file:     {HOME / 'index.db'}\n"
        f"{lines} articles as JSON lines:  {HOME / 'suoibac.jsonl'}\n"
        f"look yourself:                  {BIN / 'khobao'} --archive {HOME} show 1"
    )


def run(*words: str) -> int:
    """Show a khobao command and run it on the demo's archive."""
    print(f"\n$ khobao {shlex.join(words)}", flush=True)
    environment = {**os.environ, "KHOBAO_ARCHIVE": str(HOME)}
    command = [str(BIN / "khobao"), *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def say(text: str) -> None:
    """Print a paragraph."""
    print(f"\n{re.sub(r'[ ]+$', '', text)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

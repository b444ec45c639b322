"""Runs `khobao` commands in forks of one process that has done their imports.

    socket: {"words", "environ", "out", "err"} a line     answer: the exit code, as a line

Loading Scrapy and trafilatura takes 1.2 s of CPU, and a test of a night runs five commands. Each is
still a process of its own, with its own environment, that ends as any other. Commands whose start
or end is what a test is about are started afresh (`Vault.start`). Rejected: calling the command in
the test's process (one reactor a process, and what a module keeps would last).
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parent.parent.parent


@cache
def open_hatchery() -> Path:
    """Return the socket of this process's hatchery, which ends with this process."""
    path = Path(tempfile.mkdtemp(prefix="khobao-")) / "hatchery"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    subprocess.Popen(
        [sys.executable, "-m", "tests.road.hatchery", str(listener.fileno())],
        stdin=subprocess.PIPE,  # its end tells of ours, however we end
        cwd=ROOT,
        pass_fds=[listener.fileno()],
    )
    listener.close()
    return path


def hatch(words: tuple[str, ...], environ: dict[str, str]) -> tuple[int, str, str]:
    """Run a command to its end: its exit code and what it printed and complained."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as line:
        out, err = Path(folder) / "out", Path(folder) / "err"
        line.connect(str(open_hatchery()))
        asked = {"words": words, "environ": environ, "out": str(out), "err": str(err)}
        line.sendall(json.dumps(asked).encode() + b"\n")
        said = line.makefile().readline()
        if not said:
            raise RuntimeError("the hatchery is gone: see what it wrote to standard error")
        code = int(said)
        return code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


def serve(listener: socket.socket) -> None:
    """Fork for each command that is asked for, until standard input ends."""
    ways = selectors.DefaultSelector()
    ways.register(sys.stdin, selectors.EVENT_READ)
    ways.register(listener, selectors.EVENT_READ)
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            for key, _ in ways.select():
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is listener:
                    line, _ = listener.accept()
                    pid = start(line.makefile("rb").readline(), [listener, line, *_list(ways)])
                    ways.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, line))
                else:
                    pid, line = key.data
                    ways.unregister(key.fd)
                    os.close(key.fd)
                    report(pid, line)


def _list(ways: selectors.BaseSelector) -> Iterator[socket.socket]:
    return (key.data[1] for key in ways.get_map().values() if key.data)


def report(pid: int, line: socket.socket) -> None:
    """Tell how a command ended: its code, or the number of the signal as `subprocess` has it."""
    _, status = os.waitpid(pid, 0)
    with line, contextlib.suppress(ConnectionError):
        line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def start(asked: bytes, open_sockets: list[socket.socket]) -> int:
    """Fork, and in the child run the command."""
    pid = os.fork()
    if not pid:
        for one in open_sockets:
            one.close()
        become(json.loads(asked))
    return pid


def become(asked: dict[str, Any]) -> NoReturn:
    """Do what `python -m crawler` does, with that environment and those files."""
    for number, name, mode in (
        (0, os.devnull, os.O_RDONLY),
        (1, asked["out"], os.O_WRONLY),
        (2, asked["err"], os.O_WRONLY),
    ):
        file = os.open(name, mode | os.O_CREAT, 0o600)
        os.dup2(file, number)
        os.close(file)
    os.environ.clear()
    os.environ.update(asked["environ"])
    time.tzset()  # TZ may be another
    sys.argv = ["khobao", *asked["words"]]
    from crawler.cli import main

    main(prog_name="khobao")
    sys.exit(0)


if __name__ == "__main__":
    import crawler.cli
    import crawler.importing
    import crawler.night
    import crawler.run
    import crawler.scaffold.scaffold  # noqa: F401 - what commands import when they begin

    signal.signal(signal.SIGINT, signal.default_int_handler)
    listener = socket.socket(fileno=int(sys.argv[1]))
    serve(listener)  # a child ends within it
    shutil.rmtree(Path(listener.getsockname()).parent)

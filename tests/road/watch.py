"""Sees what a crawl dials and which files it opens, and tells it what names resolve to.

Three witnesses, none of which the crawl can argue with: an audit hook (PEP 578) in every Python
process of the run notes each address that a socket is connected to; inotify counts each opening of
a bait file, by C libraries too; listeners on the loopback addresses count who comes. DNS is a
table: names that are not in it do not exist, so no test asks a real resolver.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import struct
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

Names = Mapping[str, Sequence[Sequence[str]]]
"""Name -> the answers of the first, the second ... resolution; the last one stays."""

HOOK = '''\
"""Loaded by every Python process of the run."""
import collections, ipaddress, json, os, socket, sys

_log = os.open(os.environ["KHOBAO_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_names = json.loads(os.environ["KHOBAO_NAMES"])
_turns = collections.Counter()
_resolve = socket.getaddrinfo


def _hear(event, words):
    if event == "socket.connect" and isinstance(words[1], tuple):
        os.write(_log, (json.dumps(words[1][:2]) + "\\n").encode())


def _answer(host, *words, **more):
    name = (host.decode() if isinstance(host, bytes) else host).rstrip(".").lower()
    if name in _names:
        answers = _names[name]
        turn = min(_turns[name], len(answers) - 1)
        _turns[name] += 1
        return [found for one in answers[turn] for found in _resolve(one, *words, **more)]
    try:
        socket.inet_aton(name)
    except OSError:
        if ":" not in name and name != "localhost":
            raise socket.gaierror(socket.EAI_NONAME, "not in the table") from None
    return _resolve(host, *words, **more)


socket.getaddrinfo = _answer
sys.addaudithook(_hear)
'''
IN_ACCESS, IN_OPEN = 0x1, 0x20


class Watch:
    """``environ`` goes to the crawl; ``dialled`` says afterwards where it went."""

    def __init__(self, folder: Path, names: Names) -> None:
        hook = folder / "hook"
        hook.mkdir(parents=True)
        (hook / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
        self._log = folder / "dialled.jsonl"
        self._log.touch()
        self.environ = {
            "PYTHONPATH": str(hook),
            "KHOBAO_WATCH": str(self._log),
            "KHOBAO_NAMES": json.dumps(names),
        }

    def dialled(self) -> list[tuple[str, int]]:
        """Every address and port that was connected to, in order."""
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [(str(ip), int(port)) for ip, port in map(json.loads, lines)]


class Bait:
    """A file that nobody may open; ``opened`` counts who did (inotify(7))."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "mồi câu.txt"
        self.path.write_text("bí mật của máy", encoding="utf-8")
        libc = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if libc.inotify_add_watch(self._handle, os.fsencode(self.path), IN_ACCESS | IN_OPEN) < 0:
            raise OSError(ctypes.get_errno(), "no inotify watch")
        self._opened = 0

    @property
    def opened(self) -> int:
        """How often the file was opened or read so far."""
        try:
            data = os.read(self._handle, 1 << 16)
        except BlockingIOError:
            return self._opened
        at = 0
        while at < len(data):
            length = struct.unpack_from("iIII", data, at)[3]
            at += 16 + length
            self._opened += 1
        return self._opened

    def close(self) -> None:
        """Stop watching."""
        os.close(self._handle)


class Canary:
    """Listeners on 127.0.0.1 and ::1, one port; ``met`` counts who connected."""

    def __init__(self) -> None:
        self.met = 0
        first = socket.create_server(("127.0.0.1", 0))
        self.port: int = first.getsockname()[1]
        self._listeners = [first, socket.create_server(("::1", self.port), family=socket.AF_INET6)]
        for listener in self._listeners:
            threading.Thread(target=self._listen, args=(listener,), daemon=True).start()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.met += 1
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")

    def close(self) -> None:
        """Stop listening."""
        for listener in self._listeners:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

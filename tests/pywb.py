"""pywb over WARC files of ours, in its own venv (`make pywb`): a second opinion on replay."""

from __future__ import annotations

import gzip
import http.client
import io
import os
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PYWB = os.environ.get("KHOBAO_PYWB") or None

needs_pywb = pytest.mark.skipif(
    PYWB is None,
    reason="no pywb: run `make pywb`, or set KHOBAO_PYWB to the bin folder of a venv that has it",
)


@contextmanager
def replay(folder: Path, paths: Sequence[Path]) -> Iterator[http.client.HTTPConnection]:
    """Serve WARC files as collection ``g``; gives a connection to the server."""
    folder.mkdir()
    for arguments in (["init", "g"], ["add", "g", *map(str, paths)]):
        command = [f"{PYWB}/wb-manager", *arguments]
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [f"{PYWB}/wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    await_server(server, port)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        yield connection
    finally:
        connection.close()
        server.kill()
        server.communicate()


def await_server(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server takes connections; fail if it ends or takes a minute."""
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.1)
                pytest.fail("pywb ended before it served anything")
    pytest.fail("pywb did not begin to serve within a minute")


def ask(connection: http.client.HTTPConnection, instant: str, url: str) -> tuple[int, bytes]:
    """Return what pywb gives for an address at an instant (YYYYMMDDhhmmss), unrewritten."""
    connection.request("GET", f"/g/{instant}id_/{url}")
    answer = connection.getresponse()
    body = answer.read()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.GzipFile(fileobj=io.BytesIO(body)).read()
    return answer.status, body

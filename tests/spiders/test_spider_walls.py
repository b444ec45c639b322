"""The wall of this room: what importing it must not load."""

from __future__ import annotations

import subprocess
import sys

PROBE = """
import sys, pkgutil, importlib, socket, sqlite3
before = set(sys.modules)
def refuse(*args, **kwargs):
    raise AssertionError("opened a socket or a database")
socket.socket.__init__ = refuse
sqlite3.connect = refuse
import spiders
for found in pkgutil.walk_packages(spiders.__path__, "spiders."):
    importlib.import_module(found.name)
loaded = {name.partition(".")[0] for name in set(sys.modules) - before}
print(*sorted(loaded & {"lxml", "scrapy", "twisted", "trafilatura", "requests", "archive",
                        "crawler", "sqlite_utils", "warcio"}))
"""


def test_imports() -> None:
    """Importing all of spiders loads neither other rooms nor heavy libraries, and dials nothing."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr

"""Messages between the pool and its workers: four bytes of length, then a pickle.

    +----------------+------------------+
    | length, >I     | pickle, protocol 5 |
    +----------------+------------------+

Decision: pickle, because both ends are our own processes and the nouns are frozen dataclasses;
JSON was rejected for a second description of every record. A worker has read hostile input, so
the pool only accepts the few names that a reply is made of: a hijacked worker cannot make the
main process call anything.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any, BinaryIO

HEAD = struct.Struct(">I")
OUT_OF_MEMORY = 77  # exit status of a worker that reached its memory limit
MAX_REPLY = 64 * 2**20  # a sitemap of 50,000 entries is a reply of 6 MB

_REPLY_NAMES = {
    ("archive.records", "Reading"),
    ("archive.records", "Trace"),
    ("archive.records", "Link"),
    ("archive.records", "Article"),
    ("archive.records", "Date"),
    ("archive.records", "Image"),
    ("archive.records", "Part"),
    ("crawler.read.template", "Line"),
}


class _ReplyUnpickler(pickle.Unpickler):
    """Reads what a Reading is made of and refuses every other name."""

    def find_class(self, module: str, name: str) -> Any:
        """Return the class, or raise UnpicklingError for one that no Reading holds."""
        if (module, name) not in _REPLY_NAMES:
            raise pickle.UnpicklingError(f"a reading worker sent {module}.{name}; refused")
        return super().find_class(module, name)


def pack(message: object) -> bytes:
    """Return `message` as one frame."""
    body = pickle.dumps(message, protocol=5)
    return HEAD.pack(len(body)) + body


def unpack_reply(body: bytes) -> Any:
    """Return what a worker sent; raises UnpicklingError for anything but a Reading's parts."""
    return _ReplyUnpickler(io.BytesIO(body)).load()


def read_job(stream: BinaryIO) -> Any | None:
    """Return the next message from the pool, or None when the pool has closed the pipe."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    (length,) = HEAD.unpack(head)
    body = stream.read(length)
    return pickle.loads(body) if len(body) == length else None

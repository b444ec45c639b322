"""Bytes in order from a file or from one gzip member, taken in pieces with bounded memory.

The two sources look alike to the parser above them. A source says by exception why it can not go
on, since "no more bytes" and "the rest was cut off" are the two things that warcio 1.8.1 takes
for one (it passed 21 of 25 cut files).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import BinaryIO

PIECE = 1 << 16
OUTPUT = 1 << 20  # most that is unpacked at once: a bomb fills this, not the memory
BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class Broken(Exception):
    """The bytes are not a whole record, and why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Flow:
    """Bytes that can be looked at before they are taken; ``fill`` gives b"" at the end.

    What ``fill`` raises is raised again where the bytes that it could not give are asked for, not
    before: looking ahead must not cost the record in front of a cut.
    """

    def __init__(self, fill: Callable[[], bytes]) -> None:
        self._fill = fill
        self._ahead = bytearray()
        self._ended = False
        self._broken: Broken | None = None
        self.taken = 0

    def peek(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer only at the end or where the source broke."""
        while len(self._ahead) < count and not self._ended:
            try:
                piece = self._fill()
            except Broken as broken:
                piece, self._broken = b"", broken
            self._ended = not piece
            self._ahead += piece
        return bytes(self._ahead[:count])

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer only at the end. Raises Broken."""
        data = self.peek(count)
        if len(data) < count and self._broken:
            raise self._broken
        del self._ahead[: len(data)]
        self.taken += len(data)
        return data

    def has_more(self) -> bool:
        """Whether there is another byte. Raises Broken where the source broke here."""
        if not self.peek(1) and self._broken:
            raise self._broken
        return bool(self._ahead)

    def skip(self, count: int) -> int:
        """Pass over up to ``count`` bytes without holding them; gives how many there were."""
        left = count
        while left and (data := self.take(min(left, PIECE))):
            left -= len(data)
        return count - left

    def take_head(self, limit: int) -> bytes | None:
        """All up to and with the first blank line, or None where there is none in ``limit``."""
        have = 0
        while have < limit:
            data = self.peek(have + 4096)
            if blank := BLANK_LINE.search(data, max(0, have - 3)):
                return self.take(blank.end())
            if len(data) < have + 4096:
                self.take(len(data) + 1)
                return None
            have = len(data)
        return None


class Member:
    """One gzip member of a file, from byte ``start``; ``end`` is known once it is read through."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self._machine = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._packed = b""
        self._fed = 0
        self.start = start
        self.end: int | None = None
        file.seek(start)

    def fill(self) -> bytes:
        """The next plain bytes, b"" after a whole member. Raises Broken on damage or a cut."""
        while self.end is None:
            packed = self._packed or self._file.read(PIECE)
            try:
                plain = self._machine.decompress(packed, OUTPUT)
            except zlib.error as error:
                raise Broken(explain(error)) from None
            if self._machine.eof:
                # Not unconsumed_tail as well: where there was one before, it has the same bytes.
                self.end = self._file.tell() - len(self._machine.unused_data)
            elif not packed and not plain:
                raise Broken(f"the file ends at byte {self._file.tell()} inside a gzip member")
            self._packed = self._machine.unconsumed_tail
            if plain:
                return plain
        return b""


def explain(error: zlib.error) -> str:
    """zlib's words for people."""
    text = str(error)
    if "header check" in text or "unknown compression" in text:
        return "no gzip member begins here"
    if "data check" in text or "length check" in text:
        return "the gzip checksum does not fit the data"
    return f"the compressed data are damaged ({text.partition(': ')[2] or text})"

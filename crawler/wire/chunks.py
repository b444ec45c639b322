"""Walk the chunked transfer coding (RFC 9112, section 7.1) over a buffer that grows.

The walker keeps an offset and never copies the buffer, so a million chunks of one byte cost a
million steps and not their square; one regular expression reads a whole chunk-size line.
Tolerated: LF for CRLF, space behind the size, leading zeros, extensions (a line of up to 16 KiB,
as in Chromium). Not tolerated: anything else; what came is kept and marked.
"""

from __future__ import annotations

import re

from archive.records import Truncation

_SIZE = re.compile(rb"0*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\n]*)?\r?\n")
_LINE = 16_384  # longest chunk-size line believed; it bounds what a dripped extension costs


class BrokenChunks(Exception):
    """The bytes are not the chunked coding, or its trailers never end (``truncated`` "length")."""

    def __init__(self, detail: str, truncated: Truncation = "disconnect") -> None:
        super().__init__(detail)
        self.truncated: Truncation = truncated


class Chunks:
    """The state of one chunked body; ``at`` is the offset of the first byte not yet walked."""

    __slots__ = ("_at_end", "_gap", "_left", "_trailer_cap", "_trailers", "at", "done", "payload")

    def __init__(self, at: int, trailer_cap: int) -> None:
        self.at = at
        self.payload = bytearray()
        self.done = False
        self._left = 0  # bytes still missing of the chunk at hand
        self._gap = False  # the line end behind a chunk's data comes next
        self._at_end = False  # the last chunk was seen, trailers follow
        self._trailers = 0  # bytes of trailers so far
        self._trailer_cap = trailer_cap

    def walk(self, raw: bytearray, end: int) -> None:
        """Go as far as ``raw[:end]`` allows; raises BrokenChunks."""
        if not self._at_end:
            self._walk_data(raw, end)
        if self._at_end and not self.done:
            self._walk_trailers(raw, end)

    def _walk_data(self, raw: bytearray, end: int) -> None:
        at, payload = self.at, self.payload
        while True:
            if self._left:
                stop = min(at + self._left, end)
                payload += raw[at:stop]
                self._left -= stop - at
                at = stop
                if self._left:
                    break
                self._gap = True
            if self._gap:
                width = self._measure_gap(raw, at, end)
                if not width:
                    break
                at += width
                self._gap = False
            stop = raw.find(b"\n", at, min(end, at + _LINE)) + 1
            if not stop and end - at < _LINE:
                break
            size = _SIZE.match(raw, at, stop)
            if size is None:
                raise BrokenChunks("a chunk size is not a number, or its line does not end")
            at = stop
            self._left = int(size[1], 16)
            if not self._left:
                self._at_end = True
                break
        self.at = at

    @staticmethod
    def _measure_gap(raw: bytearray, at: int, end: int) -> int:
        """Width of the line end at ``at``; 0 when it has not come whole."""
        gap = raw[at : min(at + 2, end)]
        if gap == b"\r\n":
            return 2
        if gap[:1] == b"\n":
            return 1
        if not gap or gap == b"\r":
            return 0
        raise BrokenChunks("no line end behind a chunk")

    def _walk_trailers(self, raw: bytearray, end: int) -> None:
        while (stop := raw.find(b"\n", self.at, end)) >= 0:
            line = raw[self.at : stop].rstrip(b"\r")
            self._trailers += stop + 1 - self.at
            self.at = stop + 1
            if not line:
                self.done = True
                return
            if self._trailers > self._trailer_cap:
                break
        if self._trailers + end - self.at > self._trailer_cap:
            raise BrokenChunks("the trailers do not end", "length")

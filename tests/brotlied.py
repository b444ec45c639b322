"""warcio with a brotli decoder it can use: `brotlied.py check FILE` is its own command.

warcio 1.8 wants brotlipy's decoder, which has attributes and methods that brotli's own lacks, so
that every record with `Content-Encoding: br` ends it in an AttributeError. brotli 1.2 is the one
that unpacks in bounded memory. Rejected: an older brotli for the tests (they would run beside
another decoder than the crawler's), leaving such records out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import brotli
from warcio import bufferedreaders
from warcio.cli import main

WARCIO = (sys.executable, str(Path(__file__)))


class _Decoder:
    """What warcio expects of a decoder: bytes behind the end are not told apart."""

    unused_data = None

    def __init__(self) -> None:
        self._decoder: Any = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        """Return what the bytes unpack to."""
        return b"" if self._decoder.is_finished() else bytes(self._decoder.process(data))

    def flush(self) -> bytes:
        """Nothing is held back."""
        return b""


def mend() -> None:
    """Let warcio in this process read `br`."""
    bufferedreaders.BufferedReader.DECOMPRESSORS["br"] = _Decoder


if __name__ == "__main__":
    mend()
    main(sys.argv[1:])

"""Digests: of bytes (what was on the wire), of text (what a person reads), and checks of both.

We write ``sha256:<hex>``: collisions of SHA-1 are made at will since 2017 (shattered.io), which
for an archive means two documents under one name. SHA-1 in base32 is what older WARC files say,
so it is read. Rejected: base32 for SHA-256 too; hexadecimal is what sha256sum prints, and an
archivist can compare it by eye.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import unicodedata

from archive.errors import DigestError

LENGTHS = {"md5": 16, "sha1": 20, "sha256": 32, "sha512": 64}
"""Digest sizes in bytes of the algorithms found in WARC files."""


def sha256_of(data: bytes) -> str:
    """The labelled digest we write: ``sha256:`` and 64 lower-case hexadecimal digits."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def text_digest(text: str) -> str:
    """SHA-256 (64 hexadecimal digits) of the words of a text, whatever their spelling in bytes.

    NFC, because Vietnamese arrives composed from one publishing system and decomposed from the
    next, and white space folded to single blanks, because a re-flowed template moves line ends
    without changing a word. A digest of the raw text would call both a new version.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def check(digest_text: str, data: bytes) -> bool:
    """Whether ``data`` has the labelled digest (``sha1:``, ``sha256:``, ``sha512:``, ``md5:``).

    The value may be base32, hexadecimal or base64 (ISO 28500:2017, 5.8 leaves the choice open).
    Raises DigestError where label or spelling is unknown: ``False`` would accuse good bytes.
    """
    name, wanted = split_digest(digest_text)
    return hashlib.new(name, data).digest() == wanted


def split_digest(digest_text: str) -> tuple[str, bytes]:
    """The algorithm (lower case, no dash) and the digest itself, or DigestError."""
    label, _, value = digest_text.strip().partition(":")
    name = label.lower().replace("-", "")
    size = LENGTHS.get(name)
    digest = decode_value(value.strip(), size) if size else None
    if digest is None:
        raise DigestError(
            f"the digest {digest_text[:80]!r} cannot be checked",
            "known are md5, sha1, sha256 and sha512 in base32, hexadecimal or base64",
        )
    return name, digest


def decode_value(value: str, size: int) -> bytes | None:
    """The bytes that a digest of ``size`` bytes stands for, by its length, or None."""
    try:
        bare = value.rstrip("=")  # first: MD5 in padded base32 is as long as in hexadecimal
        if len(bare) == 2 * size:
            return bytes.fromhex(value)
        if len(bare) == (size * 8 + 4) // 5:
            return base64.b32decode(bare.upper() + "=" * (-len(bare) % 8))
        if len(bare) == (size * 8 + 5) // 6:
            padded = bare + "=" * (-len(bare) % 4)
            return base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except (ValueError, binascii.Error):
        return None
    return None

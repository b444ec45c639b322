"""Digests of bytes and of text, and the labels that WARC files carry."""

from __future__ import annotations

import base64
import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.digests import check, sha256_of, text_digest
from archive.errors import DigestError


def test_sha256_label() -> None:
    """The digest we write is labelled lower-case hexadecimal SHA-256."""
    assert sha256_of(b"") == "sha256:" + hashlib.sha256(b"").hexdigest()


@given(st.binary(max_size=50), st.sampled_from(["md5", "sha1", "sha256", "sha512"]))
def test_check_every_spelling(data: bytes, name: str) -> None:
    """Base32, hexadecimal and base64, with and without padding, in any case of label and hex."""
    raw = hashlib.new(name, data).digest()
    base32 = base64.b32encode(raw).decode()
    values = [raw.hex(), raw.hex().upper(), base32, base32.rstrip("="), base32.lower()]
    values += [base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode().rstrip("=")]
    for value in values:
        assert check(f"{name}:{value}", data)
        assert check(f"{name.upper()}:{value}", data)
        assert not check(f"{name}:{value}", data + b"x")
    assert check(f"SHA-1:{hashlib.sha1(data).hexdigest()}", data)


@pytest.mark.parametrize("text", ["", "abc", "sha1:", "crc32:00", "sha1:xyz", "sha256:" + "g" * 64])
def test_unknown_digest_is_no_accusation(text: str) -> None:
    """What cannot be checked raises, with the known spellings, and is never called wrong."""
    with pytest.raises(DigestError, match="known are"):
        check(text, b"")


@given(st.text())
def test_text_digest_is_of_the_words(text: str) -> None:
    """Normal form and white space do not count, in any combination."""
    wanted = text_digest(text)
    assert len(wanted) == 64
    for form in ("NFC", "NFD"):
        spelt = unicodedata.normalize(form, text)
        assert text_digest("\n " + " \t\n".join(spelt.split()) + " ") == wanted


def test_text_digest_sees_words() -> None:
    """A changed accent, letter case or word boundary is another text."""
    digests = {text_digest(text) for text in ("bón phân", "bon phân", "Bón phân", "bónphân")}
    assert len(digests) == 4

"""Three TLS policies: verify, legacy, insecure, and the word for the version that was spoken.

``verify``: the system's authorities, certifi's when the system has none. ``legacy``: still
verified, but with ciphers, versions and the renegotiation that OpenSSL 3 refuses, for servers that
were set up ten years ago. ``insecure``: legacy without verification; what encrypts to an unknown
peer need not be strong, and one word more per site would help nobody. ALPN offers http/1.1 alone:
HTTP/2 has no raw form an archive could keep.
"""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path
from typing import Literal

import certifi

TlsWord = Literal["verify", "legacy", "insecure"]
TLS_WORDS: tuple[TlsWord, ...] = ("verify", "legacy", "insecure")

_VERSIONS = {"TLSv1": "tls/1.0", "TLSv1.1": "tls/1.1", "TLSv1.2": "tls/1.2", "TLSv1.3": "tls/1.3"}
_OP_LEGACY_SERVER_CONNECT = 0x4  # ssl.OP_LEGACY_SERVER_CONNECT, named since Python 3.12


@cache
def make_context(word: TlsWord, ca_file: Path | None = None) -> ssl.SSLContext:
    """The client context for one policy; ``ca_file`` adds authorities in PEM form.

    Shared by all clients of a process: reading the authorities takes 25 ms.
    """
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None:
        context.load_verify_locations(certifi.where())
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    context.set_alpn_protocols(["http/1.1"])
    if word != "verify":
        context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.options |= _OP_LEGACY_SERVER_CONNECT
    if word == "insecure":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def name_version(version: str | None) -> str | None:
    """WARC-Protocol's word for what ``SSLObject.version()`` says; None for a version unknown."""
    return _VERSIONS.get(version or "")

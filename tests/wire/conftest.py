"""Certificates for the TLS servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from .server import make_certificate


@pytest.fixture(scope="session")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and bao.example; also the authority that vouches for it."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "127.0.0.1", "bao.example")

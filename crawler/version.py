"""The version that goes into User-Agent, warcinfo and `khobao --version`: pyproject.toml's."""

from __future__ import annotations

VERSION = "0.1.0"

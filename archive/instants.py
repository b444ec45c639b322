"""Instants as text: ISO 8601, UTC, microseconds, ``Z`` (WARC-Date, ISO 28500:2017, 5.4)."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(instant: datetime) -> str:
    """Return an aware instant as text. Raises ValueError for one without a time zone."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a time zone: {instant}")
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_text(text: str) -> datetime:
    """Return the aware instant of a WARC-Date or of ``to_text``. Raises ValueError.

    WARC/1.0 has whole seconds, and pywb writes dates without ``Z`` in places: both are UTC.
    """
    instant = datetime.fromisoformat(text.strip())
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def to_seconds(text: str) -> str:
    """Return an instant of ``to_text`` for people's tables: whole seconds say enough there."""
    return f"{text[:19]}Z" if text.endswith("Z") else text

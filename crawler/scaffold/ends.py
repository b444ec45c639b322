"""The ways `khobao new` ends without a profile; apart, so that the front door loads no Scrapy."""

from __future__ import annotations


class Unavailable(Exception):
    """The paper cannot be asked: unreachable, refused, blocked; ends with the remedy."""


class NotUnderstood(Exception):
    """The paper answers and is not understood; nothing is written. Ends with the remedy."""

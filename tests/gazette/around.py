"""Stands before a paper: its address and its clock are the paper's, its answers are its own."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, TypeVar

from .server import Site

Inner = TypeVar("Inner", bound=Site)


class Around(Generic[Inner]):
    """What those have in common that answer for a paper."""

    def __init__(self, paper: Inner) -> None:
        self.paper = paper

    @property
    def base(self) -> str:
        """The paper's own address."""
        return self.paper.base

    @base.setter
    def base(self, value: str) -> None:
        self.paper.base = value

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return self.paper.now()

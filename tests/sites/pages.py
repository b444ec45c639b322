"""Finds the pairs of page and expected reading on disk, and reads the page again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from crawler.read.page import Page
from crawler.read.reader import read
from crawler.scaffold.fixture import describe_article
from spiders.catalog import Catalog, read_site
from spiders.site import Site

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pair:
    """One page and what must be read in it."""

    path: Path  # of the JSON file
    told: dict[str, Any]

    @property
    def site(self) -> Site:
        """The paper: its profile beside the folder, else the shipped one."""
        own = self.path.parent.with_suffix(".toml")
        return read_site(own) if own.is_file() else Catalog().get(self.path.parent.name)

    def read(self) -> dict[str, Any] | None:
        """What is read in the page now; None where it is no article."""
        headers = (("Content-Type", self.told["content_type"] or "text/html"),)
        at = datetime.fromisoformat(self.told["captured_at"])
        payload = self.path.with_suffix(".html").read_bytes()
        page = Page(self.told["url"], 200, headers, payload, "article", at)
        article = read(page, self.site).article
        return describe_article(article) if article else None


def find_pairs(folder: Path = HERE) -> list[Pair]:
    """The pairs in a folder's subfolders, by name."""
    paths = sorted(folder.glob("*/*.json"))
    return [Pair(path, json.loads(path.read_text("utf-8"))) for path in paths]

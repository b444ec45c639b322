"""What a run writes to logs/: JSON lines for programs; and what Scrapy says of single pages."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from scrapy import logformatter


class Quiet(logformatter.LogFormatter):
    """Scrapy's lines about single pages at DEBUG: each page is a row in the index already."""

    def crawled(self, *args: Any, **kwargs: Any) -> Any:
        """Return Scrapy's line, at DEBUG."""
        return {**super().crawled(*args, **kwargs), "level": logging.DEBUG}

    def download_error(self, *args: Any, **kwargs: Any) -> Any:
        """Return Scrapy's line, at DEBUG: failures are captures."""
        return {**super().download_error(*args, **kwargs), "level": logging.DEBUG}


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, message, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def open_log(path: Path) -> logging.Handler:
    """Write the process's log to ``path`` from now on; returns the handler, to be closed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    for name in ("crawler", "archive", "scrapy"):
        logging.getLogger(name).setLevel(logging.INFO)
    return handler


def close_log(handler: logging.Handler) -> None:
    """Stop writing to a log."""
    logging.getLogger().removeHandler(handler)
    handler.close()

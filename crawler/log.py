"""What a run writes to logs/: JSON lines for programs; and what Scrapy says of single pages.

    {"at": "...Z", "level": "info", "logger": "crawler.run", "message": "...", ...}

A file a run; the newest so many are kept. A log is no evidence: when its disk refuses, that is
said once on stderr, and the run goes on (or ends, when the archive's own disk is the same).
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from scrapy import logformatter

_OURS = re.compile(r"[a-z]+-\d{8}T\d{6}\.jsonl")


class Quiet(logformatter.LogFormatter):
    """Scrapy's lines about single pages at DEBUG: each page is a row in the index already."""

    def crawled(self, *args: Any, **kwargs: Any) -> Any:
        """Return Scrapy's line, at DEBUG."""
        return {**super().crawled(*args, **kwargs), "level": logging.DEBUG}

    def download_error(self, *args: Any, **kwargs: Any) -> Any:
        """Return Scrapy's line, at DEBUG: failures are captures."""
        return {**super().download_error(*args, **kwargs), "level": logging.DEBUG}


class JsonLines(logging.Formatter):
    """One JSON object a line: at (UTC, the machine's clock), level, logger, message, the fields of
    ``extra={"data": {...}}``, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "data", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class LogFile(logging.Handler):
    """Appends lines to a file until the disk refuses one."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.setFormatter(JsonLines())
        self._file: IO[str] | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8", errors="replace", buffering=1)
        except OSError as error:
            self._complain(error)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record's line."""
        if self._file is None:
            return
        try:
            self._file.write(self.format(record) + "\n")
        except OSError as error:
            self._complain(error)

    def close(self) -> None:
        """Close the file; what the disk then refuses is lost."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        super().close()

    def _complain(self, error: OSError) -> None:
        sys.stderr.write(
            f"khobao: {self.path}: {error.strerror or error}: the run goes on without a log; make "
            "room or mend the disk\n"
        )
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None


def open_log(folder: Path, name: str, *, keep: int) -> logging.Handler:
    """Write the process's log to ``folder``/``name`` from now on, keeping so many of those before;
    returns the handler, to be closed."""
    handler = LogFile(folder / name)
    drop_logs(folder, keep, but=name)
    root = logging.getLogger()
    root.addHandler(handler)
    for logger in ("crawler", "archive"):
        logging.getLogger(logger).setLevel(logging.INFO)
    logging.getLogger("scrapy").setLevel(logging.WARNING)  # below it lists what it has loaded
    return handler


def close_log(handler: logging.Handler) -> None:
    """Stop writing to a log."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def drop_logs(folder: Path, keep: int, *, but: str) -> None:
    """Remove the oldest logs of runs, by when they were written, so that ``keep`` are left with
    ``but``; other people's files stay."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _OURS.fullmatch(path.name) and path.name != but:
                found.append((path.stat().st_mtime_ns, path.name, path))
    for _, _, path in sorted(found, reverse=True)[max(keep - 1, 0) :]:
        with contextlib.suppress(OSError):
            path.unlink()

"""What was written since the last commit, and whether it is time for the next.

A batch is a second, 50 records or 16 MiB, whichever comes first: an fdatasync and a COMMIT cost
the same for one record as for fifty, and a crash repeats at most one batch of fetches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

BATCH_RECORDS, BATCH_BYTES, BATCH_SECONDS = 50, 16 * 2**20, 1.0


@dataclass(slots=True)
class Batch:
    """The batch that is open since ``begun_at``."""

    begun_at: datetime
    records: int = 0
    bytes: int = 0

    def add(self, records: int, size: int) -> None:
        """Count what was written."""
        self.records += records
        self.bytes += size

    def is_due(self, now: datetime) -> bool:
        """Say whether it should be committed by now."""
        if self.records >= BATCH_RECORDS or self.bytes >= BATCH_BYTES:
            return True
        return (now - self.begun_at).total_seconds() >= BATCH_SECONDS

"""Where the material that is not part of the repository lies: pages, captures, foreign WARC files.

``KHOBAO_SHARED``, else the folder ``shared`` beside the repository. Tests that use it skip with
the reason where it is not there.
"""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("KHOBAO_SHARED") or Path(__file__).parents[2] / "shared")

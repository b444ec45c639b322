"""Where the profile of a new paper goes, and which addresses are none of a paper's."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.door import UsageError
from crawler.scaffold.place import find_place
from spiders.catalog import Catalog


@pytest.mark.parametrize("url", ["ftp://paper.test/", "gopher://paper.test", "FILE:///tmp/x.html"])
def test_an_address_of_another_kind_is_refused_with_the_one_to_give(
    tmp_path: Path, url: str
) -> None:
    """It was taken for the host "ftp"."""
    with pytest.raises(UsageError, match=r"only http and https .* as in https://example\.org/$"):
        find_place(url, None, tmp_path, Catalog(tmp_path), force=False)

"""README.md says what the code knows."""

from __future__ import annotations

from spiders import tables
from spiders.catalog import Catalog
from spiders.platform import platform_names
from spiders.profile import words


def test_readme_is_current() -> None:
    """The generated blocks are what the code would write now."""
    text = tables.README.read_text(encoding="utf-8")
    assert text.count("<!-- generated: ") == 3
    assert tables.fill(text) == text, 'run: python -c "from spiders import tables; tables.renew()"'


def test_words_table() -> None:
    """Every word has its row."""
    rows = tables.words_table().splitlines()
    assert len(rows) == len(words()) + 2
    assert all(row.startswith("| ") and row.endswith(" |") for row in rows)


def test_sites_table() -> None:
    """Every shipped paper has its row, with how its answers are known."""
    text = tables.sites_table()
    for key in Catalog().keys():  # noqa: SIM118
        assert f"| `{key}` | [" in text
    assert " seen, " in text and " guess |" in text
    counts = tables.count_trust(Catalog().get("baolaocai"))
    assert list(counts) == ["seen", "family", "guess"] and all(counts.values())


def test_platforms_table() -> None:
    """Every system has its row, with the number of papers that run on it."""
    text = tables.platforms_table()
    assert text.count("\n") == len(platform_names()) + 2
    assert "| `vnpt` |" in text and "| `arc` |" in text

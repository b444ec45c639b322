"""The walls of the house: who may import whom, what a file must say, what may stand where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("archive", "spiders", "crawler")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MAY_IMPORT = {"archive": {"archive"}, "spiders": {"spiders"}, "crawler": set(ROOMS)}
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "base", "core", "common", "misc", "util"}


def names_of(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever the import stands in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_import_outward_only(path: Path) -> None:
    """crawler imports spiders and archive; those two know neither each other nor the crawler."""
    room = path.relative_to(ROOT).parts[0]
    assert names_of(path) & set(ROOMS) <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_say_their_job(path: Path) -> None:
    """Every module begins with a docstring; a package's file holds nothing else."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "write the module's job in one sentence at its top"
    if path.name == "__init__.py":
        assert len(tree.body) == 1, "an __init__.py holds a docstring only"
    assert path.stem not in FORBIDDEN_NAMES, "name the noun or the deed"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_public_names_are_documented(path: Path) -> None:
    """Public functions and classes have a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    missing = [
        node.name
        for node in tree.body
        if isinstance(node, kinds)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert missing == []


def loaded_by(statement: str) -> set[str]:
    """The top-level packages in sys.modules after a statement in a fresh interpreter."""
    code = f"{statement}\nimport sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_archive_loads_no_crawler_library() -> None:
    """All of archive, its command line included, comes without Scrapy, trafilatura and lxml."""
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "archive").rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    )
    loaded = loaded_by("import " + ", ".join(modules))
    assert not loaded & {"scrapy", "twisted", "trafilatura", "lxml", "requests", "crawler"}


def test_spiders_are_pure() -> None:
    """Importing the catalog and every platform opens no socket, database or parser library."""
    loaded = loaded_by(
        "import spiders.catalog, spiders.tables, spiders.platforms.epi, spiders.platforms.onecms"
    )
    assert not loaded & {"scrapy", "twisted", "lxml", "sqlite3", "requests", "archive", "crawler"}


def test_papers_are_named_only_in_spiders_and_tests() -> None:
    """No name or host of a paper stands in the archive's or the crawler's code (house law 5)."""
    words = set()
    for path in (ROOT / "spiders").glob("??/*.toml"):
        profile = tomllib.loads(path.read_text(encoding="utf-8"))
        words |= {path.stem, *profile.get("domains", ())}
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in FILES
        if path.relative_to(ROOT).parts[0] != "spiders"
        for match in named.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_only_the_index_writes_the_index() -> None:
    """Rows of index.db are written in archive/index, its tables are named in archive/tables.py."""
    from archive.tables import TABLES

    tables = "|".join(re.findall(r"CREATE TABLE (\w+)", TABLES))
    pattern = re.compile(rf"\b(?:INTO|UPDATE|DELETE FROM|TABLE) (?:{tables})\b")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in FILES
        if "archive/index/" not in path.as_posix()
        and path.name not in ("schema.py", "tables.py", "fulltext.py", "views.py")
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []

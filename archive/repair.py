"""Puts right what can be put right without inventing anything, and says what it did.

    a file under another name        gets the name back that the manifest knows its bytes by
    bytes behind a closed file       move to .torn, if what is left is what was closed
    files left open by a crash       closed; tails that are no record move to .torn
    lines of the manifest            made again where the file proves itself by its seal
    the index                        made again from the WARC files

Not one byte is thrown away: what is replaced is kept beside it as ``.torn``. Where evidence stands
against evidence nothing is done: a file whose bytes are not those of its manifest line is mended
by a copy, not by us, unless its seal *and* every row of the index speak for the file. The index is
left alone where records are lost, since its rows are the only trace of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from archive.connection import INDEX
from archive.errors import ArchiveError
from archive.lock import Lock
from archive.rebuild import remake
from archive.warc import manifest
from archive.warc.disk import OsDisk, write_all
from archive.warc.fixity import find_moved, is_inside, join_lines, look, read_listing
from archive.warc.inventory import take_inventory
from archive.warc.manifest import Line, parse_line, print_line
from archive.warc.problem import Problem
from archive.warc.reader import Found, iterate
from archive.warc.recovery import prove_sealed, recover, save_tail
from archive.warc.scan import is_own_name, read_imports
from archive.warc.verify import Progress, verify_archive
from archive.warc.writer import ignore_step

INDEX_CODES = frozenset(("row", "not-indexed", "behind", "index"))


@dataclass
class Repaired:
    """What was done, what could not be done, and what is still wrong."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether a check finds nothing any more, but for what was so at an import."""
        return all(problem.known for problem in self.left)


def repair(root: Path, *, progress: Progress | None = None) -> Repaired:
    """Check, mend, check again. Raises LockedError while a crawl runs, StorageError when the disk
    refuses; what was done until then stays, and running it again goes on."""
    repaired = Repaired()
    with Lock(root):
        pass  # a crawl that runs is told at once, not after the check
    found = list(verify_archive(root, root / INDEX, progress=progress))
    if all(problem.known for problem in found):
        repaired.left = found
        return repaired
    with Lock(root):
        Mending(root, found, repaired).mend()
    repaired.left = list(verify_archive(root, root / INDEX, progress=progress))
    return repaired


class Mending:
    """One repair of one archive, whose lock is held."""

    def __init__(self, root: Path, found: list[Problem], repaired: Repaired) -> None:
        self._root, self._found, self._repaired = root, found, repaired
        self._disk = OsDisk()

    def mend(self) -> None:
        """Every step, each by itself: one that fails does not keep the next from its work."""
        for step in (
            self._rename,
            self._cut_tails,
            self._mend_manifest,
            self._recover,
            self._remake_index,
        ):
            try:
                step()
            except (ArchiveError, OSError) as error:
                self._repaired.refused.append(str(error))

    def _say(self, words: str) -> None:
        self._repaired.done.append(words)

    def _files_of(self, code: str) -> set[str]:
        return {problem.file for problem in self._found if problem.code == code}

    def _know(self) -> dict[str, Line]:
        """What manifest and import events say of each file."""
        imports = read_imports(self._root, take_inventory(self._root).files)
        listed = read_listing(self._root, live=False)[0]
        return join_lines(listed, [told.line for told in imports])[0]

    def _find_moved(self) -> list[tuple[Line, str]]:
        """Lines whose file is gone, with the name under which its bytes lie now."""
        known = self._know()
        unknown = [name for name in take_inventory(self._root).files if name not in known]
        return find_moved(self._root, known.values(), unknown)

    def _rename(self) -> None:
        for line, new in self._find_moved():
            if names_itself(self._root / new):
                continue  # the line is wrong, not the file
            target = self._root / line.file
            self._disk.make_folders(target.parent)
            self._disk.rename(self._root / new, target)
            for folder in {target.parent, (self._root / new).parent}:
                self._disk.sync_folder(folder)
            self._say(f"{new} has its name back: {line.file}")

    def _cut_tails(self) -> None:
        wanted = self._files_of("appended")
        for line in self._know().values():
            if line.file in wanted:
                path = self._root / line.file
                size = path.stat().st_size
                save_tail(path, line.bytes, path.with_name(path.name + ".torn"), self._disk)
                self._say(f"{line.file}: {size - line.bytes} bytes behind its end moved to .torn")

    def _recover(self) -> None:
        before = {line.file for line in read_listing(self._root, live=False)[0]}
        for item in recover(self._root):
            self._say(
                f"{item.file}: closed, {item.records} records kept ({item.kept_bytes} bytes), "
                f"{item.torn_bytes} bytes moved to .torn"
            )
        for line in read_listing(self._root, live=False)[0]:
            if line.file not in before:
                self._say(f"{line.file}: line of the manifest made from its seal")

    def _mend_manifest(self) -> None:
        """Write the list again without the lines that cannot be right, keeping the old one."""
        path = self._root / manifest.NAME
        if not path.is_file():
            return
        data = path.read_bytes()
        lines: dict[str, list[Line]] = {}
        wrong = {line.file for line, _ in self._find_moved()}  # the rest has its name back by now
        for raw in data.splitlines():
            line = parse_line(raw)
            if (
                line
                and line.file not in wrong
                and is_inside(line.file)
                and line not in lines.setdefault(line.file, [])
            ):
                lines[line.file].append(line)
        text = b"".join(print_line(one) for some in lines.values() for one in self._choose(some))
        if text != data:
            kept = self._keep_old(path, data)
            self._replace(path, text)
            self._say(f"{manifest.NAME}: written again, what it was is kept as {kept}")

    def _choose(self, lines: list[Line]) -> list[Line]:
        """Of the lines of one file the one that its bytes bear out; all where none is."""
        name = lines[0].file
        seen = look(self._root / name)
        if seen is None:
            return lines
        same = [line for line in lines if (line.sha256, line.bytes) == (seen.sha256, seen.bytes)]
        if len(lines) == 1 and not same and not self._is_borne_out(name):
            return lines
        proved = prove_sealed(self._root / name, name)
        if proved and (same or self._is_borne_out(name)):
            return [proved]
        return same[:1] or lines

    def _is_borne_out(self, name: str) -> bool:
        """Whether all else that was checked speaks for the file and against its line."""
        codes = {problem.code for problem in self._found}
        told = {problem.code for problem in self._found if problem.file == name}
        return told == {"changed"} and not codes & {"index", "newer-index"}

    def _keep_old(self, path: Path, data: bytes) -> str:
        kept, number = path.with_name(path.name + ".torn"), 1
        while kept.exists():
            number += 1
            kept = path.with_name(f"{path.name}.torn.{number}")
        self._write(kept, data)
        return kept.relative_to(self._root).as_posix()

    def _replace(self, path: Path, data: bytes) -> None:
        new = path.with_name(path.name + ".part")
        new.unlink(missing_ok=True)
        self._write(new, data)
        new.replace(path)
        self._disk.sync_folder(path.parent)

    def _write(self, path: Path, data: bytes) -> None:
        handle = self._disk.create(path)
        try:
            write_all(self._disk, handle, data, 0)
            self._disk.sync(handle)
        finally:
            self._disk.close(handle)

    def _remake_index(self) -> None:
        codes = {problem.code for problem in self._found}
        mended = bool(self._repaired.done)
        if not (codes & INDEX_CODES or mended):
            return
        lost = [p for p in self._found if p.code in ("vanished", "changed", "framing", "empty")]
        lost = [p for p in lost if not p.known and self._is_lost(p)]
        if lost and "index" not in codes:
            self._repaired.refused.append(
                f"{INDEX} stays as it is, because its rows are the only trace of what is lost in "
                f"{', '.join(sorted({p.file for p in lost}))}; put the files back from a copy and "
                "run `khobao repair` again, or run `khobao rebuild` to go on without them"
            )
            return
        remade = remake(self._root, ignore_step)
        self._say(f"{INDEX}: made again from {remade.files} files, {remade.records} records")

    def _is_lost(self, problem: Problem) -> bool:
        """Whether a problem of a file is still there after what was done to it."""
        line = {one.file: one for one in read_listing(self._root, live=False)[0]}.get(problem.file)
        seen = look(self._root / problem.file)
        if line is None or seen is None:
            return seen is None or prove_sealed(self._root / problem.file, problem.file) is None
        return (seen.sha256, seen.bytes) != (line.sha256, line.bytes)


def names_itself(path: Path) -> bool:
    """Whether a file of ours has the name that its warcinfo says, in the folder that fits it."""
    first = next(iter(iterate(path)), None)
    return (
        isinstance(first, Found)
        and is_own_name(path)
        and first.record.header("WARC-Filename") == path.name
    )

"""The file of a backup: a ZIP of tables and files, with a manifest that says what it holds."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from ronghe.analysis.errors import Place, Problem, ProblemsError

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "home"
PIECE = 1 << 20


@dataclass(slots=True)
class Part:
    """A part of the archive: its name, its size and SHA-256; of a table its rows too."""

    name: str
    size: int
    sha256: str
    table: str = ""
    columns: list[str] = field(default_factory=list)
    rows: int = 0
    last_id: int | None = None


@dataclass(slots=True)
class Manifest:
    """What an archive holds and what it does not."""

    made: str
    versions: dict[str, str]
    database: str
    migrations: list[list[str]]
    keys_needed: dict[str, str]
    left_out: list[str]
    files_missing: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    format: int = FORMAT
    holds_keys: bool = False

    @property
    def tables(self) -> dict[str, Part]:
        """Return the parts that are tables, by table."""
        return {part.table: part for part in self.parts if part.table}

    @property
    def files(self) -> list[Part]:
        """Return the parts that are files."""
        return [part for part in self.parts if not part.table]


class Writer:
    """Writes an archive beside its place, for this user alone, and puts it there when whole."""

    def __init__(self, out: zipfile.ZipFile) -> None:
        self._out = out
        self.parts: list[Part] = []

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool, **more: Any) -> Part:
        """Add a part from pieces, measured as it is written."""
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        summed, size = hashlib.sha256(), 0
        with self._out.open(entry, "w", force_zip64=True) as target:
            for piece in pieces:
                summed.update(piece)
                size += len(piece)
                target.write(piece)
        part = Part(name, size, summed.hexdigest(), **more)
        self.parts.append(part)
        return part

    def close_with(self, manifest: Manifest) -> None:
        """Write the manifest, which comes last."""
        manifest.parts = self.parts
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        self._out.writestr(MANIFEST, text)


@contextmanager
def written_whole(file: Path) -> Iterator[Writer]:
    """Write an archive; where that fails nothing is left."""
    beside = file.with_name(f".{file.name}.partial")
    handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w+b") as raw:
            with zipfile.ZipFile(raw, "w") as out:
                yield Writer(out)
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


class Archive:
    """An archive opened for reading."""

    def __init__(self, file: Path, zipped: zipfile.ZipFile) -> None:
        self.file, self._zip = file, zipped
        self.manifest = self._manifest()

    def _manifest(self) -> Manifest:
        try:
            told = json.loads(self._zip.read(MANIFEST))
            if told["format"] != FORMAT:
                raise _refusal("backup-of-another-format", self.file, told["format"], FORMAT)
            return Manifest(**{**told, "parts": [Part(**one) for one in told["parts"]]})
        except (KeyError, TypeError, ValueError) as error:
            raise _refusal("not-a-backup", self.file) from error

    def open(self, part: Part) -> IO[bytes]:
        """Open a part."""
        return self._zip.open(part.name)

    def lines(self, part: Part) -> Iterator[Any]:
        """Yield the rows of a table."""
        with self.open(part) as source:
            for line in source:
                yield json.loads(line)

    def verify(self) -> None:
        """Read everything and compare it with the manifest; raise all that is wrong."""
        wrong = []
        listed = {part.name for part in self.manifest.parts} | {MANIFEST}
        for name in sorted({*self._zip.namelist()} ^ listed):
            wrong.append(Problem("backup-part-unexpected", Place(str(self.file)), name))
        for part in self.manifest.files:
            if not _stays_inside(part.name):
                wrong.append(Problem("backup-part-unexpected", Place(str(self.file)), part.name))
        for part in self.manifest.parts:
            if part.name in self._zip.NameToInfo and self._measured(part) != part.sha256:
                wrong.append(Problem("backup-part-damaged", Place(str(self.file)), part.name))
        if wrong:
            raise ProblemsError(wrong)

    def _measured(self, part: Part) -> str:
        """Return the SHA-256 of a part as it is read, empty where it cannot be read."""
        try:
            with self.open(part) as source:
                return digest_of(source)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError):
            return ""


@contextmanager
def opened(file: Path) -> Iterator[Archive]:
    """Open an archive; what is none is refused."""
    try:
        zipped = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise _refusal("not-a-backup", file) from error
    with zipped:
        yield Archive(file, zipped)


def pieces_of(source: IO[bytes]) -> Iterator[bytes]:
    """Yield what is read, piece by piece."""
    while piece := source.read(PIECE):
        yield piece


def digest_of(source: IO[bytes]) -> str:
    """Return the SHA-256 of what is read."""
    summed = hashlib.sha256()
    for piece in pieces_of(source):
        summed.update(piece)
    return summed.hexdigest()


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        len(path.parts) > 2
        and path.parts[0] == FILES
        and ".." not in path.parts
        and "\\" not in name
    )


def _refusal(code: str, file: Path, found: Any = None, expected: Any = None) -> ProblemsError:
    return ProblemsError([Problem(code, Place(str(file)), found, expected)])

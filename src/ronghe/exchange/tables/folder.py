"""Finding the files of a folder that belong to the catalogue; nothing outside it is touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ronghe.analysis.errors import Place, Problem
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.headings import table_named

Format = Literal["csv", "parquet", "workbook", "old-workbook"]

_FORMATS: dict[str, Format] = {
    ".csv": "csv",
    ".parquet": "parquet",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".xls": "old-workbook",
    ".xlsb": "old-workbook",
    ".et": "old-workbook",
    ".ods": "old-workbook",
}

_DOCUMENTS = {".md", ".txt", ".rtf", ".doc", ".docx", ".wps", ".odt", ".ofd", ".pdf"}
"""Kinds of files that are written for people and hold no tables."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `table` is what its name says, and may be unknown for a workbook."""

    path: Path
    place: Place
    format: Format
    table: TableSpec | None


def find_files(
    folder: Path, catalogue: Mapping[str, TableSpec]
) -> tuple[list[Found], list[Problem]]:
    """List a folder's data files in the order of their names, and what stands in the way."""
    found: list[Found] = []
    problems: list[Problem] = []
    if refused := _refusal(folder):
        return found, [refused]
    for path, table in _candidates(folder, catalogue):
        place = Place(path.relative_to(folder).as_posix())
        kind = _FORMATS.get(path.suffix.casefold())
        if not _inside(path, folder):
            problems.append(Problem("link-out-of-folder", place, found=str(path.readlink())))
        elif not path.is_file() or kind is None or (table is None and kind in ("csv", "parquet")):
            problems.append(
                Problem("file-not-used", place, expected=_names(catalogue), severity="warning")
            )
        elif kind == "old-workbook":
            problems.append(Problem("workbook-old-format", place, found=path.suffix))
        else:
            found.append(Found(path, place, kind, table))
    return found, problems


def _refusal(folder: Path) -> Problem | None:
    """Refuse what is no folder, and the tables that a run keeps: their numbers are shifted."""
    where = Place(str(folder))
    if not folder.is_dir():
        return Problem("folder-is-a-file" if folder.exists() else "folder-not-found", where)
    kept = folder.parent if folder.name == "inputs" else folder
    if (kept / "run.json").is_file():
        return Problem("folder-is-a-run", where)
    return None


def _is_document(path: Path) -> bool:
    """Whether a file is plainly for people: README, notes, letters; nobody expects it read."""
    return path.suffix.casefold() in _DOCUMENTS or path.stem.casefold() == "readme"


def _candidates(
    folder: Path, catalogue: Mapping[str, TableSpec]
) -> Iterator[tuple[Path, TableSpec | None]]:
    """Go through the folder, and through its sub-folders that bear a table's name."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "~$")):  # hidden files; what Excel leaves beside open ones
            continue
        if path.is_dir() and _inside(path, folder):
            table = table_named(path.name, catalogue)
            parts = sorted(path.iterdir()) if table else [path]
            yield from ((part, table) for part in parts if not part.name.startswith("."))
        else:
            table = table_named(path.stem, catalogue)
            if table or not _is_document(path):
                yield path, table


def _inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, stays in the folder; links in a circle do not."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False


def _names(catalogue: Mapping[str, TableSpec]) -> str:
    return "、".join(f"{spec.title} ({spec.name})" for spec in catalogue.values())

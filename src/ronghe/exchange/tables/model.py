"""What reading a folder gives back, and how much it takes in at most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ronghe.analysis.errors import Place, Problem, ProblemsError

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it can hurt; ``docs/reference/data-files.md`` states the same.

    `csv_bytes`, `workbook_bytes`: the size of a file. A Parquet file has no limit: it is read
    where it lies. `unpacked_bytes`, `ratio`, `parts`: what a workbook, which is a zip archive,
    may unpack to, how many times its packed size that may be (asked from `ratio_free_bytes`
    on, because small files pack unevenly), and of how many parts it may consist. `cells`: the
    rectangle that a sheet's filled cells span. `columns`: columns with a heading, of any file.
    `problems`: how many rows with a problem are listed for a file; the rest are counted.
    """

    csv_bytes: int = 4 * GIB
    workbook_bytes: int = 256 * MIB
    unpacked_bytes: int = 2 * GIB
    ratio: int = 200
    ratio_free_bytes: int = 16 * MIB
    parts: int = 5_000
    cells: int = 32_000_000
    columns: int = 1_000
    problems: int = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a sheet that fed a table: where, the SHA-256 of the file, how many rows."""

    place: Place
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table of the catalogue as it came, in the database under ``raw_<name>``.

    It has `row_number` (the row a person sees; in Parquet the row of the file, from 1),
    `source_number` (the index in `sources`) and `columns`: those of the catalogue that at least
    one source had, by English name and in the catalogue's order. They hold text, a gap is NULL;
    if `typed` (Parquet) they keep the types of the files.
    """

    name: str
    columns: tuple[str, ...]
    sources: tuple[Source, ...]
    typed: bool = False


def refusal(code: str, where: Place, found: Any = None, expected: Any = None) -> ProblemsError:
    """Return the exception for a file or sheet that cannot be read any further."""
    return ProblemsError([Problem(code, where, found, expected)])

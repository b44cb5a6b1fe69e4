"""A packed store (数据仓): typed tables in Parquet, cut along the organisation tree.

``ronghe pack`` makes it once; every run reads it where it lies. Its folder holds
``manifest.json`` and for each part, a county for instance, ``parts/<code>/<table>.parquet``.
A part holds whole branches of the tree, its records sorted by unit along the organisation path.
What stands above the parts, such as provinces, is a part of its own, `ABOVE`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.model import Scheme
from ronghe.analysis.scoring.sql import text
from ronghe.analysis.scoring.tallies import Bounds
from ronghe.engine.catalogue import CATALOGUE
from ronghe.engine.intake import empty, scales_of, type_table

MANIFEST = "manifest.json"
FORMAT = 1
ABOVE = "_above"
"""The part of the units that stand above all others."""

DECIMALS = ("measures", "targets")
"""The tables whose values stay decimals until a scheme says how fine they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a store: where, how many units, the first and last of their codes, its files.

    Code and name are those of the unit that heads it. `files` gives for each table its number
    of rows and its SHA-256. The `tables` that a correction replaced are in the folder
    `corrected`.
    """

    folder: Path
    code: str
    name: str
    units: int
    first: str
    last: str
    files: Mapping[str, tuple[int, str]]
    corrected: Path | None = None
    tables: frozenset[str] = frozenset()

    def file(self, table: str) -> Path:
        """Return where a table is."""
        folder = self.corrected if self.corrected and table in self.tables else self.folder
        return folder / f"{table}.parquet"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of the records of a kind: days as ISO dates, digits of the quantity."""

    rows: int
    since: str
    until: str
    digits: int


@dataclass(frozen=True, slots=True)
class Store:
    """A packed store.

    `bounds` hold for every unit's records. `spread` names kind and level of the units whose peer
    groups do not lie within one part.
    """

    path: Path
    level: str
    parts: tuple[Part, ...]
    kinds: Mapping[str, Kind]
    bounds: Bounds
    spread: tuple[tuple[str, str], ...]
    sha256: str

    def rows(self, table: str) -> int:
        """Return how many rows a table has."""
        return sum(part.files[table][0] for part in self.parts if table in part.files)


def is_store(path: Path) -> bool:
    """Tell whether a folder is a packed store."""
    return (path / MANIFEST).is_file()


def read_store(path: Path) -> Store:
    """Read the manifest of a store.

    Raises
    ------
    ProblemsError
        The manifest is damaged or of another format.
    """
    where = Place(str(path / MANIFEST))
    content = (path / MANIFEST).read_bytes()
    try:
        held = json.loads(content)
        if held["format"] != FORMAT:
            raise ProblemsError([Problem("store-format", where, held["format"], FORMAT)])
        kinds = {code: Kind(**kind) for code, kind in held["kinds"].items()}
        store = Store(
            path,
            held["level"],
            tuple(_part(path, one) for one in held["parts"]),
            kinds,
            Bounds(**held["bounds"], step=_step(kinds)),
            tuple((kind, level) for kind, level in held["spread"]),
            hashlib.sha256(content).hexdigest(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ProblemsError([Problem("store-damaged", where, str(error))]) from error
    return store


def refuse_lost_files(store: Store) -> None:
    """Raise the files that a manifest names and that are not there."""
    lost = [
        Problem("store-file-missing", Place(str(part.file(table))))
        for part in store.parts
        for table in part.files
        if not part.file(table).is_file()
    ]
    if lost:
        raise ProblemsError(lost)


def _step(kinds: Mapping[str, Kind]) -> int:
    """Return what every quantity is a multiple of, in thousandths."""
    return int(10 ** (3 - max((kind.digits for kind in kinds.values()), default=0)))


def _part(path: Path, held: Mapping[str, Any]) -> Part:
    files = {table: (int(rows), str(sha256)) for table, (rows, sha256) in held["files"].items()}
    if not names_a_folder(held["code"]):
        raise ValueError(held["code"])
    folder = part_folder(path, held["code"])
    return Part(
        folder, held["code"], held["name"], held["units"], held["first"], held["last"], files
    )


def names_a_folder(code: str) -> bool:
    """Tell whether a code can name a part's folder, and never another one."""
    return code.replace("-", "").replace("_", "").isalnum() and len(code) <= 60


def part_folder(path: Path, code: str) -> Path:
    """Return the folder of a part of a store or of a run over a store."""
    return path / "parts" / code


def write_manifest(
    path: Path,
    level: str,
    parts: Sequence[Part],
    kinds: Mapping[str, Kind],
    bounds: Bounds,
    spread: Sequence[tuple[str, str]],
) -> None:
    """Write the manifest, which makes a folder with parts a store."""
    content = {
        "format": FORMAT,
        "level": level,
        "spread": [list(pair) for pair in spread],
        "bounds": {"records": bounds.records, "quantity": bounds.quantity},
        "kinds": {code: asdict(kind) for code, kind in kinds.items()},
        "parts": [
            {
                "code": part.code,
                "name": part.name,
                "units": part.units,
                "first": part.first,
                "last": part.last,
                "files": part.files,
            }
            for part in parts
        ],
    }
    written = json.dumps(content, ensure_ascii=False, indent=1)
    (path / MANIFEST).write_text(written + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file of a store as the source of rows."""

    place: Place


@dataclass(frozen=True, slots=True)
class PartTable:
    """A table of some parts of a store, as checks and intake want it."""

    name: str
    columns: tuple[str, ...]
    sources: tuple[PartFile, ...]


def open_parts(
    con: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    scheme: Scheme,
    only: Sequence[str] = tuple(CATALOGUE),
) -> tuple[list[PartTable], list[Problem]]:
    """Give the tables of some parts their names; figures are typed as the scheme says.

    ``units`` has a further column ``part``, counting `parts` from 0. Returns the tables and
    the problems of the figures.
    """
    tables: list[PartTable] = []
    problems: list[Problem] = []
    for spec in (CATALOGUE[table] for table in only):
        held = [(number, part) for number, part in enumerate(parts) if spec.name in part.files]
        files = [part.file(spec.name) for _, part in held]
        sources = tuple(PartFile(Place(str(file))) for file in files)
        table = PartTable(spec.name, tuple(column.name for column in spec.columns), sources)
        if spec.name in DECIMALS:
            problems += _type_figures(con, table, scheme)
        else:
            rows = _rows_of(files) if files else empty(spec)
            if spec.name == "units":
                numbers = ", ".join(str(number) for number, _ in held)
                rows = f"select *, [{numbers}][source_number + 1] as part from ({rows}) as rows"
            con.execute(f"create or replace view {spec.name} as {rows}")
        if files:
            tables.append(table)
    return tables, problems


def _type_figures(
    con: duckdb.DuckDBPyConnection, table: PartTable, scheme: Scheme
) -> list[Problem]:
    spec = CATALOGUE[table.name]
    if not table.sources:
        con.execute(f"create or replace table {table.name} as {empty(spec)}")
        return []
    files = [Path(source.place.source) for source in table.sources]
    rows = f"{table.name}_as_written"
    con.execute(f"create or replace view {rows} as {_rows_of(files)}")
    return type_table(con, spec, table, scales_of(table.name, scheme), rows)


def _rows_of(files: Sequence[Path]) -> str:
    return (
        "select *, cast(file_row_number + 1 as bigint) as row_number,"
        f" cast(file_index as integer) as source_number from read_parquet({listed(files)})"
    )


def listed(files: Sequence[Path]) -> str:
    """Write files as a list in SQL."""
    return f"[{', '.join(text(str(file)) for file in files)}]"

"""Parquet files: read where they lie, with their own types, through a view."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from ronghe.analysis.errors import Place, Problem, errors_among
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.assembly import Assembly, Faults, name, path_pattern
from ronghe.exchange.tables.folder import Found
from ronghe.exchange.tables.headings import Header, read_header
from ronghe.exchange.tables.model import Source
from ronghe.exchange.tables.rows import find_formulas

Layout = tuple[tuple[str, str], ...]
"""A file's columns: names and types."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Files with the same columns, read as one; for each column its name there and its type."""

    files: tuple[Found, ...]
    columns: dict[str, tuple[str, str]]


def load_parquet(assembly: Assembly, spec: TableSpec, files: Sequence[Found]) -> None:
    """Make the view of a table over all of its files."""
    assembly.typed.add(spec.name)
    layouts: dict[Layout, list[Found]] = {}
    for file in files:
        try:
            layouts.setdefault(_layout(assembly.con, file), []).append(file)
        except duckdb.Error as error:
            assembly.problems.append(_damage(file, error))
    groups: list[_Group] = []
    for layout, same in layouts.items():
        place = same[0].place
        header, problems = read_header([heading for heading, _ in layout], spec, place)
        columns = {column: layout[position] for column, position in header.positions.items()}
        problems += _unfit(place, columns, groups)
        assembly.problems += problems
        if not errors_among(problems):
            groups.append(_Group(tuple(same), columns))
    if groups and len(files) == sum(len(group.files) for group in groups):
        _make_view(assembly, spec, groups)
        if spec.in_results:
            _find_formulas(assembly, spec, groups)


def _damage(file: Found, error: duckdb.Error) -> Problem:
    """Say why a file cannot be opened, without the path that stands in the place already."""
    if not file.path.stat().st_size:
        return Problem("file-empty", file.place)
    reason = str(error).partition("\n")[0].replace(str(file.path.absolute()), file.path.name)
    return Problem("parquet-damaged", file.place, reason.partition("Error: ")[2] or reason)


def _layout(con: duckdb.DuckDBPyConnection, file: Found) -> Layout:
    described = con.execute(f"describe from read_parquet({path_pattern(file.path)})").fetchall()
    return tuple((row[0], row[1]) for row in described)


def _unfit(
    place: Place, columns: Mapping[str, tuple[str, str]], groups: Sequence[_Group]
) -> list[Problem]:
    """Find columns that are no plain values, or of another type than in the files before."""
    problems = []
    for column, (heading, kind) in columns.items():
        where = replace(place, column=heading)
        before = next((g.columns[column][1] for g in groups if column in g.columns), kind)
        if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION", "BLOB")):
            problems.append(Problem("parquet-nested", where, kind))
        elif kind != before:
            problems.append(Problem("parquet-types-differ", where, kind, before))
    return problems


def _make_view(assembly: Assembly, spec: TableSpec, groups: Sequence[_Group]) -> None:
    con = assembly.con
    types = {column: kind for group in groups for column, (_, kind) in group.columns.items()}
    columns = [column.name for column in spec.columns if column.name in types]
    parts: list[str] = []
    sources: list[Source] = []
    for group in groups:
        values = ", ".join(
            f"{name(group.columns[column][0])} as {name(column)}"
            if column in group.columns
            else f"cast(null as {types[column]}) as {name(column)}"
            for column in columns
        )
        files = ", ".join(path_pattern(file.path) for file in group.files)
        parts.append(
            f"select file_row_number + 1 as row_number,"
            f" cast(file_index + {len(sources)} as integer) as source_number, {values}"
            f" from read_parquet([{files}])"
        )
        sources += [_source(con, file) for file in group.files]
    con.execute(f"create view {name('raw_' + spec.name)} as {' union all '.join(parts)}")
    assembly.adopt(spec, columns, sources)


def _find_formulas(assembly: Assembly, spec: TableSpec, groups: Sequence[_Group]) -> None:
    """Look through the text columns of each file."""
    files = [(file, group.columns) for group in groups for file in group.files]
    for number, (file, columns) in enumerate(files):
        texts = {
            column: heading for column, (heading, kind) in columns.items() if kind == "VARCHAR"
        }
        header = Header(dict(zip(texts, range(len(texts)), strict=True)), tuple(texts.values()))
        faults = Faults(file.place)
        find_formulas(assembly, spec, number, header, faults)
        assembly.report(faults)


def _source(con: duckdb.DuckDBPyConnection, file: Found) -> Source:
    counted = con.execute(
        f"select num_rows from parquet_file_metadata({path_pattern(file.path)})"
    ).fetchall()
    with file.path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return Source(file.place, sha256, int(counted[0][0]))

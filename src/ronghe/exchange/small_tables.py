"""Small tables from Excel or CSV as rows of text, however they are laid out.

For lists that people hand in: title rows above the headings and several sheets are taken as they
come. Large tables of data go through `ronghe.exchange.tables`.
"""

from __future__ import annotations

import csv
import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.parsers import expat

import fastexcel

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.exchange.cell_reader import CellReader
from ronghe.exchange.tables.encoding import as_utf8
from ronghe.exchange.tables.model import MIB, Limits
from ronghe.exchange.tables.package import SHARED_STRINGS, Package
from ronghe.exchange.tables.sheet import SheetXml

LIMITS = Limits(
    csv_bytes=10 * MIB,
    workbook_bytes=10 * MIB,
    unpacked_bytes=64 * MIB,
    ratio_free_bytes=4 * MIB,
    cells=500_000,
)
"""No list is larger than this."""

Row = tuple[int, Sequence[str]]
"""The number of a row as a person sees it, and its cells."""


def read_small_tables(path: Path, *, unreadable: str) -> list[tuple[Place, list[Row]]]:
    """Read the visible sheets of a workbook (.xlsx), or a CSV file, which may be in GB18030.

    ``unreadable`` is the code of the problem where the file cannot be read. Raises ProblemsError.
    """
    where = Place(str(path))
    try:
        with TemporaryDirectory(prefix="ronghe-") as workdir:
            if path.stat().st_size > LIMITS.workbook_bytes:
                size = path.stat().st_size
                raise ProblemsError([Problem("file-too-large", where, size, LIMITS.workbook_bytes)])
            if path.suffix.casefold() == ".csv":
                return [(where, _csv_rows(path, where, Path(workdir), unreadable))]
            return list(_sheets(path, where, Path(workdir), unreadable))
    except OSError as error:
        raise ProblemsError([Problem(unreadable, where, error.strerror)]) from None


def _csv_rows(path: Path, where: Place, workdir: Path, unreadable: str) -> list[Row]:
    text = as_utf8(path, where, workdir).path.read_text(encoding="utf-8-sig")
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        at = Place(where.source, row=reader.line_num)
        raise ProblemsError([Problem(unreadable, at, str(error))]) from None


def _sheets(
    path: Path, where: Place, workdir: Path, unreadable: str
) -> Iterator[tuple[Place, list[Row]]]:
    with Package(path, where, LIMITS) as package:
        entries = [entry for entry in package.sheets() if entry.visible]
        copy = package.copy(entries, workdir / "small.xlsx")
    with (
        copy.path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
        CellReader(copy.path) as reader,
    ):
        texts = copy.regions.get(SHARED_STRINGS)
        for entry in entries:
            place = Place(where.source, entry.name)
            try:
                facts = SheetXml(content, copy.regions[entry.part], texts).facts
                if facts.height * facts.width > LIMITS.cells:
                    size = facts.height * facts.width
                    raise ProblemsError([Problem("sheet-too-large", place, size, LIMITS.cells)])
                if facts.height:
                    yield place, _sheet_rows(reader, entry.name)
            except (fastexcel.FastExcelError, expat.ExpatError, ValueError) as error:
                reason = str(error).splitlines()[0]
                raise ProblemsError([Problem(unreadable, place, reason)]) from None


def _sheet_rows(reader: CellReader, name: str) -> list[Row]:
    _, rows = reader.cells(name)
    return [(number, [cell or "" for cell in cells]) for number, cells in enumerate(rows, start=1)]

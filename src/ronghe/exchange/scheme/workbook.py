"""Opening the workbook of a scheme safely: sheets as rows of text, with what would go unseen."""

from __future__ import annotations

import mmap
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.parsers import expat

import fastexcel

from ronghe.analysis.errors import Place, Problem
from ronghe.exchange.cell_reader import CellReader
from ronghe.exchange.scheme.document import MAX_BYTES
from ronghe.exchange.tables.assembly import Faults
from ronghe.exchange.tables.model import MIB, Limits, refusal
from ronghe.exchange.tables.package import SHARED_STRINGS, Package, SheetEntry
from ronghe.exchange.tables.sheet import SheetXml, column_name
from ronghe.exchange.tables.unseen import unseen

LIMITS = Limits(
    workbook_bytes=MAX_BYTES, unpacked_bytes=64 * MIB, ratio_free_bytes=4 * MIB, cells=500_000
)
"""What the workbook of a scheme may hold; ``docs/reference/scheme.md`` states the same."""


@dataclass(slots=True)
class Sheet:
    """A sheet of text: its headings and, by the number that a person sees, its rows.

    A row maps headings to texts; empty cells are left out.
    """

    name: str
    place: Place
    headings: list[str] = field(default_factory=list)
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def at(self, row: int | None, heading: str = "") -> Place:
        """Return the place of a cell."""
        return Place(self.place.source, self.name, row, heading)


def read_sheets(
    path: Path, names: Sequence[str], passed_over: Sequence[str]
) -> tuple[dict[str, Sheet], list[Problem]]:
    """Read the named sheets of a workbook.

    Parameters
    ----------
    path
        The workbook.
    names, passed_over
        The sheets to read, and those that are known and not read; any other is a warning.

    Returns
    -------
    The sheets that are there, and problems: merged and hidden cells, errors of formulas, sheets
    that are hidden or not known.

    Raises
    ------
    ProblemsError
        The file is no workbook, is damaged, encrypted, or unpacks to more than `LIMITS`.
    """
    where = Place(str(path))
    problems: list[Problem] = []
    with TemporaryDirectory(prefix="ronghe-") as workdir:
        with Package(path, where, LIMITS) as package:
            entries = package.sheets()
            wanted = list(_choose(entries, names, passed_over, where, problems))
            copy = package.copy(wanted, Path(workdir, "scheme.xlsx"))
        sheets: dict[str, Sheet] = {}
        with (
            copy.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
            CellReader(copy.path) as reader,
        ):
            texts = copy.regions.get(SHARED_STRINGS)
            for entry in wanted:
                xml = SheetXml(content, copy.regions[entry.part], texts)
                sheet = Sheet(entry.name, Place(where.source, entry.name))
                _read(sheet, reader, xml, problems)
                sheets[entry.name] = sheet
    return sheets, problems


def _choose(
    entries: Sequence[SheetEntry],
    names: Sequence[str],
    passed_over: Sequence[str],
    where: Place,
    problems: list[Problem],
) -> Iterator[SheetEntry]:
    for entry in entries:
        place = Place(where.source, entry.name)
        if entry.name not in names and entry.name not in passed_over:
            listed = "、".join(names)
            problems.append(
                Problem("scheme-sheet-unknown", place, entry.name, listed, severity="warning")
            )
        elif entry.name in names and not entry.visible:
            problems.append(Problem("sheet-hidden", place))
        elif entry.name in names:
            yield entry


def _read(sheet: Sheet, reader: CellReader, xml: SheetXml, problems: list[Problem]) -> None:
    try:
        facts = xml.facts
        corner = f"{column_name(max(facts.width, 1))}{facts.height}"
        if facts.height * facts.width > LIMITS.cells:
            raise refusal("sheet-too-large", sheet.place, corner, LIMITS.cells)
        if (size := facts.text_bytes) > LIMITS.unpacked_bytes:
            raise refusal("workbook-unpacks-too-large", sheet.place, size, LIMITS.unpacked_bytes)
        columns, table = reader.cells(sheet.name) if facts.height else ((), [])
    except (fastexcel.FastExcelError, expat.ExpatError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise refusal("workbook-damaged", sheet.place, reason) from None
    header = _fill(sheet, table, problems)
    pairs = zip(columns, sheet.headings, strict=False)
    used = {column: heading for column, heading in pairs if heading}
    problems.extend(unseen(facts, Faults(sheet.place), used, header))


def _fill(sheet: Sheet, table: Sequence[Sequence[str | None]], problems: list[Problem]) -> int:
    """Take the first row with text as headings and the others as rows; return its number."""
    header = 0
    for number, cells in enumerate(table, start=1):
        texts = [(cell or "").replace("\r\n", "\n").strip() for cell in cells]
        if not any(texts):
            continue
        if not header:
            header, sheet.headings = number, texts
            continue
        sheet.rows.append((number, dict(_named(sheet, number, texts, problems))))
    return header


def _named(
    sheet: Sheet, number: int, texts: Sequence[str], problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    for heading, text in zip(sheet.headings, texts, strict=True):
        if text and heading:
            yield heading, text
        elif text:
            problems.append(Problem("scheme-cell-without-heading", sheet.at(number), text))


def check_headings(
    sheet: Sheet, known: Collection[str], needed: Sequence[str]
) -> Iterator[Problem]:
    """Yield what is wrong with a sheet's headings: unknown, repeated or missing ones."""
    seen: set[str] = set()
    for heading in filter(None, sheet.headings):
        if heading not in known:
            listed = "、".join(known)
            yield Problem("scheme-column-unknown", sheet.at(None), heading, listed)
        if heading in seen:
            yield Problem("scheme-column-twice", sheet.at(None), heading)
        seen.add(heading)
    for heading in needed:
        if heading not in seen:
            yield Problem("scheme-column-missing", sheet.at(None), expected=heading)

"""Schemes from Excel workbooks: rows become the plain document, each part with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ronghe.analysis.errors import Place, Problem, ProblemsError
from ronghe.analysis.scheme.check import Loc
from ronghe.exchange.scheme.document import Document, read_bytes
from ronghe.exchange.scheme.layout import (
    GATES,
    GRADES,
    INDICATORS,
    KINDS,
    MEASURES,
    NOTES,
    PEER_GROUPS,
    POOLS,
    SCHEME,
    SHEETS,
    VETOES,
    Column,
    SheetLayout,
)
from ronghe.exchange.scheme.packing import (
    RULE_PARAMETERS,
    SOURCE_PARAMETERS,
    Complaints,
    unpack_condition,
    unpack_rule,
    unpack_source,
)
from ronghe.exchange.scheme.workbook import Sheet, check_headings, read_sheets

_UNPACKERS: Mapping[str, Callable[[Mapping[str, str], Complaints], dict[str, Any]]] = {
    "source": unpack_source,
    "rule": unpack_rule,
    "requires": unpack_condition,
    "when": unpack_condition,
}

_CODES = {next(iter(codecs)) for _, codecs in SOURCE_PARAMETERS.values()} | {"code"}
_PARAMETERS = {
    key
    for table in (RULE_PARAMETERS, SOURCE_PARAMETERS)
    for _, codecs in table.values()
    for key in codecs
}


@dataclass(slots=True)
class _Row:
    """A row read: its part of the document, the places of its cells, the code above it."""

    content: dict[str, Any]
    place: Place
    cells: dict[Loc, Place]
    parent: str
    below: list[_Row] = field(default_factory=list)


class _Reading:
    """A workbook on its way into a document."""

    def __init__(self, path: Path) -> None:
        names = [layout.name for layout in SHEETS]
        self.sheets, self.problems = read_sheets(path, names, [NOTES])
        missing = [name for name in (SCHEME.name, INDICATORS.name) if name not in self.sheets]
        if missing:
            absent = Problem("scheme-sheet-missing", Place(str(path)), expected="”“".join(missing))
            renamed = self.problems if self.sheets else []
            raise ProblemsError([absent, *renamed])
        self.known: dict[Loc, Place] = {(): Place(str(path))}

    def scheme(self) -> dict[str, Any]:
        """Read the sheet of labels and contents."""
        sheet, content = self.sheets[SCHEME.name], dict[str, Any]()
        label, value, note = "项目", "内容", "说明"
        self.problems += check_headings(sheet, [label, value, note], [label, value])
        self.known |= {column.path: sheet.place for column in SCHEME.columns}
        seen: set[str] = set()
        for number, cells in sheet.rows:
            column = SCHEME.by_heading.get(cells.get(label, ""))
            place = sheet.at(number, value)
            if column is None or column.heading in seen:
                code = "scheme-item-twice" if column else "scheme-item-unknown"
                listed = "、".join(SCHEME.by_heading)
                self.problems.append(Problem(code, place, cells.get(label, "—"), listed))
                continue
            seen.add(column.heading)
            self.known[column.path] = place
            if value in cells:
                _put(content, column, cells[value])
        return content

    def rows(self, layout: SheetLayout) -> list[_Row]:
        """Read the rows of a sheet; a sheet that is not there has none."""
        sheet = self.sheets.get(layout.name)
        if sheet is None:
            return []
        self.known[layout.at] = sheet.place
        if sheet.headings:
            needed = (
                [layout.columns[0].heading] if layout is not INDICATORS else ["代码", "上级代码"]
            )
            self.problems += check_headings(sheet, layout.by_heading, needed)
        return [self._row(layout, sheet, number, cells) for number, cells in sheet.rows]

    def _row(
        self, layout: SheetLayout, sheet: Sheet, number: int, texts: Mapping[str, str]
    ) -> _Row:
        content: dict[str, Any] = {}
        cells: dict[Loc, Place] = {}
        for column in layout.columns:
            cells[column.path] = sheet.at(number, column.heading)
            cells.setdefault(column.path[:1], cells[column.path])
            if column.heading in texts:
                _put(content, column, texts[column.heading])
        for key in _UNPACKERS.keys() & content.keys():
            complaints: Complaints = []
            content[key] = _UNPACKERS[key](content[key], complaints)
            place = cells.get((key, "@more"), cells[key,])
            self.problems += [Problem(code, place, found) for code, found in complaints]
        for key in ("source", "rule"):
            if (key, "@more") in cells:
                cells |= _key_places(key, content.get(key, {}), cells)
        parent = content.pop("@parent", "")
        content.pop("@number", None)
        return _Row(content, sheet.at(number), cells, parent)

    def listed(self, layout: SheetLayout) -> list[Any]:
        """Read a sheet whose rows are the items of a list."""
        rows = self.rows(layout)
        self._note(rows, layout.at)
        return [row.content for row in rows]

    def nested(self, layout: SheetLayout, below: str) -> list[Any]:
        """Read a sheet whose rows name the row above them; `below` is the key of what hangs."""
        rows = self.rows(layout)
        by_code: dict[str, _Row] = {}
        for row in rows:
            by_code.setdefault(row.content.get("code", ""), row)
        for row in rows:
            above = by_code.get(row.parent) if row.parent else None
            if above:
                above.below.append(row)
            elif row.parent:
                place, codes = row.cells["@parent",], " / ".join(filter(None, by_code))
                self.problems.append(Problem("scheme-parent-unknown", place, row.parent, codes))
        top = [row for row in rows if not row.parent]
        reached = self._hang(top, layout.at, below)
        for row in rows:
            if row.parent in by_code and id(row) not in reached:
                place = row.cells["@parent",]
                self.problems.append(Problem("scheme-parent-circle", place, row.parent))
        return [row.content for row in top]

    def _hang(self, rows: Iterable[_Row], at: Loc, below: str) -> set[int]:
        """Put rows below those that they name, and note where each stands."""
        reached: set[int] = set()
        for index, row in enumerate(self._note(rows, at)):
            reached |= {id(row)} | self._hang(row.below, (*at, index, below), below)
            if row.below:
                row.content[below] = [each.content for each in row.below]
        return reached

    def _note(self, rows: Iterable[_Row], at: Loc) -> Iterable[_Row]:
        """Remember where the parts of rows stand."""
        rows = list(rows)
        for index, row in enumerate(rows):
            self.known[*at, index] = row.place
            self.known |= {(*at, index, *path): place for path, place in row.cells.items()}
        return rows

    def peer_groups(self) -> dict[str, Any]:
        """Read the sheet of peer groups."""
        groups: dict[str, Any] = {}
        for row in self.rows(PEER_GROUPS):
            name = row.content.pop("@name", "")
            if not name or name in groups:
                code = "scheme-peer-group-twice" if name else "scheme-peer-group-nameless"
                self.problems.append(Problem(code, row.cells["@name",], name))
                continue
            groups[name] = row.content
            self.known["peer_groups", name] = row.place
            self.known |= {("peer_groups", name, *path): p for path, p in row.cells.items()}
        return groups


def _put(content: dict[str, Any], column: Column, text: str) -> None:
    *above, last = column.path
    for key in above:
        content = content.setdefault(key, {})
    content[last] = column.codec.read(text)


def _key_places(
    key: str, packed: Mapping[str, Any], cells: Mapping[Loc, Place]
) -> dict[Loc, Place]:
    """Say in which cell each key of a source or a rule stands, or would stand."""
    code, more = cells.get((key, "@code"), cells[key,]), cells[key, "@more"]
    places: dict[Loc, Place] = {}
    for inner in {*_PARAMETERS, *packed} - {"kind"}:
        places[key, inner] = code if inner in _CODES else more
    return places


def read_excel(path: Path) -> Document:
    """Read a scheme from a workbook as `write_scheme_excel` writes it.

    Raises
    ------
    ProblemsError
        The file cannot be read at all, it is no workbook, or it has no scheme inside.
    """
    read_bytes(path)
    reading = _Reading(path)
    content = reading.scheme()
    parts: dict[str, Any] = {
        "indicators": reading.nested(INDICATORS, "children"),
        "measures": reading.listed(MEASURES),
        "record_kinds": reading.listed(KINDS),
        "peer_groups": reading.peer_groups(),
        "pools": reading.nested(POOLS, "items"),
        "gates": reading.listed(GATES),
        "vetoes": reading.listed(VETOES),
    }
    content |= {key: part for key, part in parts.items() if part}
    if grades := reading.listed(GRADES):
        content.setdefault("grading", {})["grades"] = grades
    return Document(content, reading.known, reading.problems)

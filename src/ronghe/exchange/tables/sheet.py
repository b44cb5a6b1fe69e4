"""What the XML of a sheet says that its values do not.

A look at a few marks (some hundredths of a second for 100,000 rows) tells whether a sheet is
plain. Only one that is not, or is written in an uncommon way, is parsed cell by cell.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_uppercase

from ronghe.exchange.tables.encoding import CHUNK
from ronghe.exchange.tables.package import parse_xml, unprefixed

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384

_BEYOND_Z = re.compile(rb'<c(?! r="[A-Z]\d{1,6}"|[A-Za-z])')
"""A cell without a place, right of column Z or below row 999,999 (and not another tag in c…)."""
_NO_PLACE = re.compile(rb'<c(?! r="[A-Z]{1,3}\d{1,7}"|[A-Za-z])')
_ODD = (re.compile(rb"<!"), re.compile(rb":c[ >/\t\r\n]"))
_OPEN_FORMULA = rb"<f(?: [^>]*)?/?>(?:[^<]*</f>)?+(?!<v>[^<])"
_MARKS = tuple(map(re.compile, (rb't="e"', _OPEN_FORMULA, rb'hidden="[1t]', rb"<mergeCell ")))


_ROWS = [
    (9_999, r"[A-Z]+\d{5}"),
    (99_999, r"[A-Z]+\d{6}"),
    *((n * 100_000 - 1, rf"[A-Z]+(?:[{n}-9]\d{{5}}|\d{{7}})") for n in range(2, 10)),
    (999_999, r"[A-Z]+\d{7}"),
]
"""Numbers of rows, and what the place of a cell below them looks like."""
_COLUMNS = [
    *((26 * n, rf"(?:[{ascii_uppercase[n - 1]}-Z][A-Z]\d|[A-Z]{{3}})") for n in range(1, 27)),
    (702, r"[A-Z]{3}"),
]
"""Numbers of columns, and what the place of a cell right of them looks like."""
_LONG_FRACTION = re.compile(rb"\.\d{10,}")
_SMALL_NUMBER = re.compile(rb"E-\d")
_LOOKS = 50_000
"""After so many looks at numbers it is quicker to read them all a second time."""
_STRING_END = re.compile(rb"</(?:\w+:)?si>")
_SMALLEST_CELL = len('<c r="A1" t="s"><v>0</v></c>')

Region = tuple[int, int]


@dataclass(slots=True)
class Facts:
    """What a cell-by-cell look at a sheet found; rows and columns count from 1."""

    height: int = 0
    width: int = 0
    text_bytes: int = 0
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


class SheetXml:
    """A sheet's XML, and that of the texts it refers to, as they lie in a checked copy."""

    def __init__(self, content: mmap.mmap, sheet: Region, texts: Region | None) -> None:
        self._content, self._sheet, self._texts = content, sheet, texts

    def _has(self, pattern: re.Pattern[bytes]) -> bool:
        return pattern.search(self._content, *self._sheet) is not None

    @cached_property
    def _narrow(self) -> bool:
        return not self._has(_BEYOND_Z)

    @cached_property
    def usual(self) -> bool:
        """Whether it is written as spreadsheet programs write it: every cell says where it is."""
        head = self._content[self._sheet[0] : self._sheet[0] + 4096]
        placed = self._narrow or not self._has(_NO_PLACE)
        return b"<worksheet" in head and placed and not any(map(self._has, _ODD))

    @cached_property
    def plain(self) -> bool:
        """Whether it has no open formula, error, merged or hidden cell."""
        return self.usual and not any(map(self._has, _MARKS))

    @cached_property
    def has_long_numbers(self) -> bool:
        """Whether a number may have, in 15 significant digits, more than nine after the point."""
        for count, found in enumerate(_LONG_FRACTION.finditer(self._content, *self._sheet)):
            if count == _LOOKS:
                return True
            begin, end = found.span()
            number = self._content[begin - 17 : end].rpartition(b">")[2]
            try:
                fraction = f"{float(number):.15g}".partition(".")[2]
            except ValueError:  # a text or a formula
                continue
            if len(fraction) > 9:
                return True
        return self._has(_SMALL_NUMBER)

    def look(self) -> None:
        """Look for all marks now, in the background, so that they are known when asked for."""
        _ = self.plain, self.has_long_numbers

    def extent(self, cells: int) -> tuple[int, int]:
        """Return how many rows and columns the cells span at most; exact if above so many `cells`.

        The reader of sheets sets up a cell for each place of this rectangle.
        """
        if self.usual and self._narrow:
            return 999_999, 26
        height, width = self._at_most(_ROWS), self._at_most(_COLUMNS)
        if not self.usual or not height or not width or height * width > cells:
            return self.facts.height, self.facts.width
        return height, width

    def _at_most(self, steps: Sequence[tuple[int, str]]) -> int:
        """Return the first step that no cell goes beyond, 0 if there is none."""
        for most, beyond in steps:
            if not self._has(re.compile(f'<c r="{beyond}'.encode())):
                return most
        return 0

    def text_bytes(self, limit: int) -> int:
        """Return how much text the cells refer to; exact if it may be above `limit`.

        Cells share texts: a small file can refer to a long one a million times.
        """
        if not self._texts:
            return 0
        references = (self._sheet[1] - self._sheet[0]) // _SMALLEST_CELL
        longest = self._texts[1] - self._texts[0]
        if references * longest > limit:
            longest = max(self._text_lengths, default=0)
        most = references * longest
        return most if most <= limit else self.facts.text_bytes

    @cached_property
    def _text_lengths(self) -> Sequence[int]:
        start, end = self._texts or (0, 0)
        texts = self._content[start:end]
        return [end - start] if b"<!" in texts else [len(t) for t in _STRING_END.split(texts)]

    def numeric_cells(self, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield those of some places, in the order of the sheet, whose cell holds a number."""
        at, end = self._sheet
        for row, column in places if self.usual else ():
            found = self._content.find(f'<c r="{column_name(column)}{row}"'.encode(), at, end)
            if found < 0:  # rows in disorder: no program writes that
                return
            at = self._content.find(b">", found, end)
            tag = self._content[found:at]
            if b' t="' not in tag or b' t="n"' in tag:
                yield row, column

    @cached_property
    def facts(self) -> Facts:
        """Parse the sheet cell by cell.

        Raises
        ------
        xml.parsers.expat.ExpatError, ValueError
            The XML is not well formed, a reference is none.
        """
        collector = _Collector(self._text_lengths if self._texts else ())
        start, end = self._sheet
        pieces = (self._content[at : min(at + CHUNK, end)] for at in range(start, end, CHUNK))
        parse_xml(pieces, collector.start, collector.end, collector.text)
        return collector.facts


class _Collector:
    """Takes the events of the XML parser and keeps what matters."""

    def __init__(self, text_lengths: Sequence[int]) -> None:
        self.facts = Facts()
        self._text_lengths = text_lengths
        self._longest = max(text_lengths, default=0)
        self._row = self._column = 0
        self._row_hidden = False
        self._type = ""
        self._formula = self._reading = False
        self._value: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, a value or what is said about rows, columns and ranges."""
        match unprefixed(tag):
            case "c":
                self._begin_cell(attributes)
            case "v" | "t":
                self._reading = True
            case "f":
                self._formula = True
            case "row":
                self._row = int(attributes.get("r", self._row + 1))
                self._column = 0
                self._row_hidden = _true(attributes.get("hidden"))
            case "col" if _true(attributes.get("hidden")):
                span = int(attributes.get("min", 1)), int(attributes.get("max", MAX_COLUMN))
                self.facts.hidden_columns.append(span)
            case "mergeCell":
                first, _, last = attributes.get("ref", "A1").partition(":")
                self.facts.merged.append((*_position(first), *_position(last or first)))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        if reference := attributes.get("r"):
            self._row, self._column = _position(reference)
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._formula = self._reading = False
        self._value.clear()

    def text(self, text: str) -> None:
        """Take a piece of a cell's value."""
        if self._reading:
            self._value.append(text)

    def end(self, tag: str) -> None:
        """Finish a value or a cell."""
        match unprefixed(tag):
            case "v" | "t":
                self._reading = False
            case "c":
                self._end_cell("".join(self._value))

    def _end_cell(self, value: str) -> None:
        facts, row, column = self.facts, self._row, self._column
        if value:
            facts.height, facts.width = max(facts.height, row), max(facts.width, column)
            if self._row_hidden and (not facts.hidden_rows or facts.hidden_rows[-1] != row):
                facts.hidden_rows.append(row)
            if self._type == "e":
                facts.errors.append((row, column, value))
            elif self._type == "s" and value.isdecimal():
                known = int(value) < len(self._text_lengths)
                facts.text_bytes += self._text_lengths[int(value)] if known else self._longest
        elif self._formula and self._type != "str":
            facts.uncomputed.append((row, column))


def _true(value: str | None) -> bool:
    return value in ("1", "true")


def _position(reference: str) -> tuple[int, int]:
    """Return the row and the column of a reference such as B12 or $B$12."""
    plain = reference.replace("$", "")
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :]), column_number(letters)


def column_number(letters: str) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ascii_uppercase.index(letter) + 1
    return number


def column_name(number: int) -> str:
    """Return A for 1, AA for 27."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = ascii_uppercase[rest] + name
    return name

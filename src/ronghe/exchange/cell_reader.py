"""The cells of a workbook's sheets as rows of text, for small workbooks that people fill in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import duckdb
import fastexcel


class CellReader:
    """The checked copy of a workbook, read by fastexcel.

    DuckDB takes the cells from it: pyarrow, the other way, is slow to start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> CellReader:
        self._con = duckdb.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    @cached_property
    def _book(self) -> fastexcel.ExcelReader:
        return fastexcel.read_excel(self._path)

    def cells(self, name: str) -> tuple[Sequence[int], list[tuple[str | None, ...]]]:
        """Return the numbers of a sheet's columns and its rows, from the first row on."""
        try:
            loaded = self._book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        except BaseException as error:
            if type(error).__name__ == "PanicException":  # the Rust library gave up
                raise ValueError(str(error)) from None
            raise
        self._con.register("sheet", loaded)
        rows = self._con.execute("select * from sheet").fetchall()
        return [column.absolute_index + 1 for column in loaded.selected_columns], rows

"""A workbook's sheets: their formats, titles, heads and rows, the same on every sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ronghe.exchange.reports.folder import RunFolder
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.told import group_title

LISTED = 20_000
"""So many units are listed at most; the data files hold all."""

FONT = "宋体"
_LONGEST = 32_000


class _Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes our formulas as they are.

    The library looks through every formula for thirty newer functions; ours use none of them,
    and the search is most of the time of a large workbook.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


class Sheets:
    """The book with its formats, and how every sheet is opened and filled."""

    def __init__(self, book: xlsxwriter.Workbook, run: RunFolder, say: Labels) -> None:
        self.book, self.run, self.say = book, run, say
        line = {"border": 1, "border_color": "#B7BDC5", "valign": "vcenter"}
        head = line | {"bold": True, "bg_color": "#E8EDF3", "text_wrap": True, "align": "center"}
        self.formats = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "note": book.add_format({"font_color": "#57606A"}),
            "said": book.add_format({"font_color": "#57606A", "text_wrap": True, "valign": "top"}),
            "percent": book.add_format(line | {"num_format": "0.0%", "align": "center"}),
            "warning": book.add_format({"bold": True, "font_color": "#A61B1B"}),
            "head": book.add_format(head),
            "head-sum": book.add_format(head | {"bg_color": "#D5DFEA"}),
            "text": book.add_format(line | {"indent": 1}),
            "centred": book.add_format(line | {"align": "center"}),
            "wrapped": book.add_format(line | {"text_wrap": True, "valign": "top"}),
            "whole": book.add_format(line | {"num_format": "0", "align": "center"}),
            "points": book.add_format(line | {"num_format": "0.000"}),
            "sum": book.add_format(
                line | {"num_format": "0.000", "bg_color": "#F3F6FA", "bold": True}
            ),
        }
        self.formats |= {
            f"decimal-{scale}": book.add_format(
                line | {"num_format": "0." + "0" * scale if scale else "0"}
            )
            for scale in range(7)
        }

    def sheet(self, key: str, note: str = "") -> Any:
        """Open a sheet with its title, a note, and the pages set up for landscape A4."""
        sheet = self.book.add_worksheet(self.say(f"sheet-{key}"), worksheet_class=_Sheet)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C&P / &N")
        title = f"{self.say.title(self.run.scheme.title)} · {self.say(f'sheet-{key}')}"
        self.text(sheet, 0, 0, title, "title")
        sheet.set_row(0, 26)
        names_people = self.run.about_people and key in ("summary", "scores", "inputs")
        warned = self.say("ledger") if names_people else ""
        self.text(sheet, 1, 0, warned + note, "warning" if warned else "note")
        return sheet

    def text(self, sheet: Any, row: int, column: int, words: str, looks: str = "text") -> None:
        """Write text as text, whatever it looks like."""
        sheet.write_string(row, column, words[:_LONGEST], self.formats[looks])

    def head(self, sheet: Any, row: int, titles: Sequence[str], widths: Sequence[float]) -> None:
        """Write a row of headings and set the widths of their columns."""
        sheet.set_row(row, 32)
        for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self.text(sheet, row, column, title, "head")
            sheet.set_column(column, column, width)

    def listed_note(self) -> str:
        """Say how many units are listed where that is not all of them."""
        shown = min(LISTED, self.run.count)
        if shown == self.run.count:
            return ""
        return self.say("workbook-shortened", count=self.run.count, shown=shown)

    def rows(self, columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Read columns of the units listed, in the order of peer group, rank and code."""
        return self.run.rows(
            f"select {', '.join(columns)} from outcome"
            f" order by peer_group nulls first, rank nulls last, unit limit {LISTED}"
        )

    def number(
        self, sheet: Any, row: int, column: int, value: int | None, scale: int, looks: str
    ) -> None:
        """Write a whole number held at a scale; a gap leaves the cell empty."""
        if value is None:
            sheet.write_blank(row, column, None, self.formats[looks])
        else:
            sheet.write_number(row, column, value / 10**scale, self.formats[looks])

    def names(self, sheet: Any, at: int, unit: str, label: str, group: str | None) -> None:
        """Write a unit's code, name and peer group at the head of its row."""
        title = group_title(self.run.scheme, group or "", self.say)
        for column, word in enumerate((unit, label, title)):
            self.text(sheet, at, column, word)

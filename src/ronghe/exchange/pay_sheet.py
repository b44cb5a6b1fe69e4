"""The performance-pay sheet (绩效发放表): results with their coefficients; amounts are entered.

Coefficients come with the document that sets them. The base of each unit is left empty for the
finance office; the amount is a formula over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

WIDTHS = (16, 24, 24, 10, 10, 10, 14, 14, 18)
FIRST = 4
"""The row of the headings, from 0: the title and three lines of words stand above."""


@dataclass(frozen=True, slots=True)
class PayRow:
    """One unit: where it stands, its total in points and grade, its coefficient; None: none."""

    code: str
    name: str
    place: str
    total: Decimal | None
    grade: str
    coefficient: Decimal | None


@dataclass(frozen=True, slots=True)
class PaySheet:
    """A sheet in words: title, three lines below it, nine headings, the word for the sum.

    ``signatures`` stand at the foot; ``created`` is the day of the results, so that equal
    results give equal bytes.
    """

    title: str
    told: Sequence[str]
    headers: Sequence[str]
    total: str
    rows: Sequence[PayRow]
    signatures: Sequence[str]
    created: date


def write_pay_sheet(path: Path, sheet: PaySheet) -> None:
    """Write a pay sheet; text stays text, whatever it begins with."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = sheet.created
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a property of the file
    book.set_properties({"title": sheet.title, "created": midnight})
    page = book.add_worksheet()
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(FIRST)
    page.freeze_panes(FIRST + 1, 2)
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    _above(book, page, sheet)
    last = _rows(book, page, sheet)
    for number, words in enumerate(sheet.signatures):
        page.write_string(last + 2, 3 * number, words)
    book.close()


def _above(book: Any, page: Any, sheet: PaySheet) -> None:
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 16}))
    for number, words in enumerate(sheet.told):
        page.write_string(number + 1, 0, words)
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EEEEEE"})
    for column, words in enumerate(sheet.headers):
        page.write_string(FIRST, column, words, bold)


def _rows(book: Any, page: Any, sheet: PaySheet) -> int:
    """Write the rows and their sum; return the row of the sum, from 0."""
    text = book.add_format({"border": 1})
    points = book.add_format({"border": 1, "num_format": "0.000"})
    money = book.add_format({"border": 1, "num_format": "#,##0.00"})
    factor_look = book.add_format({"border": 1, "num_format": "0.0###"})
    for row, one in enumerate(sheet.rows, start=FIRST + 1):
        for column, words in enumerate((one.code, one.name, one.place)):
            page.write_string(row, column, words, text)
        _number(page, row, 3, one.total, points)
        page.write_string(row, 4, one.grade, text)
        _number(page, row, 5, one.coefficient, factor_look)
        page.write_blank(row, 6, None, money)
        factor, base = f"F{row + 1}", f"G{row + 1}"
        formula = f'=IF(AND(ISNUMBER({factor}),ISNUMBER({base})),ROUND({factor}*{base},2),"")'
        page.write_formula(row, 7, formula, money, "")
        page.write_blank(row, 8, None, text)
    last = FIRST + 1 + len(sheet.rows)
    page.write_string(last, 0, sheet.total, text)
    page.write_formula(last, 7, f"=SUM(H{FIRST + 2}:H{last})", money, 0)
    return last


def _number(page: Any, row: int, column: int, value: Decimal | None, look: Any) -> None:
    if value is None:
        page.write_blank(row, column, None, look)
    else:
        page.write_number(row, column, float(value), look)

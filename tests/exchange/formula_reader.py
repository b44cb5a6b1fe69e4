"""Compute the formulas of a sheet as a spreadsheet would: what the reports' sums rest on.

Only what those formulas use: + - * / comparisons, IF, OR, SUM, ROUND, MIN, MAX, N, ISNUMBER.
Numbers are exact fractions; ROUND goes half away from zero.
"""

from __future__ import annotations

import ast
import operator
import re
from decimal import Decimal
from fractions import Fraction

from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_TOKEN = re.compile(rf'"[^"]*"|{_CELL}:{_CELL}|{_CELL}|=')
_ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def _in_python(token: re.Match[str]) -> str:
    """Write a token of a formula as Python reads it."""
    text = token[0].replace("$", "")
    if text[0] == '"':
        return text
    if text == "=":
        return "=="
    return f"{'range' if ':' in text else 'value'}('{text}')"


class FormulaReader:
    """Values of a sheet's cells, its formulas computed and never taken from what was stored."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.known = sheet, {}

    def value(self, cell: str):
        """Return a cell's value: an exact number, a text, or None."""
        if cell not in self.known:
            held = self.sheet[cell].value
            if isinstance(held, str) and held.startswith("="):
                self.known[cell] = self.compute(held[1:])
            else:
                number = isinstance(held, int | float)
                self.known[cell] = Fraction(Decimal(repr(held))) if number else held
        return self.known[cell]

    def compute(self, formula: str):
        """Compute a formula, without its equals sign."""
        return self._of(ast.parse(_TOKEN.sub(_in_python, formula), mode="eval").body)

    def _of(self, node: ast.expr):
        match node:
            case ast.Constant(value=value):
                return value if isinstance(value, str) else Fraction(Decimal(repr(value)))
            case ast.BinOp(left=left, op=op, right=right):
                return _ARITHMETIC[type(op)](self._of(left), self._of(right))
            case ast.Compare(left=left, comparators=[right]):
                return self._of(left) == self._of(right)
            case ast.Call(func=ast.Name(id="IF"), args=[condition, then, otherwise]):
                return self._of(then if self._of(condition) else otherwise)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return getattr(self, name.lower())(*map(self._of, arguments))
        raise AssertionError(ast.dump(node))

    def range(self, cells: str) -> list:
        first, top, last, bottom = range_boundaries(cells)
        return [
            self.value(self.sheet.cell(row, column).coordinate)
            for row in range(top, bottom + 1)
            for column in range(first, last + 1)
        ]

    def sum(self, cells: list) -> Fraction:
        return sum((c for c in cells if isinstance(c, Fraction)), Fraction(0))

    def round(self, number: Fraction, digits: Fraction) -> Fraction:
        shifted = abs(number) * 10 ** int(digits)
        whole = (2 * shifted.numerator + shifted.denominator) // (2 * shifted.denominator)
        return Fraction(whole if number >= 0 else -whole, 10 ** int(digits))

    def min(self, *numbers: Fraction) -> Fraction:
        return min(numbers)

    def max(self, *numbers: Fraction) -> Fraction:
        return max(numbers)

    def n(self, value) -> Fraction:
        return value if isinstance(value, Fraction) else Fraction(0)

    def isnumber(self, value) -> bool:
        return isinstance(value, Fraction)

    def __getattr__(self, name: str):
        if name == "or":
            return lambda *conditions: any(conditions)
        raise AttributeError(name)

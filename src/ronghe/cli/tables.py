"""Aligned tables for a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

WIDEST = 40
"""A cell is cut to so many columns."""


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lay rows out under their headings; columns of numbers stand to the right.

    Parameters
    ----------
    headings
        One for each column.
    rows
        As many cells each as there are headings.

    Returns
    -------
    Lines without trailing blanks: headings, a rule, the rows. Without rows, nothing.
    """
    cells = [[_cut(_clean(cell)) for cell in row] for row in rows]
    if not cells:
        return []
    columns = list(zip(headings, *cells, strict=True))
    widths = [max(map(width, column)) for column in columns]
    right = [all(map(_is_number, column[1:])) for column in columns]
    lines = [
        "  ".join(map(_padded, row, widths, right)).rstrip() for row in [list(headings), *cells]
    ]
    return [lines[0], "  ".join("-" * w for w in widths), *lines[1:]]


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _clean(text: str) -> str:
    """Put a text on one line, without characters that move the cursor."""
    return "".join(c if c.isprintable() else " " for c in text)


def _cut(text: str) -> str:
    if width(text) <= WIDEST:
        return text
    taken, room = "", WIDEST - 1
    for char in text:
        room -= _char_width(char)
        if room < 0:
            break
        taken += char
    return taken + "…"


def _is_number(cell: str) -> bool:
    return cell.strip("+-−%") == "" or cell.strip("+-−%").replace(".", "").isdecimal()


def _padded(cell: str, wanted: int, right: bool) -> str:
    blanks = " " * (wanted - width(cell))
    return blanks + cell if right else cell + blanks

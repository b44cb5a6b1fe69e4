"""What is looked for in the text of rows, whatever file they came from."""

from __future__ import annotations

from collections.abc import Callable

from ronghe.analysis.errors import Problem
from ronghe.analysis.tables import TableSpec
from ronghe.exchange.tables.assembly import Assembly, Faults, name
from ronghe.exchange.tables.headings import Header


def find_formulas(
    assembly: Assembly, spec: TableSpec, number: int, header: Header, faults: Faults
) -> None:
    """Find text that a spreadsheet would run as a formula if it were opened there."""
    _find(assembly, spec, number, header, faults, "formula-in-text", _looks_like_a_formula)


def find_lost_digits(
    assembly: Assembly, spec: TableSpec, number: int, header: Header, faults: Faults
) -> None:
    """Find codes that a spreadsheet took for numbers and saved like 1.10101E+17."""
    _find(assembly, spec, number, header, faults, "digits-lost", _looks_scientific)


def _find(
    assembly: Assembly,
    spec: TableSpec,
    number: int,
    header: Header,
    faults: Faults,
    code: str,
    condition: Callable[[str], str],
) -> None:
    texts = [c.name for c in spec.columns if c.kind == "text" and c.name in header.positions]
    found, total = assembly.faulty(
        spec,
        number,
        {column: condition(name(column)) for column in texts},
        assembly.limits.problems,
    )
    problems = [
        Problem(code, faults.at(row, header.heading(column)), shortened(text))
        for row, column, text in found
    ]
    faults.add(problems, total)


_BLANKS = " \u3000\u00a0"
_STARTS = "=+-@＝＋－＠\t\n\r"


def _looks_like_a_formula(cell: str) -> str:
    """Formulas begin like this; a plain signed number, a telephone number, a dash are harmless."""
    starts = ", ".join(f"chr({ord(char)})" for char in _STARTS + _BLANKS)
    return (
        f"left({cell}, 1) in ({starts})"
        f" and left(ltrim({cell}, '{_BLANKS}'), 1) in ({starts})"
        f" and not regexp_full_match(trim({cell}, '{_BLANKS}'), '[-+－＋][0-9]*([.,][0-9]+)*%?')"
    )


def _looks_scientific(cell: str) -> str:
    return (
        f"{cell} like '%E+%' and regexp_full_match({cell}, '[0-9]([.][0-9]+)?E[+](1[1-9]|2[0-9])')"
    )


def shortened(text: str, most: int = 60) -> str:
    """Cut a long text for showing."""
    return text if len(text) <= most else text[: most - 1] + "…"

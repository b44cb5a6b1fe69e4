"""Schemes as files: YAML and Excel, read with every problem and its place, written exactly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ronghe.analysis.errors import Place, Problem, ProblemsError, errors_among
from ronghe.analysis.scheme.check import PlaceOf, StatisticLike, check_together, examine
from ronghe.analysis.scheme.model import Scheme
from ronghe.exchange.scheme.document import Document, aside
from ronghe.exchange.scheme.yaml_file import read_yaml, write_scheme_yaml
from ronghe.wording import Language

__all__ = [
    "Document",
    "read_document",
    "read_scheme",
    "read_schemes",
    "write_scheme",
    "write_scheme_excel",
    "write_scheme_yaml",
    "write_template",
]

SUFFIXES = (".yaml", ".yml", ".xlsx")


def read_scheme(
    path: Path, *, statistics: Sequence[StatisticLike] = ()
) -> tuple[Scheme, list[Problem]]:
    """Read and check a scheme (考核方案) from a YAML file or an Excel workbook.

    Parameters
    ----------
    path
        A file that ends in .yaml, .yml or .xlsx.
    statistics
        The catalogue of official statistics; see `ronghe.analysis.scheme.check.check`.

    Returns
    -------
    The scheme and its warnings, in the order of the file.

    Raises
    ------
    ProblemsError
        Errors and warnings together, in the order of the file.
    """
    (scheme,), problems = read_schemes([path], statistics=statistics)
    return scheme, problems


def read_schemes(
    paths: Sequence[Path], *, statistics: Sequence[StatisticLike] = ()
) -> tuple[list[Scheme], list[Problem]]:
    """Read and check schemes that are used together; see `read_scheme`.

    Beyond each scheme's own problems those between them are found: circles, one code twice.
    """
    schemes: list[Scheme] = []
    places: list[PlaceOf] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            document = read_document(path)
        except ProblemsError as refusal:
            problems += refusal.problems
            continue
        scheme, found = examine(document.content, document.places, statistics=statistics)
        problems += document.in_order([*document.problems, *found])
        if scheme is not None:
            schemes.append(scheme)
            places.append(document.places)
    problems += check_together(schemes, places)
    if errors_among(problems):
        raise ProblemsError(problems)
    return schemes, problems


def read_document(path: Path) -> Document:
    """Read a scheme's file as a plain document with the places of its parts, unchecked.

    Raises
    ------
    ProblemsError
        The file cannot be opened, or its name ends in none of .yaml, .yml, .xlsx.
    """
    if not path.is_file():
        code = "scheme-file-is-folder" if path.is_dir() else "scheme-file-missing"
        raise ProblemsError([Problem(code, Place(str(path)))])
    if _suffix(path) != ".xlsx":
        return read_yaml(path)
    from ronghe.exchange.scheme.excel_read import read_excel  # not needed for YAML, and slow

    return read_excel(path)


def _suffix(path: Path) -> str:
    suffix = path.suffix.casefold()
    if suffix not in SUFFIXES:
        listed = " / ".join(SUFFIXES)
        raise ProblemsError([Problem("scheme-file-kind", Place(str(path)), suffix, listed)])
    return suffix


def write_scheme_excel(scheme: Scheme, path: Path, language: Language = "zh") -> None:
    """Write a scheme as a workbook: see `excel_write.write_scheme_excel`."""
    from ronghe.exchange.scheme import excel_write

    excel_write.write_scheme_excel(scheme, path, language)


def write_template(path: Path, language: Language = "zh") -> None:
    """Write a workbook that explains itself, with a small scheme as an example."""
    from ronghe.exchange.scheme import template

    template.write_template(path, language)


def write_scheme(scheme: Scheme, path: Path) -> None:
    """Write a scheme to a file, YAML or Excel by its name; it appears only when complete.

    Raises
    ------
    ProblemsError
        The name ends in none of .yaml, .yml, .xlsx, or a text is longer than a cell can hold.
    """
    if _suffix(path) == ".xlsx":
        write_scheme_excel(scheme, path)
        return
    with aside(path) as unfinished:
        unfinished.write_text(write_scheme_yaml(scheme), encoding="utf-8", newline="\n")

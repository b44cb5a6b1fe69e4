"""What the system says to people, in Chinese (the text of record) and English.

The core reports codes and values (`ronghe.analysis.errors.Problem`); here they become sentences
that say what was found, where, what was expected and what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

from ronghe.analysis.errors import Place, Problem

Language = Literal["zh", "en"]

AREAS = (
    "demo",
    "scheme",
    "lint",
    "tables",
    "rulebook",
    "analysis",
    "index",
    "run",
    "robustness",
    "rosters",
    "serving",
    "keeping",
)
"""The modules of this package; each holds the sentences of one area as `SENTENCES`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One message in both languages.

    Templates name ``{found}``, ``{expected}`` and the keys of the problem's details; each says
    what is wrong and then what to do.
    """

    zh: str
    en: str


@cache
def sentences() -> Mapping[str, Sentence]:
    """Return every sentence by problem code; a code stands in one area only."""
    merged: dict[str, Sentence] = {}
    for area in AREAS:
        for code, sentence in import_module(f"{__name__}.{area}").SENTENCES.items():
            if code in merged:
                raise ValueError(f"{code} has a sentence in two areas")
            merged[code] = sentence
    return merged


def place(where: Place, language: Language = "zh") -> str:
    """Name a place as a person would look for it: file, sheet, row, column, path."""
    if language == "zh":
        row, column, sheet = "第{}行", "“{}”列", "工作表“{}”"
    else:
        row, column, sheet = "row {}", "column “{}”", "sheet “{}”"
    parts = [
        where.source,
        sheet.format(where.sheet) if where.sheet else "",
        row.format(where.row) if where.row is not None else "",
        column.format(where.column) if where.column else "",
        where.path,
    ]
    return (" " if language == "zh" else ", ").join(part for part in parts if part)


def shown(value: object, language: Language) -> object:
    """Show a value: a wording in both languages in the one that is wanted."""
    if hasattr(value, "zh") and hasattr(value, "en"):
        return value.en or value.zh if language == "en" else value.zh
    return value


def say(problem: Problem, language: Language = "zh") -> str:
    """Turn a problem into a sentence, its place in front."""
    sentence = sentences()[problem.code]
    template = sentence.zh if language == "zh" else sentence.en
    values = {"found": problem.found, "expected": problem.expected, **problem.details}
    text = template.format(**{key: shown(value, language) for key, value in values.items()})
    where = place(problem.where, language)
    colon = "：" if language == "zh" else ": "
    return f"{where}{colon}{text}" if where else text

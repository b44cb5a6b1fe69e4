"""The worked tables of ``docs/methods``: engine and plain appraisal give the printed numbers.

A YAML block and the tables under it, up to the next block or heading, are one worked example.
The block holds parts of a scheme: one indicator, or `indicators` and whatever else matters. What
it leaves out is filled in by `scheme_of`, as the pages say. A table whose first heading names a
data table in backticks holds rows of that table. The other table has a row for each unit: what is
put in (`value`, `previous`, `target`, each perhaps with the code of a measure; `peer_group` …)
and what is printed (`points`, `gives`, `node`, `pool`, `failed`, `total`, `rank`, `grade`, each
perhaps with a code). Of a heading the first Latin word counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml

from plain_appraisal import PlainAppraisal
from ronghe.analysis.errors import ProblemsError, errors_among
from ronghe.analysis.scheme import model, rules, sources
from ronghe.analysis.scheme.check import check
from ronghe.analysis.scheme.model import Indicator, Scheme
from ronghe.analysis.scheme.parts import Part
from ronghe.analysis.scoring.program import scale_of
from ronghe.engine.catalogue import CATALOGUE
from run_on_rows import engine_outcome

METHODS = Path(__file__).parents[2] / "docs" / "methods"
PAGES = ("rules", "sources", "totals", "numbers")

Table = list[list[str]]


@dataclass(frozen=True)
class Worked:
    """A worked example: where it stands, its scheme, its data, and what is printed by unit."""

    place: str
    scheme: Scheme
    data: dict[str, list[dict[str, Any]]]
    printed: dict[str, dict[str, Any]]


# --- reading the pages ----------------------------------------------------------------------


def blocks(text: str) -> Iterator[tuple[int, dict[str, Any], list[Table]]]:
    """Yield each YAML block with its line and the tables that belong to it."""
    found: list[tuple[int, list[str], list[Table]]] = []
    inside = belongs = False
    before = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            inside = line == "```yaml"
            if inside:
                found.append((number, [], []))
                belongs = True
        elif inside:
            found[-1][1].append(line)
        elif line.startswith("#"):
            belongs = False
        elif belongs and line.startswith("|"):
            if not before.startswith("|"):
                found[-1][2].append([])
            found[-1][2][-1].append([cell.strip() for cell in line.strip("|").split("|")])
        before = line
    for number, lines, tables in found:
        yield number, yaml.safe_load("\n".join(lines)), tables


def first_word(heading: str) -> str:
    return re.search(r"[a-z][a-z0-9_.-]*", heading)[0]


def rows_of(table: Table) -> list[dict[str, str | None]]:
    """Read a table: by row and column the text of a cell, a dash being a gap."""
    names = [first_word(re.sub("`.*`", "", heading)) for heading in table[0]]
    return [
        {name: None if cell == "—" else cell for name, cell in zip(names, line, strict=True)}
        for line in table[2:]
    ]


def data_table(table: Table) -> str | None:
    named = re.match("`(.*)`", table[0][0])
    return named[1] if named else None


def number_of(cell: str | None) -> Fraction | None:
    return None if cell is None else Fraction(cell.replace("−", "-").replace("%", ""))


def truth(cell: str | None) -> bool | None:
    return None if cell is None else {"是": True, "否": False}[cell]


READ = {"number": number_of, "flag": truth, "text": str, "date": date.fromisoformat}


def typed(table: str, row: dict[str, str | None]) -> dict[str, Any]:
    """Turn a row of a data table into the values that it stands for."""
    kinds = {"day" if c.name == "date" else c.name: c.kind for c in CATALOGUE[table].columns}
    return {name: cell and READ[kinds[name]](cell) for name, cell in row.items()}


# --- filling in what the examples leave out ---------------------------------------------------

PERIOD = {"label": "2025", "since": "2025-01-01", "until": "2025-12-31", "previous": "2024"}
FRAME = {"scheme": "worked", "version": "1", "title": "算例", "period": PERIOD}
KIND = {"appraises": "organisation", "level": "township"}
NOT_APPLICABLE = "不适用"


def node_of(node: dict[str, Any]) -> dict[str, Any]:
    """Fill in a group or an indicator: of the latter, its value becomes its points as it is."""
    if "children" in node:
        return {"title": node["code"]} | node | {"children": [*map(node_of, node["children"])]}
    plain = {
        "title": node["code"],
        "points": 10,
        "source": {"kind": "measure", "measure": node["code"]},
        "missing": "not_applicable",
    }
    whole = {"kind": "share_of_full", "full": node.get("points", 10)}
    return plain | {"rule": whole} | node


def scheme_of(part: dict[str, Any], peer_groups: set[str]) -> Scheme:
    """Make a whole scheme of the part that an example shows."""
    if "indicators" in part:
        document = part | {"indicators": [*map(node_of, part["indicators"])]}
    else:
        one = {key: part[key] for key in part.keys() & Indicator.model_fields.keys()}
        rest = {key: part[key] for key in part.keys() - one.keys()}
        measured = {"kind": "measure", "measure": "m"}
        document = rest | {"indicators": [node_of({"code": "i", "source": measured} | one)]}
    tops = document["indicators"]
    document = (
        FRAME | KIND | {"points": sum(n.get("counts_as", n["points"]) for n in tops)} | document
    )
    document["pools"] = [
        {"title": pool["code"]} | pool | {"items": [*map(node_of, pool["items"])]}
        for pool in part.get("pools", [])
    ]
    scheme = Scheme.model_validate(document)
    measures = {s.measure for s in parts_of(scheme, sources.MeasureSource)}
    kinds = {kind for s in parts_of(scheme, sources.RecordsSource) for kind in s.of}
    measures -= {measure.code for measure in scheme.measures}
    kinds -= {kind.code for kind in scheme.record_kinds}
    declared = {
        "measures": [
            {"code": code, "title": code, "scale": 6, "lowest_level": "township"}
            for code in sorted(measures)
        ]
        + document.get("measures", []),
        "record_kinds": [{"code": code, "title": code} for code in sorted(kinds)]
        + document.get("record_kinds", []),
        "peer_groups": {group: group for group in sorted(peer_groups)},
    }
    return Scheme.model_validate(document | declared)


def parts_of(part: Any, kind: type[Part]) -> Iterator[Any]:
    """Yield every part of a kind inside a document, itself included."""
    if isinstance(part, kind):
        yield part
    if isinstance(part, Part):
        part = [value for _, value in part]
    if isinstance(part, list):
        for each in part:
            yield from parts_of(each, kind)


# --- what is put in, and what is printed ------------------------------------------------------

PUT_IN = {
    "value": ("measures", "2025"),
    "previous": ("measures", "2024"),
    "target": ("targets", "2025"),
}
OF_UNITS = {"peer_group": str, "parent": str, "graded": truth}
PRINTED = ("points", "gives", "node", "pool", "failed", "total", "rank", "grade")


def worked(place: str, part: dict[str, Any], tables: list[Table]) -> Worked:
    """Make an example of a YAML block and its tables."""
    data: dict[str, list[dict[str, Any]]] = {"units": []}
    (cases,) = [rows_of(table) for table in tables if data_table(table) is None]
    for table in tables:
        if name := data_table(table):
            data.setdefault(name, []).extend(typed(name, row) for row in rows_of(table))
    printed = {str(row["unit"]): put_in(row, data) for row in cases}
    for row in data["units"]:
        row.setdefault("name", row["unit"])
    groups = {row["peer_group"] for row in data["units"] if row.get("peer_group")}
    return Worked(place, scheme_of(part, groups), data, printed)


def put_in(row: dict[str, str | None], data: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Add what a unit's row puts in to the data; return what it prints."""
    unit = {"unit": row.pop("unit"), "kind": KIND["appraises"], "level": KIND["level"]}
    printed = {}
    for heading, cell in row.items():
        name, _, code = heading.partition(".")
        if name in OF_UNITS:
            unit[name] = cell and OF_UNITS[name](cell)
        elif cell == NOT_APPLICABLE:
            data.setdefault("exemptions", []).append(
                {"scheme": "worked", "unit": unit["unit"], "indicator": code or "i", "reason": "—"}
            )
        elif name in PUT_IN and cell is not None:
            table, period = PUT_IN[name]
            figure = {"measure": code or "m", "period": period, "value": number_of(cell)}
            data.setdefault(table, []).append({"unit": unit["unit"], **figure})
        elif name in PRINTED:
            printed[heading] = {"grade": lambda c: c, "failed": truth}.get(name, number_of)(cell)
        else:
            assert name in (*PUT_IN, "how"), f"nobody reads the column {heading}"
    data["units"].append(unit)
    return printed


EXAMPLES = [
    worked(f"{page}.md:{line}", part, tables)
    for page in PAGES
    for line, part, tables in blocks((METHODS / f"{page}.md").read_text(encoding="utf-8"))
]

examples = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.place)


def quotas_of(scheme: Scheme) -> dict[str, Fraction]:
    grades = scheme.grading.grades if scheme.grading else []
    return {grade.code: Fraction(grade.quota) for grade in grades if grade.quota is not None}


def titles_of(scheme: Scheme) -> list[str]:
    return [str(grade.title) for grade in scheme.grading.grades] if scheme.grading else []


def from_engine(example: Worked, unit: dict[str, Any], heading: str) -> Any:
    """Find what a column prints in the engine's row of a unit."""
    name, _, code = heading.partition(".")
    if name == "grade":
        return unit[name] and titles_of(example.scheme)[unit[name] - 1]
    if name == "rank":
        return unit[name]
    code = code or "i"
    value = unit[{"gives": f"value__{code}", "total": name}.get(name, f"{name}__{code}")]
    if name == "failed":
        return value == 1
    scale = 3
    if name == "gives":
        source = next(i.source for i in example.scheme.scored() if i.code == code)
        scale = scale_of(source, example.scheme)
    return None if value is None else Fraction(int(value), 10**scale)


def from_plain(plain: PlainAppraisal, unit: str, heading: str) -> Any:
    """Find what a column prints in the plain appraisal."""
    name, _, code = heading.partition(".")
    code = code or "i"
    match name:
        case "points":
            return plain.points[unit][code]
        case "gives":
            source = next(i.source for i in plain.scheme.scored() if i.code == code)
            return plain.value(source, unit)
        case "node":
            return plain.nodes[unit][code]
        case "pool":
            (pool,) = (pool for pool in plain.scheme.pools if pool.code == code)
            return min(sum(plain.points[unit][i.code] or 0 for i in pool.items), pool.cap)
        case "failed":
            return code in plain.failed[unit]
        case "grade":
            codes = [grade.code for grade in plain.scheme.grading.grades]
            found = plain.grades[unit]
            return found and titles_of(plain.scheme)[codes.index(found)]
    return {"total": plain.totals, "rank": plain.ranks}[name][unit]


# --- the tests --------------------------------------------------------------------------------


@examples
def test_the_engine_gives_the_printed_numbers(example):
    outcome = engine_outcome(example.scheme, example.data, quotas_of(example.scheme))

    found = {
        unit: {heading: from_engine(example, outcome[unit], heading) for heading in columns}
        for unit, columns in example.printed.items()
    }

    assert found == example.printed


@examples
def test_the_plain_appraisal_gives_the_printed_numbers(example):
    plain = PlainAppraisal(example.scheme, example.data, quotas_of(example.scheme))

    found = {
        unit: {heading: from_plain(plain, unit, heading) for heading in columns}
        for unit, columns in example.printed.items()
    }

    assert found == example.printed


@examples
def test_a_worked_scheme_passes_the_checks_and_prints_something(example):
    assert errors_among(check(example.scheme)) == []
    assert all(example.printed.values())


def owed() -> Iterator[tuple[type[Part], str, Any]]:
    """Yield what needs a worked table: every field, and each of its fixed options."""
    described = {"kind", "title", "authority", "citation", "quota_rule"}
    kinds = [*get_args(get_args(rules.Rule)[0]), *get_args(get_args(sources.Source)[0])]
    kinds += [rules.CombinedPart, sources.Cap, model.Pool, model.Gate, model.Veto, model.Condition]
    kinds += [model.Grade, model.Grading]
    owing = [(kind, name) for kind in kinds for name in kind.model_fields if name not in described]
    owing += [(model.Group, "counts_as"), (Indicator, "missing"), (Indicator, "peer_groups")]
    owing += [(model.Pool, "kind"), (sources.RecordKind, "nature")]
    for kind, name in owing:
        yield from ((kind, name, o) for o in options(kind.model_fields[name].annotation) or ["…"])
    yield from ((kind, "kind", "…") for kind in kinds if "kind" in kind.model_fields)


def options(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [option for each in get_args(annotation) for option in options(each)]


NOT_WORKED = {(Indicator, "missing", "error"), (sources.RecordKind, "nature", "paper")}
"""What refuses a run (tested below), and what only the lint looks at."""


def test_every_kind_field_and_option_of_rules_and_sources_has_a_worked_table():
    shown = {
        seen
        for example in EXAMPLES
        for part in parts_of(example.scheme, Part)
        for name in type(part).model_fields
        for seen in (
            (type(part), name, getattr(part, name) if is_word(getattr(part, name)) else "…"),
            (type(part), name, "…") if name in part.model_fields_set else None,
        )
    }

    assert {one for one in owed() if one not in shown} <= NOT_WORKED


def is_word(value: Any) -> bool:
    return isinstance(value, str)


def test_a_gap_in_an_indicator_without_a_policy_refuses_the_run():
    (example,) = (e for e in EXAMPLES if parts_with(e, "peer_median"))
    nodes = [node.model_copy(update={"missing": "error"}) for node in example.scheme.indicators]
    scheme = example.scheme.model_copy(update={"indicators": nodes})

    with pytest.raises(ProblemsError) as refusal:
        engine_outcome(scheme, example.data)

    assert {problem.code for problem in refusal.value.problems} == {"missing-input"}
    assert len(refusal.value.problems) == len(nodes)


def parts_with(example: Worked, missing: str) -> bool:
    return any(indicator.missing == missing for indicator in example.scheme.scored())


def test_every_source_is_held_at_the_digits_that_the_page_says():
    text = (METHODS / "numbers.md").read_text(encoding="utf-8")
    printed = re.findall(r"^\| .*`(\{kind: .*\})`.* \| (\d) \|$", text, flags=re.MULTILINE)
    measure = {"code": "m", "title": "m", "scale": 4, "lowest_level": "township"}
    part = {"points": 1, "rule": {"kind": "share_of_full"}, "measures": [measure]}

    held = {}
    for source, _ in printed:
        scheme = scheme_of(part | {"source": yaml.safe_load(source)}, set())
        held[source] = scale_of(scheme.leaves()[0].source, scheme)

    assert held == {source: int(digits) for source, digits in printed}
    assert len(held) > 5

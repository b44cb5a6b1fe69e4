"""``report.xlsx``: its formulas say what the engine computed, and no text becomes a formula."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl
import pytest
from formula_reader import FormulaReader
from hypothesis import given, settings
from hypothesis import strategies as st

from report_runs import member_data, member_scheme, township_data, township_scheme, write_run
from ronghe.analysis.scheme.model import Scheme
from ronghe.exchange.reports.folder import open_run
from ronghe.exchange.reports.labels import Labels
from ronghe.exchange.reports.workbook import write_workbook
from strategies_scheme import documents

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2", '=HYPERLINK("http://a.b","甲")']


def workbook_of(folder: Path, language="zh") -> Path:
    with open_run(folder) as run:
        write_workbook(run, Labels(language), folder / "report.xlsx")
    return folder / "report.xlsx"


@pytest.fixture(scope="module")
def township(tmp_path_factory) -> Path:
    scheme = township_scheme()
    data = township_data(scheme)
    for unit, name in zip(data["units"], HOSTILE, strict=False):
        unit["name"] = name
    folder = tmp_path_factory.mktemp("runs") / "township"
    return workbook_of(write_run(folder, scheme, data, {"excellent": Fraction(3, 10)}))


def totals(path: Path) -> dict[str, Fraction | None]:
    results = duckdb.sql(f"select unit, total from '{path.parent / 'results.parquet'}'").fetchall()
    return {unit: None if total is None else Fraction(int(total), 1000) for unit, total in results}


def assert_formulas_give_the_results(path: Path) -> None:
    """Claim that every formula of the sheet of scores gives the value stored beside it."""
    sheet = openpyxl.load_workbook(path).worksheets[1]
    stored = openpyxl.load_workbook(path, data_only=True).worksheets[1]
    reader = FormulaReader(sheet)
    expected = totals(path)
    assert sheet.max_row == 6 + len(expected)
    for row in range(7, sheet.max_row + 1):
        for column in range(4, sheet.max_column + 1):
            cell = sheet.cell(row, column)
            if str(cell.value).startswith("="):
                held = stored.cell(row, column).value
                expects = "" if held is None else Fraction(Decimal(repr(held)))
                assert reader.value(cell.coordinate) == expects, cell.value
        total = reader.value(sheet.cell(row, sheet.max_column).coordinate)
        assert (None if total == "" else total) == expected[sheet.cell(row, 1).value]


def test_the_formulas_of_folded_groups_pools_gates_and_gaps_give_the_totals(township):
    assert_formulas_give_the_results(township)


@st.composite
def runs(draw):
    """Schemes of every shape, gaps allowed, over a few units with drawn measures."""
    document = draw(documents())
    document["grading"], document["vetoes"] = None, []
    for gate in document["gates"]:
        gate.pop("ceiling", None)
    _allow_gaps(document["indicators"] + [i for pool in document["pools"] for i in pool["items"]])
    scheme = Scheme.model_validate(document)
    groups = sorted(scheme.peer_groups) or ["组"]
    units = [
        {
            "unit": f"u{n}",
            "name": f"单位{n}",
            "kind": scheme.appraises,
            "level": scheme.level,
            "peer_group": draw(st.sampled_from(groups)),
        }
        for n in range(draw(st.integers(1, 4)))
    ]
    values = st.none() | st.integers(-5, 100)
    periods = [p for p in (scheme.period.label, scheme.period.previous) if p]
    measures = [
        {"unit": unit["unit"], "measure": measure.code, "period": period, "value": value}
        for unit in units
        for measure in scheme.measures
        for period in periods
        if (value := draw(values)) is not None
    ]
    return scheme, {"units": units, "measures": measures}


def _allow_gaps(nodes: list[dict]) -> None:
    for node in nodes:
        _allow_gaps(node.get("children", []))
        if node.get("missing", "error") == "error" and "children" not in node:
            node["missing"] = "not_applicable"


@settings(max_examples=12)
@given(run=runs())
def test_the_formulas_of_any_scheme_give_the_engines_totals(run):
    with TemporaryDirectory() as folder:
        assert_formulas_give_the_results(workbook_of(write_run(Path(folder), *run)))


def test_no_text_becomes_a_formula_or_a_link(township):
    book = openpyxl.load_workbook(township)
    held = {cell.value: cell for sheet in book for row in sheet.iter_rows() for cell in row}

    for name in HOSTILE:
        assert held[name].data_type == "s"
        assert held[name].hyperlink is None


def test_what_cannot_be_computed_says_why(township):
    sheet = openpyxl.load_workbook(township).worksheets[1]
    words = {cell.value for row in sheet.iter_rows(min_row=7, min_col=4) for cell in row}

    assert {"不适用", "缺数"} <= words


def test_figures_over_the_totals_are_formulas_with_their_values(township):
    sheet, stored = (
        openpyxl.load_workbook(township, data_only=cached).worksheets[0] for cached in (False, True)
    )
    found = [total for total in totals(township).values() if total is not None]

    assert sheet["A5"].value == "=COUNTA(A8:A19)"
    assert stored["A5"].value == len(found)
    assert stored["B5"].value == pytest.approx(float(sum(found) / len(found)))
    assert (stored["C5"].value, stored["D5"].value) == (float(max(found)), float(min(found)))
    assert [stored.cell(5, column).value for column in (5, 6, 7)] == [3, 5, 4]


def test_every_sheet_is_named_frozen_and_set_up_for_print(township):
    book = openpyxl.load_workbook(township)

    assert book.sheetnames == ["汇总", "得分", "原始数据", "指标说明", "运行信息"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[:4])


def test_raw_inputs_stand_at_their_own_scale_with_their_unit(township):
    sheet = openpyxl.load_workbook(township).worksheets[2]
    heads = {sheet.cell(4, column).value: column for column in range(1, sheet.max_column + 1)}
    column = heads["班子建设：实际值"]

    assert sheet.cell(3, column).value == "%"
    assert sheet.cell(5, column).number_format == "0.00"
    assert sheet.cell(5, heads["引进项目：实际值"]).number_format == "0"


def test_every_indicator_gate_and_veto_is_told_in_words(township):
    sheet = openpyxl.load_workbook(township).worksheets[3]
    lines = {row[1]: row for row in sheet.iter_rows(min_row=4, values_only=True)}

    assert lines["team"][3] == "党建工作"
    assert "线性" in lines["team"][6]
    assert lines["projects"][0] == "加分项"
    assert "≥ 90" in lines["training"][5]
    assert lines["safety"][10] == "《地方党政领导干部安全生产责任制规定》"


def test_the_ledger_of_persons_says_that_it_is_internal(tmp_path):
    scheme = member_scheme()
    data = member_data(scheme, count=12)

    book = openpyxl.load_workbook(workbook_of(write_run(tmp_path / "run", scheme, data)))

    assert all("不得公开" in sheet["A2"].value for sheet in book.worksheets[:3])


def test_the_workbook_fetches_nothing_and_holds_no_clock(township):
    with zipfile.ZipFile(township) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}

    assert not any("externalLink" in name for name in parts)
    assert 'TargetMode="External"' not in "".join(parts.values())
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", parts["docProps/core.xml"])) == {
        "2025-12-31T00:00:00Z"
    }

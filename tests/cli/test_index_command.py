"""``ronghe index`` as its user types it: the ranking, the table, another choice, refusals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ronghe.cli import main

ROOT = Path(__file__).parents[2]
PROVINCES = ROOT / "examples" / "provinces"

DEFINITION = """\
index: towns
title: {zh: 乡镇指数, en: Index of towns}
level: township
period: "2025"
children:
  - code: economy
    title: {zh: 经济, en: Economy}
    children:
      - {code: income, title: 收入}
      - {code: jobs, title: 就业}
  - {code: energy, title: 能耗, direction: less}
"""
UNITS = """\
unit,name,kind,level,peer_group
t1,甲镇,area,township,
t2,乙镇,area,township,
t3,丙镇,area,township,
c1,县,area,county,
"""
FIGURES = [
    ("t1", "income", "10"),
    ("t2", "income", " 30 "),
    ("t3", "income", "20"),
    ("c1", "income", "9999"),
    ("t1", "jobs", "1e1"),
    ("t2", "jobs", "40"),
    ("t1", "energy", "0.5"),
    ("t2", "energy", "0.9"),
    ("t3", "energy", "0.7"),
]


@pytest.fixture
def towns(tmp_path) -> Path:
    """Return a folder with a definition and a data folder."""
    (tmp_path / "指数.yaml").write_text(DEFINITION, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "units.csv").write_text(UNITS, encoding="utf-8")
    figures(tmp_path, FIGURES)
    return tmp_path


def figures(folder: Path, rows) -> None:
    lines = ["unit,measure,period,value", *(f"{u},{m},2025,{v}" for u, m, v in rows)]
    lines.append("t1,income,2024,-5")
    (folder / "data" / "measures.csv").write_text("\n".join(lines), encoding="utf-8")


def index(folder: Path, *more: object) -> int:
    words = ["index", folder / "指数.yaml", "--data", folder / "data", *more]
    return main([*map(str, words)])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_ranking_is_printed_with_the_top_level_and_what_to_make_of_it(towns, capsys):
    assert index(towns) == 0

    said = capsys.readouterr()
    lines = [line.split() for line in said.out.splitlines()]
    assert lines[0] == ["乡镇指数（2025）"]
    assert lines[2] == ["位次", "区间", "档", "单位", "总分", "经济", "能耗"]
    assert lines[4:7] == [
        ["1", "1–3", "1", "甲镇", "50.00", "0.00", "100.00"],
        ["1", "1–3", "1", "乙镇", "50.00", "100.00", "0.00"],
        ["1", "1–3", "1", "丙镇", "50.00", "50.00", "50.00"],
    ]
    assert "位次取决于指标、权重和各步的做法" in said.out
    assert said.err == ""


def test_every_level_is_written(towns, capsys):
    out = towns / "out"

    assert index(towns, "--out", out, "--lang", "en") == 0

    assert "Index of towns (2025)" in capsys.readouterr().out
    written = rows(out / "index.csv")
    assert list(written[0]) == [
        *("unit", "name", "economy", "income", "jobs", "energy", "total", "rank"),
        *("rank_low", "rank_high", "band"),
    ]
    third = next(row for row in written if row["unit"] == "t3")
    assert third == {
        "unit": "t3",
        "name": "丙镇",
        "economy": "50.00",
        "income": "50.00",
        "jobs": "",
        "energy": "50.00",
        "total": "50.00",
        "rank": "1",
        "rank_low": "1",
        "rank_high": "3",
        "band": "1",
    }


def test_an_earlier_table_is_replaced_and_the_same_inputs_give_the_same_bytes(towns):
    out = towns / "out"
    index(towns, "--out", out)
    first = {path.name: path.read_bytes() for path in out.iterdir()}

    assert index(towns, "--out", out) == 0

    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    assert sorted(first) == ["index.csv", "uncertainty.csv"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["抽算 10,000 次", "同一档的单位分不出先后", "缺数换用几种办法处理", "归一化方法"]),
        ("en", ["10,000 draws", "units of one band cannot", "gaps treated in", "normalisation"]),
    ],
)
def test_what_intervals_mean_and_what_moves_the_ranks_is_said(language, words, capsys):
    arguments = [PROVINCES / "index.yaml", "--data", PROVINCES / "data", "--lang", language]

    assert main(["index", *map(str, arguments)]) == 0

    said = capsys.readouterr().out
    assert all(word in said for word in words)


def test_every_source_of_doubt_is_written_the_weightiest_first(tmp_path, capsys):
    arguments = [PROVINCES / "index.yaml", "--data", PROVINCES / "data", "--out", tmp_path]

    main(["index", *map(str, arguments)])

    written = rows(tmp_path / "uncertainty.csv")
    totals = [float(row["total"]) for row in written]
    assert totals == sorted(totals, reverse=True)
    assert {row["input"] for row in written[:3]} == {"normalisation", "aggregation", "imputation"}
    assert {"rd_intensity", "green"} <= {row["input"] for row in written}


def test_another_choice_is_tried(towns):
    scale = towns / "指数.yaml"
    scale.write_text(DEFINITION + "scale: [1, 100]\n", encoding="utf-8")

    assert index(towns, "--out", towns / "out", "--aggregate", "geometric,arithmetic") == 0

    totals = {row["unit"]: row["total"] for row in rows(towns / "out" / "index.csv")}
    assert totals == {"t1": "10.00", "t2": "10.00", "t3": "50.50"}


def test_a_choice_that_does_not_exist_is_refused(towns, capsys):
    assert index(towns, "--normalise", "magic", "--out", towns / "out") == 2

    said = capsys.readouterr().err
    assert "“magic”" in said
    assert "ratio_to_best" in said
    assert not (towns / "out").exists()


def test_everything_wrong_with_a_definition_is_said_with_its_line(towns, capsys):
    wrong = DEFINITION.replace("direction: less", "direction: fewer").replace("level:", "levle:")
    (towns / "指数.yaml").write_text(wrong, encoding="utf-8")

    assert index(towns) == 2

    said = capsys.readouterr().err
    assert "第3行 levle" in said
    assert "第11行 children.energy.direction" in said
    assert "共 2 处错误" in said


def test_everything_wrong_with_the_figures_is_said_with_its_row(towns, capsys):
    figures(towns, [*FIGURES, ("t3", "jobs", "十"), ("t9", "jobs", "1"), ("t1", "energy", "0.5")])

    assert index(towns, "--out", towns / "out") == 2

    said = capsys.readouterr().err
    assert "measures.csv 第11行 “value 数值”列：“十”不是数字" in said
    assert "measures.csv 第12行 “unit 单位代码”列：单位“t9”不在" in said
    assert "measures.csv 第13行" in said
    assert not (towns / "out").exists()


def test_figures_that_are_no_numbers_to_people_are_refused(towns, capsys):
    figures(towns, [*FIGURES, ("t3", "jobs", "nan")])

    assert index(towns) == 2
    assert "“nan”不是数字" in capsys.readouterr().err


def test_an_indicator_without_figures_and_units_of_no_such_level_are_refused(towns, capsys):
    figures(towns, [row for row in FIGURES if row[1] != "jobs"])
    assert index(towns) == 2
    assert "数据“jobs”在所给的数据中一个值也没有（期间 2025）" in capsys.readouterr().err

    changed = DEFINITION.replace("level: township", "level: village")
    (towns / "指数.yaml").write_text(changed, encoding="utf-8")
    assert index(towns) == 2
    assert "area, village" in capsys.readouterr().err


def test_a_folder_without_the_table_of_figures_is_refused(towns, capsys):
    (towns / "data" / "measures.csv").unlink()

    assert index(towns) == 2
    assert "共 3 处错误" in capsys.readouterr().err


def test_other_tables_of_the_data_folder_are_passed_over_in_silence(towns, capsys):
    (towns / "data" / "records.csv").write_text("record,unit\n", encoding="utf-8")
    (towns / "data" / "measurse.csv").write_text("unit\n", encoding="utf-8")

    assert index(towns) == 0

    said = capsys.readouterr().err
    assert "records.csv" not in said
    assert "measurse.csv" in said


def test_a_file_of_another_kind_and_a_target_that_is_a_file_are_refused(towns, capsys):
    assert main(["index", "指数.xlsx", "--data", str(towns / "data")]) == 2
    assert "“.xlsx”" in capsys.readouterr().err

    assert index(towns, "--out", towns / "指数.yaml") == 2
    assert "不是目录" in capsys.readouterr().err


# --- the 31 provinces -------------------------------------------------------------------------


def test_the_provinces_are_ranked_and_gaps_carry_no_score(tmp_path, capsys):
    definition, data = PROVINCES / "index.yaml", PROVINCES / "data"

    assert main(["index", str(definition), "--data", str(data), "--out", str(tmp_path)]) == 0

    assert capsys.readouterr().err == ""
    written = rows(tmp_path / "index.csv")
    assert len(written) == 31
    assert [int(row["rank"]) for row in written] == list(range(1, 32))
    without_energy = {row["name"] for row in written if not row["energy_intensity"]}
    assert without_energy == {"北京市", "湖北省", "湖南省", "西藏自治区", "新疆维吾尔自治区"}
    assert all(row["green"] for row in written)

"""``ronghe scheme``: check, letter, convert, template, schema, back-test, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from lint_schemes import indicator, records, scheme_of
from ronghe.cli import main
from ronghe.cli.tables import table, width
from ronghe.exchange.scheme import read_scheme, write_scheme_yaml
from ronghe.schemes import ready

READY = ready()["township-fusion"]


def scheme(*arguments: object) -> int:
    return main(["scheme", *map(str, arguments)])


def written(folder: Path, *indicators: dict, **changes: object) -> Path:
    path = folder / "方案.yaml"
    approval = {"approval": {"plan_item": "第1项"}}
    document = scheme_of(*indicators, **(approval | changes))
    path.write_text(write_scheme_yaml(document), encoding="utf-8")
    return path


@pytest.fixture
def formal(tmp_path) -> Path:
    """Return a scheme that asks for what the rules forbid."""
    asked = {"source": {"kind": "measure", "measure": "own"}, "supplier": "村文书", "fields": 6}
    return written(
        tmp_path,
        indicator("领导批示", source=records()),
        indicator("企业数", frequency="quarterly", evidence="required", **asked),
        indicator("企业发展", **asked),
    )


# --- check --------------------------------------------------------------------------------


def test_a_sound_scheme_passes_without_a_word_of_complaint(capsys):
    assert scheme("check", READY) == 0

    said = capsys.readouterr().out
    assert "乡镇党建与经济发展融合考核" in said
    assert "共 0 处错误，0 条提示。" in said


def test_warnings_name_the_line_the_remedy_and_the_rule(formal, capsys):
    assert scheme("check", formal) == 0

    said = capsys.readouterr().out
    assert "提示：" in said
    assert "方案.yaml 第" in said
    assert "请改为批示所指工作的成效" in said
    assert "    依据：《整治形式主义为基层减负若干规定》（2024年）第三部分" in said


def test_the_burden_is_shown_by_indicator_and_by_supplier(formal, capsys):
    scheme("check", formal)

    lines = capsys.readouterr().out.splitlines()
    asked = [line.split() for line in lines if line.startswith("村文书")]
    assert asked == [
        ["村文书", "企业数", "6", "4", "24", "4"],
        ["村文书", "企业发展", "6", "1", "6", "企业数"],
        ["村文书", "2", "30", "4", "1"],
    ]
    assert any(
        line.startswith("一年共 30 项、佐证 4 份；另有 3 项指标不用填报：取自纪实 1")
        for line in lines
    )


def test_errors_and_warnings_are_shown_together_and_errors_come_first(tmp_path, capsys):
    path = written(tmp_path, indicator("App打卡"), points=100)

    assert scheme("check", path) == 2

    said = capsys.readouterr().out
    assert said.index("错误：") < said.index("提示：")
    assert "分值合计为 90，应为 100" in said
    assert "自2026年1月25日起施行" in said
    assert "共 1 处错误" in said


def test_a_scheme_that_cannot_be_read_still_shows_all_its_problems(tmp_path, capsys):
    path = tmp_path / "方案.yaml"
    path.write_text("scheme: UPPER\nversion: '1'\nlevel: nowhere\n", encoding="utf-8")

    assert scheme("check", path) == 2

    said = capsys.readouterr().out
    assert "UPPER" in said
    assert "nowhere" in said


@pytest.mark.parametrize("name", ["none.yaml", "方案.docx"])
def test_a_file_that_is_none_is_one_message(name, tmp_path, capsys):
    assert scheme("check", tmp_path / name) == 2
    assert name in capsys.readouterr().err


def test_the_duty_list_refuses_withdrawn_duties_and_warns_of_assisting_ones(tmp_path, capsys):
    duties = tmp_path / "清单.csv"
    duties.write_text(
        "清单,序号,事项名称\n基本,1,集体经济发展\n配合,2,高标准农田建设\n收回,3,巡河\n",
        encoding="gb18030",
    )
    gone = indicator("河湖管护", source=records(), basis="巡河")
    helping = indicator("农田建设", source=records("job"), basis="2")
    path = written(tmp_path, gone, helping)

    assert scheme("check", path) == 0
    capsys.readouterr()
    assert scheme("check", path, "--duties", duties) == 2

    said = capsys.readouterr().out
    assert "“河湖管护”考核的“巡河”已由上级部门收回" in said
    assert "“高标准农田建设”是配合履职事项" in said
    assert "履行职责事项清单" in said


def test_a_duty_list_that_cannot_be_read_is_refused(tmp_path, capsys):
    assert scheme("check", READY, "--duties", tmp_path / "none.xlsx") == 2
    assert "读不出履职事项清单" in capsys.readouterr().out


def test_the_letter_is_all_that_goes_to_standard_output(formal, capsys):
    assert scheme("check", formal, "--letter") == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "关于调整《试行方案》（1）部分内容的意见"
    assert lines[-1].endswith("日")
    assert not any(line.startswith("提示") for line in lines)


def test_there_is_no_letter_where_there_is_nothing_to_object_to(capsys):
    assert scheme("check", READY, "--letter") == 0

    shown = capsys.readouterr()
    assert shown.out == ""
    assert "没有发现" in shown.err


def test_everything_is_said_in_english_too(formal, capsys):
    assert scheme("check", formal, "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "warning: " in said
    assert "    rule: Provisions on Rectifying Formalism" in said
    assert "30 entries and 4 pieces of evidence a year" in said

    assert scheme("check", formal, "--letter", "--lang", "en") == 0
    assert "Proposal to amend “Trial scheme” (1)" in capsys.readouterr().out


def test_local_rules_are_cited_where_they_are_given(formal, tmp_path, capsys):
    local = tmp_path / "local.yaml"
    local.write_text(
        """overrides:
  - key: formalism.leader_instructions
    value: false
    since: 2025-01-01
    document: {title: 本县减负若干措施, number: 县发〔2025〕3号}
    article: "2"
    summary: 不以批示计分
    confirmed_by: 张三
    confirmed_on: 2025-02-01
""",
        encoding="utf-8",
    )

    assert scheme("check", formal, "--rulebook", local) == 0
    assert "本县减负若干措施" in capsys.readouterr().out


# --- convert, template, schema ----------------------------------------------------------------


def test_a_scheme_goes_to_excel_and_back_without_loss(tmp_path, capsys):
    book, back = tmp_path / "方案.xlsx", tmp_path / "方案.yaml"

    assert scheme("convert", READY, book) == 0
    assert scheme("convert", book, back) == 0

    assert read_scheme(back)[0] == read_scheme(READY)[0]
    assert capsys.readouterr().out.splitlines() == [str(book), str(back)]


def test_an_existing_file_is_replaced_only_by_force(tmp_path, capsys):
    target = tmp_path / "方案.yaml"
    target.write_text("mine", encoding="utf-8")

    assert scheme("convert", READY, target) == 2
    assert target.read_text("utf-8") == "mine"
    assert "--force" in capsys.readouterr().err

    assert scheme("convert", READY, target, "--force") == 0
    assert read_scheme(target)[0].scheme == "township-fusion"


@pytest.mark.parametrize("target", ["deep/方案.yaml", "方案.txt", "."])
def test_a_target_that_cannot_be_written_is_refused(target, tmp_path):
    assert scheme("convert", READY, tmp_path / target) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_scheme_with_errors_is_not_converted(tmp_path):
    path = written(tmp_path, indicator(), points=100)

    assert scheme("convert", path, tmp_path / "out.xlsx") == 2
    assert not (tmp_path / "out.xlsx").exists()


def test_the_template_can_be_checked_at_once(tmp_path, capsys):
    target = tmp_path / "模板.xlsx"

    assert scheme("template", target) == 0
    assert scheme("template", target) == 2
    assert scheme("template", tmp_path / "模板.yaml") == 2
    assert scheme("check", target) == 0


def test_the_json_schema_is_valid_and_accepts_the_ready_schemes(capsys):
    assert scheme("schema") == 0

    published = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(published)
    document = yaml.load(READY.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    assert isinstance(document, dict)
    assert set(document) <= set(published["properties"])


# --- back-test --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("county") / "data"
    assert main(["generate", "--members", "600", "--out", str(folder)]) == 0
    return folder


SHORT = ("--draws", 50)


def test_a_back_test_shows_its_five_parts_and_gives_the_same_again(county, capsys):
    first, second = (
        (scheme("backtest", READY, "--data", county, *SHORT), capsys.readouterr().out)
        for _ in range(2)
    )

    assert first == second
    assert first[0] == 0
    for part in (
        "一、各指标得分的分布",
        "二、重复和多余",
        "三、名次对权重的依赖",
        "四、名次的升降",
    ):
        assert part in first[1]
    assert "12 个单位" in first[1]
    assert "抽样" in first[1]
    assert "随机种子 20250101" in first[1]
    assert "90% 区间" in first[1]


def test_it_compares_with_a_former_scheme_and_a_former_run(county, tmp_path, capsys):
    document = yaml.safe_load(READY.read_text("utf-8"))
    party, economy = document["indicators"]
    party["counts_as"], economy["counts_as"] = 90, 10
    old = tmp_path / "old.yaml"
    old.write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
    run = tmp_path / "run"
    appraise = ["appraise", str(old), "--data", str(county), "--out", str(run)]
    assert main([*appraise, "--other-periods", "leave-out", "--reports", "none"]) == 0
    capsys.readouterr()

    assert scheme("backtest", READY, "--data", county, "--against", old, run, *SHORT) == 0

    said = capsys.readouterr().out
    parts = {
        name: said.split(f"与“{name}”比较")[1].split("\n\n")[0] for name in (str(old), str(run))
    }
    assert parts[str(old)] == parts[str(run)]
    assert "本方案名次" in parts[str(run)]


def test_it_replays_an_earlier_year_and_reports_what_is_missing(county, capsys):
    assert scheme("backtest", READY, "--data", county, "--period", "2024", *SHORT) == 0

    said = capsys.readouterr().out
    assert "考核期 2024" in said
    assert "没有数据或不适用，试算按不考核处理" in said


def test_people_are_not_listed_by_rank(county, capsys):
    path = ready()["member-appraisal"]

    assert scheme("backtest", path, "--data", county, "--lang", "en", *SHORT) == 0

    said = capsys.readouterr().out
    assert "Persons are not listed by rank." in said
    assert "90% interval" not in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--against", "nowhere"), "既不是结果目录"),
        (("--period", "上半年"), "只有年份可以平移"),
    ],
)
def test_what_cannot_be_compared_is_refused(arguments, words, county, capsys):
    assert scheme("backtest", READY, "--data", county, *arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("--draws", "0"), ("--spread", "100"), ("--spread", "x"), ("--seed", "-1")]
)
def test_odd_numbers_are_refused_before_anything_runs(arguments, capsys):
    with pytest.raises(SystemExit) as refusal:
        scheme("backtest", READY, "--data", ".", *arguments)
    assert refusal.value.code == 2
    assert arguments[0] in capsys.readouterr().err


# --- tables -----------------------------------------------------------------------------------


def test_chinese_and_latin_cells_stand_under_each_other():
    lines = table(("指标", "points"), [("经济", "12.5"), ("a", "-3"), ("É", "")])

    assert lines == [
        "指标  points",
        "----  ------",
        "经济    12.5",
        "a         -3",
        "É",
    ]


def test_a_cell_neither_breaks_the_line_nor_moves_the_cursor():
    (_, _, line) = table(("a",), [("x\ny\x1b[2J\u202e",)])

    assert line == "x y [2J"
    assert table(("a",), []) == []


def test_a_long_cell_is_cut_to_forty_columns():
    (_, _, line) = table(("a",), [("考" * 30,)])

    assert line == "考" * 19 + "…"
    assert width(line) == 39

"""Run folders for the tests of reports: townships, provinces and members, all made up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from ronghe.analysis.scheme.model import Scheme
from ronghe.engine.database import connect
from ronghe.engine.outputs import write_account, write_tables
from ronghe.engine.run import appraise
from ronghe.exchange.certainty import add_certainty
from run_on_rows import raw_tables

Data = dict[str, list[dict]]
PERIOD = {"label": "2025", "since": "2025-01-01", "until": "2025-12-31", "previous": "2024"}
DIMENSIONS = {
    "innovation": ("创新", "innovation"),
    "coordination": ("协调", "coordination"),
    "green": ("绿色", "green"),
    "openness": ("开放", "openness"),
    "sharing": ("共享", "sharing"),
}


def write_run(
    folder: Path,
    scheme: Scheme,
    data: Data,
    quotas: Mapping[str, Fraction] | None = None,
    sources: Mapping[str, tuple[str, dict]] | None = None,
) -> Path:
    """Appraise the rows and leave a run folder, as the command line does.

    `sources` holds the rule and the citations of quotas, by grade.
    """
    con = connect(threads=1)
    run = appraise(con, scheme, raw_tables(con, data), quotas=quotas or {}, other_periods=True)
    certainty = add_certainty(con, run.program, quotas or {})
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(run, folder)
    write_account(
        run,
        folder,
        files={f"{table}.csv": f"{len(rows):064x}" for table, rows in data.items()},
        rulebook="0" * 64,
        rulebook_date=date(2025, 12, 31),
        quotas={
            code: {"share": str(share), "rule": rule, "citation": citation}
            for code, share in (quotas or {}).items()
            for rule, citation in [(sources or {}).get(code, ("", {"zh": "", "en": ""}))]
        },
        parameters={"other_periods": "leave-out"},
        certainty=certainty,
    )
    con.close()
    return folder


def measured(code: str, title: str | dict, points: object, rule: dict, **more: object) -> dict:
    """Write an indicator on the measure of the same code."""
    source = {"kind": "measure", "measure": code.replace("-", "_")}
    return {
        "code": code,
        "title": title,
        "points": points,
        "source": source,
        "rule": rule,
        **more,
    }


def document(**changes: object) -> dict:
    """Write what every scheme of these tests has in common."""
    return {
        "version": "2025.1",
        "level": "township",
        "period": PERIOD,
        "approval": {
            "plan_item": "乡镇年度综合考核",
            "document": "清委办〔2025〕3号",
            "dated": "2025-02-10",
        },
        "points": 100,
        **changes,
    }


def measures_of(nodes: list[dict], level: str) -> list[dict]:
    """Declare a measure for each indicator that reads one."""
    found = []
    for node in nodes:
        if "children" in node:
            found += measures_of(node["children"], level)
        elif node["source"]["kind"] == "measure":
            found.append(
                {
                    "code": node["source"]["measure"],
                    "title": node["title"],
                    "unit": "%",
                    "scale": 2,
                    "lowest_level": level,
                    "owner": "县统计局",
                }
            )
    return found


NAMES = re.findall(
    r"\w+",
    "城关镇 河东镇 柳林镇 白马镇 双桥镇 太平乡 石门乡 青山乡 云台乡 临江街道 北关街道 新华街道",
)


TOWNSHIP = """
scheme: township-trial
title: {zh: 乡镇党建与经济发展融合考核, en: Fused appraisal of townships}
appraises: organisation
peer_groups:
  farming: {zh: 农业型乡镇, en: Farming townships}
  industry: {zh: 工业型乡镇, en: Industrial townships}
record_kinds:
  - {code: landed, title: {zh: 引进项目, en: Projects brought in}, unit: 个}
  - {code: late, title: {zh: 逾期事项, en: Overdue items}, unit: 件}
  - {code: accident, title: {zh: 责任事故, en: Accidents}, unit: 起}
pools:
  - code: bonus
    title: {zh: 加分, en: Bonus}
    kind: bonus
    cap: 5
    items:
      - code: projects
        title: {zh: 引进项目, en: Projects brought in}
        points: 5
        source: {kind: records, of: [landed]}
        rule: {kind: count_points, each: 1.5}
  - code: loss
    title: {zh: 扣分, en: Deductions}
    kind: penalty
    cap: 3
    items:
      - code: overdue
        title: {zh: 督办逾期, en: Overdue}
        points: 3
        source: {kind: records, of: [late]}
        rule: {kind: count_points, each: 0.5}
gates:
  - code: training
    title: {zh: 培训学时达标, en: Training hours}
    source: {kind: measure, measure: hours}
    requires: {at_least: 90}
    missing: fails
    zeroes: [sharing]
    cap_points: 69
    ceiling: good
    citation: 《中国共产党党员教育管理工作条例》
vetoes:
  - code: safety
    title: {zh: 较大安全责任事故, en: Serious accident}
    source: {kind: records, of: [accident]}
    when: {at_least: 1}
    ceiling: average
    authority: 《地方党政领导干部安全生产责任制规定》
grading:
  within: all
  ties: order
  tie_breakers: [economy]
  grades:
    - {code: excellent, title: {zh: 优秀, en: excellent}, at_least: 70, quota: 0.3}
    - {code: good, title: {zh: 良好, en: good}, at_least: 60}
    - {code: average, title: {zh: 一般, en: average}, at_least: 0}
"""
LINEAR = {"kind": "goalposts", "low": 0, "high": 100}
HOURS = {"code": "hours", "title": "培训学时达标率", "unit": "%", "lowest_level": "township"}


def township_scheme(**changes: object) -> Scheme:
    """Two sides folded 30 : 70, dimensions, pools, a gate that zeroes, a veto, quotas."""
    party = [
        measured("team", {"zh": "班子建设", "en": "Team"}, 40, LINEAR),
        measured("coverage", {"zh": "组织覆盖", "en": "Coverage"}, 30, LINEAR),
        measured("linked", {"zh": "联系项目", "en": "Linked projects"}, 30, LINEAR),
    ]
    economy = [
        {
            "code": code,
            "title": {"zh": zh, "en": en},
            "points": 20,
            "dimension": code,
            "children": [
                measured(f"{code}-level", {"zh": f"{zh}水平", "en": f"{en}, level"}, 12, LINEAR),
                measured(
                    f"{code}-pace",
                    {"zh": f"{zh}进展", "en": f"{en}, pace"},
                    8,
                    LINEAR,
                    missing="not_applicable" if code == "green" else "zero",
                ),
            ],
        }
        for code, (zh, en) in DIMENSIONS.items()
    ]
    sides = [("party", "党建工作", "Party building", 30, party)]
    sides.append(("economy", "经济发展", "The economy", 70, economy))
    nodes = [
        {
            "code": code,
            "title": {"zh": zh, "en": en},
            "points": 100,
            "counts_as": counts,
            "side": code,
            "children": children,
        }
        for code, zh, en, counts, children in sides
    ]
    measures = [*measures_of(nodes, "township"), HOURS]
    made = document(**yaml.safe_load(TOWNSHIP), indicators=nodes, measures=measures)
    return Scheme.model_validate(made | changes)


def spread(seed: int, low: int = 35, high: int = 99) -> Fraction:
    """Return a number between two bounds that looks drawn and is always the same."""
    mixed = (seed * 2654435761) % 2**32
    mixed = (mixed ^ (mixed >> 15)) * 2246822519 % 2**32
    return Fraction(low * 100 + (mixed ^ (mixed >> 13)) % ((high - low) * 100), 100)


def units_of(kind: str, level: str, names: list[str], groups: list[str]) -> list[dict]:
    """Write rows of units, spread over the groups in turn."""
    return [
        {
            "unit": f"{kind[0]}{number:04d}",
            "name": label,
            "kind": kind,
            "level": level,
            "peer_group": groups[number % len(groups)],
        }
        for number, label in enumerate(names, start=1)
    ]


def values_of(scheme: Scheme, units: list[dict]) -> list[dict]:
    """Draw a value of every measure for every unit; units differ in strength."""
    rows = []
    for place, unit in enumerate(units):
        strength = spread(place + 7, -12, 12)
        for number, measure in enumerate(scheme.measures):
            value = min(Fraction(100), max(Fraction(0), strength + spread(91 * place + number)))
            rows.append(
                {"unit": unit["unit"], "measure": measure.code, "period": "2025", "value": value}
            )
    return rows


def record(number: int, unit: str, kind: str) -> dict:
    return {
        "record": f"r{number}",
        "unit": unit,
        "kind": kind,
        "day": date(2025, 6, 1),
        "quantity": 1,
        "verified": True,
    }


def township_data(scheme: Scheme, names: list[str] | None = None) -> Data:
    """Twelve townships: one fails the gate, one meets the veto, two lack a figure."""
    units = units_of("organisation", "township", names or NAMES, ["farming", "industry"])
    measures = [
        row | ({"value": 95} if row["measure"] == "hours" else {})
        for row in values_of(scheme, units)
    ]
    codes = [unit["unit"] for unit in units]
    for row in measures:
        if row["measure"] == "hours" and row["unit"] == codes[3]:
            row["value"] = 80
    lacking = {(codes[1], "green_pace"), (codes[5], "green_pace"), (codes[6], "openness_pace")}
    measures = [row for row in measures if (row["unit"], row["measure"]) not in lacking]
    records = [record(n, codes[n % 5], "landed") for n in range(9)]
    records += [record(n, codes[n % 4], "late") for n in range(20, 27)]
    records.append(record(99, codes[7], "accident"))
    exemptions = [
        {"scheme": scheme.scheme, "unit": codes[9], "indicator": "coverage", "reason": "新设街道"}
    ]
    return {
        "units": units,
        "measures": measures,
        "records": records,
        "exemptions": exemptions,
    }


PROVINCES = re.findall(
    r"\w+",
    "北京市 天津市 河北省 山西省 内蒙古自治区 辽宁省 吉林省 黑龙江省 "
    "上海市 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 "
    "湖北省 湖南省 广东省 广西壮族自治区 海南省 重庆市 四川省 贵州省 "
    "云南省 西藏自治区 陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区",
)


def province_scheme() -> Scheme:
    """Five dimensions of three indicators each, one peer group, no grades."""
    nodes = [
        {
            "code": code,
            "title": {"zh": zh, "en": en},
            "points": 20,
            "dimension": code,
            "children": [
                measured(
                    f"{code}-{number}",
                    {"zh": f"{zh}指标{number}", "en": f"{en} indicator {number}"},
                    points,
                    {"kind": "efficacy", "low": "peers", "high": "peers"},
                    missing="not_applicable",
                )
                for number, points in enumerate((8, 7, 5), start=1)
            ],
        }
        for code, (zh, en) in DIMENSIONS.items()
    ]
    return Scheme.model_validate(
        document(
            scheme="province-trial",
            title={"zh": "省级五维发展成效", "en": "Five dimensions of the provinces"},
            appraises="area",
            level="province",
            measures=measures_of(nodes, "province"),
            indicators=nodes,
        )
    )


def province_data(scheme: Scheme) -> Data:
    units = units_of("area", "province", PROVINCES, ["provinces"])
    measures = [row for row in values_of(scheme, units) if row["value"] % 17 > Fraction(1, 4)]
    return {"units": units, "measures": measures}


MEMBERS = """
scheme: member-trial
title: {zh: 党员民主评议, en: Appraisal of members}
level: branch
vetoes:
  - code: discipline
    title: {zh: 违纪, en: Breach of discipline}
    source: {kind: measure, measure: integrity}
    when: {below: 30}
    ceiling: basic
    authority: 《中国共产党纪律处分条例》
grading:
  within: peer_group
  grades:
    - code: excellent
      title: {zh: 优秀, en: excellent}
      at_least: 75
      quota_rule: member_appraisal.excellent_share
    - {code: qualified, title: {zh: 合格, en: qualified}, at_least: 55}
    - {code: basic, title: {zh: 基本合格, en: basically qualified}, at_least: 0}
"""


def member_scheme(appraises: str = "member") -> Scheme:
    """Four dimensions of a member's appraisal, a quota of a third inside each branch."""
    titles = {
        "thought": {"zh": "思想", "en": "Ideology"},
        "work": {"zh": "工作", "en": "Work"},
        "service": {"zh": "服务群众", "en": "Service"},
        "integrity": {"zh": "廉洁", "en": "Integrity"},
    }
    nodes = [
        measured(code, title, 25, LINEAR, missing="not_applicable")
        for code, title in titles.items()
    ]
    made = yaml.safe_load(MEMBERS) | {"appraises": appraises, "indicators": nodes}
    return Scheme.model_validate(document(**made, measures=measures_of(nodes, "branch")))


def member_data(scheme: Scheme, count: int = 300, branches: int = 9) -> Data:
    """So many members in branches, two of which have only a few."""
    names = [f"党员甲{number:04d}" for number in range(1, count + 1)]
    groups = [f"第{number}支部" for number in range(1, branches + 1)]
    units = units_of(scheme.appraises, "branch", names, groups)
    for unit in units[:3]:
        unit["peer_group"] = "小支部甲"
    for unit in units[3:5]:
        unit["peer_group"] = "小支部乙"
    return {"units": units, "measures": values_of(scheme, units)}

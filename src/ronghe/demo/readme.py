"""The page that lies beside generated data and says what it is."""

from __future__ import annotations

from ronghe.demo.shape import Scope

_TITLES = {
    "units": ("考核对象", "units appraised"),
    "measures": ("数据", "measures"),
    "targets": ("目标", "targets"),
    "records": ("纪实", "records"),
    "ballots": ("测评", "ballots"),
    "expert_scores": ("专家评分", "expert scores"),
    "results": ("其他考核结果", "totals of other schemes"),
    "exemptions": ("不适用", "exemptions"),
    "open_items": ("待办事项", "open items"),
}

_PAGE = """# 演示数据 · Demonstration data

本文件夹中的地方、组织、人员、数字、事件全部虚构，由程序按种子生成，仅供试用和测试；与任何同名的地方、组织、个人无关。不得当作真实数据引用。
其中有几处故意设置的问题，见项目文档 `docs/reference/generated-data.md`。

Every place, organisation, person, figure and event in this folder is invented, drawn by a program
from a seed, for trials and tests only. Nothing in it concerns any real place, organisation or
person of the same name. Some things in it are wrong on purpose: see
`docs/reference/generated-data.md` of the project.

- 范围 scope: {scope}
- 党员 members: {members}
- 种子 seed: {seed}

| 表 table | 内容 content | 行数 rows |
|---|---|---|
{rows}
"""


def readme(members: int, seed: int, scope: Scope, rows: dict[str, int]) -> str:
    """Say that the data are invented, what they were drawn from and how many rows there are."""
    lines = "\n".join(
        f"| {table} | {_TITLES[table][0]} {_TITLES[table][1]} | {count} |"
        for table, count in rows.items()
    )
    return _PAGE.format(scope=scope, members=members, seed=seed, rows=lines)

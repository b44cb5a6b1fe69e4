"""What each fixed choice of a scheme is called: levels, kinds of rules, directions and so on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Names = Mapping[str, tuple[str, str]]
"""The values of one choice, each with its name in Chinese and in English."""

RULES: Names = {
    "completion": ("完成率", "completion rate"),
    "bands": ("分档", "bands"),
    "goalposts": ("阈值线性", "goalposts"),
    "efficacy": ("功效系数", "efficacy coefficient"),
    "rank_ladder": ("位次", "rank ladder"),
    "ratio_to_best": ("与最优比", "ratio to the best"),
    "ratio_to_average": ("与均值比", "ratio to the average"),
    "distance_from_average": ("均值扣分", "distance from the average"),
    "count_points": ("计次得分", "points by count"),
    "deduction": ("计次扣分", "deduction by count"),
    "share_of_full": ("按比例折算", "share of the full value"),
    "combined": ("组合", "combined"),
}

SOURCES: Names = {
    "measure": ("数据", "measure"),
    "records": ("纪实", "records"),
    "ballot": ("测评", "ballot"),
    "expert": ("专家评分", "expert scores"),
    "scheme": ("其他方案", "another scheme"),
}

CHOICES: Mapping[str, Names] = {
    "rule": RULES,
    "source": SOURCES,
    "appraises": {
        "organisation": ("组织", "organisation"),
        "cadre": ("干部", "cadre"),
        "member": ("党员", "member"),
        "area": ("区域", "area"),
        "project": ("项目", "project"),
    },
    "level": {
        "country": ("国家", "country"),
        "province": ("省", "province"),
        "city": ("市", "city"),
        "county": ("县", "county"),
        "township": ("乡镇", "township or street"),
        "village": ("村", "village or community"),
        "enterprise": ("企业", "enterprise"),
        "branch": ("支部", "branch"),
        "person": ("个人", "person"),
    },
    "missing": {
        "not_applicable": ("不适用", "does not apply, the others take its weight"),
        "zero": ("记零分", "no points"),
        "peer_median": ("取同组中位数", "the peers' median"),
        "error": ("报错", "the run is refused"),
    },
    "gate_missing": {
        "passes": ("视为满足", "passes"),
        "fails": ("视为不满足", "fails"),
    },
    "side": {"party": ("党建", "Party building"), "economy": ("经济", "economy")},
    "dimension": {
        "innovation": ("创新", "innovation"),
        "coordination": ("协调", "coordination"),
        "green": ("绿色", "green"),
        "openness": ("开放", "openness"),
        "sharing": ("共享", "sharing"),
    },
    "frequency": {
        "none": ("不填报", "not asked for"),
        "yearly": ("每年", "yearly"),
        "half-yearly": ("每半年", "half-yearly"),
        "quarterly": ("每季", "quarterly"),
        "monthly": ("每月", "monthly"),
    },
    "evidence": {
        "none": ("不要", "none"),
        "sampled": ("抽查", "sampled"),
        "required": ("必交", "required"),
    },
    "pool": {"bonus": ("加分", "bonus"), "penalty": ("扣分", "penalty")},
    "within": {
        "peer_group": ("同组", "inside the peer group"),
        "parent": ("同一上级", "under one parent"),
        "all": ("全体", "over all"),
    },
    "ties": {
        "order": ("依次排列", "put in order"),
        "next_grade": ("都降一等", "all take the next grade"),
    },
    "nature": {
        "work": ("实绩", "work"),
        "obligation": ("义务", "obligation"),
        "paper": ("文牍", "paper"),
    },
    "period": {"current": ("本期", "this period"), "previous": ("上期", "the one before")},
    "function": {
        "count": ("次数", "number of records"),
        "sum": ("数量合计", "sum of quantities"),
        "mean": ("数量均值", "mean quantity"),
        "distinct": ("服务对象数", "number of different objects"),
        "share": ("达标占比", "percentage of sufficient quality"),
    },
    "scope": {"own": ("本级", "the unit alone"), "subtree": ("含下级", "with all below")},
    "per": {
        "day": ("日", "day"),
        "month": ("月", "month"),
        "quarter": ("季", "quarter"),
        "year": ("年", "year"),
    },
    "direction": {
        "more": ("越多越好", "more is better"),
        "less": ("越少越好", "less is better"),
    },
    "comparison": {
        "at_least": ("不低于", "at least"),
        "above": ("高于", "above"),
        "at_most": ("不高于", "at most"),
        "below": ("低于", "below"),
    },
    "of": {
        "value": ("水平", "the value"),
        "growth": ("增长率", "growth in percent"),
        "change": ("增量", "change"),
    },
    "target": {"data": ("目标表", "each unit's own target")},
    "end": {"peers": ("同组", "the peers' worst or best")},
}
"""Every choice of the model; a test holds it complete."""


def choice_of(values: Iterable[str]) -> Names:
    """Return the choice that has exactly these values; without one, no names."""
    wanted = set(values)
    return next((names for names in CHOICES.values() if set(names) == wanted), {})

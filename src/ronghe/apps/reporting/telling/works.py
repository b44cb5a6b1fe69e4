"""Sentences about records of one kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ronghe.apps.reporting.telling.facts import Kind, Work

QUOTED = 3
"""So many matters or topics are named as examples."""


def plain(number: Decimal) -> str:
    """Write an exact number without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(number: Decimal, places: int = 1) -> str:
    """Write a number rounded half up to so many places, without needless zeros."""
    return plain(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def total(works: Sequence[Work]) -> Decimal:
    """Return the sum of quantities."""
    return sum((one.quantity for one in works), Decimal(0))


def turns(works: Sequence[Work]) -> int:
    """Return how many times people took part, all together."""
    return sum(one.people for one in works)


def _amount(before: str, after: str) -> Callable[[Sequence[Work]], str]:
    return lambda works: f"{before}{plain(total(works))}{after}"


def _hours(before: str) -> Callable[[Sequence[Work]], str]:
    """Tell of work whose hours are each participant's own."""

    def words(works: Sequence[Work]) -> str:
        of_all = sum((one.quantity * max(one.people, 1) for one in works), Decimal(0))
        took_part = turns(works)
        more = f"，参加{took_part}人次" if took_part else ""
        return f"{before}{len(works)}次{more}，累计{plain(of_all)}小时"

    return words


def _training(works: Sequence[Work]) -> str:
    took_part = turns(works)
    more = f"，参加{took_part}人次" if took_part else ""
    return f"开展集中学习培训{len(works)}次，共{plain(total(works))}学时{more}"


def _projects(works: Sequence[Work]) -> str:
    return f"牵头引进并开工项目{len(works)}个，计划投资{plain(total(works))}万元"


WORDS: dict[str, Callable[[Sequence[Work]], str]] = {
    "case_solved": _amount("办结群众和企业诉求", "件"),
    "policy_help": _amount("讲解政策、代办手续", "件"),
    "tech_guidance": _amount("到田间、车间开展技术指导", "小时"),
    "mentoring": _amount("开展创业帮带", "小时"),
    "visit": _amount("走访群众和企业", "次"),
    "difficulty_solved": _amount("破解难题", "项"),
    "volunteer_service": _hours("开展志愿服务"),
    "job_created": _amount("带动就业", "人"),
    "task_done": _amount("完成岗位任务", "项"),
    "training_hours": _training,
    "accounts_published": _amount("公开党务、村务、财务", "次"),
    "project_help": _amount("帮办重点项目具体事项", "件"),
    "project_landed": _projects,
    "firm_promoted": _amount("推动企业升规入统", "家"),
    "overdue_item": _amount("列入督办或责任清单的事项逾期", "项"),
    "data_error": _amount("经统计执法检查认定数据失实", "次"),
}
"""How work of the kinds that every county needs is told; others say their title and quantity."""

MEETINGS = {
    "meeting_held": "召开支部党员大会",
    "committee_meeting": "召开支部委员会会议",
    "group_meeting": "召开党小组会",
    "party_lecture": "开展党课",
    "theme_day": "开展主题党日",
    "life_meeting": "召开组织生活会",
}


def told(kind: str, what: Kind, works: Sequence[Work], *, span: str, units: int) -> str:
    """Tell of all records of a kind in one sentence with figures, and examples as written."""
    if kind in MEETINGS:
        said = _meeting(MEETINGS[kind], works)
    elif kind in WORDS:
        said = WORDS[kind](works)
    else:
        said = f"{what.title}{plain(total(works))}{what.unit}"
    places = len({one.unit for one in works})
    whose = f"{places}个党组织" if units > 1 and places > 1 else ""
    parts = [f"{span}{whose}{said}", *_rated(works), *_examples(works), *_waiting(works)]
    return "；".join(parts) + "。"


def _meeting(verb: str, works: Sequence[Work]) -> str:
    months = sorted({one.day.month for one in works})
    single = len({one.unit for one in works}) == 1
    when = ""
    if single and len(months) == 12:
        when = "，每月都有"
    elif single and len(months) > 1:
        when = f"，分布在{'、'.join(str(month) for month in months)}月"
    counted = [one.people for one in works if one.people]
    present = f"，平均到会{rounded(Decimal(sum(counted)) / len(counted), 0)}人" if counted else ""
    return f"{verb}{plain(total(works))}次{when}{present}"


def _rated(works: Sequence[Work]) -> list[str]:
    ratings = [one.quality for one in works if one.quality is not None]
    if not ratings:
        return []
    mean = rounded(Decimal(sum(ratings)) / len(ratings))
    return [f"有评价的{len(ratings)}件中，平均{mean}分，满分5分"]


def _examples(works: Sequence[Work]) -> list[str]:
    """Quote some of what was written, the latest first, each once."""
    for name, lead in (("matter", "其中有"), ("topic", "主题有")):
        latest = sorted(works, key=lambda one: (one.day, one.pk), reverse=True)
        written = list(dict.fromkeys(text for one in latest if (text := getattr(one, name))))
        if written:
            quoted = "、".join(f"“{text}”" for text in written[:QUOTED])
            return [f"{lead}{quoted}{'等' if len(written) > QUOTED else ''}"]
    return []


def _waiting(works: Sequence[Work]) -> list[str]:
    waiting = sum(not one.verified for one in works)
    return [f"{waiting}条待核实"] if waiting else []

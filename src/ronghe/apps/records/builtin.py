"""The kinds that every county needs; the codes are those of the ready schemes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.apps.access import Role
from ronghe.apps.records.catalogue import Field, Kind, declare

_BRANCH = frozenset({Role.BRANCH_SECRETARY, Role.ORGANISATION_OFFICER})
_TOWNSHIP = frozenset({Role.PARTY_SECRETARY, Role.TOWNSHIP_OFFICER})
_COUNTY = frozenset({Role.ORGANISATION, Role.SOCIAL_WORK})
_OFFICE = frozenset({Role.APPRAISAL_OFFICE, Role.ORGANISATION})
_ORGANISERS = _BRANCH | _TOWNSHIP | _COUNTY
_WORKERS = _ORGANISERS | {Role.MEMBER}
_TIMES = pgettext_lazy("unit of measurement", "次")
_HOURS = pgettext_lazy("unit of measurement", "小时")
_CASES = pgettext_lazy("unit of measurement", "件")
_ITEMS = pgettext_lazy("unit of measurement", "项")
_EVENTS = pgettext_lazy("unit of measurement", "起")
_TOPIC = Field("topic", _("主题"))
_MATTER = Field("matter", _("什么事"), required=True)
_DIFFICULTIES = (
    ("money", _("融资")),
    ("workers", _("用工")),
    ("land", _("用地用房")),
    ("permits", _("手续审批")),
    ("market", _("市场销路")),
    ("technology", _("技术设备")),
    ("other", pgettext_lazy("difficulty", "其他")),
)


def _meeting(code: str, title: Any, told: Any) -> Kind:
    """Return a kind of organisational life: the branch's record, and attendance of those there."""
    more: dict[str, Any] = {"nature": "obligation", "actors": "many", "credits": "life_attended"}
    return Kind(code, title, told, _TIMES, _ORGANISERS, fields=(_TOPIC,), **more)


def _service(code: str, title: Any, told: Any, unit: Any, **more: Any) -> Kind:
    """Return a kind of work by a member for somebody who can say how it was."""
    return Kind(code, title, told, unit, _WORKERS, actors="one", served=True, rated=True, **more)


def declare_kinds() -> None:
    """Put the kinds into the catalogue."""
    declare(*_services(), *_work(), *_organisational_life(), *_of_departments())


def _services() -> list[Kind]:
    """Return what members do for somebody who can say how it was."""
    return [
        _service(
            "case_solved",
            _("诉求办结"),
            _("群众或企业提出的一件事办成了，提出的人认可。一件事记一次，由主要经办的人记。"),
            _CASES,
            fields=(_MATTER,),
        ),
        _service(
            "policy_help",
            _("政策讲解和代办"),
            _("给某户、某企业讲清一项政策，或替人把手续办好。"),
            _CASES,
            fields=(Field("matter", _("什么政策、什么手续")),),
        ),
        _service(
            "tech_guidance",
            _("技术指导"),
            _("到田间、车间教技术、解难题，按实际用的小时记。"),
            _HOURS,
            scale=1,
        ),
        _service(
            "mentoring",
            _("创业帮带"),
            _("带着别人创业、经营，按实际用的小时记。"),
            _HOURS,
            scale=1,
        ),
        _service(
            "visit",
            _("走访"),
            _("上门看望、了解情况。留下要办的事，另记一件诉求；走访本身不计分。"),
            _TIMES,
            nature="obligation",
        ),
        _service(
            "difficulty_solved",
            _("难题破解"),
            _("一个拖了很久或牵涉几家的难题解决了，写明是什么难题、怎样解决。"),
            _ITEMS,
            checked="each",
            fields=(_MATTER, Field("how", _("怎样解决"))),
        ),
    ]


def _work() -> list[Kind]:
    """Return further work of members and branches, and what businesses raise."""
    return [
        Kind(
            "volunteer_service",
            _("志愿服务"),
            _("自愿、无偿为别人做的事，参加的每个人各记自己的小时。"),
            _HOURS,
            _WORKERS,
            scale=1,
            actors="many",
            rated=True,
            fields=(_TOPIC,),
        ),
        Kind(
            "job_created",
            _("带动就业"),
            _("使几个人有了稳定的活干，按人数记；同一个人一年只记一次。"),
            pgettext_lazy("unit of measurement", "人"),
            _WORKERS | {Role.ENTERPRISE},
            actors="one",
            served=True,
            rated=True,
            businesses="also",
        ),
        Kind(
            "difficulty_raised",
            _("企业反映困难"),
            _(
                "企业、合作社遇到的一件难事，说一次就行；由乡镇（街道）逐件核实办理，不作为考核得分。"
            ),
            _CASES,
            _TOWNSHIP | {Role.ENTERPRISE},
            nature="obligation",
            checked="each",
            businesses="only",
            fields=(_MATTER, Field("about", _("哪方面"), type="choice", choices=_DIFFICULTIES)),
        ),
        Kind(
            "task_done",
            _("岗位任务完成"),
            _("认领的岗位任务完成一项。"),
            _ITEMS,
            _WORKERS,
            actors="one",
            rated=True,
            fields=(Field("matter", _("什么任务")),),
        ),
        Kind(
            "project_help",
            _("重点项目帮办"),
            _("帮一个重点项目解决了一件具体的事，写明什么项目、什么事。"),
            _CASES,
            _ORGANISERS,
            actors="one",
            served=True,
            rated=True,
            fields=(_MATTER,),
        ),
    ]


def _organisational_life() -> list[Kind]:
    """Return meetings and the other duties of an organisation."""
    return [
        _meeting("meeting_held", _("支部党员大会"), _("支部全体党员大会，勾选到会的人。")),
        _meeting("committee_meeting", _("支部委员会会议"), _("支委会会议，勾选到会的委员。")),
        _meeting("group_meeting", _("党小组会"), _("党小组会，勾选到会的人。")),
        _meeting("party_lecture", _("党课"), _("讲党课，勾选听课的人。")),
        _meeting("theme_day", _("主题党日"), _("主题党日活动，勾选参加的人。")),
        _meeting("life_meeting", _("组织生活会"), _("组织生活会和民主评议，勾选到会的人。")),
        Kind(
            "life_attended",
            _("参加组织生活"),
            _("由各种会议的到会名单自动得出；只有补登以前的台账时才直接登记。"),
            _TIMES,
            _ORGANISERS,
            nature="obligation",
            actors="one",
        ),
        Kind(
            "training_hours",
            _("集中学习培训学时"),
            _("一次培训的学时，参加的每个人都记这么多。"),
            pgettext_lazy("unit of measurement", "学时"),
            _ORGANISERS,
            scale=1,
            nature="obligation",
            actors="many",
            fields=(_TOPIC,),
        ),
        Kind(
            "accounts_published",
            _("党务村务财务公开"),
            _("按规定公开了一次，写明公开了什么。"),
            _TIMES,
            _ORGANISERS,
            nature="obligation",
            fields=(Field("matter", _("公开了什么")),),
        ),
    ]


def _of_departments() -> list[Kind]:
    """Return the kinds that the department in charge enters, for every unit."""
    told: dict[str, Any] = {"departments": True, "checked": "each"}
    return [
        Kind(
            "project_landed",
            _("项目落地"),
            _("党组织牵头引进的项目开工，按计划投资额记；经过公平竞争审查。"),
            pgettext_lazy("unit of measurement", "万元"),
            _OFFICE,
            scale=2,
            served=True,
            rated=True,
            fields=(Field("project", _("项目名称"), required=True),),
            **told,
        ),
        Kind(
            "firm_promoted",
            _("企业升规入统"),
            _("企业达到规模标准，进入统计名录库。"),
            pgettext_lazy("unit of measurement", "家"),
            _OFFICE,
            served=True,
            rated=True,
            **told,
        ),
        Kind(
            "overdue_item",
            _("督办事项逾期"),
            _("列入督办或责任清单的事项过了期限还没有办结。"),
            _ITEMS,
            _OFFICE | _TOWNSHIP,
            fields=(_MATTER,),
            **told,
        ),
        Kind(
            "data_error",
            _("统计数据失实"),
            _("统计执法检查认定的数据失实。"),
            _TIMES,
            _OFFICE,
            fields=(_MATTER,),
            **told,
        ),
        Kind(
            "safety_accident",
            _("较大及以上生产安全责任事故"),
            _("经调查认定负有责任的事故，写明调查报告的文号。"),
            _EVENTS,
            _OFFICE,
            fields=(Field("finding", _("认定文件"), required=True),),
            **told,
        ),
        Kind(
            "ecology_event",
            _("较大及以上突发环境责任事件"),
            _("经调查认定负有责任的事件，写明调查报告的文号。"),
            _EVENTS,
            _OFFICE,
            fields=(Field("finding", _("认定文件"), required=True),),
            **told,
        ),
        Kind(
            "reminder_talk",
            _("提醒谈话"),
            _("按规定进行的提醒谈话；只有负责的人看得到。"),
            _TIMES,
            frozenset({Role.INSPECTOR, Role.PARTY_SECRETARY, Role.ORGANISATION}),
            actors="one",
            personal=True,
            **told,
        ),
        Kind(
            "discipline_action",
            _("党纪政务处分"),
            _("已经生效的处分，写明文号；只有负责的人看得到。"),
            _EVENTS,
            frozenset({Role.INSPECTOR, Role.ORGANISATION}),
            actors="one",
            personal=True,
            fields=(Field("finding", _("处分文件")),),
            **told,
        ),
    ]

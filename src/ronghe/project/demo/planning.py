"""The demonstration's joint plans: a township, two villages and an enterprise, over two years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from ronghe.apps.members.models import Belonging
from ronghe.apps.planning.models import Advance, Change, Entry, Plan, Progress, Sort
from ronghe.apps.records.models import STANDING, MeasureDefinition, Record
from ronghe.project.demo.appraisal import version_year
from ronghe.project.demo.people import BRANCH, TOWNSHIP
from ronghe.project.demo.world import World, in_batches

MOST_RECORDS = 6
ACTING = 4
"""So many members act in an action."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project to be: where it lies, how it is measured, and which kinds of record advance it."""

    name: str
    purpose: str
    node: str
    month: int
    measure: str = ""
    target: int | None = None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """An action to be: which problem it serves, who acts, behind which projects it stands."""

    name: str
    purpose: str
    node: str
    month: int
    behind: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


COLD_STORE, MARKET, LIVE_SALES = "合建共享冷库，错峰卖果", "老街夜市提档", "特产直播间进村"
DRIP, WORKSHOP = "五百亩果园接通滴灌", "村集体分拣车间投产"
LINE, ORDERS = "罐头二号线技改", "订单农业签约到户"

PLANS: dict[str, tuple[Project | Action, ...]] = {
    TOWNSHIP: (
        Project(COLD_STORE, "鲜果集中上市，卖不上价。", "QH01", 10, "local_wages", 900,
                ("project_landed",)),
        Project(LIVE_SALES, "山货好，路子窄。", "QH01-Q004", 11, "online_sales", 1200),
        Project("引进农产品加工项目两个", "原料运出去，利润留不下。", "QH01", 12,
                "project_investment", 5000, ("project_landed", "firm_promoted")),
        Project(MARKET, "外地客人留不住。", "QH01", 6),
        Action("党委委员包联冷库和直播间", "用地、用电手续跑不动。", "QH01", 10,
               (COLD_STORE, LIVE_SALES), ("case_solved",)),
        Action("农技党员下果园", "新品种果农不会管。", BRANCH, 9, (COLD_STORE,),
               ("tech_guidance",)),
        Action("“书香柳林”读书月", "", "QH01", 4),
        Action("党员先锋岗评选", "", "QH01", 7),
    ),
    BRANCH: (
        Project(DRIP, "春旱时浇不过来。", "QH01V01C", 5, kinds=("task_done",)),
        Project(WORKSHOP, "集体收入只靠租金。", "QH01V01C", 11, "collective_income", 60),
        Action("党员包片铺管线", "各家地块插花，工程推不开。", BRANCH, 5, (DRIP,),
               ("volunteer_service", "task_done")),
        Action("师傅党员带新手分拣", "招来的人手生。", BRANCH, 11, (WORKSHOP,), ("mentoring",)),
        Action("主题党日到联建村参观", "", BRANCH, 7),
    ),
    "QH01B02": (
        Project("梯田花海观光带", "沟里景好，留不下消费。", "QH01V02", 6),
        Action("党员认领花田", "撂荒地没人管。", "QH01B02", 5, ("梯田花海观光带",),
               ("volunteer_service", "task_done")),
    ),
    "QH01E03": (
        Project(LINE, "旺季产能不够。", "QH01-Q002", 9),
        Project(ORDERS, "原料时多时少。", "QH01-Q002", 3),
        Action("党员攻关小组", "杀菌工序常返工。", "QH01E03", 8, (LINE,)),
    ),
}  # fmt: skip


def load(world: World) -> None:
    """Deploy last year's plans, mostly done, and this year's, under way; records advance them."""
    year = int(version_year(world))
    for one in (year, year + 1):
        plans = {code: _plan(world, code, one) for code in PLANS}
        entries = [
            (said, _entry(world, plans[code], said, number))
            for code, said_of in PLANS.items()
            for number, said in enumerate(said_of)
        ]
        in_batches([entry for _said, entry in entries], Entry)
        _link(entries)
        _choose_members(entries)
        _name_records(entries)


def _plan(world: World, code: str, year: int) -> Plan:
    by = world.people["liulin"]
    if code == BRANCH:
        by = world.people["zhishu"]
    when = timezone.make_aware(datetime.combine(date(year, 1, 20), time(10)))
    plan = Plan.objects.create(
        node=world.nodes[code], year=year, by=by, deployed=when, deployed_by=by
    )
    kept = Change.objects.create(plan=plan, what=Change.What.DEPLOYED, by=by)
    Change.objects.filter(pk=kept.pk).update(at=when)
    return plan


def _entry(world: World, plan: Plan, said: Project | Action, number: int) -> Entry:
    due = date(plan.year, said.month, 28)
    entry = Entry(
        plan=plan, name=said.name, purpose=said.purpose, node=world.nodes[said.node], due=due,
        sort=Sort.PROJECT if isinstance(said, Project) else Sort.ACTION,
        progress=_progress(due, number),
    )  # fmt: skip
    if isinstance(said, Project) and said.measure:
        named = {"county": world.county, "code": said.measure}
        entry.measure, entry.target = MeasureDefinition.objects.get(**named), said.target
    return entry


def _progress(due: date, number: int) -> Progress:
    """Let what is due long ago be done, but for one; the rest is under way or not begun."""
    today = timezone.localdate()
    if due < today - timedelta(days=20):
        return Progress.UNDER_WAY if number == 3 and due.year == today.year else Progress.DONE
    return Progress.OPEN if number % 4 == 2 else Progress.UNDER_WAY


def _link(entries: list[tuple[Project | Action, Entry]]) -> None:
    named = {(entry.plan_id, entry.name): entry.pk for _said, entry in entries}
    through = Entry.projects.through
    in_batches(
        [
            through(from_entry_id=entry.pk, to_entry_id=named[entry.plan_id, project])
            for said, entry in entries
            if isinstance(said, Action)
            for project in said.behind
        ],
        through,
    )


def _choose_members(entries: list[tuple[Project | Action, Entry]]) -> None:
    through = Entry.members.through
    rows: list[Any] = []
    for said, entry in entries:
        if isinstance(said, Action):
            here = Belonging.objects.filter(node=entry.node, until=None).order_by("pk")
            for member in here.values_list("member", flat=True)[:ACTING]:
                rows.append(through(entry_id=entry.pk, member_id=member))
    in_batches(rows, through)


def _name_records(entries: list[tuple[Project | Action, Entry]]) -> None:
    rows = []
    for said, entry in entries:
        year = entry.plan.year
        done = Record.objects.filter(
            unit__node=entry.node,
            kind__in=said.kinds,
            state__in=STANDING,
            day__range=(date(year, 1, 1), min(entry.due, timezone.localdate())),
        )
        rows += [
            Advance(entry=entry, record=record, by=entry.plan.by)
            for record in done.order_by("pk")[:MOST_RECORDS]
        ]
    in_batches(rows, Advance)

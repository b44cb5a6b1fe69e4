"""The demonstration's report appraisals: last year's, finished, and this year's, under way."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from ronghe.apps.procedures.models import Signature, SignOff, Step
from ronghe.apps.procedures.services.signoff import digest_of as sheet_digest
from ronghe.apps.records.models import STANDING, Record
from ronghe.apps.reporting import grading
from ronghe.apps.reporting.models import (
    GradeSheet,
    Rectification,
    Report,
    ReportAppraisal,
    Sentence,
    SheetLine,
    Votes,
)
from ronghe.apps.reporting.permissions import HOLD, SIGN
from ronghe.apps.reporting.selectors.facts import facts_for
from ronghe.apps.reporting.selectors.reports import secretaries_beneath
from ronghe.apps.reporting.services.drafting import STEP, digest_of, sorted_sentences
from ronghe.apps.reporting.services.sheets import laid_before
from ronghe.apps.reporting.stages import Stage
from ronghe.apps.reporting.telling import tell
from ronghe.project.demo.appraisal import version_year
from ronghe.project.demo.people import BRANCH, TOWNSHIP
from ronghe.project.demo.world import World, in_batches

WEIGHTS = {"superior": 30, "team": 20, "members": 30, "public": 20}
VOTERS = {"superior": (5, 7), "team": (5, 8), "members": (18, 36), "public": (10, 20)}
DOCUMENT = "《柳林镇党组织书记述职评议考核办法》（柳委发〔2024〕6号，演示）"
COMMENTS = (
    "诉求办得实，群众说得出是哪几件。组织生活不够均衡，要按时开。",
    "带动就业有实招。数据报得清楚，但集体经济的路子还窄，要抓住产业链做文章。",
    "走访多，留下的事办得少。明年把走访时记下的难题一件一件销号。",
    "班子团结，主题党日结合农时。党课内容要贴近群众关心的事。",
    "项目帮办主动，企业评价好。村里财务公开要更及时、更看得懂。",
)
PLANS = (
    "把村东五百亩果园的滴灌接通，让合作社统一管水。",
    "办好两期电商培训，帮十户把山货卖到网上。",
    "把老旧水渠分段修好，春灌前完成。",
    "和邻村合建冷库，错峰卖果。",
    "请农技站每月来一次，病虫害早防早治。",
)
ITEMS = (
    ("党务村务财务按季公开，公开前先给监督委员会看。", "四个季度都按时公开，账目逐笔列出。"),
    ("把走访记下的难题列成单子，逐件办结。", "单子上的事已全部办结，办不了的说明了原因。"),
    ("主题党日安排到田间和车间，解决一件具体的事。", "每次主题党日都办了一件事，社员认可。"),
    ("帮合作社理顺统一采购，降低成本。", "三家合作社统一买肥，每亩省下四十多元。"),
    ("青年党员参加志愿服务有安排、有记录。", "结对帮了九户，事情记在了系统里。"),
)

WORK = ("case_solved", "accounts_published", "meeting_held", "policy_help", "volunteer_service")
"""Kinds of record that an item may have been done with."""


def load(world: World) -> None:
    """Let the township of the accounts hold last year's to its end, and this year's begin."""
    drawn = random.Random(2027)  # noqa: S311 - not a secret
    year = int(version_year(world))
    finished = _opened(world, year, due=date(year, 12, 20))
    _finish(world, finished, drawn)
    running = _opened(world, year + 1, due=timezone.localdate() + timedelta(days=25))
    _go_on(world, running, drawn)


def _opened(world: World, year: int, *, due: date) -> ReportAppraisal:
    place = world.nodes[TOWNSHIP]
    held = ReportAppraisal.objects.create(
        node=place,
        year=year,
        title=f"{place.name}{year}年度述职评议考核",
        document=DOCUMENT,
        due=due,
        weights=WEIGHTS,
        needed=60,
        result_share=40,
        objection_days=5,
        opened_by=world.people["xiangzhen"],
    )
    in_batches(
        [
            Report(appraisal=held, node=one.node, secretary=one.account, name=one.name)
            for one in secretaries_beneath(place)
        ],
        Report,
    )
    return held


def _written(world: World, report: Report, number: int) -> None:
    """Draw a report and let the secretary add what is planned."""
    told = tell(facts_for(world.people["liulin"], report.node, report.appraisal.year))
    sentences = [
        Sentence(
            report=report, theme=one.theme, key=one.key, text=one.text, drawn=one.text,
            sources=[list(source) for source in one.sources], place=STEP * place,
        )
        for place, one in enumerate(told, start=1)
    ]  # fmt: skip
    plan = PLANS[number % len(PLANS)]
    own = Sentence(report=report, theme="plans", text=plan, place=STEP * (len(told) + 1))
    in_batches([*sentences, own], Sentence)


def _submitted(world: World, report: Report, day: date) -> None:
    report.stage, report.submitted_at = Stage.SUBMITTED, _at(day)
    report.submitted_by = report.secretary or world.people["xiangzhen"]
    report.digest = digest_of(report, sorted_sentences(report))


def _commented(world: World, report: Report, number: int, day: date) -> None:
    report.stage, report.commented_at = Stage.COMMENTED, _at(day)
    report.comment, report.commented_by = COMMENTS[number % len(COMMENTS)], world.people["liulin"]


def _counted(world: World, report: Report, drawn: random.Random, day: date) -> list[Votes]:
    """Cast votes; most are good, and what they come to is the proposal."""
    counts: dict[tuple[str, str], int] = {}
    leaning = drawn.random()
    grades = ["good", "fairly_good", "average", "poor"]
    for group, (least, most) in VOTERS.items():
        for _voter in range(drawn.randint(least, most)):
            grade = drawn.choices(grades, [4 + 6 * leaning, 4, 1.5, 0.2])[0]
            counts[group, grade] = counts.get((group, grade), 0) + 1
    shared = grading.shares(counts, WEIGHTS, grades)
    report.stage, report.counted_at, report.counted_by = (
        Stage.COUNTED,
        _at(day),
        world.people["liulin"],
    )
    report.proposal = grading.proposal(shared, grades, report.appraisal.needed)
    report.until = day + timedelta(days=7)
    return [
        Votes(report=report, group=group, grade=grade, count=count, by=world.people["liulin"])
        for (group, grade), count in counts.items()
    ]


def _finish(world: World, held: ReportAppraisal, drawn: random.Random) -> None:
    """Take every report of a year to its signed grade, with its rectification list."""
    day, votes = date(held.year + 1, 1, 12), []
    reports = list(held.reports.select_related("node", "appraisal", "secretary"))
    for number, report in enumerate(reports):
        _written(world, report, number)
        _submitted(world, report, held.due - timedelta(days=number % 9))
        _commented(world, report, number, day)
        votes += _counted(world, report, drawn, day + timedelta(days=3))
        report.stage, report.grade = Stage.FINAL, report.proposal
        report.signed_at = _at(day + timedelta(days=20))
    in_batches(votes, Votes)
    fields = [f.name for f in Report._meta.concrete_fields if f.name != "id"]
    Report.objects.bulk_update(reports, fields, batch_size=50)
    _sign(world, reports)
    _list_items(world, reports)


def _sign(world: World, reports: list[Report]) -> None:
    """Put the grades of a year on one sheet, which the department signed for the township."""
    held, signer = reports[0].appraisal, world.people["zuzhi"]
    sheet = GradeSheet.objects.create(
        appraisal=held, title=f"{held.title}等次", by=world.people["xiangzhen"]
    )
    in_batches(
        [SheetLine(sheet=sheet, report=r, proposal=r.proposal, grade=r.grade) for r in reports],
        SheetLine,
    )
    text = laid_before(sheet)
    paper = SignOff.objects.create(
        target_type=GradeSheet._meta.label_lower, target_id=sheet.pk, place=held.node, power=HOLD,
        title=sheet.title, url=sheet.get_absolute_url(), text=text, digest=sheet_digest(text, 1),
        state=SignOff.State.COMPLETE, ended=reports[0].signed_at,
    )  # fmt: skip
    paper.prepared_by.set([world.people["liulin"], world.people["xiangzhen"]])
    step = Step.objects.create(signoff=paper, place=1, node=held.node, power=SIGN)
    Signature.objects.create(step=step, by=signer, approve=True, digest=paper.digest)


def _list_items(world: World, reports: list[Report]) -> None:
    """List what is to be put right; most of it was, with this year's work."""
    officer, today = world.people["xiangzhen"], timezone.localdate()
    items = []
    for number, report in enumerate(reports):
        words, outcome = ITEMS[number % len(ITEMS)]
        due = date(report.appraisal.year + 1, 6, 30)
        item = Rectification(report=report, words=words, due=due, by=officer)
        item.owner = report.secretary or officer
        if number % 4 and (done := due - timedelta(days=3 * (number % 20))) <= today:
            item.done, item.outcome = done, outcome
        items.append(item)
    branch = next(one for one in reports if one.node_id == world.nodes[BRANCH].pk)
    late = today + timedelta(days=30)
    words = "把年轻党员的志愿服务安排好，逢集日在便民点值班。"
    items.append(
        Rectification(report=branch, words=words, due=late, by=officer, owner=branch.secretary)
    )
    in_batches(items, Rectification)
    _name_work([one for one in items if one.done and one.owner_id != officer.pk])


def _name_work(items: list[Rectification]) -> None:
    for item in items:
        there = Record.objects.filter(unit__node=item.report.node, state__in=STANDING)
        since = date(item.report.appraisal.year + 1, 1, 1)
        item.records.set(there.filter(kind__in=WORK, day__range=(since, item.done))[:3])


def _go_on(world: World, held: ReportAppraisal, drawn: random.Random) -> None:
    """Bring the reports of this year to where they stand: the branch with accounts writes its."""
    today, votes, changed = timezone.localdate(), [], []
    reports = held.reports.select_related("node", "appraisal", "secretary")
    for number, report in enumerate(reports):
        mine = report.node_id == world.nodes[BRANCH].pk
        if not mine and number % 3 == 2:
            continue
        _written(world, report, number + 2)
        if mine:
            continue
        _submitted(world, report, today - timedelta(days=number % 5 + 3))
        if number % 3 == 1:
            _commented(world, report, number, today - timedelta(days=2))
        if number % 9 == 1:
            votes += _counted(world, report, drawn, today - timedelta(days=1))
        changed.append(report)
    in_batches(votes, Votes)
    fields: list[Any] = [f.name for f in Report._meta.concrete_fields if f.name != "id"]
    Report.objects.bulk_update(changed, fields, batch_size=50)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15, 30)))

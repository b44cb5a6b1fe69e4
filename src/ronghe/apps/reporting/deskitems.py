"""What waits for people about report appraisals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.desk.items import Item, Press
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Rectification, Report, ReportAppraisal, Sentence
from ronghe.apps.reporting.stages import Stage

MOST = 20
"""So many items of a kind are listed; the rest stand on the pages."""


def reports_waiting(user: Any) -> Iterator[Item]:
    """List one's own reports to write and results, and what others' reports wait for."""
    today, assessed = timezone.localdate(), Q(secretary__in=powers.principals_of(user))
    own = Q(secretary=user) | assessed
    drafts = Report.objects.filter(own, stage=Stage.DRAFT)
    begun = Exists(Sentence.objects.filter(report=OuterRef("pk")))
    for report in _first(drafts.annotate(begun=begun)):
        yield _to_write(report)
    counted = Report.objects.filter(secretary=user, stage=Stage.COUNTED, until__gte=today)
    for report in _first(counted):
        why = _("评议结果出来了；有异议可以提，没有异议不用办。")
        yield _item(report, _("述职评议结果"), why, _("看看"), due=report.until)
    commenting = _held_at(user, powers.COMMENT).filter(stage=Stage.SUBMITTED)
    commenting = commenting.exclude(own_pks(own)).exclude(submitted_by=user)
    yield from _gathered(commenting, _("点评述职报告"), _("报告已提交，等您点评。"))
    held = _held_at(user, powers.HOLD).exclude(own_pks(own))
    paper = held.filter(secretary=None, stage=Stage.DRAFT)
    yield from _gathered(paper, _("代录述职报告"), _("书记没有账号，交了纸质的由您代录。"))
    why = _("已点评，评议以后录入各方票数。")
    yield from _gathered(held.filter(stage=Stage.COMMENTED), _("录入评议票数"), why)
    ready = held.filter(stage=Stage.COUNTED, until__lt=today)
    why = _("异议期已满；几份可以一张单一次签。")
    yield from _gathered(ready, _("述职评议报请签批"), why, to="reporting:put_all_to_sign")


def _to_write(report: Any) -> Item:
    """Return the item of a draft: drawn by one press on the desk where there is nothing yet."""
    why = _("已从记录起草的可以直接改；改好提交。")
    item = _item(report, _("写述职报告"), why, _("去写"), due=report.appraisal.due)
    if report.begun:
        return item
    press = Press(reverse("reporting:draw", args=[report.pk]), _("从记录起草"))
    return replace(item, why=_("先从记录起草，再逐句改；改好提交。"), press=press)


def _held_at(user: Any, power: str) -> Any:
    """Return the reports of appraisals held where somebody has a power by a post of that place."""
    places = [one.node_id for one in user.reach(power).standings]
    return Report.objects.filter(appraisal__node__in=places)


def _gathered(reports: Any, what: str, why: str, to: str = "reporting:appraisal") -> Iterator[Item]:
    """Yield an item for each appraisal: with the one report, or the page where they all stand."""
    counted = reports.order_by("appraisal").values("appraisal")
    rows = list(counted.annotate(many=Count("pk"), one=Min("pk"))[:MOST])
    alone = [row["one"] for row in rows if row["many"] == 1]
    ones = Report.objects.select_related("appraisal", "node").in_bulk(alone)
    held = ReportAppraisal.objects.select_related("node").in_bulk([r["appraisal"] for r in rows])
    for row in rows:
        if row["one"] in ones:
            yield _item(ones[row["one"]], what, why, _("打开"))
            continue
        at = held[row["appraisal"]]
        told = _("%(what)s：%(title)s，%(count)d份")
        title = told % {"what": what, "title": at.title, "count": row["many"]}
        yield Item(title, why, reverse(to, args=[at.pk]), _("打开"), None, at.node)


def own_pks(own: Q) -> Q:
    """Return the filter for the reports of the assessed by id: others may have no secretary."""
    return Q(pk__in=Report.objects.filter(own).values("pk"))


def items_waiting(user: Any) -> Iterator[Item]:
    """List one's open items of rectification lists."""
    open_ones = Rectification.objects.filter(owner=user, done=None)
    for item in open_ones.select_related("report__node")[:MOST]:
        url = reverse("reporting:finish", args=[item.pk])
        place = item.report.node
        yield Item(item.words, _("述职评议整改。"), url, _("办结"), item.due, place)


def _first(rows: Any) -> Any:
    return rows.select_related("appraisal", "node")[:MOST]


def _item(report: Report, what: str, why: str, action: str, due: Any = None) -> Item:
    title = f"{what}：{report.node} {report.appraisal.year}"
    return Item(title, why, report.get_absolute_url(), action, due, report.node)

"""What waits for people about report appraisals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.desk.items import Item
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Rectification, Report
from ronghe.apps.reporting.stages import Stage

MOST = 20
"""So many items of a kind are listed; the rest stand on the pages."""
AT = "appraisal__node__path"


def reports_waiting(user: Any) -> Iterator[Item]:
    """List what somebody writes, may object to, comments on, counts or puts to sign."""
    today, assessed = timezone.localdate(), Q(secretary__in=powers.principals_of(user))
    mine, own = Q(secretary=user), Q(secretary=user) | assessed
    paper = Q(user.reach(powers.HOLD).within(AT), secretary=None)
    drafts = Report.objects.filter(own | paper, stage=Stage.DRAFT)
    for report in _first(drafts):
        why = _("已从记录起草的可以直接改；改好提交。")
        yield _item(report, _("写述职报告"), why, _("去写"), due=report.appraisal.due)
    for report in _first(Report.objects.filter(mine, stage=Stage.COUNTED, until__gte=today)):
        why = _("评议结果出来了；有异议可以提，没有异议不用办。")
        yield _item(report, _("述职评议结果"), why, _("看看"), due=report.until)
    commenting = Report.objects.filter(user.reach(powers.COMMENT).within(AT), stage=Stage.SUBMITTED)
    for report in _first(commenting.exclude(own_pks(own)).exclude(submitted_by=user)):
        yield _item(report, _("点评述职报告"), _("报告已提交，等您点评。"), _("点评"))
    held = Report.objects.filter(user.reach(powers.HOLD).within(AT)).exclude(own_pks(own))
    for report in _first(held.filter(stage=Stage.COMMENTED)):
        yield _item(report, _("录入评议票数"), _("已点评，评议以后录入各方票数。"), _("录入"))
    for report in _first(held.filter(stage=Stage.COUNTED, until__lt=today)):
        yield _item(report, _("述职评议报请签批"), _("异议期已满。"), _("打开"))


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

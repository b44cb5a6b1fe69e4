"""The style guide (界面样例): each component once, as real as on a page."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.ui import samples
from ronghe.ui.components import Moment, Step, Tab, order_of
from ronghe.ui.forms import DayField, UploadField


class SampleFilters(forms.Form):
    """What narrows the sample table."""

    q = forms.CharField(label=gettext_lazy("事项"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), ("open", gettext_lazy("办理中"))],
    )


class SampleForm(forms.Form):
    """A form with each kind of field."""

    title = forms.CharField(label=gettext_lazy("事项"), help_text=gettext_lazy("一句话说清楚。"))
    day = DayField(label=gettext_lazy("日期"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"),
        widget=forms.RadioSelect,
        choices=[("deed", gettext_lazy("实事")), ("meeting", gettext_lazy("会议"))],
    )
    evidence = UploadField(
        label=gettext_lazy("佐证材料（可不填）"),
        endings=[".pdf", ".jpg", ".png"],
        megabytes=10,
        required=False,
    )
    seen = forms.BooleanField(label=gettext_lazy("本人在场"), required=False)


@login_required
def guide(request: HttpRequest) -> HttpResponse:
    """Show every component once."""
    key, _fields = order_of(request, {"what": ["title"], "due": ["due"]}, default="due")
    sent = {"kind": "deed"} if "refused" in request.GET else None
    form = SampleForm(sent, initial={"day": timezone.localdate()})
    context = {
        "sort": key,
        "filters": SampleFilters(request.GET),
        "form": form,
        "rows": _rows(),
        "page": Paginator(range(120), 50).get_page(request.GET.get("page")),
        **_under_way(),
        **samples.charts(),
    }
    return render(request, "ui/styleguide.html", context)


def _rows() -> list[dict[str, Any]]:
    told = [
        (_("修通枣树村果园机耕路"), _("办理中"), "active", 12),
        (_("冷库用电增容"), _("等供电公司答复"), "attention", 2),
        (_("电商培训班"), _("已办结"), "good", None),
        (_("村口停车场"), _("不予受理"), "stopped", None),
    ]
    return [
        {"what": what, "state": state, "kind": kind, "due": None if left is None else _day(left)}
        for what, state, kind, left in told
    ]


def _day(left: int) -> date:
    return timezone.localdate() + timedelta(days=left)


def _under_way() -> dict[str, Any]:
    return {
        "today": _day(0),
        "soon": _day(2),
        "late": _day(-3),
        "far": _day(60),
        "until": _day(365),
        "tabs": [
            Tab(_("全部"), "#views", current=True, count=34),
            Tab(_("等我核实"), "#views", count=3),
            Tab(_("已核实"), "#views"),
        ],
        "steps": [
            Step(_("开始"), "done", note=_("6月1日")),
            Step(_("收集"), "done", note=_("齐全")),
            Step(_("核实"), "held", note=_("统计局还有2项数据没有交"), url="#steps"),
            Step(_("计算"), "later"),
            Step(_("公示"), "later"),
        ],
        "moments": [
            Moment(timezone.now(), _("结果公示"), who="沈静"),
            Moment(_day(-4), _("补交用工数据"), detail=_("原来少算了两家合作社。"), who="孙有数"),
            Moment(_day(-30), _("轮次开始"), url="#timeline"),
        ],
        "item": SimpleNamespace(
            title=_("核实枣树村党支部的3条纪实"),
            why=_("您是柳林镇的核实人，录入人不能核实自己录的。"),
            due=_day(2),
            url="#waits",
            action=_("去核实"),
        ),
    }

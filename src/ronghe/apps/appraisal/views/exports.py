"""Pages of what leaves the site of a round: everything in one place, pay sheet, open data."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.analysis.scheme.check.pay import PAID
from ronghe.apps.appraisal.forms.exports import ReleaseForm
from ronghe.apps.appraisal.models import Round
from ronghe.apps.appraisal.selectors import exports as selectors
from ronghe.apps.appraisal.selectors.rounds import round_visible_to, scheme_of, sees_whole
from ronghe.apps.appraisal.services import exports as services
from ronghe.ui.forms import refused

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def exports(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that can be taken of a round."""
    shown = round_visible_to(request.user, pk)
    if not sees_whole(request.user, shown):
        raise Http404
    pay, data = selectors.may_take(request.user, shown)
    scheme, grades = scheme_of(shown), services.grade_titles(shown)
    context = {
        "round": shown,
        "pay": pay,
        "sets_pay": selectors.is_paid(scheme),
        "paid": scheme.appraises in PAID,
        "set_by": scheme.pay,
        "coefficients": [(grades[code], one) for code, one in scheme.coefficients.items()],
        "data": data,
        "computed": shown.run_id is not None,
    }
    return render(request, "appraisal/exports.html", context)


@require_POST
@login_required
def pay_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the pay sheet, with the coefficients that stand in the scheme."""
    shown = selectors.round_paid_by(request.user, pk)
    content = services.take_pay_sheet(shown, by=request.user)
    return _file(content, EXCEL, _("%(title)s绩效发放表.xlsx") % {"title": shown.title})


@login_required
def open_data(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the licence and send what is released."""
    shown = selectors.round_released_by(request.user, pk)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        content = services.release_open_data(
            shown,
            licence=form.cleaned_data["licence"],
            contact=form.cleaned_data["contact"],
            by=request.user,
        )
        return _file(
            content, "application/zip", _("%(title)s开放数据.zip") % {"title": shown.title}
        )
    told = _(
        "只有已审定的组织、地区、项目的结果，没有个人，没有票数；同类组不足5个单位的不列名次，"
        "投票人太少的单位只列总分和等次。谁在什么时候发布了什么，审计记录里有。"
    )
    return _page(request, shown, form, _("开放数据"), told, _("发布并取得"))


def _page(
    request: HttpRequest,
    shown: Round,
    form: ReleaseForm,
    title: str,
    told: str,
    submit: str,
) -> HttpResponse:
    context = {
        "form": form,
        "title": f"{title} · {shown.title}",
        "explained": told,
        "submit": submit,
        "back": reverse("appraisal:exports", args=[shown.pk]),
    }
    return render(request, "ui/form_page.html", context, status=refused(request))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or ""
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})

"""Pages of report appraisals: the list, opening one, where its reports stand."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.forms import OpenForm
from ronghe.apps.reporting.selectors import reports as selectors
from ronghe.apps.reporting.selectors import sheets
from ronghe.apps.reporting.services import holding
from ronghe.apps.reporting.stages import Stage
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of


@login_required
def appraisals(request: HttpRequest) -> HttpResponse:
    """List the report appraisals that concern somebody."""
    if not request.user.has_perm(powers.SEE_PAGES):
        raise PermissionDenied
    context = {
        "page": page_of(selectors.appraisals_visible_to(request.user), request),
        "may_hold": request.user.has_perm(powers.HOLD),
    }
    return render(request, "reporting/appraisals.html", context)


@login_required
def open_appraisal(request: HttpRequest) -> HttpResponse:
    """Open the report appraisal of a year, with the rules of the one before to start from."""
    if not request.user.has_perm(powers.HOLD):
        raise PermissionDenied
    places = selectors.places_held_by(request.user)
    before = selectors.appraisals_visible_to(request.user).filter(node__in=places).first()
    initial: dict[str, Any] = {"year": timezone.localdate().year}
    if before is not None:
        kept = ("needed", "result_share", "objection_days", "document")
        initial |= {name: getattr(before, name) for name in kept}
    weights = before.weights if before else {}
    form = OpenForm(request.POST or None, places=places, weights=weights, initial=initial)
    return form_page(
        request,
        form,
        save=lambda place, **rules: holding.open_appraisal(place, by=request.user, **rules),
        done=_("已开展，各位书记已收到通知。"),
        to=lambda made: made.get_absolute_url(),
        title=_("开展述职评议"),
        explained=_(
            "报告由系统从纪实、数据和考核结果起草，书记只改不填；权重和得票率按方案填，系统不设定数。"
        ),
        submit=_("开展"),
        back=reverse("reporting:appraisals"),
    )


@login_required
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the reports of an appraisal stand, in the order of the organisations."""
    held = selectors.appraisal_visible_to(request.user, pk)
    rows = selectors.reports_listed_for(request.user, held)
    page = page_of(rows, request)
    readable = selectors.reports_visible_to(request.user).filter(pk__in=[one.pk for one in page])
    context = {
        "appraisal": held,
        "page": page,
        "readable": set(readable.values_list("pk", flat=True)),
        "drafts": rows.filter(stage=Stage.DRAFT).count(),
        "final": rows.filter(stage=Stage.FINAL).count(),
        "weights": [(words, f"{weight}%") for words, weight in selectors.weights_of(held)],
        "sheets": sheets.sheets_of(request.user, held),
        "may_sign": sheets.is_ready_for(request.user, held),
        "share": f"{held.result_share}%",
    }
    return render(request, "reporting/appraisal.html", context)

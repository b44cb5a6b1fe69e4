"""Pages of joint plans: the list, one plan with its links, deploying it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ronghe.apps.planning import forms
from ronghe.apps.planning.history import moments_of
from ronghe.apps.planning.models import Plan
from ronghe.apps.planning.permissions import DEPLOY_PLANS, SEE_PLANS, WRITE_PLANS
from ronghe.apps.planning.selectors import plans as selectors
from ronghe.apps.planning.services import plans as services
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """List the plans somebody sees, this year's first."""
    if not request.user.has_perm(SEE_PLANS):
        raise PermissionDenied
    context = {
        "page": page_of(selectors.counted(selectors.plans_visible_to(request.user)), request),
        "may_write": request.user.has_perm(WRITE_PLANS),
    }
    return render(request, "planning/plans.html", context)


@login_required
def add_plan(request: HttpRequest) -> HttpResponse:
    """Begin a plan."""
    if not request.user.has_perm(WRITE_PLANS):
        raise PermissionDenied
    places = selectors.places_planned_by(request.user)
    return form_page(
        request,
        forms.PlanForm(request.POST or None, places=places),
        save=lambda **said: services.make_plan(by=request.user, **said),
        done=_("计划已建，可以列事项了。"),
        to=Plan.get_absolute_url,
        title=_("编制共同谋划计划"),
        explained=_(
            "一个党组织一年一份：经济上要办的重点事项和党建行动列在一起，哪项行动支撑哪件事，一眼看清。"
        ),
        submit=_("开始编制"),
        back=reverse("planning:plans"),
    )


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: what is linked to nothing first, then projects and the actions behind them."""
    shown = selectors.plan_visible_to(request.user, pk)
    may_write = request.user.has_perm(WRITE_PLANS, shown.node)
    laid = selectors.laid_out(shown)
    context: dict[str, Any] = {
        "plan": shown,
        "laid": laid,
        "may_write": may_write,
        "may_deploy": shown.is_draft
        and bool(laid.entries)
        and request.user.has_perm(DEPLOY_PLANS, shown.node),
        "carried": selectors.unfinished_before(shown).count()
        if may_write and shown.is_draft
        else 0,
        "moments": moments_of(shown.changes.select_related("entry", "by"), named=True),
    }
    return render(request, "planning/plan.html", context)


@login_required
@require_POST
def deploy(request: HttpRequest, pk: int) -> HttpResponse:
    """Deploy a plan."""
    shown = selectors.plan_deployed_by(request.user, pk)
    try:
        services.deploy(shown, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("已部署，有事项的单位已收到通知。"))
    return redirect(shown)


@login_required
@require_POST
def carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy what last year's plan left unfinished."""
    shown = selectors.plan_written_by(request.user, pk)
    try:
        many = services.carry_over(shown, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        told = ngettext("已结转%(count)d项，期限顺延到今年，请逐项看一看。",
                        "已结转%(count)d项，期限顺延到今年，请逐项看一看。", many)  # fmt: skip
        messages.success(request, told % {"count": many})
    return redirect(shown)

"""Pages of what is known of a place: registration, codes, households."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.registry import forms, selectors, services
from ronghe.apps.registry.models import STATED
from ronghe.apps.registry.permissions import KEEP_HOUSEHOLDS
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of


@login_required
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """State what is registered of a business."""
    business = selectors.business_registered_by(request.user, pk)
    known = selectors.registration_of(business)
    start = {name: getattr(known, name, None) for name in STATED}
    back = reverse("registry:node", args=[pk])
    return form_page(
        request,
        forms.RegistrationForm(request.POST or None, initial=start, kind=business.kind),
        save=partial(services.register_business, business, by=request.user),
        done=_("登记信息已保存；以前登记的照旧可查。"),
        to=back,
        title=_("%(name)s的登记信息") % {"name": business.name},
        submit=_("保存"),
        back=back,
    )


@login_required
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """State the statistical code of an area."""
    area = selectors.node_managed_by(request.user, pk)
    back = reverse("registry:node", args=[pk])
    return form_page(
        request,
        forms.AreaCodeForm(request.POST or None),
        save=partial(services.state_area_code, area, by=request.user),
        done=_("区划代码已保存；以前的代码照旧可查。"),
        to=back,
        title=_("%(name)s的区划代码") % {"name": area.name},
        explained=_("县6位、乡镇9位、村12位，以上级的代码开头。"),
        submit=_("保存"),
        back=back,
    )


@login_required
def households(request: HttpRequest, pk: int) -> HttpResponse:
    """List the households of a village."""
    village = selectors.village_kept_by(request.user, pk)
    form = forms.HouseholdsForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = selectors.households_of(village, search=asked.get("q", ""), mark=asked.get("mark", ""))
    context = {"node": village, "form": form, "page": page_of(found, request)}
    return render(request, "registry/households.html", context)


@login_required
def add_household(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a household of a village."""
    village = selectors.village_kept_by(request.user, pk)
    return form_page(
        request,
        forms.HouseholdForm(request.POST or None),
        save=partial(services.add_household, village, by=request.user),
        done=_("户已登记。"),
        to=lambda made: reverse("registry:household", args=[made.pk]),
        title=_("在%(name)s登记户") % {"name": village.name},
        submit=_("登记"),
        back=reverse("registry:households", args=[pk]),
    )


@login_required
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one household with its marks."""
    shown = selectors.household_kept_by(request.user, pk)
    audit.saw(
        "registry.household_seen",
        by=request.user,
        target=shown,
        place=shown.node,
        power=KEEP_HOUSEHOLDS,
    )
    context = {
        "household": shown,
        "marks": shown.marks.order_by("until", "-since"),
        "sections": sections_of("registry.household", request.user, shown),
    }
    return render(request, "registry/household.html", context)


@login_required
def correct_household(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct or end a household."""
    shown = selectors.household_kept_by(request.user, pk)
    back = reverse("registry:household", args=[pk])
    start = {name: getattr(shown, name) for name in ("code", "head", "people", "until")}
    return form_page(
        request,
        forms.CorrectHouseholdForm(request.POST or None, initial=start),
        save=partial(services.correct_household, shown, by=request.user),
        done=_("已更正。"),
        to=back,
        title=_("更正户%(code)s") % {"code": shown.code},
        submit=_("保存"),
        back=back,
    )


@login_required
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a household."""
    shown = selectors.household_kept_by(request.user, pk)
    back = reverse("registry:household", args=[pk])
    return form_page(
        request,
        forms.MarkForm(request.POST or None),
        save=partial(services.mark_household, shown, by=request.user),
        done=_("标识已登记。"),
        to=back,
        title=_("给户%(code)s加标识") % {"code": shown.code},
        submit=_("保存"),
        back=back,
    )


@login_required
def end_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """End a mark."""
    ended = selectors.mark_kept_by(request.user, pk)
    back = reverse("registry:household", args=[ended.household_id])
    named = {"code": ended.household.code, "mark": ended.get_mark_display()}
    return form_page(
        request,
        forms.EndMarkForm(request.POST or None),
        save=partial(services.end_mark, ended, by=request.user),
        done=_("标识已解除；以前的照旧可查。"),
        to=back,
        title=_("解除户%(code)s的标识：%(mark)s") % named,
        submit=_("保存"),
        back=back,
    )

"""What is recorded and measured, why, by whom, for which schemes; who is in charge of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.access import Role
from ronghe.apps.records import forms, services
from ronghe.apps.records.catalogue import KINDS, Kind
from ronghe.apps.records.models import MeasureDefinition
from ronghe.apps.records.permissions import DEFINE
from ronghe.apps.records.selectors.figures import (
    counties_defined_by,
    definition_defined_by,
    definitions_visible_to,
    owners_in,
    owners_of_kinds,
)
from ronghe.apps.records.uses import uses_for
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of


@login_required
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show every kind of record and every measure of one's counties, in plain words."""
    uses = uses_for(request.user)
    owners = owners_of_kinds(request.user)
    kinds = [
        (one, _entered_by(one), owners.get(one.code), uses.get(one.code, []))
        for one in KINDS.values()
    ]
    page = page_of(definitions_visible_to(request.user).order_by("county", "code"), request)
    context = {
        "kinds": kinds,
        "page": page,
        "measures": [(one, uses.get(one.code, [])) for one in page],
        "counties": counties_defined_by(request.user),
        "may_define": request.user.has_perm(DEFINE),
    }
    return render(request, "records/catalogue.html", context)


@login_required
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a department of a county in charge of a kind of record."""
    county = counties_defined_by(request.user).filter(pk=pk).first()
    if county is None:
        raise Http404
    form = forms.GiveKindForm(request.POST or None, owners=owners_in(county))

    def save(**said: Any) -> Any:
        return services.give_kind(county=county, by=request.user, **said)

    return form_page(
        request,
        form,
        save=save,
        done=_("已确定责任部门。"),
        to=reverse("records:catalogue"),
        title=_("确定纪实责任部门"),
        explained=_("责任部门为全县每个单位登记这一类纪实，乡镇、村不再重复填报。"),
        submit=_("确定"),
        back=reverse("records:catalogue"),
    )


@login_required
def define(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a new measure of a county is."""
    county = counties_defined_by(request.user).filter(pk=pk).first()
    if county is None:
        raise Http404
    return _define(request, MeasureDefinition(county=county), _("新增数据口径"))


@login_required
def redefine(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a measure is, or who is in charge of it."""
    found = definition_defined_by(request.user, pk)
    return _define(request, found, _("数据口径：%(title)s") % {"title": found.title})


def _define(request: HttpRequest, definition: MeasureDefinition, title: str) -> HttpResponse:
    form: Any = forms.DefinitionForm(
        request.POST or None, instance=definition, owners=owners_in(definition.county)
    )

    def save(**_said: Any) -> MeasureDefinition:
        return services.define_measure(form.instance, by=request.user)

    return form_page(
        request,
        form,
        save=save,
        done=_("已保存。"),
        to=reverse("records:catalogue"),
        title=title,
        explained=_("一项数据由一个部门一次提供给全县；公布不到的层级不要下达。"),
        submit=_("保存"),
        back=reverse("records:catalogue"),
    )


def _entered_by(kind: Kind) -> str:
    """Return the roles that enter a kind, in words."""
    return _("、").join(str(Role(one).label) for one in Role if one in kind.roles)

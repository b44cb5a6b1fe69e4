"""The pages that open a round: what and where, then which groups or units."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.forms.rounds import ALL, GROUPS, ChooseForm, OpenForm
from ronghe.apps.appraisal.models import Version
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.selectors.schemes import versions_visible_to
from ronghe.apps.appraisal.services import rounds as services
from ronghe.apps.records.snapshot.tree import tree_of
from ronghe.apps.registry.models import Level
from ronghe.apps.registry.selectors import nodes_reached_by
from ronghe.ui.forms import refused, take_errors

MOST = 1000
"""So many units can be chosen one by one."""


@login_required
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round: in one step for all units, in two for some of them."""
    user: Any = request.user
    if not user.has_perm(powers.RUN_ROUNDS):
        raise PermissionDenied
    versions = versions_visible_to(user).filter(state=Version.State.PUBLISHED)
    nodes = nodes_reached_by(user, powers.RUN_ROUNDS).filter(level__lte=Level.TOWNSHIP)
    start = {"period": timezone.localdate().year - 1, "scope": ALL}
    form: Any = OpenForm(request.POST or None, versions=versions, nodes=nodes, initial=start)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        scope = sent.pop("scope")
        try:
            if scope == ALL:
                return _opened(services.open_round(by=user, **sent))
            form = _choosing(request, form, scope)
            if form.is_valid():
                picked = {"groups" if scope == GROUPS else "chosen": form.cleaned_data["picked"]}
                return _opened(services.open_round(by=user, **sent, **picked))
        except ValidationError as refusal:
            take_errors(form, refusal)
    return _page(request, form)


def _choosing(request: HttpRequest, form: OpenForm, scope: str) -> ChooseForm:
    """Return the second page: bound only once it was sent itself."""
    version, at = form.cleaned_data["version"], form.cleaned_data["at"]
    offered = _offered(version, at, form.cleaned_data["period"], scope)
    said = {name: request.POST[name] for name in form.fields if name in request.POST}
    data = request.POST if "choosing" in request.POST else None
    return ChooseForm(data, offered=offered, said=said)


def _offered(version: Version, at: Any, period: str, scope: str) -> list[tuple[str, str]]:
    scheme = services.scheme_for(version, period)
    tree = tree_of(at.county or at, scheme.period.until)
    units = selectors.units_in(tree, scheme, at)
    if not units.names:
        raise ValidationError({"at": _("这里没有这个方案的考核对象。")})
    if scope == GROUPS:
        titles = {code: str(words) for code, words in scheme.peer_groups.items()}
        found = sorted(set(units.groups.values()) - {""})
        if not found:
            raise ValidationError({"scope": _("这里的考核对象没有分组，请选“全部”或“逐个选”。")})
        return [(code, titles.get(code, code)) for code in found]
    if len(units.names) > MOST:
        told = _("考核对象超过%(most)d个，请选“全部”或“按分组选”。")
        raise ValidationError({"scope": told % {"most": MOST}})
    return list(units.names.items())


def _opened(round_: Any) -> HttpResponse:
    return redirect("appraisal:round", round_.pk)


def _page(request: HttpRequest, form: Any) -> HttpResponse:
    choosing = isinstance(form, ChooseForm)
    context = {
        "form": form,
        "title": _("选择考核对象") if choosing else _("开展考核"),
        "submit": _("建立"),
        "back": reverse("appraisal:open_round" if choosing else "appraisal:rounds"),
    }
    asked = choosing and "choosing" not in request.POST
    status = 200 if asked else refused(request)
    return render(request, "appraisal/form.html", context, status=status)

"""Pages of the rules: the list, one rule at a place, setting and confirming."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.registry.selectors import node_visible_to
from ronghe.apps.regulations import forms, selectors, services
from ronghe.apps.regulations.permissions import SEE_RULES, SET_VALUES
from ronghe.apps.regulations.words import said
from ronghe.ui.forms import refused, take_errors
from ronghe.ui.sections import sections_of


@login_required
def rules(request: HttpRequest) -> HttpResponse:
    """List what holds at a place on a day, by subject; htmx asks for the list alone."""
    if not request.user.has_perm(SEE_RULES):
        raise PermissionDenied
    form = forms.RulesForm(request.GET, nodes=selectors.places_for(request.user))
    chosen = form.cleaned_data if form.is_valid() else {}
    place = chosen.get("at") or selectors.usual_place(request.user)
    form.fields["at"].initial = place
    day = chosen.get("on") or timezone.localdate()
    grouped = selectors.rules_at(place, day, search=chosen.get("q", "").strip())
    context = {"form": form, "place": place, "day": day, "subjects": grouped}
    fragment = "HX-Request" in request.headers
    return render(request, f"regulations/{'_rules' if fragment else 'rules'}.html", context)


@login_required
def rule(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show one rule at a place: what holds today, every built-in and local value."""
    place, key = node_visible_to(request.user, pk), selectors.key_or_404(key)
    built_in = selectors.rulebook().history(key)
    context = {
        "place": place,
        "key": key,
        "rule": built_in[-1],
        "title": said(built_in[-1].title),
        "today": timezone.localdate(),
        "valid": _valid_today(key, place),
        "built_in": [selectors.Valid(one) for one in reversed(built_in)],
        "locals": [selectors.as_valid(one) for one in selectors.history_at(key, place)],
        "may_set": place.closed is None and request.user.has_perm(SET_VALUES, place),
    }
    return render(request, "regulations/rule.html", context)


@login_required
def set_value(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Propose another value for a place and everything below it."""
    place, key = selectors.place_set_by(request.user, pk), selectors.key_or_404(key)
    rule_now = selectors.rulebook().history(key)[-1]
    form = forms.ValueForm(request.POST or None, rule=rule_now)
    service, title = services.propose_value, _("另定本地的值")
    return _propose(request, form, service, title, place, key)


@login_required
def confirm(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Propose to confirm the built-in value for a place and everything below it."""
    place, key = selectors.place_set_by(request.user, pk), selectors.key_or_404(key)
    form = forms.ConfirmForm(request.POST or None)
    service, title = services.propose_confirmation, _("确认内置的值")
    return _propose(request, form, service, title, place, key)


@login_required
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one local value: what it says, beside the built-in one, and what became of it."""
    local = selectors.value_visible_to(request.user, pk)
    valid = selectors.as_valid(local)
    context = {
        "local": local,
        "valid": valid,
        "built_in": selectors.Valid(valid.rule.overrides or valid.rule),
        "sections": sections_of("regulations.value", request.user, local),
    }
    return render(request, "regulations/value.html", context)


def _propose(
    request: HttpRequest, form: Any, service: Any, title: str, place: Any, key: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            local = service(key, node=place, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("已提出，等另一人签批后生效。"))
            return redirect(local)
    context = {
        "form": form,
        "place": place,
        "key": key,
        "title": title,
        "valid": _valid_today(key, place),
        "rule_title": said(selectors.rulebook().history(key)[-1].title),
    }
    return render(request, "regulations/propose.html", context, status=refused(request))


def _valid_today(key: str, place: Any) -> selectors.Valid | None:
    return selectors.find(key, on=timezone.localdate(), at=place)

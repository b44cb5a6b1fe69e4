"""Pages where votes and expert scores are entered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.forms.rounds import ScoresForm, VotesForm
from ronghe.apps.appraisal.models import ExpertScore, Votes
from ronghe.apps.appraisal.selectors import rounds as selectors
from ronghe.apps.appraisal.services import rounds as services
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import refused, take_errors
from ronghe.ui.paging import page_of


@login_required
def votes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the units whose votes somebody enters, or with ``unit`` and ``ballot`` the form."""
    round_ = selectors.round_visible_to(request.user, pk)
    if not request.user.has_perm(powers.ENTER_VOTES):
        raise PermissionDenied
    units = selectors.units_of(round_)
    nodes = _nodes(request.user, units)
    ballots = {one.ballot: one for one in services.ballots_of(round_)}
    unit, ballot = request.GET.get("unit", ""), request.GET.get("ballot", "")
    if unit or ballot:
        if unit not in nodes or ballot not in ballots:
            raise Http404
        return _enter(request, round_, ballots[ballot], unit, units.names[unit], nodes[unit])
    counted = set(Votes.objects.filter(round=round_).values_list("ballot", "unit").distinct())
    rows = [
        (code, units.names[code], ballot, (ballot, code) in counted)
        for code in sorted(nodes)
        for ballot in ballots
    ]
    context = {"round": round_, "page": page_of(rows, request)}
    return render(request, "appraisal/votes.html", context)


def _nodes(user: Any, units: selectors.Units) -> dict[str, Node]:
    """Return the units whose votes a person enters, with the node each stands at."""
    within = Node.objects.filter(user.reach(powers.ENTER_VOTES).within(), closed=None)
    known = {node.code: node for node in within}
    places = {code: code if code in known else units.above[code] for code in units.names}
    return {code: known[place] for code, place in places.items() if place in known}


def _enter(
    request: HttpRequest, round_: Any, source: Any, unit: str, name: str, node: Node
) -> HttpResponse:
    held = Votes.objects.filter(round=round_, ballot=source.ballot, unit=unit)
    known = {(one.group, one.grade): one.count for one in held}
    form = VotesForm(request.POST or None, source=source, known=known)
    back = reverse("appraisal:votes", args=[round_.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_votes(
                round_,
                ballot=source.ballot,
                unit=unit,
                counts=form.counts(),
                node=node,
                by=request.user,
            )
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("已录入“%(name)s”的票数。") % {"name": name})
            return redirect(back)
    context = {
        "form": form,
        "title": _("民主测评票数：%(name)s") % {"name": name},
        "told": _("只录各类投票人投了多少票，不录是谁投的。"),
        "submit": _("保存"),
        "back": back,
    }
    return render(request, "appraisal/form.html", context, status=refused(request))


@login_required
def scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an expert's own scores."""
    user: Any = request.user
    round_ = selectors.round_within(user, powers.GIVE_SCORES, pk)
    panels = services.panels_of(round_)
    panel = request.GET.get("panel", panels[0] if panels else "")
    units = selectors.units_of(round_)
    held = ExpertScore.objects.filter(round=round_, panel=panel, expert=user)
    known = dict(held.values_list("unit", "score"))
    form = ScoresForm(request.POST or None, units=units.names, known=known)
    back = reverse("appraisal:round", args=[round_.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.give_scores(round_, panel=panel, scores=form.scores(), by=request.user)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("评分已保存；截止前可以改。"))
            return redirect(back)
    context = {
        "form": form,
        "title": _("专家评分：%(title)s") % {"title": round_.title},
        "told": _("满分100；不了解的单位可以不评。与您有利害关系的请回避。"),
        "submit": _("保存"),
        "back": back,
    }
    return render(request, "appraisal/form.html", context, status=refused(request))

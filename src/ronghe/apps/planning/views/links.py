"""The page of the links behind the figures of the fusion diagnosis."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ronghe.apps.appraisal.selectors.rounds import result_with_sides
from ronghe.apps.planning.models import Sort
from ronghe.apps.planning.permissions import SEE_PLANS
from ronghe.apps.planning.selectors.links import (
    advances_linked_in,
    entries_linked_in,
    links_of,
    period_of,
)
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.ui.paging import page_of

MOST = 200
"""So many entries of a sort are listed."""


@login_required
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the projects, actions and records behind the figures of a unit of a round."""
    if not request.user.has_perm(SEE_PLANS):
        raise PermissionDenied
    result = result_with_sides(request.user, pk)
    node, round_ = result.node, result.run.round
    period = period_of(round_)
    found = entries_linked_in(node, period).select_related("node", "plan__node")
    entries = found.prefetch_related("projects", "actions").order_by("linked", "due", "pk")
    named = advances_linked_in(node, period).values("record")
    context = {
        "result": result,
        "round": round_,
        "links": links_of(node, {node.pk}, period).get(node.pk),
        "projects": entries.filter(sort=Sort.PROJECT)[:MOST],
        "actions": entries.filter(sort=Sort.ACTION)[:MOST],
        "page": page_of(records_visible_to(request.user).filter(pk__in=named), request),
    }
    return render(request, "planning/links.html", context)

"""Pages of the registry: the tree, one node, adding and moving."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronghe.apps.registry import selectors, services
from ronghe.apps.registry.forms import DayForm, MoveForm, NodeForm
from ronghe.apps.registry.permissions import MANAGE_TREE
from ronghe.ui.forms import refused, take_errors


@login_required
def tree(request: HttpRequest) -> HttpResponse:
    """Show the tree, today's or as it stood on a day; htmx asks for its rows alone."""
    form = DayForm(request.GET)
    day = form.cleaned_data["on"] if form.is_valid() else None
    search = request.GET.get("q", "").strip()
    if day:
        rows = selectors.tree_on(request.user, day)
    else:
        rows = selectors.tree_visible_to(request.user, search=search)
    context = {"rows": rows, "form": form, "day": day, "search": search}
    fragment = "HX-Request" in request.headers
    return render(request, "registry/_rows.html" if fragment else "registry/tree.html", context)


@login_required
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one node: where it belongs and has belonged, and what is below it."""
    shown = selectors.node_visible_to(request.user, pk)
    context = {
        "node": shown,
        "links": selectors.parent_links_of(shown),
        "children": selectors.children_of(shown, seen_by=request.user),
        "may_manage": request.user.has_perm(MANAGE_TREE, shown),
    }
    return render(request, "registry/node.html", context)


@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a node below this one."""
    parent = selectors.node_managed_by(request.user, pk)
    form = NodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_node(parent=parent, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("已新增“%(name)s”。") % {"name": added.name})
            return redirect("registry:node", added.pk)
    context = {"node": parent, "form": form}
    return render(request, "registry/add.html", context, status=refused(request))


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put this node under another parent from a day on."""
    moved = selectors.node_managed_by(request.user, pk)
    form = MoveForm(request.POST or None, parents=selectors.nodes_managed_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            services.move_node(moved, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("隶属关系已调整；以前的隶属关系照旧可查。"))
            return redirect("registry:node", moved.pk)
    context = {"node": moved, "form": form}
    return render(request, "registry/move.html", context, status=refused(request))

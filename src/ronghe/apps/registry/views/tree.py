"""Pages of the tree: the tree itself, one node, adding and changing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.registry import forms, selectors, services
from ronghe.apps.registry.course import course_of
from ronghe.apps.registry.models import AREA_DIGITS, BUSINESS_KINDS, Kind, Node
from ronghe.apps.registry.permissions import MANAGE_TREE, REGISTER_BUSINESS
from ronghe.ui.forms import form_page, node_label
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of

SUGGESTED = 20


@login_required
def tree(request: HttpRequest) -> HttpResponse:
    """Show the tree opened down to a node, or what was searched for; today's or a past day's."""
    form = forms.TreeForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    day, words = asked.get("on"), asked.get("q", "")
    context = {"form": form, "day": day, "search": words}
    if words:
        page = page_of(selectors.nodes_found(request.user, words, day=day), request)
        places = selectors.places_of(list(page))
        context |= {"page": page, "rows": [(one, places[one.pk]) for one in page]}
    else:
        context["twigs"] = selectors.twigs_for(request.user, to=asked.get("open"), day=day)
    fragment = "HX-Request" in request.headers
    return render(request, "registry/_rows.html" if fragment else "registry/tree.html", context)


@login_required
def twig(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one node of the tree, opened with ``?open=``; a fragment for htmx."""
    shown = selectors.node_visible_to(request.user, pk)
    form = forms.TreeForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    opened, day = asked.get("open") is not None, asked.get("on")
    drawn = selectors.twig_of(request.user, shown, opened=opened, day=day)
    return render(request, "registry/_twigs.html", {"twigs": [drawn], "day": day})


@login_required
def suggest(request: HttpRequest) -> HttpResponse:
    """List a few nodes by a part of their name or code, for a field that names one."""
    words = request.GET.get(request.GET.get("field", ""), "").strip()
    found = selectors.nodes_found(request.user, words) if words else Node.objects.none()
    kinds = request.GET.getlist("kind")
    shown = (found.filter(kind__in=kinds) if kinds else found)[:SUGGESTED]
    return render(request, "registry/_suggested.html", {"labels": map(node_label, shown)})


@login_required
def node(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one node: where it belongs, what apps know of it, its history, what is below it."""
    shown = selectors.node_visible_to(request.user, pk)
    context = {
        "node": shown,
        "above": selectors.above(shown),
        "course": course_of(shown),
        "page": page_of(selectors.children_of(shown, seen_by=request.user), request),
        "registrations": selectors.registrations_of(shown),
        "area_code": selectors.area_code_of(shown),
        "has_code": shown.kind in AREA_DIGITS,
        "keeps_households": shown.kind == Kind.VILLAGE
        and selectors.villages_kept_by(request.user).filter(pk=pk).exists(),
        "sections": sections_of("registry.node", request.user, shown),
        "may_register": shown.kind in BUSINESS_KINDS
        and shown.closed is None
        and request.user.has_perm(REGISTER_BUSINESS, shown),
        "may_manage": shown.closed is None and request.user.has_perm(MANAGE_TREE, shown),
    }
    return render(request, "registry/node.html", context)


@login_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a node below this one."""
    parent = selectors.node_managed_by(request.user, pk)
    return form_page(
        request,
        forms.NodeForm(request.POST or None),
        save=partial(services.add_node, parent=parent, by=request.user),
        done=lambda added: _("已新增“%(name)s”。") % {"name": added.name},
        to=lambda added: reverse("registry:node", args=[added.pk]),
        title=_("在%(name)s下新增") % {"name": parent.name},
        submit=_("新增"),
        back=reverse("registry:node", args=[pk]),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a node on screen: its words, its form and the service that makes it."""

    title: str | Promise
    explained: str | Promise
    done: str | Promise
    form: type[forms.ChangeForm]
    service: Callable[..., Node]


CHANGES = {
    "move": Change(
        gettext_lazy("调整隶属"),
        gettext_lazy("下级组织一并移动。以前的隶属关系保留，按往年口径考核不受影响。"),
        gettext_lazy("隶属关系已调整；以前的隶属关系照旧可查。"),
        forms.MoveForm,
        services.move_node,
    ),
    "rename": Change(
        gettext_lazy("更名"),
        gettext_lazy("以前的日子仍显示原来的名称。"),
        gettext_lazy("已更名；曾用名照旧可查。"),
        forms.RenameForm,
        services.rename_node,
    ),
    "split": Change(
        gettext_lazy("分设"),
        gettext_lazy("在同一上级之下分出一个新组织，所选的下级随之过去；原组织继续存在。"),
        gettext_lazy("已分设。"),
        forms.SplitForm,
        services.split_node,
    ),
    "merge": Change(
        gettext_lazy("并入"),
        gettext_lazy("下级组织全部移过去，本组织随即撤销，在本组织的任职同时失效，请另行任职。"),
        gettext_lazy("已并入；以前的组织照旧可查。"),
        forms.MergeForm,
        services.merge_node,
    ),
    "close": Change(
        gettext_lazy("撤销组织"),
        gettext_lazy("须先移走全部下级。撤销后任职同时失效；以前的日子照旧可查。"),
        gettext_lazy("已撤销；以前的组织照旧可查。"),
        forms.CloseForm,
        services.close_node,
    ),
}
"""The changes of a node by the last part of their address."""


@login_required
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Change this node in one of the ways of `CHANGES`."""
    changed, chosen = selectors.node_managed_by(request.user, pk), CHANGES[what]
    form = chosen.form(
        request.POST or None,
        nodes=selectors.nodes_managed_by(request.user),
        children=selectors.children_of(changed, seen_by=request.user),
    )
    return form_page(
        request,
        form,
        save=partial(chosen.service, changed, by=request.user),
        done=chosen.done,
        to=lambda shown: reverse("registry:node", args=[shown.pk]),
        title=_("%(title)s：%(name)s") % {"title": chosen.title, "name": changed.name},
        explained=chosen.explained,
        submit=_("保存"),
        back=reverse("registry:node", args=[pk]),
    )

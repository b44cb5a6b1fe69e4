"""Pages to enter a record, correct and withdraw it."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.access import Role
from ronghe.apps.members.selectors import member_of
from ronghe.apps.records import forms, purposes, services
from ronghe.apps.records.catalogue import KINDS, Kind
from ronghe.apps.records.models import Record
from ronghe.apps.records.permissions import ENTER_RECORDS
from ronghe.apps.records.selectors import entries
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import form_page


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Show the kinds that the person enters, those entered last first."""
    if not request.user.has_perm(ENTER_RECORDS):
        raise PermissionDenied
    kinds = entries.kinds_entered_by(request.user)
    asked = urlencode(purposes.asked_in(request.GET))
    return render(request, "records/choose.html", {"kinds": kinds, "all": KINDS, "asked": asked})


@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Enter a record of the kind that ``?kind=`` names, for the organisation of ``?unit=``."""
    if not request.user.has_perm(ENTER_RECORDS):
        raise PermissionDenied
    if "kind" not in request.GET:
        return redirect("records:choose")
    chosen = _kind(request.GET["kind"])
    nodes = entries.nodes_to_enter_for(request.user, chosen)
    node = _unit(request, nodes)
    if node is None:
        raise PermissionDenied
    role = _role(request.user, chosen, node)
    own = role == Role.MEMBER
    people = None if role in _ALONE else entries.people_of(node)
    asked = purposes.asked_in(request.GET)
    form = forms.AddForm(
        request.POST or None,
        kind=chosen,
        people=people,
        purposes=purposes.offered_to(request.user, node),
        initial={"client_key": uuid.uuid4().hex, **asked},
    )

    def save(**_fields: Any) -> Record:
        contents = form.contents()
        if own:
            contents["actors"] = [member_of(request.user)]
        return services.add_record(kind=chosen.code, unit=node, by=request.user, **contents)

    return form_page(
        request,
        form,
        save=save,
        done=_("已登记。"),
        to=_page_of,
        template="records/add.html",
        kind=chosen,
        node=node,
        asked=asked,
        nodes=nodes if len(nodes[:2]) > 1 else None,
        own=own,
        business=role == Role.ENTERPRISE,
    )


@login_required
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a record in place of another, with the reason."""
    record = entries.record_changed_by(request.user, pk)
    kind = _kind(record.kind)
    role = _role(request.user, kind, record.unit.node)
    people = None if role in _ALONE else entries.people_of(record.unit.node)
    form = forms.CorrectForm(request.POST or None, kind=kind, people=people, record=record)

    def save(**fields: Any) -> Record:
        changes = form.contents()
        if people is None:
            del changes["actors"]
        reason = fields["reason"]
        return services.correct_record(record, reason=reason, by=request.user, **changes)

    return form_page(
        request,
        form,
        save=save,
        done=_("已更正；原来的一条和理由都留着。"),
        to=_page_of,
        title=_("更正：%(what)s") % {"what": record.title},
        explained=_("更正后的一条要重新核实，原来的一条不再计入，但照旧可查。"),
        submit=_("更正"),
        back=_page_of(record),
    )


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a record, with the reason."""
    record = entries.record_changed_by(request.user, pk)
    form = forms.ReasonedForm(request.POST or None)
    return form_page(
        request,
        form,
        save=lambda reason: services.withdraw_record(record, reason=reason, by=request.user),
        done=_("已撤回；这一条和理由都留着，不再计入。"),
        to=_page_of,
        title=_("撤回：%(what)s") % {"what": record.title},
        explained=_("重复登记、登记错了单位或类别的，撤回后重新登记。"),
        submit=_("撤回"),
        back=_page_of(record),
    )


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _unit(request: HttpRequest, nodes: Any) -> Node | None:
    """Return the organisation asked for, else the one of last time, else the first at hand."""
    asked = request.GET.get("unit", "")
    if asked:
        found: Node | None = nodes.filter(pk=asked).first() if asked.isdigit() else None
        if found is None:
            raise Http404
        return found
    last: Node | None = nodes.filter(pk=entries.last_unit_of(request.user)).first()
    return last or nodes.order_by("path").first()


_ALONE = (Role.MEMBER, Role.ENTERPRISE)
"""Who enters only what is their own, and so names nobody else."""


def _role(user: Any, kind: Kind, node: Node) -> str:
    """Return the role in which somebody enters a kind for an organisation."""
    standing = entries.standing_to_enter(user, kind, node)
    return standing.role if standing else ""


def _page_of(record: Record) -> str:
    return reverse("records:record", args=[record.pk])

"""Pages to look at records: the list and one record."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.selectors import entries_about
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.forms import ListForm, rating
from ronghe.apps.records.models import Record, State
from ronghe.apps.records.permissions import ENTER_RECORDS, SEE_RECORDS
from ronghe.apps.records.selectors import entries
from ronghe.apps.records.selectors.evidence import evidence_of, hints_for
from ronghe.apps.registry.selectors import nodes_reached_by
from ronghe.ui.components import Moment
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of

LOOKS = {
    State.PENDING: "attention",
    State.ACCEPTED: "good",
    State.REFUSED: "stopped",
    State.SUPERSEDED: "neutral",
    State.WITHDRAWN: "neutral",
}
"""How a state looks."""


@login_required
def listed(request: HttpRequest) -> HttpResponse:
    """List the records within reach; htmx asks for the list alone."""
    if not (request.user.has_perm(SEE_RECORDS) or request.user.has_perm(ENTER_RECORDS)):
        raise PermissionDenied
    nodes = nodes_reached_by(request.user, SEE_RECORDS).exclude(kind__in=_NOT_ASKED)
    form = ListForm(request.GET, nodes=nodes)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = entries.records_visible_to(request.user, **chosen)
    context = {
        "form": form,
        "page": page_of(found, request),
        "looks": LOOKS,
        "may_enter": request.user.has_perm(ENTER_RECORDS),
    }
    fragment = "HX-Request" in request.headers
    return render(request, "records/_list.html" if fragment else "records/list.html", context)


_NOT_ASKED = ("enterprise", "cooperative", "family_farm", "collective", "social_organisation")


@login_required
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record: what it says, where it stands, what became of it."""
    shown = entries.record_visible_to(request.user, pk)
    kind = KINDS.get(shown.kind)
    further = [(one.title, shown.values.get(one.code, "")) for one in kind.fields] if kind else []
    chain = entries.history_of(shown)
    may_check = entries.records_waiting_for(request.user).filter(pk=pk).exists()
    context = {
        "record": shown,
        "kind": kind,
        "further": [(title, said) for title, said in further if said],
        "look": LOOKS[State(shown.state)],
        "moments": [moment for one in chain for moment in _moments(one)],
        "may_change": entries.is_changed_by(request.user, shown),
        "may_check": may_check,
        "files": evidence_of(shown),
        "hints": hints_for(shown) if may_check else [],
        "rating": rating().choices,
        "sections": sections_of("records.record", request.user, shown),
        "after": next((one for one in chain if one.supersedes_id == shown.pk), None),
    }
    return render(request, "records/record.html", context)


def _moments(one: Record) -> list[Moment]:
    """Return what happened to a record, in order."""
    found = []
    for entry in reversed(entries_about(one)):
        who = str(entry.actor or "")
        if entry.principal is not None:
            who = _("%(actor)s（受%(principal)s委托）") % {
                "actor": entry.actor,
                "principal": entry.principal,
            }
        said = entry.action in ("records.corrected", "records.withdrawn", "records.refused")
        words = SENTENCES.get(entry.action, entry.action)
        detail = one.reason if said else ""
        url = reverse("records:record", args=[one.pk])
        found.append(Moment(entry.at, words, detail, who, url))
    return found

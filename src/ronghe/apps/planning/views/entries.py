"""Pages of the entries of a joint plan: one entry, changing it, its progress, its records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.apps.planning import forms
from ronghe.apps.planning.history import moments_of
from ronghe.apps.planning.models import Entry, Progress, Sort
from ronghe.apps.planning.permissions import WRITE_PLANS
from ronghe.apps.planning.selectors import plans as selectors
from ronghe.apps.planning.services import advancing
from ronghe.apps.planning.services import plans as services
from ronghe.apps.records.models import Measure
from ronghe.apps.records.numbers import plain
from ronghe.apps.records.permissions import ENTER_RECORDS
from ronghe.apps.records.selectors.entries import people_of
from ronghe.apps.records.selectors.figures import figures_at
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of

OFFERED = 60
"""So many of the year's latest records are offered at once."""


@login_required
def add_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a project, or with ``?sort=action`` an action."""
    plan = selectors.plan_written_by(request.user, pk)
    sort = Sort.ACTION if request.GET.get("sort") == Sort.ACTION else Sort.PROJECT
    form = forms.EntryForm(request.POST or None, plan=plan, sort=sort, initial={"node": plan.node})
    return form_page(
        request,
        form,
        save=lambda **_said: services.add_entry(
            plan, sort=sort, by=request.user, **form.contents()
        ),
        done=_("已列入。"),
        to=plan.get_absolute_url(),
        title=_("列一项重点经济事项") if sort == Sort.PROJECT else _("列一项党建行动"),
        explained=_("列自己真要办的事，不求数量；联系得上的就勾选，联系不上的照实空着。"),
        submit=_("列入计划"),
        back=plan.get_absolute_url(),
    )


@login_required
def change_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an entry and its links."""
    entry = selectors.entry_written_by(request.user, pk)
    linked = entry.actions if entry.is_project else entry.projects
    start = {name: getattr(entry, name) for name in services.CONTENTS}
    start["target"] = None if entry.target is None else plain(entry.target)
    form = forms.EntryForm(
        request.POST or None,
        plan=entry.plan,
        sort=entry.sort,
        initial={**start, "linked": list(linked.values_list("pk", flat=True))},
    )
    return form_page(
        request,
        form,
        save=lambda **_said: services.change_entry(entry, by=request.user, **form.contents()),
        done=_("已调整。"),
        to=entry.get_absolute_url(),
        title=_("调整：%(name)s") % {"name": entry.name},
        submit=_("保存"),
        back=entry.get_absolute_url(),
    )


@login_required
def choose_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the members who act."""
    entry = selectors.entry_written_by(request.user, pk)
    form = forms.MembersForm(
        request.POST or None,
        plan=entry.plan,
        people=people_of(entry.node),
        initial={"members": list(entry.members.values_list("pk", flat=True))},
    )
    return form_page(
        request,
        form,
        save=lambda **said: services.choose_members(entry, by=request.user, **said),
        done=_("已记下参与的党员。"),
        to=entry.get_absolute_url(),
        title=_("谁来办：%(name)s") % {"name": entry.name},
        explained=_("只写真正去办的人；参与多少不计分。"),
        submit=_("保存"),
        back=entry.get_absolute_url(),
    )


@login_required
def drop_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry out of its plan."""
    entry = selectors.entry_written_by(request.user, pk)
    draft = entry.plan.is_draft
    return form_page(
        request,
        forms.DropForm(request.POST or None, plan=entry.plan),
        save=lambda **said: services.drop_entry(entry, by=request.user, **said),
        done=_("已删去。") if draft else _("已注明不再办。"),
        to=entry.plan.get_absolute_url(),
        title=(_("删去：%(name)s") if draft else _("不再办：%(name)s")) % {"name": entry.name},
        explained=_("计划还在起草，删去不留痕迹。") if draft else _("这一项和理由都留在计划里。"),
        submit=_("删去") if draft else _("不再办"),
        back=entry.get_absolute_url(),
    )


@login_required
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an entry: what it is and is linked with, the records that advance it, its course."""
    shown = selectors.entry_visible_to(request.user, pk)
    linked = shown.actions if shown.is_project else shown.projects
    write = request.user.has_perm(WRITE_PLANS, shown.plan.node)
    tell = write or request.user.has_perm(WRITE_PLANS, shown.node)
    live = not shown.plan.is_draft and shown.progress != Progress.DROPPED
    states = (Progress.OPEN, Progress.UNDER_WAY, Progress.DONE)
    context: dict[str, Any] = {
        "entry": shown,
        "linked": linked.select_related("node").prefetch_related("members"),
        "members": shown.members.all(),
        "page": page_of(selectors.records_advancing(request.user, shown), request),
        "figure": _figure(request.user, shown),
        "target": "" if shown.target is None else plain(shown.target),
        "may_write": write and shown.progress != Progress.DROPPED,
        "may_tell": tell and live,
        "may_enter": live and request.user.has_perm(ENTER_RECORDS),
        "states": [one for one in states if one != shown.progress],
        "moments": moments_of(shown.changes.select_related("by")),
    }
    return render(request, "planning/entry.html", context)


def _figure(user: Any, shown: Entry) -> Any:
    """Return the year's figure of what measures an entry, where one has been delivered."""
    if shown.measure is None:
        return None
    held = figures_at(user, shown.node, Measure, past=False)
    year = str(shown.plan.year)
    return held.filter(definition=shown.measure, period__startswith=year).first()


@login_required
@require_POST
def tell_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how far an entry is."""
    shown = selectors.entry_advanced_by(request.user, pk)
    try:
        services.tell_progress(shown, request.POST.get("progress", ""), by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("进展已更新。"))
    return redirect(shown)


@login_required
def name_records(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose records that are there already and advance an entry."""
    shown = selectors.entry_advanced_by(request.user, pk)
    latest = selectors.records_to_name(request.user, shown).values_list("pk", flat=True)[:OFFERED]
    offered = selectors.records_to_name(request.user, shown).filter(pk__in=list(latest))
    return form_page(
        request,
        forms.RecordsForm(request.POST or None, offered=offered),
        save=lambda records: advancing.name_records(shown, list(records), by=request.user),
        done=_("已记下。"),
        to=shown.get_absolute_url(),
        title=_("推进“%(name)s”的纪实") % {"name": shown.name},
        explained=_("已经登记的纪实，勾选就行，不用再登记；多勾不多计分。"),
        submit=_("记下"),
        back=shown.get_absolute_url(),
    )


@login_required
@require_POST
def unname_record(request: HttpRequest, pk: int, record: int) -> HttpResponse:
    """Take back that a record advances an entry."""
    shown = selectors.entry_advanced_by(request.user, pk)
    named = get_object_or_404(selectors.records_advancing(request.user, shown), pk=record)
    advancing.unname_record(shown, named, by=request.user)
    messages.success(request, _("已取消。"))
    return redirect(shown)

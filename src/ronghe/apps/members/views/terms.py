"""Pages of terms and seats."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.members import forms_terms as forms
from ronghe.apps.members import selectors
from ronghe.apps.members.permissions import MANAGE_TERMS
from ronghe.apps.members.selectors.terms import SOON
from ronghe.apps.members.services import terms as services
from ronghe.apps.members.services.splitting import split_organisation
from ronghe.apps.registry.selectors import children_of
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of


@login_required
def ending(request: HttpRequest) -> HttpResponse:
    """List the organisations whose term is over or soon will be."""
    if not request.user.has_perm(MANAGE_TERMS):
        raise PermissionDenied
    page = page_of(selectors.terms_ending(request.user), request)
    context = {"page": page, "today": timezone.localdate(), "days": SOON.days}
    return render(request, "members/ending.html", context)


@login_required
def terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all terms of an organisation with everybody who held a seat."""
    node = selectors.organisation_seen_by(request.user, pk)
    context = {"node": node, "page": page_of(selectors.terms_of(node), request)}
    return render(request, "members/terms.html", context)


@login_required
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a term."""
    node = selectors.organisation_of_terms(request.user, pk)
    back = reverse("registry:node", args=[pk])
    return form_page(
        request,
        forms.TermForm(request.POST or None),
        save=partial(services.begin_term, node, by=request.user),
        done=_("换届已登记；请接着登记任职。"),
        to=back,
        title=_("登记换届：%(name)s") % {"name": node.name},
        explained=_(
            "选举结果经批准后登记。届满日由规则库按起始日得出；上一届和其任职在前一天截止。"
        ),
        submit=_("保存"),
        back=back,
    )


@login_required
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a member into a seat."""
    node = selectors.organisation_of_terms(request.user, pk)
    back = reverse("registry:node", args=[pk])
    return form_page(
        request,
        forms.SeatForm(request.POST or None, members=selectors.members_of(node)),
        save=partial(services.take_seat, node, by=request.user),
        done=_("任职已登记。"),
        to=back,
        title=_("登记任职：%(name)s") % {"name": node.name},
        submit=_("保存"),
        back=back,
    )


@login_required
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat."""
    held = selectors.seat_kept_by(request.user, pk)
    back = reverse("registry:node", args=[held.term.node_id])
    named = {"name": held.member.name, "post": held.get_post_display()}
    return form_page(
        request,
        forms.LeaveForm(request.POST or None),
        save=partial(services.leave_seat, held, by=request.user),
        done=_("离任已登记。"),
        to=back,
        title=_("登记离任：%(post)s%(name)s") % named,
        submit=_("保存"),
        back=back,
    )


@login_required
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a Party organisation, with the members who go to the new one."""
    node = selectors.organisation_split_by(request.user, pk)
    form = forms.SplitForm(
        request.POST or None,
        children=children_of(node, seen_by=request.user),
        members=selectors.own_members(node),
    )
    return form_page(
        request,
        form,
        save=partial(split_organisation, node, by=request.user),
        done=_("已分设，选定的人的组织关系已转到新组织。"),
        to=lambda made: reverse("registry:node", args=[made.pk]),
        title=_("分设：%(name)s") % {"name": node.name},
        explained=_(
            "在同一上级之下分出一个新党组织；随之分出的人从那天起转接组织关系，以前的照旧可查。"
        ),
        submit=_("分设"),
        back=reverse("registry:node", args=[pk]),
    )

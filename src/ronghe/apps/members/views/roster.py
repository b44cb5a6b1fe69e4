"""Pages of the roster: the list, one member, registering and changing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.audit import services as audit
from ronghe.apps.members import forms, selectors
from ronghe.apps.members.models import Member
from ronghe.apps.members.permissions import MANAGE_MEMBERS, SEE_MEMBERS
from ronghe.apps.members.services import keeping as services
from ronghe.apps.registry.selectors import villages_kept_by
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of


@login_required
def roster(request: HttpRequest) -> HttpResponse:
    """List the members within reach with their counts; htmx asks for the list alone."""
    if not request.user.has_perm(SEE_MEMBERS):
        raise PermissionDenied
    nodes = selectors.organisations_reached_by(request.user, SEE_MEMBERS)
    form = forms.RosterForm(request.GET, nodes=nodes)
    chosen = form.cleaned_data if form.is_valid() else {}
    node = chosen.get("node")
    found = selectors.members_visible_to(
        request.user,
        search=chosen.get("q", "").strip(),
        stage=chosen.get("stage", ""),
        node=node,
    )
    context = {
        "form": form,
        "page": page_of(found, request),
        "counts": selectors.counts_for(request.user, node=node),
        "may_manage": request.user.has_perm(MANAGE_MEMBERS),
    }
    fragment = "HX-Request" in request.headers
    return render(request, "members/_roster.html" if fragment else "members/roster.html", context)


@login_required
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one member: where they belong and belonged, the stages, numbers masked."""
    shown = selectors.member_visible_to(request.user, pk)
    relation = selectors.organisational_relation(shown)
    place = selectors.place_of(shown)
    audit.saw("members.seen", by=request.user, target=shown, place=place, power=SEE_MEMBERS)
    places = selectors.destinations_for(request.user, shown, floating=False)
    elsewhere = places.exclude(pk=relation.node_id) if relation else places
    context = {
        "member": shown,
        "belongings": shown.belongings.select_related("node").order_by("-since", "-pk"),
        "stages": shown.stages.order_by("-since", "-pk"),
        "floating": shown.belongings.filter(relation="floating", until=None).exists(),
        "may_manage": selectors.is_kept_by(request.user, shown),
        "may_transfer": elsewhere.exists(),
        "may_link": selectors.may_link(request.user, shown),
        "next_stages": services.next_stages(shown),
        "sections": sections_of("members.member", request.user, shown),
    }
    return render(request, "members/member.html", context)


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """Put a person on the roster."""
    if not request.user.has_perm(MANAGE_MEMBERS):
        raise PermissionDenied
    nodes = selectors.organisations_reached_by(request.user, MANAGE_MEMBERS)
    return form_page(
        request,
        forms.RegisterForm(request.POST or None, nodes=nodes),
        save=partial(services.register, by=request.user),
        done=lambda added: _("已登记%(name)s。") % {"name": added.name},
        to=lambda added: reverse("members:member", args=[added.pk]),
        title=_("登记党员"),
        explained=_(
            "包括入党申请人、积极分子和发展对象。一个人在本县只登记一次；从外支部来的请办转接。"
        ),
        submit=_("登记"),
        back=reverse("members:roster"),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a member on screen: its words, its form and the service that makes it."""

    title: str | Promise
    explained: str | Promise
    done: str | Promise
    form: type[forms.ChangeForm]
    service: Callable[..., Member]


CHANGES = {
    "correct": Change(
        gettext_lazy("更正信息"),
        gettext_lazy("更正登记有误的内容；改了哪几项会留下记录，不留具体的号码。"),
        gettext_lazy("已更正。"),
        forms.CorrectForm,
        services.correct,
    ),
    "stage": Change(
        gettext_lazy("阶段变化"),
        gettext_lazy("按组织程序办妥后再登记；阶段逐级进行，不能跳过。"),
        gettext_lazy("阶段已登记。"),
        forms.StageForm,
        services.change_stage,
    ),
    "transfer": Change(
        gettext_lazy("转接组织关系"),
        gettext_lazy("在您负责的党组织之间转接；以前的所属照旧可查。"),
        gettext_lazy("组织关系已转接。"),
        forms.TransferForm,
        services.transfer,
    ),
    "float": Change(
        gettext_lazy("登记流动"),
        gettext_lazy("外出六个月以上的登记流动：两边都看得见，只在组织关系所在地计一次。"),
        gettext_lazy("已登记流动。"),
        forms.PlaceForm,
        services.float_to,
    ),
    "return": Change(
        gettext_lazy("结束流动"),
        gettext_lazy("回到组织关系所在的党组织。"),
        gettext_lazy("流动已结束。"),
        forms.ReturnForm,
        services.end_floating,
    ),
}
"""The changes of a member by the last part of their address."""


@login_required
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Change this member in one of the ways of `CHANGES`."""
    changed, chosen = selectors.member_managed_by(request.user, pk), CHANGES[what]
    nodes = selectors.destinations_for(request.user, changed, floating=what == "float")
    form = chosen.form(request.POST or None, member=changed, nodes=nodes)
    back = reverse("members:member", args=[pk])
    return form_page(
        request,
        form,
        save=partial(chosen.service, changed, by=request.user),
        done=chosen.done,
        to=back,
        title=_("%(title)s：%(name)s") % {"title": chosen.title, "name": changed.name},
        explained=chosen.explained,
        submit=_("保存"),
        back=back,
    )


@login_required
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which household a member lives in."""
    changed = selectors.member_managed_by(request.user, pk)
    back, known = reverse("members:member", args=[pk]), changed.household
    start = {"village": known.node, "code": known.code} if known else {}
    villages = villages_kept_by(request.user)
    return form_page(
        request,
        forms.HouseholdForm(request.POST or None, villages=villages, initial=start),
        save=partial(services.join_household, changed, by=request.user),
        done=_("已保存。"),
        to=back,
        title=_("%(name)s所在的户") % {"name": changed.name},
        submit=_("保存"),
        back=back,
    )

"""Pages of a member's own entry, requests to correct it, and linking an account."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.audit import services as audit
from ronghe.apps.members import forms, selectors
from ronghe.apps.members.permissions import MANAGE_MEMBERS, SEE_OWN
from ronghe.apps.members.services import own as services
from ronghe.ui.forms import form_page
from ronghe.ui.paging import page_of
from ronghe.ui.sections import sections_of


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """Show a person what the roster says of them, and what became of their requests."""
    if not request.user.has_perm(SEE_OWN):
        raise PermissionDenied
    member = selectors.member_of(request.user)
    context: dict[str, Any] = {"member": member}
    if member is not None:
        context |= {
            "belongings": member.belongings.select_related("node").order_by("-since", "-pk"),
            "stages": member.stages.order_by("-since", "-pk"),
            "requests": selectors.own_requests(member),
            "sections": sections_of("members.mine", request.user, member),
        }
    return render(request, "members/mine.html", context)


@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction."""
    if not request.user.has_perm(SEE_OWN):
        raise PermissionDenied
    if selectors.member_of(request.user) is None:
        raise Http404
    back = reverse("members:mine")
    return form_page(
        request,
        forms.AskForm(request.POST or None),
        save=partial(services.ask_correction, by=request.user),
        done=_("申请已交给管名册的人；答复会写在这里。"),
        to=back,
        title=_("请求更正"),
        explained=_("您有权请求更正名册上有误的内容；答复须写明理由。"),
        submit=_("提出"),
        back=back,
    )


@login_required
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests that wait for an answer."""
    if not request.user.has_perm(MANAGE_MEMBERS):
        raise PermissionDenied
    page = page_of(selectors.requests_to_answer(request.user), request)
    return render(request, "members/requests.html", {"page": page})


@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a request."""
    asked = selectors.request_to_answer(request.user, pk)
    place = selectors.place_of(asked.member)
    audit.saw(
        "members.request_seen", by=request.user, target=asked, place=place, power=MANAGE_MEMBERS
    )
    back = reverse("members:requests")
    return form_page(
        request,
        forms.AnswerForm(request.POST or None),
        save=partial(services.answer_correction, asked, by=request.user),
        done=_("已答复。"),
        to=back,
        template="members/answer.html",
        asked=asked,
        title=_("%(name)s的更正申请") % {"name": asked.member.name},
        submit=_("答复"),
        back=back,
    )


@login_required
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a member to a sign-in, or undo it."""
    member = selectors.member_managed_by(request.user, pk)
    if not selectors.may_link(request.user, member):
        raise Http404
    back = reverse("members:member", args=[pk])
    return form_page(
        request,
        forms.AccountForm(
            request.POST or None, accounts=selectors.accounts_for(request.user, member)
        ),
        save=partial(services.link_account, member, by=request.user),
        done=_("已保存。"),
        to=back,
        title=_("%(name)s的账号") % {"name": member.name},
        explained=_(
            "对应之后，本人登录就能看到名册上写的自己和自己的事项。一个人在本县只对应一个账号。"
        ),
        submit=_("保存"),
        back=back,
    )

"""People and their posts, for those responsible for them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronghe.apps.accounts import selectors
from ronghe.apps.accounts.forms import EndForm, FilterForm, PersonForm, PostForm
from ronghe.apps.accounts.http import Request
from ronghe.apps.accounts.permissions import MANAGE_PEOPLE, SEE_PEOPLE
from ronghe.apps.accounts.services import people as services
from ronghe.apps.accounts.services.posts import end_post, give_post
from ronghe.apps.registry.selectors import nodes_reached_by
from ronghe.ui.forms import refused, take_errors
from ronghe.ui.paging import page_of


@login_required
def people(request: Request) -> HttpResponse:
    """List the people within reach; htmx asks for the list alone."""
    if not request.user.has_perm(SEE_PEOPLE):
        raise PermissionDenied
    form = FilterForm(request.GET, nodes=nodes_reached_by(request.user, SEE_PEOPLE))
    chosen = form.cleaned_data if form.is_valid() else {}
    found = selectors.people_visible_to(
        request.user,
        search=chosen.get("q", "").strip(),
        role=chosen.get("role", ""),
        node=chosen.get("node"),
    )
    context = {
        "form": form,
        "page": page_of(found, request),
        "may_manage": request.user.has_perm(MANAGE_PEOPLE),
    }
    fragment = "HX-Request" in request.headers
    return render(request, "accounts/_people.html" if fragment else "accounts/people.html", context)


@login_required
def person(request: Request, pk: int) -> HttpResponse:
    """Show a person's posts within reach and what may be done."""
    shown = selectors.person_visible_to(request.user, pk)
    return render(request, "accounts/person.html", _person_context(request, shown))


def _person_context(request: Request, shown: Any) -> dict[str, Any]:
    user = request.user
    giving = user.pk != shown.pk and selectors.roles_to_give(user)
    posts = [
        (post, giving and post.is_current() and user.has_perm(MANAGE_PEOPLE, post.node))
        for post in shown.visible_posts
    ]
    return {
        "person": shown,
        "posts": posts,
        "may_give": bool(giving),
        "may_manage": selectors.is_wholly_managed_by(user, shown),
        "second_factor": is_mfa_enabled(shown),
    }


@never_cache
@login_required
def open_account(request: Request) -> HttpResponse:
    """Open an account with its first post and show the password to hand over, this once."""
    if not request.user.has_perm(MANAGE_PEOPLE):
        raise PermissionDenied
    form = PersonForm(request.POST or None, **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            opened, password = services.open_account(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        except PermissionDenied:
            form.add_error("role", _("您不能在这个组织设置这个角色。"))
        else:
            context = {"person": opened, "password": password, "opened": True}
            return render(request, "accounts/password.html", context)
    return render(request, "accounts/open.html", {"form": form}, status=refused(request))


@login_required
def give(request: Request, pk: int) -> HttpResponse:
    """Give a person a further post."""
    shown = selectors.person_managed_by(request.user, pk)
    form = PostForm(request.POST or None, **_choices(request))
    if request.method == "POST" and form.is_valid():
        try:
            given = give_post(shown, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        except PermissionDenied:
            form.add_error("role", _("您不能在这个组织设置这个角色。"))
        else:
            messages.success(request, _("已任职：%(post)s。") % {"post": str(given)})
            return redirect("accounts:person", shown.pk)
    context = {"person": shown, "form": form}
    return render(request, "accounts/give.html", context, status=refused(request))


@login_required
def end(request: Request, pk: int) -> HttpResponse:
    """Set the last day of a post."""
    post = selectors.post_managed_by(request.user, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_post(post, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("任职的最后一天已记下。"))
            return redirect("accounts:person", post.user_id)
    context = {"post": post, "form": form}
    return render(request, "accounts/end.html", context, status=refused(request))


@never_cache
@require_POST
@login_required
def renew_password(request: Request, pk: int) -> HttpResponse:
    """Replace a forgotten password and show the new one, this once."""
    shown = selectors.person_wholly_managed_by(request.user, pk)
    password = services.renew_password(shown, by=request.user)
    return render(request, "accounts/password.html", {"person": shown, "password": password})


@require_POST
@login_required
def remove_second_factor(request: Request, pk: int) -> HttpResponse:
    """Remove a lost second factor."""
    shown = selectors.person_wholly_managed_by(request.user, pk)
    services.remove_second_factor(shown, by=request.user)
    messages.success(request, _("第二重验证已解除，请提醒本人重新设置。"))
    return redirect("accounts:person", pk)


@require_POST
@login_required
def close(request: Request, pk: int) -> HttpResponse:
    """Stop a person from signing in."""
    return _switch(request, pk, services.close_account, _("账号已停用。"))


@require_POST
@login_required
def reopen(request: Request, pk: int) -> HttpResponse:
    """Let a person sign in again."""
    return _switch(request, pk, services.reopen_account, _("账号已恢复。"))


def _switch(request: Request, pk: int, service: Any, told: str) -> HttpResponse:
    shown = selectors.person_wholly_managed_by(request.user, pk)
    try:
        service(shown, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect("accounts:person", pk)


def _choices(request: Request) -> dict[str, Any]:
    user = request.user
    nodes = nodes_reached_by(user, MANAGE_PEOPLE)
    return {"roles": selectors.roles_to_give(user), "nodes": nodes}

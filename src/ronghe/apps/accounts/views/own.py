"""Everybody's own account: posts, deputies, security, tokens."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ronghe.apps.accounts import selectors
from ronghe.apps.accounts.forms import DelegationForm, TokenForm
from ronghe.apps.accounts.http import Request
from ronghe.apps.accounts.models import Post
from ronghe.apps.accounts.services import delegation, tokens
from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.selectors import entries_about
from ronghe.apps.programs.scopes import SCOPES
from ronghe.ui.forms import refused, take_errors


@login_required
def me(request: Request) -> HttpResponse:
    """Show one's own posts, deputies, security, tokens and what was done to the account."""
    tokens_shown = [
        (token, [SCOPES[one].title for one in token.scopes])
        for token in selectors.tokens_of(request.user)
    ]
    entries = entries_about(request.user)[:10]
    context = {
        "posts": selectors.own_posts(request.user),
        "delegations": selectors.delegations_of(request.user),
        "tokens": tokens_shown,
        "second_factor": is_mfa_enabled(request.user),
        "entries": [(entry, SENTENCES.get(entry.action, entry.action)) for entry in entries],
    }
    return render(request, "accounts/me.html", context)


@login_required
def delegate(request: Request) -> HttpResponse:
    """Let somebody act in one's name."""
    posts = Post.objects.current().filter(user=request.user).select_related("node")
    start = {"until": timezone.localdate() + timedelta(days=90)}
    form = DelegationForm(request.POST or None, posts=posts, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            lent = delegation.delegate(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            messages.success(request, _("已授权%(name)s代办。") % {"name": lent.deputy.name})
            return redirect("accounts:me")
    context = {"form": form, "posts": posts}
    return render(request, "accounts/delegate.html", context, status=refused(request))


@require_POST
@login_required
def end_delegation(request: Request, pk: int) -> HttpResponse:
    """End a delegation one gave or was given."""
    lent = selectors.delegation_of(request.user, pk)
    delegation.end_delegation(lent, by=request.user)
    messages.success(request, _("代办授权已结束。"))
    return redirect("accounts:me")


@never_cache
@login_required
@reauthentication_required
def make_token(request: Request) -> HttpResponse:
    """Make a token and show its secret, this once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = tokens.make_token(by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            take_errors(form, refusal)
        else:
            context = {"token": token, "secret": secret}
            return render(request, "accounts/token_made.html", context)
    return render(request, "accounts/make_token.html", {"form": form}, status=refused(request))


@require_POST
@login_required
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """Make one of one's tokens useless."""
    tokens.revoke_token(selectors.token_of(request.user, pk), by=request.user)
    messages.success(request, _("接口令牌已撤销。"))
    return redirect("accounts:me")

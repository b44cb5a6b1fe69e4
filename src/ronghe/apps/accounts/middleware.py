"""What has to be done before anything else: a new password, a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from ronghe.apps.accounts.permissions import needs_second_factor

Answer = Callable[[HttpRequest], HttpResponse]

PASSWORD_PAGES = frozenset(
    {
        "account_change_password",
        "account_logout",
        "preferences",
        "complaints:new",
        "complaints:receipt",
    }
)
FACTOR_PAGES = PASSWORD_PAGES | {
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}


def first_things_first(get_response: Answer) -> Answer:
    """Lead people whose account is not yet safe to the page that makes it so."""

    def answer(request: HttpRequest) -> HttpResponse:
        page = _page_due(request)
        return redirect(page) if page else get_response(request)

    return answer


def _page_due(request: HttpRequest) -> str:
    if not request.user.is_authenticated or request.path.startswith("/static/"):
        return ""
    try:
        here = resolve(request.path).view_name
    except LookupError:
        return ""
    if request.user.must_change_password:
        return "" if here in PASSWORD_PAGES else "account_change_password"
    if here in FACTOR_PAGES or not needs_second_factor(request.user):
        return ""
    return "" if is_mfa_enabled(request.user) else "mfa_activate_totp"

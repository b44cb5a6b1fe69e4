"""The addresses of allauth that are used: no signing up, no mail, no other providers."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

signin_urls = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("second-factor/", factor.index, name="mfa_index"),
    path("second-factor/code/", factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "recovery-codes/file/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

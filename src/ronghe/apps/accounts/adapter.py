"""How allauth behaves here: accounts are opened by those responsible, never by signing up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Closes signing up, sends no mail, and says what is wrong and what to do next."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "登录名或密码不对。请核对大小写和输入法；忘了密码，可以请开账号的人重发。"
        ),
        "too_many_login_attempts": _("尝试次数太多。为保护账号，请五分钟后再试。"),
        "incorrect_password": _("密码不对，请再输入一次。"),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Refuse: there is no signing up."""
        return False

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        """Return where to go with a new password: to one's own account."""
        return reverse("accounts:me")

    def send_notification_mail(self, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: accounts have no mail address; the audit and the desk tell instead."""

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing of its own; the pages say what happened."""

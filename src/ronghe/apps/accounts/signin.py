"""The sign-in form, in the words of this system."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Sign-in name and password, labelled rather than hinted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("登录名")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class CodeForm(AuthenticateForm):
    """The code of the second factor at signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("验证码"))


class CodeAgainForm(ReauthenticateForm):
    """The code of the second factor before something that concerns the account's safety."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("验证码"))


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new authenticator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_code(self.fields["code"], _("验证器显示的六位数字"))


def _as_code(field: Any, label: Any) -> None:
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["autocomplete"] = "one-time-code"

"""Forms of the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.apps.desk import channels
from ronghe.ui.forms import offer


class SubscriptionForm(forms.Form):
    """Where else a person wants to be told, and how often."""

    channel = forms.ChoiceField(label=_("渠道"))
    address = forms.CharField(
        label=_("地址"),
        max_length=200,
        help_text=_("电子邮件填邮箱；机器人填您自己的机器人的密钥。加密保存，只用来提醒您。"),
    )
    daily = forms.TypedChoiceField(
        label=_("多久一次"),
        choices=[
            ("daily", _("每天早上合并成一条")),
            ("each", _("每条通知马上发，早上再提醒到期的事")),
        ],
        coerce=lambda chosen: chosen == "daily",
        widget=forms.RadioSelect,
        initial="daily",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "channel", channels.offered().items())

"""The form of the audit page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.apps.audit.actions import SENTENCES
from ronghe.apps.audit.selectors import Asked
from ronghe.ui.forms import DayField, offer


class AskedForm(forms.Form):
    """Which entries are shown."""

    action = forms.ChoiceField(label=_("事项"), required=False)
    person = forms.CharField(label=_("经办人或委托人"), required=False, max_length=60)
    place = forms.CharField(label=_("在哪里（含下级）"), required=False, max_length=60)
    since = DayField(label=_("从哪天"), required=False)
    until = DayField(label=_("到哪天"), required=False)
    sealed = forms.ChoiceField(
        label=_("封存"),
        required=False,
        choices=[("", _("全部")), ("yes", _("已封存")), ("no", _("待封存"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "action", [("", _("全部")), *sorted(SENTENCES.items())])

    def asked(self) -> Asked:
        """Return what is asked for; what is not understood does not narrow."""
        self.full_clean()
        given = self.cleaned_data
        words = {name: given.get(name, "") for name in ("action", "person", "place", "sealed")}
        return Asked(**words, since=given.get("since"), until=given.get("until"))

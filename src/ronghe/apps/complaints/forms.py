"""Forms of complaints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ronghe.apps.complaints.models import Kind, Outcome
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import offer_nodes


class ComplaintForm(forms.Form):
    """What is wrong, where, and whom it concerns."""

    kind = forms.ChoiceField(label=_("事由"), choices=Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("情况"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("什么事、什么时候、谁要求的。加密保存。"),
    )
    page = forms.CharField(
        label=_("哪一页"), max_length=300, required=False, help_text=_("已替您填上，可以改或清空。")
    )
    place = forms.ModelChoiceField(
        queryset=Node.objects.none(), label=_("以哪个组织的身份"), empty_label=None
    )
    concern = forms.ModelChoiceField(
        queryset=Node.objects.none(),
        label=_("涉及哪一级"),
        required=False,
        empty_label=_("不涉及某一级，或说不清"),
        help_text=_("选了以后，由它的上一级办理，它自己的人看不到。"),
    )
    anonymous = forms.BooleanField(
        label=_("匿名"),
        required=False,
        help_text=_("不保存您是谁、在哪个组织，只交给纪检人员；您凭回执编号查看答复。"),
    )

    def __init__(
        self, *args: Any, places: Any, levels: Any, signed_in: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "place", places)
        if signed_in:
            offer_nodes(self, "concern", levels)
        else:
            del self.fields["concern"], self.fields["anonymous"]
        if len(places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial.setdefault("place", places[0].pk)


class AnswerForm(forms.Form):
    """What came of it and why."""

    outcome = forms.ChoiceField(label=_("处理结果"), choices=Outcome.choices)
    text = forms.CharField(
        label=_("答复和理由"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

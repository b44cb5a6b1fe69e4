"""Forms of the registry. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.registry.models import Kind, Level, Node
from ronghe.ui.forms import DayField, offer_nodes


class NodeForm(forms.Form):
    """A new node below a given one."""

    name = forms.CharField(label=_("名称"), max_length=100)
    code = forms.CharField(
        label=_("代码"),
        max_length=40,
        help_text=_("行政区划代码、统一社会信用代码或本地编号，县内不重复。"),
    )
    kind = forms.ChoiceField(
        label=_("类型"), choices=[one for one in Kind.choices if one[0] != Kind.COUNTY]
    )
    level = forms.TypedChoiceField(label=_("层级"), choices=Level.choices, coerce=int)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class MoveForm(forms.Form):
    """A new parent and the day from which it counts."""

    parent = forms.ModelChoiceField(
        label=_("新的上级"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)

    def __init__(self, *args: Any, parents: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "parent", parents)


class DayForm(forms.Form):
    """The day whose tree is shown; today's if none is given."""

    on = DayField(label=_("哪一天的（不填为今天）"), required=False)

"""Forms of the registry. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.registry.models import STATED, HouseholdMark, Kind, Level, Node
from ronghe.ui.forms import DayField, ReasonForm, offer_nodes, offer_rows

CODE_HELP = _("行政区划代码、统一社会信用代码或本地编号，县内不重复。")


class NodeForm(forms.Form):
    """A new node below a given one."""

    name = forms.CharField(label=_("名称"), max_length=100)
    code = forms.CharField(label=_("代码"), max_length=40, help_text=CODE_HELP)
    kind = forms.ChoiceField(
        label=_("类型"), choices=[one for one in Kind.choices if one[0] != Kind.COUNTY]
    )
    level = forms.TypedChoiceField(label=_("层级"), choices=Level.choices, coerce=int)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class ChangeForm(forms.Form):
    """A change of one node, with the other nodes it may be about."""

    def __init__(
        self, *args: Any, nodes: QuerySet[Node], children: QuerySet[Node], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in {"parent", "into"} & self.fields.keys():
            offer_nodes(self, name, nodes)
        if "children" in self.fields:
            offer_rows(self, "children", children)


class MoveForm(ChangeForm):
    """A new parent and the day from which it counts."""

    parent = forms.ModelChoiceField(
        label=_("新的上级"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class RenameForm(ChangeForm):
    """A new name and the day from which it counts."""

    name = forms.CharField(label=_("新的名称"), max_length=100)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class MergeForm(ChangeForm):
    """What the node is merged into, and from which day."""

    into = forms.ModelChoiceField(
        label=_("并入哪个组织"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class SplitForm(ChangeForm):
    """The new node that is split off, and what goes with it."""

    name = forms.CharField(label=_("新组织的名称"), max_length=100)
    code = forms.CharField(label=_("新组织的代码"), max_length=40, help_text=CODE_HELP)
    children = forms.ModelMultipleChoiceField(
        label=_("哪些下级组织随之分出"),
        queryset=Node.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class CloseForm(ChangeForm):
    """The last day of a node."""

    on = DayField(label=_("最后一天"), initial=timezone.localdate)


class RegistrationForm(ReasonForm):
    """What is registered of a business; what its kind does not have is left out."""

    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=20, required=False)
    industry = forms.CharField(
        label=_("行业代码"),
        max_length=6,
        required=False,
        help_text=_("国民经济行业分类，例如 A0151；不清楚可以不填。"),
    )
    employees = forms.IntegerField(label=_("从业人数"), min_value=0, required=False)
    founded = DayField(label=_("成立日期"), required=False)
    chair = forms.CharField(label=_("负责人"), max_length=60, required=False)
    people = forms.IntegerField(label=_("成员数"), min_value=0, required=False)
    farmers = forms.IntegerField(label=_("其中农民成员"), min_value=0, required=False)
    land = forms.DecimalField(
        label=_("经营土地（亩）"), min_value=0, decimal_places=2, max_digits=12, required=False
    )
    assets = forms.DecimalField(
        label=_("资产总额（万元）"), min_value=0, decimal_places=2, max_digits=14, required=False
    )
    field_order = ["since", *STATED, "reason"]

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_members = (Kind.COOPERATIVE, Kind.COLLECTIVE, Kind.SOCIAL_ORGANISATION)
        if kind not in with_members:
            del self.fields["people"]
        if kind != Kind.COOPERATIVE:
            del self.fields["farmers"]


class AreaCodeForm(ReasonForm):
    """The statistical code of an area and the day from which it counts."""

    code = forms.CharField(label=_("区划代码"), max_length=12)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    field_order = ["code", "since", "reason"]


class HouseholdForm(forms.Form):
    """A household."""

    code = forms.CharField(label=_("户编号"), max_length=40)
    head = forms.CharField(
        label=_("户主姓名"), max_length=60, required=False, help_text=_("加密保存。")
    )
    people = forms.IntegerField(label=_("人口"), min_value=0, max_value=99, required=False)


class CorrectHouseholdForm(HouseholdForm):
    """A household, or its end."""

    until = DayField(label=_("销户前最后一天"), required=False)


class MarkForm(forms.Form):
    """A mark of a household and its first day."""

    mark = forms.ChoiceField(label=_("标识"), choices=HouseholdMark.Mark.choices)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class EndMarkForm(forms.Form):
    """The last day of a mark."""

    on = DayField(label=_("最后一天"), initial=timezone.localdate)


class HouseholdsForm(forms.Form):
    """Which households a village's list shows."""

    q = forms.CharField(label=_("户编号"), max_length=40, required=False)
    mark = forms.ChoiceField(
        label=_("标识"), required=False, choices=[("", _("全部")), *HouseholdMark.Mark.choices]
    )


class TreeForm(forms.Form):
    """What the tree page shows: found by words, on a day, opened down to a node."""

    q = forms.CharField(label=_("名称或代码"), max_length=60, required=False)
    on = DayField(label=_("哪一天的（不填为今天）"), required=False)
    open = forms.IntegerField(widget=forms.HiddenInput, required=False)

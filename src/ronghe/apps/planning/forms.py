"""Forms of joint plans. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.members.models import Member
from ronghe.apps.planning.models import Entry, Plan, Sort
from ronghe.apps.planning.selectors.plans import measures_for, organisations_for, others_in
from ronghe.apps.records.models import MeasureDefinition, Record
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import DayField, offer_nodes, offer_rows


class PlanForm(forms.Form):
    """Whose plan, of which year."""

    node = forms.ModelChoiceField(
        Node.objects.none(), label=gettext_lazy("哪个党组织"), empty_label=None
    )
    year = forms.IntegerField(label=gettext_lazy("年度"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, places: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", timezone.localdate().year)
        offer_nodes(self, "node", places)


class DeployedForm(forms.Form):
    """A form that asks for a reason once the plan is deployed."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not plan.is_draft:
            self.fields["reason"] = forms.CharField(
                label=_("为什么调整"),
                max_length=300,
                widget=forms.Textarea({"rows": 2}),
                help_text=_("计划已经部署，理由和调整前后的内容都会留下。"),
            )


class DropForm(DeployedForm):
    """Why an entry is taken out."""


class EntryForm(DeployedForm):
    """A project or an action, and those of the other sort it belongs with."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=100)
    purpose = forms.CharField(max_length=300, required=False, widget=forms.Textarea({"rows": 2}))
    node = forms.ModelChoiceField(Node.objects.none(), empty_label=None)
    due = DayField(label=gettext_lazy("期限"))
    linked = forms.ModelMultipleChoiceField(
        Entry.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    measure = forms.ModelChoiceField(
        MeasureDefinition.objects.none(),
        label=gettext_lazy("用哪项数据衡量"),
        required=False,
        empty_label=gettext_lazy("不用数据衡量"),
    )
    target = forms.DecimalField(
        label=gettext_lazy("目标值"),
        max_digits=20,
        decimal_places=6,
        required=False,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "any"}),
    )

    def __init__(self, *args: Any, plan: Plan, sort: str, **kwargs: Any) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        project = sort == Sort.PROJECT
        labels = {
            "purpose": _("要解决的问题或目标") if project else _("为解决什么问题"),
            "node": _("责任单位") if project else _("实施党组织"),
            "linked": _("背后是哪些党建行动") if project else _("联系哪些重点经济事项"),
        }
        for name, words in labels.items():
            self.fields[name].label = words
        if project:
            offer_rows(self, "measure", measures_for(plan))
        else:
            del self.fields["measure"], self.fields["target"]
        others = others_in(plan, sort)
        offer_rows(self, "linked", others)
        if not others:
            del self.fields["linked"]
        offer_nodes(self, "node", organisations_for(plan))

    def contents(self) -> dict[str, Any]:
        """Return what a service takes."""
        return {"linked": (), "measure": None, "target": None, **self.cleaned_data}


class MembersForm(DeployedForm):
    """Which members act."""

    members = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=gettext_lazy("哪些党员参与"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "members", people)


class RecordsForm(forms.Form):
    """Which records advance an entry."""

    records = forms.ModelMultipleChoiceField(
        Record.objects.none(),
        label=gettext_lazy("哪些纪实推进了这一项"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, offered: QuerySet[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "records", offered)

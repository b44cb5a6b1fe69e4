"""Forms of terms and seats. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.members.models import Member, Seat
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import FEW, DayField, ReasonForm, offer_rows


class TermForm(ReasonForm):
    """The first day of a term and the day of the election."""

    since = DayField(label=_("任期起始日"), initial=timezone.localdate)
    elected = DayField(label=_("选举日"), required=False)
    field_order = ["since", "elected", "reason"]


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member named in full, where there are too many to choose from."""

    widget = forms.TextInput

    def prepare_value(self, value: Any) -> Any:
        """Show a member by name, what was typed as it was."""
        return value.name if isinstance(value, Member) else value

    def to_python(self, value: Any) -> Any:
        """Return the one member of that name; refuse where there is none or several."""
        if not value or self.queryset is None:
            return None
        found = list(self.queryset.filter(name=str(value).strip())[:2])
        if len(found) != 1:
            told = _("名册上没有这个姓名。") if not found else _("名册上有几个人叫这个姓名。")
            raise ValidationError(told)
        return found[0]


class SeatForm(ReasonForm):
    """Who takes which seat from which day."""

    member: forms.ModelChoiceField[Member] = forms.ModelChoiceField(
        label=_("姓名"), queryset=Member.objects.none(), empty_label=_("请选择")
    )
    post = forms.ChoiceField(label=_("职务"), choices=Seat.Post.choices)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    field_order = ["member", "post", "since", "reason"]

    def __init__(self, *args: Any, members: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if members.count() > FEW:
            self.fields["member"] = MemberField(
                label=_("姓名"), queryset=members, help_text=_("写名册上的全名。")
            )
            self.order_fields(self.field_order)
        else:
            offer_rows(self, "member", members)


class LeaveForm(forms.Form):
    """The last day of a seat."""

    on = DayField(label=_("最后一天"), initial=timezone.localdate)


class SplitForm(forms.Form):
    """The new organisation that is split off, and what and who goes with it."""

    name = forms.CharField(label=_("新组织的名称"), max_length=100)
    code = forms.CharField(label=_("新组织的代码"), max_length=40)
    children = forms.ModelMultipleChoiceField(
        label=_("哪些下级组织随之分出"),
        queryset=Node.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    going = forms.ChoiceField(
        label=_("哪些人随之分出"),
        choices=[("chosen", _("下面选定的")), ("all", _("全部")), ("none", _("都不"))],
        initial="chosen",
        widget=forms.RadioSelect,
    )
    members = forms.ModelMultipleChoiceField(
        label=_("选定的人"),
        queryset=Member.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    leave_seats = forms.BooleanField(
        label=_("划出的人在原组织的任职在前一天截止"),
        help_text=_("有任职的人划出时须确认；办错了可以重新登记任职。"),
        required=False,
    )

    def __init__(
        self, *args: Any, children: QuerySet[Node], members: QuerySet[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "members", members)
        offer_rows(self, "children", children)
        if not children.exists():
            self.fields["children"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        """Put all or none of the members in place of those chosen."""
        given = dict(self.cleaned_data)
        going, everybody = given.pop("going", "chosen"), self.fields["members"]
        if going != "chosen":
            offered: Any = everybody
            given["members"] = list(offered.queryset) if going == "all" else []
        return given

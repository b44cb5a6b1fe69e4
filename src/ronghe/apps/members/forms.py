"""Forms of the roster. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ronghe.apps.members.models import (
    PARTY_KINDS,
    CorrectionRequest,
    Exemption,
    Member,
    Seat,
    Stage,
)
from ronghe.apps.members.rows import FIELDS
from ronghe.apps.members.selectors.terms import seats_left_by
from ronghe.apps.members.services.keeping import ORDER, next_stages
from ronghe.apps.registry.models import Household, Kind, Node
from ronghe.exchange.small_tables import LIMITS
from ronghe.ui.forms import DayField, ReasonForm, offer, offer_nodes, offer_rows


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A Party organisation to choose; the form says which are offered."""

    def __init__(self, label: Any) -> None:
        super().__init__(Node.objects.none(), label=label, empty_label=_("请选择"))


class RosterForm(forms.Form):
    """Which members the roster shows."""

    q = forms.CharField(label=_("姓名，或完整的身份证号"), required=False, max_length=60)
    stage = forms.ChoiceField(
        label=_("阶段"), required=False, choices=[("", _("名册上全部")), *Stage.choices]
    )
    node = forms.ModelChoiceField(
        label=_("党组织及下级"),
        queryset=Node.objects.none(),
        required=False,
        empty_label=_("全部"),
    )

    def __init__(self, *args: Any, nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "node", nodes, kinds=PARTY_KINDS)


class RegisterForm(forms.Form):
    """A person new on the roster."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=20,
        required=False,
        help_text=_("加密保存，界面只显示首尾；出生日期和性别由它得出。"),
    )
    phone = forms.CharField(label=_("手机号"), max_length=20, required=False)
    node = OrganisationField(_("在哪个党组织"))
    stage = forms.ChoiceField(label=_("阶段"))
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)

    def __init__(self, *args: Any, nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "node", nodes, kinds=PARTY_KINDS)
        offer(self, "stage", [("", _("请选择")), *((one.value, one.label) for one in ORDER)])
        only = nodes[:2]
        if len(only) == 1:
            self.fields["node"].initial = only[0]


class ChangeForm(forms.Form):
    """A change of one member, with the organisations it may be about."""

    def __init__(self, *args: Any, member: Member, nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "node" in self.fields:
            offer_nodes(self, "node", nodes, kinds=PARTY_KINDS)
        self.prepare(member)

    def prepare(self, member: Member) -> None:
        """Fill in what the member says."""


class CorrectForm(ChangeForm):
    """What the roster says of a person; empty numbers stay as they are."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    id_number = forms.CharField(
        label=_("身份证号"), max_length=20, required=False, help_text=_("不填则不变。")
    )
    phone = forms.CharField(
        label=_("手机号"), max_length=20, required=False, help_text=_("不填则不变。")
    )
    exempt = forms.ChoiceField(label=_("免于参加"), choices=Exemption.choices, required=False)

    def prepare(self, member: Member) -> None:
        """Fill in name and exemption; numbers are never shown in full."""
        self.fields["name"].initial = member.name
        self.fields["exempt"].initial = member.exempt


class StageForm(ChangeForm, ReasonForm):
    """The next stage and the day it began."""

    stage = forms.ChoiceField(label=_("新的阶段"))
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    field_order = ["stage", "since", "reason"]

    def prepare(self, member: Member) -> None:
        """Offer the stages that can follow."""
        offer(self, "stage", [(one, Stage(one).label) for one in next_stages(member)])


class PlaceForm(ChangeForm):
    """An organisation and the day from which the member belongs to it."""

    node = OrganisationField(_("到哪个党组织"))
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)


class TransferForm(PlaceForm):
    """As above; who holds seats leaves them, which is to be confirmed."""

    leave_seats = forms.BooleanField(required=False)

    def prepare(self, member: Member) -> None:
        """Ask about the seats held, if any."""
        if not (seats := seats_left_by(member)):
            del self.fields["leave_seats"]
            return
        field, named = self.fields["leave_seats"], ", ".join(map(seat_words, seats))
        field.label = _("转出后不再任职")
        field.help_text = format_lazy(
            _("现任：{seats}。到外组织后任不了的，在转出的前一天截止；办错了可以重新登记任职。"),
            seats=named,
        )


def seat_words(seat: Seat) -> str:
    """Say where somebody holds which seat."""
    return f"{seat.term.node.name} {seat.get_post_display()}"


class ReturnForm(ChangeForm):
    """The last day of floating."""

    on = DayField(label=_("最后一天"), initial=timezone.localdate)


class HouseholdForm(forms.Form):
    """The household a member lives in, named by its code."""

    village = forms.ModelChoiceField(
        label=_("村（社区）"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    code = forms.CharField(
        label=_("户编号"), max_length=40, required=False, help_text=_("不填则解除。")
    )

    def __init__(self, *args: Any, villages: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "village", villages, kinds=[Kind.VILLAGE])

    def clean(self) -> dict[str, Any]:
        """Find the household that is meant."""
        given = self.cleaned_data
        village, code, found = given.get("village"), given.get("code"), None
        if village is not None and code:
            found = Household.objects.filter(node=village, code=code, until=None).first()
            if found is None:
                self.add_error("code", _("这个村没有这个户编号。"))
        return {"household": found}


class AccountForm(forms.Form):
    """The sign-in that belongs to a member."""

    account: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("账号"),
        queryset=None,
        required=False,
        empty_label=_("没有"),
        help_text=_("列出的是在本组织任职或与本人同名的账号。"),
    )

    def __init__(self, *args: Any, accounts: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "account", accounts)
        field: Any = self.fields["account"]
        field.label_from_instance = lambda one: f"{one.name}（{one.username}）"


class AskForm(forms.Form):
    """What a member says is wrong on the roster."""

    asked = forms.CharField(
        label=_("哪里不对，应当是什么"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("加密保存，只有管您名册的人看得到。"),
    )


class AnswerForm(forms.Form):
    """What became of a request, and why."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[one for one in CorrectionRequest.Outcome.choices if one[0]],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class UploadForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=_("名册文件"),
        help_text=_(
            "全国党员管理信息系统导出的 .xlsx 或 .csv，表头里有“姓名”；全县的也可以一次传来。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        """Refuse other kinds of files and ones that are too large, before they are read."""
        file = self.cleaned_data["file"]
        if not file.name.casefold().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("请上传 .xlsx 或 .csv 文件。"))
        if file.size > LIMITS.workbook_bytes:
            raise forms.ValidationError(_("文件太大，最多10兆字节。"))
        return file


class ColumnsForm(forms.Form):
    """Which column of a file is what."""

    def __init__(self, *args: Any, headings: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(at, heading) for at, heading in enumerate(headings) if heading]
        for name, (title, _known) in FIELDS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=title,
                choices=[("", _("没有")), *columns],
                coerce=int,
                empty_value=None,
                required=False,
            )

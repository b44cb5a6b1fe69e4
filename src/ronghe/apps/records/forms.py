"""Forms of records. Fields only: services decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.members.models import Member
from ronghe.apps.records.catalogue import KINDS, Field, Kind
from ronghe.apps.records.models import Channel, MeasureDefinition, Record, State
from ronghe.apps.records.numbers import period_words, plain
from ronghe.apps.records.purposes import Choices, Purpose
from ronghe.apps.records.selectors.own_figures import Asked
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import DayField, UploadField, offer, offer_nodes, offer_rows

RATINGS = [
    ("", gettext_lazy("没有问，或还没有评")),
    (5, gettext_lazy("5 很满意")),
    (4, gettext_lazy("4 满意")),
    (3, gettext_lazy("3 一般")),
    (2, gettext_lazy("2 不满意")),
    (1, gettext_lazy("1 很不满意")),
    (0, gettext_lazy("0 没有这回事")),
]
PROXY = [(one.value, one.label) for one in (Channel.OWN, Channel.PAPER, Channel.TELEPHONE)]


class MemberPick(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member of the organisation."""


class EntryForm(forms.Form):
    """A record of one kind for one organisation: only what the kind asks for.

    ``people`` are those who may stand behind it; None where it is the member's own work.
    """

    day = DayField(label=gettext_lazy("哪一天"), initial=timezone.localdate)

    def __init__(
        self, *args: Any, kind: Kind, people: QuerySet[Member] | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if not kind.credits:
            self.fields["quantity"] = _quantity(kind)
        if people is not None and kind.actors != "none":
            self.fields["actors"] = _actors(kind, people)
        if kind.served:
            label = gettext_lazy("为谁（户、企业、项目）")
            self.fields["served"] = forms.CharField(label=label, max_length=100, required=False)
        for one in kind.fields:
            self.fields[one.code] = _further(one)
        if kind.rated:
            self.fields["quality"] = rating()
        self.fields["source"] = forms.CharField(
            label=gettext_lazy("凭据（台账、文号、登记表编号）"), max_length=200, required=False
        )

    @property
    def main(self) -> list[forms.BoundField]:
        """Return what is shown at once."""
        return [self[name] for name in self.fields if name not in self.more_names]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return what few need."""
        return [self[name] for name in self.more_names if name in self.fields]

    more_names: tuple[str, ...] = ("source", "channel", "entered_for", "client_key")

    def contents(self) -> dict[str, Any]:
        """Return what a service takes."""
        said = self.cleaned_data
        further = {one.code: said.get(one.code) or "" for one in self.kind.fields}
        actors = said.get("actors")
        return {
            "day": said["day"],
            "quantity": said.get("quantity", 1),
            "quality": said.get("quality"),
            "actors": [actors] if isinstance(actors, Member) else list(actors or ()),
            "served": said.get("served", ""),
            "source": said.get("source", ""),
            "values": {code: value for code, value in further.items() if value},
        }


class AddForm(EntryForm):
    """A record to be entered, also for somebody who told it on paper or by telephone."""

    def __init__(
        self, *args: Any, purposes: Sequence[tuple[Purpose, Choices]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people, self.purposes = kwargs["people"], [one.field for one, _choices in purposes]
        for one, choices in purposes:
            self.fields[one.field] = forms.ChoiceField(
                label=str(one.label),
                choices=[("", _("不属于哪一项")), *choices],
                required=False,
                help_text=str(one.told),
            )
        if people is not None:
            self.fields["channel"] = forms.ChoiceField(
                label=gettext_lazy("怎样得知"), choices=PROXY, required=False
            )
            self.fields["entered_for"] = MemberPick(
                people,
                label=gettext_lazy("替谁登记"),
                required=False,
                empty_label=gettext_lazy("不是替人登记"),
            )
        self.fields["client_key"] = forms.CharField(
            widget=forms.HiddenInput, max_length=80, required=False
        )

    def contents(self) -> dict[str, Any]:
        """Return what a service takes, with the way it came."""
        said = self.cleaned_data
        told = {"channel": said.get("channel") or Channel.OWN, "client_key": said["client_key"]}
        named = {field: said[field] for field in self.purposes if said.get(field)}
        more = {"entered_for": said.get("entered_for"), "named_for": named}
        return {**super().contents(), **told, **more}

    def clean(self) -> dict[str, Any]:
        """Ask for whom, where it came on paper or by telephone."""
        said = super().clean() or {}
        proxied = said.get("channel") in (Channel.PAPER, Channel.TELEPHONE)
        if proxied and not said.get("entered_for") and not said.get("source"):
            self.add_error("entered_for", _("请选替谁登记；不是党员的，写明登记表编号。"))
        return said


class CorrectForm(EntryForm):
    """A record to take another's place, with the reason."""

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:
        started = {
            "day": record.day,
            "quantity": plain(record.amount),
            "quality": record.quality,
            "served": record.served,
            "source": record.source,
            **record.values,
        }
        people = list(record.actors.values_list("pk", flat=True))
        many = kwargs["kind"].actors == "many"
        started["actors"] = people if many else next(iter(people), None)
        super().__init__(*args, initial=started, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("为什么更正"), max_length=300, widget=forms.Textarea({"rows": 2})
        )


class ReasonedForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=300, widget=forms.Textarea({"rows": 3})
    )


class UploadForm(forms.Form):
    """A file to put behind a record."""

    def __init__(self, *args: Any, endings: Sequence[str], megabytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = UploadField(
            label=gettext_lazy("文件"), endings=endings, megabytes=megabytes
        )


class FiguresForm(UploadForm):
    """A sheet of measures or targets, with its period and the document it stands in."""

    period = forms.CharField(
        label=gettext_lazy("期间"),
        max_length=20,
        help_text=gettext_lazy("2025（年）、2025H1（半年）、2025Q3（季）或2025-07（月）。"),
    )
    source = forms.CharField(
        label=gettext_lazy("出自哪份文件或报表"), max_length=200, required=True
    )


class FiguresOfForm(forms.Form):
    """Which figures of an organisation a page shows."""

    what = forms.CharField(widget=forms.HiddenInput, required=False)
    period = forms.ChoiceField(label=gettext_lazy("期间"), required=False)
    past = forms.BooleanField(label=gettext_lazy("也列出已被替换、撤回的"), required=False)

    def __init__(self, *args: Any, periods: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(one, period_words(one)) for one in periods]
        offer(self, "period", [("", _("全部")), *known])


class OwnFiguresForm(forms.Form):
    """What is asked of a business: a number for each measure, empty where there is none."""

    def __init__(self, *args: Any, asked: Sequence[Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in asked:
            unit, scale = one.definition.unit_of_measurement, one.definition.scale
            words = f"{one.definition}（{unit}）" if unit else str(one.definition)
            due = _("%(period)s；%(day)s前报") % {
                "period": one.period.words,
                "day": date_format(one.due),
            }
            self.fields[f"of_{one.definition.pk}"] = forms.DecimalField(
                label=words,
                help_text=due,
                required=False,
                initial=plain(one.held.amount) if one.held else None,
                decimal_places=scale,
                max_digits=15,
                widget=forms.NumberInput({"inputmode": "decimal", "step": "any"}),
            )
        self.fields["source"] = forms.CharField(
            label=_("出自哪份文件或报表"), max_length=200, initial=_("本单位财务报表")
        )

    def amounts(self) -> dict[int, Decimal]:
        """Return the numbers that were given, by measure."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "source"}
        return {int(name[3:]): value for name, value in said.items() if value is not None}


class GiveKindForm(forms.Form):
    """Which department is in charge of which kind."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"))
    owner = forms.ModelChoiceField(
        Node.objects.none(), label=gettext_lazy("责任部门"), empty_label=gettext_lazy("请选择")
    )

    def __init__(self, *args: Any, owners: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [(one.code, one.title) for one in KINDS.values() if one.departments]
        offer(self, "kind", [("", _("请选择")), *given])
        offer_rows(self, "owner", owners)


class DefinitionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a measure is."""

    class Meta:
        model = MeasureDefinition
        fields = (
            "code",
            "title",
            "title_en",
            "unit_of_measurement",
            "scale",
            "lowest_level",
            "owner",
            "citation",
            "every",
            "due_after",
        )

    def __init__(self, *args: Any, owners: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(cast(Any, self), "owner", owners)
        self.fields["owner"].label = _("责任部门")


class DecideForm(forms.Form):
    """What came of checking a record."""

    quality = forms.CharField(required=False)
    reason = forms.CharField(required=False, max_length=300)
    accept = forms.BooleanField(required=False)


class DrawForm(forms.Form):
    """How many of the waiting records are drawn."""

    percent = forms.IntegerField(
        label=gettext_lazy("抽查比例（%）"), initial=10, min_value=1, max_value=100
    )


class ListForm(forms.Form):
    """Which records a list shows."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=[("", gettext_lazy("全部")), *(one for one in State.choices if one[0] != "staged")],
    )
    node = forms.ModelChoiceField(
        label=gettext_lazy("单位及下级"),
        queryset=Node.objects.none(),
        required=False,
        empty_label=gettext_lazy("全部"),
    )
    since = DayField(label=gettext_lazy("从"), required=False)
    until = DayField(label=gettext_lazy("到"), required=False)

    def __init__(self, *args: Any, nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: list[tuple[str, str | Promise]] = [(one.code, one.title) for one in KINDS.values()]
        self.fields["kind"].choices = [("", _("全部")), *kinds]  # type: ignore[attr-defined]
        offer_nodes(self, "node", nodes)


def month_asked(text: str) -> date:
    """Return the first day of the month that an address names, this month's without one."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def rating() -> forms.TypedChoiceField:
    """Return the field of what those served said."""
    return forms.TypedChoiceField(
        label=gettext_lazy("对方怎么评价"),
        choices=RATINGS,
        coerce=int,
        empty_value=None,
        required=False,
    )


def _quantity(kind: Kind) -> forms.DecimalField:
    step = str(10**-kind.scale) if kind.scale else "1"
    return forms.DecimalField(
        label=_("多少%(unit)s") % {"unit": kind.unit},
        initial=1,
        min_value=0,
        decimal_places=kind.scale,
        max_digits=15,
        widget=forms.NumberInput({"inputmode": "decimal", "step": step}),
    )


def _actors(kind: Kind, people: QuerySet[Member]) -> forms.Field:
    if kind.actors == "one":
        return MemberPick(
            people,
            label=gettext_lazy("谁主要经办"),
            required=False,
            empty_label=gettext_lazy("记在单位名下"),
        )
    return forms.ModelMultipleChoiceField(
        people,
        label=gettext_lazy("谁到会") if kind.credits else gettext_lazy("谁参加"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _further(one: Field) -> forms.Field:
    given: dict[str, Any] = {"label": one.title, "required": one.required}
    if one.type == "day":
        return DayField(**given)
    if one.type == "number":
        return forms.DecimalField(**given)
    if one.type == "choice":
        return forms.ChoiceField(choices=[("", _("请选择")), *one.choices], **given)
    return forms.CharField(max_length=300, **given)

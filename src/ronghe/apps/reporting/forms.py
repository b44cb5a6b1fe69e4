"""Forms of report appraisals. Fields only: services decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.records.forms import UploadForm
from ronghe.apps.records.models import Record
from ronghe.apps.registry.models import Node
from ronghe.apps.reporting.models import Export, PaperObjection, Report, VoterGroup
from ronghe.apps.reporting.models.reports import THEMES
from ronghe.apps.reporting.selectors.facts import record_of_the_report
from ronghe.ui.forms import DayField, offer, offer_nodes, offer_rows


class OpenForm(forms.Form):
    """Where and for which year a report appraisal is held, and by which rules."""

    place = forms.ModelChoiceField(
        label=_("谁来开展"), queryset=Node.objects.none(), empty_label=None
    )
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    document = forms.CharField(
        label=_("依据的文件"),
        max_length=200,
        help_text=_("写明方案的名称和文号；下面的数都出自它。"),
    )
    due = DayField(label=_("报告截止日"))
    needed = forms.IntegerField(
        label=_("达到等次所需的得票率（%）"),
        min_value=1,
        max_value=100,
        help_text=_("这一等次和更好等次的加权得票率合计达到这个数，就建议这一等次。"),
    )
    result_share = forms.IntegerField(
        label=_("年度考核在综合评定中的占比（%）"),
        min_value=0,
        max_value=100,
        help_text=_("年度考核定稿后，结果与评议等次并列显示，注明这个占比。"),
    )
    objection_days = forms.IntegerField(
        label=_("异议期（工作日）"),
        min_value=1,
        max_value=60,
        help_text=_("从录完票数的次日起算。"),
    )

    def __init__(self, *args: Any, places: Any, weights: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "place", places)
        for code, words in VoterGroup.choices:
            self.fields[f"weight_{code}"] = forms.IntegerField(
                label=_("权重（%%）：%(group)s") % {"group": words},
                min_value=0,
                max_value=100,
                initial=weights.get(code),
                help_text=_("四方合计100；没有这一方的填0。"),
            )

    def clean(self) -> dict[str, Any]:
        """Gather the weights of the voter groups."""
        cleaned = super().clean() or {}
        weights = {code: cleaned.pop(f"weight_{code}", None) or 0 for code in VoterGroup.values}
        return {**cleaned, "weights": weights}


class DocumentForm(forms.Form):
    """Which document is made, of which place and period."""

    what = forms.ChoiceField(
        label=_("做什么"), choices=Export.What.choices, widget=forms.RadioSelect
    )
    node = forms.ModelChoiceField(
        label=_("哪个组织"), queryset=Node.objects.none(), empty_label=None
    )
    period = forms.CharField(
        label=_("期间"),
        max_length=10,
        help_text=_("一年写2026，半年写2026H1，一季写2026Q3，一月写2026-07。"),
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "node", places)


class SentenceForm(forms.Form):
    """A sentence."""

    text = forms.CharField(
        label=_("内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class OwnSentenceForm(SentenceForm):
    """A sentence of the secretary's own."""

    theme = forms.ChoiceField(label=_("放在哪一部分"), choices=THEMES)
    field_order = ("theme", "text")


class WordsForm(forms.Form):
    """Words that are asked for: a comment, a reason, an objection."""

    def __init__(
        self, *args: Any, label: Any, told: Any = "", most: int = 3000, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        words = forms.CharField(label=label, help_text=told, max_length=most)
        words.widget = forms.Textarea(attrs={"rows": 5, "maxlength": most})
        self.fields["words"] = words


class VotesForm(forms.Form):
    """The counted votes: a number for each voter group with a weight and each grade."""

    def __init__(
        self,
        *args: Any,
        groups: list[str],
        grades: Mapping[str, str],
        known: Mapping[tuple[str, str], int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = [(group, grade) for group in groups for grade in grades]
        for group, grade in self.pairs:
            self.fields[f"votes-{group}-{grade}"] = forms.IntegerField(
                label=f"{VoterGroup(group).label} · {grades[grade]}",
                min_value=0,
                max_value=100_000,
                required=False,
                initial=known.get((group, grade)),
            )

    def clean(self) -> dict[str, Any]:
        """Gather the votes by group and grade."""
        cleaned = super().clean() or {}
        counts = {pair: cleaned.get("votes-{}-{}".format(*pair)) or 0 for pair in self.pairs}
        return {"counts": counts}


class GradeForm(forms.Form):
    """The grade that is laid before the signers."""

    grade = forms.ChoiceField(label=_("拟定等次"))
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("与票数得出的建议等次不同的，写明理由。"),
    )

    def __init__(self, *args: Any, grades: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "grade", grades.items())


class PaperObjectionForm(UploadForm):
    """An objection of somebody else: what it says, how and when it was received, with its file."""

    reason = forms.CharField(
        label=_("异议和理由"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("照原话录，不替人改。"),
    )
    how = forms.ChoiceField(
        label=PaperObjection.how.field.verbose_name, choices=PaperObjection.How.choices
    )
    received = DayField(label=_("收到日期"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        self.order_fields(["reason", "how", "received", "file"])


class SheetForm(forms.Form):
    """The grades of many reports on one sheet: for each a grade or none, and a reason."""

    signers = forms.MultipleChoiceField(
        label=_("由谁签批"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选几个就依次签几步；录票的、报请的和述职的都不签。"),
    )

    def __init__(
        self,
        *args: Any,
        reports: Iterable[Report],
        grades: Mapping[str, str],
        signers: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reports, self.grades = list(reports), grades
        offer(self, "signers", signers)
        for one in self.reports:
            told = {"place": one.node.name, "name": one.name}
            self.fields[f"grade-{one.pk}"] = forms.ChoiceField(
                label=_("拟定等次：%(place)s %(name)s") % told,
                required=False,
                choices=[*grades.items(), ("", _("暂缓，这次不报"))],
                initial=one.proposal,
            )
            self.fields[f"reason-{one.pk}"] = forms.CharField(
                label=_("理由：%(place)s %(name)s") % told, required=False, max_length=300
            )

    def rows(self) -> Iterator[tuple[Report, str, forms.BoundField, forms.BoundField]]:
        """Yield each report with what its votes came to, and its two fields."""
        for one in self.reports:
            proposal = self.grades.get(one.proposal, "")
            yield one, proposal, self[f"grade-{one.pk}"], self[f"reason-{one.pk}"]

    def clean(self) -> dict[str, Any]:
        """Gather grade and reason by the id of the report."""
        cleaned = super().clean() or {}
        pairs = ((one.pk, f"grade-{one.pk}", f"reason-{one.pk}") for one in self.reports)
        choices = {
            pk: (cleaned.get(grade, ""), cleaned.get(reason, "")) for pk, grade, reason in pairs
        }
        return {"choices": choices, "signers": cleaned.get("signers", [])}


class ItemForm(forms.Form):
    """An item of the rectification list."""

    words = forms.CharField(
        label=_("要改什么"), max_length=300, help_text=_("写要办成的事，不写开会、发文、报材料。")
    )
    owner = forms.ModelChoiceField(
        label=_("谁负责"), queryset=get_user_model().objects.none(), empty_label=_("请选择")
    )
    due = DayField(label=_("期限"))

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "owner", owners)


class RecordsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Records, each named by day, kind and matter."""

    def label_from_instance(self, obj: Any) -> str:
        """Name a record."""
        return record_of_the_report(obj)


class OutcomeForm(forms.Form):
    """What came of an item, and the work behind it."""

    outcome = forms.CharField(
        label=_("改得怎样"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    records = RecordsField(
        label=_("靠哪几条纪实办成"),
        queryset=Record.objects.none(),
        required=False,
        help_text=_("已经登记过的勾上就行，不用再写材料；没有的可以不选。"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, records: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "records", records)

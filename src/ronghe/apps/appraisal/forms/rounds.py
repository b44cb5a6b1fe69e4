"""Forms of a round. Fields only: services decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ronghe.analysis.scheme.sources import BallotSource
from ronghe.apps.appraisal.models import Version
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import DayField, offer, offer_nodes, offer_rows

ALL, GROUPS, CHOSEN = "all", "groups", "chosen"


class OpenForm(forms.Form):
    """Which version on which year, where, for whom, and when inputs are due."""

    version = forms.ModelChoiceField(
        label=_("用哪个方案"), queryset=Version.objects.none(), empty_label=_("请选择")
    )
    at = forms.ModelChoiceField(
        label=_("在哪里开展"),
        queryset=Node.objects.none(),
        empty_label=None,
        help_text=_("考核这里和下级的考核对象；别处看不到。"),
    )
    period = forms.CharField(label=_("考核期"), max_length=4, help_text=_("四位数的年份。"))
    collect_until = DayField(
        label=_("数据截止日"), help_text=_("到这一天还缺的，会出现在提供单位的工作台上。")
    )
    scope = forms.ChoiceField(
        label=_("考核哪些对象"),
        choices=[
            (ALL, _("全部")),
            (GROUPS, _("按分组选，下一步勾选")),
            (CHOSEN, _("逐个选，下一步勾选")),
        ],
        widget=forms.RadioSelect,
        initial=ALL,
    )

    def __init__(
        self, *args: Any, versions: QuerySet[Version], nodes: QuerySet[Node], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "version", versions)
        offer_nodes(self, "at", nodes)


class ChooseForm(forms.Form):
    """Which peer groups or units, after the first page; what was said there goes along hidden."""

    picked = forms.MultipleChoiceField(label=_("考核对象"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        offered: Iterable[tuple[str, str]],
        said: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "picked", offered)
        for name, value in {**said, "choosing": "yes"}.items():
            self.fields[name] = forms.CharField(initial=value, widget=forms.HiddenInput)


class VotesForm(forms.Form):
    """The counted votes of one ballot: a number for each voter group and grade."""

    def __init__(
        self, *args: Any, source: BallotSource, known: dict[tuple[str, str], int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        for g, group in enumerate(source.groups):
            for v, grade in enumerate(source.grades):
                self.fields[f"votes-{g}-{v}"] = forms.IntegerField(
                    label=f"{group} · {grade}",
                    min_value=0,
                    max_value=1_000_000,
                    required=False,
                    initial=known.get((group, grade)),
                )

    def counts(self) -> dict[tuple[str, str], int]:
        """Return the votes by group and grade."""
        return {
            (group, grade): self.cleaned_data[f"votes-{g}-{v}"] or 0
            for g, group in enumerate(self.source.groups)
            for v, grade in enumerate(self.source.grades)
        }


class ScoresForm(forms.Form):
    """An expert's scores: one number from 0 to 100 for each unit."""

    def __init__(
        self, *args: Any, units: dict[str, str], known: dict[str, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for number, (code, name) in enumerate(units.items()):
            self.fields[f"unit-{number}"] = forms.DecimalField(
                label=name,
                min_value=0,
                max_value=100,
                decimal_places=1,
                required=False,
                initial=known[code] / 1000 if code in known else None,
            )

    def scores(self) -> dict[str, int]:
        """Return thousandths by unit; those left empty are not scored."""
        given = ((code, self.cleaned_data[f"unit-{n}"]) for n, code in enumerate(self.units))
        return {code: int(score * 1000) for code, score in given if score is not None}


class PutToSignForm(forms.Form):
    """Who signs the results."""

    signers = forms.MultipleChoiceField(
        label=_("由谁审定"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("选几个就依次签几步；建立这一轮的人、组织计算的人和报请的人不签。"),
    )

    def __init__(self, *args: Any, signers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "signers", signers)


class AppealForm(forms.Form):
    """What is wrong and what shows it."""

    indicator = forms.ChoiceField(label=_("对哪一项"), required=False)
    words = forms.CharField(label=_("哪里不对"), widget=forms.Textarea(attrs={"rows": 4}))
    evidence = forms.CharField(
        label=_("依据"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写清凭什么：哪条纪实、哪份文件、哪张报表。"),
    )

    def __init__(self, *args: Any, indicators: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "indicator", [("", _("总分或等次")), *indicators])


class AnswerForm(forms.Form):
    """The answer to an appeal."""

    upheld = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("yes", _("成立：数据改正后重新计算")), ("no", _("不成立"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("答复和理由"), widget=forms.Textarea(attrs={"rows": 4}))


class ImprovementForm(forms.Form):
    """What is done about lost points, by whom and by when."""

    indicator = forms.ChoiceField(label=_("针对哪一项"))
    words = forms.CharField(
        label=_("做什么"), max_length=300, help_text=_("写要办成的事，不写开会、发文、报材料。")
    )
    owner = forms.ModelChoiceField(
        label=_("谁负责"), queryset=get_user_model().objects.none(), empty_label=_("请选择")
    )
    due = DayField(label=_("期限"))

    def __init__(
        self,
        *args: Any,
        indicators: Iterable[tuple[str, str]],
        owners: QuerySet[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "indicator", indicators)
        offer_rows(self, "owner", owners)


class OutcomeForm(forms.Form):
    """What came of an improvement item."""

    outcome = forms.CharField(label=_("办得怎样"), max_length=300)

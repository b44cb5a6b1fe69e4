"""Forms of what departments are asked about appeals. Fields only: services decide."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.appraisal.selectors.appeals import Input
from ronghe.apps.records.numbers import period_words, plain
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import offer_rows


class PassOnForm(forms.Form):
    """Which department is asked about its figures."""

    department = forms.ModelChoiceField(
        label=gettext_lazy("数据由谁提供"), queryset=Node.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, departments: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "department", departments)


class StatementForm(forms.Form):
    """What the department found, why, and the right figures where they were wrong."""

    wrong = forms.TypedChoiceField(
        label=gettext_lazy("核实结果"),
        choices=[
            ("no", gettext_lazy("数据无误")),
            ("yes", gettext_lazy("有误，已改正")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    statement = forms.CharField(
        label=gettext_lazy("核实情况和理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("考核办据此答复；答复时提出申诉的一方也看得到。"),
    )

    def __init__(self, *args: Any, inputs: Sequence[Input], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inputs = list(inputs)
        for number, one in enumerate(self.inputs):
            what = one.definition
            unit = f"（{what.unit_of_measurement}）" if what.unit_of_measurement else ""
            self.fields[f"figure-{number}"] = forms.DecimalField(
                label=f"{what} {period_words(one.period)}{unit}",
                help_text=_("来源：%(source)s") % {"source": one.held.source}
                if one.held
                else _("还没有报送过。"),
                required=False,
                initial=plain(one.held.amount) if one.held else None,
                decimal_places=what.scale,
                max_digits=15,
                widget=forms.NumberInput({"inputmode": "decimal", "step": "any"}),
            )
        if self.inputs:
            self.fields["source"] = forms.CharField(
                label=_("改正后的数出自哪份文件或报表"),
                max_length=200,
                required=False,
                help_text=_("没有改正就空着。"),
            )

    def corrected(self) -> dict[tuple[int, str], Decimal]:
        """Return the values as they stand in the form, by measure and period."""
        said = ((one, self.cleaned_data[f"figure-{n}"]) for n, one in enumerate(self.inputs))
        return {(one.definition.pk, one.period): value for one, value in said if value is not None}

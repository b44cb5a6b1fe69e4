"""Forms of what leaves the site. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.appraisal.services.exports import LICENCES, Coefficients
from ronghe.ui.forms import DayField

BASES = [
    ("grade", gettext_lazy("按等次：每个等次一个系数")),
    ("score", gettext_lazy("按总分：总分除以下面的数")),
]


class PayForm(forms.Form):
    """Which document sets the coefficients, and what they are."""

    document = forms.CharField(
        label=gettext_lazy("规定系数的文件"),
        max_length=100,
        help_text=gettext_lazy("文号或文件名，印在表上，也留在审计记录里。"),
    )
    dated = DayField(label=gettext_lazy("文件日期"))
    basis = forms.ChoiceField(
        label=gettext_lazy("系数怎么定"), choices=BASES, widget=forms.RadioSelect, initial="grade"
    )

    def __init__(self, *args: Any, grades: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grades = list(grades)
        for number, title in enumerate(grades.values()):
            self.fields[f"grade-{number}"] = _coefficient(_("“%(grade)s”的系数") % {"grade": title})
        self.fields["divisor"] = _coefficient(_("按总分时，除以"), least="0.0001")
        if not grades:
            self.fields["basis"].initial = "score"

    def clean(self) -> dict[str, Any]:
        """Ask for what the way that was chosen needs."""
        said = super().clean() or {}
        named = [f"grade-{number}" for number in range(len(self.grades))]
        wanted = ["divisor"] if said.get("basis") == "score" else named
        for name in wanted:
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, _("请填写。"))
        if said.get("basis") == "grade" and not self.grades:
            self.add_error("basis", _("这个方案不分等次，只能按总分。"))
        return said

    def coefficients(self) -> Coefficients:
        """Return what was said."""
        said = self.cleaned_data
        if said["basis"] == "score":
            return Coefficients(said["document"], said["dated"], divisor=said["divisor"])
        given = {code: said[f"grade-{number}"] for number, code in enumerate(self.grades)}
        return Coefficients(said["document"], said["dated"], given)


class ReleaseForm(forms.Form):
    """Under which licence results are released, and who answers questions about them."""

    licence = forms.ChoiceField(
        label=gettext_lazy("许可"),
        choices=[(code, code) for code in LICENCES],
        help_text=gettext_lazy(
            "CC-BY、ODC-By：使用时注明来源；CC0：不作限制。由考核办按本地规定选。"
        ),
    )
    contact = forms.CharField(
        label=gettext_lazy("对外联系方式"),
        max_length=100,
        help_text=gettext_lazy("办公室的电话或邮箱，写在说明里，不要写个人的。"),
    )
    checked = forms.BooleanField(label=gettext_lazy("已核对，同意公开；由我负责。"))


def _coefficient(label: str, *, least: str = "0") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=float(least), max_value=1000, decimal_places=4, required=False
    )

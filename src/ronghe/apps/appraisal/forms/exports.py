"""Forms of what leaves the site. Fields only: services decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from ronghe.apps.appraisal.services.exports import LICENCES


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

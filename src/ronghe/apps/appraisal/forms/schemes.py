"""Forms of a scheme's way: starting, uploading, approving. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ronghe.apps.registry.models import Node
from ronghe.exchange.scheme.document import MAX_BYTES
from ronghe.exchange.small_tables import LIMITS
from ronghe.ui.forms import DayField, offer, offer_nodes


class StartForm(forms.Form):
    """Whose scheme it is, and what it starts from: a ready one or a file."""

    node = forms.ModelChoiceField(
        label=_("哪一级的方案"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    ready = forms.ChoiceField(label=_("从现成方案开始"), required=False)
    file = forms.FileField(
        label=_("或者上传方案文件"),
        required=False,
        help_text=_("Excel 工作簿（.xlsx）或 YAML；有问题也先收下，逐条列出来改。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml"}),
    )

    def __init__(
        self, *args: Any, nodes: QuerySet[Node], ready: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "node", nodes)
        offer(self, "ready", [("", _("不用现成的")), *ready])
        first = list(nodes[:2])
        if first:
            self.fields["node"].initial = first[0]

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("ready")) == bool(cleaned.get("file")) and not self.errors:
            raise forms.ValidationError(_("请选一个现成方案，或者上传一个文件。"))
        return cleaned

    def clean_file(self) -> Any:
        """Refuse other kinds of files and ones that are too large, before they are read."""
        file = self.cleaned_data["file"]
        if file and not file.name.casefold().endswith((".xlsx", ".yaml", ".yml")):
            raise forms.ValidationError(_("请上传 .xlsx、.yaml 或 .yml 文件。"))
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(_("文件太大，最多10兆字节。"))
        return file


class DutiesForm(forms.Form):
    """A duty list and whose it is."""

    node = forms.ModelChoiceField(
        label=_("哪里的清单"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    file = forms.FileField(
        label=_("履职事项清单"),
        help_text=_("基本、配合、收回三张清单，.xlsx 或 .csv，按公布的样子上传即可。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "node", nodes)
        self.fields["node"].initial = nodes.first()

    def clean_file(self) -> Any:
        """Refuse other kinds of files and ones that are too large, before they are read."""
        file = self.cleaned_data["file"]
        if not file.name.casefold().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_("请上传 .xlsx 或 .csv 文件。"))
        if file.size > LIMITS.workbook_bytes:
            raise forms.ValidationError(_("文件太大，最多10兆字节。"))
        return file


class ApproveForm(forms.Form):
    """The approval by its document, and whatever is to be said."""

    document = forms.CharField(
        label=_("批准文号"), max_length=100, help_text=_("写进方案，人人看得到。")
    )
    dated = DayField(label=_("批准日期"))
    opinion = forms.CharField(
        label=_("意见"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SendBackForm(forms.Form):
    """Why a version is sent back."""

    opinion = forms.CharField(label=_("退回的理由"), widget=forms.Textarea(attrs={"rows": 3}))

"""Forms of the rules. Fields only: services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.registry.models import Node
from ronghe.rulebook import Rule, Wording, write_value
from ronghe.ui.forms import DayField, offer_nodes


class RulesForm(forms.Form):
    """Which rules are listed, for which place and day."""

    q = forms.CharField(label=_("规定、文件或文字"), required=False, max_length=60)
    at = forms.ModelChoiceField(
        label=_("适用地方"), queryset=Node.objects.none(), required=False, empty_label=None
    )
    on = DayField(label=_("哪一天的（不填为今天）"), required=False)

    def __init__(self, *args: Any, nodes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "at", nodes)


class ConfirmForm(forms.Form):
    """That a built-in value holds here."""

    reason = forms.CharField(
        label=_("核对情况"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：已与原文核对一致。"),
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    until = DayField(label=_("到哪天止"), required=False, help_text=_("长期有效可以不填。"))


class ValueForm(ConfirmForm):
    """Another value, with the document it rests on."""

    document = forms.CharField(label=_("依据文件"), max_length=200)
    number = forms.CharField(label=_("文号"), max_length=60)
    article = forms.CharField(
        label=_("条款"), max_length=60, required=False, help_text=_("例如 5 或“附件二”。")
    )
    field_order = ["value", "document", "number", "article", "since", "until", "reason"]

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(rule)
        self.fields["reason"].label = _("理由")
        self.fields["reason"].help_text = ""
        self.order_fields(self.field_order)


class TermsField(forms.CharField):
    """Named values, one a line: code, Chinese, and English if there is one."""

    def to_python(self, value: Any) -> Any:
        """Return the lines as the rulebook's files write them."""
        lines = [
            line.split("|")
            for line in (super().to_python(value) or "").splitlines()
            if line.strip()
        ]
        names = ("code", "zh", "en")
        return [
            {name: part.strip() for name, part in zip(names, parts, strict=False)}
            for parts in lines
        ]

    def prepare_value(self, value: Any) -> Any:
        """Show terms as lines again."""
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(" | ".join(part for part in one.values() if part) for one in value)


def _value_field(rule: Rule) -> forms.Field:
    label, raw = _("本地的值"), write_value(rule.value)
    if rule.kind == "truth":
        choices = [("true", _("是")), ("false", _("否"))]
        return forms.ChoiceField(label=label, choices=choices, initial=raw)
    if rule.kind == "day":
        return _DayText(label=label, initial=raw)
    if rule.kind == "list":
        hint = _("每行一个：代码 | 中文 | 英文（可不写）。")
        area = forms.Textarea(attrs={"rows": 6})
        return TermsField(label=label, widget=area, help_text=hint, initial=raw)
    hints = {"share": _("写成 1/3、30% 或 0.3。"), "number": _("写整数。")}
    initial = rule.value.zh if isinstance(rule.value, Wording) else raw
    return forms.CharField(
        label=label, max_length=1000, help_text=hints.get(rule.kind, ""), initial=initial
    )


class _DayText(DayField):
    """A day kept as the rulebook's files write it."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if day else ""

"""The form of one part of a scheme, made from the fields of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.appraisal.drafts.fields import Spec

SECTIONS: dict[str, str | Promise] = {
    "basic": gettext_lazy("基本"),
    "source": gettext_lazy("数据来源"),
    "rule": gettext_lazy("计分方法"),
    "more": gettext_lazy("填报、依据和其他"),
}


class PartForm(forms.Form):
    """Nothing here is required or refused: a draft keeps what was typed, the checks tell."""

    def __init__(
        self, *args: Any, specs: Sequence[Spec], english: bool, turn_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sections: dict[str, list[str]] = {}
        for spec in specs:
            self.fields[spec.name] = _field(spec, english, turn_url)
            self.initial.setdefault(spec.name, spec.value)
            self.sections.setdefault(spec.section, []).append(spec.name)

    def by_section(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        """Yield the fields under the heading of their section."""
        for section, names in self.sections.items():
            yield SECTIONS[section], [self[name] for name in names]


def _field(spec: Spec, english: bool, turn_url: str) -> forms.Field:
    common: dict[str, Any] = {
        "label": spec.label[english],
        "help_text": spec.explained[english],
        "required": False,
    }
    options = [(value, names[english] or names[0]) for value, names in spec.options]
    if spec.look == "many":
        return forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, **common
        )
    if spec.look == "choice":
        chosen = "" if spec.value in dict(options) else str(spec.value)
        extra = [(chosen, chosen)] if chosen else []
        widget = forms.Select(attrs=_turning(turn_url) if spec.turning else {})
        empty = [("", _("不填"))]
        return forms.ChoiceField(choices=[*empty, *options, *extra], widget=widget, **common)
    if spec.look == "long":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **common)
    if spec.look == "day":
        picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        return forms.CharField(widget=picker, **common)
    return forms.CharField(**common)


def _turning(url: str) -> dict[str, str]:
    """Let a choice that shows other fields draw the form again with what was typed."""
    return {
        "hx-post": url,
        "hx-vals": '{"again": "1"}',
        "hx-trigger": "change",
        "hx-target": "#part-fields",
        "hx-select": "#part-fields",
        "hx-swap": "outerHTML",
    }

"""Forms of procedures. Fields only: services decide."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronghe.ui.forms import DayField

LONGEST = timedelta(days=31)
_BREAK = re.compile(r"[\s,，、;；]+")
_RANGE = re.compile(r"\s*(至|到|~|～|—|–)\s*")


class DaysField(forms.CharField):
    """Days written ``2027-02-05`` or ``2027-02-05至2027-02-11``, in any number of lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 5}), max_length=4000, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the days in order, each once."""
        text = _RANGE.sub("至", super().clean(value))
        found: set[date] = set()
        for part in filter(None, _BREAK.split(text)):
            first, _until, last = part.partition("至")
            found |= _range(first, last or first)
        return sorted(found)


def _range(first: str, last: str) -> set[date]:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        told = gettext("看不懂“%(found)s”。请写成 2027-02-05 或 2027-02-05至2027-02-11。")
        raise ValidationError(
            told % {"found": first if first == last else f"{first}至{last}"}
        ) from error
    if not timedelta() <= end - start <= LONGEST:
        raise ValidationError(gettext("“%(found)s”的起止不对。") % {"found": f"{first}至{last}"})
    return {start + timedelta(days=step) for step in range((end - start).days + 1)}


class NoticeForm(forms.Form):
    """The State Council's notice for a year."""

    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    number = forms.CharField(
        label=_("文号"), max_length=60, help_text=_("例如：国办发明电〔2025〕7号")
    )
    off = DaysField(
        label=_("放假的日子"),
        help_text=_("每行一天或一段，例如 2027-02-05至2027-02-11；本来就休息的周末写不写都可以。"),
    )
    made_up = DaysField(label=_("调休上班的日子"), required=False, help_text=_("写法同上。"))


class CountForm(forms.Form):
    """From which day how many working days are counted."""

    since = DayField(label=_("从哪天起（当天不算）"), initial=timezone.localdate)
    number = forms.IntegerField(label=_("多少个工作日"), min_value=0, max_value=400, initial=5)

"""Forms of procedures. Fields only: services decide."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronghe.apps.access import Role
from ronghe.apps.procedures.models import Interest
from ronghe.apps.registry.models import Kind, Node
from ronghe.ui.forms import DayField, offer, offer_nodes, offer_rows

DRAWN_ROLES = (Role.EXPERT, Role.RESIDENT, Role.MEMBER, Role.ENTERPRISE)
"""The roles whose holders are drawn as reviewers or to be asked."""
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


class PublicityForm(forms.Form):
    """What is published, by which rule."""

    at = forms.ModelChoiceField(
        label=_("在哪里公示"), queryset=Node.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("标题"), max_length=200)
    text = forms.CharField(
        label=_("公示内容"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("只写需要公开的内容，不写身份证号、电话和住址。"),
    )
    key = forms.ChoiceField(label=_("按哪条规定"))
    working_days = forms.IntegerField(
        label=_("公示多少个工作日"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("不填按规定的天数；可以更长，不能更短。"),
    )

    def __init__(self, *args: Any, nodes: Any, keys: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "key", keys)
        if nodes is None:
            del self.fields["at"]
        else:
            offer_nodes(self, "at", nodes)


class ConclusionForm(forms.Form):
    """How a publicity ends."""

    conclusion = forms.CharField(
        label=_("结论或理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectionForm(forms.Form):
    """Against what, and why."""

    reason = forms.CharField(
        label=_("异议和理由"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )


class AssignForm(forms.Form):
    """Who answers an objection."""

    to = forms.ModelChoiceField(
        label=_("交给谁办理"),
        queryset=get_user_model()._default_manager.none(),
        empty_label=_("请选择"),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "to", people)


class AnswerForm(forms.Form):
    """What is answered to an objection."""

    uphold = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("no", _("异议不成立")), ("yes", _("异议成立"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("答复的理由"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )


class SignForm(forms.Form):
    """A signature under what was read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=_("签批意见"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("退回须写明理由。"),
    )


class InterestForm(forms.Form):
    """An interest of one's own."""

    kind = forms.ChoiceField(label=_("关系"), choices=Interest.Kind.choices)
    node = forms.CharField(
        label=_("与哪个组织"), required=False, max_length=100, help_text=_("全称或代码。")
    )
    person = forms.CharField(
        label=_("与哪个人"), required=False, max_length=60, help_text=_("姓名或登录名。")
    )
    note = forms.CharField(label=_("说明"), required=False, max_length=500)
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    until = DayField(label=_("到哪天止"), required=False)

    def __init__(self, *args: Any, nodes: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._nodes, self._people = nodes, people

    def clean_node(self) -> Any:
        """Return the organisation that is called so, None where none is named."""
        name = self.cleaned_data["node"].strip()
        return _the_one(self._nodes.filter(Q(name=name) | Q(code=name)), name)

    def clean_person(self) -> Any:
        """Return the person who is called so, None where none is named."""
        name = self.cleaned_data["person"].strip()
        return _the_one(self._people.filter(Q(name=name) | Q(username=name)), name)


def _the_one(found: Any, name: str) -> Any:
    if not name:
        return None
    rows = list(found[:2])
    if len(rows) != 1:
        told = gettext("有不止一个叫这个的，请写代码或登录名。")
        raise ValidationError(told if rows else gettext("本县没有找到，请写全称。"))
    return rows[0]


class DrawForm(forms.Form):
    """What is drawn, where, how many and for what."""

    title = forms.CharField(label=_("名称"), max_length=200)
    purpose = forms.CharField(
        label=_("用途"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    at = forms.ModelChoiceField(
        label=_("在哪里（含下级）"), queryset=Node.objects.none(), empty_label=None
    )
    what = forms.ChoiceField(label=_("抽取什么"))
    number = forms.IntegerField(label=_("抽取几个"), min_value=1, max_value=1000)

    def __init__(self, *args: Any, nodes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_nodes(self, "at", nodes)
        kinds = [(f"kind:{kind}", label) for kind, label in Kind.choices if kind != Kind.COUNTY]
        roles = [(f"role:{role}", Role(role).label) for role in DRAWN_ROLES]
        offer(self, "what", [*roles, *kinds])

"""Forms of the accounts. Fields only: services decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import Post
from ronghe.apps.programs.scopes import SCOPES
from ronghe.apps.registry.models import Node
from ronghe.ui.forms import DayField, offer, offer_nodes, offer_rows


class FilterForm(forms.Form):
    """Which people the list shows."""

    q = forms.CharField(label=_("姓名或登录名"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("角色"), required=False)
    node = forms.ModelChoiceField(
        label=_("组织及下级"), queryset=Node.objects.none(), required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [("", _("全部")), *Role.choices])
        offer_nodes(self, "node", nodes)


class PostForm(forms.Form):
    """A role at a node for a term."""

    role = forms.ChoiceField(label=_("角色"))
    node = forms.ModelChoiceField(
        label=_("在哪个组织"), queryset=Node.objects.none(), empty_label=_("请选择")
    )
    since = DayField(label=_("任期起"), initial=timezone.localdate)
    until = DayField(
        label=_("任期止"),
        required=False,
        help_text=_("最后一天；到期自动失效。没有固定任期的可以不填。"),
    )

    def __init__(self, *args: Any, roles: list[Role], nodes: QuerySet[Node], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in roles]
        offer(self, "role", choices if len(choices) == 1 else [("", _("请选择")), *choices])
        offer_nodes(self, "node", nodes)
        if len(nodes) == 1:
            self.fields["node"].initial = nodes[0]


class PersonForm(PostForm):
    """A new account with its first post."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    username = forms.CharField(
        label=_("登录名"), max_length=60, help_text=_("可以用汉字、字母、数字；登录时不分大小写。")
    )
    field_order = ["name", "username", "role", "node", "since", "until"]


class EndForm(forms.Form):
    """The last day of a post."""

    on = DayField(label=_("最后一天"), initial=timezone.localdate)


class DelegationForm(forms.Form):
    """A post of one's own lent to a deputy for a term."""

    post = forms.ModelChoiceField(
        label=_("哪个职务"), queryset=Post.objects.none(), empty_label=_("请选择")
    )
    username = forms.CharField(
        label=_("代办人的登录名"),
        max_length=60,
        help_text=_("须是本县在任人员；请向对方问清登录名。"),
    )
    since = DayField(label=_("从哪天起"), initial=timezone.localdate)
    until = DayField(label=_("到哪天止"))

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "post", posts)
        if len(posts) == 1:
            self.fields["post"].initial = posts[0]


class TokenForm(forms.Form):
    """What a new token is for, what it may do, and until when."""

    name = forms.CharField(
        label=_("用途"), max_length=60, help_text=_("写明哪个系统用，便于日后核对。")
    )
    scopes = forms.MultipleChoiceField(
        label=_("允许"),
        choices=[(name, scope.title) for name, scope in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    until = DayField(label=_("有效至"), initial=lambda: timezone.localdate() + timedelta(days=90))

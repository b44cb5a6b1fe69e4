"""What searching finds on the roster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ronghe.apps.desk.search import Hit, Words, named
from ronghe.apps.members.permissions import SEE_MEMBERS
from ronghe.apps.members.selectors import members_visible_to


def members(user: Any, words: Words) -> Iterator[Hit]:
    """Find members by name or initials, for those who may see the roster."""
    if not user.has_perm(SEE_MEMBERS):
        return
    for member in named(members_visible_to(user), words):
        at = "、".join(sorted(one.node.name for one in member.today))
        detail = f"{member.get_stage_display()} · {at}"
        yield Hit(member.name, _("党员"), reverse("members:member", args=[member.pk]), detail)

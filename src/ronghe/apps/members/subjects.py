"""Members as what procedures are about: publicity before admission (发展党员公示)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.members.selectors import member_visible_to, organisational_relation
from ronghe.apps.procedures.subject import Subject, about


def member_as_subject(user: Any, pk: int) -> Subject:
    """Return a member somebody sees, at the organisation that counts, or raise Http404."""
    member = member_visible_to(user, pk)
    relation = organisational_relation(member)
    named = {"name": member.name, "stage": member.get_stage_display()}
    return about(
        member,
        place=relation.node if relation else member.county,
        title=_("%(name)s（%(stage)s）公示") % named,
        url=reverse("members:member", args=[pk]),
    )

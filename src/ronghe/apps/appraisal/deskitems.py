"""What waits for people about schemes: approving, publishing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.apps.appraisal.models import Version
from ronghe.apps.appraisal.permissions import APPROVE_SCHEMES, EDIT_SCHEMES
from ronghe.apps.desk.items import Item

State = Version.State


def schemes_waiting(user: Any) -> Iterator[Item]:
    """List the versions that wait for somebody's approval, or to be published by them."""
    for power, state, own, action in (
        (APPROVE_SCHEMES, State.SUBMITTED, "submitted_by", _("审批")),
        (EDIT_SCHEMES, State.APPROVED, "decided_by", _("发布")),
    ):
        within = user.reach(power).within("scheme__node__path")
        waiting = Version.objects.filter(within, state=state).exclude(**{own: user})
        for version in waiting.select_related("submitted_by", "decided_by"):
            yield _item(version, action)


def _item(version: Version, action: str) -> Item:
    named = {"title": version.title, "version": version.version}
    if version.state == State.SUBMITTED:
        why = _("%(name)s送审，请审批。") % {"name": version.submitted_by.name}
    else:
        why = _("已经批准（%(document)s），可以发布。") % {"document": version.approval_document}
    title = _("考核方案“%(title)s”（%(version)s）") % named
    return Item(title, why, reverse("appraisal:version", args=[version.pk]), action)

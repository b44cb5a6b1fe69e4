"""Rosters of many people: compared and taken over by jobs, which go on where they stopped."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronghe.apps.desk import jobs
from ronghe.apps.members.models import RosterImport
from ronghe.apps.members.permissions import MANAGE_MEMBERS
from ronghe.apps.members.services import importing

COMPARE = "members.roster_compared"
TAKE_OVER = "members.roster_taken_over"


@jobs.kind(COMPARE, title=gettext_lazy("核对名册"), retries=3)
def compare(job: jobs.Run, *, begun: int) -> dict[str, Any]:
    """Compare a roster file with the roster."""
    importing.stage(_file(job, begun), by=job.by)
    words = _("核对完了，请看差异，选定要入册的。")
    return {"url": reverse("members:check", args=[begun]), "words": words}


@jobs.kind(TAKE_OVER, title=gettext_lazy("名册入册"), retries=3)
def take_over(job: jobs.Run, *, begun: int) -> dict[str, Any]:
    """Take over the chosen rows of a roster file."""
    file = _file(job, begun)
    if file.applied is None:
        importing.take_over(file, by=job.by, told=job.progress, hold=job.hold)
    return {"url": reverse("members:applied", args=[begun]), "words": _("选定的都办完了。")}


def _file(job: jobs.Run, pk: int) -> RosterImport:
    found = RosterImport.objects.filter(pk=pk, by=job.by).first()
    if found is None or job.by is None:
        raise jobs.Refused(_("这份名册已经不在了，请重新上传。"))
    if not job.by.has_perm(MANAGE_MEMBERS):
        raise jobs.Refused(_("您的任职已经到期，不能再办。"))
    return found

"""What others say of a report, and the secretary's objection to what comes of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.procedures.models import Objection
from ronghe.apps.procedures.services.objections import raise_objection
from ronghe.apps.procedures.subject import about
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Report
from ronghe.apps.reporting.services.common import (
    advance,
    locked,
    record,
    standing_of,
    tell_secretary,
)
from ronghe.apps.reporting.stages import Event


@transaction.atomic
def comment(report: Report, *, words: str, by: Any) -> Report:
    """Comment on a report (点评) as the superior; never on one's own or one put forward by them."""
    now = locked(report)
    if not powers.may_comment(by, now):
        raise PermissionDenied
    standing = standing_of(now, powers.COMMENT, by)
    told = {"comment": words, "commented_by": by, "commented_at": timezone.now()}
    advance(now, Event.COMMENT, **told)
    record("reporting.commented", now, by, standing)
    tell_secretary(now, _("述职报告已经点评"))
    return now


@transaction.atomic
def object_to(report: Report, *, reason: str, by: Any) -> Objection:
    """Object (提出异议) to what the votes came to, within its time; nothing is signed meanwhile.

    Only the secretary does. Neither who commented nor who counted deals with it.
    """
    now = locked(report)
    if now.secretary_id != by.pk:
        raise PermissionDenied
    advance(now, Event.OBJECT)
    made = raised_by(now, reason=reason, by=by)
    record("reporting.objected", now, by, None, objection=made.pk)
    return made


def raised_by(now: Report, *, reason: str, by: Any) -> Objection:
    """Raise an objection to a report's count: neither who commented nor who counted answers it."""
    named = {"year": now.appraisal.year, "place": now.node.name}
    title = _("%(year)d年度述职评议：%(place)s") % named
    against = [one for one in (now.commented_by, now.counted_by) if one is not None]
    subject = about(now, place=now.appraisal.node, title=title)
    return raise_objection(subject, reason=reason, against=against, by=by)

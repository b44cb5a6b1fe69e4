"""Entering an objection that a secretary made on paper or by word."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.procedures.models import Objection
from ronghe.apps.records.services.evidence import read, store
from ronghe.apps.records.uploads import cleaned, safe_name
from ronghe.apps.reporting.models import PaperObjection, Report
from ronghe.apps.reporting.services.common import advance, holding, locked, record
from ronghe.apps.reporting.services.judging import raised_by
from ronghe.apps.reporting.stages import Event

SHELF = "objections"
"""Where the files of objections are kept, apart from those of records."""


def object_on_paper(
    report: Report, *, reason: str, how: str, received: date, file: Any = None, by: Any
) -> Objection:
    """Enter an objection (代录异议) for the assessed, as who holds the appraisal.

    What counts is the day it was received. Who enters it neither answers nor, having counted,
    withdraws it. Raises PermissionDenied, ValidationError for a day out of its time or a file
    that is unsafe.
    """
    holding(report, by)
    kept = _stored(file)
    with transaction.atomic():
        now = locked(report)
        standing = holding(now, by)
        counted = now.counted_at and timezone.localdate(now.counted_at)
        if received > timezone.localdate() or (counted and received < counted):
            raise ValidationError({"received": _("收到日期不早于录票那天，也不晚于今天。")})
        advance(now, Event.OBJECT, today=received)
        made = raised_by(now, reason=reason, by=by)
        PaperObjection.objects.create(
            objection=made, report=now, how=how, received=received, **kept
        )
        more = {"digest": kept["digest"]} if kept else {}
        record("reporting.objection_entered", now, by, standing, objection=made.pk, how=how, **more)
    return made


def _stored(file: Any) -> dict[str, str]:
    """Check a file as evidence is checked and keep it; nothing without one."""
    if file is None:
        return {}
    content = cleaned(read(file.chunks()), file.name)
    digest = store(content.content, SHELF)
    return {
        "name": safe_name(file.name, content.ending),
        "ending": content.ending,
        "digest": digest,
    }

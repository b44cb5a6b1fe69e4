"""Putting a scheme into force: put forward, approved by another, published by a third act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.analysis.scheme.model import Scheme as SchemeDocument
from ronghe.apps.access import Standing
from ronghe.apps.appraisal.drafts.health import health
from ronghe.apps.appraisal.models import Scheme, Version
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.apps.appraisal.permissions import APPROVE_SCHEMES
from ronghe.apps.appraisal.selectors.schemes import document_of, duties_for
from ronghe.apps.appraisal.services.drafts import standing_at
from ronghe.apps.audit import services as audit
from ronghe.exchange.scheme import write_scheme_yaml

State = Version.State


@transaction.atomic
def submit(scheme: Scheme, *, by: Any) -> Version:
    """Freeze a draft as a version and put it forward for approval (送审).

    Raises ValidationError where the draft has errors, its version is used, or one is on its way.
    """
    standing = standing_at(scheme.node, by)
    now = Scheme.objects.select_for_update().get(pk=scheme.pk)
    found = health(now.content, duties_for(now.node), "zh", now.node)
    if found.scheme is None or found.errors:
        count = len(found.errors)
        raise ValidationError(_("还有%(count)d处错误，改正后才能送审。") % {"count": count})
    document = found.scheme
    open_ones = now.versions.exclude(state=State.RETURNED)
    if open_ones.filter(state__in=[State.SUBMITTED, State.APPROVED]).exists():
        raise ValidationError(_("已有一个版本正在审批或等待发布。"))
    if open_ones.filter(version=document.version).exists():
        told = _("版本“%(version)s”已经用过，请在基本信息里改一个版本号。")
        raise ValidationError(told % {"version": document.version})
    version = Version.objects.create(
        scheme=now,
        code=document.scheme,
        version=document.version[:40],
        title=str(document.title)[:200],
        submitted_by=by,
        **_frozen(document),
    )
    _record("appraisal.version_submitted", version, by, standing)
    return version


@transaction.atomic
def approve(version: Version, *, document: str, dated: date, opinion: str = "", by: Any) -> Version:
    """Approve a version (批准), naming the approving document, which the version then states."""
    standing = _approver(version, by)
    if dated > timezone.localdate():
        raise ValidationError({"dated": _("批准日期不能晚于今天。")})
    scheme = document_of(version)
    named = scheme.approval.model_copy(update={"document": document, "dated": dated})
    changes = {
        "state": State.APPROVED,
        "decided_by": by,
        "decided_at": timezone.now(),
        "opinion": opinion,
        "approval_document": document,
        "approval_dated": dated,
        **_frozen(scheme.model_copy(update={"approval": named})),
    }
    _move(version, State.SUBMITTED, changes)
    _record("appraisal.version_approved", version, by, standing, digest=version.digest)
    return version


@transaction.atomic
def send_back(version: Version, *, opinion: str, by: Any) -> Version:
    """Send a version back (退回) with the reason."""
    standing = _approver(version, by)
    changes = {
        "state": State.RETURNED,
        "decided_by": by,
        "decided_at": timezone.now(),
        "opinion": opinion,
    }
    _move(version, State.SUBMITTED, changes)
    _record("appraisal.version_returned", version, by, standing)
    return version


@transaction.atomic
def publish(version: Version, *, by: Any) -> Version:
    """Publish an approved version (发布): from now on it can be used and never changes.

    Raises ValidationError where the approver would publish, or the text is not what was approved.
    """
    standing = standing_at(version.scheme.node, by)
    if by.pk == version.decided_by_id or standing.principal_id == version.decided_by_id:
        raise ValidationError(_("批准的人不能发布，请由考核办其他人发布。"))
    if digest_of(version.document) != version.digest:
        raise ValidationError(_("版本内容与批准时的摘要不符，不能发布。"))
    changes = {"state": State.PUBLISHED, "published_by": by, "published_at": timezone.now()}
    _move(version, State.APPROVED, changes)
    _record("appraisal.version_published", version, by, standing, digest=version.digest)
    return version


def _frozen(document: SchemeDocument) -> dict[str, str]:
    text = write_scheme_yaml(document)
    return {"document": text, "digest": digest_of(text)}


def _move(version: Version, expected: str, changes: dict[str, Any]) -> None:
    """Change a version that is still in the state it was seen in."""
    if not Version.objects.filter(pk=version.pk, state=expected).update(**changes):
        raise ValidationError(_("别人刚刚办过了，请重新打开看看。"))
    version.refresh_from_db()


def _approver(version: Version, by: Any) -> Standing:
    standing: Standing | None = by.reach(APPROVE_SCHEMES).standing_for(version.scheme.node.path)
    if standing is None:
        raise PermissionDenied
    if by.pk == version.submitted_by_id:
        raise ValidationError(_("送审的人不能审批自己送审的方案。"))
    return standing


def _record(action: str, version: Version, by: Any, standing: Standing, **details: Any) -> None:
    place = version.scheme.node
    audit.record(
        action,
        by=by,
        target=version,
        place=place,
        standing=standing,
        version=version.version,
        **details,
    )

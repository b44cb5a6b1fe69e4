"""Opening sheets, signing, changing what is signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.desk import notices
from ronghe.apps.procedures.handlers import HANDLERS
from ronghe.apps.procedures.interests import may_take_part
from ronghe.apps.procedures.machines import signoff as machine
from ronghe.apps.procedures.models import Signature, SignOff, Step
from ronghe.apps.procedures.selectors.signoff import fitting_standing, sheet_of
from ronghe.apps.procedures.services.common import attachment, record, standing_at
from ronghe.apps.procedures.subject import Subject
from ronghe.apps.registry.models import Node


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs a step: the holder of a role at a node, or whoever has a power there."""

    node: Node
    role: str = ""
    power: str = ""


def digest_of(text: str, revision: int) -> str:
    """Return the digest that signatures are put under: SHA-256 of revision and content."""
    return hashlib.sha256(f"{revision}\n{text}".encode()).hexdigest()


@transaction.atomic
def open_signoff(
    subject: Subject,
    *,
    text: str,
    signers: Sequence[Signer],
    by: Any,
    power: str,
    ordered: bool = True,
    prepared_by: Iterable[Any] = (),
) -> SignOff:
    """Lay a content before its signers (签批), in their order or all at once.

    ``power`` is the one ``by`` lays it before them with. ``by`` and ``prepared_by`` sign nothing
    of it. Raises PermissionDenied, ValidationError without signers or while one is open.
    """
    standing = standing_at(subject.place, power, by)
    if not signers:
        raise ValidationError(_("请至少指定一个签批人。"))
    same = SignOff.objects.filter(target_type=subject.label, target_id=subject.pk)
    if same.filter(state=SignOff.State.OPEN).exists():
        raise ValidationError(_("已有一张签批单正在签批。"))
    sheet = SignOff(
        **attachment(subject, power), text=text, digest=digest_of(text, 1), ordered=ordered
    )
    sheet.full_clean()
    sheet.save()
    sheet.prepared_by.set({by.pk, *(person.pk for person in prepared_by)})
    Step.objects.bulk_create(
        Step(signoff=sheet, place=place, node=one.node, role=one.role, power=one.power)
        for place, one in enumerate(signers, start=1)
    )
    record("procedures.signoff_opened", sheet, by=by, standing=standing, digest=sheet.digest)
    return sheet


@transaction.atomic
def sign(step: Step, *, approve: bool, reason: str, digest: str, by: Any) -> SignOff:
    """Approve a step, or return the sheet with a reason; ``digest`` is what was read.

    Own posts only: a deputy does not sign. Raises PermissionDenied for who does not hold the
    post, ValidationError for separate duties, a conflict of interest, another's turn, or a
    content that has changed since it was read.
    """
    sheet = SignOff.objects.select_for_update().select_related("place").get(pk=step.signoff_id)
    standing = fitting_standing(by, step)
    _refuse(sheet, step, digest, by)
    if not approve and not reason.strip():
        raise ValidationError({"reason": _("退回须写明理由。")})
    Signature.objects.create(step=step, by=by, approve=approve, reason=reason, digest=digest)
    action = "procedures.signed" if approve else "procedures.signing_refused"
    record(action, sheet, by=by, standing=standing, step=step.place, digest=digest)
    _finish(sheet, reason, by, standing)
    return sheet


@transaction.atomic
def change_content(sheet: SignOff, *, text: str, by: Any) -> SignOff:
    """Change what is signed: every signature under the earlier content becomes void (作废).

    A sheet that was returned is laid before its signers again.
    """
    standing = standing_at(sheet.place, sheet.power, by)
    row = SignOff.objects.select_for_update().get(pk=sheet.pk)
    if row.state == SignOff.State.COMPLETE:
        raise ValidationError(_("已经签批完毕；要改请另开一张。"))
    if text == row.text:
        raise ValidationError({"text": _("内容没有变化。")})
    row.revision += 1
    row.text, row.digest = text, digest_of(text, row.revision)
    row.state, row.ended = SignOff.State.OPEN, None
    row.save()
    row.prepared_by.add(by)
    record("procedures.signoff_changed", row, by=by, standing=standing, digest=row.digest)
    return row


def _refuse(sheet: SignOff, step: Step, digest: str, by: Any) -> None:
    refused = sheet_of(sheet).refusal(step.place, by=by.pk, digest=digest)
    if refused:
        raise ValidationError(_said(refused))
    conflict = may_take_part(by, sheet.subject)
    if conflict:
        raise ValidationError(conflict)


def _finish(sheet: SignOff, reason: str, by: Any, standing: Standing) -> None:
    """End the sheet where the last signature ended it, and tell who owns the object."""
    state = sheet_of(sheet).state
    if state == "open":
        return
    sheet.state, sheet.ended = state, timezone.now()
    sheet.save(update_fields=["state", "ended"])
    record(f"procedures.signoff_{state}", sheet, by=by, standing=standing)
    title = _("已签批完毕：%(title)s") if state == "complete" else _("签批已退回：%(title)s")
    told = {"title": title % {"title": sheet.title}, "url": sheet.get_absolute_url()}
    notices.tell(sheet.prepared_by.all(), place=sheet.place, **told)
    handler = HANDLERS.get(sheet.target_type)
    if handler and state == "complete":
        handler.completed(sheet.target_id, by)
    elif handler:
        handler.returned(sheet.target_id, reason, by)


def _said(refused: machine.Refusal) -> str:
    return {
        "not-open": _("签批已经结束。"),
        "not-your-turn": _("还没有轮到这一步，或这一步已经签过。"),
        "prepared": _("拟稿、经办的人不能签批。"),
        "signed-already": _("您已签过其中一步，一人不能签两步。"),
        "changed": _("内容在您打开之后有改动，请看过新的内容再签。"),
    }[refused]

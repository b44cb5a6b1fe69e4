"""Appeals against results, answered with reasons; improvement that follows from lost points."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Appeal, AppealFile, Improvement, Result
from ronghe.apps.appraisal.rounds.stages import Event, Stage
from ronghe.apps.appraisal.selectors.appeals import may_appeal
from ronghe.apps.appraisal.selectors.rounds import scheme_of
from ronghe.apps.appraisal.services.rounds import advance, locked
from ronghe.apps.audit import services as audit
from ronghe.apps.desk import notices
from ronghe.apps.records.services.evidence import read, store
from ronghe.apps.records.uploads import cleaned, safe_name

SHELF = "appeals"
"""Where the files of appeals are kept, apart from those of records."""
MOST_FILES = 5


@transaction.atomic
def appeal(result: Result, *, indicator: str, words: str, evidence: str, by: Any) -> Appeal:
    """Appeal (申诉) against a result within its time; until it is answered nothing goes on."""
    now = locked(result.run.round)
    result.run.round = now
    if not may_appeal(by, result):
        raise PermissionDenied
    codes = {one.code for one in scheme_of(now).scored()}
    if indicator and indicator not in codes:
        raise ValidationError({"indicator": _("没有这项指标。")})
    advance(now, Event.APPEAL)
    made = Appeal.objects.create(
        result=result, indicator=indicator, words=words, evidence=evidence, by=by
    )
    audit.record("appraisal.appealed", by=by, target=made, place=now.node, indicator=indicator)
    return made


@transaction.atomic
def answer(made: Appeal, *, upheld: bool, words: str, by: Any) -> Appeal:
    """Answer an appeal (答复) with reasons; where it is upheld the round is computed anew.

    Who appealed does not answer. Raises ValidationError where it was answered meanwhile, while a
    department still has time to answer, and against its word that a figure was wrong.
    """
    now = locked(made.result.run.round)
    standing = by.reach(powers.RUN_ROUNDS).standing_for(now.node.path)
    if standing is None or made.by_id == by.pk:
        raise PermissionDenied
    if not words.strip():
        raise ValidationError({"words": _("请写明理由。")})
    _refuse_before_statements(made, upheld=upheld)
    advance(now, Event.UPHOLD if upheld else Event.REFUSE)
    state = Appeal.State.UPHELD if upheld else Appeal.State.REFUSED
    changed = Appeal.objects.filter(pk=made.pk, state=Appeal.State.OPEN).update(
        state=state, answer=words, answered_by=by, answered_at=timezone.now()
    )
    if not changed:
        raise ValidationError(_("别人刚刚办过了，请重新打开看看。"))
    made.refresh_from_db()
    audit.record(
        "appraisal.appeal_answered",
        by=by,
        target=made,
        place=now.node,
        standing=standing,
        upheld=upheld,
    )
    url = reverse("appraisal:result", args=[made.result_id])
    notices.tell([made.by], title=_("您提出的申诉已经答复"), url=url, place=now.node)
    return made


def _refuse_before_statements(made: Appeal, *, upheld: bool) -> None:
    inquiries = made.inquiries.select_related("asked")
    for one in inquiries:
        if one.wrong is None and not one.is_overdue:
            named = {"department": one.asked.name, "day": date_format(one.due)}
            told = _("%(department)s还在核实，期限是%(day)s；答复以后或者逾期再作结论。")
            raise ValidationError(told % named)
        if one.wrong and not upheld:
            told = _("%(department)s已经说明数据有误并改正：请按成立办理，重新计算。")
            raise ValidationError({"upheld": told % {"department": one.asked.name}})


def attach(made: Appeal, *, file: Any, by: Any) -> AppealFile:
    """Put a file behind one's own appeal while it is open, checked like evidence of records.

    Raises PermissionDenied, ValidationError for what is too large, unsafe, of another type or
    one too many.
    """
    if made.by_id != by.pk:
        raise PermissionDenied
    kept = cleaned(read(file.chunks()), file.name)
    digest = store(kept.content, SHELF)
    with transaction.atomic():
        now = locked(made.result.run.round)
        if Appeal.objects.get(pk=made.pk).state != Appeal.State.OPEN:
            raise ValidationError(_("申诉已经答复，不能再加附件。"))
        if made.files.count() >= MOST_FILES:
            raise ValidationError(
                {"file": _("一件申诉最多%(most)d份附件。") % {"most": MOST_FILES}}
            )
        attached = AppealFile.objects.create(
            appeal=made,
            name=safe_name(file.name, kept.ending),
            ending=kept.ending,
            size=len(kept.content),
            digest=digest,
        )
        details: dict[str, Any] = {"file": attached.pk, "digest": digest}
        audit.record("appraisal.file_attached", by=by, target=made, place=now.node, **details)
    return attached


@transaction.atomic
def plan_improvement(
    result: Result, *, indicator: str, words: str, owner: Any, due: date, by: Any
) -> Improvement:
    """Plan what is done about lost points (整改): by whom and by when, once results are final."""
    round_ = result.run.round
    standing = by.reach(powers.SEE_RESULTS).standing_for(result.node.path)
    if standing is None:
        raise PermissionDenied
    if round_.stage not in (Stage.FINAL, Stage.IMPROVEMENT):
        raise ValidationError(_("定稿以后再安排整改。"))
    if due < timezone.localdate():
        raise ValidationError({"due": _("期限不能早于今天。")})
    made = Improvement.objects.create(
        result=result, indicator=indicator, words=words, owner=owner, due=due, by=by
    )
    audit.record(
        "appraisal.improvement_planned",
        by=by,
        target=made,
        place=result.node,
        standing=standing,
        indicator=indicator,
        owner=owner.pk,
        due=due.isoformat(),
    )
    return made


@transaction.atomic
def finish_improvement(item: Improvement, *, outcome: str, by: Any) -> Improvement:
    """Say what came of an improvement item; only its owner does."""
    if item.owner_id != by.pk:
        raise PermissionDenied
    changed = Improvement.objects.filter(pk=item.pk, done=None).update(
        done=timezone.localdate(), outcome=outcome
    )
    if not changed:
        raise ValidationError(_("已经办结。"))
    item.refresh_from_db()
    place = item.result.node
    audit.record("appraisal.improvement_finished", by=by, target=item, place=place)
    return item

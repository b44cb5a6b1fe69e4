"""The end of a round: publicity and sign-off, as procedures carry them out for any object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Appeal, Result, Round
from ronghe.apps.appraisal.rounds.stages import Event
from ronghe.apps.appraisal.selectors.rounds import scheme_of, signers_for
from ronghe.apps.appraisal.services.rounds import advance, locked, record
from ronghe.apps.appraisal.services.telling import tell_later
from ronghe.apps.audit import services as audit
from ronghe.apps.procedures.handlers import when_published, when_signed
from ronghe.apps.procedures.models import Publicity, SignOff
from ronghe.apps.procedures.selectors.objections import objections_to
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.procedures.services.common import standing_at
from ronghe.apps.procedures.services.publicity import open_publicity
from ronghe.apps.procedures.services.signoff import Signer, open_signoff
from ronghe.apps.procedures.subject import Subject, about

PUBLICITY_DAYS = "appraisal.publicity_working_days"
"""The rule that says how long results are published."""


def subject_of(round_: Round) -> Subject:
    """Return what procedures are about: the results of a round."""
    title = _("%(title)s结果") % {"title": round_.title}
    return about(round_, place=round_.node, title=title[:200])


@transaction.atomic
def publicise(round_: Round, *, by: Any) -> Publicity:
    """Publish the results (公示) for as many working days as the rule asks for at the place."""
    standing = standing_at(round_.node, powers.RUN_ROUNDS, by)
    now = locked(round_)
    advance(now, Event.PUBLICISE)
    record("appraisal.round_moved", now, by, standing, event="publicise", stage=now.stage)
    opened = open_publicity(
        subject_of(now),
        text=published_text(now),
        key=PUBLICITY_DAYS,
        by=by,
        power=powers.RUN_ROUNDS,
        responsible=prepared_by(now),
    )
    tell_later(now, Event.PUBLICISE, by=by)
    return opened


@transaction.atomic
def put_to_sign(round_: Round, *, signers: Sequence[str], by: Any) -> SignOff:
    """Lay the results before those who sign them (报请审定), in the order given.

    ``signers`` are codes of `signers_for`. Raises ValidationError for others, for none, and
    where appeals, objections or the publicity do not allow it yet.
    """
    standing = standing_at(round_.node, powers.RUN_ROUNDS, by)
    now = locked(round_)
    offered = {one.code: one for one in signers_for(now)}
    if not signers or set(signers) - offered.keys():
        raise ValidationError({"signers": _("请至少选一个审定人。")})
    advance(now, Event.PUT_TO_SIGN)
    record("appraisal.round_moved", now, by, standing, event="put_to_sign", stage=now.stage)
    chosen = [one for code, one in offered.items() if code in signers]
    return open_signoff(
        subject_of(now),
        text=signed_text(now),
        signers=[Signer(one.node, role=one.role) for one in chosen],
        by=by,
        power=powers.RUN_ROUNDS,
        prepared_by=prepared_by(now),
    )


def prepared_by(round_: Round) -> list[Any]:
    """Return the people who prepared the results: nobody of them signs, objections are theirs."""
    run = round_.run
    return list(
        {one.pk: one for one in (round_.opened_by, run.by if run else None) if one}.values()
    )


def published_text(round_: Round) -> str:
    """Return what is published: never a person's result."""
    people = scheme_of(round_).about_people
    where = (
        _("个人的结果已经逐人反馈，不公开。")
        if people
        else _("各单位的总分和建议等次见本轮考核的“公示的结果”。")
    )
    return "\n".join([*_head(round_), where])


def signed_text(round_: Round) -> str:
    """Return what is signed: the results by their digests, and how appeals and publicity ended."""
    appeals = Appeal.objects.filter(result__run__round=round_)
    upheld = appeals.filter(state=Appeal.State.UPHELD).count()
    objected = objections_to(round_)
    told = {"count": appeals.count(), "upheld": upheld}
    lines = [*_head(round_), _("申诉%(count)d件，其中成立%(upheld)d件。") % told]
    told = {"count": objected.count(), "upheld": objected.filter(state="upheld").count()}
    lines.append(_("公示中的异议%(count)d件，其中成立%(upheld)d件。") % told)
    last = publicities_of(round_).first()
    if last is not None:
        named = {"since": last.opened, "until": last.ends, "conclusion": last.conclusion}
        lines.append(_("公示：%(since)s至%(until)s。结论：%(conclusion)s") % named)
    return "\n".join(lines)


def _head(round_: Round) -> list[str]:
    version, run = round_.version, round_.run
    named = {
        "title": version.title,
        "version": version.version,
        "document": version.approval_document,
        "period": round_.period,
    }
    lines = [_("方案：%(title)s（%(version)s，%(document)s），考核期%(period)s。") % named]
    if run is not None:
        lines.append(_("考核对象：%(count)d个。") % {"count": run.units})
        lines += _grades(round_)
        lines.append(_("数据摘要值：%(digest)s") % {"digest": run.data_digest})
        lines.append(_("结果摘要值：%(digest)s") % {"digest": run.result_digest})
    return lines


def _grades(round_: Round) -> list[str]:
    """Return how many are proposed for each grade, in one line."""
    grading = scheme_of(round_).grading
    titles = {one.code: one.title.zh for one in (grading.grades if grading else [])}
    rows = Result.objects.filter(run=round_.run).exclude(grade="")
    counts = dict(rows.order_by().values_list("grade").annotate(Count("pk")))
    said = [f"{titles[code]}{counts[code]}" for code in titles if code in counts]
    return [_("建议等次：%(grades)s。") % {"grades": _("、").join(said)}] if said else []


def _advanced(pk: int, event: Event, by: Any, **details: Any) -> None:
    now = locked(Round(pk=pk))
    advance(now, event)
    if event == Event.SIGN:
        tell_later(now, event, by=by)
    details |= {"event": event.value, "stage": now.stage}
    audit.record("appraisal.round_moved", by=by, target=now, place=now.node, **details)


def _signed(pk: int, by: Any) -> None:
    run = Round.objects.select_related("run").get(pk=pk).run
    digests = {"data": run.data_digest, "result": run.result_digest} if run else {}
    _advanced(pk, Event.SIGN, by, **digests)


LABEL = Round._meta.label_lower

when_published(
    LABEL,
    closed=lambda pk, by: _advanced(pk, Event.CONCLUDE, by),
    withdrawn=lambda pk, _reason, by: _advanced(pk, Event.TAKE_BACK, by),
    upheld=lambda pk, by: _advanced(pk, Event.UPHOLD_OBJECTION, by),
)
when_signed(
    LABEL,
    completed=_signed,
    returned=lambda pk, _reason, by: _advanced(pk, Event.SEND_BACK, by),
)

"""The demonstration's appraisal: last year's final round, and this year's collecting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ronghe.apps.access import Role
from ronghe.apps.accounts.models import User
from ronghe.apps.appraisal.models import ExpertScore, Round, Run, Scheme, Version, Votes
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.apps.appraisal.permissions import RUN_ROUNDS
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors.rounds import units_of
from ronghe.apps.appraisal.services.computing import carry_through
from ronghe.apps.appraisal.services.concluding import (
    PUBLICITY_DAYS,
    published_text,
    signed_text,
    subject_of,
)
from ronghe.apps.appraisal.services.drafts import settled, text_of
from ronghe.apps.appraisal.services.missing import note
from ronghe.apps.appraisal.services.rounds import panels_of
from ronghe.apps.procedures import days
from ronghe.apps.procedures.models import Publicity, Signature, SignOff, Step
from ronghe.apps.procedures.services.common import attachment
from ronghe.apps.procedures.services.signoff import digest_of as digest_under
from ronghe.apps.regulations.selectors import number, value
from ronghe.exchange.scheme import read_scheme, write_scheme_yaml
from ronghe.project.demo.world import World, in_batches
from ronghe.schemes import ready

SCHEME = "township-fusion"
APPROVED = "清委发〔2024〕38号（演示）"
PAID_BY = "清财发〔2024〕21号（演示）"


def load(world: World) -> None:
    """Publish a scheme, compute last year's round to its end, open this year's."""
    version = _published(world)
    year = int(version_year(world))
    last = _round(world, version, str(year), Stage.COMPUTING, resume=Stage.COLLECTING)
    _count_votes(world, last)
    _take_scores(world, last)
    run = Run.objects.create(round=last, number=1, by=world.people["kaohe"])
    carry_through(run, language="zh")
    Round.objects.filter(pk=last.pk).update(stage=Stage.IMPROVEMENT)
    _conclude(world, last, date(year + 1, 2, 16))
    Round.objects.filter(pk=last.pk).update(collect_until=date(year + 1, 1, 31))
    note(_round(world, version, str(year + 1), Stage.COLLECTING))


def _conclude(world: World, round_: Round, opened: date) -> None:
    """Keep the publicity and the signatures that ended a round."""
    round_.refresh_from_db()
    office, leader = world.people["kaohe"], world.people["zuzhi"]
    subject, key = subject_of(round_), PUBLICITY_DAYS
    common = {**attachment(subject, RUN_ROUNDS), "text": published_text(round_)}
    long = number(key, on=opened, at=round_.node)
    ends = days.after(opened, long).day
    made = Publicity.objects.create(
        **common,
        key=key,
        citation=value(key, on=opened, at=round_.node).citation,
        days=long,
        opened=opened,
        ends=ends,
        opened_by=office,
        state=Publicity.State.CLOSED,
        ended_by=office,
        ended=_at(ends + timedelta(days=1)),
        conclusion="公示期满，无异议。",
    )
    made.responsible.set([office])
    text = signed_text(round_)
    sheet = SignOff.objects.create(
        **{**common, "text": text},
        digest=digest_under(text, 1),
        state=SignOff.State.COMPLETE,
        ended=_at(ends + timedelta(days=3)),
    )
    sheet.prepared_by.set([office])
    step = Step.objects.create(signoff=sheet, place=1, node=round_.node, role=Role.ORGANISATION)
    put = Signature.objects.create(step=step, by=leader, approve=True, digest=sheet.digest)
    Signature.objects.filter(pk=put.pk).update(at=sheet.ended)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 16))  # noqa: DTZ001 - made so


def version_year(world: World) -> str:
    """Return the last year that the generated measures tell of."""
    return str(max(period for (period,) in world.rows("measures", "period")))


def _published(world: World) -> Version:
    scheme, _warnings = read_scheme(ready()[SCHEME])
    office, approver = world.people["kaohe"], world.people["zuzhi"]
    content = settled(scheme.model_dump(mode="json", exclude_defaults=True))
    draft = Scheme.objects.create(
        node=world.county, title=str(scheme.title), document=text_of(content), changed_by=office
    )
    named: dict[str, Any] = {"document": APPROVED, "dated": scheme.period.since}
    approved = scheme.approval.model_copy(update=named)
    text = write_scheme_yaml(_paid(scheme.model_copy(update={"approval": approved})))
    when = timezone.now() - timedelta(days=30)
    return Version.objects.create(
        scheme=draft,
        code=scheme.scheme,
        version=scheme.version,
        title=str(scheme.title),
        document=text,
        digest=digest_of(text),
        state=Version.State.PUBLISHED,
        submitted_by=office,
        decided_by=approver,
        decided_at=when,
        approval_document=APPROVED,
        approval_dated=scheme.period.since,
        published_by=office,
        published_at=when,
    )


def _paid(scheme: Any) -> Any:
    """Return a scheme with coefficients of performance pay, a fifth apart, set by a document."""
    if scheme.grading is None:
        return scheme
    grades = [
        one.model_copy(update={"coefficient": Decimal("1.2") - place * Decimal("0.2")})
        for place, one in enumerate(scheme.grading.grades)
    ]
    pay = scheme.pay.model_copy(update={"document": PAID_BY, "dated": scheme.period.since})
    grading = scheme.grading.model_copy(update={"grades": grades})
    return scheme.model_copy(update={"grading": grading, "pay": pay})


def _round(world: World, version: Version, period: str, stage: Stage, *, resume: str = "") -> Round:
    return Round.objects.create(
        node=world.county,
        version=version,
        title=f"{version.title} {period}",
        period=period,
        stage=stage,
        resume=resume,
        collect_until=timezone.localdate() + timedelta(days=20),
        opened_by=world.people["kaohe"],
    )


def _count_votes(world: World, round_: Round) -> None:
    """Take the generated counts of the ballots."""
    office = world.people["kaohe"]
    units = units_of(round_).names
    rows = world.rows("ballots", "ballot, unit, voter_group, grade, votes")
    in_batches(
        [
            Votes(
                round=round_, ballot=ballot, unit=unit, group=group, grade=grade, count=int(votes),
                by=office,
            )
            for ballot, unit, group, grade, votes in rows
            if unit in units
        ],
        Votes,
    )  # fmt: skip


def _take_scores(world: World, round_: Round) -> None:
    """Take the generated scores; their experts get accounts that nobody signs in with."""
    units, panels = units_of(round_).names, panels_of(round_)
    rows = world.rows("expert_scores", "panel, unit, expert, score")
    rows = [row for row in rows if row[0] in panels and row[1] in units]
    codes = sorted({expert for _panel, _unit, expert, _score in rows})
    experts = {}
    for place, code in enumerate(codes, start=1):
        user = User(username=f"pingshen{place}", name=f"评审专家{place}", is_active=False)
        user.set_unusable_password()
        user.save()
        experts[code] = user
    in_batches(
        [
            ExpertScore(
                round=round_, panel=panel, unit=unit, expert=experts[expert],
                score=int(Decimal(score) * 1000),
            )
            for panel, unit, expert, score in rows
        ],
        ExpertScore,
    )  # fmt: skip

"""The demonstration's appraisal: last year's final round, and this year's collecting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from ronghe.apps.accounts.models import User
from ronghe.apps.appraisal.models import ExpertScore, Round, Run, Scheme, Version, Votes
from ronghe.apps.appraisal.models.schemes import digest_of
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors.rounds import units_of
from ronghe.apps.appraisal.services.computing import carry_through
from ronghe.apps.appraisal.services.drafts import settled, text_of
from ronghe.apps.appraisal.services.missing import note
from ronghe.apps.appraisal.services.rounds import panels_of
from ronghe.exchange.scheme import read_scheme, write_scheme_yaml
from ronghe.project.demo.world import World, in_batches
from ronghe.schemes import ready

SCHEME = "township-fusion"
APPROVED = "清委发〔2024〕38号（演示）"


def load(world: World) -> None:
    """Publish a scheme, compute last year's round to its end, open this year's."""
    version = _published(world)
    year = int(version_year(world))
    last = _round(world, version, str(year), Stage.COMPUTING, resume=Stage.COLLECTING)
    _count_votes(world, last)
    _take_scores(world, last)
    run = Run.objects.create(round=last, number=1, by=world.people["kaohe"])
    carry_through(run, language="zh")
    signed = timezone.make_aware(datetime(year + 1, 2, 27, 16, 0))  # noqa: DTZ001 - made so here
    Round.objects.filter(pk=last.pk).update(
        stage=Stage.IMPROVEMENT,
        put_by=world.people["kaohe"],
        signed_by=world.people["zuzhi"],
        signed_at=signed,
    )
    Round.objects.filter(pk=last.pk).update(collect_until=date(year + 1, 1, 31))
    note(_round(world, version, str(year + 1), Stage.COLLECTING))


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
    text = write_scheme_yaml(scheme.model_copy(update={"approval": approved}))
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


def _round(world: World, version: Version, period: str, stage: Stage, *, resume: str = "") -> Round:
    return Round.objects.create(
        node=world.county,
        version=version,
        title=f"{version.title} {period}",
        period=period,
        stage=stage,
        resume=resume,
        collect_until=timezone.localdate() + timedelta(days=20),
        appeal_days=5,
        publicity_days=5,
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
    for number, code in enumerate(codes, start=1):
        user = User(username=f"pingshen{number}", name=f"评审专家{number}", is_active=False)
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

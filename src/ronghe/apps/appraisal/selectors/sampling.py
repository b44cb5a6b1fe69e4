"""Draws of a round's records: what can be drawn, what was, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Round, Sample
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors.rounds import scheme_of
from ronghe.apps.records.models import Draw, State
from ronghe.apps.records.selectors.checks import beneath
from ronghe.apps.records.selectors.entries import draws_visible_to, places_to_draw
from ronghe.apps.registry.models import Node

DRAWN_IN = (Stage.COLLECTING, Stage.REVIEW)
"""Records are drawn before anything is disclosed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw of a round: how many were drawn, decided and refused, and whether one may open it."""

    draw: Draw
    chosen: int
    decided: int
    refused: int
    opens: bool


def records_of(round_: Round) -> Q:
    """Return which records count in a round: of its scheme's kinds, below its node, on its days."""
    scheme = scheme_of(round_)
    kinds = [kind.code for kind in scheme.record_kinds]
    return beneath(round_.node, kinds, scheme.period.since, scheme.period.until)


def places_to_sample(user: Any, round_: Round) -> list[tuple[Node, int]]:
    """Return where records of a round wait for a draw that a person may make now."""
    may = user.has_perm(powers.RUN_ROUNDS, round_.node) and round_.stage in DRAWN_IN
    return places_to_draw(user, records_of(round_)) if may else []


def samples_of(user: Any, round_: Round) -> list[Drawn]:
    """Return the draws of a round, the latest first, for who sees the whole round."""
    draws = Draw.objects.filter(pk__in=Sample.objects.filter(round=round_).values("draw"))
    chosen = Q(records__in_sample=True)
    counted = draws.select_related("node", "by").annotate(
        chosen=Count("records", filter=chosen),
        decided=Count("records", filter=chosen & ~Q(records__state=State.PENDING)),
        refused=Count("records", filter=Q(records__state=State.REFUSED)),
    )
    own = set(draws_visible_to(user).filter(pk__in=draws.values("pk")).values_list("pk", flat=True))
    return [Drawn(one, one.chosen, one.decided, one.refused, one.pk in own) for one in counted]


def drawn_by(user: Any) -> Q:
    """Return the records that a person drew for a round: somebody else checks them."""
    return Q(draw__in=Sample.objects.filter(draw__by=user).values("draw"))

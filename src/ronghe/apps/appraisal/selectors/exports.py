"""Final rounds whose results may leave the site: as a pay sheet, as open data."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import Http404

from ronghe.analysis.scheme.check.pay import PAID
from ronghe.analysis.scheme.model import Scheme
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Result, Round, Votes
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.appraisal.selectors.rounds import round_within, scheme_of, sees_whole
from ronghe.exchange.evidence import FEWEST_VOTES

SIGNED = (Stage.FINAL, Stage.IMPROVEMENT)


def round_paid_by(user: Any, pk: int) -> Any:
    """Return a final round whose scheme sets coefficients of pay, or raise Http404."""
    found = _final(user, powers.TAKE_PAY_SHEET, pk)
    if not is_paid(scheme_of(found)):
        raise Http404
    return found


def round_released_by(user: Any, pk: int) -> Any:
    """Return a final round whose results somebody may release: never of persons."""
    found = _final(user, powers.RELEASE_DATA, pk)
    if scheme_of(found).about_people:
        raise Http404
    return found


def may_take(user: Any, round_: Round) -> tuple[bool, bool]:
    """Tell whether somebody may take a pay sheet, and release open data, of a round now."""
    if round_.stage not in SIGNED or not sees_whole(user, round_):
        return False, False
    scheme = scheme_of(round_)
    pay = is_paid(scheme) and user.has_perm(powers.TAKE_PAY_SHEET, round_.node)
    data = not scheme.about_people and user.has_perm(powers.RELEASE_DATA, round_.node)
    return bool(pay), bool(data)


def is_paid(scheme: Scheme) -> bool:
    """Tell whether a pay sheet can be made by a scheme: with its document, never of members."""
    return scheme.appraises in PAID and scheme.sets_pay and bool(scheme.pay.document)


def results_in(round_: Round) -> QuerySet[Result]:
    """Return the results that hold, by place and name: in no order of merit."""
    found = Result.objects.filter(run=round_.run).select_related("node")
    return found.order_by("node__path", "name", "unit")


def units_with_few_votes(round_: Round) -> set[str]:
    """Return the units of which some voter group cast too few votes to be told apart."""
    counted = Votes.objects.filter(round=round_).values("ballot", "unit", "group").order_by()
    sums = counted.annotate(many=Sum("count")).filter(many__gt=0, many__lt=FEWEST_VOTES)
    return set(sums.values_list("unit", flat=True))


def _final(user: Any, power: str, pk: int) -> Any:
    found = round_within(user, power, pk)
    if found.stage not in SIGNED or not sees_whole(user, found):
        raise Http404
    return found

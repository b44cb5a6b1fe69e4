"""Rounds and results somebody may see. Persons' results: their own, and for who answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from ronghe.analysis.backtest import for_year
from ronghe.analysis.scheme.model import Scheme
from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import (
    Appeal,
    ExpertScore,
    Improvement,
    Result,
    Round,
    Votes,
)
from ronghe.apps.appraisal.rounds.needs import Missing, missing, needs
from ronghe.apps.appraisal.rounds.stages import Stage, State
from ronghe.apps.appraisal.selectors.schemes import parsed
from ronghe.apps.appraisal.selectors.signers import Signing, posts_signing
from ronghe.apps.members.selectors import member_of
from ronghe.apps.procedures.models import Publicity
from ronghe.apps.procedures.selectors.objections import open_objections
from ronghe.apps.procedures.selectors.publicity import publicities_of
from ronghe.apps.records.models import Measure, MeasureDefinition, Target
from ronghe.apps.records.permissions import DELIVER_FIGURES
from ronghe.apps.records.snapshot.tree import Tree, tree_of
from ronghe.apps.registry.models import Node

SMALLEST = 5
"""Figures of fewer units or votes than this are not broken down."""

BEFORE_DISCLOSURE = (Stage.OPEN, Stage.COLLECTING, Stage.COMPUTING, Stage.REVIEW)
PUBLIC = (Stage.PUBLICITY, Stage.SIGN_OFF, Stage.FINAL, Stage.IMPROVEMENT)
DISCLOSED = (Stage.DISCLOSED, Stage.APPEALS, *PUBLIC)


def rounds_visible_to(user: Any) -> QuerySet[Round]:
    """Return the rounds of one's places, and of those above and below.

    While a round collects, also the departments of its county that deliver figures see it.
    """
    reach = user.reach(powers.SEE_ROUNDS)
    above = {int(pk) for one in reach.standings for pk in one.path.split("/") if pk}
    offices = [one.node_id for one in user.reach(DELIVER_FIGURES).standings]
    served = MeasureDefinition.objects.filter(owner__in=offices).values("county")
    collecting = Q(stage=Stage.COLLECTING, node__county__in=served)
    found = Round.objects.filter(reach.within("node__path") | Q(node__in=above) | collecting)
    return found.select_related("node__county", "version__scheme__node", "run")


def round_visible_to(user: Any, pk: int) -> Any:
    """Return one round, or raise Http404."""
    return _one(rounds_visible_to(user), pk)


def round_within(user: Any, power: str, pk: int) -> Any:
    """Return a round at whose node a person has a power, or raise Http404."""
    within = user.reach(power).within("node__path")
    return _one(rounds_visible_to(user).filter(within), pk)


def state_of(round_: Round) -> State:
    """Return what decides about the next step of a round."""
    stage = Stage(round_.stage)
    last = publicities_of(round_).values_list("state", flat=True).first()
    appeals = Appeal.objects.filter(result__run__round=round_, state=Appeal.State.OPEN)
    return State(
        stage=stage,
        resume=Stage(round_.resume) if round_.resume else None,
        open_appeals=appeals.count(),
        open_objections=open_objections(round_).count(),
        stale=round_.stale,
        until=round_.until,
        provisional=round_.provisional,
        concluded=stage == Stage.PUBLICITY and last == Publicity.State.CLOSED,
    )


def signers_for(round_: Round) -> list[Signing]:
    """Return who can sign a round: posts at its node and above, held by others than its makers."""
    return posts_signing(round_.node, powers.SIGN_RESULTS, besides=[round_.opened_by_id])


def scheme_of(round_: Round) -> Scheme:
    """Return the round's scheme, moved to its period."""
    return _moved(round_.version.document, round_.period)


@lru_cache(maxsize=64)
def _moved(text: str, period: str) -> Scheme:
    return for_year(parsed(text), period)


def sees_whole(user: Any, round_: Round) -> bool:
    """Tell whether somebody sees every result of a round, at any stage."""
    people = scheme_of(round_).about_people
    whole = user.has_perm(powers.SEE_WHOLE, round_.node)
    return bool(whole and (not people or user.has_perm(powers.SEE_PEOPLE, round_.node)))


def results_visible_to(user: Any, round_: Round) -> QuerySet[Result]:
    """Return the results of a round that a person may see: before disclosure only the office."""
    results = Result.objects.filter(run=round_.run).select_related("node", "run__round")
    if round_.run is None:
        return results.none()
    if sees_whole(user, round_):
        return results
    if not _is_disclosed(round_):
        return results.none()
    own = member_of(user)
    mine = Q(member=own) if own else Q(pk__in=[])
    people = scheme_of(round_).about_people
    power = powers.SEE_PEOPLE if people else powers.SEE_RESULTS
    return results.filter(mine | user.reach(power).within("node__path"))


def sides_visible_to(user: Any, round_: Round) -> QuerySet[Result]:
    """Return the results whose two sides a person sees: of organisations of their places.

    Before disclosure only who sees the whole; the sides of persons nobody but these.
    """
    results = Result.objects.filter(run=round_.run).select_related("node")
    if round_.run is None:
        return results.none()
    if sees_whole(user, round_):
        return results
    if not _is_disclosed(round_) or scheme_of(round_).about_people:
        return results.none()
    return results.filter(user.reach(powers.SEE_SIDES).within("node__path"))


def round_with_sides(user: Any, pk: int) -> Round:
    """Return a round of which a person sees the two sides of something, or raise Http404."""
    round_: Round = round_visible_to(user, pk)
    if sees_whole(user, round_) or sides_visible_to(user, round_).exists():
        return round_
    raise Http404


def result_with_sides(user: Any, pk: int) -> Result:
    """Return a result of a present computation whose two sides a person sees, or raise Http404."""
    found = Result.objects.filter(pk=pk, run=F("run__round__run")).select_related("run__round")
    result = _one(found, pk)
    round_ = round_visible_to(user, result.run.round_id)
    kept: Result = _one(sides_visible_to(user, round_).select_related("run__round"), pk)
    return kept


def _is_disclosed(round_: Round) -> bool:
    stage = round_.resume if round_.stage == Stage.COMPUTING else round_.stage
    return stage in DISCLOSED


def result_visible_to(user: Any, pk: int) -> Any:
    """Return one result of a round's present computation, or raise Http404."""
    found = Result.objects.filter(pk=pk, run=F("run__round__run")).select_related("run__round")
    result = found.first()
    if result is None:
        raise Http404
    round_ = round_visible_to(user, result.run.round_id)
    return _one(results_visible_to(user, round_), pk)


def comparable_with(user: Any, result: Result) -> QuerySet[Result]:
    """Return the other units of its round beside which a person may see a result: never persons."""
    round_ = result.run.round
    if scheme_of(round_).about_people:
        return Result.objects.none()
    return results_visible_to(user, round_).exclude(pk=result.pk).order_by("group", "name")


def publicised(round_: Round) -> QuerySet[Result]:
    """Return what everybody in the county may see during publicity: never of persons."""
    results = Result.objects.filter(run=round_.run)
    if round_.stage not in PUBLIC or scheme_of(round_).about_people:
        return results.none()
    return results


def improvements_visible_to(user: Any, round_: Round) -> QuerySet[Improvement]:
    """Return the improvement items of a round within reach, and one's own."""
    reach = user.reach(powers.SEE_RESULTS).within("result__node__path")
    items = Improvement.objects.filter(Q(owner=user) | reach, result__run__round=round_)
    return items.select_related("owner", "result")


def carried_over(round_: Round) -> QuerySet[Improvement]:
    """Return the items of the rounds before at its place, followed in this one."""
    items = Improvement.objects.filter(
        result__run__round__in=rounds_before(round_),
        result__node__path__startswith=round_.node.path,
    )
    return items.select_related("owner", "result")


def improvement_done_by(user: Any, pk: int) -> Any:
    """Return one's own open improvement item, or raise Http404."""
    return _one(Improvement.objects.filter(owner=user, done=None).select_related("result"), pk)


def rounds_before(round_: Round) -> QuerySet[Round]:
    """Return the county's final rounds of the same scheme on the period before.

    A unit is in one of them at most.
    """
    return Round.objects.filter(
        node__path__startswith=round_.county.path,
        version__code=round_.version.code,
        period=scheme_of(round_).period.previous,
        stage__in=[Stage.FINAL, Stage.IMPROVEMENT],
    )


def previous_round(round_: Round) -> Round | None:
    """Return the final round of the same scheme at the same node on the period before."""
    return rounds_before(round_).filter(node=round_.node).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a round, by code: their names, peer groups, and the unit above."""

    names: dict[str, str]
    groups: dict[str, str]
    above: dict[str, str]


def units_of(round_: Round) -> Units:
    """Return who is appraised: the units of the scheme's kind and level on the last day."""
    scheme = scheme_of(round_)
    tree = tree_of(round_.county, scheme.period.until)
    return units_in(tree, scheme, round_.node, groups=round_.groups, chosen=round_.chosen)


def is_part(round_: Round) -> bool:
    """Tell whether a round is about a part of the county's units."""
    return bool(round_.node.county_id or round_.groups or round_.chosen)


def units_in(
    tree: Tree,
    scheme: Scheme,
    node: Node,
    *,
    groups: Collection[str] = (),
    chosen: Collection[str] = (),
) -> Units:
    """Return the units of a scheme below a node, of some peer groups or named where they are."""
    above = {row[0]: row[5] or "" for row in tree.rows}
    top = "" if node.county_id is None else tree.nodes.get(node.pk, node.code)
    kept, named = set(groups), set(chosen)
    rows = [
        row
        for row in tree.rows
        if (row[2], row[3]) == (scheme.appraises, scheme.level)
        and (not kept or row[4] in kept)
        and (not named or row[0] in named)
        and (not top or _stands_under(row[0], top, above))
    ]
    return Units(
        {row[0]: row[1] for row in rows},
        {row[0]: row[4] or "" for row in rows},
        {row[0]: row[5] or "" for row in rows},
    )


def _stands_under(code: str, top: str, above: Mapping[str, str]) -> bool:
    while code and code != top:
        code = above.get(code, "")
    return code == top


def missing_of(round_: Round, units: Units) -> list[Missing]:
    """Return what is needed and which units lack it: figures, targets, votes, scores."""
    wanted = needs(scheme_of(round_))
    have: dict[tuple[str, str, str], set[str]] = {}
    for kind, model in (("measure", Measure), ("target", Target)):
        codes = {need.code for need in wanted if need.kind == kind}
        held = model._default_manager.filter(
            definition__county=round_.county, definition__code__in=codes, current=True
        )
        for code, period, unit in held.values_list("definition__code", "period", "unit__code"):
            have.setdefault((kind, code, period), set()).add(unit)
    for ballot, unit in Votes.objects.filter(round=round_).values_list("ballot", "unit").distinct():
        have.setdefault(("ballot", ballot, ""), set()).add(unit)
    scores = ExpertScore.objects.filter(round=round_)
    for panel, unit in scores.values_list("panel", "unit").distinct():
        have.setdefault(("expert", panel, ""), set()).add(unit)
    return missing(wanted, units.groups, have)


def _one(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

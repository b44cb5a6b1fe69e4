"""Reading sign-offs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from ronghe.apps.access import POWERS, Role, Standing
from ronghe.apps.procedures.keeping import kept_by
from ronghe.apps.procedures.machines.signoff import Sheet, Signature, sheet
from ronghe.apps.procedures.models import Signature as SignatureRow
from ronghe.apps.procedures.models import SignOff, Step


def sheet_of(row: SignOff) -> Sheet:
    """Return a sheet for the rules."""
    steps = list(row.steps.all())
    put = SignatureRow.objects.filter(step__signoff=row).select_related("step")
    return sheet(
        [step.place for step in steps],
        ordered=row.ordered,
        digest=row.digest,
        prepared_by=row.prepared_by.values_list("pk", flat=True),
        signatures=[Signature(one.step.place, one.by_id, one.approve, one.digest) for one in put],
    )


def fitting_standing(user: Any, step: Step) -> Standing:
    """Return the own post somebody signs a step from; PermissionDenied without one."""
    standings: tuple[Standing, ...] = user.standings()
    for one in standings:
        if one.principal_id is None and _fits(one, step):
            return one
    raise PermissionDenied


def may_sign(user: Any, step: Step) -> bool:
    """Tell whether somebody holds the post that signs a step."""
    return any(one.principal_id is None and _fits(one, step) for one in user.standings())


def steps_due_for(user: Any, row: SignOff) -> list[Step]:
    """Return the steps of a sheet that somebody may sign now."""
    it = sheet_of(row)
    return [
        step
        for step in row.steps.select_related("node")
        if may_sign(user, step) and not it.refusal(step.place, by=user.pk, digest=row.digest)
    ]


def signoffs_visible_to(user: Any) -> QuerySet[SignOff]:
    """Return the sheets one laid before signers or prepared, signs, or looks after."""
    mine = Q(prepared_by=user) | Q(steps__in=_steps_of(user))
    mine |= kept_by(user, SignOff.objects.all())
    found = SignOff.objects.filter(mine).distinct()
    return found.select_related("place")


def signoff_visible_to(user: Any, pk: int) -> SignOff:
    """Return one sheet, or raise Http404."""
    found = signoffs_visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def step_signed_by(user: Any, pk: int) -> Step:
    """Return a step whose post somebody holds, or raise Http404."""
    step = _steps_of(user).select_related("signoff", "node").filter(pk=pk).first()
    if step is None:
        raise Http404
    return step


def signoffs_of(target: Model) -> QuerySet[SignOff]:
    """Return the sheets of an object; the caller decides who may see them."""
    return SignOff.objects.filter(target_type=target._meta.label_lower, target_id=target.pk)


def signatures_of(target: Model) -> list[SignatureRow]:
    """Return the signatures that completed an object's last sheet; the caller decides who sees."""
    sheet = signoffs_of(target).filter(state=SignOff.State.COMPLETE).first()
    if sheet is None:
        return []
    put = SignatureRow.objects.filter(step__signoff=sheet, digest=sheet.digest)
    return list(put.select_related("by"))


def steps_waiting_for(user: Any) -> list[Step]:
    """Return the steps that wait for somebody's signature now."""
    steps = _steps_of(user).filter(signoff__state=SignOff.State.OPEN)
    rows = SignOff.objects.filter(pk__in=steps.values("signoff")).exclude(prepared_by=user)[:50]
    return [step for row in rows.select_related("place") for step in steps_due_for(user, row)]


def _steps_of(user: Any) -> QuerySet[Step]:
    fitting = Q(pk__in=[])
    for one in user.standings():
        if one.principal_id is not None:
            continue
        fitting |= Q(role=one.role, node=one.node_id, power="")
        powers = [name for name, power in POWERS.items() if one.role in power.roles]
        fitting |= Q(role="", power__in=powers, node__path__startswith=one.path)
    return Step.objects.filter(fitting)


def _fits(one: Standing, step: Step) -> bool:
    if step.role:
        return bool(one.role == step.role and one.node_id == step.node_id)
    return one.role in POWERS[step.power].roles and step.node.path.startswith(one.path)


@dataclass(frozen=True, slots=True)
class Shown:
    """A step on the page: who signs it, what was put under today's content, what became void."""

    step: Step
    who: str
    signed: SignatureRow | None
    void: list[SignatureRow]


def steps_shown(row: SignOff) -> list[Shown]:
    """Return the steps of a sheet with what was signed."""
    steps = row.steps.select_related("node").prefetch_related("signatures__by")
    return [_shown(step, row.digest) for step in steps]


def _shown(step: Step, digest: str) -> Shown:
    put = list(step.signatures.all())
    valid = [one for one in put if one.digest == digest]
    roles = [Role(role).label for role in sorted(POWERS[step.power].roles)] if step.power else []
    who = step.get_role_display() if step.role else _("或").join(str(one) for one in roles)
    void = [one for one in put if one.digest != digest]
    return Shown(step, f"{step.node} {who}", valid[0] if valid else None, void)

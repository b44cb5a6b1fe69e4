"""Delivering measures and setting targets: a new figure supersedes, none is changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.records.models import (
    Figure,
    Import,
    Measure,
    MeasureDefinition,
    Target,
    Unit,
    UnitLevel,
)
from ronghe.apps.records.numbers import period_of, whole
from ronghe.apps.records.permissions import DELIVER_FIGURES, SET_TARGETS
from ronghe.apps.records.selectors.figures import standing_to_deliver
from ronghe.apps.records.selectors.own_figures import asked_of
from ronghe.apps.records.selectors.units import levels_of
from ronghe.apps.records.services.stating import defining, refuse_owner, unit_of
from ronghe.apps.registry.models import Node

_ORDER = list(UnitLevel.values)
_F = TypeVar("_F", Measure, Target)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as it is delivered: of which unit, which measure, how much."""

    unit: Unit
    definition: MeasureDefinition
    value: Decimal | int | str


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a delivery: how many are new, superseded another, say what was known."""

    new: int = 0
    superseding: int = 0
    same: int = 0


@transaction.atomic
def deliver_measures(
    rows: Iterable[FigureRow], *, period: str, source: str, by: Any, batch: Import | None = None
) -> Delivered:
    """Deliver measures (报送数据) of a period with the document they stand in.

    Raises PermissionDenied where somebody else delivers one of them, ValidationError with every
    wrong row: all are taken or none.
    """
    return _supersede(Measure, list(rows), DELIVER_FIGURES, period, source, by, batch)


@transaction.atomic
def set_targets(
    rows: Iterable[FigureRow], *, period: str, source: str, by: Any, batch: Import | None = None
) -> Delivered:
    """Set targets (下达目标) of a period; ``source`` says where. As `deliver_measures`."""
    return _supersede(Target, list(rows), SET_TARGETS, period, source, by, batch)


@transaction.atomic
def deliver_own(
    business: Node, amounts: Mapping[int, Decimal], *, source: str, by: Any
) -> Delivered:
    """Deliver what is asked of a business for the periods that ended last, by measure.

    Raises PermissionDenied for another's business, ValidationError.
    """
    unit, done = unit_of(business), Delivered()
    rows: dict[str, list[FigureRow]] = {}
    for one in asked_of(business, timezone.localdate()):
        if (value := amounts.get(one.definition.pk)) is not None:
            rows.setdefault(one.period.label, []).append(FigureRow(unit, one.definition, value))
    for period, of_period in rows.items():
        more = deliver_measures(of_period, period=period, source=source, by=by)
        done = Delivered(
            done.new + more.new, done.superseding + more.superseding, done.same + more.same
        )
    return done


@transaction.atomic
def define_measure(definition: MeasureDefinition, *, by: Any) -> MeasureDefinition:
    """Say what a measure is in a county (口径), a new one or one changed.

    How fine it is stays once there are figures. Raises PermissionDenied, ValidationError.
    """
    standing = defining(by, definition.county)
    definition.full_clean()
    if definition.owner is not None:
        refuse_owner(definition.owner, definition.county)
    if definition.pk:
        _refuse_other_scale(definition)
    definition.save()
    details = {"code": definition.code, "owner": definition.owner_id}
    place = definition.county
    audit.record(
        "records.measure_defined",
        by=by,
        target=definition,
        place=place,
        standing=standing,
        **details,
    )
    return definition


def _refuse_other_scale(definition: MeasureDefinition) -> None:
    before = MeasureDefinition.objects.get(pk=definition.pk)
    held = Q(definition=definition)
    used = Measure.objects.filter(held).exists() or Target.objects.filter(held).exists()
    if before.scale != definition.scale and used:
        raise ValidationError({"scale": _("已经有数值，小数位数不能再改；请另立一项数据。")})


def _supersede(
    model: type[_F],
    rows: Sequence[FigureRow],
    power: str,
    period: str,
    source: str,
    by: Any,
    batch: Import | None,
) -> Delivered:
    period_of(period)
    if not source.strip():
        raise ValidationError({"source": _("请写明数字出自哪份文件或报表。")})
    standings = [_standing(by, power, row) for row in rows]
    values = _checked(rows, positive=model is Target)
    current = _current(model, rows, period)
    made, replaced = [], []
    for row, value in zip(rows, values, strict=True):
        before = current.get((row.definition.pk, row.unit.pk))
        if before is not None and before.value == value:
            continue
        if before is not None:
            replaced.append(before.pk)
        given = {"definition": row.definition, "unit": row.unit, "supersedes": before}
        made.append(
            model(
                period=period, value=value, source=source.strip()[:200], by=by, batch=batch, **given
            )
        )
    model.objects.filter(pk__in=replaced).update(current=False)
    model.objects.bulk_create(made)
    done = Delivered(len(made) - len(replaced), len(replaced), len(rows) - len(made))
    _record(model, rows, standings, period, done, by)
    return done


def _standing(by: Any, power: str, row: FigureRow) -> Standing:
    standing: Standing | None = standing_to_deliver(by, power, row.definition, row.unit)
    if standing is None:
        raise PermissionDenied
    return standing


def _checked(rows: Sequence[FigureRow], *, positive: bool) -> list[int]:
    """Return the whole numbers of the rows, or raise with all that is wrong, row by row."""
    levels = levels_of({row.unit.pk: row.unit for row in rows}.values())
    wrong, values, seen = [], [], set()
    for row in rows:
        try:
            value = whole(row.value, row.definition.scale, field="value")
        except ValidationError as refusal:
            wrong += [_about(row, told) for told in refusal.messages]
            continue
        values.append(value)
        if told := why_not(row, value, levels[row.unit.pk], positive):
            wrong.append(_about(row, told))
        if (row.definition.pk, row.unit.pk) in seen:
            wrong.append(_about(row, _("同一个单位、同一项数据出现了两次。")))
        seen.add((row.definition.pk, row.unit.pk))
    if wrong:
        raise ValidationError(wrong)
    return values


def why_not(row: FigureRow, value: int, level: str, positive: bool) -> str:
    """Return why a figure cannot be taken, empty where it can."""
    if row.unit.county_id != row.definition.county_id:
        return _("不是同一个县（市、区）的单位。")
    if level and _ORDER.index(level) > _ORDER.index(row.definition.lowest_level):
        lowest = row.definition.get_lowest_level_display()
        return _("这项数据只公布到%(level)s一级，没有更下级的官方数字。") % {"level": lowest}
    if positive and value <= 0:
        return _("目标须大于0。")
    return ""


def _about(row: FigureRow, told: str) -> str:
    named = {"unit": str(row.unit), "measure": str(row.definition), "told": told}
    return _("%(unit)s，%(measure)s：%(told)s") % named


def _current(
    model: type[_F], rows: Sequence[FigureRow], period: str
) -> dict[tuple[int, int], Figure]:
    definitions = {row.definition.pk for row in rows}
    units = {row.unit.pk for row in rows}
    held = model.objects.select_for_update(of=("self",)).filter(
        period=period, current=True, definition__in=definitions, unit__in=units
    )
    return {(one.definition_id, one.unit_id): one for one in held.order_by("pk")}


def _record(
    model: type[_F],
    rows: Sequence[FigureRow],
    standings: Sequence[Standing],
    period: str,
    done: Delivered,
    by: Any,
) -> None:
    """Record one delivery: at the place of the post it was made from, with its measures."""
    if not rows:
        return
    standing = standings[0]
    measures = sorted({row.definition.code for row in rows})
    action = "records.measures_delivered" if model is Measure else "records.targets_set"
    counts: dict[str, Any] = {"new": done.new, "superseding": done.superseding, "same": done.same}
    place = Node.objects.get(pk=standing.node_id)
    audit.record(
        action, by=by, place=place, standing=standing, measures=measures, period=period, **counts
    )

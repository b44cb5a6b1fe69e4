"""Keeping the households of a village. Entries of the audit name fields, never people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.access import Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.registry.models import Household, HouseholdMark, Node
from ronghe.apps.registry.selectors import standing_for_households
from ronghe.apps.registry.services.common import refuse_closed, refuse_future


@transaction.atomic
def add_household(village: Node, *, code: str, head: str, people: int | None, by: Any) -> Household:
    """Register a household (户) of a village. Raises PermissionDenied, ValidationError."""
    standing = _standing_at(village, by)
    refuse_closed(village, "code")
    household = Household(node=village, code=code, head=head, people=people)
    household.full_clean()
    household.save()
    _record("registry.household_added", household, by, standing, code=code)
    return household


@transaction.atomic
def correct_household(
    household: Household, *, code: str, head: str, people: int | None, by: Any, until: date | None
) -> Household:
    """Correct what is said of a household, or end it after its last day."""
    standing = _standing_at(household.node, by)
    if until is not None:
        refuse_future(until, "until")
    given = {"code": code, "head": head, "people": people, "until": until}
    changed = [name for name, value in given.items() if getattr(household, name) != value]
    for name, value in given.items():
        setattr(household, name, value)
    household.full_clean()
    household.save()
    _record("registry.household_corrected", household, by, standing, fields=changed)
    return household


@transaction.atomic
def mark_household(household: Household, *, mark: str, since: date, by: Any) -> HouseholdMark:
    """Mark a household from a day on (标识). Raises ValidationError where it already is."""
    standing = _standing_at(household.node, by)
    refuse_future(since)
    if household.marks.filter(mark=mark, until=None).exists():
        raise ValidationError({"mark": _("已有这个标识。")})
    made = HouseholdMark.objects.create(household=household, mark=mark, since=since)
    details: dict[str, Any] = {"mark": mark, "since": since.isoformat()}
    _record("registry.household_marked", household, by, standing, **details)
    return made


@transaction.atomic
def end_mark(mark: HouseholdMark, *, on: date, by: Any) -> HouseholdMark:
    """End a mark after its last day (解除标识)."""
    standing = _standing_at(mark.household.node, by)
    refuse_future(on, "on")
    if on < mark.since:
        raise ValidationError({"on": _("不能早于起始日。")})
    if not HouseholdMark.objects.filter(pk=mark.pk, until=None).update(until=on):
        raise ValidationError(_("别人刚刚改动过，请重新打开再办。"))
    mark.until = on
    details: dict[str, Any] = {"mark": mark.mark, "on": on.isoformat()}
    _record("registry.household_unmarked", mark.household, by, standing, **details)
    return mark


def _standing_at(village: Node, by: Any) -> Standing:
    standing = standing_for_households(by, village)
    if standing is None:
        raise PermissionDenied
    return standing


def _record(action: str, household: Household, by: Any, standing: Standing, **details: Any) -> None:
    place = household.node
    audit.record(action, by=by, target=household, place=place, standing=standing, **details)

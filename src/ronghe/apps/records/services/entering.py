"""Entering records, correcting and withdrawing them. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ronghe.apps.access import Role, Standing
from ronghe.apps.audit import services as audit
from ronghe.apps.members.models import Belonging
from ronghe.apps.members.selectors import member_of
from ronghe.apps.records import purposes
from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.drafts import Draft, checked, kind_named
from ronghe.apps.records.models import STANDING, Channel, Record, State, Unit
from ronghe.apps.records.selectors.entries import standing_to_enter
from ronghe.apps.records.services.deciding import settle
from ronghe.apps.records.services.evidence import hand_on
from ronghe.apps.records.services.routing import Routing
from ronghe.apps.records.services.stating import unit_of
from ronghe.apps.registry.models import Node

CHANGED = (State.PENDING, State.ACCEPTED, State.REFUSED)


@transaction.atomic
def add_record(
    *,
    unit: Unit | Node,
    by: Any,
    channel: str = Channel.OWN,
    entered_for: Any = None,
    client_key: str = "",
    left_by: tuple[str, int] | None = None,
    named_for: Mapping[str, str] | None = None,
    **contents: Any,
) -> Record:
    """Enter a record of a unit; ``contents`` are those of a `Draft`.

    The same ``client_key`` of the same person gives the record entered before. ``left_by`` is
    the app and object whose work left it: that app has asked already whether it may be done.
    ``named_for`` says what of other apps it advances.
    Raises PermissionDenied out of reach, ValidationError with every refused field.
    """
    draft, unit = Draft(**contents), unit if isinstance(unit, Unit) else unit_of(unit)
    standing = None if left_by else standing_entering(by, draft.kind, unit.node)
    _refuse_for_others(draft, standing, by)
    if client_key and (before := _entered_before(by, client_key)):
        return before
    app, pk = left_by or ("", None)
    made = prepared(draft, unit, standing, by, Routing())
    made.channel = Channel.PROGRAM if left_by else channel
    made.entered_for, made.client_key = entered_for, client_key[:80]
    made.source_app, made.source_id = app, pk
    try:
        with transaction.atomic():
            _keep(made, draft.actors)
            purposes.name(made, named_for or {}, by)
    except IntegrityError:
        if client_key and (before := _entered_before(by, client_key)):
            return before
        raise
    _record("records.added", made, by, standing, kind=made.kind, channel=made.channel)
    return made


@transaction.atomic
def correct_record(record: Record, *, reason: str, by: Any, **changes: Any) -> Record:
    """Enter a record in place of another (更正), which stays with the reason beside it.

    ``changes`` are contents of a `Draft` other than its kind; the rest is taken over. Raises
    PermissionDenied, ValidationError where nothing can be corrected any more.
    """
    standing = _standing_changing(by, record)
    _refuse_without(reason)
    draft = replace(_contents(record), **changes)
    _refuse_for_others(draft, standing, by)
    made = prepared(draft, record.unit, standing, by, Routing())
    made.channel, made.entered_for = record.channel, record.entered_for
    made.supersedes, made.reason = record, reason.strip()[:300]
    made.by_sampling = made.by_sampling and not record.in_sample
    _leave(record, CHANGED, State.SUPERSEDED)
    _keep(made, draft.actors)
    hand_on(record, made)
    purposes.hand_on(record, made)
    _record("records.corrected", made, by, standing, superseded=record.pk, fields=sorted(changes))
    return made


@transaction.atomic
def withdraw_record(record: Record, *, reason: str, by: Any) -> Record:
    """Withdraw a record (撤回): it stays, with the reason, and counts no longer."""
    standing = _standing_changing(by, record)
    _refuse_without(reason)
    _leave(record, STANDING, State.WITHDRAWN, reason=reason.strip()[:300])
    _record("records.withdrawn", record, by, standing, kind=record.kind)
    return record


def standing_entering(by: Any, kind: str, node: Node) -> Standing:
    """Return from which post somebody enters a kind for an organisation, or refuse."""
    standing = standing_to_enter(by, kind_named(kind), node)
    if standing is None:
        raise PermissionDenied
    return standing


def _standing_changing(by: Any, record: Record) -> Standing:
    """Return from which post somebody corrects or withdraws a record, or refuse."""
    standing = standing_entering(by, record.kind, record.unit.node)
    entered = (record.entered_by_id, record.principal_id)
    if standing.role == Role.ENTERPRISE and by.pk not in entered:
        raise PermissionDenied
    _refuse_for_others(_contents(record), standing, by)
    return standing


def prepared(
    draft: Draft, unit: Unit, standing: Standing | None, by: Any, routing: Routing
) -> Record:
    """Return a record that is not saved yet, checked, with where it is checked by others."""
    made = Record(unit=unit, entered_by=by, **checked(draft))
    made.principal_id = standing.principal_id if standing else None
    route = routing.columns(KINDS[draft.kind], unit.node.path, standing, by)
    for column, value in route.items():
        setattr(made, column, value)
    return made


def strangers(node: Node, actors: Iterable[Any]) -> list[Any]:
    """Return those who belong nowhere at or below an organisation."""
    wanted = {one.pk: one for one in actors}
    here = Belonging.objects.filter(member__in=wanted, node__path__startswith=node.path)
    return [wanted[pk] for pk in wanted.keys() - set(here.values_list("member", flat=True))]


def _keep(made: Record, actors: Sequence[Any]) -> None:
    if away := strangers(made.unit.node, actors):
        names = "、".join(one.name for one in away[:5])
        raise ValidationError({"actors": _("不是这个党组织的人：%(names)s") % {"names": names}})
    made.save()
    made.actors.set(actors)


def _contents(record: Record) -> Draft:
    return Draft(
        kind=record.kind,
        day=record.day,
        quantity=record.amount,
        quality=record.quality,
        actors=list(record.actors.all()),
        served=record.served,
        values=record.values,
        source=record.source,
    )


def _leave(record: Record, expected: Iterable[str], state: str, **more: Any) -> None:
    """Move a record out of its state, once; what was drawn with it may now be settled."""
    still = Record.objects.filter(pk=record.pk, state__in=list(expected))
    if not still.update(state=state, **more):
        raise ValidationError(_("这条纪实已经更正、撤回，或别人刚刚改动过，请重新打开。"))
    record.refresh_from_db()
    if record.draw is not None:
        settle(record.draw)


def _entered_before(by: Any, key: str) -> Record | None:
    return Record.objects.filter(entered_by=by, client_key=key[:80]).first()


def _refuse_for_others(draft: Draft, standing: Standing | None, by: Any) -> None:
    """Refuse a member who enters or changes what is not their own work alone."""
    if standing is None or standing.role != Role.MEMBER:
        return
    member = member_of(by)
    if member is None:
        raise PermissionDenied
    if [one.pk for one in draft.actors] != [member.pk]:
        raise ValidationError({"actors": _("这里只能登记您自己做的事。")})


def _refuse_without(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})


def _record(
    action: str, record: Record, by: Any, standing: Standing | None, **details: Any
) -> None:
    place = record.unit.node
    audit.record(action, by=by, target=record, place=place, standing=standing, **details)

"""What documents are made of: the records, files and figures of a place, as somebody sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from ronghe.apps.members.models import PARTY_KINDS
from ronghe.apps.records.models import STANDING, Evidence, Record, UnitKind
from ronghe.apps.records.numbers import Period, plain
from ronghe.apps.records.selectors.entries import records_visible_to
from ronghe.apps.records.selectors.figures import measures_visible_to, targets_visible_to
from ronghe.apps.registry.models import Kind, Node
from ronghe.apps.registry.selectors import nodes_reached_by
from ronghe.apps.reporting import permissions as powers
from ronghe.apps.reporting.models import Export
from ronghe.apps.reporting.selectors.facts import hidden_kinds

KINDS = (*PARTY_KINDS, Kind.COUNTY, Kind.TOWNSHIP, Kind.VILLAGE)
_PEOPLE = (UnitKind.CADRE, UnitKind.MEMBER)


def places_documented_by(user: Any) -> QuerySet[Node]:
    """Return the organisations of which somebody may have documents made."""
    return nodes_reached_by(user, powers.MAKE_DOCUMENTS).filter(kind__in=KINDS)


def exports_of(user: Any) -> QuerySet[Export]:
    """Return the files made for somebody, the latest first."""
    return Export.objects.filter(by=user).select_related("node", "job")


def export_of(user: Any, pk: int) -> Export:
    """Return one's own file of a place still within reach, or raise Http404."""
    found = exports_of(user).filter(pk=pk).first()
    if found is None or not user.has_perm(powers.MAKE_DOCUMENTS, found.node):
        raise Http404
    return found


def records_in(user: Any, node: Node, period: Period) -> QuerySet[Record]:
    """Return the records of a place and period that stand, nothing about single people."""
    found = records_visible_to(user, node=node, since=period.since, until=period.until)
    return found.filter(state__in=STANDING).exclude(kind__in=hidden_kinds())


def counted_in(user: Any, node: Node, period: Period) -> list[tuple[str, int]]:
    """Return how many records of each kind a place and period have."""
    counted = records_in(user, node, period).order_by("kind").values("kind")
    return [(row["kind"], row["many"]) for row in counted.annotate(many=Count("pk"))]


def record_rows(records: QuerySet[Record]) -> Iterator[list[str]]:
    """Yield a row for each record: no names of people, the files behind it only counted."""
    rows = records.prefetch_related(None).select_related("unit__node", "decided_by")
    shown = rows.annotate(
        took_part=Count("actors", distinct=True),
        files=Count("evidence", filter=Q(evidence__removed=""), distinct=True),
    )
    for one in shown.order_by("day", "pk").iterator(chunk_size=500):
        said = one.values.get("matter") or one.values.get("project") or one.values.get("topic")
        yield [
            str(one.pk),
            one.day.isoformat(),
            one.unit.node.name,
            str(said or ""),
            one.amount_words,
            str(one.took_part or ""),
            _checked(one),
            one.source,
            str(one.files or ""),
        ]


def _checked(one: Record) -> str:
    """Say where a record stands, and who checked it when."""
    when = one.decided_at.date().isoformat() if one.decided_at else ""
    who = one.decided_by.name if one.decided_by else ""
    return " ".join(filter(None, (one.get_state_display(), who, when)))


def evidence_rows(user: Any, node: Node, period: Period) -> Iterator[list[str]]:
    """Yield a row for each file behind the records."""
    behind = records_in(user, node, period).order_by().values("pk")
    files = Evidence.objects.filter(record__in=behind, removed="").select_related("record")
    for one in files.order_by("record__day", "record", "pk").iterator(chunk_size=500):
        yield [
            str(one.record_id),
            one.record.day.isoformat(),
            one.record.title,
            one.name,
            str(one.size),
            one.digest,
        ]


def figure_rows(user: Any, node: Node, period: Period) -> Iterator[list[str]]:
    """Yield a row for each measure and target of a place for periods within the one asked for."""
    for kind, rows in (("", measures_visible_to(user)), ("target", targets_visible_to(user))):
        held: Any = rows.filter(unit__node__path__startswith=node.path)
        held = held.filter(period__startswith=period.label).exclude(unit__kind__in=_PEOPLE)
        for one in held.order_by("definition__code", "unit__code", "period").iterator(500):
            yield [
                str(one.definition),
                kind,
                one.unit.node.name,
                one.period,
                f"{plain(one.amount)} {one.definition.unit_of_measurement}".strip(),
                one.source,
                one.at.date().isoformat(),
            ]

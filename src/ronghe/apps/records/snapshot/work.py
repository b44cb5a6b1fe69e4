"""Records and figures as rows of the data tables, in batches."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ronghe.apps.records.catalogue import KINDS
from ronghe.apps.records.models import STANDING, Measure, Record, State, Target
from ronghe.apps.records.numbers import Period, plain
from ronghe.apps.records.snapshot.tree import Tree
from ronghe.apps.registry.models import Node

BATCH = 5000


def record_rows(county: Node, period: Period, tree: Tree) -> Iterator[tuple[Any, ...]]:
    """Yield the records that stand, under who did the work.

    With actors each is credited; where the kind credits another, the record itself counts for
    the organisation and each actor has one of that other. Actors who were no members on the last
    day count for the record's organisation.
    """
    standing = Record.objects.filter(
        unit__county=county, day__gte=period.since, day__lte=period.until, state__in=STANDING
    )
    columns = (
        "pk", "unit", "unit__node", "kind", "day", "quantity", "scale", "quality", "served",
        "state", "source", "actors",
    )  # fmt: skip
    last = 0
    for row in standing.order_by("pk").values_list(*columns).iterator(chunk_size=BATCH):
        pk, unit, node, kind, day, quantity, scale, quality, served, state, source, actor = row
        home = tree.code_of(unit, node)
        amount = plain(Decimal(quantity).scaleb(-scale))
        rest = (quality, served, "yes" if state == State.ACCEPTED else "no", source)
        credits = KINDS[kind].credits if kind in KINDS else ""
        if (actor is None or credits) and pk != last:
            yield str(pk), home, kind, day, amount, *rest
        if actor is not None:
            shown = (credits, day, "1") if credits else (kind, day, amount)
            yield f"{pk}-{actor}", tree.members.get(actor, home), *shown, *rest
        last = pk


def figure_rows(
    model: type[Measure] | type[Target], county: Node, period: Period, tree: Tree
) -> Iterator[tuple[Any, ...]]:
    """Yield the figures of the period and the one before that hold.

    Where two organisations have become one, the figure of the one that stands is kept.
    """
    held = model.objects.filter(
        definition__county=county, current=True, period__in=[period.label, period.previous]
    )
    columns = (
        "unit", "unit__node", "unit__code", "definition__code", "period", "value",
        "definition__scale", "source",
    )  # fmt: skip
    for row in held.order_by("pk").values_list(*columns).iterator(chunk_size=BATCH):
        unit, node, own, measure, label, value, scale, source = row
        code = tree.code_of(unit, node)
        if code == own:
            yield code, measure, label, plain(Decimal(value).scaleb(-scale)), source

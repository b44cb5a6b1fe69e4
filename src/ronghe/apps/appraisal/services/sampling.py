"""Drawing which of a round's records are checked, by others than who draws."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.apps.appraisal import permissions as powers
from ronghe.apps.appraisal.models import Round, Sample
from ronghe.apps.appraisal.selectors.sampling import (
    DRAWN_IN,
    drawn_by,
    places_to_sample,
    records_of,
)
from ronghe.apps.appraisal.services.rounds import locked, record
from ronghe.apps.procedures.services.common import standing_at
from ronghe.apps.records.barring import bar
from ronghe.apps.records.models import Draw
from ronghe.apps.records.services import draw_sample
from ronghe.apps.registry.models import Node

bar(drawn_by)


def draw_records(round_: Round, *, percent: int, by: Any) -> list[Draw]:
    """Draw a sample (抽查) of a round's waiting records, a draw at each place that checks them.

    Each place in a transaction of its own: pressed again, what is left is drawn. Raises
    ValidationError after disclosure and where nothing waits.
    """
    standing_at(round_.node, powers.RUN_ROUNDS, by)
    if round_.stage not in DRAWN_IN:
        raise ValidationError(_("结果已经反馈，不再抽查；数据有误的，在申诉里提出。"))
    places = places_to_sample(by, round_)
    if not places:
        raise ValidationError(_("没有等待抽查的纪实。"))
    return [_draw_at(round_, node, percent, by) for node, _many in places]


@transaction.atomic
def _draw_at(round_: Round, node: Node, percent: int, by: Any) -> Draw:
    now = locked(round_)
    standing = standing_at(now.node, powers.RUN_ROUNDS, by)
    draw = draw_sample(node, percent=percent, by=by, among=records_of(now))
    Sample.objects.create(round=now, draw=draw)
    drawn = {"draw": draw.pk, "sample": draw.sample, "population": draw.population}
    record("appraisal.records_drawn", now, by, standing, **drawn)
    return draw

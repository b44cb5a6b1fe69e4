"""What appraisal adds to the data folder: votes and expert scores of a round, final totals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Any

from django.db.models import F

from ronghe.apps.appraisal.models import ExpertScore, Result, Votes
from ronghe.apps.appraisal.rounds.stages import Stage
from ronghe.apps.records.snapshot import provides

_ROUND: ContextVar[int | None] = ContextVar("round", default=None)
"""The round whose data are being written; none: only what rounds have published."""

Row = tuple[Any, ...]


@contextmanager
def gathering(round_id: int) -> Iterator[None]:
    """Let a data folder written meanwhile hold what was entered for a round."""
    token = _ROUND.set(round_id)
    try:
        yield
    finally:
        _ROUND.reset(token)


@provides("ballots")
def ballots(_county: Any, _period: Any, _tree: Any) -> Iterator[Row]:
    """Yield the votes that were counted for the round."""
    votes = Votes.objects.filter(round=_ROUND.get()).order_by("ballot", "unit", "group", "grade")
    yield from votes.values_list("ballot", "unit", "group", "grade", "count").iterator()


@provides("expert_scores")
def expert_scores(_county: Any, _period: Any, _tree: Any) -> Iterator[Row]:
    """Yield the scores that experts gave in the round; who gave them is only a number."""
    scores = ExpertScore.objects.filter(round=_ROUND.get()).order_by("panel", "unit", "expert")
    for panel, unit, expert, score in scores.values_list("panel", "unit", "expert", "score"):
        yield panel, unit, f"expert-{expert}", Decimal(score).scaleb(-3)


@provides("results")
def results(county: Any, period: Any, _tree: Any) -> Iterator[Row]:
    """Yield the final totals of the county's rounds on the period."""
    final = Result.objects.filter(
        run__round__node__path__startswith=county.path,
        run__round__period=period.label,
        run__round__stage__in=[Stage.FINAL, Stage.IMPROVEMENT],
        run__round__run=F("run"),
        total__isnull=False,
    )
    rows = final.order_by("run__round__version__code", "unit")
    for scheme, unit, total in rows.values_list("run__round__version__code", "unit", "total"):
        yield scheme, unit, Decimal(total or 0).scaleb(-3)

"""Changing records and figures; every function is one transaction and is audited."""

from ronghe.apps.records.services.deciding import draw_sample, verify_record
from ronghe.apps.records.services.entering import add_record, correct_record, withdraw_record
from ronghe.apps.records.services.figures import (
    FigureRow,
    define_measure,
    deliver_measures,
    deliver_own,
    set_targets,
)
from ronghe.apps.records.services.stating import give_kind, state_unit

__all__ = [
    "FigureRow",
    "add_record",
    "correct_record",
    "define_measure",
    "deliver_measures",
    "deliver_own",
    "draw_sample",
    "give_kind",
    "set_targets",
    "state_unit",
    "verify_record",
    "withdraw_record",
]

"""Units, records, figures: what is counted, what was done, what was measured."""

from ronghe.apps.records.models.batch import Import
from ronghe.apps.records.models.evidence import Evidence
from ronghe.apps.records.models.feed import Feed
from ronghe.apps.records.models.figures import Figure, Measure, MeasureDefinition, Target
from ronghe.apps.records.models.record import STANDING, Channel, Draw, KindOwner, Record, State
from ronghe.apps.records.models.unit import Unit, UnitKind, UnitLevel

__all__ = [
    "STANDING",
    "Channel",
    "Draw",
    "Evidence",
    "Feed",
    "Figure",
    "Import",
    "KindOwner",
    "Measure",
    "MeasureDefinition",
    "Record",
    "State",
    "Target",
    "Unit",
    "UnitKind",
    "UnitLevel",
]

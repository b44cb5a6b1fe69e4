"""What procedures keep."""

from ronghe.apps.procedures.models.attached import Attached
from ronghe.apps.procedures.models.calendar import HolidayNotice
from ronghe.apps.procedures.models.draws import Draw
from ronghe.apps.procedures.models.interests import Interest
from ronghe.apps.procedures.models.publicity import Objection, Publicity
from ronghe.apps.procedures.models.signoff import Signature, SignOff, Step

__all__ = [
    "Attached",
    "Draw",
    "HolidayNotice",
    "Interest",
    "Objection",
    "Publicity",
    "SignOff",
    "Signature",
    "Step",
]

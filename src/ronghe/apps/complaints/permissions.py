"""Who handles complaints."""

from ronghe.apps.access import Role, declare
from ronghe.apps.complaints.models import Kind, Receiver

INSPECT = declare("complaints.inspect", roles=[Role.INSPECTOR])
ADMINISTER = declare("complaints.administer", roles=[Role.ADMINISTRATOR])
POWERS = {Receiver.INSPECTION: INSPECT, Receiver.ADMINISTRATION: ADMINISTER}

FOR_ADMINISTRATORS = (Kind.FIGURE, Kind.FAULT)
"""The kinds that the administrator mends; the others are a matter of conduct."""

"""Records and figures for the web tests, whoever enters them."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from typing import Any

from ronghe.apps.access import Role
from ronghe.apps.records.models import Evidence, MeasureDefinition, Record
from ronghe.apps.records.selectors.evidence import path_of
from ronghe.apps.records.services import FigureRow, add_record, deliver_measures
from ronghe.apps.records.services.stating import unit_of
from web_world import County, days


def a_record(county: County, *, role: Any = Role.BRANCH_SECRETARY, node: str = "branch", **more):
    """Let somebody of a county enter a record, of a settled request without more."""
    contents = {"kind": "case_solved", "day": days(0), "values": {"matter": "修水渠"}, **more}
    return add_record(unit=county.nodes[node], by=county[role], **contents)


def a_definition(county: County, **more) -> MeasureDefinition:
    """Say what a measure is, owned by the county's department."""
    given: dict[str, Any] = {
        "code": "income",
        "title": "集体收入",
        "scale": 2,
        "lowest_level": "village",
        "owner": county.nodes["department"],
        **more,
    }
    return MeasureDefinition.objects.create(county=county.nodes["county"], **given)


def deliver(county: County, definition, value, *, node: str = "branch", **more):
    """Let the department deliver one figure."""
    rows = [FigureRow(unit_of(county.nodes[node]), definition, Decimal(str(value)))]
    given = {"period": "2025", "source": "报表", "by": county[Role.DATA_DEPARTMENT], **more}
    return deliver_measures(rows, **given)


def waiting_record(node, **more) -> Record:
    """Put a record of an organisation into the database that waits there, whoever entered it."""
    given = {"kind": "volunteer_service", "quantity": 10, "scale": 1, "channel": "import", **more}
    given |= {"day": days(0), "state": "pending", "verify_at": node}
    return Record.objects.create(unit=unit_of(node), **given)


def a_file_behind(record, *, by, content: bytes = "张三".encode(), name: str = "签到.txt"):
    """Put a small file behind a record, whoever sends it."""
    digest = sha256(content).hexdigest()
    path_of(digest).parent.mkdir(parents=True, exist_ok=True)
    path_of(digest).write_bytes(content)
    given = {"name": name, "ending": "txt", "size": len(content), "digest": digest}
    return Evidence.objects.create(record=record, original=digest, by=by, **given)

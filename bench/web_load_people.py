"""Who uses the site in `web_load`: opens the accounts and sessions, prints them as JSON.

Runs inside the installation, started by `web_load`. Sessions are made here: signing in is not
measured.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.utils import timezone  # noqa: E402

from ronghe.apps.access import Role  # noqa: E402
from ronghe.apps.accounts.models import Post, User  # noqa: E402
from ronghe.apps.accounts.services.tokens import make_token  # noqa: E402
from ronghe.apps.appraisal.models import Result, Round  # noqa: E402
from ronghe.apps.members.models import Belonging  # noqa: E402
from ronghe.apps.records.catalogue import KINDS  # noqa: E402
from ronghe.apps.records.models import Measure, MeasureDefinition  # noqa: E402
from ronghe.apps.records.selectors.entries import (  # noqa: E402
    places_to_draw,
    records_waiting_for,
)
from ronghe.apps.records.services import add_record, draw_sample  # noqa: E402
from ronghe.apps.registry.models import Node  # noqa: E402

OF_HUNDRED = ((Role.BRANCH_SECRETARY, 66), (Role.TOWNSHIP_OFFICER, 12), (Role.PARTY_SECRETARY, 8),
              (Role.APPRAISAL_OFFICE, 4), (Role.ORGANISATION, 2), (Role.COUNTY_LEADER, 2),
              (Role.DATA_DEPARTMENT, 6))  # fmt: skip
PLACES = {
    Role.BRANCH_SECRETARY: "branch",
    Role.TOWNSHIP_OFFICER: "township",
    Role.PARTY_SECRETARY: "township",
    Role.DATA_DEPARTMENT: "department",
}
KIND = "case_solved"
WAITING = 12
"""So many records of each branch wait to be checked."""


def people(count: int) -> list[dict[str, Any]]:
    """Open so many accounts with a post each; return what each needs to use the site."""
    rounds = list(Round.objects.exclude(run=None)[:1])
    made = []
    for role, share in OF_HUNDRED:
        nodes = list(Node.objects.filter(kind=PLACES.get(role, "county")).order_by("path"))
        if role == Role.DATA_DEPARTMENT:
            nodes = list(Node.objects.filter(
                pk__in=MeasureDefinition.objects.values("owner")).order_by("path"))  # fmt: skip
        for number in range(share * count // 100):
            node = nodes[number * max(1, len(nodes) // max(1, share * count // 100)) % len(nodes)]
            made.append(_person(f"load-{role}-{number}", role, node, rounds))
    _draw(made)
    return made


def _draw(made: list[dict[str, Any]]) -> None:
    """Draw every waiting record at the townships, and deal them out to who checks there."""
    checking = [one for one in made if one["role"] == Role.TOWNSHIP_OFFICER]
    dealt: set[int] = set()
    for one in checking:
        user = User.objects.get(pk=one["user"])
        for node, _many in places_to_draw(user):
            draw_sample(node, percent=100, by=user)
        mates = sum(other["node"] == one["node"] for other in checking)
        waiting = records_waiting_for(user).exclude(pk__in=dealt).values_list("pk", flat=True)
        share = list(waiting)
        one["waiting"] = share[: max(1, len(share) // mates)]
        dealt |= set(one["waiting"])


def _person(name: str, role: Role, node: Node, rounds: list[Round]) -> dict[str, Any]:
    user = User.objects.create(username=name, name=name, password="!")  # noqa: S106 - none
    Post.objects.create(user=user, role=role, node=node, since=timezone.localdate() - timedelta(9))
    told: dict[str, Any] = {
        "user": user.pk,
        "session": _session(user),
        "node": node.pk,
        "role": str(role),
    }
    below = Result.objects.filter(run__in=[one.run_id for one in rounds])
    told["round"] = rounds[0].pk if rounds else None
    seen = below.filter(node__path__startswith=node.path).values_list("pk", flat=True)
    told["results"] = list(seen[:20])
    if role == Role.BRANCH_SECRETARY:
        told["member"] = Belonging.objects.filter(node=node, until=None).values_list(
            "member", flat=True).first()  # fmt: skip
        for number in range(WAITING):
            _waiting(node, user, number)
    if role == Role.DATA_DEPARTMENT:
        _token, told["token"] = make_token(
            name="t", scopes=["measures:write"], until=timezone.localdate(), by=user
        )
        held = Measure.objects.filter(definition__owner=node, current=True)[:200]
        told["figures"] = [
            [one.unit.code, one.definition.code, str(one.amount), one.period]
            for one in held.select_related("unit", "definition")
        ]
    return told


def _waiting(node: Node, by: User, number: int) -> None:
    add_record(
        unit=node,
        by=by,
        kind=KIND,
        day=timezone.localdate(),
        values={one.code: f"第{number}件" for one in KINDS[KIND].fields if one.required},
    )


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    json.dump(people(int(sys.argv[1])), sys.stdout)

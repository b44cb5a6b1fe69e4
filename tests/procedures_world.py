"""Procedures attached to something at a node, whoever begins them."""

from __future__ import annotations

from typing import Any

from ronghe.apps.procedures.models import Draw, Interest, Objection, Publicity, SignOff, Step
from ronghe.apps.procedures.permissions import DRAW, HANDLE_OBJECTIONS, PUBLISH
from ronghe.apps.regulations.permissions import APPROVE_VALUES, SET_VALUES
from web_world import County, days, on_roster, person


def _about(node: Any) -> dict[str, Any]:
    return {"target_type": "registry.node", "target_id": node.pk, "place": node, "title": "t"}


def a_member_to_publish(county: County, node: Any, mine: Any) -> tuple[int | str, ...]:
    return ("members.member", on_roster(node).pk)


def a_publicity(county: County, node: Any, mine: Any) -> int:
    made = Publicity(**_about(node), power=PUBLISH, text="t", key="k", citation="c", days=5)
    made.opened, made.ends = days(0), days(7)
    made.opened_by = person(f"publishes-{county.name}-{node.pk}")
    made.save()
    return made.pk


def an_objection(county: County, node: Any, mine: Any) -> int:
    by = person(f"objects-{county.name}-{node.pk}")
    made = Objection.objects.create(
        **_about(node), power=HANDLE_OBJECTIONS, reason="r", raised_by=by
    )
    return made.pk


def a_sheet_to_sign(county: County, node: Any, mine: Any) -> int:
    sheet = SignOff.objects.create(**_about(node), power=SET_VALUES, text="t", digest="d")
    Step.objects.create(signoff=sheet, place=1, node=node, power=APPROVE_VALUES)
    return sheet.pk


def a_step_of_a_sheet(county: County, node: Any, mine: Any) -> int:
    return Step.objects.get(signoff=a_sheet_to_sign(county, node, mine)).pk


def a_declared_interest(county: County, node: Any, mine: Any) -> int:
    kept = Interest(declared_by=mine, place=node, node=node, kind="other", since=days(-1))
    kept.save()
    return kept.pk


def a_random_draw(county: County, node: Any, mine: Any) -> int:
    by = person(f"draws-lots-{county.name}-{node.pk}")
    one = {"code": "a", "name": "a"}
    drawn = {"pool": [one], "number": 1, "seed": "s", "algorithm": 1, "drawn": ["a"], "by": by}
    return Draw.objects.create(**_about(node), power=DRAW, purpose="p", **drawn).pk

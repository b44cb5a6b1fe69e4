"""Joint plans for the web tests, whoever writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from ronghe.apps.accounts.models import User
from ronghe.apps.planning.models import Entry, Plan, Sort

YEAR = timezone.localdate().year


def a_plan(node: Any, *, by: User | None = None, deployed: bool = False, year: int = YEAR) -> Plan:
    """Put a plan into the database, or return the one that is there."""
    somebody = by or User.objects.order_by("pk")[0]
    plan, _made = Plan.objects.get_or_create(node=node, year=year, defaults={"by": somebody})
    if deployed:
        Plan.objects.filter(pk=plan.pk).update(deployed=timezone.now(), deployed_by=somebody)
        plan.refresh_from_db()
    return plan


def an_entry(plan: Plan, sort: str = Sort.PROJECT, *, name: str = "修冷库", **more: Any) -> Entry:
    """Put an entry into a plan, due at the end of its year and given to its own organisation."""
    given = {"node": plan.node, "due": date(plan.year, 12, 31), **more}
    return Entry.objects.create(plan=plan, sort=sort, name=name, **given)


def a_pair(plan: Plan) -> tuple[Entry, Entry]:
    """Put a project and an action that stands behind it into a plan."""
    project, action = an_entry(plan), an_entry(plan, Sort.ACTION, name="党员突击队")
    action.projects.add(project)
    return project, action

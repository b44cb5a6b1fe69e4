"""Joint plans for programs: they see what the pages show the same person."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router, Schema
from pydantic import Field

from ronghe.apps.planning.models import Entry, Plan, Progress, Sort
from ronghe.apps.planning.permissions import SEE_PLANS
from ronghe.apps.planning.selectors import plans as selectors
from ronghe.apps.programs.paging import Id, Page, Paging, one_of, page_of
from ronghe.apps.programs.tokens import TokenWith


class PlanOut(Schema):
    """A joint plan; a draft has not been deployed."""

    id: int
    node_id: int
    year: int
    deployed: datetime | None


class PlanEntryOut(Schema):
    """An entry of a plan; ``project_ids`` are the projects an action stands behind."""

    id: int
    sort: Annotated[Sort, one_of(Sort)]
    name: str
    purpose: str
    node_id: int
    due: date
    measure: str | None
    target: Decimal | None
    progress: Annotated[Progress, one_of(Progress)]
    project_ids: list[int]

    @staticmethod
    def resolve_measure(found: Entry) -> str | None:
        """Return the code of the measure."""
        return found.measure.code if found.measure else None

    @staticmethod
    def resolve_project_ids(found: Entry) -> list[int]:
        """Return the ids of the projects."""
        return [one.pk for one in found.projects.all()]


class PlansAsked(Paging):
    """Which plans."""

    year: Annotated[int, Field(ge=1, le=9999)] | None = None


PLANS = TokenWith("plans:read", SEE_PLANS)
router = Router(tags=["planning"])


@router.get(
    "/plans", response=Page[PlanOut], auth=PLANS, summary=gettext_noop("看得到的共同谋划计划")
)
def plans(request: HttpRequest, asked: Query[PlansAsked]) -> Any:
    """Return the joint plans that the token's owner sees."""
    found: QuerySet[Plan] = selectors.plans_visible_to(request.user)
    return page_of(request, found.filter(year=asked.year) if asked.year else found, asked)


@router.get(
    "/plans/{pk}/entries",
    response=Page[PlanEntryOut],
    auth=PLANS,
    summary=gettext_noop("一份计划的事项和联系"),
)
def plan_entries(request: HttpRequest, pk: Path[Id], asked: Query[Paging]) -> Any:
    """Return the entries of a plan with their links."""
    plan = selectors.plan_visible_to(request.user, pk)
    found = plan.entries.select_related("measure").prefetch_related("projects")
    return page_of(request, found, asked)

"""The tree for programs: organisations, areas and their codes, registered businesses."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router, Schema

from ronghe.apps.programs.paging import Id, Page, Paging, Text, one_of, page_of
from ronghe.apps.programs.tokens import TokenWith
from ronghe.apps.registry import selectors
from ronghe.apps.registry.models import (
    AREA_DIGITS,
    BUSINESS_KINDS,
    AreaCode,
    Kind,
    Node,
    Registration,
)
from ronghe.apps.registry.permissions import SEE_TREE


class NodeOut(Schema):
    """A node of today's tree; ``path`` is the chain of ids from the county down."""

    id: int
    code: str
    name: str
    kind: str
    level: int
    path: str


class AreaOut(NodeOut):
    """An area with its statistical code, empty where none is known."""

    area_code: str = ""

    @staticmethod
    def resolve_area_code(found: Node) -> str:
        """Return the code that counts today."""
        codes: list[AreaCode] = found.codes_stated  # type: ignore[attr-defined]
        return codes[0].code if codes else ""


class EnterpriseOut(NodeOut):
    """A business with what was registered of it last; empty or null where nothing is known."""

    uscc: str = ""
    industry: str = ""
    employees: int | None = None
    founded: date | None = None
    registered_since: date | None = None

    @staticmethod
    def stated(found: Node) -> Registration:
        """Return the registration that counts, an empty one where there is none."""
        rows: list[Registration] = found.stated  # type: ignore[attr-defined]
        return rows[0] if rows else Registration()

    @classmethod
    def resolve_uscc(cls, found: Node) -> str:
        """Return the unified social credit code."""
        return cls.stated(found).uscc

    @classmethod
    def resolve_industry(cls, found: Node) -> str:
        """Return the code of the industry."""
        return cls.stated(found).industry

    @classmethod
    def resolve_employees(cls, found: Node) -> int | None:
        """Return how many work there."""
        return cls.stated(found).employees

    @classmethod
    def resolve_founded(cls, found: Node) -> date | None:
        """Return the day of founding."""
        return cls.stated(found).founded

    @classmethod
    def resolve_registered_since(cls, found: Node) -> date | None:
        """Return from when on this is registered."""
        return cls.stated(found).since


class Asked(Paging):
    """Which nodes."""

    kind: Annotated[Kind, one_of(Kind)] | None = None
    below: Id | None = None
    code: Text = ""


READ = TokenWith("organisations:read", SEE_TREE)
router = Router(tags=["registry"], auth=READ)


@router.get("/organisations", response=Page[NodeOut], summary=gettext_noop("范围内的组织"))
def organisations(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Return the part of today's tree that the token's owner may see."""
    return page_of(request, _found(request, asked), asked)


@router.get("/organisations/{pk}", response=NodeOut, summary=gettext_noop("一个组织"))
def organisation(request: HttpRequest, pk: Path[Id]) -> Any:
    """Return one node."""
    return selectors.node_visible_to(request.user, pk)


@router.get("/areas", response=Page[AreaOut], summary=gettext_noop("县、乡、村和区划代码"))
def areas(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Return areas with their statistical codes."""
    last = AreaCode.objects.order_by("-since", "-pk")
    found = _found(request, asked).filter(kind__in=AREA_DIGITS)
    codes = Prefetch("area_codes", queryset=last, to_attr="codes_stated")
    return page_of(request, found.prefetch_related(codes), asked)


@router.get(
    "/enterprises", response=Page[EnterpriseOut], summary=gettext_noop("企业和其他经营主体")
)
def enterprises(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Return businesses with what is registered of them."""
    last = Registration.objects.order_by("-since", "-pk")
    found = _found(request, asked).filter(kind__in=BUSINESS_KINDS)
    stated = Prefetch("registrations", queryset=last, to_attr="stated")
    return page_of(request, found.prefetch_related(stated), asked)


def _found(request: HttpRequest, asked: Asked) -> QuerySet[Node]:
    found = selectors.nodes_visible_to(request.user).filter(closed=None)
    if asked.below is not None:
        place = selectors.node_visible_to(request.user, asked.below)
        found = found.filter(path__startswith=place.path)
    given = {"kind": asked.kind, "code": asked.code}
    return found.filter(**{name: value for name, value in given.items() if value})

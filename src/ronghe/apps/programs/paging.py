"""One way of paging: so many at once, ``after`` the last one seen, ``next`` the rest."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field, WithJsonSchema

MOST = 500
"""Items in one answer, and in one request."""

Item = TypeVar("Item")

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=10_000)]
"""What a database can hold: no NUL."""


def one_of(words: type[Enum]) -> WithJsonSchema:
    """Describe the words there are where they stand: two apps may call theirs the same."""
    return WithJsonSchema({"type": "string", "enum": [one.value for one in words]})


class Paging(Schema):
    """Where to go on and how many at once."""

    after: int = Field(0, ge=0, le=2**63 - 1, description=gettext_noop("上一页最后一条的编号"))
    limit: int = Field(100, ge=1, le=MOST, description=gettext_noop("一次多少条"))


class Page(Schema, Generic[Item]):
    """A page of items; ``next`` is the address of the following one, null on the last."""

    items: list[Item]
    next: str | None


def page_of(
    request: HttpRequest, rows: QuerySet[Any], paging: Paging, *, newest_first: bool = False
) -> dict[str, Any]:
    """Return a page of rows in order of their ids."""
    if paging.after:
        rows = rows.filter(**{"pk__lt" if newest_first else "pk__gt": paging.after})
    found = list(rows.order_by("-pk" if newest_first else "pk")[: paging.limit + 1])
    items, more = found[: paging.limit], len(found) > paging.limit
    return {"items": items, "next": _address(request, items[-1].pk) if more else None}


def _address(request: HttpRequest, last: int) -> str:
    query = request.GET.copy()
    query["after"] = str(last)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

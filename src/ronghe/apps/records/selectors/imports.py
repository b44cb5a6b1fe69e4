"""Reading imports: everybody sees their own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ronghe.apps.records.models import Import
from ronghe.apps.records.permissions import IMPORT


def imports_of(user: Any) -> QuerySet[Import]:
    """Return a person's own imports, the latest first."""
    if not user.has_perm(IMPORT):
        return Import.objects.none()
    return Import.objects.filter(by=user).defer("table", "problems")


def import_of(user: Any, pk: int) -> Import:
    """Return one of a person's own imports, or raise Http404."""
    found = imports_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

"""How many things wait, said beside the desk on every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ronghe.apps.desk.items import count_for


def waiting(request: HttpRequest) -> dict[str, object]:
    """Tell the shell how many things wait for the person signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"waiting": SimpleLazyObject(lambda: count_for(user))}

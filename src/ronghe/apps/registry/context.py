"""Which counties a page is about, and whether they are made up: said on every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ronghe.apps.registry.selectors import counties


def county(request: HttpRequest) -> dict[str, Any]:
    """Name the counties of the person signed in, and tell whether any is made up (演示数据)."""
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    own = {one.path.partition("/")[0] for one in user.standings()} if signed_in else set()
    known = counties()
    return {
        "fictitious": any(one.fictitious for one in known),
        "counties": [one.name for one in known if str(one.pk) in own],
    }

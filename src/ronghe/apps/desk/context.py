"""How many things wait and how many notices are unread, said on every page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ronghe.apps.desk.items import count_for
from ronghe.apps.desk.notices import unread_by


def waiting(request: HttpRequest) -> dict[str, object]:
    """Tell the shell what waits for the person signed in, and how much is unread."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not hasattr(request, "session"):
        return {}  # a page that says what went wrong may come before the session
    return {
        "waiting": SimpleLazyObject(lambda: count_for(request)),
        "unread": SimpleLazyObject(lambda: unread_by(user)),
    }

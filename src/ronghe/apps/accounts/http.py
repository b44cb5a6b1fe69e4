"""A request of somebody who is signed in."""

from __future__ import annotations

from django.http import HttpRequest

from ronghe.apps.accounts.models import User


class Request(HttpRequest):
    """A request behind ``login_required`` or a token: its user is a person."""

    user: User

"""What happens next to a proposed value: whoever stands above may ask to be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ronghe.apps.regulations.models import LocalValue

Follower = Callable[[LocalValue, Any], object]
_FOLLOWERS: list[Follower] = []


def follows(follower: Follower) -> Follower:
    """Register what is called, in the same transaction, with each proposed value and its author."""
    _FOLLOWERS.append(follower)
    return follower


def follow(local: LocalValue, by: Any) -> None:
    """Tell those who asked that a value has been proposed."""
    for follower in _FOLLOWERS:
        follower(local, by)

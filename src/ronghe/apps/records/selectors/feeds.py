"""Whose calendar a secret address is."""

from __future__ import annotations

import hashlib
from typing import Any

from ronghe.apps.records.models import Feed


def feed_of(user: Any) -> Feed | None:
    """Return a person's private address, if there is one; its secret is not kept."""
    return Feed.objects.filter(owner=user).first()


def owner_of(secret: str) -> Any:
    """Return whose address it is, None where it is nobody's or the person may not sign in."""
    good = Feed.objects.select_related("owner").filter(digest=digest(secret), owner__is_active=True)
    found = good.first()
    return found.owner if found else None


def digest(secret: str) -> str:
    """Return the digest kept of a secret; the secret is random, so it needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()

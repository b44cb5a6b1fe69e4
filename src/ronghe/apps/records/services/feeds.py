"""The private address of a person's calendar: made, made anew, ended."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from ronghe.apps.audit import services as audit
from ronghe.apps.records.models import Feed
from ronghe.apps.records.selectors.feeds import digest


@transaction.atomic
def open_feed(*, by: Any) -> str:
    """Make the secret of one's calendar address, shown once; an earlier one ends."""
    secret = secrets.token_urlsafe(24)
    Feed.objects.update_or_create(owner=by, defaults={"digest": digest(secret)})
    audit.record("records.feed_opened", by=by, target=by)
    return secret


@transaction.atomic
def close_feed(*, by: Any) -> None:
    """End one's calendar address."""
    ended, _rows = Feed.objects.filter(owner=by).delete()
    if ended:
        audit.record("records.feed_closed", by=by, target=by)

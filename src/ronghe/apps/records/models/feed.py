"""The private address of a person's calendar."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Feed(models.Model):
    """That a calendar program may read a person's days by a secret address (日历订阅).

    Only a digest of the secret is kept; a new address ends the one before.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.owner_id)

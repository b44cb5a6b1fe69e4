"""How often a token called in the minute that runs."""

from __future__ import annotations

from django.db import models


class Calls(models.Model):
    """The calls (调用次数) of a token, known by its digest, in one minute; the next begins anew."""

    token = models.CharField(max_length=64, primary_key=True)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.token[:8]} {self.count}"

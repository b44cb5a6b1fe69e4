"""What every procedure has in common: it is attached to an object at a place."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.apps.procedures.subject import Subject


class Attached(models.Model):
    """A row about an object, named by its model's label and its id.

    ``power`` is the one with which people look after the row at its place.
    """

    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    place = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    title = models.CharField(_("标题"), max_length=200)
    url = models.CharField(max_length=200, blank=True)
    power = models.CharField(max_length=60)

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="procedures_%(class)s_target")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        """Return what the row is about."""
        return Subject(self.target_type, self.target_id, self.place, self.title, self.url)

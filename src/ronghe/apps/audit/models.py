"""Audit entries, which are only ever added, and how far they have been sealed."""

from __future__ import annotations

from datetime import UTC
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AppendOnlyError(Exception):
    """Somebody tried to change or remove an audit entry."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries can be read and added."""

    def update(self, **_values: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError

    def bulk_update(self, *_args: Any, **_values: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError


class Entry(models.Model):
    """An audit entry (审计记录): one act, who did it, in whose name, on what and where.

    ``action`` is a stable code such as ``accounts.post_given``; ``details`` holds codes, ids and
    dates, never personal values. ``place`` is the node whose inspectors may read the entry.
    ``number`` and ``digest`` are its seal, put on once by the sealer.
    """

    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)
    action = models.CharField(_("事项"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("经办人"),
    )
    principal = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("委托人"),
    )
    post_id_used = models.BigIntegerField(null=True)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    place = models.ForeignKey("registry.Node", models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)
    number = models.BigIntegerField(_("序号"), null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_entry_target"),
            models.Index(fields=["id"], name="audit_entry_unsealed", condition=Q(number=None)),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

    def sealed_fields(self) -> dict[str, Any]:
        """Return everything the seal covers but the number and the digest before."""
        return {
            "id": self.pk,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "action": self.action,
            "actor": self.actor_id,
            "principal": self.principal_id,
            "post": self.post_id_used,
            "target": [self.target_type, self.target_id],
            "place": self.place_id,
            "details": self.details,
        }

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError


class ChainHead(models.Model):
    """How far the chain has been sealed: one row, which a sealer locks."""

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"

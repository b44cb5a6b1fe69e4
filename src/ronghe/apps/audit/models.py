"""Audit entries, which are only ever added."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
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

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_entry_target")]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type} {self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if self.pk is not None:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyError

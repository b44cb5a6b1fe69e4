"""Files that stand behind records (凭据)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """A file behind a record: kept by its digest outside the web root, under its own name.

    ``digest`` is the SHA-256 of what is kept, ``original`` of what was sent: two files that were
    sent are the same where it is. ``fingerprint`` is the difference hash of a photograph.
    ``removed`` says why it was taken away; its row stays.
    """

    record = models.ForeignKey("records.Record", models.PROTECT, related_name="evidence")
    name = models.CharField(_("文件名"), max_length=100)
    ending = models.CharField(max_length=5)
    size = models.PositiveBigIntegerField(_("大小"))
    digest = models.CharField(max_length=64, db_index=True)
    original = models.CharField(max_length=64, db_index=True)
    fingerprint = models.BigIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    removed = models.CharField(_("移除理由"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_photo(self) -> bool:
        """Tell whether a page can show it."""
        return self.fingerprint is not None

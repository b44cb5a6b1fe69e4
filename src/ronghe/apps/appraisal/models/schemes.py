"""Schemes in the making, their published versions, and the duty list of a county."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scheme(models.Model):
    """A scheme in the making (考核方案草稿) at the node whose appraisal it is.

    ``document`` is the scheme document as JSON text, in the order it was written, complete or
    not; ``revision`` counts its changes. ``title`` repeats the document's for lists.
    """

    node = models.ForeignKey("registry.Node", models.PROTECT, related_name="+")
    title = models.CharField(_("方案名称"), max_length=200)
    document = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("最近改动"), auto_now=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def content(self) -> dict[str, Any]:
        """Return the document as mappings, lists and scalars."""
        found: dict[str, Any] = json.loads(self.document)
        return found


class Version(models.Model):
    """A version (版本) of a scheme: frozen when it is put forward, immutable once published.

    ``document`` is its YAML text and ``digest`` the SHA-256 of that text. Who approves is not
    who put it forward, and who publishes is not who approved.
    """

    class State(models.TextChoices):
        """Where a version stands."""

        SUBMITTED = "submitted", pgettext_lazy("scheme version", "待审批")
        RETURNED = "returned", pgettext_lazy("scheme version", "已退回")
        APPROVED = "approved", pgettext_lazy("scheme version", "已批准，待发布")
        PUBLISHED = "published", pgettext_lazy("scheme version", "已发布")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions")
    code = models.CharField(_("方案代码"), max_length=40)
    version = models.CharField(_("版本"), max_length=40)
    title = models.CharField(_("方案名称"), max_length=200)
    document = models.TextField()
    digest = models.CharField(_("摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.SUBMITTED)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("送审时间"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("审批时间"), null=True)
    opinion = models.TextField(_("审批意见"), blank=True)
    approval_document = models.CharField(_("批准文号"), max_length=100, blank=True)
    approval_dated = models.DateField(_("批准日期"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("发布时间"), null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "version"],
                condition=~Q(state="returned"),
                name="appraisal_version_once_in_a_scheme",
            ),
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(state__in=["submitted", "approved"]),
                name="appraisal_version_one_is_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Trial(models.Model):
    """A back-test (试算) of a draft, as it stood at a revision, on the data of a period."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="trials")
    revision = models.PositiveIntegerField()
    document = models.TextField()
    period = models.CharField(_("考核期"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    report = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.period}"


class DutyList(models.Model):
    """The duty list (履职事项清单) of a county's townships; a new one takes the old one's place."""

    node = models.OneToOneField("registry.Node", models.PROTECT, related_name="+")
    file_name = models.CharField(_("文件"), max_length=200)
    duties = models.JSONField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now=True)

    def __str__(self) -> str:
        return self.file_name


def digest_of(text: str) -> str:
    """Return the SHA-256 of a document's text."""
    return hashlib.sha256(text.encode()).hexdigest()

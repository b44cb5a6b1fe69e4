"""Notices to people, and where else somebody wants to be told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.apps.sealing.fields import SealedField


class Notice(models.Model):
    """A notice (通知) to one person: what happened and where to look.

    Unlike a desk item it asks for nothing. ``told`` is when it also went out by the person's
    channel; it stays None without one.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey("registry.Node", models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(_("时间"), auto_now_add=True)
    read = models.DateTimeField(null=True)
    told = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["to", "read"], name="desk_notice_unread")]

    def __str__(self) -> str:
        return self.title


class Subscription(models.Model):
    """That a person also wants to be told outside (站外提醒), by a channel of the installation.

    Made by the person alone. ``address`` is what the channel's own address lacks: a mail address
    or the key of the person's own robot. ``daily`` gathers everything into one message a day.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    channel = models.CharField(_("渠道"), max_length=20)
    address = SealedField(_("地址"))
    daily = models.BooleanField(_("每天一次"), default=True)
    last_morning = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.user} {self.channel}"

"""The desk app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Registers the app and its place in the navigation."""

    name = "ronghe.apps.desk"
    verbose_name = _("工作台")

    def ready(self) -> None:
        """Put the desk first in the navigation; know the periodic work of jobs."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import nodesearch, notices, permissions, sealing, waiting  # noqa: F401
        from ronghe.apps.desk.jobs import leases  # noqa: F401
        from ronghe.ui import navigation, sections, slots

        actions.declare(
            desk__job_cancelled=_("取消后台任务"),
            desk__subscribed=_("本人开通站外提醒"),
            desk__unsubscribed=_("本人取消站外提醒"),
        )
        slots.fill("top", "desk/_top.html", order=10)
        sections.provide("registry.node", waiting.at_organisation)
        navigation.add("desk", _("工作台"), "desk:desk")
        navigation.add("desk", _("通知"), "desk:notices")
        navigation.add("desk", _("后台任务"), "desk:jobs")

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
        from ronghe.apps.desk import permissions, sealing  # noqa: F401
        from ronghe.apps.desk.jobs import leases  # noqa: F401
        from ronghe.ui import navigation

        actions.declare(desk__job_cancelled=_("取消后台任务"))
        navigation.add("desk", _("工作台"), "desk:desk")
        navigation.add("desk", _("后台任务"), "desk:jobs")

"""The procedures app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    """Registers the app, its audited actions, navigation and desk items."""

    name = "ronghe.apps.procedures"
    verbose_name = _("程序")

    def ready(self) -> None:
        """Tell audit, navigation and desk what procedures have for them."""
        from ronghe.apps.audit import actions
        from ronghe.apps.procedures import permissions
        from ronghe.ui import navigation

        actions.declare(procedures__notice_entered=_("录入节假日安排"))
        navigation.add(
            "settings", _("工作日"), "procedures:working_days", power=permissions.SEE_DAYS
        )

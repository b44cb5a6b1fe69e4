"""The planning app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Registers the cockpit's place in the navigation."""

    name = "ronghe.apps.planning"
    verbose_name = _("谋划")

    def ready(self) -> None:
        """Put the cockpit first at its station."""
        from ronghe.apps.planning import permissions
        from ronghe.ui import navigation

        navigation.add(
            "direction", _("五维成效"), "planning:cockpit", power=permissions.SEE_COCKPIT
        )

"""The desk app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """Registers the app and its place in the navigation."""

    name = "ronghe.apps.desk"
    verbose_name = _("工作台")

    def ready(self) -> None:
        """Put the desk first in the navigation."""
        from ronghe.ui import navigation

        navigation.add("desk", _("工作台"), "desk:desk")

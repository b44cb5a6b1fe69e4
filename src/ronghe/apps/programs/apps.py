"""The programs app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    """Registers the page that explains the API."""

    name = "ronghe.apps.programs"
    verbose_name = _("接口")

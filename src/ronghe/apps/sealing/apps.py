"""The sealing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealingConfig(AppConfig):
    """Registers the app for its command."""

    name = "ronghe.apps.sealing"
    verbose_name = _("加密")

"""The audit app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Registers the app and its place in the navigation."""

    name = "ronghe.apps.audit"
    verbose_name = _("审计")

    def ready(self) -> None:
        """Put the page into the navigation for those who may see it."""
        from ronghe.apps.audit import actions, permissions
        from ronghe.apps.programs import scopes
        from ronghe.ui import navigation

        scopes.declare("audit:read", _("读取审计记录"), permissions.SEE_ENTRIES)
        actions.declare(audit__exported=_("导出审计记录"))
        navigation.add("settings", _("审计记录"), "audit:entries", power=permissions.SEE_ENTRIES)

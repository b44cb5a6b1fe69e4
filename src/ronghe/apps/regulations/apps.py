"""The regulations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegulationsConfig(AppConfig):
    """Registers the app, its audited actions, and navigation."""

    name = "ronghe.apps.regulations"
    verbose_name = _("规定")

    def ready(self) -> None:
        """Tell audit, navigation and search what the rules have for them."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import search
        from ronghe.apps.registry import rules
        from ronghe.apps.regulations import permissions, searchhits, selectors
        from ronghe.ui import navigation

        actions.declare(
            regulations__value_proposed=_("提出本地规定"),
            regulations__value_in_force=_("本地规定生效"),
            regulations__value_returned=_("退回本地规定"),
        )
        navigation.add("settings", _("规则库"), "regulations:rules", power=permissions.SEE_RULES)
        search.provide(searchhits.rules)
        rules.told_by(selectors.rulebook_at)

"""The appraisal app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    """Registers the app, its audited actions, its desk items and its place in the navigation."""

    name = "ronghe.apps.appraisal"
    verbose_name = _("考核")

    def ready(self) -> None:
        """Put the schemes into the navigation."""
        from ronghe.apps.appraisal import deskitems, permissions
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items
        from ronghe.ui import navigation

        actions.declare(
            appraisal__scheme_started=_("起草考核方案"),
            appraisal__scheme_changed=_("修改考核方案"),
            appraisal__duties_uploaded=_("上传履职事项清单"),
            appraisal__version_submitted=_("考核方案送审"),
            appraisal__version_approved=_("批准考核方案"),
            appraisal__version_returned=_("退回考核方案"),
            appraisal__version_published=_("发布考核方案"),
        )
        items.provide(deskitems.schemes_waiting)
        navigation.add(
            "appraise", _("考核方案"), "appraisal:schemes", power=permissions.SEE_SCHEMES
        )

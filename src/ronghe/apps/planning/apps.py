"""The planning app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    """Registers the cockpit, joint plans, their audited actions and what they tell others."""

    name = "ronghe.apps.planning"
    verbose_name = _("谋划")

    def ready(self) -> None:
        """Put the pages at their station and tell audit, desk and records what plans have."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items
        from ronghe.apps.planning import alongside, contributed, deskitems, permissions
        from ronghe.apps.records import purposes
        from ronghe.ui import navigation, sections

        actions.declare(
            planning__plan_made=_("编制共同谋划计划"),
            planning__entry_added=_("计划列入事项"),
            planning__entry_changed=_("调整计划事项"),
            planning__entry_dropped=_("删去计划事项"),
            planning__deployed=_("部署共同谋划计划"),
            planning__carried_over=_("结转上年未办成的事项"),
            planning__progress_told=_("更新计划事项进展"),
            planning__record_named=_("纪实记为推进计划事项"),
            planning__record_unnamed=_("取消纪实推进计划事项"),
        )
        items.provide(deskitems.overdue_entries)
        purposes.provide(contributed.PURPOSE)
        sections.provide("records.record", contributed.advanced)
        sections.provide("appraisal.fusion", alongside.links)
        cockpit, plans = permissions.SEE_COCKPIT, permissions.SEE_PLANS
        navigation.add("direction", _("五维成效"), "planning:cockpit", power=cockpit)
        navigation.add("direction", _("共同谋划"), "planning:plans", power=plans)

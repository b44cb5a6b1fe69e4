"""The procedures app."""

from types import ModuleType

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    """Registers the app, its audited actions, navigation and desk items."""

    name = "ronghe.apps.procedures"
    verbose_name = _("程序")

    def ready(self) -> None:
        """Tell audit, navigation and desk what procedures have for them."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items, search
        from ronghe.apps.desk.waiting import provide as waits
        from ronghe.apps.procedures import deskitems, panel, permissions, searchhits, waiting
        from ronghe.apps.procedures import local_values as _local_values  # noqa: F401
        from ronghe.apps.procedures.services import publicity  # noqa: F401
        from ronghe.ui import navigation, sections

        _declare_actions(actions)
        _add_pages(navigation, permissions)
        for page in ("members.member", "regulations.value"):
            sections.provide(page, panel.procedures_of)
        sections.provide("registry.node", panel.interest_in)
        for finder in (searchhits.publicities, searchhits.objections):
            search.provide(finder)
        for at_place in (waiting.signatures, waiting.objections, waiting.publicities):
            waits(at_place)
        for provider in (deskitems.signatures, deskitems.objections_open, deskitems.publicities):
            items.provide(provider)


def _add_pages(navigation: ModuleType, permissions: ModuleType) -> None:
    everybody = permissions.SEE_PUBLICITY
    navigation.add("desk", _("签批"), "procedures:signoffs", power=everybody)
    navigation.add("publish", _("公示"), "procedures:publicities", power=everybody)
    navigation.add("publish", _("异议"), "procedures:objections", power=everybody)
    navigation.add("publish", _("随机抽取"), "procedures:draws", power=everybody)
    navigation.add("settings", _("利益申报"), "procedures:interests", power=everybody)
    navigation.add("settings", _("工作日"), "procedures:working_days", power=permissions.SEE_DAYS)


def _declare_actions(actions: ModuleType) -> None:
    actions.declare(
        procedures__notice_entered=_("录入节假日安排"),
        procedures__publicity_opened=_("开始公示"),
        procedures__publicity_closed=_("结束公示"),
        procedures__publicity_withdrawn=_("撤回公示"),
        procedures__publicity_recounted=_("公示期限重算"),
        procedures__objection_raised=_("提出异议"),
        procedures__objection_assigned=_("指定异议办理人"),
        procedures__objection_upheld=_("答复异议：成立"),
        procedures__objection_dismissed=_("答复异议：不成立"),
        procedures__objection_withdrawn=_("撤回异议"),
        procedures__signoff_opened=_("提交签批"),
        procedures__signoff_changed=_("签批内容改动"),
        procedures__signoff_complete=_("签批完毕"),
        procedures__signoff_returned=_("签批退回"),
        procedures__signed=_("签批同意"),
        procedures__signing_refused=_("签批不同意"),
        procedures__interest_declared=_("申报利益关系"),
        procedures__interest_ended=_("利益关系终止"),
        procedures__drawn=_("随机抽取"),
    )

"""The records app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    """Registers the app, its kinds, its audited actions and its pages."""

    name = "ronghe.apps.records"
    verbose_name = _("纪实")

    def ready(self) -> None:
        """Fill the catalogue and put the pages into the navigation."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items
        from ronghe.apps.desk.waiting import provide as waits
        from ronghe.apps.records import contributed, deskitems, permissions, waiting
        from ronghe.apps.records import jobs as _jobs  # noqa: F401 - declares its kind
        from ronghe.apps.records.builtin import declare_kinds
        from ronghe.ui import navigation, sections

        declare_kinds()
        actions.declare(
            records__added=_("登记纪实"),
            records__corrected=_("更正纪实"),
            records__withdrawn=_("撤回纪实"),
            records__accepted=_("核实纪实"),
            records__refused=_("纪实未予认可"),
            records__drawn=_("抽取待核实的纪实"),
            records__draw_closed=_("抽查办结"),
            records__measures_delivered=_("报送数据"),
            records__targets_set=_("下达目标"),
            records__measure_defined=_("规定数据口径"),
            records__kind_given=_("确定纪实责任部门"),
            records__unit_stated=_("设定考核对象"),
            records__file_attached=_("附上凭据"),
            records__file_removed=_("移除凭据"),
            records__import_begun=_("上传导入表"),
            records__import_applied=_("导入表入库"),
            records__import_undone=_("撤回整批导入"),
            records__feed_opened=_("启用日历地址"),
            records__feed_closed=_("停用日历地址"),
        )
        items.provide(deskitems.to_check)
        items.provide(deskitems.to_deliver)
        items.provide(deskitems.to_deliver_own)
        waits(waiting.to_check)
        waits(waiting.to_deliver)
        sections.provide("registry.node", contributed.recent)
        sections.provide("registry.node", contributed.measured)
        sections.provide("registry.node", contributed.of_business)
        sections.provide("members.mine", contributed.own)
        enter, see = permissions.ENTER_RECORDS, permissions.SEE_RECORDS
        navigation.add("act", _("登记纪实"), "records:choose", power=enter)
        navigation.add("act", _("纪实"), "records:list", power=see)
        navigation.add("act", _("核实"), "records:waiting", power=permissions.VERIFY_RECORDS)
        navigation.add("act", _("导入"), "records:imports", power=permissions.IMPORT)
        navigation.add("act", _("日历"), "records:calendar", power=see)
        navigation.add("act", _("目录"), "records:catalogue")
        _declare_scopes()


def _declare_scopes() -> None:
    """Let tokens read and enter records, read and deliver measures and targets."""
    from ronghe.apps.programs.scopes import declare
    from ronghe.apps.records import permissions as powers

    figures = powers.SEE_FIGURES
    declare("records:read", _("读取纪实"), powers.SEE_RECORDS)
    declare("records:write", _("登记纪实"), powers.ENTER_RECORDS, powers.SEE_RECORDS)
    declare("measures:read", _("读取数据和目标"), figures)
    declare("measures:write", _("报送数据"), powers.DELIVER_FIGURES, figures)
    declare("targets:write", _("下达目标"), powers.SET_TARGETS, figures)

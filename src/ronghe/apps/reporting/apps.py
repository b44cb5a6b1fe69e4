"""The reporting app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """Registers the app, its audited actions, its desk items and its place in the navigation."""

    name = "ronghe.apps.reporting"
    verbose_name = _("述职评议")

    def ready(self) -> None:
        """Tell audit, desk, procedures and navigation what reporting has for them."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items, search
        from ronghe.apps.procedures import panel
        from ronghe.apps.procedures.handlers import when_signed
        from ronghe.apps.reporting import deskitems, papers, permissions, searchhits
        from ronghe.apps.reporting.services import documents as _documents  # noqa: F401 - its job
        from ronghe.apps.reporting.services import holding, sheets
        from ronghe.ui import navigation, sections

        actions.declare(
            reporting__opened=_("开展述职评议"),
            reporting__drawn=_("从记录起草述职报告"),
            reporting__sentence_written=_("述职报告加一句"),
            reporting__sentence_changed=_("述职报告改一句"),
            reporting__sentence_removed=_("述职报告删一句"),
            reporting__submitted=_("提交述职报告"),
            reporting__returned=_("退回述职报告"),
            reporting__commented=_("点评述职报告"),
            reporting__counted=_("录入述职评议票数"),
            reporting__objected=_("对述职评议提出异议"),
            reporting__objection_entered=_("代录对述职评议的异议"),
            reporting__sent_back=_("述职评议签批退回"),
            reporting__held_back=_("述职评议等次暂缓报批"),
            reporting__final=_("审定述职评议等次"),
            reporting__item_planned=_("列入述职整改清单"),
            reporting__item_finished=_("述职整改办结"),
            reporting__export_asked=_("要求制作总结或台账"),
            reporting__exported=_("制作总结或台账"),
            reporting__export_fetched=_("取走总结或台账"),
        )
        when_signed("reporting.report", completed=holding.signed, returned=holding.refused)
        when_signed("reporting.gradesheet", completed=sheets.signed, returned=sheets.refused)
        search.provide(searchhits.appraisals)
        search.provide(searchhits.reports)
        items.provide(deskitems.reports_waiting)
        items.provide(deskitems.items_waiting)
        sections.provide("reporting.report", panel.procedures_of)
        sections.provide("procedures.objection", papers.how_it_came)
        sections.provide("reporting.gradesheet", panel.procedures_of)
        navigation.add("desk", _("书记的一年"), "reporting:year", power=permissions.WRITE)
        documents = permissions.MAKE_DOCUMENTS
        navigation.add("act", _("总结和台账"), "reporting:documents", power=documents)
        pages = permissions.SEE_PAGES
        navigation.add("appraise", _("述职评议"), "reporting:appraisals", power=pages)

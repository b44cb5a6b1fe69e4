"""The appraisal app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    """Registers the app, its audited actions, its desk items and its place in the navigation."""

    name = "ronghe.apps.appraisal"
    verbose_name = _("考核")

    def ready(self) -> None:
        """Put the schemes into the navigation."""
        from ronghe.apps.appraisal import (  # noqa: F401
            deskitems,
            permissions,
            searchhits,
            snapshots,
            waiting,
        )
        from ronghe.apps.appraisal.services import (  # noqa: F401
            backtesting,
            computing,
            concluding,
            sampling,
            telling,
        )
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items, search
        from ronghe.apps.desk.waiting import provide as waits
        from ronghe.apps.procedures.panel import procedures_of
        from ronghe.ui import navigation, sections

        actions.declare(
            appraisal__scheme_started=_("起草考核方案"),
            appraisal__scheme_changed=_("修改考核方案"),
            appraisal__scheme_tried=_("试算考核方案"),
            appraisal__duties_uploaded=_("上传履职事项清单"),
            appraisal__version_submitted=_("考核方案送审"),
            appraisal__version_approved=_("批准考核方案"),
            appraisal__version_returned=_("退回考核方案"),
            appraisal__version_published=_("发布考核方案"),
            appraisal__round_opened=_("开展考核"),
            appraisal__round_moved=_("推进考核"),
            appraisal__round_recounted=_("申诉期重算"),
            appraisal__computation_started=_("计算考核结果"),
            appraisal__computation_given_up=_("没有算成，回到上一步"),
            appraisal__votes_entered=_("录入民主测评票数"),
            appraisal__scores_given=_("专家评分"),
            appraisal__appealed=_("对考核结果提出申诉"),
            appraisal__file_attached=_("给申诉加附件"),
            appraisal__appeal_answered=_("答复申诉"),
            appraisal__records_drawn=_("抽查本轮纪实"),
            appraisal__inquiry_made=_("转请部门核实"),
            appraisal__inquiry_answered=_("部门核实申诉所涉数据"),
            appraisal__improvement_planned=_("安排整改"),
            appraisal__improvement_finished=_("整改办结"),
            appraisal__pay_sheet_taken=_("取得绩效发放表"),
            appraisal__data_released=_("发布开放数据"),
        )
        for provider in (
            deskitems.schemes_waiting,
            deskitems.inputs_waiting,
            deskitems.inquiries_waiting,
            deskitems.rounds_waiting,
            deskitems.own_results_waiting,
        ):
            items.provide(provider)
        waits(waiting.to_check)
        search.provide(searchhits.appeals)
        sections.provide("appraisal.round", procedures_of)
        navigation.add("appraise", _("考核轮次"), "appraisal:rounds", power=permissions.SEE_ROUNDS)
        navigation.add(
            "appraise", _("考核方案"), "appraisal:schemes", power=permissions.SEE_SCHEMES
        )
        _declare_scopes()


def _declare_scopes() -> None:
    """Let tokens read schemes, rounds, results and improvement items."""
    from ronghe.apps.appraisal import permissions as powers
    from ronghe.apps.programs.scopes import declare

    results = (powers.SEE_ROUNDS, powers.SEE_RESULTS, powers.SEE_WHOLE, powers.SEE_PEOPLE)
    declare("schemes:read", _("读取考核方案"), powers.SEE_SCHEMES)
    declare("rounds:read", _("读取考核轮次"), powers.SEE_ROUNDS)
    declare("results:read", _("读取考核结果和整改"), *results)

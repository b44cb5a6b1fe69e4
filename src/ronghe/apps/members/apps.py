"""The members app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Registers the app, its audited actions and its place in the navigation."""

    name = "ronghe.apps.members"
    verbose_name = _("党员")

    def ready(self) -> None:
        """Put the roster into the navigation."""
        from ronghe.apps.audit import actions
        from ronghe.apps.desk import items, search
        from ronghe.apps.desk.waiting import provide as waits
        from ronghe.apps.members import (
            contributed,
            deskitems,
            permissions,
            searchhits,
            subjects,
            waiting,
        )
        from ronghe.apps.members import rosterjobs as _jobs  # noqa: F401 - declares them
        from ronghe.apps.procedures.subjects import declare
        from ronghe.apps.programs import scopes
        from ronghe.ui import navigation, sections

        actions.declare(
            members__seen=_("查阅党员信息"),
            members__import_seen=_("查阅上传的名册"),
            members__request_seen=_("查阅更正申请"),
            members__read_by_program=_("程序读取党员名册"),
            members__registered=_("登记党员"),
            members__corrected=_("更正党员信息"),
            members__stage_changed=_("党员阶段变化"),
            members__transferred=_("转接组织关系"),
            members__floated=_("党员流出"),
            members__returned=_("党员流动结束"),
            members__import_begun=_("上传党员名册"),
            members__import_applied=_("党员名册核对入册"),
            members__household_joined=_("党员所在户变动"),
            members__account_linked=_("党员对应账号"),
            members__correction_asked=_("请求更正名册"),
            members__correction_answered=_("答复更正申请"),
            members__term_begun=_("登记换届"),
            members__seat_taken=_("登记任职"),
            members__seat_left=_("登记离任"),
        )
        scopes.declare("members:read", _("读取党员名册"), permissions.SEE_MEMBERS)
        declare("members.member", subjects.member_as_subject)
        for provider in (deskitems.correction_requests, deskitems.terms, deskitems.next_steps):
            items.provide(provider)
        for at_place in (waiting.requests, waiting.terms):
            waits(at_place)
        for contributes in (contributed.committee, contributed.roster):
            sections.provide("registry.node", contributes)
        sections.provide("registry.household", contributed.household)
        search.provide(searchhits.members)
        navigation.add("organise", _("党员名册"), "members:roster", power=permissions.SEE_MEMBERS)
        navigation.add("organise", _("我的党员信息"), "members:mine", power=permissions.SEE_OWN)
        navigation.add("organise", _("任期届满"), "members:ending", power=permissions.MANAGE_TERMS)
        navigation.add("organise", _("发展党员"), "members:steps", power=permissions.MANAGE_MEMBERS)

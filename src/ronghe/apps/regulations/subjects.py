"""Subjects: which family of keys is about what."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECTS: dict[str, tuple[str | Promise, frozenset[str]]] = {
    "setting-up": (_("党组织设置"), frozenset({"branch", "committee", "organisation"})),
    "life": (_("任期与组织生活"), frozenset({"terms", "meetings"})),
    "election": (_("选举"), frozenset({"election"})),
    "members": (
        _("民主评议与组织处置"),
        frozenset({"member_appraisal", "handling"}),
    ),
    "joining": (
        _("发展党员、流动党员、两个覆盖"),
        frozenset({"joining", "floating", "coverage"}),
    ),
    "training": (_("教育培训"), frozenset({"training"})),
    "cadres": (
        _("干部任用与考核"),
        frozenset({"appointment", "report_appraisal", "cadre_appraisal"}),
    ),
    "decision": (_("决策与议事"), frozenset({"decision", "party_committee", "village"})),
    "appraisal": (
        _("考核计划与履职清单"),
        frozenset({"duties", "demonstration", "appraisal"}),
    ),
    "formalism": (_("整治形式主义"), frozenset({"formalism"})),
    "statistics": (_("统计资料"), frozenset({"statistics"})),
    "economy": (
        _("公平竞争、项目与合作社"),
        frozenset({"fair_competition", "finance", "cooperative"}),
    ),
    "service": (
        _("许可、信访、信息公开与评价"),
        frozenset({"licence", "petition", "information", "service_rating"}),
    ),
    "public": (_("志愿服务与个人信息"), frozenset({"volunteering", "personal_data"})),
}
"""Each subject's title and the first words of its keys, in the order of the page."""


def subject_of(key: str) -> str:
    """Return the subject that a key belongs to; every built-in key has one."""
    family = key.split(".")[0]
    return next(name for name, (_title, families) in SUBJECTS.items() if family in families)

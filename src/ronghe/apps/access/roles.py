"""The sixteen roles."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role (角色): what somebody is at a place, never a rank or a list of permissions."""

    ADMINISTRATOR = "administrator", _("系统管理员")
    APPRAISAL_OFFICE = "appraisal_office", _("考核办")
    ORGANISATION = "organisation", _("组织部门")
    SOCIAL_WORK = "social_work", _("社会工作部门")
    DATA_DEPARTMENT = "data_department", _("数据责任部门")
    PARTY_SECRETARY = "party_secretary", _("党（工）委书记")
    TOWNSHIP_OFFICER = "township_officer", _("乡镇（街道）干部")
    BRANCH_SECRETARY = "branch_secretary", _("党支部书记")
    ORGANISATION_OFFICER = "organisation_officer", _("组织委员")
    MEMBER = "member", _("党员")
    ENTERPRISE = "enterprise", _("企业")
    EXPERT = "expert", _("专家")
    RESIDENT = "resident", _("居民代表")
    INSPECTOR = "inspector", _("纪检、审计")
    COUNTY_LEADER = "county_leader", _("县领导")
    VIEWER = "viewer", _("查阅人员")

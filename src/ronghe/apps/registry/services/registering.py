"""What is registered of enterprises, co-operatives, farms and collectives."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from stdnum.cn import uscc as credit_code
from stdnum.exceptions import ValidationError as WrongCode

from ronghe.apps.registry.models import BUSINESS_KINDS, Node, Registration
from ronghe.apps.registry.permissions import REGISTER_BUSINESS
from ronghe.apps.registry.services.common import locked, record

INDUSTRY = re.compile(r"[A-T](\d{2,4})?")


@transaction.atomic
def register_business(
    node: Node, *, uscc: str, industry: str, employees: int | None, by: Any
) -> Registration:
    """State what is registered of a business (登记信息); empty where not known.

    Raises PermissionDenied out of reach, ValidationError for another kind of node, a code that
    is wrong, or one that another organisation of the county has.
    """
    standing = by.reach(REGISTER_BUSINESS).standing_for(node.path)
    if standing is None:
        raise PermissionDenied
    node = locked(node)
    if node.kind not in BUSINESS_KINDS or node.closed is not None:
        raise ValidationError(_("这一类组织没有登记信息。"))
    uscc, industry = _checked_uscc(uscc), _checked_industry(industry)
    _refuse_twice(uscc, node)
    given = {"uscc": uscc, "industry": industry, "employees": employees}
    before = Registration.objects.filter(node=node).values(*given).first() or {}
    made, _created = Registration.objects.update_or_create(node=node, defaults=given)
    changed = [name for name, value in given.items() if before.get(name) != value]
    record("registry.business_registered", node, by=by, standing=standing, fields=changed)
    return made


def _checked_uscc(code: str) -> str:
    try:
        return str(credit_code.validate(code)) if code else ""
    except WrongCode as error:
        told = _("统一社会信用代码不对：应为18位，末位校验码须相符，不用字母I、O、S、V、Z。")
        raise ValidationError({"uscc": told}) from error


def _checked_industry(code: str) -> str:
    plain = code.strip().upper()
    if plain and not INDUSTRY.fullmatch(plain):
        told = _("行业代码应为一个字母加2至4位数字，例如 A0151（国民经济行业分类）。")
        raise ValidationError({"industry": told})
    return plain


def _refuse_twice(uscc: str, node: Node) -> None:
    others = Registration.objects.filter(uscc=uscc, node__county=node.county).exclude(node=node)
    if uscc and others.exists():
        raise ValidationError({"uscc": _("本县已有组织登记了这个代码。")})
